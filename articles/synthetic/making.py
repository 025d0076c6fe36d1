"""An archive of so many stories, made in one go. See ``manage.py make_archive``."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from random import Random

from django.db import connection, transaction

from articles import fixtures, summaries
from articles.models import Article, Release
from articles.release_history import instant

from . import beats, copies, multiplying

AT_ONCE = 1000
A_DAY = 300  # stories, where nobody says over how many days they are spread
# From here on it is quicker to make the indexes of an empty database when everything is there.
INDEXES_AFTERWARDS = 20_000
# On PostgreSQL so many are handed over one by one; the rest are written from these where they are.
BASE = 10_000


class NotEmpty(Exception):
    """There are stories here that somebody wrote, or an archive already."""


def make(count: int, *, days: int = 0, seed: int = 1, until=None, say: Callable[[str], None] = print) -> int:
    """Fill a newsroom that has no story with that many, published over so many days until then. Gives how many.

    The same count, days, seed and instant give the same stories, to the letter; ids in the database are its own.
    ``say`` is told how far it is. All of it is one transaction: a run that ends early leaves nothing.

    Raises :class:`NotEmpty`.
    """
    if Article.objects.exists() or Release.objects.exists():
        raise NotEmpty(
            "This newsroom has stories. Such an archive is made in a newsroom that has none, and is its own."
        )
    until = instant(until) - timedelta(hours=6)
    days = days or max(30, count // A_DAY)
    step = timedelta(days=days) / count
    # SQLite would take as long for a row by a statement of its own as for one that is handed to it.
    first = min(count, BASE) if connection.vendor == "postgresql" else count
    chance = Random(f"archive {seed}")
    begins = until - first * step
    times = (instant(begins + step * (number + chance.random())) for number in range(first))
    with transaction.atomic(), _indexes_later(count >= INDEXES_AFTERWARDS):
        fixtures.load_reference()
        originals = _by_the_rules(min(first, beats.MOST_BEATS, max(12, first // 20)), chance, times)
        made = len(originals)
        say(f"{made:,} stories made by the rules, of which the others are copies.")
        others = copies.numbered(originals, chance, made, times)
        while some := list(islice(others, AT_ONCE)):
            copies.write(some)
            made += len(some)
            if made % (5 * AT_ONCE) < AT_ONCE:
                say(f"{made:,} of {count:,}")
        if made < count:
            every = timedelta(milliseconds=first * step // timedelta(milliseconds=1))
            made += multiplying.multiply(count, every=every, say=say)
        say("The indexes …")
    _analyse()
    say("What each place has …")
    summaries.count_all()
    return made


def _by_the_rules(count, chance, times):
    drawn = beats.draw_up(chance, count)
    people = beats.staff()
    # Publishing asks the whole staff who is to be told; nobody here is.
    for number, (beat, published_at) in enumerate(zip(drawn, times, strict=False)):
        beats.cover(beat, *people, chance=chance, number=number, published_at=published_at)
    beats.dismiss(people)
    return [copies.Original(beat) for beat in drawn]


@contextmanager
def _indexes_later(worth_it):
    """On PostgreSQL: drop what slows copying down, and make it again afterwards as it was, in the same transaction."""
    if not worth_it or connection.vendor != "postgresql":
        yield
        return
    tables = list(multiplying.TABLES)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype",
            [tables],
        )
        keys = cursor.fetchall()
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = ANY(%s::regclass[])"
            " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
            [tables],
        )
        indexes = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    yield
    with connection.cursor() as cursor:
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in reversed(keys):  # what is unique before what refers to it
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _analyse():
    """What the database would do by itself after a while."""
    if connection.in_atomic_block:  # in a test
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
