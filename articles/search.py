"""Full text of what readers have: SQLite's FTS5 and PostgreSQL's tsvector behind the same few functions.

The index holds the text of releases, one row each, and every search joins ``Listing``: what is not in force at that
instant is not found, not counted and not suggested, whatever the index still holds.
"""

import re

from django.db import connection
from django.utils import timezone

from articles import text
from articles.models import Listing, Release

# Ranking looks at the newest so many hits of a word; ranking every hit of a common word costs a hundred times more.
RANKED = 1000

_TOKEN = re.compile(r'(-?)"([^"]+)"|(-?)(\S+)')


def _is_postgresql():
    return connection.vendor == "postgresql"


def index_release(release: Release) -> None:
    """Put a release's text into the index."""
    document = release.document
    if release.is_gone:
        return
    head = text.fold(f"{release.headline} {release.standfirst}")
    captions = [picture["caption"] for picture in document["pictures"]]
    names = [thing["name"] for kind in ("regions", "topics", "bylines", "sources") for thing in document[kind]]
    rest = text.fold(" ".join([text.plain(document["body"]), *captions, *names]))
    with connection.cursor() as cursor:
        if _is_postgresql():
            cursor.execute(
                "INSERT INTO articles_releasetext (release_id, words) VALUES (%s,"
                " setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'D'))"
                " ON CONFLICT (release_id) DO UPDATE SET words = excluded.words",
                [release.pk, head, rest],
            )
        else:
            cursor.execute(
                "INSERT INTO articles_releasetext (rowid, head, rest) VALUES (%s, %s, %s)", [release.pk, head, rest]
            )


def forget_release(release: Release) -> None:
    """Take a release's text out of the index."""
    with connection.cursor() as cursor:
        key = "release_id" if _is_postgresql() else "rowid"
        cursor.execute(f"DELETE FROM articles_releasetext WHERE {key} = %s", [release.pk])  # noqa: S608 - one of two words


def rebuild() -> int:
    """Index again everything that readers have or will have. Gives how many releases that were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_releasetext")
    count = 0
    for release in Release.objects.filter(listings__isnull=False).distinct().order_by("pk").iterator(chunk_size=200):
        index_release(release)
        count += 1
    return count


def parse(query: str) -> tuple[list[list[str]], list[list[str]]]:
    """What somebody typed, as (wanted, unwanted): each a list of phrases, each phrase a list of folded words.

    Quotes make a phrase, a leading minus excludes. Never raises; punctuation and operators mean nothing.
    """
    wanted: list[list[str]] = []
    unwanted: list[list[str]] = []
    for phrase_minus, phrase, word_minus, word in _TOKEN.findall(query[:400]):
        words = [part for part in re.split(r"[\s'’-]+", text.fold(phrase or word)) if part]
        if words:
            (unwanted if phrase_minus or word_minus else wanted).append(words[:12])
    return wanted[:12], unwanted[:12]


def find_released(query: str, language: str, *, at=None, limit: int = 20, offset: int = 0) -> list[int]:
    """Ids of the releases in force that match, best first. One query; empty where nothing was asked."""
    wanted, unwanted = parse(query)
    if not wanted:
        return []
    at = at or timezone.now()
    listing = Listing._meta.db_table
    match, rank = _postgresql(wanted, unwanted) if _is_postgresql() else _sqlite(wanted, unwanted)
    key = "release_id" if _is_postgresql() else "rowid"
    # The newest hits first, then ranked among themselves: a word that half of the archive holds costs no more.
    sql = f"""
        SELECT release_id FROM (
            SELECT listing.release_id, {rank.sql} AS score, listing.published_at
            FROM articles_releasetext JOIN {listing} AS listing ON listing.release_id = articles_releasetext.{key}
            WHERE {match.sql} AND listing.place = 'home' AND listing.language = %s
              AND listing.live_from <= %s AND (listing.live_until IS NULL OR listing.live_until > %s)
            ORDER BY listing.published_at DESC LIMIT {RANKED}
        ) AS hits ORDER BY score DESC, published_at DESC, release_id LIMIT %s OFFSET %s
    """  # noqa: S608 - every value is a parameter; what is put in are words of this module
    instant = connection.ops.adapt_datetimefield_value(at)
    parameters = [*rank.parameters, *match.parameters, language, instant, instant, limit, offset]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


class _Sql:
    def __init__(self, sql, *parameters):
        self.sql, self.parameters = sql, parameters


def _sqlite(wanted, unwanted):
    def phrase(words, *, prefix):
        return '"' + " ".join(words) + '"' + (" *" if prefix else "")

    # The last word may be half typed.
    parts = [phrase(words, prefix=words is wanted[-1] and len(words[-1]) > 2) for words in wanted]
    expression = " AND ".join(parts)
    for words in unwanted:
        expression = f"({expression}) NOT {phrase(words, prefix=False)}"
    return _Sql("articles_releasetext MATCH %s", expression), _Sql("-bm25(articles_releasetext, 8.0, 1.0)")


def _postgresql(wanted, unwanted):
    def phrase(words, *, prefix):
        lexemes = ["'" + word.replace("'", "''").replace("\\", "\\\\") + "'" for word in words]
        if prefix:
            lexemes[-1] += ":*"
        return "(" + " <-> ".join(lexemes) + ")"

    parts = [phrase(words, prefix=words is wanted[-1] and len(words[-1]) > 2) for words in wanted]
    parts += [f"!{phrase(words, prefix=False)}" for words in unwanted]
    expression = " & ".join(parts)
    return (
        _Sql("articles_releasetext.words @@ to_tsquery('simple', %s)", expression),
        _Sql("ts_rank(articles_releasetext.words, to_tsquery('simple', %s))", expression),
    )
