"""The list of what waits, by source and urgency; a page that is open is told of what comes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.http import JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from articles import inbox
from articles.models import Desk, SavedView, WireRecord

from .asked import QueueForm, page
from .rows import lines

SCREEN = "wire"
MOST_VIEWS = 40


def listing(request, *, site):
    """A page of the inbox."""
    user = request.user
    if not user.has_perm("articles.view_wirerecord"):
        raise PermissionDenied
    form = QueueForm(request.GET)
    before = request.GET.get("before", "")
    context = {**site.each_context(request), "title": "Wire inbox", "opts": WireRecord._meta, "form": form}
    context |= {"kept": form.query(), "before": before, "last": _last(user), "states": form.fields["state"].choices}
    context["desks"] = inbox.desks_of(user) if user.has_perm("articles.work_wire") else []
    context["may_bring"] = user.has_perm("articles.import_stories")
    context |= _views(user, request.GET.get("view", ""), form)
    if form.is_valid():
        state = form.cleaned_data["state"] or "new"
        found = page(user, form, before)
        together = state == "new" and not form.cleaned_data["q"]
        context |= {"lines": lines(user, found.records, together=together), "state": state}
        chips = [
            {"label": label, "words": words, "without": form.query(without=name)}
            for name, label, words in form.in_words()
        ]
        context["chips"] = chips
        if found.before:
            context["older"] = "&".join(part for part in (form.query(), f"before={found.before}") if part)
    return TemplateResponse(request, "desk/inbox.html", context)


@require_GET
def news(request, *, site):
    """What came after a record, as rows for a page that is open: nothing of it is read twice."""
    user = request.user
    if not user.has_perm("articles.view_wirerecord"):
        raise PermissionDenied
    form = QueueForm(request.GET)
    after = request.GET.get("after", "")
    if not form.is_valid() or not after.isdecimal() or len(after) > 18:
        return JsonResponse({"count": 0, "last": after, "rows": "", "kills": 0})
    found = page(user, form, after=int(after)).records
    rows = lines(user, found, together=not form.cleaned_data["q"])
    desks = inbox.desks_of(user) if user.has_perm("articles.work_wire") else []
    html = render_to_string("desk/_inbox_rows.html", {"lines": rows, "desks": desks}, request=request) if rows else ""
    kills = sum(record.standing == "canceled" for record in found)
    last = max([int(after), *(record.pk for record in found)])
    return JsonResponse({"count": len(rows), "kills": kills, "last": str(last), "rows": html})


def _last(user):
    return inbox.visible_records(user).order_by().aggregate(last=Max("pk"))["last"] or 0


# --- saved views -----------------------------------------------------------------------------------------------------


def _views(user, number, form):
    mine = Q(owner=user) | Q(desk__memberships__user=user)
    views = list(SavedView.objects.filter(mine, screen=SCREEN).select_related("desk").distinct())
    opened = next((one for one in views if str(one.pk) == number), None)
    own_desks = Desk.objects.filter(memberships__user=user)
    return {"views": views, "opened": opened, "own_desks": own_desks, "view_is_own": opened and opened.owner == user}


def _to(query):
    return redirect(f"{reverse('admin:articles_wirerecord_changelist')}?{query}")


@require_POST
def keep_view(request, *, site):
    """Keep what the list shows under a name, for oneself or for a desk of one's own."""
    user = request.user
    if not user.has_perm("articles.view_wirerecord"):
        raise PermissionDenied
    form = QueueForm(QueryDict(request.POST.get("query", "")))
    name = request.POST.get("name", "").strip()[:80]
    desk = Desk.objects.filter(code=request.POST.get("desk", ""), memberships__user=user).first()
    if not form.is_valid() or not name:
        messages.error(request, "Not kept: give the view a name, and filters that are understood.")
        return _to(form.query())
    mine = SavedView.objects.filter(owner=user, screen=SCREEN)
    if mine.count() >= MOST_VIEWS and not mine.filter(name=name).exists():
        messages.error(request, f"You keep {MOST_VIEWS} views already. Delete one first.")
        return _to(form.query())
    kept = {"query": form.query(), "desk": desk}
    view, _ = SavedView.objects.update_or_create(owner=user, screen=SCREEN, name=name, defaults=kept)
    messages.success(request, f"Kept as “{view.name}”.")
    return _to(f"{view.query}&view={view.pk}")


@require_POST
def delete_view(request, view_id, *, site):
    """Delete a view of one's own."""
    if not request.user.has_perm("articles.view_wirerecord"):
        raise PermissionDenied
    view = SavedView.objects.filter(owner=request.user, screen=SCREEN, pk=view_id).first()
    if view is not None:
        view.delete()
        messages.success(request, f"The view “{view.name}” is gone.")
    return _to("")
