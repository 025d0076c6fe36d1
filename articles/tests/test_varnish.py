"""The site behind a real cache, as ``newsroom/varnish.vcl`` sets it up: what is kept, what is forgotten, and when."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from articles import releasing

from . import machine
from .factories import fresh, make_region, make_released, make_topic, make_user
from .test_readers_pages import address_of

pytestmark = pytest.mark.django_db(transaction=True)


class Varnish:
    """A cache of our own before a server on this machine; ``varnishadm`` speaks to it by its folder."""

    def __init__(self, backend):
        host, port = backend.removeprefix("http://").split(":")
        self.folder = tempfile.mkdtemp(prefix="newsroom-varnish-")
        os.chmod(self.folder, 0o755)  # noqa: S103 - it reads its rules as a user of its own
        vcl = (django_settings.BASE_DIR / "newsroom" / "varnish.vcl").read_text("utf-8")
        vcl = vcl.replace('.host = "web"', f'.host = "{host}"').replace('.port = "8000"', f'.port = "{port}"')
        with open(f"{self.folder}/site.vcl", "w", encoding="utf-8") as file:
            file.write(vcl)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        words = ["-F", "-n", self.folder, "-a", self.address, "-f", f"{self.folder}/site.vcl", "-s", "malloc,16m"]
        self.log = open(f"{self.folder}/log", "w+b")  # noqa: SIM115 - the cache's, to its end
        self.process = subprocess.Popen([machine.varnish(), *words], stdout=self.log, stderr=self.log)
        self.wait()

    def wait(self):
        deadline = time.monotonic() + 60  # it compiles its rules
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        self.log.seek(0)
        pytest.fail(f"Varnish did not start: {self.log.read().decode(errors='replace')}")

    def get(self, path, method="GET", **headers):
        """Status, whether the cache had it, the text, the headers."""
        request = urllib.request.Request(f"http://{self.address}{path}", method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - of our own
                return (
                    answer.status,
                    answer.headers["X-Cache"] == "hit",
                    answer.read().decode("latin-1"),
                    answer.headers,
                )
        except urllib.error.HTTPError as error:
            return error.code, error.headers["X-Cache"] == "hit", error.read().decode("latin-1"), error.headers

    def had(self, path):
        return self.get(path)[1]

    def say(self, *words):
        subprocess.run(["varnishadm", "-n", self.folder, *words], check=True, stdout=subprocess.DEVNULL)

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def varnish(live_server, settings):
    if not machine.varnish():
        reason = "Varnish with xkey was not found: apt-get install varnish varnish-modules"
        (pytest.fail if machine.NOTHING_LEFT_OUT else pytest.skip)(reason)
    settings.PURGE, settings.SITE_URL = [], ""
    cache = Varnish(live_server.url)
    settings.PURGE = [f"varnish://{cache.address}"]
    yield cache
    cache.end()


def work():
    """Everything that the worker is to do now."""
    call_command("db_worker", "--batch", "--no-reload", "--no-startup-delay", verbosity=0)


def test_a_cache_forgets_what_a_release_touches_and_keeps_the_rest(varnish):
    publisher = make_user("publisher", group="Publisher")
    asia = make_region("142", name="Asia", kind="continent")
    syria = make_region("SY", name="Syria", parent=asia)
    story = make_released(publisher=publisher, headline="Harbour opens", regions=[syria], topics=[make_topic("Ships")])
    wine = {"regions": [make_region("FR", name="France")], "topics": [make_topic("Wine")]}
    other = make_released(publisher=publisher, headline="Wine is sold", **wine)
    work()
    touched = [address_of(story), "/", "/regions/asia/syria/", "/regions/asia/", "/topics/ships/", "/search/?q=opens"]
    rest = [address_of(other), "/regions/france/", "/topics/wine/", "/ar/"]
    for path in (*touched, *rest):
        status, had, page, headers = varnish.get(path, Cookie="sessionid=somebody", Authorization="Basic eDp5")
        assert (status, had) == (200, False), path
        assert "Set-Cookie" not in headers
        assert "Surrogate-Key" not in headers
        assert "Cookie" not in headers.get("Vary", "")
    assert all(varnish.had(path) for path in (*touched, *rest))

    story = fresh(story)
    releasing.release(story, publisher, seen=story.version, correction="On Monday, not on Sunday.")
    assert varnish.had("/")  # until the worker has done what the release asked for
    work()
    assert [path for path in rest if not varnish.had(path)] == []
    assert [path for path in touched if varnish.had(path)] == []
    assert "On Monday" in varnish.get(address_of(story))[2]
    assert all(varnish.had(path) for path in (*touched, *rest))

    # The site is down: what is kept stands in for it, and what was retracted does not come back.
    publisher.user_permissions.add(*publisher.user_permissions.model.objects.filter(codename="retract_article"))
    story = fresh(story)
    releasing.retract(story, type(publisher).objects.get(pk=publisher.pk), seen=story.version, note="It was not so.")
    work()
    varnish.say("backend.set_health", "default", "sick")
    assert varnish.get(address_of(other))[:2] == (200, True)
    status, _, page, _ = varnish.get(address_of(story))
    assert status == 503
    assert "Harbour" not in page
    varnish.say("backend.set_health", "default", "auto")


def test_a_cache_keeps_nothing_of_the_desk_and_obeys_nobody_from_outside(varnish):
    make_released(headline="Harbour opens")
    for path in ("/admin/login/", "/readyz", "/nowhere/"):
        varnish.get(path)
    assert not varnish.had("/admin/login/")
    assert "Set-Cookie" in varnish.get("/admin/login/")[3]
    assert not varnish.had("/readyz")
    assert varnish.had("/nowhere/")
    varnish.get("/latest/")
    # Whoever comes through the proxy before it has another address than this machine's.
    outside = {"X-Forwarded-For": "203.0.113.9", "Surrogate-Key": "home@en"}
    assert varnish.get("/", "PURGE", **outside)[0] == 403
    assert varnish.had("/latest/")
    assert varnish.get("/", "PURGE", **{"Surrogate-Key": "home@en"})[0] == 200
    assert not varnish.had("/latest/")
    _, _, _, headers = varnish.get("/latest/", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    etag = headers["ETag"]
    assert varnish.get("/latest/", **{"If-None-Match": etag})[0] == 304
    assert re.fullmatch(r'(W/)?"[0-9a-f]{32}"', etag)
