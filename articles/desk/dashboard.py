"""The page that the desk opens on: where every story stands, what is mine, what is to come, what is wrong.

A fixed number of queries, none of which reads more than a few rows of an index, whatever the archive's size.
"""

from dataclasses import dataclass
from datetime import UTC, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch
from django.utils import timezone

from articles import access, assigning, workflow
from articles.models import Desk, PhotoCaption, Release, Status, StoryRegion, WireRecord

from . import alarms, timeline
from .story_list import with_releases
from .times import zone_name

SHOWN = 8
COUNTED = 100  # a column that holds more says “100+”
LOOKED_AT = 60
BOARD = (Status.DRAFT, Status.SUBMITTED, Status.EDITING, Status.APPROVED)
# What has lain approved for longer than this is not waiting to go out any more.
APPROVED_WITHIN = timedelta(days=14)
MINE_WITHIN = timedelta(days=60)


@dataclass
class Card:
    """A story on the board, with the moves that this user may make with it."""

    story: object
    moves: list


@dataclass
class Column:
    """A state with its stories: the most urgent of the latest, and how many there are, “100+” at most."""

    state: Status
    cards: list[Card]
    count: str


def board(user, *, desk: str = "") -> dict:
    """What the desk's first page shows to that user; ``desk`` is the code of the one to which the board is narrowed."""
    if not user.has_perm("articles.view_article"):
        return {"welcome": True}
    now = timezone.now()
    stories = access.visible_articles(user)
    desks = list(Desk.objects.all() if access.spans_desks(user) else Desk.objects.filter(memberships__user=user))
    chosen = next((one for one in desks if one.code == desk), None)
    on_board = stories.filter(desk=chosen) if chosen else stories
    context = {
        "alarms": alarms.alarms(user, now),
        "desks": desks,
        "desk": chosen,
        "columns": [_column(state, on_board, user, now) for state in BOARD],
        "mine": _mine(stories, user, now),
        "hours": timeline.hours(user, now),
        "now": now,
        "now_utc": f"{now.astimezone(UTC):%H:%M}",
        "zone": zone_name(),
        "rights": alarms.ending_rights(user, now),
    }
    if user.has_perm("articles.view_assignment"):
        context |= _work(user, now)
    if user.has_perm("articles.view_photo"):
        awaited = PhotoCaption.objects.filter(photo=None, article__in=stories.active()).select_related("article")
        context["awaited"] = list(awaited.defer("article__body").order_by("-article__updated_at", "position")[:SHOWN])
    if user.has_perm("articles.view_wirerecord") or user.has_perm("articles.change_article"):
        context |= _wire(stories, user)
    return context


def _column(state, stories, user, now):
    rows = stories.filter(status=state)
    if state == Status.APPROVED:
        rows = rows.filter(updated_at__gt=now - APPROVED_WITHIN).exclude(_has_gone_out())
    links = Prefetch("region_links", StoryRegion.objects.select_related("region"))
    listed = with_releases(rows, now).select_related("desk").defer("body").prefetch_related(links)
    # The newest of an index, then the most urgent of these: to sort all of them would be to read all of them.
    newest = list(listed.order_by("-updated_at")[:LOOKED_AT])
    count = len(newest)
    if count == LOOKED_AT:
        count = rows.order_by().values("pk")[: COUNTED + 1].count()
    shown = sorted(newest, key=lambda story: story.urgency)[:SHOWN]
    cards = [Card(story, workflow.moves_for(user, story)) for story in shown]
    return Column(state, cards, f"{COUNTED}+" if count > COUNTED else str(count))


def _has_gone_out():
    """Readers have, or are to have, the very revision that was approved."""
    number = OuterRef("approved_number")
    return Exists(Release.objects.standing().filter(article=OuterRef("pk"), revision__number=number))


def _mine(stories, user, now):
    rows = stories.filter(created_by=user, updated_at__gt=now - MINE_WITHIN).active()
    return list(with_releases(rows, now).select_related("desk").defer("body").order_by("-updated_at")[:SHOWN])


def _work(user, now):
    """My own work, what my desks have that nobody has taken, and what is late."""
    work = assigning.visible_assignments(user).open().select_related("desk", "assignee")
    soonest = F("due_at").asc(nulls_last=True)
    return {
        "my_work": list(work.filter(assignee=user).order_by(soonest, "id")[:SHOWN]),
        "untaken": list(work.filter(assignee=None).order_by(soonest, "id")[:SHOWN]),
        "late": list(work.filter(due_at__lt=now).exclude(assignee=user).order_by("due_at")[:SHOWN]),
    }


def _wire(stories, user):
    records = WireRecord.objects.select_related("article").defer("content", "article__body")
    context = {"offers": list(records.filter(is_offered=True, article__in=stories).order_by("-id")[:SHOWN])}
    if user.has_perm("articles.view_wirerecord"):
        latest = records.filter(outcome=WireRecord.Outcome.CREATED)
        if not access.spans_desks(user):
            latest = latest.filter(batch__desk__in=access.desk_ids(user))
        visible = [record for record in latest.order_by("-id")[: SHOWN * 3] if _shown(user, record)]
        context["wire"] = visible[:SHOWN]
    return context


def _shown(user, record):
    return record.article is None or access.may_see(user, record.article)
