"""Feeds in each of their formats: valid, lasting, and of nothing but what may be passed on."""

import json
from datetime import timedelta

import feedparser
import pytest
from django.utils import timezone

from articles import photos, releasing
from articles.models import Author, Photo, Release, Source
from articles.readers.addresses import FEEDS
from articles.readers.feeds import formats

from . import feed_rules
from .factories import fresh, make_author, make_photo, make_released, make_source, make_topic, make_user
from .held_back import HELD_BACK
from .test_readers_pages import address_of, many_more

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


def make_story(publisher, **kw):
    """A story with everything that a feed may show of one."""
    author = Author.objects.filter(slug="lina").first() or make_author(slug="lina")
    source = Source.objects.filter(slug="observatory").first() or make_source(slug="observatory")
    photo = make_photo()
    return make_released(
        publisher=publisher,
        **{
            "headline": "Harbour & quay <open>",
            "standfirst": "After a <b>year</b> & a day.",
            "body": '<p>Ships <a href="/topics/ships/">came</a>.</p><p>Two.</p>',
            "topics": [make_topic("Ships")],
            "bylines": [{"author": author.code, "text": ""}, {"author": None, "text": "Reuters"}],
            "citations": [{"source": source.code}],
            "captions": [{"photo": photo.public_id, "caption": "A quay & boats.", "credit": "AFP"}],
            **kw,
        },
    )


def lists(prefix=""):
    pages = ("/", "/latest/", "/regions/land-xa/", "/regions/world/", "/topics/ships/", "/sources/observatory/")
    return [f"{prefix}{page}" for page in (*pages, "/authors/lina/", f"/archive/{timezone.localdate():%Y/%m/%d}/")]


def items(client, path="/"):
    """What each format's feed of that page lists, by the title of each item; all must agree."""
    told = [
        [one.title for one in feedparser.parse(client.get(f"{path}{name}").content).entries]
        for name in ("rss.xml", "atom.xml")
    ]
    told.append([one["title"] for one in client.get(f"{path}feed.json").json()["items"]])
    assert told[0] == told[1] == told[2]
    return told[0]


@pytest.mark.parametrize("text", ["summary", "full"])
def test_every_feed_keeps_its_formats_rules(client, publisher, settings, text):
    settings.FEED_TEXT = text
    make_story(publisher)
    make_released(publisher=publisher, headline="Bare", topics=[make_topic("Ships")], standfirst="")
    make_story(publisher, headline="افتتاح المرفأ", language="ar", standfirst="بعد عام.")
    for page in [*lists(), *lists("/ar")]:
        shown = client.get(page).text
        for name, type in FEEDS.items():
            assert f'<link rel="alternate" type="{type}" href="{page}{name}"' in shown
            answer = client.get(f"{page}{name}")
            assert feed_rules.RULES[name](answer, f"http://testserver{page}{name}") == [], (page, name)
            assert answer["Access-Control-Allow-Origin"] == "*"
    for prefix, word in (("", "harbour"), ("/ar", "المرفأ")):
        shown = client.get(f"{prefix}/search/", {"q": word}).text
        for name, type in FEEDS.items():
            answer = client.get(f"{prefix}/search/{name}", {"q": word})
            address = f"http://testserver{answer.wsgi_request.get_full_path()}"
            assert feed_rules.RULES[name](answer, address) == [], name
            assert f'type="{type}" href="{answer.wsgi_request.get_full_path()}"' in shown
            assert answer["X-Robots-Tag"] == "noindex"
    assert set(formats.FORMATS) == set(feed_rules.RULES) == set(FEEDS)


def test_a_page_without_a_list_leads_to_the_feeds_of_its_edition(client, publisher):
    article = make_story(publisher)
    for path in (address_of(article), "/regions/", "/topics/", "/archive/", "/corrections/"):
        assert 'type="application/atom+xml" href="/atom.xml"' in client.get(path).text, path
    assert 'type="application/feed+json" href="/ar/feed.json"' in client.get("/ar/topics/").text
    assert "alternate" not in client.get("/nowhere/").text


