"""The buttons of the inbox: take, attach, park, spike, put back. Each is one POST; a page's script may send it too."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from articles import access, inbox
from articles.models import Article, Desk, WireRecord
from articles.workflow import Refused

State = WireRecord.State
_PUT = {
    "park": (State.PARKED, "Parked: it waits under “Parked”."),
    "spike": (State.SPIKED, "Spiked: it stays to be found under “Spiked”."),
    "back": (State.NEW, "It waits in the inbox again."),
}


def find(request, pk) -> WireRecord:
    """That record, if this person may see it."""
    records = inbox.visible_records(request.user).select_related("article", "batch__desk", "source", "received")
    record = records.filter(pk=pk).first()
    if record is None:
        raise Http404("There is no such record.")
    return record


@require_POST
def act(request, pk, *, site):
    """Do what the button says, and go back to where it was pressed."""
    record = find(request, pk)
    try:
        said, leads_to = _done(record, request)
        status = HTTPStatus.OK
    except access.NotAllowed as error:
        said, leads_to, status = str(error), "", HTTPStatus.FORBIDDEN
    except Refused as error:
        said, leads_to, status = str(error), "", HTTPStatus.CONFLICT
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"said": said, "address": leads_to}, status=status)
    if status != HTTPStatus.OK:
        from . import item

        return item.show(request, pk, site=site, problem=said, status=status)
    messages.success(request, said)
    return _back(request, leads_to)


def _done(record, request):
    name, user = request.POST.get("act", ""), request.user
    if name == "take":
        code = request.POST.get("desk", "")
        desk = Desk.objects.filter(code=code).first() if code else None
        article = inbox.take(record, user, desk=desk)
        return "Taken: it is a draft on your desk now.", reverse("admin:articles_article_change", args=[article.pk])
    if name == "attach":
        story = _story(request.POST.get("story", ""), user)
        inbox.attach(record, story, user)
        return f"Attached to “{story}”.", reverse("admin:articles_article_change", args=[story.pk])
    if name in _PUT:
        state, said = _PUT[name]
        inbox.put(record, state, user, reason=request.POST.get("reason", "")[:300])
        return said, ""
    raise Refused("Choose what to do with it.")


def _story(given, user) -> Article:
    """The story of that public id, of which a whole address may be given."""
    words = [part for part in given.replace("?", "/").split("/") if part]
    story = access.visible_articles(user).filter(public_id__in=words[:12]).first()
    if story is None:
        raise Refused("Choose a story that is there, by its number or its address.")
    return story


def _back(request, leads_to):
    back = request.POST.get("next", "")
    if leads_to and not back:
        return HttpResponseRedirect(leads_to)
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        return HttpResponseRedirect(back)
    return redirect("admin:articles_wirerecord_changelist")
