"""Releasing one story in a database of very many: its queries and its time in the database. For bench.py."""

import re
import time
from contextlib import contextmanager

# Of the stories that are made by the rules; every other one is a copy of one of these, with a time and ids of its own.
MODELS = 20
TABLES = ("articles_article", "articles_revision", "articles_release", "articles_listing")


def fill(count: int) -> None:
    """Bring a PostgreSQL database to that many released stories, by a few statements that copy rows."""
    from django.db import connection
    from django.db.models import Max

    from articles.models import Article, Release, Revision

    have = Release.objects.count()
    if not have:
        make_models()
        have = MODELS
    # An id that is free in every table: a copy goes by the same one in all of them.
    first = max(model.objects.aggregate(last=Max("pk"))["last"] for model in (Article, Revision, Release)) + 1
    with connection.cursor() as cursor, without_indexes(cursor, worth_it=count - have > 100_000):
        copy(cursor, "articles_article", first, count - have, id="{first} + n", public_id=PUBLIC_ID)
        copy(cursor, "articles_revision", first, count - have, id="{first} + n", article_id="{first} + n")
        copy(
            cursor,
            "articles_release",
            first,
            count - have,
            id="{first} + n",
            article_id="{first} + n",
            revision_id="{first} + n",
            public_id=PUBLIC_ID,
            published_at=OLDER,
            live_from=OLDER,
        )
        copy(
            cursor,
            "articles_listing",
            first,
            count - have,
            id=None,
            article_id="{first} + n",
            release_id="{first} + n",
            public_id=PUBLIC_ID,
            published_at=OLDER,
            live_from=OLDER,
        )
        for table in TABLES:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
            )
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")


PUBLIC_ID = "'z' || lpad(to_hex({first} + n), 9, '0')"
OLDER = "one.{column} - n * interval '7 minutes'"


def make_models():
    """Stories such as a newsroom has, released by its own rules. Their ids begin at 1, in an empty database."""
    from articles.tests.factories import make_author, make_region, make_released, make_source, make_topic, make_user

    asia = make_region("142", name="Asia", kind="continent")
    countries = [make_region(f"Q{chr(65 + number)}", name=f"Land {number}", parent=asia) for number in range(10)]
    writers = [make_user() for _ in range(5)]
    for number in range(MODELS):
        make_released(
            by=writers[number % 5],
            headline=f"Harbour number {number} opens after repairs",
            body="<p>The harbour opened on Monday after a year of repairs, the ministry said.</p>" * 4,
            regions=[countries[number % 10]],
            topics=[make_topic(f"Topic {number % 10}")],
            citations=[{"source": make_source(f"Observatory {number % 5}").code}],
            bylines=[{"author": make_author().code, "text": ""}],
        )


def copy(cursor, table, first, count, **own):
    """So many copies of the models' rows of that table; ``own`` are expressions for columns, None to leave one out."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = current_schema()"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    columns = [name for (name,) in cursor.fetchall() if own.get(name, "") is not None]
    values = [own.get(name, f"one.{name}").format(first=first, column=name) for name in columns]
    key = {"articles_article": "id", "articles_release": "id", "articles_listing": "release_id"}.get(table)
    which = f"one.{key}" if key else "one.article_id"
    model = f"n %% {MODELS} + 1"
    sql = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"  # noqa: S608 - words of this module
        f" FROM generate_series(0, {count - 1}) AS n JOIN {table} AS one ON {which} = {model}"
    )
    cursor.execute(sql, [])


@contextmanager
def without_indexes(cursor, *, worth_it):
    """Drop what slows the copying down, and make it again afterwards, as it was."""
    if not worth_it:
        yield
        return
    dropped, made = [], []
    for table in TABLES:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('u', 'f')",
            [table],
        )
        constraints = cursor.fetchall()
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND schemaname = current_schema()"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            [table],
        )
        indexes = cursor.fetchall()
        for name, definition in constraints:
            dropped.append(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            made.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        dropped += [f'DROP INDEX "{name}"' for name, _ in indexes]
        made += [definition for _, definition in indexes]
    for statement in dropped:
        cursor.execute(statement)
    yield
    for statement in reversed(made):
        cursor.execute(statement)


def measure():
    """Queries and milliseconds in the database of a first release and of an update, the best of so many."""
    from articles.models import Region, Topic
    from articles.releasing import release
    from articles.tests.factories import approve, fresh, make_article, make_source, make_user
    from articles.writing import record

    publisher = make_user(group="Publisher")
    publisher.has_perm("articles.publish_article")  # as a request has asked before
    region, topic = Region.objects.get(code="QB"), Topic.objects.order_by("pk").first()
    firsts, updates = [], []
    for number in range(15):
        article = approve(
            make_article(regions=[region], topics=[topic], citations=[{"source": make_source("Observatory 1").code}]),
            editor=publisher,
        )
        firsts.append(cost(lambda one=article: release(one, publisher, seen=one.version)))
        article = fresh(article)
        article.headline = f"Another headline {number}"
        article.save()
        record(article, make_user())
        article = approve(article, editor=publisher)
        updates.append(cost(lambda one=article: release(one, publisher, seen=one.version)))
    return {
        name: (max(queries for queries, _ in rows), min(ms for _, ms in rows))
        for name, rows in (("A first release", firsts), ("An update", updates))
    }


def cost(act):
    """(statements, milliseconds that the database took for them), savepoints apart from the first figure."""
    from django.db import connection

    count, taken = 0, 0.0

    def clock(execute, sql, params, many, context):
        nonlocal count, taken
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            taken += (time.perf_counter() - begun) * 1000
            count += not re.match(r"BEGIN|SAVEPOINT|RELEASE", sql)

    with connection.execute_wrapper(clock):
        act()
    return count, taken
