"""What caches and browsers are told, and what they may never be given."""

import gzip

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.http import http_date

from articles import cache_keys, photos, releasing
from articles.models import Rendition
from articles.readers import addresses, http, styles

from .factories import make_photo, make_region, make_released, make_topic, make_user
from .test_readers_pages import address_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


@pytest.fixture
def story(publisher):
    photo = make_photo()
    return make_released(
        publisher=publisher, topics=[make_topic("Ships")], captions=[{"photo": photo.public_id, "caption": "A quay."}]
    )


def public_pages(story):
    day = timezone.localdate()
    file = Rendition.objects.filter(format="jpeg").first().file.name
    return [
        *("/", "/ar/", "/regions/", "/regions/land-xa/", "/topics/", "/topics/ships/", "/sources/", "/archive/"),
        *("/latest/", addresses.day("en", day), addresses.month("en", day), addresses.year("en", day.year)),
        *("/search/?q=harbour", address_of(story)),
        *("/rss.xml", "/topics/ships/rss.xml", "/sitemap.xml", "/sitemaps/pages-en.xml", "/robots.txt"),
        *("/sw.js", "/offline/", "/manifest.webmanifest"),
        *(addresses.media(file), "/nowhere/", f"/stories/{story.public_id}/", "/regions/land-xa/?before=x"),
    ]


def test_public_answers_are_the_same_for_everybody(client, story, publisher):
    """A visitor, somebody with a session, and an editor get the same bytes, and nobody a cookie."""
    editor = Client()
    editor.force_login(publisher)
    for path in public_pages(story):
        plain, known = client.get(path), editor.get(path)
        assert plain.getvalue() == known.getvalue(), path
        for answer in (plain, known):
            assert "Set-Cookie" not in answer.headers, path
            assert not answer.cookies, path
            assert "cookie" not in answer.get("Vary", "").lower(), path
            assert answer["Cache-Control"].startswith("public"), path
        assert "csrfmiddlewaretoken" not in (plain.text if not plain.streaming else ""), path


def test_public_pages_have_a_strict_policy_without_a_nonce(client, story):
    for path in public_pages(story):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert "nonce" not in policy, path
        assert "unsafe" not in policy, path
        assert "default-src 'none'" in policy, path
        assert answer["X-Content-Type-Options"] == "nosniff"
        if answer.get("Content-Type", "").startswith("text/html"):
            page = answer.text
            assert " style=" not in page, path
            assert "<style" not in page, path
            assert " onclick=" not in page, path
            assert page.count("<script") == page.count("<script src=") + page.count(
                '<script type="application/ld+json">'
            ) + page.count('<script type="module" src='), path
            assert "http://" not in page.replace("http://testserver", "").replace("http://www.w3.org", ""), path


def test_pages_are_read_and_nothing_else(client, story):
    for path in public_pages(story):
        got, head = client.get(path), client.head(path)
        assert head.status_code == got.status_code, path
        assert head.getvalue() == b"", path
        for method in (client.post, client.put, client.delete, client.patch, client.options):
            answer = method(path)
            if got.status_code == 404 and "before" not in path:
                continue
            assert answer.status_code == 405, path
            assert answer["Allow"] == "GET, HEAD", path
            assert "public" not in answer["Cache-Control"], path


def test_who_has_a_page_already_gets_it_again_only_when_it_changed(client, story, publisher):
    for path in ("/", "/topics/ships/", address_of(story), "/rss.xml", "/topics/", "/search/?q=harbour"):
        etag = client.get(path)["ETag"]
        again = client.get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b""), path
        assert again["ETag"] == etag
        assert again["Cache-Control"].startswith("public")
    etags = {path: client.get(path)["ETag"] for path in ("/", "/topics/ships/", address_of(story), "/rss.xml")}
    releasing.release(story, publisher, seen=story.version, correction="On Monday.")
    for path, etag in etags.items():
        if path != "/rss.xml":
            assert client.get(path, headers={"If-None-Match": etag}).status_code == 200, path


def test_a_304_renders_nothing(client, story, monkeypatch):
    path = address_of(story)
    etag = client.get(path)["ETag"]
    monkeypatch.setattr(http, "render_to_string", lambda *args: pytest.fail("rendered"))
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304


