"""Everything that readers have had of a story and are to get, and the way back to an earlier text."""

from dataclasses import dataclass

from django.db.models import F
from django.template.response import TemplateResponse
from django.utils import timezone

from articles import access, releasing
from articles.models import Release

from . import story
from .times import told


@dataclass
class Line:
    """One release, as the list tells of it."""

    release: Release
    began: str
    state: str  # in force, to come, earlier, cancelled
    can_roll_back: bool = False
    note_is_due: bool = False


def releases(request, object_id, *, site, problem="", problems=(), status=200):
    """The releases of a story, the last first."""
    article = story.find(request, object_id)
    context = {
        **site.each_context(request),
        "title": "Releases",
        "article": article,
        "lines": _lines(article, access.may(request.user, "publish_article", article)),
        "may_cancel": access.may(request.user, "publish_article", article),
        "problem": problem,
        "problems": problems,
    }
    return TemplateResponse(request, "desk/releases.html", context, status=status)


def _lines(article, may_roll_back):
    now = timezone.now()
    all_of_it = list(
        article.releases.annotate(revision_number=F("revision__number")).defer("document").order_by("-sequence")
    )
    had = [one for one in all_of_it if one.canceled_at is None and one.live_from <= now]
    current = had[0] if had else None
    lines = []
    for one in all_of_it:
        since = [other for other in had if other.sequence > one.sequence]
        state = "earlier"
        if one.canceled_at:
            state = "cancelled"
        elif one.live_from > now:
            state = "to come"
        elif one is current:
            state = "in force"
        can = may_roll_back and state == "earlier" and not one.is_gone
        can = can and not any(other.removed_by_law for other in since)
        lines.append(Line(one, told(one.live_from), state, can, can and releasing.note_is_due(since)))
    return lines
