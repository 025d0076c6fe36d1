"""RSS as it was from the first; what all formats share stands in ``test_feed_formats``."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from articles import photos

from .factories import make_author, make_photo, make_released, make_source, make_topic, make_user
from .test_readers_pages import address_of

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


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
