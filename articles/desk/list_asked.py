"""What an address of the list asks for: its filters, order and columns. Views, files and bulk orders ask the same."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from .address_form import together
from .keyset import Order
from .list_columns import DEFAULT, Column, chosen_columns
from .list_filters import FilterForm
from .list_pages import ORDERS, order_of


@dataclass
class Asked:
    """``form.is_valid()`` says whether the filters are understood: where they are not, nothing may be listed."""

    form: FilterForm
    sort: str
    order: Order
    columns: dict[str, Column]

    def query(self, without: str = "") -> str:
        """All of it as an address has it, what is usual left out."""
        sort = {"sort": self.sort} if self.sort != "changed" else {}
        columns = {"columns": ",".join(self.columns)} if tuple(self.columns) != DEFAULT else {}
        return together(self.form.query(without), urlencode(sort), urlencode(columns))


def read(user, given: QueryDict) -> Asked:
    """What that address asks for, as that user may ask it."""
    form = FilterForm(given, user)
    sort = given.get("sort", "")
    names = ",".join(given.getlist("columns")).split(",")
    order = order_of(form, sort) if form.is_valid() else ORDERS["changed"]
    return Asked(form, sort if sort in ORDERS else "changed", order, chosen_columns(user, names))
