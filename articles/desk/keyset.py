"""Pages of a list by the place where the one above ended: no OFFSET that grows with the page, and no counting.

A place is what the order's columns hold of the last thing shown, as numbers: ``1772442000000000-4711``.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Order:
    """An order of a list that an index serves. Columns with a minus run from the greatest to the least."""

    label: str
    columns: tuple[str, ...]

    @property
    def first(self):
        return self.columns[0].lstrip("-")

    def reversed(self):
        return Order("", tuple(column[1:] if column[0] == "-" else f"-{column}" for column in self.columns))


def place_of(order: Order, thing) -> str:
    """Where that thing stands in the order, for an address."""
    return write_place(getattr(thing, column.lstrip("-")) for column in order.columns)


def after(things, order: Order, place):
    """Those things in that order, from that place on; all of them where there is none."""
    things = things.order_by(*order.columns)
    return things.filter(beyond(order, place)) if place else things


def beyond(order: Order, place, *, with_it: bool = False) -> Q:
    """Beyond that place, or from it on. The first column stands alone as well: an index is entered there."""
    found, equal = Q(), Q()
    for column, value in zip(order.columns, place, strict=True):
        name = column.lstrip("-")
        lookup = ("lt" if column[0] == "-" else "gt") + ("e" if with_it and name == "id" else "")
        found |= equal & Q(**{f"{name}__{lookup}": value})
        equal &= Q(**{name: value})
    if len(order.columns) == 1:
        return found
    return Q(**{f"{order.first}__{'lte' if order.columns[0][0] == '-' else 'gte'}": place[0]}) & found


def write_place(values) -> str:
    return "-".join(
        str((value - _EPOCH) // timedelta(microseconds=1)) if isinstance(value, datetime) else str(value)
        for value in values
    )


def read_place(order: Order, words: str) -> list | None:
    """The place that an address names; None for one that is not understood."""
    numbers = words.split("-") if words else []
    are_numbers = all(part.isascii() and part.isdigit() and len(part) < 20 for part in numbers)
    if len(numbers) != len(order.columns) or not are_numbers:
        return None
    try:
        return [
            _EPOCH + timedelta(microseconds=int(number))
            if column.endswith(("_at", "_until"))
            else _bounded(int(number))
            for column, number in zip(order.columns, numbers, strict=True)
        ]
    except OverflowError:
        return None


def _bounded(number):
    if number >= 1 << 63:
        raise OverflowError
    return number
