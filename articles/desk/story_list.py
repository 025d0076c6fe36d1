"""What lists at the desk have in common: what readers have of each story, times in short, pages that are not counted.

The list of stories itself is ``list_screen.py``, with ``list_filters.py``, ``list_pages.py`` and ``list_columns.py``.
"""

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from articles.models import Release

from .times import zone_name


class BoundedPaginator(Paginator):
    """Counts no further than a person would page: a count of everything costs more than the page itself."""

    MOST = 2000

    @cached_property
    def count(self):
        return self.object_list.order_by().values("pk")[: self.MOST].count()


def with_releases(stories, now=None):
    """Each story with what readers have of it, and what is scheduled, read in the same query."""
    now = now or timezone.now()
    current = Release.objects.holding(now).filter(article=OuterRef("pk"))
    pending = Release.objects.pending(now).filter(article=OuterRef("pk")).order_by("live_from")
    return stories.annotate(
        live_kind=Subquery(current.values("kind")[:1]),
        live_since=Subquery(current.values("live_from")[:1]),
        scheduled_for=Subquery(pending.values("live_from")[:1]),
    )


def live_state(story):
    """“live since …”, “scheduled …” or “retracted”, as a mark for a list."""
    if story.scheduled_for:
        words = format_html("scheduled {}", _short(story.scheduled_for))
        if story.live_kind and story.live_kind not in Release.GONE:
            words = format_html("live, update {}", _short(story.scheduled_for))
        return format_html('<span class="mark mark-scheduled">{}</span>', words)
    if not story.live_kind:
        return format_html('<span class="quiet">{}</span>', "–")
    if story.live_kind in Release.GONE:
        return format_html(
            '<span class="mark mark-gone">{} {}</span>', _gone(story.live_kind), _short(story.live_since)
        )
    return format_html('<span class="mark mark-live">live {}</span>', _short(story.live_since))


def live_words(story):
    """The same in plain words, without a time: “live”, “scheduled”, “retracted”, “expired”; empty where never."""
    if story.live_kind in Release.GONE:
        return _gone(story.live_kind)
    words = ["live"] if story.live_kind else []
    return ", ".join([*words, "scheduled"] if story.scheduled_for else words)


def _gone(kind):
    return "retracted" if kind == Release.Kind.RETRACTION else "expired"


def _short(at):
    local = timezone.localtime(at)
    today = timezone.localdate()
    if local.date() == today:
        words = f"{local:%H:%M}"
    elif local.year == today.year:
        words = f"{local.day} {local:%b, %H:%M}"
    else:
        words = f"{local.day} {local:%b %Y}"
    return format_html('<time datetime="{}" title="{} time">{}</time>', at.isoformat(), zone_name(), words)


short_time = _short