def test_what_is_in_a_page_is_plain_data(client, story, monkeypatch):
    """An object whose repr is its place in memory would make a page look new each time, or never."""
    seen = []
    real = http.etag_of
    monkeypatch.setattr(http, "etag_of", lambda *shown: seen.append(repr(shown)) or real(*shown))
    for path in public_pages(story):
        client.get(path)
    assert seen
    assert all(" object at 0x" not in words for words in seen)


def test_lists_may_be_served_stale_for_a_moment_and_nothing_lives_long(client, story):
    for path in ("/", "/topics/ships/", address_of(story)):
        policy = client.get(path)["Cache-Control"]
        assert "max-age=0" in policy
        assert "s-maxage=60" in policy
    assert "stale-while-revalidate=30" in client.get("/")["Cache-Control"]
    assert "stale-while-revalidate" not in client.get(address_of(story))["Cache-Control"]
    assert "s-maxage=10" in client.get("/nowhere/")["Cache-Control"]


@pytest.mark.parametrize("debug", [True, False])
def test_what_is_nowhere_gets_the_readers_page_also_in_development(client, settings, debug):
    settings.DEBUG = debug
    for path in ("/nowhere/", "/nowhere", "/ar/nowhere/", "/%2Fevil.example", "/stories/zzzzzzzzzz/"):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert ("لا شيء" if path.startswith("/ar") else "There is nothing at this address") in answer.text


def test_an_address_without_its_closing_slash_leads_to_the_one_with_it(client):
    moved = client.get("/regions?x=1")
    assert (moved.status_code, moved["Location"]) == (301, "/regions/?x=1")
    assert client.get("/topics/../regions").status_code == 404


def test_health_is_never_kept(client):
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"


