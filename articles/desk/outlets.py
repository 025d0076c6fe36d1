"""“What readers see”: every place where a story shows, with the release that was found there."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from articles import outlets
from articles.models import Release

from . import story
from .times import told

PATIENCE = 20  # seconds between two looks by hand


def seen(request, object_id, *, site):
    """The panel of a story, as a page of its own; the story's page fetches it after itself."""
    article = story.find(request, object_id)
    rows = list(article.outlet_checks.all())
    current = Release.objects.in_force(article.public_id)
    asked_at = max((row.checked_at for row in rows), default=None)
    is_old = current is not None and (asked_at is None or asked_at < current.live_from)
    wrong = [row for row in rows if not row.is_right]
    context = {
        **site.each_context(request),
        "title": "What readers see",
        "article": article,
        "rows": rows,
        "wrong_rows": wrong,
        "right_rows": [row for row in rows if row.is_right],
        "wrong": len(wrong),
        "current": current,
        "current_told": told(current.live_from) if current else "",
        "asked_at": asked_at,
        "is_old": is_old,
        "verdict": _verdict(current, rows, wrong, is_old),
        "may_ask": outlets.may_ask(),
        "site": settings.SITE_URL,
    }
    return TemplateResponse(request, "desk/outlets.html", context)


def _verdict(current, rows, wrong, is_old):
    """right, wrong, unknown, or nothing where there is nothing to ask about."""
    if current is None:
        return ""
    if is_old or not rows:
        return "wrong" if current.is_gone else "unknown"
    return "wrong" if wrong else "right"


@require_POST
def ask(request, object_id, *, site):
    """Have every outlet asked again, by the worker."""
    article = story.find(request, object_id)
    current = Release.objects.in_force(article.public_id)
    can = outlets.may_ask() and current is not None
    # Pressed many times it is asked once; and a look by hand is one look, that begins no further ones.
    if can and cache.add(f"outlets:{article.public_id}", True, PATIENCE):
        outlets.look.enqueue(article.public_id, current.sequence, len(outlets.AGAIN_AFTER))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"asked": can}, status=HTTPStatus.ACCEPTED if can else HTTPStatus.CONFLICT)
    if can:
        messages.success(request, "Every outlet is being asked. The answers are here in a moment.")
    else:
        messages.error(request, "There is nothing to ask: no release, or no address of the public site (SITE_URL).")
    return redirect("admin:articles_article_outlets", article.pk)
