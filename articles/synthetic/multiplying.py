"""On PostgreSQL: many times the stories that are there, by a few statements each time.

Every row is written again under an id that lies so much further on, and every reference between these rows lies as far
on, so that nothing has to be looked up. Each time around, all times are so much earlier.
"""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from articles import writing
from articles.models import Article, Listing, Release, ReleasedPhoto, Revision
from articles.models.fields import PUBLIC_ID_ALPHABET

PARTS = {getattr(Article, name).rel.related_model: getattr(Article, name) for name in writing.RELATIONS.values()}
MODELS = (Article, *PARTS, Revision, Release, ReleasedPhoto, Listing)
SEARCHED = {"articles_desktext": "article_id", "articles_releasetext": "release_id"}
TABLES = (*(model._meta.db_table for model in MODELS), *SEARCHED)
# An id ends in so many characters that say which time around it was made.
ROUND_LENGTH = 3
FIRST_ROUND = PUBLIC_ID_ALPHABET[0] * ROUND_LENGTH


def multiply(count: int, *, every: timedelta, say) -> int:
    """Bring the stories that are there to that many. ``every`` is how much earlier each round is than the one before.

    Gives how many were made. Call it in a transaction that has dropped the indexes.
    """
    have = Article.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT max({_key(table)}) FROM {table}" for table in TABLES))  # noqa: S608
        further = max(most for (most,) in cursor.fetchall() if most) + 1
        cursor.execute("SELECT max(id) FROM articles_article")
        newest = cursor.fetchone()[0]
        whole = {table: _statement(cursor, table) for table in TABLES}
        made, number = have, 0
        while made < count:
            number += 1
            last = newest
            if count - made < have:
                ids = Article.objects.filter(pk__lte=newest).order_by("pk").values_list("pk", flat=True)
                last = ids[count - made - 1]
            values = {
                "further": number * further,
                "last": last,
                "newest": newest,
                "earlier": number * every,
                "round": _round(number),
                "zone": str(timezone.get_default_timezone()),
            }
            for statement in whole.values():
                cursor.execute(statement, values)
            made += min(have, count - made)
            if number % 10 == 0:
                say(f"{made:,} of {count:,}")
        for model in MODELS:
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
    return made - have


def _round(number):
    length = len(PUBLIC_ID_ALPHABET)
    return "".join(PUBLIC_ID_ALPHABET[number // length**place % length] for place in reversed(range(ROUND_LENGTH)))


def _key(table):
    return SEARCHED.get(table, "id")


def _statement(cursor, table):
    """The statement that writes one round of that table, with what differs as its parameters."""
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND table_schema = current_schema() AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    columns = dict(cursor.fetchall())
    shifted = _shifted(table)
    values = []
    for name, kind in columns.items():
        if name in shifted:
            values.append(f"one.{name} + %(further)s")
        elif kind == "timestamp with time zone":
            values.append(f"one.{name} - %(earlier)s")
        else:
            values.append(_OWN.get((table, name)) or _OWN.get(("", name)) or f"one.{name}")
    owner = next(name for name in ("article_id", "content_object_id", "release_id", "id") if name in columns)
    of = "one.release_id = release.id AND release.article_id" if owner == "release_id" else f"one.{owner}"
    beside = ", articles_release AS release" if owner == "release_id" else ""
    beside += ", articles_article AS story" if table == "articles_desktext" else ""
    joined = " AND story.id = one.article_id" if table == "articles_desktext" else ""
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} AS one{beside}"  # noqa: S608
        f" WHERE {of} <= %(last)s AND one.{_key(table)} < %(further)s{joined} ORDER BY one.{_key(table)}"
    )


def _shifted(table):
    """The columns of a table that hold ids of rows that are written again too."""
    if table in SEARCHED:
        return {SEARCHED[table]}
    model = next(model for model in MODELS if model._meta.db_table == table)
    fields = model._meta.concrete_fields
    return {"id"} | {field.column for field in fields if field.is_relation and field.related_model in MODELS}


_PUBLIC_ID = f"left(one.public_id, -{ROUND_LENGTH}) || %(round)s"
_DAY = "((one.published_at - %(earlier)s) AT TIME ZONE %(zone)s)::date"
_TOLD = "((one.document #>> '{corrections,0,at}')::timestamptz - %(earlier)s) AT TIME ZONE 'UTC'"
# What a row of the next round has in a column, where that is not what the row of the first has.
_OWN = {
    ("", "public_id"): _PUBLIC_ID,
    ("articles_release", "archive_day"): _DAY,
    ("articles_release", "document"): (
        "CASE WHEN one.document -> 'corrections' = '[]' THEN one.document ELSE jsonb_set(one.document,"
        f" '{{corrections,0,at}}', to_jsonb(to_char({_TOLD}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"'))) END"
    ),
    ("articles_listing", "place"): (
        f"CASE WHEN one.place LIKE 'day:%%' THEN 'day:' || to_char({_DAY}, 'YYYY-MM-DD') ELSE one.place END"
    ),
    # A story is found at the desk by its id too.
    ("articles_desktext", "words"): (
        f"ts_delete(one.words, story.public_id) || to_tsvector('simple', {_PUBLIC_ID.replace('one.', 'story.')})"
    ),
}
