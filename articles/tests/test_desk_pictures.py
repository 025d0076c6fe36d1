"""The photo desk: files in, small pictures out, captions that await one, and what is in use stays."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.models import Event, Photo

from .desk import make_staff, page_text, url
from .factories import fresh, make_article, make_desk, make_photo, make_user, picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def photo_editor(client, desk):
    user = make_staff("Photo editor", desks=[desk])
    client.force_login(user)
    return user


def upload(client, *files):
    return client.post(
        url("photo_add"), {"files": [SimpleUploadedFile(name, data) for name, data in files]}, follow=True
    )


def test_several_files_are_taken_in_at_once_and_a_bad_one_says_why(client, photo_editor):
    page = page_text(
        upload(client, ("a.jpg", picture_bytes()), ("b.svg", b"<svg onload=alert(1)>"), ("c.jpg", picture_bytes()))
    )
    assert Photo.objects.count() == 2
    assert "b.svg: This is not a JPEG, PNG, WebP, AVIF or TIFF picture" in page
    assert "a.jpg was taken in." in page
    assert Photo.objects.first().created_by == photo_editor


def test_renditions_are_asked_for_in_the_background(client, photo_editor):
    from django_tasks_db.models import DBTaskResult

    upload(client, ("a.jpg", picture_bytes()))
    assert "photos.due.prepare" in DBTaskResult.objects.get().task_path


def test_the_same_file_again_is_the_same_picture(client, photo_editor):
    data = picture_bytes()
    upload(client, ("a.jpg", data))
    assert "is here already" in page_text(upload(client, ("b.jpg", data)))
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("renditions", [True, False])
def test_what_the_desk_shows_was_written_anew(client, photo_editor, renditions):
    photo = make_photo(renditions=renditions)
    for address in (url("photo_thumb", photo.pk), url("photo_wide", photo.public_id)):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert Image.open(io.BytesIO(answer.content)).width <= 1280
        with photo.original.open("rb") as original:
            assert answer.content != original.read()


def test_the_original_is_a_download_for_photo_editors(client, photo_editor, desk):
    photo = make_photo(renditions=False)
    answer = client.get(url("photo_original", photo.pk))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert Event.objects.filter(action="original_downloaded").count() == 1
    client.force_login(make_staff("Reporter", desks=[desk]))
    assert client.get(url("photo_original", photo.pk)).status_code == 403


def test_a_picture_in_use_is_not_deleted_and_says_by_what(client, photo_editor, desk):
    photo = make_photo(renditions=False)
    make_article(desk=desk, headline="Needs it", captions=[{"photo": photo.public_id}])
    page = page_text(client.get(url("photo_delete", photo.pk)))
    assert "Needs it" in page
    client.post(url("photo_delete", photo.pk), {"post": "yes"})
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_another_desks_story_is_not_named_where_its_picture_is_shown(client, photo_editor):
    photo = make_photo(renditions=False)
    make_article(desk=make_desk("africa"), headline="Secret of theirs", captions=[{"photo": photo.public_id}])
    for name in ("photo_change", "photo_delete"):
        page = page_text(client.get(url(name, photo.pk)))
        assert "Secret of theirs" not in page
    assert "1 not open to you" in page_text(client.get(url("photo_change", photo.pk)))


def test_caption_credit_and_rights_are_edited_and_logged(client, photo_editor):
    photo = make_photo(renditions=False)
    data = {"caption": "A gull.", "alt_text": "A gull on a mast", "credit": "AFP", "focal_x": "0.2", "focal_y": "0.4"}
    data |= {"usable_until": "2030-01-01T12:00", "sha256": "forged", "width": "1", "metadata": '{"a": 1}'}
    assert client.post(url("photo_change", photo.pk), data).status_code == 302
    after = Photo.objects.get(pk=photo.pk)
    assert (after.caption, after.focal_x, after.usable_until.hour) == ("A gull.", 0.2, 10)
    assert (after.sha256, after.width, after.metadata) == (photo.sha256, photo.width, photo.metadata)
    event = Event.objects.about(photo).first()
    assert (event.action, event.actor) == ("changed", photo_editor.username)


def test_a_focus_outside_of_the_picture_is_an_error_on_the_form(client, photo_editor):
    photo = make_photo(renditions=False)
    assert client.post(url("photo_change", photo.pk), {"focal_x": "2", "focal_y": "0"}).status_code == 200
    assert Photo.objects.get(pk=photo.pk).focal_x == 0.5


# --- pictures awaited -----------------------------------------------------------------------------------------------


def test_pictures_awaited_are_those_of_ones_own_desks(client, photo_editor, desk):
    make_article(desk=desk, captions=[{"caption": "A quay at dawn."}])
    make_article(desk=make_desk("africa"), captions=[{"caption": "Not ours."}])
    page = page_text(client.get(url("photo_awaited")))
    assert "A quay at dawn." in page
    assert "Not ours." not in page


def test_a_file_fulfils_what_a_story_awaits(client, photo_editor, desk):
    article = make_article(desk=desk, captions=[{"caption": "A quay at dawn.", "credit": "AFP", "credit_raw": "(AFP)"}])
    caption = article.captions.get()
    answer = client.post(url("photo_fulfil", caption.pk), {"file": SimpleUploadedFile("a.jpg", picture_bytes())})
    assert answer.status_code == 302
    article = fresh(article)
    held = article.revisions.first().content["captions"][0]
    assert held["photo"] == Photo.objects.get().public_id
    assert (held["caption"], held["credit_raw"]) == ("A quay at dawn.", "(AFP)")
    assert (article.version, article.revisions.count()) == (2, 2)
    assert client.get(url("photo_fulfil", caption.pk)).status_code == 404


def test_a_picture_that_is_there_fulfils_what_a_story_awaits(client, photo_editor, desk):
    photo = make_photo(renditions=False)
    article = make_article(desk=desk, captions=[{"caption": "A quay at dawn."}])
    address = url("photo_fulfil", article.captions.get().pk)
    assert client.post(address, {}).status_code == 422
    client.post(address, {"photo": photo.public_id})
    assert article.captions.get().photo == photo


def test_a_reporter_takes_no_picture_to_another_desks_story(client):
    client.force_login(make_user(group="Reporter", permissions="change_photocaption", desks=[make_desk("asia")]))
    article = make_article(desk=make_desk("africa"), captions=[{"caption": "A quay at dawn."}])
    assert client.get(url("photo_fulfil", article.captions.get().pk)).status_code == 404
