"""Feeds and sitemaps: well-formed, complete, and valid."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from articles import photos, releasing
from articles.readers import sitemaps

from .factories import make_author, make_photo, make_released, make_source, make_topic, make_user
from .test_readers_pages import address_of

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


def test_every_list_has_a_feed_of_what_it_lists(client, publisher):
    author, source, photo = make_author(slug="lina"), make_source(slug="observatory"), make_photo()
    article = make_released(
        publisher=publisher,
        headline="Harbour & quay <open>",
        standfirst="After a year.",
        topics=[make_topic("Ships")],
        bylines=[{"author": author.code, "text": ""}],
        citations=[{"source": source.code}],
        captions=[{"photo": photo.public_id, "caption": "A quay."}],
    )
    day = timezone.localdate()
    for page in (
        *("/", "/regions/land-xa/", "/regions/world/", "/topics/ships/", "/sources/observatory/", "/authors/lina/"),
        f"/archive/{day:%Y/%m/%d}/",
    ):
        assert f'type="application/rss+xml" href="{page}rss.xml"' in client.get(page).text
        answer = client.get(f"{page}rss.xml")
        assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
        channel = ElementTree.fromstring(answer.content).find("channel")
        assert channel.find(f"{ATOM}link").get("href") == f"http://testserver{page}rss.xml"
        assert channel.findtext("link") == f"http://testserver{page}"
        assert channel.findtext("description")
        (item,) = channel.findall("item")
        assert item.findtext("title") == "Harbour & quay <open>"
        assert item.findtext("link") == f"http://testserver{address_of(article)}"
        assert item.findtext("description") == "After a year."
        assert item.findtext("category") == "Land XA"
        assert (item.find("guid").get("isPermaLink"), item.findtext("guid")) == ("false", article.public_id)
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
        assert item.find("enclosure").get("type") == "image/jpeg"


def test_an_old_story_imported_now_keeps_its_date_in_the_feed(client, publisher):
    long_ago = datetime(2009, 3, 4, 5, 6, 7, tzinfo=UTC)
    make_released(publisher=publisher, provider_date=long_ago)
    item = ElementTree.fromstring(client.get("/rss.xml").content).find("channel").find("item")
    assert parsedate_to_datetime(item.findtext("pubDate")) == long_ago
    assert client.get("/archive/2009/03/04/").status_code == 200
    assert "/archive/2009/03/" in client.get("/archive/").text
    assert "/archive/2009/04/" not in client.get("/archive/").text


def test_an_empty_feed_is_one(client):
    root = ElementTree.fromstring(client.get("/rss.xml").content)
    assert root.find("channel").findall("item") == []
    assert client.get("/rss.xml").content == client.get("/rss.xml").content


def locations(client, path):
    root = ElementTree.fromstring(client.get(path).content)
    return [one.text.removeprefix("http://testserver") for one in root.iter(f"{SITEMAP}loc")]


def test_the_sitemap_leads_to_every_story_and_every_place_with_one(client, publisher):
    articles = [
        make_released(publisher=publisher, headline=f"Story {number}", topics=[make_topic("Ships")])
        for number in range(3)
    ]
    articles.append(make_released(publisher=publisher, provider_date=timezone.now() - timedelta(days=400)))
    articles.append(make_released(publisher=publisher, headline="افتتاح المرفأ", language="ar"))
    make_topic("Empty")
    index = locations(client, "/sitemap.xml")
    found = [path for name in index for path in locations(client, name)]
    for article in articles:
        assert found.count(address_of(article)) == 1
    assert {"/", "/ar/", "/regions/land-xa/", "/topics/ships/", "/regions/world/", "/archive/"} <= set(found)
    assert "/topics/empty/" not in found
    assert len(index) == 5  # pages and months: two and two in English, two and one in Arabic
    for path in found:
        assert client.get(path).status_code == 200, path


def test_a_retracted_story_leaves_the_sitemap(client, publisher):
    article = make_released(publisher=publisher)
    make_released(publisher=publisher)
    path = f"/sitemaps/stories-en-{timezone.localdate():%Y-%m}.xml"
    assert address_of(article) in locations(client, path)
    releasing.retract(article, publisher, seen=article.version, note="Wrong.")
    assert all(article.public_id not in one for one in locations(client, path))


def test_a_sitemap_holds_no_more_than_the_protocol_allows(client, publisher, monkeypatch):
    assert sitemaps.MOST <= 50_000
    monkeypatch.setattr(sitemaps, "MOST", 2)
    for _ in range(3):
        make_released(publisher=publisher)
    assert len(locations(client, f"/sitemaps/stories-en-{timezone.localdate():%Y-%m}.xml")) == 2


def test_sitemaps_are_what_their_schema_asks_for(client, publisher):
    """The rules of sitemaps.org's XSD, said here: no validator for it is among the project's packages."""
    make_released(publisher=publisher, headline="Türkiye’s “harbour” & quay")
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{SITEMAP}sitemapindex"
    assert {one.tag for one in root} == {f"{SITEMAP}sitemap"}
    for path in locations(client, "/sitemap.xml"):
        root = ElementTree.fromstring(client.get(path).content)
        assert root.tag == f"{SITEMAP}urlset"
        assert len(root)
        for url in root:
            assert url.tag == f"{SITEMAP}url"
            assert [one.tag.removeprefix(SITEMAP) for one in url] in (["loc"], ["loc", "lastmod"])
            assert 12 <= len(url.findtext(f"{SITEMAP}loc")) <= 2048
            assert url.findtext(f"{SITEMAP}loc").isascii()
            if changed := url.findtext(f"{SITEMAP}lastmod"):
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", changed)
