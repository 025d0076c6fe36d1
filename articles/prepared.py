"""Queries that are written once and asked many times over: to write one with Django's ORM takes longer than to ask it.

    _standing = Prepared(lambda public_id, at: Release.objects.holding(at).filter(public_id=public_id)[:1])
    _standing(public_id="2b3c4d5f6g", at=timezone.now())

The first time, the query is made with stand-ins for its values; from then on these are put in their places in its SQL.
So a value may decide nothing but what is compared: what decides how the query is written is named in ``fixed``.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ValuesListIterable, get_related_populators

# Lists of values are written once for each length; beyond so many, what was written is forgotten.
MOST = 200


class Prepared:
    """A query of that form. Called with its values by name, it gives instances, or rows of ``values_list``.

    Values are texts, aware datetimes, whole numbers, or lists of these, never empty, for ``…__in``. The queryset must
    be neither empty for sure nor prefetch anything.
    """

    def __init__(self, build: Callable[..., QuerySet], fixed: tuple[str, ...] = ()):
        self.build, self.fixed = build, fixed
        self._own = threading.local()  # what is written belongs to a connection

    def __call__(self, **values) -> list:
        form = tuple(
            value if name in self.fixed else len(value) if isinstance(value, list) else 0
            for name, value in values.items()
        )
        written = self._own.__dict__.setdefault("written", {})
        if form not in written:
            if len(written) >= MOST:
                written.clear()
            written[form] = _Written(self.build, values, self.fixed)
        return written[form].ask(values)


class _Written:
    def __init__(self, build, values, fixed):
        names = [name for name in values if name not in fixed]
        stand_ins = {name: _stand_in(place, values[name]) for place, name in enumerate(names)}
        queryset = build(**{name: stand_ins.get(name, value) for name, value in values.items()})
        self.compiler = queryset.query.get_compiler(queryset.db)
        self.sql, parameters = self.compiler.as_sql()
        places = {}
        for name, stand_in in stand_ins.items():
            if isinstance(stand_in, list):
                places |= {_adapted(one): (name, place) for place, one in enumerate(stand_in)}
            else:
                places[_adapted(stand_in)] = (name, None)
        # Of each parameter, whose value it is; of one that is always the same, itself.
        self.parameters = [(places.get(value) if _hashable(value) else None, value) for value in parameters]
        self._read_as(queryset)

    def _read_as(self, queryset):
        compiler = self.compiler
        self.converters = compiler.get_converters([column[0] for column in compiler.select])
        self.is_values = issubclass(queryset._iterable_class, ValuesListIterable)
        if self.is_values:
            return
        info = compiler.klass_info
        self.model = info["model"]
        self.first, self.end = info["select_fields"][0], info["select_fields"][-1] + 1
        self.names = [column[0].target.attname for column in compiler.select[self.first : self.end]]
        self.populators = get_related_populators(info, compiler.select, queryset.db)
        self.annotations = list((compiler.annotation_col_map or {}).items())
        self.db = queryset.db

    def ask(self, values) -> list:
        given = [
            fixed if place is None else _adapted(values[place[0]] if place[1] is None else values[place[0]][place[1]])
            for place, fixed in self.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, given)
            rows = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        if self.is_values:
            return [tuple(row) for row in rows]
        return [self._instance(row) for row in rows]

    def _instance(self, row):
        made = self.model.from_db(self.db, self.names, row[self.first : self.end])
        for populator in self.populators:
            populator.populate(row, made)
        for name, place in self.annotations:
            setattr(made, name, row[place])
        return made


def _stand_in(place, value):
    """A value of that kind that comes nowhere else."""
    if isinstance(value, list):
        return [_stand_in(f"{place}-{number}", one) for number, one in enumerate(value)]
    number = 1 + sum(int(part) * 1000**position for position, part in enumerate(str(place).split("-")))
    if isinstance(value, datetime):
        return datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    if isinstance(value, int):
        return -(10**9) - number
    return f"stand-in {place}"


def _adapted(value):
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _hashable(value):
    return isinstance(value, str | int | datetime)