@pytest.mark.parametrize("text", ["summary", "full"])
def test_an_entry_tells_the_story_in_every_format(client, publisher, settings, text):
    settings.FEED_TEXT = text
    article = make_story(publisher)
    link = f"http://testserver{address_of(article)}"
    for name in ("rss.xml", "atom.xml"):
        (entry,) = feedparser.parse(client.get(f"/{name}").content).entries
        assert (entry.title, entry.link) == ("Harbour & quay <open>", link)
        assert [one.name for one in entry.authors] == ["Lina Haddad", "Reuters"]
        assert {tag.term for tag in entry.tags} == {"Land XA", "Ships"}
        assert entry.media_content[0]["url"].startswith("http://testserver/media/")
        assert entry.media_credit[0]["content"] == "AFP"
        assert [one["rel"] for one in entry.links if one["rel"] == "enclosure"]
        # RSS says it in HTML, Atom in plain text and says so.
        said = {"rss.xml": "a &lt;b&gt;year&lt;/b&gt; &amp; a day", "atom.xml": "a <b>year</b> & a day"}
        assert said[name] in entry.summary
        assert name == "rss.xml" or entry.summary_detail.type == "text/plain"
        if text == "full":
            assert 'href="http://testserver/topics/ships/"' in entry.content[0].value
        else:
            assert "Ships" not in entry.summary
    (item,) = client.get("/feed.json").json()["items"]
    assert item["authors"][0] == {"name": "Lina Haddad", "url": "http://testserver/authors/lina/"}
    assert item["authors"][1] == {"name": "Reuters"}
    assert ("content_html" in item) == (text == "full")
    assert item["attachments"][0]["size_in_bytes"] > 0


def test_a_correction_keeps_the_id_and_is_seen(client, publisher, time_machine):
    time_machine.move_to(timezone.now().replace(microsecond=0), tick=False)
    article = make_story(publisher)

    def told():
        parsed = [feedparser.parse(client.get(f"/{name}").content).entries[0] for name in ("rss.xml", "atom.xml")]
        item = client.get("/feed.json").json()["items"][0]
        ids = [one.id for one in parsed] + [item["id"], item["date_published"], parsed[1].published]
        return ids, [*(one.summary for one in parsed), item["content_text"]], parsed[1].updated

    ids, before, updated = told()
    assert not any("On Monday" in words for words in before)
    time_machine.shift(timedelta(hours=1))
    releasing.release(fresh(article), publisher, seen=fresh(article).version, correction="On Monday <not> Sunday.")
    again, after, changed = told()
    assert again == ids
    assert all("Correction" in words and "On Monday" in words for words in after)
    assert "&lt;not&gt;" in after[0]
    assert changed > updated


def test_old_news_that_comes_in_today_was_not_changed_today(client, publisher):
    long_ago = timezone.now() - timedelta(days=4000)
    make_released(publisher=publisher, provider_date=long_ago)
    item = client.get("/feed.json").json()["items"][0]
    assert item["date_modified"] == item["date_published"]
    assert item["date_modified"].startswith(f"{long_ago:%Y-%m-%d}")


def test_a_retracted_story_leaves_and_whoever_asks_since_then_is_told(client, publisher, time_machine):
    time_machine.move_to(timezone.now().replace(microsecond=0), tick=False)
    make_released(publisher=publisher, headline="Stays")
    time_machine.shift(timedelta(hours=1))
    article = make_released(publisher=publisher, headline="Goes")
    for name in FEEDS:
        answer = client.get(f"/{name}")
        for header, value in (("If-Modified-Since", "Last-Modified"), ("If-None-Match", "ETag")):
            assert client.get(f"/{name}", headers={header: answer[value]}).status_code == 304
    since = answer["Last-Modified"]
    time_machine.shift(timedelta(hours=1))
    releasing.retract(article, publisher, seen=article.version, note="Wrong.")
    assert items(client) == ["Stays"]
    for name in FEEDS:
        assert client.get(f"/{name}", headers={"If-Modified-Since": since}).status_code == 200


