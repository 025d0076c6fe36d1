"""The readers' search: what it finds, in which order, and what that costs."""

import html
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import releasing, search, summaries
from articles.models import Listing, Release
from articles.readers import snippets
from articles.readers.asking import Asked
from articles.search import find_released, forget_release, index_release, released, vocabulary

from .factories import fresh, make_article, make_region, make_released, make_source, make_topic, make_user
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
            # M: by the words; <>: between two rows. What follows is looked up by the release.
            assert re.search(
                r"SCAN held VIRTUAL TABLE INDEX \d+:M\d<>\nSEARCH listing USING INDEX \w+ \(release_id=", plan
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


# --- where, when and in which order --------------------------------------------------------------------------------


@pytest.fixture
def harbours(publisher, clock):
    """Four stories of a harbour, the newest first in the names: region, topic, source and day tell them apart."""
    asia = make_region("142", name="Asia", kind="continent")
    syria, cyprus = make_region("SY", name="Syria", parent=asia), make_region("CY", name="Cyprus", parent=asia)
    ships, trade = make_topic("Ships", code="medtop:20000001"), make_topic("Trade", code="medtop:20000002")
    source = make_source("Observatory", slug="observatory", code="observatory")
    cited = [{"source": source.code}]
    for headline, day, kw in (
        ("Old harbour", 1, {"regions": [syria], "topics": [ships]}),
        ("Quay", 5, {"regions": [syria], "topics": [trade], "body": "<p>The harbour opens.</p>"}),
        ("Harbour of Cyprus", 10, {"regions": [cyprus], "topics": [ships], "citations": cited}),
        ("New harbour", 20, {"regions": [syria, cyprus], "topics": [ships, trade], "citations": cited}),
    ):
        when = datetime(2026, 2, day, 9, tzinfo=UTC)
        make_released(publisher=publisher, headline=headline, provider_date=when, **kw)


@pytest.mark.parametrize(
    "asked, expected",
    [
        ("", ["New harbour", "Harbour of Cyprus", "Old harbour", "Quay"]),
        ("&sort=newest", ["New harbour", "Harbour of Cyprus", "Quay", "Old harbour"]),
        ("&region=CY", ["New harbour", "Harbour of Cyprus"]),
        ("&region=142&topic=medtop:20000002", ["New harbour", "Quay"]),
        ("&region=SY&topic=medtop:20000001&source=observatory", ["New harbour"]),
        ("&source=observatory", ["New harbour", "Harbour of Cyprus"]),
        ("&since=2026-02-05&until=2026-02-10", ["Harbour of Cyprus", "Quay"]),
        ("&since=2026-02-10&until=2026-02-05", ["Harbour of Cyprus", "Quay"]),
        ("&since=2026-02-11", ["New harbour"]),
        ("&until=2026-02-01", ["Old harbour"]),
        ("&region=XX", []),
        ("&since=2026-13-99&until=9999-12-31&region=%27%20OR%201&sort=x&topic=<b>", "all"),
        ("&since=0001-01-01&until=2999-12-31", "all"),
    ],
)
def test_a_search_is_narrowed_to_places_and_days(client, harbours, asked, expected):
    if expected == "all":
        expected = ["New harbour", "Harbour of Cyprus", "Old harbour", "Quay"]
    page = client.get(f"/search/?q=harbour{asked}")
    assert headlines(page.text) == expected


def test_what_narrows_a_search_is_shown_and_taken_away_by_its_link(client, harbours, django_assert_max_num_queries):
    path = "/search/?q=harbour&region=SY&since=2026-02-02"
    with django_assert_max_num_queries(3):
        page = client.get(path).text
    chips = {
        re.sub("<[^>]+>|\\s+", " ", words).split(": ")[1].strip(): html.unescape(without)
        for without, words in re.findall(r'<li><a href="([^"]+)"><span class="visually-hidden">Without(.*?)</a>', page)
    }
    assert chips == {
        "Syria": "/search/?q=harbour&since=2026-02-02",
        "2 February 2026": "/search/?q=harbour&region=SY",
    }
    assert '<option value="SY" selected>Syria</option>' in page
    # And what it can be narrowed to further, of what was found.
    assert 'href="/search/?q=harbour&amp;region=SY&amp;topic=medtop%3A20000002&amp;since=2026-02-02"' in page
    with django_assert_max_num_queries(3):
        nothing = client.get("/search/?q=lighthuose&region=SY").text
    assert ">Syria<" in nothing
    assert 'href="/search/?q=lighthuose"' in nothing


def test_pages_of_a_narrowed_search_stay_narrowed(client, publisher):
    topic = make_topic("Ships", code="medtop:20000001")
    many_more(make_released(publisher=publisher, headline="Harbour opens", topics=[topic]), 30)
    make_released(publisher=publisher, headline="Harbour closes", topics=[make_topic("Trade")])
    path, found = "/search/?q=harbour&topic=medtop:20000001&sort=newest", []
    while path:
        page = client.get(path).text
        found += headlines(page)
        path = neighbour(page, "next")
    assert found == ["Harbour opens", *(f"Harbour opens {number}" for number in range(30))]


def test_a_result_says_where_it_holds_what_was_asked_for(client, publisher):
    make_released(publisher=publisher, headline="Quay", standfirst="Of granite.", body="<p>Granite quay.</p>")
    page = client.get("/search/?q=granite").text
    assert "Found in: summary, text" in page
    make_released(publisher=publisher, headline="Boats", topics=[make_topic("Basalt")])
    assert "Found in: captions, places, topics or sources" in client.get("/search/?q=basalt").text


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)  # what a query is decoded to


