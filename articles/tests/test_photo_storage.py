"""Pictures in an S3-style bucket: a server of its own on this machine, and what happens when it fails half-way."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.test import override_settings

from articles import photos, releasing
from articles.models import Photo, Rendition
from articles.photos import due, renditions
from newsroom.environment import Environment

from .factories import approve, make_article, make_region, make_topic, make_user
from .photo_files import jpeg, scene

pytestmark = pytest.mark.django_db
KEYS = {"AWS_ACCESS_KEY_ID": "newsroom", "AWS_SECRET_ACCESS_KEY": "only-for-tests"}


@pytest.fixture(scope="module")
def server():
    """The address of the server, with an empty bucket."""
    boto3 = pytest.importorskip("boto3")
    pytest.importorskip("moto.server", reason="requirements-dev.txt brings it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "articles.tests.s3_server", str(port)],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": ""},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(port, process)
        client = boto3.client(
            "s3",
            endpoint_url=address,
            region_name="us-east-1",
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )
        client.create_bucket(Bucket="pictures")
        yield address, client
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port, process):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)  # no clock that could be frozen: another process starts
    pytest.fail("The S3 server did not start.")


@pytest.fixture
def bucket(server, monkeypatch, settings):
    """Pictures kept there by the one setting that says so."""
    address, client = server
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MEDIA", f"s3://pictures?endpoint={address}&region=us-east-1")
    kept = Environment(Path("/")).media("MEDIA", "/nowhere")
    with override_settings(STORAGES={**settings.STORAGES, **kept}):
        # A field asks for its storage once, when the process starts.
        for model, name, folder in ((Photo, "original", "originals"), (Rendition, "file", "renditions")):
            monkeypatch.setattr(model._meta.get_field(name), "storage", storages[folder])
        yield client


def keys(client, prefix):
    return {one["Key"] for one in client.list_objects_v2(Bucket="pictures", Prefix=prefix).get("Contents", ())}


def test_a_picture_is_kept_prepared_served_and_taken_away_in_a_bucket(bucket, client, clock):
    photo = photos.take_in(jpeg(scene(seed=21)), name="a.jpg").photo
    assert f"originals/{photo.original.name}" in keys(bucket, "originals/")
    photos.change(photo, {"caption": "A.", "alt_text": "B", "credit": "C"}, None, seen=None)
    photo = Photo.objects.get(pk=photo.pk)
    assert photos.make_renditions(photo) == len(keys(bucket, "renditions/")) == 10
    name = photo.renditions.first().file.name
    answer = client.get(f"/media/{name}")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert len(b"".join(answer.streaming_content)) == photo.renditions.first().size
    photos.change(photo, {"usable_until": clock_now()}, None, seen=None)
    due.end_rights.func(photo.public_id)
    assert keys(bucket, "renditions/") == set()
    assert client.get(f"/media/{name}").status_code == 410


def clock_now():
    from django.utils import timezone

    return timezone.now()


def test_a_failure_in_mid_upload_leaves_nothing_that_points_to_nothing(bucket, monkeypatch):
    publisher = make_user(group="Publisher")
    photo = photos.take_in(jpeg(scene(seed=22)), name="a.jpg").photo
    photos.change(photo, {"caption": "A.", "alt_text": "B", "credit": "C"}, None, seen=None)
    photo = Photo.objects.get(pk=photo.pk)
    storage = storages["renditions"]
    real, uploads = type(storage).save, []

    def fail_at_the_fifth(self, name, content, **kw):
        uploads.append(name)
        if len(uploads) == 5:  # half of it arrives, then the line is cut
            real(self, name, type(content)(content.read()[:100]), **kw)
            raise ConnectionError("Connection was closed before we received a valid response")
        return real(self, name, content, **kw)

    monkeypatch.setattr(type(storage), "save", fail_at_the_fifth)
    with pytest.raises(ConnectionError):
        photos.make_renditions(photo)
    assert not photo.renditions.exists()
    assert keys(bucket, "renditions/") == set()
    article = make_article(captions=[{"photo": photo.public_id}], regions=[make_region()], topics=[make_topic()])
    article = approve(article, editor=publisher)
    with pytest.raises(releasing.NotReleasable, match="still being prepared"):
        releasing.release(article, publisher, seen=article.version)

    assert photos.make_renditions(photo) == len(keys(bucket, "renditions/"))
    lost = photo.renditions.get(crop="16x9")
    bucket.delete_object(Bucket="pictures", Key=f"renditions/{lost.file.name}")
    with pytest.raises(releasing.NotReleasable, match="not in storage"):
        releasing.release(article, publisher, seen=article.version)
    assert due.make_again.func(photo.public_id) == 1
    releasing.release(article, publisher, seen=article.version)
    assert renditions.missing_files([(Photo.objects.get(pk=photo.pk), None)]) == set()


def test_an_upload_that_fails_leaves_no_picture(bucket, monkeypatch):
    storage = storages["originals"]

    def cut(self, name, content, **kw):
        raise ConnectionError("closed")

    monkeypatch.setattr(type(storage), "save", cut)
    with pytest.raises(ConnectionError):
        photos.take_in(jpeg(scene(seed=23)), name="a.jpg")
    assert not Photo.objects.exists()
    assert keys(bucket, "originals/") == set() or not Photo.objects.exists()