def test_a_database_that_is_down_is_said_without_details(client, monkeypatch):
    from articles.readers.views import machines

    def broken():
        raise RuntimeError("secret-host:5432")

    monkeypatch.setattr(machines.connection, "cursor", broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "secret-host" not in answer.text
    assert client.get("/healthz").status_code == 200


def test_an_error_of_ours_says_nothing_about_itself(client, monkeypatch):
    from articles.readers.views import front

    def broken(*args):
        raise RuntimeError("secret words")

    monkeypatch.setattr(front.front, "front_at", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "secret words" not in answer.text
    assert "went wrong on our side" in answer.text
    assert answer["Cache-Control"] == "no-store"


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_a_host_that_is_not_ours_is_refused_and_never_said_back(client, story):
    for path in ("/", "/rss.xml", "/sitemap.xml", address_of(story)):
        answer = client.get(path, headers={"Host": "evil.example"})
        assert answer.status_code == 400
        assert "evil.example" not in answer.text
        answer = client.get(path, headers={"X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in answer.text


@override_settings(SITE_URL="https://news.example.org")
def test_absolute_addresses_are_those_of_the_site(client, story):
    assert (
        f'<link rel="canonical" href="https://news.example.org{address_of(story)}">'
        in client.get(address_of(story)).text
    )
    assert "https://news.example.org/" in client.get("/rss.xml").text
    assert "testserver" not in client.get("/sitemap.xml").text


# --- pictures' files -----------------------------------------------------------------------------------------------


def test_a_picture_file_is_served_as_that_and_nothing_else(client, story):
    for rendition in Rendition.objects.all():
        answer = client.get(addresses.media(rendition.file.name))
        assert answer.status_code == 200
        assert answer["Content-Type"] == f"image/{rendition.format}"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert "immutable" in answer["Cache-Control"]
        assert len(answer.getvalue()) == rendition.size


@pytest.mark.parametrize(
    "path",
    [
        "/media/",
        "/media/aa/",
        "/media/../settings.py",
        "/media/aa/../../originals/x.jpeg",
        "/media/aa/%2e%2e/%2e%2e/x.jpeg",
        "/media/aa/..%2f..%2fx.jpeg",
        "/media/aa/" + "b" * 32 + ".jpeg",
        "/media/aa/" + "a" * 32 + ".jpeg",
        "/media/aa/" + "a" * 32 + ".svg",
        "/media/aa/" + "a" * 32 + ".jpeg/",
        "/media/aa/" + "A" * 32 + ".jpeg",
        "/media/aa/" + "a" * 31 + ".jpeg",
        "/media/aa/" + "a" * 32 + ".jpeg%00",
        "/media/aa/" + "a" * 32 + ".jpeg%0a",
        "/media//etc/passwd",
    ],
)
def test_no_other_file_is_reached(client, path):
    assert client.get(path).status_code == 404


def test_an_original_is_never_served(client, story):
    from articles.models import Photo

    name = Photo.objects.get().original.name
    for path in (f"/media/{name}", f"/media/../originals/{name}"):
        assert client.get(path).status_code == 404


def test_what_a_page_is_set_in_is_small(client, story, settings):
    """The budget of the reading site, compressed: the stylesheets and scripts of any one page."""
    import gzip
    import re
    from pathlib import Path

    folder = Path(settings.BASE_DIR) / "articles" / "static"

    def weight(pattern, page):
        files = re.findall(pattern, page)
        return sum(len(gzip.compress((folder / file).read_bytes())) for file in files)

    one = styles.together([(folder / "readers" / name).read_text() for name in styles.FILES])
    worker = render_to_string("readers/sw.js", {"first": ["readers/site.css"] * 9})
    for path in public_pages(story):
        answer = client.get(path)
        if answer.get("Content-Type", "").startswith("text/html") and answer.status_code != 301:
            # Most of the styles are sent as one file, which collectstatic makes.
            page = re.sub(rf'"/static/readers/({"|".join(styles.FILES)})"', "", answer.text)
            styled = len(gzip.compress(one.encode())) + weight(r'<link rel="stylesheet" href="/static/([^"]+)"', page)
            assert styled <= 12_000, path
            scripts = weight(r'<script [^>]*src="/static/([^"]+)"', page)
            assert scripts + len(gzip.compress(worker.encode())) <= 6_000, path


def test_an_empty_site_has_every_page(client):
    make_region("001")
    for path in (
        "/",
        "/ar/",
        "/regions/",
        "/regions/world/",
        "/topics/",
        "/sources/",
        "/archive/",
        "/search/",
        "/latest/",
    ):
        assert client.get(path).status_code == 200, path
    for path in ("/rss.xml", "/sitemap.xml", "/sitemaps/pages-en.xml"):
        assert client.get(path).status_code == 200, path


def test_public_text_is_compressed_and_nobody_s_own_is(client, story, publisher):
    for path in ("/", address_of(story), "/rss.xml", "/latest/"):
        plain, small = client.get(path), client.get(path, headers={"Accept-Encoding": "br, gzip;q=0.5"})
        assert "Content-Encoding" not in plain
        assert small["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.content) == plain.content
        assert int(small["Content-Length"]) == len(small.content) < len(plain.content) / 2
        assert plain["Vary"] == small["Vary"] == "Accept-Encoding"
        refused = client.get(path, headers={"Accept-Encoding": "gzip;q=0, identity"})
        assert "Content-Encoding" not in refused
        if "ETag" in small:
            again = client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": small["ETag"]})
            assert again.status_code == 304, path
    client.force_login(publisher)
    assert "Content-Encoding" not in client.get("/admin/", headers={"Accept-Encoding": "gzip"})


def test_whoever_asks_by_whatever_name_hears_that_it_is_alive(client):
    assert client.get("/healthz", headers={"host": "10.0.0.7:8000"}).content == b"ok\n"
    assert client.get("/readyz", headers={"host": "10.0.0.7:8000"}).status_code == 400


def test_every_public_answer_says_by_which_keys_it_is_forgotten(client, story):
    for path in public_pages(story):
        keys = client.get(path)["Surrogate-Key"].split()
        assert 0 < len(keys) <= cache_keys.MOST, path
    assert f"story:{story.public_id}" in client.get(address_of(story))["Surrogate-Key"].split()
    assert "Surrogate-Key" not in client.get("/admin/login/")
    answer = client.get(address_of(story))
    assert answer["Last-Modified"] == http_date(story.releases.get().live_from.timestamp())
    # A page may change without a newer time: the time alone is never believed.
    again = client.get(address_of(story), headers={"If-Modified-Since": answer["Last-Modified"]})
    assert again.status_code == 200
    assert cache_keys.bounded(map(str, range(100)), "home@en")[-1] == "home@en"
