"""The next 24 hours: what goes out, what may go out, what is due, and what ends, in the order in which it comes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from articles import access, assigning
from articles.models import Release

AHEAD = timedelta(hours=24)
SHOWN = 40


@dataclass(frozen=True)
class Moment:
    """Something that will happen: when, its kind (for its mark), the words, the story or work that it leads to."""

    at: datetime
    kind: str
    words: str
    article: int | None = None
    assignment: int | None = None
    by: str = ""

    @property
    def local(self):
        return timezone.localtime(self.at)

    @property
    def utc(self) -> str:
        return f"{self.at.astimezone(UTC):%H:%M}"


@dataclass
class Hour:
    """One hour of the newsroom's clock with what falls into it."""

    begins: datetime
    moments: list[Moment]


def hours(user, now) -> list[Hour]:
    """The hours in which something happens that this user may see. Three queries."""
    until = now + AHEAD
    stories = access.visible_articles(user)
    releases = Release.objects.pending(now).filter(live_from__lte=until, article__in=stories).defer("document")
    moments = [
        Moment(one.live_from, one.kind, one.headline, article=one.article_id, by=one.created_by_name)
        for one in releases.order_by("live_from")[:SHOWN]
    ]
    embargoed = stories.active().filter(embargo_until__gt=now, embargo_until__lte=until).order_by("embargo_until")
    moments += [
        Moment(one.embargo_until, "embargo", str(one), article=one.pk) for one in embargoed.defer("body")[:SHOWN]
    ]
    work = assigning.visible_assignments(user).open().filter(due_at__gt=now, due_at__lte=until)
    moments += [
        Moment(one.due_at, "due", one.title, assignment=one.pk, by=str(one.assignee or ""))
        for one in work.select_related("assignee").order_by("due_at")[:SHOWN]
    ]
    grouped: dict[datetime, Hour] = {}
    for moment in sorted(moments, key=lambda one: one.at):
        begins = moment.local.replace(minute=0, second=0, microsecond=0)
        # By the instant: where the clocks go back, one hour comes twice.
        grouped.setdefault(begins.astimezone(UTC), Hour(begins, [])).moments.append(moment)
    return list(grouped.values())
