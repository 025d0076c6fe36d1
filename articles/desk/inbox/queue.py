"""The list of what waits, by source and urgency; a page that is open is told of what comes."""

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from articles import inbox
from articles.models import WireRecord

from .. import saved_views
from ..address_form import together
from .asked import QueueForm, page
from .rows import lines


def may_see(user) -> bool:
    """Whether that user may open the inbox."""
    return user.has_perm("articles.view_wirerecord")


def _asked_for(user, given):
    form = QueueForm(given)
    return form.query() if form.is_valid() else None


SCREEN = saved_views.Screen("wire", "wirerecord", may_see, _asked_for)


def listing(request, *, site):
    """A page of the inbox."""
    user = request.user
    if not may_see(user):
        raise PermissionDenied
    form = QueueForm(request.GET)
    before = request.GET.get("before", "")
    context = {**site.each_context(request), "title": "Wire inbox", "opts": WireRecord._meta, "form": form}
    context |= {"kept": form.query(), "before": before, "last": _last(user)}
    context["desks"] = inbox.desks_of(user) if user.has_perm("articles.work_wire") else []
    context["may_bring"] = user.has_perm("articles.import_stories")
    context["views"] = views = saved_views.offered(SCREEN, user, request.GET.get("view", ""), form.query())
    state = None
    if form.is_valid():
        state = form.cleaned_data["state"] or "new"
        found = page(user, form, before)
        is_grouped = state == "new" and not form.cleaned_data["q"]
        context |= {"lines": lines(user, found.records, together=is_grouped), "state": state}
        chips = [
            {"label": label, "words": words, "without": together(form.query(without=name), views.part)}
            for name, label, words in form.in_words()
        ]
        context["chips"] = chips
        if found.before:
            context["older"] = together(form.query(), views.part, f"before={found.before}")
    stands = None if views.open or request.GET.get("batch") else state
    context["first"] = [(f"?state={name}", words, name == stands) for name, words in form.fields["state"].choices]
    return TemplateResponse(request, "desk/inbox.html", context)


@require_GET
def news(request, *, site):
    """What came after a record, as rows for a page that is open: nothing of it is read twice."""
    user = request.user
    if not may_see(user):
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
