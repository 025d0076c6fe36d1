"""The readers' search: what it finds, in which order, and what that costs."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import releasing
from articles.models import Listing, Release
from articles.readers import snippets
from articles.search import find_released, forget_release, index_release, released

from .factories import fresh, make_released, make_user
from .test_readers_pages import many_more

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


def test_search_marks_what_it_found(client, publisher):
    make_released(publisher=publisher, body="<p>The quay was rebuilt with granite &amp; steel.</p>")
    page = client.get("/search/", {"q": "granite"}).text
    assert "<mark>granite</mark> &amp; steel" in page
    assert client.get("/search/", {"q": "granite"})["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "query", ["", " ", '"', "-", "a" * 5000, "\x00", "<script>alert(1)</script>", "' OR 1=1 --", "*"]
)
def test_no_query_breaks_the_search(client, publisher, query):
    make_released(publisher=publisher)
    page = client.get("/search/", {"q": query})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_more_results_than_a_page_are_read_page_by_page(client, publisher):
    many_more(make_released(publisher=publisher, headline="Harbour opens"), 44)
    first, second, third = results_pages(client, "harbour")
    assert [len(headlines(page)) for page in (first, second, third)] == [20, 20, 5]
    assert headlines(first + second + third) == ["Harbour opens", *(f"Harbour opens {n}" for n in range(44))]
    assert headlines(client.get(neighbour(second, "prev")).text) == headlines(first)
    assert headlines(client.get(neighbour(third, "prev")).text) == headlines(second)
    assert neighbour(first, "prev") is None


def test_a_story_that_comes_or_goes_meanwhile_moves_no_result_to_another_page(client, publisher):
    article = make_released(publisher=publisher, headline="Harbour opens")
    many_more(article, 44)
    second = neighbour(client.get("/search/?q=harbour").text, "next")
    expected = headlines(client.get(second).text)
    make_released(publisher=publisher, headline="Harbour closes")
    releasing.retract(fresh(article), publisher, seen=fresh(article).version, note="It was not true.")
    assert headlines(client.get(second).text) == expected


def test_what_says_it_in_its_headline_comes_before_what_says_it_in_its_text(client, publisher, clock):
    make_released(publisher=publisher, headline="Quay of granite", body="<p>It was rebuilt.</p>")
    clock.shift(timedelta(hours=1))
    make_released(publisher=publisher, headline="Bridge closes", body="<p>Its granite has cracks.</p>")
    clock.shift(timedelta(hours=1))
    make_released(publisher=publisher, headline="Granite quarry opens", body="<p>It had been shut.</p>")
    found = headlines(client.get("/search/?q=granite").text)
    assert found == ["Granite quarry opens", "Quay of granite", "Bridge closes"]


def test_hits_beyond_the_newest_stretch_are_reached_and_each_comes_once(client, publisher, monkeypatch):
    for name, value in {"RANKED": 12, "LOOKED_THROUGH": 12, "ENOUGH": 5}.items():
        monkeypatch.setattr(released, name, value)
    many_more(make_released(publisher=publisher, headline="Harbour opens"), 39)
    pages = list(results_pages(client, "harbour"))
    found = [headline for page in pages for headline in headlines(page)]
    assert found == ["Harbour opens", *(f"Harbour opens {number}" for number in range(39))]


def test_stories_of_one_second_are_not_parted_between_two_stretches(client, publisher, monkeypatch):
    for name, value in {"RANKED": 10, "LOOKED_THROUGH": 10, "ENOUGH": 5}.items():
        monkeypatch.setattr(released, name, value)
    stories = many_more(make_released(publisher=publisher, headline="Harbour opens"), 30)
    moved = stories[7:12]  # the stretch would end amid these
    for one in moved:
        forget_release(one)
        one.published_at = stories[7].published_at.replace(microsecond=0) + timedelta(milliseconds=one.pk % 9)
        Release.objects.filter(pk=one.pk).update(published_at=one.published_at)
        Listing.objects.filter(release=one).update(published_at=one.published_at)
        index_release(one)
    found = [headline for page in results_pages(client, "harbour") for headline in headlines(page)]
    assert len(found) == len(set(found)) == 31


def test_half_a_word_finds_what_begins_so_unless_it_is_a_word(client, publisher):
    make_released(publisher=publisher, headline="Lighthouses shine")
    assert headlines(client.get("/search/?q=lighth").text) == ["Lighthouses shine"]
    make_released(publisher=publisher, headline="Lighthouse sold")
    assert headlines(client.get("/search/?q=lighthouse").text) == ["Lighthouse sold"]
    assert headlines(client.get("/search/?q=li").text) == []


@pytest.mark.parametrize(
    "query, found",
    [
        ('"opens after"', True),
        ('"after opens"', False),
        ("repairs harbour", True),
        ("harbour -repairs", False),
        ("harbour -boats", True),
        ("well-known", True),
        ("2026-11-22", True),
        ("22", True),
        ("edition:en", False),
        ("edit", False),
        ("en", False),
    ],
)
def test_words_phrases_and_what_is_not_wanted(client, publisher, query, found):
    body = "<p>The well-known quay, from 2026-11-22 on.</p>"
    make_released(publisher=publisher, headline="Harbour opens after repairs", body=body)
    assert bool(headlines(client.get("/search/", {"q": query}).text)) is found


def test_each_edition_finds_its_own_stories(client, publisher):
    make_released(publisher=publisher, headline="Harbour opens")
    make_released(publisher=publisher, headline="إعادة فتح المرفأ", body="<p>بعد عام.</p>", language="ar")
    assert headlines(client.get("/ar/search/", {"q": "المرفا"}).text) == ["إعادة فتح المرفأ"]
    assert headlines(client.get("/ar/search/", {"q": "إِعادَة"}).text) == ["إعادة فتح المرفأ"]
    assert headlines(client.get("/ar/search/", {"q": "opens"}).text) == []
    assert headlines(client.get("/search/", {"q": "المرفأ"}).text) == []


def test_a_story_too_long_to_be_indexed_whole_is_released_and_found(publisher):
    body = "".join(f"<p>{' '.join(f'w{n}x{m}' for m in range(500))}</p>" for n in range(400))
    make_released(publisher=publisher, headline="Harbour opens", body=body)
    assert len(find_released("w0x7", "en").hits) == 1


def test_the_commonest_word_is_found_without_reading_the_archive(publisher):
    """The plans: the full-text index gives its newest rows first, and no step sorts or reads all that matches."""
    many_more(make_released(publisher=publisher, headline="Harbour opens"), 60)
    with CaptureQueriesContext(connection) as queries:
        assert len(find_released("harbour", "en").hits) == 61
    assert len(queries) == 1
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
            plan = "\n".join(row[3] for row in cursor.fetchall())
            # M2: by the words; <: below a row. What follows is looked up by the release.
            assert re.search(
                r"SCAN held VIRTUAL TABLE INDEX \d+:M\d<\nSEARCH listing USING INDEX \w+ \(release_id=", plan
            )
            assert "TEMP B-TREE" not in plan
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows would be read whole
            cursor.execute(f"EXPLAIN {queries[0]['sql']}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Index Scan using listing_by_place" in plan
            assert "Index Scan using articles_releasetext_pkey" in plan
            assert "Bitmap Index Scan on articles_releasetext_words" in plan
            assert "One-Time Filter: (NOT" in plan
            assert "Seq Scan" not in plan


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps the instant itself")
def test_rows_of_the_index_stand_in_the_order_of_publication(publisher):
    old = make_released(publisher=publisher, headline="Harbour opens", provider_date=datetime(1931, 3, 2, tzinfo=UTC))
    new = make_released(publisher=publisher, headline="Harbour closes", provider_date=datetime(2019, 3, 2, tzinfo=UTC))
    older = make_released(publisher=publisher, headline="Harbour built", provider_date=datetime(1811, 3, 2, tzinfo=UTC))
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid & 1073741823 FROM articles_releasetext ORDER BY rowid DESC")
        rows = [row[0] for row in cursor.fetchall()]
    assert rows == [Release.objects.in_force(one.public_id).pk for one in (new, old, older)]


def headlines(page):
    found = re.findall(r'class="card-head"[^>]*><a href="[^"]+">(.*?)</a>', page)
    return [html.unescape(re.sub("</?mark>", "", one)) for one in found]


def neighbour(page, rel):
    link = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return html.unescape(link[1]) if link else None


def results_pages(client, query):
    path = f"/search/?q={query}"
    while path:
        page = client.get(path).text
        yield page
        path = neighbour(page, "next")


def test_a_snippet_is_short_and_escaped():
    passage = "word " * 100 + "the <b>granite</b> quay " + "word " * 100
    shown = snippets.snippet(passage, frozenset(["granite"]))
    assert "&lt;b&gt;<mark>granite</mark>&lt;/b&gt;" in shown
    assert len(shown) < 400
