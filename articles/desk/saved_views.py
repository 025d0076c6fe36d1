"""Views of the list that people keep: their own, and those that a colleague shares with their desk.

A view holds filters, an order and columns, never stories: whoever opens it is shown what they may see.
"""

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from articles.models import Desk, SavedView

from .list_asked import Asked, read, together

MOST = 40  # of one person; a bar of tabs is no archive


@dataclass
class Views:
    """The tabs over the list: which there are, and which is open."""

    all: list[SavedView]
    open: SavedView | None = None
    is_changed: bool = False  # whether the list shows something else than the open view holds
    is_own: bool = False
    part: str = ""  # of an address: the open view
    desks: list = field(default_factory=list)  # with which this person may share one


def offered(user, number: str, asked: Asked) -> Views:
    """The views that this person may open, the one with that number open."""
    views = list(_visible(user).select_related("desk", "owner").distinct())
    for one in views:
        one.address = together(address_of(one), f"view={one.pk}")
    opened = next((one for one in views if str(one.pk) == number), None)
    desks = [desk for desk in asked.form.desks if desk.is_own]
    if opened is None:
        return Views(views, desks=desks)
    changed = sorted(QueryDict(address_of(opened)).items()) != sorted(QueryDict(asked.query()).items())
    return Views(views, opened, changed, opened.owner_id == user.pk, f"view={opened.pk}", desks)


def address_of(view: SavedView) -> str:
    """What the list's address holds for that view."""
    return together(view.query, urlencode({"columns": ",".join(view.columns)}) if view.columns else "")


def _visible(user):
    return SavedView.objects.filter(Q(owner=user) | Q(desk__memberships__user=user), screen="stories")


class ViewForm(forms.Form):
    name = forms.CharField(max_length=80)
    desk = forms.ModelChoiceField(Desk.objects.none(), required=False, to_field_name="code")

    def __init__(self, data, user):
        super().__init__(data)
        self.fields["desk"].queryset = Desk.objects.filter(memberships__user=user).distinct()


def _listing(query):
    return redirect(f"{reverse('admin:articles_article_changelist')}?{query}")


@require_POST
def save(request, *, site):
    """Keep what the list shows as a view; one of that name that this person has already holds it from now on."""
    user = request.user
    if not user.has_perm("articles.view_article"):
        raise PermissionDenied
    asked = read(user, QueryDict(request.POST.get("query", "")))
    form = ViewForm(request.POST, user)
    if not form.is_valid() or not asked.form.is_valid():
        messages.error(request, _why_not(form))
        return _listing(asked.query())
    query = QueryDict(asked.query(), mutable=True)
    columns = query.pop("columns", [""])[-1]
    kept = {
        "query": query.urlencode(),
        "columns": columns.split(",") if columns else [],
        "desk": form.cleaned_data["desk"],
    }
    mine = SavedView.objects.filter(owner=user, screen="stories")
    if mine.count() >= MOST and not mine.filter(name=form.cleaned_data["name"]).exists():
        messages.error(request, f"You keep {MOST} views already. Delete one first.")
        return _listing(asked.query())
    view, is_new = SavedView.objects.update_or_create(
        owner=user, screen="stories", name=form.cleaned_data["name"], defaults=kept
    )
    messages.success(request, f"Kept as “{view.name}”." if is_new else f"“{view.name}” now shows this.")
    return _listing(together(address_of(view), f"view={view.pk}"))


@require_POST
def change(request, view_id, *, site):
    """Give a view of one's own another name, or share it with another desk, or with none."""
    view = _own(request, view_id)
    form = ViewForm(request.POST, request.user)
    taken = SavedView.objects.filter(
        owner=request.user, screen="stories", name=request.POST.get("name", "").strip()
    ).exclude(pk=view.pk)
    if not form.is_valid():
        messages.error(request, _why_not(form))
    elif taken.exists():
        messages.error(request, f"You have a view named “{form.cleaned_data['name']}” already.")
    else:
        view.name, view.desk = form.cleaned_data["name"], form.cleaned_data["desk"]
        view.save(update_fields=["name", "desk"])
        with_whom = f"shared with the {view.desk} desk" if view.desk else "yours alone"
        messages.success(request, f"“{view.name}” is {with_whom}.")
    return _listing(together(address_of(view), f"view={view.pk}"))


@require_POST
def delete(request, view_id, *, site):
    """Delete a view of one's own. The stories stay what they are."""
    view = _own(request, view_id)
    view.delete()
    messages.success(request, f"The view “{view.name}” is gone.")
    return _listing(address_of(view))


def _own(request, view_id):
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    view = SavedView.objects.filter(owner=request.user, screen="stories", pk=view_id).first()
    if view is None:
        raise Http404("There is no such view of yours.")
    return view


def _why_not(form):
    if "desk" in form.errors:
        return "Not kept: a view can be shared only with a desk that you belong to."
    if "name" in form.errors:
        return "Not kept: give the view a name of at most 80 letters."
    return "Not kept: one of the filters is not understood."
