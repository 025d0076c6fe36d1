"""The index of what waits in the wire inbox. What became a story, the desk's index finds."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from articles.models import WireRecord
from articles.text import fold, indexed, plain

from .asked import fts5, is_postgresql, parse, tsquery

MOST_HITS = 2_000


def index_records(rows: Iterable[tuple[int, str, str]]) -> None:
    """Put records into the index: (id, headline and slugline, the words of its text as ``text.indexed`` makes them)."""
    rows = [(pk, f"{indexed(fold(head))} {words}") for pk, head, words in rows]
    sql = (
        "INSERT INTO articles_wiretext (record_id, words) VALUES (%s, to_tsvector('simple', %s))"
        " ON CONFLICT (record_id) DO UPDATE SET words = excluded.words"
        if is_postgresql()
        else "INSERT OR REPLACE INTO articles_wiretext (rowid, words) VALUES (%s, %s)"
    )
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def forget_records(ids: Iterable[int]) -> None:
    """Take records out of the index whose words are no longer here."""
    column = "record_id" if is_postgresql() else "rowid"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM articles_wiretext WHERE {column} = %s", [(pk,) for pk in ids])  # noqa: S608


def find_records(query: str, records: QuerySet) -> list[int]:
    """Ids of the newest of those records whose words match; empty where nothing was asked."""
    asked = parse(query)
    if not asked.wanted:
        return []
    found = _hits(asked, beginning=False)
    if not found and asked.may_be_half_typed:
        found = _hits(asked, beginning=True)
    return list(records.filter(pk__in=found).order_by("-pk").values_list("pk", flat=True))


def _hits(asked, *, beginning):
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(
                "SELECT record_id FROM articles_wiretext WHERE words @@ to_tsquery('simple', %s)"
                " ORDER BY record_id DESC LIMIT %s",
                [tsquery(asked, beginning=beginning), MOST_HITS],
            )
        else:
            cursor.execute(
                "SELECT rowid FROM articles_wiretext WHERE articles_wiretext MATCH %s ORDER BY rowid DESC LIMIT %s",
                [fts5(asked, "words", beginning=beginning), MOST_HITS],
            )
        return [pk for (pk,) in cursor.fetchall()]


def rebuild_records() -> int:
    """Index again what waits. Gives how many records that were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_wiretext")
    count = 0
    waiting = WireRecord.objects.filter(article=None, content__isnull=False).order_by("pk")
    for record in waiting.iterator(chunk_size=200):
        content = record.content["content"]
        words = [plain(content["body"]), *(one["caption"] for one in content["captions"])]
        index_records([(record.pk, f"{record.headline} {record.slugline}", indexed(fold(" ".join(words))))])
        count += 1
    return count
