"""Finding the stories of a list: a page costs the same whether there are a thousand stories or a million.

Two ways, whatever the filters. Where one of the conditions has few stories, those are read and the others asked of
each. Where none has, the stories are walked along the index of the list's order, each asked everything, until the page
is full; after ``LOOKED_THROUGH`` stories the walk ends, and the page says how far it has come. Words are asked of the
few in the same way; where there are none, the search's own index is asked for them (``articles.search``). No OFFSET
grows with the page, and nothing is counted further than ``COUNTED``.
"""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import OuterRef

from articles import access, search
from articles.models import Article

from .keyset import Order, after, beyond, read_place, write_place
from .list_filters import AskedOfEach, FilterForm, of_desks

SHOWN = 50
COUNTED = 200
FEW = 6_000
LOOKED_THROUGH = 8_000

# The columns by which an index holds the stories in the order of their last change.
LEADERS = ("confidential", "status", "desk", "urgency", "language")

ORDERS = {
    "changed": Order("Last changed first", ("-updated_at", "-id")),
    "untouched": Order("Longest untouched first", ("updated_at", "id")),
    "created": Order("Newest first", ("-created_at", "-id")),
    "oldest": Order("Oldest first", ("created_at", "id")),
    "urgency": Order("Most urgent first", ("urgency", "-updated_at", "-id")),
}
FOUND = Order("Newest first", ("-id",))  # what is searched for: the order of the search's own index


@dataclass(frozen=True)
class Look:
    """What was found."""

    ids: list[int]
    on: str = ""  # where the walk ended before it was through, as the address has it; empty where all was seen
    looked_to: object = None  # the value of the order's first column there


def order_of(form: FilterForm, name: str) -> Order:
    return FOUND if form.cleaned_data.get("q") else ORDERS.get(name, ORDERS["changed"])


def look(user, form: FilterForm, order: Order, before: str = "", most: int | None = None) -> Look:
    """The first ``most`` stories that match, from that place in the order on. At most three queries; four for words.

    Where nothing is said, a page and one more, or as many as are counted where that takes no longer walk. ``before`` is
    a place as :func:`place_of` writes it; one that is not understood is the beginning.
    """
    conditions, place = form.conditions(), read_place(order, before)
    if own := of_desks(user):
        conditions.append(own)
    try:
        if order is FOUND:
            return _search(user, form, conditions, place, most or SHOWN + 1)
        condition, few = _few(conditions)
        if condition is None:
            return _walk(_asking(user, conditions), conditions, order, place, most or SHOWN + 1)
        others = [one for one in conditions if one is not condition or one.may_hold_others]
        found = after(_asking(user, others).filter(pk__in=few), order, place)
        return Look(list(found.values_list("pk", flat=True)[: most or COUNTED]))
    except EmptyResultSet:  # nothing can match
        return Look([])


def look_to_the_end(user, form: FilterForm, order: Order, most: int) -> list[int]:
    """The ids of the first ``most`` stories that match, however far down they stand."""
    ids, place = [], ""
    while len(ids) < most:
        found = look(user, form, order, place, most - len(ids))
        ids += found.ids
        place = found.on
        if not place:
            break
    return ids


def _asking(user, conditions):
    """The stories that this person may see and that meet those conditions."""
    stories = access.visible_articles(user)
    for condition in conditions:
        stories = stories.filter(condition.test)
    return stories


def _search(user, form, conditions, place, most):
    """What holds the words: among the few that one of the filters leaves, where one does, and else by the words."""
    words = search.Words(form.cleaned_data["q"], None if access.spans_desks(user) else access.desk_ids(user))
    held_by = []
    condition, few = _few(conditions, words.estimate(), held_by)
    others = [one for one in conditions if one is not condition or one.may_hold_others]
    found = words.look(
        _asking(user, others),
        among=None if condition is None else few,
        held_by=held_by or None,
        before=place[0] if place else None,
        limit=most,
    )
    if found.looked_to is None:
        return Look(found.ids)
    end = Article.objects.filter(pk=found.looked_to).values_list("created_at", flat=True).first()
    return Look(found.ids, write_place([found.looked_to]), end)


def _few(conditions, beside=None, answers=None):
    """The condition that leaves the fewest stories, and their ids; None and none where each leaves many. One query.

    ``beside`` is another query that is asked in the same breath; the numbers that it gives are put into ``answers``.
    """
    narrow = [condition for condition in conditions if condition.few is not None]
    compiled = [condition.few.order_by()[: FEW + 1].query.sql_with_params() for condition in narrow]
    compiled += [beside] if beside else []
    if not compiled:
        return None, []
    # Django's own SQL, its values apart.
    parts = [f"SELECT {number}, * FROM ({sql}) AS part{number}" for number, (sql, _) in enumerate(compiled)]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [value for _, values in compiled for value in values])
        found = [[] for _ in compiled]
        for number, pk in cursor.fetchall():
            found[number].append(pk)
    if beside:
        answers += found.pop()
    number = min(range(len(found)), key=lambda one: len(found[one]), default=None)
    return (narrow[number], set(found[number])) if found and len(found[number]) <= FEW else (None, [])


def _walk(stories, conditions, order, place, most):
    walked = Article.objects.all()
    for condition in _leaders(conditions, order):
        walked = walked.filter(condition.test)
    walked = after(walked, order, place)
    columns = [column.lstrip("-") for column in order.columns]
    end = walked.values_list(*columns)[LOOKED_THROUGH - 1 : LOOKED_THROUGH].first()
    if end is not None:
        walked = walked.filter(beyond(order.reversed(), end, with_it=True))
    if connection.vendor == "postgresql":
        asked = walked & after(stories, order, None)
    else:
        # SQLite would enter by the index of whichever condition it likes best, and sort all that it finds there.
        asked = walked.filter(AskedOfEach(stories.filter(pk=OuterRef("pk")).order_by()))
    ids = list(asked.values_list("pk", flat=True)[:most])
    if end is None or len(ids) == most:
        return Look(ids)
    return Look(ids, write_place(end), end[0])


def _leaders(conditions, order):
    """The conditions that the walked index meets: spans of its order, and one column, the likeliest to leave few."""
    leaders = [condition for condition in conditions if condition.leads == order.first]
    columns = sorted((one for one in leaders if one.column), key=lambda one: LEADERS.index(one.column))
    return [one for one in leaders if not one.column] + columns[:1]
