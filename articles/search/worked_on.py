"""The desk's index: working copies, as they stand after their last save.

It only narrows. What it finds is looked up, hit by hit, among the stories that the caller may see, so that none is
shown for being in the index. The newest story comes first: both databases stop reading at the end of a page.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles import text
from articles.models import Article

from .asked import fts5, indexed, is_postgresql, parse, tsquery

# PostgreSQL first looks through so many of the newest stories one by one: they hold a page of every common word.
LOOKED_THROUGH = 1000
# For what more stories than this hold its index is not asked: that would read them all.
HELD_BY_MANY = 50_000
# So many of the newest are looked through instead, before a look ends. On SQLite it ends after so many hits.
STORIES_LOOKED_AT = HITS_LOOKED_AT = 5_000

_LAST_ID = (1 << 63) - 1


def index_articles(pairs: Iterable[tuple[Article, dict]]) -> None:
    """Put working copies into the index, in place of what it held of them. One query for any number.

    ``pairs`` are stories with their content as :func:`articles.writing.snapshot` makes it: headline, standfirst,
    slugline, public id, text and captions are found from now on. Call it in the transaction that saves them. A story
    that is deleted leaves the index by itself.
    """
    sql = (
        "INSERT INTO articles_desktext (article_id, words) VALUES (%s, array_to_tsvector(ARRAY[%s])"
        " || to_tsvector('simple', %s) || to_tsvector('simple', %s))"
        " ON CONFLICT (article_id) DO UPDATE SET words = excluded.words"
        if is_postgresql()
        else "INSERT OR REPLACE INTO articles_desktext (rowid, desk, head, rest) VALUES (%s, %s, %s, %s)"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_row(article, content) for article, content in pairs])


def index_new(articles: Iterable[Article], contents: Iterable[dict], words: Iterable[str | None]) -> None:
    """The same of stories that are new; ``words`` of text and captions may be given by who has them already."""
    rows = [
        _row(article, content)
        if known is None
        else (article.pk, _desk_word(article.desk_id), _head(article, content), known)
        for article, content, known in zip(articles, contents, words, strict=True)
    ]
    if not is_postgresql():
        sql = "INSERT INTO articles_desktext (rowid, desk, head, rest) VALUES (%s, %s, %s, %s)"
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
    elif rows:
        sql = (
            "INSERT INTO articles_desktext (article_id, words) SELECT article, array_to_tsvector(ARRAY[desk])"
            " || to_tsvector('simple', head) || to_tsvector('simple', rest)"
            " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS new (article, desk, head, rest)"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(column) for column in zip(*rows, strict=True)])


def _head(article, content):
    return indexed(content["headline"], content["standfirst"], content["slugline"], article.public_id)


def _row(article, content):
    head = _head(article, content)
    captions = [caption["caption"] for caption in content["captions"]]
    return article.pk, _desk_word(article.desk_id), head, indexed(text.plain(content["body"]), *captions)


def _desk_word(desk_id):
    # On PostgreSQL it stands among the words of the text, none of which begins with a colon.
    return f":desk{desk_id}" if is_postgresql() else f"desk{desk_id}"


class Look(NamedTuple):
    """What was found: ids, the newest story first; and the last id that was looked at where the look ended early."""

    ids: list[int]
    looked_to: int | None = None


def find_articles(
    query: str, articles: QuerySet, *, desks: Collection[int] | None = None, limit: int = 50
) -> list[int]:
    """Ids of the newest working copies that match, as :meth:`Words.look` finds them."""
    return Words(query, desks).look(articles, limit=limit).ids


class Words:
    """What somebody looks for among the working copies.

    ``query`` is what they typed: words, "phrases", -unwanted. Where nothing holds the last word, it is taken for the
    beginning of one. ``desks`` are the ids of the desks that all that they may find belongs to, where these are not all
    desks: it spares reading the others' stories.
    """

    def __init__(self, query: str, desks: Collection[int] | None = None):
        self.asked = parse(query)
        self.desks = None if desks is None else sorted(desks)

    @property
    def can_be_found(self) -> bool:
        return bool(self.asked.wanted) and self.desks != []

    def look(
        self,
        articles: QuerySet,
        *,
        among: Collection[int] | None = None,
        held_by: Sequence[int] | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> Look:
        """The working copies that match, the newest story first; none where nothing was asked.

        ``articles`` is what may be found, and decides: ``access.visible_articles(user)``, with whatever filters besides
        (not sliced; its order is not heeded). ``among`` are all the ids that may be found, where they are few: those
        are read, and no others. ``held_by`` is what :meth:`estimate` gave, where the caller has asked it already.
        ``before`` is the last id of the page above.

        What it reads is bounded. Of words that very many stories hold, the newest stories are looked through; where
        these do not fill the page, ``looked_to`` says where to go on. One query, and another on PostgreSQL where it has
        to estimate; one or two more where a word is not found as it stands.
        """
        if not self.can_be_found or (among is not None and not among):
            return Look([])
        if is_postgresql() and held_by is None:
            with connection.cursor() as cursor:
                cursor.execute(*self.estimate())
                held_by = [count for (count,) in cursor.fetchall()]
        among = None if among is None else sorted(among, reverse=True)

        def look(before, limit, *, beginning=False):
            count = held_by[beginning] if held_by else 0
            return _ask(self, articles, among, count, _LAST_ID if before is None else before, limit, beginning)

        found = look(before, limit)
        if found.ids or found.looked_to or not self.asked.may_be_half_typed:
            return found
        if before is not None and any(look(None, 1)):
            return found  # the end of what holds the whole word
        return look(before, limit, beginning=True)

    def estimate(self) -> tuple[str, list] | None:
        """A query of two rows, and its values: about how many stories hold the words, as they stand and as beginnings.

        It reads a thousandth of PostgreSQL's index, the same part each time. None on SQLite, which gives its hits one
        by one and needs none.
        """
        if not is_postgresql() or not self.can_be_found:
            return None
        (words, values), (beginnings, more) = self._expression(False), self._expression(True)
        counts = f"count(*) FILTER (WHERE words @@ {words}), count(*) FILTER (WHERE words @@ {beginnings})"
        sql = f"SELECT unnest(ARRAY[{counts}]) * 1000 FROM articles_desktext TABLESAMPLE SYSTEM (0.1) REPEATABLE (0)"
        return sql, values + more

    def _spelled_out(self, beginning):
        """The same asked of one text on SQLite, which is kept in the index as words with one space between them."""
        parts, values = [], []
        for number, (phrase, is_wanted) in enumerate(
            [*((one, True) for one in self.asked.wanted), *((one, False) for one in self.asked.unwanted)], 1
        ):
            is_begun = beginning and number == len(self.asked.wanted)
            held = "(instr(' ' || own.head || ' ', %s) OR instr(' ' || own.rest || ' ', %s))"
            parts.append(held if is_wanted else f"NOT {held}")
            values += [f" {' '.join(phrase)}{'' if is_begun else ' '}"] * 2
        return " AND ".join(parts), values

    def _expression(self, beginning):
        """What the index is asked, and its values. On PostgreSQL a tsquery."""
        desks = self.desks
        if not is_postgresql():
            words = fts5(self.asked, "head rest", beginning=beginning)
            if desks is not None:
                words = f"(desk : ({' OR '.join(_desk_word(desk) for desk in desks)})) AND ({words})"
            return "%s", [words]
        words, values = "to_tsquery('simple', %s)", [tsquery(self.asked, beginning=beginning)]
        if desks is not None:
            words += " && %s::tsquery"
            values.append(" | ".join(f"'{_desk_word(desk)}'" for desk in desks))
        return f"({words})", values


def _ask(words, articles, among, held_by, before, limit, beginning) -> Look:
    key = "held.article_id" if is_postgresql() else "held.pk"
    reads_texts = among is not None and not is_postgresql()
    expression = words._spelled_out(beginning) if reads_texts else words._expression(beginning)
    try:
        # Their own query, asked of one hit at a time.
        seen = articles.order_by().filter(pk=RawSQL(key, ())).values("pk").query.sql_with_params()  # noqa: S611 - a name
    except EmptyResultSet:  # the caller's query cannot give anything
        return Look([])
    if not is_postgresql():
        build = _among_on_sqlite if reads_texts else _newest_on_sqlite
    elif among is not None:
        build = _among_few_hits if held_by <= len(among) else _among
    else:
        build = _newest_of_many if held_by > HELD_BY_MANY else _newest
    with connection.cursor() as cursor:
        cursor.execute(*build(*expression, *seen, among, before, limit))
        rows = cursor.fetchall()
    ids = sorted((pk for pk, is_end in rows if not is_end), reverse=True)
    end = next((pk for pk, is_end in rows if is_end), None)
    return Look(ids, end if len(ids) < limit else None)


# Of each, the rows are the ids of hits, and perhaps one that says where the look ended before it was through. What
# Django wrote is put in as it is, all else is words of this module; values are parameters.
# ruff: noqa: S608


def _among_on_sqlite(words, words_values, seen, seen_values, among, before, limit):
    # FTS5 would go through all that hold the words anew for each of these: their own texts are read instead.
    sql = f"""
        SELECT held.pk, 0 FROM (SELECT value AS pk FROM json_each(%s)) AS held
        CROSS JOIN articles_desktext AS own ON own.rowid = held.pk
        WHERE held.pk < %s AND {words} AND EXISTS ({seen}) LIMIT %s
    """
    return sql, [json.dumps(among), before, *words_values, *seen_values, limit]


def _newest_on_sqlite(words, words_values, seen, seen_values, among, before, limit):
    # FTS5 gives its rows from the last to the first by itself, and is read no further than is wanted.
    hits = f"""SELECT rowid AS pk FROM articles_desktext WHERE articles_desktext MATCH {words} AND rowid < %s
        ORDER BY rowid DESC"""
    sql = f"""
        SELECT * FROM (SELECT held.pk, 0 FROM ({hits} LIMIT %s) AS held WHERE EXISTS ({seen}) LIMIT %s)
        UNION ALL SELECT * FROM (SELECT pk, 1 FROM ({hits} LIMIT 1 OFFSET %s))
    """
    values = [*words_values, before, HITS_LOOKED_AT, *seen_values, limit]
    return sql, [*values, *words_values, before, HITS_LOOKED_AT - 1]


# On PostgreSQL OFFSET 0 keeps the planner from turning the order round: it cannot know how often words come together.


def _among(words, words_values, seen, seen_values, among, before, limit):
    sql = f"""
        SELECT article_id, false FROM (
            SELECT article_id FROM articles_desktext
            WHERE article_id = ANY(%s) AND article_id < %s AND words @@ {words} ORDER BY article_id DESC OFFSET 0
        ) AS held WHERE EXISTS ({seen} OFFSET 0) LIMIT %s
    """
    return sql, [among, before, *words_values, *seen_values, limit]


def _among_few_hits(words, words_values, seen, seen_values, among, before, limit):
    sql = f"""
        SELECT article_id, false FROM (
            SELECT article_id FROM (SELECT article_id FROM articles_desktext WHERE words @@ {words} OFFSET 0) AS hits
            JOIN unnest(%s::bigint[]) AS one ON one = article_id WHERE article_id < %s ORDER BY article_id DESC OFFSET 0
        ) AS held WHERE EXISTS ({seen} OFFSET 0) LIMIT %s
    """
    return sql, [*words_values, among, before, *seen_values, limit]


def _newest_of_many(words, words_values, seen, seen_values, among, before, limit):
    sql = f"""
        (SELECT article_id, false FROM (
            SELECT article_id, words FROM articles_desktext WHERE article_id < %s ORDER BY article_id DESC LIMIT %s
        ) AS held WHERE words @@ {words} AND EXISTS ({seen} OFFSET 0) LIMIT %s)
        UNION ALL (SELECT article_id, true FROM articles_desktext WHERE article_id < %s
            ORDER BY article_id DESC LIMIT 1 OFFSET %s)
    """
    values = [before, STORIES_LOOKED_AT, *words_values, *seen_values, limit]
    return sql, [*values, before, STORIES_LOOKED_AT - 1]


def _newest(words, words_values, seen, seen_values, among, before, limit):
    sql = f"""
        WITH newest AS MATERIALIZED (
            SELECT article_id, words FROM articles_desktext
            WHERE article_id < %s ORDER BY article_id DESC LIMIT %s
        ), near AS MATERIALIZED (
            SELECT article_id FROM newest AS held
            WHERE words @@ {words} AND EXISTS ({seen} OFFSET 0) LIMIT %s
        ), matching AS MATERIALIZED (
            SELECT article_id FROM articles_desktext WHERE words @@ {words} AND article_id < %s
            AND (SELECT count(*) FROM near) < %s AND (SELECT count(*) FROM newest) = %s
        ), far AS (
            SELECT article_id FROM (SELECT article_id FROM matching ORDER BY article_id DESC OFFSET 0) AS held
            WHERE EXISTS ({seen} OFFSET 0) LIMIT %s
        )
        SELECT article_id, false FROM near UNION SELECT article_id, false FROM far ORDER BY article_id DESC LIMIT %s
    """
    values = [before, LOOKED_THROUGH, *words_values, *seen_values, limit]
    values += [*words_values, before, limit, LOOKED_THROUGH, *seen_values, limit, limit]
    return sql, values


def rebuild_articles() -> int:
    """Index every working copy again. Gives how many stories that were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_desktext")
    count, chunk = 0, []
    for article in Article.objects.order_by("pk").prefetch_related("captions").iterator(chunk_size=200):
        content = {name: getattr(article, name) for name in ("headline", "standfirst", "slugline", "body")}
        chunk.append((article, {**content, "captions": [{"caption": one.caption} for one in article.captions.all()]}))
        if len(chunk) == 200:
            index_articles(chunk)
            count, chunk = count + len(chunk), []
    index_articles(chunk)
    return count + len(chunk)
