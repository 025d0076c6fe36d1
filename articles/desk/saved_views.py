"""Views of a list that people keep: their own, and those that a colleague shares with their desk.

A view holds filters, an order and columns, never what they find: whoever opens it is shown what they may see. Every
list that has views is a :class:`Screen`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from articles.models import Desk, SavedView, User

from .address_form import together

MOST = 40  # of one person and list; a bar of tabs is no archive


@dataclass(frozen=True)
class Screen:
    """A list of which views are kept.

    ``read`` gives what an address asks of it as an address has it, what is usual left out; None where that is not
    understood. ``may_see`` says who may open the list at all.
    """

    name: str  # as views know it
    model: str  # as its addresses are called: "article"
    may_see: Callable[[User], bool]
    read: Callable[[User, QueryDict], str | None]

    @property
    def address(self) -> str:
        """Where the list stands."""
        return reverse(f"admin:articles_{self.model}_changelist")

    def own(self, user):
        """The views of it that this person has made."""
        return SavedView.objects.filter(owner=user, screen=self.name)


@dataclass
class Views:
    """The tabs over a list: which there are, and which is open."""

    screen: Screen
    all: list[SavedView]
    open: SavedView | None = None
    is_changed: bool = False  # whether the list shows something else than the open view holds
    is_own: bool = False
    part: str = ""  # of an address: the open view
    desks: list = field(default_factory=list)  # with which this person may share one

    @property
    def save_at(self) -> str:
        """Where a new view is sent to."""
        return reverse(f"admin:articles_{self.screen.model}_view_save")

    @property
    def change_at(self) -> str:
        """Where the open view is given another name."""
        return reverse(f"admin:articles_{self.screen.model}_view_change", args=[self.open.pk])

    @property
    def delete_at(self) -> str:
        """Where the open view is deleted."""
        return reverse(f"admin:articles_{self.screen.model}_view_delete", args=[self.open.pk])


def offered(screen: Screen, user, number: str, shown: str, desks: list | None = None) -> Views:
    """The views that this person may open, the one with that number open; ``shown`` is what the list now shows.

    ``desks`` are this person's own, where they are known already.
    """
    mine = Q(owner=user) | Q(desk__memberships__user=user)
    views = list(SavedView.objects.filter(mine, screen=screen.name).select_related("desk", "owner").distinct())
    for one in views:
        one.address = together(address_of(one), f"view={one.pk}")
    opened = next((one for one in views if str(one.pk) == number), None)
    found = Views(screen, views, opened, desks=list(_own_desks(user)) if desks is None else desks)
    if opened is not None:
        found.is_changed = sorted(QueryDict(address_of(opened)).items()) != sorted(QueryDict(shown).items())
        found.is_own, found.part = opened.owner_id == user.pk, f"view={opened.pk}"
    return found


def address_of(view: SavedView) -> str:
    """What the list's address holds for that view."""
    return together(view.query, urlencode({"columns": ",".join(view.columns)}) if view.columns else "")


def addresses(address: Callable, screen: Screen) -> list:
    """The addresses of a screen's views; ``address(route, view, name)`` makes one."""
    return [
        address("views/", partial(save, screen=screen), "view_save"),
        address("views/<int:view_id>/", partial(change, screen=screen), "view_change"),
        address("views/<int:view_id>/delete/", partial(delete, screen=screen), "view_delete"),
    ]


def _own_desks(user):
    return Desk.objects.filter(memberships__user=user).distinct()


class ViewForm(forms.Form):
    name = forms.CharField(max_length=80)
    desk = forms.ModelChoiceField(Desk.objects.none(), required=False, to_field_name="code")

    def __init__(self, data, user):
        super().__init__(data)
        self.fields["desk"].queryset = _own_desks(user)


def _to(screen, *query):
    return redirect(f"{screen.address}?{together(*query)}")


@require_POST
def save(request, *, site, screen):
    """Keep what the list shows as a view; one of that name that this person has already holds it from now on."""
    user = request.user
    if not screen.may_see(user):
        raise PermissionDenied
    asked = screen.read(user, QueryDict(request.POST.get("query", "")))
    form = ViewForm(request.POST, user)
    if not form.is_valid() or asked is None:
        messages.error(request, _why_not(form))
        return _to(screen, asked or "")
    query = QueryDict(asked, mutable=True)
    columns = query.pop("columns", [""])[-1]
    kept = {
        "query": query.urlencode(),
        "columns": columns.split(",") if columns else [],
        "desk": form.cleaned_data["desk"],
    }
    mine = screen.own(user)
    if mine.count() >= MOST and not mine.filter(name=form.cleaned_data["name"]).exists():
        messages.error(request, f"You keep {MOST} views already. Delete one first.")
        return _to(screen, asked)
    view, is_new = SavedView.objects.update_or_create(
        owner=user, screen=screen.name, name=form.cleaned_data["name"], defaults=kept
    )
    messages.success(request, f"Kept as “{view.name}”." if is_new else f"“{view.name}” now shows this.")
    return _to(screen, address_of(view), f"view={view.pk}")


@require_POST
def change(request, view_id, *, site, screen):
    """Give a view of one's own another name, or share it with another desk, or with none."""
    view = _own(request, screen, view_id)
    form = ViewForm(request.POST, request.user)
    taken = screen.own(request.user).filter(name=request.POST.get("name", "").strip()).exclude(pk=view.pk)
    if not form.is_valid():
        messages.error(request, _why_not(form))
    elif taken.exists():
        messages.error(request, f"You have a view named “{form.cleaned_data['name']}” already.")
    else:
        view.name, view.desk = form.cleaned_data["name"], form.cleaned_data["desk"]
        view.save(update_fields=["name", "desk"])
        with_whom = f"shared with the {view.desk} desk" if view.desk else "yours alone"
        messages.success(request, f"“{view.name}” is {with_whom}.")
    return _to(screen, address_of(view), f"view={view.pk}")


@require_POST
def delete(request, view_id, *, site, screen):
    """Delete a view of one's own. What it listed stays what it is."""
    view = _own(request, screen, view_id)
    view.delete()
    messages.success(request, f"The view “{view.name}” is gone.")
    return _to(screen, address_of(view))


def _own(request, screen, view_id):
    if not screen.may_see(request.user):
        raise PermissionDenied
    view = screen.own(request.user).filter(pk=view_id).first()
    if view is None:
        raise Http404("There is no such view of yours.")
    return view


def _why_not(form):
    if "desk" in form.errors:
        return "Not kept: a view can be shared only with a desk that you belong to."
    if "name" in form.errors:
        return "Not kept: give the view a name of at most 80 letters."
    return "Not kept: one of the filters is not understood."
