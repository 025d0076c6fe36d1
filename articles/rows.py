"""Many rows of one table at a time, without a model instance for each: a fifth of what ``bulk_create`` takes.

PostgreSQL is given them by COPY. Fields clean what they are given as they do on every other way into the database; no
signal is sent. For imports; whoever writes a few rows uses the ORM.
"""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db import connection, models


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence], *, keys: bool = False):
    """Insert rows whose values are those of the fields with these (column) names; all others get their defaults.

    With ``keys`` gives the ids of the new rows, in order. Call it in a transaction.
    """
    rows = [list(row) for row in rows]
    if not rows:
        return []
    others = tuple(field for field in _fields(model) if field.attname not in names)
    columns = [_by_column(model, name) for name in names]
    for row in rows:
        row += [field.get_default() for field in others]
    columns += others
    ids = []
    if keys:
        ids = _take_ids(model, len(rows))
        columns.append(model._meta.pk)
        for row, number in zip(rows, ids, strict=True):
            row.append(number)
    for position, field in enumerate(columns):
        if convert := _converter(field):
            for row in rows:
                value = row[position]
                if value is not None:
                    row[position] = convert(value)
    _write(model._meta.db_table, [field.column for field in columns], rows)
    return ids


def insert_things(things: Sequence[models.Model]) -> list[int]:
    """Insert instances of one model, which must not be saved yet. Gives their ids, in order; sets none."""
    if not things:
        return []
    names = [field.attname for field in _fields(type(things[0]))]
    return insert(type(things[0]), names, ([getattr(one, name) for name in names] for one in things), keys=True)


@lru_cache
def _fields(model):
    return tuple(field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField))


@lru_cache
def _by_column(model, name):
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _converter(field):
    """What a value of that field must go through on its way to this database, or None."""
    if isinstance(field, models.JSONField):
        return _as_json
    if isinstance(field, models.DateTimeField):
        return None if connection.vendor == "postgresql" else _as_time
    if type(field).get_prep_value is not _PLAIN.get(type(field)):
        return field.get_prep_value
    return None


def _as_json(value):
    if not value and type(value) in _EMPTY:  # as most are
        return _EMPTY[type(value)]
    return json.dumps(value)


_EMPTY = {list: "[]", dict: "{}"}


@lru_cache(maxsize=64)  # most rows of an insertion are of one time
def _as_time(value):
    return connection.ops.adapt_datetimefield_value(value)


# Fields of Django's own that give the database what they are given.
_PLAIN = {
    kind: kind.get_prep_value
    for kind in (
        models.CharField, models.TextField, models.BooleanField, models.PositiveIntegerField, models.BigAutoField,
        models.PositiveSmallIntegerField, models.BigIntegerField, models.ForeignKey, models.BinaryField,
    )
}  # fmt: skip


def _take_ids(model, count):
    """So many ids that no other row will have."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [number for (number,) in cursor.fetchall()]
        # Whoever writes holds the lock of the whole file. An id is never given again, as AUTOINCREMENT promises.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return list(range(first, first + count))


def _write(table, columns, rows):
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django turns the driver's errors into its own only where it knows of the call.
            with connection.wrap_database_errors, cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names
