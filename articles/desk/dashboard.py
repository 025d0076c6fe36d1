"""The page an editor opens in the morning: a few short lists, each one query."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from articles import access
from articles.models import PhotoCaption, Release, Status, WireRecord

from .story_list import with_releases
from .times import zone_name

SHOWN = 8
QUEUE = (Status.SUBMITTED, Status.EDITING, Status.APPROVED, Status.DRAFT)


def board(user) -> dict:
    """What the front page of the desk shows to that user."""
    if not user.has_perm("articles.view_article"):
        return {"welcome": True}
    now = timezone.now()
    stories = access.visible_articles(user)
    listed = stories.select_related("desk").defer("body")
    counts = stories.aggregate(**{state.value: Count("pk", filter=Q(status=state)) for state in QUEUE})
    columns = []
    for state in QUEUE[:3]:
        rows = with_releases(listed.filter(status=state), now).order_by("urgency", "-updated_at")[:SHOWN]
        columns.append({"state": state, "stories": list(rows), "count": counts[state.value]})
    mine = with_releases(listed.filter(created_by=user).active(), now).order_by("-updated_at")[:SHOWN]
    scheduled = (
        Release.objects.pending(now)
        .filter(live_from__lte=now + timedelta(days=1), article__in=stories)
        .select_related("article")
        .defer("document", "article__body")
        .order_by("live_from")[:SHOWN]
    )
    context = {
        "columns": columns,
        "drafts": counts[Status.DRAFT.value],
        "mine": list(mine),
        "scheduled": list(scheduled),
        "zone": zone_name(),
    }
    if user.has_perm("articles.view_photo"):
        awaited = PhotoCaption.objects.filter(photo=None, article__in=stories.active()).select_related("article")
        context["awaited"] = list(awaited.defer("article__body").order_by("-article__updated_at", "position")[:SHOWN])
    if user.has_perm("articles.view_wirerecord") or user.has_perm("articles.change_article"):
        offers = WireRecord.objects.filter(is_offered=True, article__in=stories).select_related("article")
        context["offers"] = list(offers.defer("content", "article__body").order_by("-id")[:SHOWN])
    return context
