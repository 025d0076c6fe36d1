"""The desk's full-text index: what is found, by whom, and what keeping and asking it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import access, search
from articles.models import Article
from articles.search import Words, find_articles, index_articles, worked_on
from articles.search.asked import is_postgresql

from .factories import make_article, make_caption, make_content, make_desk, make_released, make_user

pytestmark = pytest.mark.django_db


def kept(**fields):
    """A story that the index holds as it was saved."""
    article = make_article(**fields)
    index_articles([(article, article.revisions.get().content)])
    return article


def found(query, **kw):
    return Words(query, kw.pop("desks", None)).look(Article.objects.all(), **kw).ids


@pytest.mark.parametrize(
    "query",
    [
        "Quay",
        "granite",
        "harbour-works",
        "HARBOUR works",
        "dawn",
        "cranes",
        '"left at dawn"',
        "quay dawn cranes",
        "dawn -dusk",
        "cran",
        "café",
        "cafe",
        "2026-11-22",
    ],
)
def test_headline_standfirst_slugline_text_and_captions_are_searched(query):
    article = kept(
        headline="Quay rebuilt",
        standfirst="With granite.",
        slugline="HARBOUR-WORKS",
        body="<p>The ship left at <em>dawn</em> from the Café, 2026-11-22.</p>",
        captions=[{"caption": "Two cranes."}],
    )
    kept(headline="Two", body="<p>Nothing.</p>")
    assert found(query) == [article.pk]


@pytest.mark.parametrize(
    "query", ["", " ", '"', "-", "*", "-dawn", '"at left"', "dawn -ship", "em", "' OR 1=1 --", "\x00", ":"]
)
def test_what_does_not_match_is_not_found(query):
    kept(headline="Quay", body="<p>The ship left at <em>dawn</em>.</p>")
    assert found(query) == []


def test_a_story_is_found_by_its_id():
    article, _ = kept(), kept()
    assert found(article.public_id) == [article.pk]


def test_arabic_is_found_however_it_is_spelt():
    article = kept(headline="إعادة فتح المرفأ", language="ar", body="<p>قالت الحكومة إن المرفأ فُتح.</p>")
    for query in ("المرفا", "اعاده", "إِعَادَة", "الحكومه", '"فتح المرفأ"', "الحكو"):
        assert found(query) == [article.pk], query


def test_a_word_is_taken_for_half_typed_only_where_nothing_holds_it():
    house, houses = kept(headline="House"), kept(headline="Houses")
    assert found("hous") == [houses.pk, house.pk]
    assert found("house") == [house.pk]
    assert found("house", before=house.pk) == []  # the end of the list does not become another list


def test_the_newest_story_comes_first_page_by_page(monkeypatch):
    monkeypatch.setattr(worked_on, "LOOKED_THROUGH", 4)
    stories = [kept(headline=f"Harbour {number}").pk for number in range(9)]
    pages, before = [], None
    while page := found("harbour", limit=3, before=before):
        pages.append(page)
        before = page[-1]
    assert pages == [stories[8:5:-1], stories[5:2:-1], stories[2::-1]]


def test_a_save_takes_the_place_of_what_was_indexed_before():
    article = kept(headline="Quay rebuilt")
    index_articles([(article, make_content(headline="Bridge rebuilt"))])
    assert found("quay") == []
    assert found("bridge") == [article.pk]


def test_of_a_story_that_is_deleted_nothing_stays_in_the_index():
    article = kept(headline="Quay rebuilt")
    article.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_desktext")
        assert cursor.fetchone() == (0,)


def test_only_what_somebody_may_see_is_found():
    africa, asia = make_desk("africa"), make_desk("asia")
    ours, theirs = kept(headline="Harbour", desk=africa), kept(headline="Harbour", desk=asia)
    reporter = make_user(group="Reporter", desks=[africa])
    seen = access.visible_articles(reporter)
    assert find_articles("harbour", seen) == [ours.pk]
    assert find_articles("harbour", seen, desks=access.desk_ids(reporter)) == [ours.pk]
    assert find_articles("harbour", seen, desks=[asia.pk]) == []
    assert find_articles("harbour", seen, desks=[]) == []
    assert find_articles("harbour", Article.objects.none()) == []
    assert find_articles("harbour", Article.objects.all()) == [theirs.pk, ours.pk]


def test_the_name_of_a_desk_in_the_index_is_no_word_of_the_text():
    article = kept(headline="Harbour")
    for query in (f"desk{article.desk_id}", f"desk:{article.desk_id}", "desk", "des"):
        assert found(query) == []


def test_filters_of_a_list_narrow_what_is_found():
    kept(headline="Harbour", urgency=4)
    urgent = kept(headline="Harbour", urgency=1)
    assert find_articles("harbour", Article.objects.filter(urgency__lt=3).order_by("headline")) == [urgent.pk]


# --- what is read is bounded ------------------------------------------------------------------------------------------


def look(query, articles=None, **kw):
    return Words(query).look(Article.objects.all() if articles is None else articles, **kw)


def turn_pages(query, **kw):
    """All that is found, page by page, and how many pages that were."""
    ids, before, pages = [], None, 0
    while True:
        found = look(query, before=before, limit=3, **kw)
        ids, pages = ids + found.ids, pages + 1
        before = found.looked_to or (found.ids[-1] if len(found.ids) == 3 else None)
        if before is None:
            return ids, pages


@pytest.fixture
def harbours(monkeypatch):
    """Twenty stories of which all hold one word, and three another; a look ends after five."""
    for name in ("STORIES_LOOKED_AT", "HITS_LOOKED_AT"):
        monkeypatch.setattr(worked_on, name, 5)
    return [
        kept(headline="Harbour quay" if number % 7 == 0 else "Harbour", urgency=1 + number % 2).pk
        for number in range(20)
    ]


# As PostgreSQL estimates them, as they stand and as beginnings; SQLite heeds it not.
MANY, FEW = [10**6, 10**6], [10, 10]


def test_a_look_for_what_very_many_hold_ends_and_says_where(harbours):
    rare = Article.objects.filter(pk__in=harbours[:2])
    found = look("harbour", rare, held_by=MANY)
    assert found == ([], harbours[15])
    with CaptureQueriesContext(connection) as queries:
        ids, pages = turn_pages("harbour", articles=rare, held_by=MANY)
    assert (ids, pages) == (harbours[1::-1], 5)
    assert len(queries) <= 2 * pages
    assert turn_pages("harbour", held_by=MANY)[0] == harbours[::-1]
    assert look("harbour", held_by=MANY, limit=3) == (harbours[:-4:-1], None)


@pytest.mark.parametrize("held_by", [MANY, FEW])
def test_among_few_stories_all_that_match_are_found_and_no_others(harbours, held_by):
    among = set(harbours[:9])
    assert look("quay", among=among, held_by=held_by) == ([harbours[7], harbours[0]], None)
    assert look("qua", among=among, held_by=held_by, before=harbours[7]).ids == [harbours[0]]
    assert turn_pages("harbour", among=among, held_by=held_by)[0] == harbours[8::-1]
    assert look("harbour", Article.objects.filter(urgency=1), among=among, held_by=held_by).ids == harbours[8::-2]
    assert (
        look("lighthouse", among=among, held_by=held_by) == look("harbour", among=set(), held_by=held_by) == ([], None)
    )


@pytest.mark.parametrize(
    "asked", ["café", "cran", '"left at dawn"', "dawn -dusk", "harbour-works quay", "granite -sand"]
)
@pytest.mark.parametrize("refused", ["", " dusk sand", " left dawn crane"])
def test_among_few_it_is_the_same_words_that_are_found(asked, refused):
    """On SQLite the texts of few are read themselves; on PostgreSQL each way has a query of its own."""
    story = kept(
        headline="Quay rebuilt",
        slugline="HARBOUR-WORKS",
        body=f"<p>The ship left at <em>dawn</em>{refused} from the Café, with granite, by two cranes.</p>",
    )
    everywhere = look(asked)
    assert look(asked, among={story.pk}) == look(asked, among={story.pk}, held_by=MANY) == everywhere


@pytest.mark.skipif("not is_postgresql()", reason="SQLite needs no estimate")
def test_how_many_hold_a_word_is_estimated_from_the_table_itself():
    for number in range(30):
        kept(headline="Lighthouse" if number % 3 else "Lighthouses")
    sql, values = Words("lighthouse").estimate()
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("(0.1)", "(100)"), values)
        assert [count for (count,) in cursor.fetchall()] == [20_000, 30_000]


def test_the_two_indexes_never_meet(client):
    article = make_released(headline="Quay rebuilt")
    index_articles([(article, make_content(headline="Lighthouse sold"))])
    assert found("lighthouse") == [article.pk]
    assert search.find_released("lighthouse", "en").hits == []


def test_both_indexes_are_rebuilt_from_what_is_there():
    article = make_released(headline="Quay rebuilt", body="<p>With granite.</p>")
    draft = make_article(headline="Bridge", captions=[{"caption": "Two cranes."}])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_desktext")
    assert search.rebuild() == 3
    assert found("granite") == [article.pk]
    assert found("cranes") == [draft.pk]
    assert len(search.find_released("granite", "en").hits) == 1


def test_any_number_of_stories_is_indexed_by_one_query(django_assert_num_queries):
    stories = [make_article() for _ in range(5)]
    content = make_content(headline="Quay rebuilt", captions=[make_caption(caption="Two cranes.")])
    with django_assert_num_queries(1):
        index_articles([(article, content) for article in stories])
    assert len(found("quay cranes")) == 5


def test_a_page_is_found_by_a_query_that_reads_no_more_than_it_gives():
    for number in range(60):
        kept(headline=f"Harbour {number}")
    with CaptureQueriesContext(connection) as queries:
        assert len(found("harbour", desks=[make_desk().pk])) == 50
    *estimates, search = [query["sql"] for query in queries if "articles_desktext" in query["sql"]]
    # PostgreSQL is asked first how many hold the word, of a thousandth of them.
    assert [bool(re.search(r"TABLESAMPLE SYSTEM \(0\.1\) REPEATABLE", one)) for one in estimates] == [
        True
    ] * is_postgresql()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {search}")
            plan = "\n".join(row[3] for row in cursor.fetchall())
            assert len(re.findall(r"SCAN articles_desktext VIRTUAL TABLE INDEX \d+:M\d+<", plan)) == 2
            assert "SEARCH articles_article USING INTEGER PRIMARY KEY (rowid=?)" in plan
            assert "TEMP B-TREE" not in plan
        else:
            # So few rows would be read whole, and sorted.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {search}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Index Scan Backward using articles_desktext_pkey" in plan
            assert "One-Time Filter" in plan
            assert "Seq Scan" not in plan
            cursor.execute("EXPLAIN SELECT article_id FROM articles_desktext WHERE words @@ 'harbour'")
            assert "articles_desktext_words" in "\n".join(row[0] for row in cursor.fetchall())