def test_a_picture_leaves_feeds_when_its_rights_end(client, publisher, time_machine):
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    photo = make_photo()
    Photo.objects.filter(pk=photo.pk).update(usable_until=now + timedelta(hours=1))
    make_released(publisher=publisher, captions=[{"photo": photo.public_id, "caption": "A quay."}])
    before = {name: client.get(f"/{name}") for name in FEEDS}
    assert all("/media/" in answer.text for answer in before.values())
    time_machine.move_to(now + timedelta(hours=1), tick=False)
    for name, answer in before.items():
        for header, value in (("If-Modified-Since", "Last-Modified"), ("If-None-Match", "ETag")):
            again = client.get(f"/{name}", headers={header: answer[value]})
            assert (again.status_code, "/media/" in again.text) == (200, False), (name, header)


@pytest.mark.parametrize("why", HELD_BACK)
def test_what_may_not_be_passed_on_is_in_no_feed(client, publisher, why):
    make_released(publisher=publisher, headline="Harbour opens")
    held = make_released(publisher=publisher, headline="Harbour held back")
    model, fields = HELD_BACK[why]
    model.objects.filter(public_id=held.public_id).update(**fields)
    assert items(client) == items(client, "/regions/land-xa/") == ["Harbour opens"]
    found = client.get("/search/feed.json?q=harbour").json()["items"]
    assert [one["title"] for one in found] == ["Harbour opens"]


def test_a_hub_is_named_where_there_is_one(client, publisher, settings):
    make_story(publisher)
    assert "hub" not in client.get("/rss.xml").text + client.get("/atom.xml").text + client.get("/feed.json").text
    settings.WEBSUB_HUB = "https://hub.example.org/"
    for name in ("rss.xml", "atom.xml"):
        answer = client.get(f"/{name}")
        links = {(one["rel"], one["href"]) for one in feedparser.parse(answer.content).feed.links}
        assert ("hub", "https://hub.example.org/") in links
        assert '<https://hub.example.org/>; rel="hub"' in answer["Link"]
    assert client.get("/feed.json").json()["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/"}]


def test_what_no_xml_may_hold_is_left_out(client, publisher):
    article = make_released(publisher=publisher, headline="Harbour opens")
    Release.objects.filter(public_id=article.public_id).update(headline="Harbour\x0b \ufffe]]> opens")
    for name in ("rss.xml", "atom.xml"):
        assert feedparser.parse(client.get(f"/{name}").content).entries[0].title == "Harbour ]]> opens"
    answer = client.get("/search/atom.xml", {"q": "harbour\x00\x0b\ufffe <b>\"'&"})
    assert answer.status_code == 200
    assert not feedparser.parse(answer.content).bozo


def test_the_feed_of_a_search_is_bounded_and_the_newest_first(client, publisher, django_assert_max_num_queries):
    article = make_released(publisher=publisher, headline="Harbour opens")
    many_more(article, 60)
    with django_assert_max_num_queries(3):
        found = client.get("/search/feed.json?q=harbour").json()["items"]
    dates = [one["date_published"] for one in found]
    assert (len(dates), dates) == (30, sorted(dates, reverse=True))
    narrow = client.get("/search/feed.json?q=harbour&region=XA&sort=newest").json()
    assert [one["url"] for one in narrow["items"]] == [one["url"] for one in found]
    assert narrow["feed_url"].endswith("/search/feed.json?q=harbour&region=XA")
    assert client.get("/search/feed.json?q=harbour&region=XB").json()["items"] == []
    for query in ("", "q=", "q=" + "x" * 5000, "q=-harbour", "after=2&q=zzz"):
        assert client.get(f"/search/feed.json?{query}").json()["items"] == [], query[:20]


def test_feeds_cost_the_same_whatever_is_listed(client, publisher, django_assert_num_queries):
    article = make_story(publisher)
    for count in (0, 45):
        many_more(article, count)
        for name in FEEDS:
            for path, queries in (("/", 2), ("/regions/land-xa/", 3), ("/topics/ships/", 3)):
                with django_assert_num_queries(queries, info=path):
                    assert client.get(f"{path}{name}").status_code == 200
    assert len(json.loads(client.get("/feed.json").content)["items"]) == 30
