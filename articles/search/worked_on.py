"""The desk's index: working copies, as they stand after their last save.

It only narrows. What it finds is looked up, hit by hit, among the stories that the caller may see, so that none is
shown for being in the index. The newest story comes first: both databases stop reading at the end of a page.
"""

from collections.abc import Collection, Iterable

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles import text
from articles.models import Article

from .asked import Asked, fts5, indexed, is_postgresql, parse, tsquery

# PostgreSQL first looks through so many of the newest stories one by one: they hold a page of every common word.
LOOKED_THROUGH = 1000

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


def find_articles(
    query: str,
    articles: QuerySet,
    *,
    desks: Collection[int] | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[int]:
    """Ids of the working copies that match, the newest story first; empty where nothing was asked.

    ``query`` is what somebody typed: words, "phrases", -unwanted. Where nothing holds the last word, it is taken for
    the beginning of one. ``articles`` is what may be found, and decides: ``access.visible_articles(user)``, with
    whatever filters besides (not sliced; its order is not heeded). ``desks`` are the ids of the desks that all of those
    belong to, where these are not all desks: it spares reading the others' stories. ``before`` is the last id of the
    page above. One query; three at most, where a word is not found as it stands.
    """
    asked = parse(query)
    if not asked.wanted or (desks is not None and not desks):
        return []
    found = _matching(asked, articles, desks, before, limit, beginning=False)
    if found or not asked.may_be_half_typed:
        return found
    if before is not None and _matching(asked, articles, desks, None, 1, beginning=False):
        return []  # the end of what holds the whole word
    return _matching(asked, articles, desks, before, limit, beginning=True)


def _matching(asked, articles, desks, before, limit, *, beginning):
    build = _postgresql if is_postgresql() else _sqlite
    try:
        sql, values = build(asked, articles, desks, _LAST_ID if before is None else before, limit, beginning)
    except EmptyResultSet:  # the caller's query cannot give anything
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _seen(articles, key):
    """Whether the caller may find the story with that key: their own query, asked of one hit at a time."""
    same = RawSQL(key, ())  # noqa: S611 - the name of a column
    return articles.order_by().filter(pk=same).values("pk").query.sql_with_params()


def _sqlite(asked: Asked, articles, desks, before, limit, beginning):
    seen, seen_values = _seen(articles, "held.rowid")
    words = fts5(asked, "head rest", beginning=beginning)
    if desks is not None:
        words = f"(desk : ({' OR '.join(_desk_word(desk) for desk in sorted(desks))})) AND ({words})"
    # FTS5 gives its rows from the last to the first by itself.
    sql = f"""
        SELECT rowid FROM articles_desktext AS held
        WHERE articles_desktext MATCH %s AND held.rowid < %s AND EXISTS ({seen})
        ORDER BY held.rowid DESC LIMIT %s
    """  # noqa: S608 - values are parameters; Django wrote the query that is put in
    return sql, [words, before, *seen_values, limit]


def _postgresql(asked: Asked, articles, desks, before, limit, beginning):
    seen, seen_values = _seen(articles, "held.article_id")
    words, words_values = "to_tsquery('simple', %s)", [tsquery(asked, beginning=beginning)]
    if desks is not None:
        words += " && %s::tsquery"
        words_values.append(" | ".join(f"'{_desk_word(desk)}'" for desk in sorted(desks)))
    # OFFSET 0 keeps the planner from turning the order round: it cannot know how often words come together.
    sql = f"""
        WITH newest AS MATERIALIZED (
            SELECT article_id, words FROM articles_desktext
            WHERE article_id < %s ORDER BY article_id DESC LIMIT %s
        ), near AS MATERIALIZED (
            SELECT article_id FROM newest AS held
            WHERE words @@ ({words}) AND EXISTS ({seen} OFFSET 0) LIMIT %s
        ), matching AS MATERIALIZED (
            SELECT article_id FROM articles_desktext WHERE words @@ ({words}) AND article_id < %s
            AND (SELECT count(*) FROM near) < %s AND (SELECT count(*) FROM newest) = %s
        ), far AS (
            SELECT article_id FROM (SELECT article_id FROM matching ORDER BY article_id DESC OFFSET 0) AS held
            WHERE EXISTS ({seen} OFFSET 0) LIMIT %s
        )
        SELECT article_id FROM near UNION SELECT article_id FROM far ORDER BY article_id DESC
    """  # noqa: S608 - as above
    values = [before, LOOKED_THROUGH, *words_values, *seen_values, limit]
    values += [*words_values, before, limit, LOOKED_THROUGH, *seen_values, limit]
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