@given(
    st.fixed_dictionaries(
        {"q": _TEXT, "region": _TEXT, "topic": _TEXT, "source": _TEXT, "sort": st.sampled_from(["newest", "", "x"])},
        optional={
            name: st.dates().map(str) | st.sampled_from(["20260201", "2026-W05-1", "٢٠٢٦-٠٢-٠١"]) | _TEXT
            for name in ("since", "until")
        },
    )
)
def test_whatever_is_asked_is_read_and_said_again_by_its_address(given):
    asked = Asked.read(given)
    assert asked.within.since is None or asked.within.until is None or asked.within.since < asked.within.until
    assert all(re.fullmatch(r"\w+:[\w:.-]{1,40}", place, re.ASCII) for place in asked.places)
    again = dict(parse_qsl(urlsplit(asked.address("ar")).query))
    assert Asked.read(again) == asked


# --- did you mean --------------------------------------------------------------------------------------------------


def meant(client, query, path="/search/"):
    link = re.search(r'class="better">.*?<bdi>(.*?)</bdi>', client.get(path, {"q": query}).text)
    return link and html.unescape(link[1])


@pytest.mark.parametrize(
    "typed, better",
    [
        ("lighthuose", "lighthouse"),
        ("lighthose", "lighthouse"),
        ("lightthouse", "lighthouse"),
        ("lighthousr", "lighthouse"),
        ("litehouse", None),
        ("granit lighthuose -boats", "granite lighthouse -boats"),
        ('"lighthuose of granite"', '"lighthouse of granite"'),
        ("zzzzzzzz", None),
        ("hous", None),
    ],
)
def test_a_slip_of_the_hand_is_mended_from_what_stories_say(client, publisher, typed, better):
    make_released(publisher=publisher, headline="Lighthouse of granite", body="<p>Body.</p>")
    search.rebuild_words()
    assert meant(client, typed) == better


def test_arabic_words_are_shown_as_they_are_printed(client, publisher):
    make_released(publisher=publisher, headline="افتتاح المرفأ الجديد", body="<p>نص.</p>", language="ar")
    search.rebuild_words()
    assert meant(client, "المرقأ", "/ar/search/") == "المرفأ"
    assert meant(client, "المرقأ") is None


def test_words_come_and_go_with_the_stories_that_say_them(client, publisher, clock):
    at = timezone.now() + timedelta(hours=1)
    make_released(publisher=publisher, headline="Harbour opens")
    article = make_released(publisher=publisher, headline="Lighthouse sold", at=at)
    make_article(headline="Granary drafted")
    summaries.count_what_changed()
    assert meant(client, "harbuor") == "harbour"
    assert meant(client, "lighthuose") is None
    assert meant(client, "granray") is None
    clock.move_to(at + timedelta(minutes=1), tick=False)
    for _ in range(2):  # however often
        summaries.count_what_changed()
    assert meant(client, "lighthuose") == "lighthouse"
    made = make_released(publisher=publisher, headline="Lighthouse bought")
    releasing.retract(fresh(article), publisher, seen=fresh(article).version, note="It was not true.")
    summaries.recount.func(article.pk)
    summaries.recount.func(made.pk)
    assert meant(client, "lighthuose") == "lighthouse"  # the other says it still
    releasing.retract(fresh(made), publisher, seen=fresh(made).version, note="It was not true.")
    summaries.recount.func(made.pk)
    assert meant(client, "lighthuose") is None
    with connection.cursor() as cursor:
        for table in ("articles_word", "articles_wordnear"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE word IN ('lighthouse', 'bought', 'sold')")
            assert cursor.fetchone() == (0,)


def test_the_vocabulary_is_bounded_and_keeps_the_commonest(client, publisher, monkeypatch):
    monkeypatch.setattr(vocabulary, "MOST", 6)
    make_released(publisher=publisher, headline="Harbour opens")
    make_released(publisher=publisher, headline="Harbour closes again tomorrow evening perhaps")
    for make in (summaries.count_all, search.rebuild_words):
        make()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM articles_word")
            assert cursor.fetchone()[0] <= 6
        assert meant(client, "harbuor") == "harbour"
    make_released(publisher=publisher, headline="Several other words arrive")
    summaries.count_what_changed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), (SELECT count(DISTINCT word) FROM articles_wordnear) FROM articles_word")
        assert cursor.fetchone() == (6, 6)


@given(st.text(max_size=30), st.text(max_size=30))
def test_words_within_one_letter_of_each_other_share_what_is_left(one, other):
    if vocabulary.distance(one, other) <= 1:
        assert vocabulary.left_out(one) & vocabulary.left_out(other)
    assert vocabulary.distance(one, other) == vocabulary.distance(other, one) >= abs(len(one) - len(other))
    assert (vocabulary.distance(one, other) == 0) == (one == other)
