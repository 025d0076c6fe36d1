"""The list of stories: what stands where, in a fixed number of queries however many there are."""

from datetime import timedelta

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from articles import access
from articles.models import Desk, Region, Release, StoryRegion, Topic, TopicLink

from .times import zone_name


class BoundedPaginator(Paginator):
    """Counts no further than a person would page: a count of everything costs more than the page itself."""

    MOST = 2000

    @cached_property
    def count(self):
        return self.object_list.order_by().values("pk")[: self.MOST].count()


class StoryList(ChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        return with_releases(super().get_queryset(request, exclude_parameters))


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


class DeskFilter(admin.SimpleListFilter):
    title, parameter_name = "desk", "desk"

    def lookups(self, request, model_admin):
        desks = Desk.objects.all()
        if not access.spans_desks(request.user):
            desks = desks.filter(pk__in=access.desk_ids(request.user))
        return [(desk.code, desk.name) for desk in desks]

    def queryset(self, request, queryset):
        return queryset.filter(desk__code=self.value()) if self.value() else queryset


class LiveFilter(admin.SimpleListFilter):
    title, parameter_name = "readers", "readers"

    def lookups(self, request, model_admin):
        return [("live", "have it"), ("scheduled", "will get it"), ("gone", "retracted"), ("never", "never had it")]

    def queryset(self, request, queryset):
        # What is in force is the newest release that holds: an older one beneath a retraction says nothing.
        current = Release.objects.holding().filter(article=OuterRef("pk"))
        kind = Subquery(current.values("kind")[:1])
        if self.value() == "live":
            return queryset.alias(now_kind=kind).filter(now_kind__isnull=False).exclude(now_kind__in=Release.GONE)
        if self.value() == "gone":
            return queryset.alias(now_kind=kind).filter(now_kind__in=Release.GONE)
        if self.value() == "scheduled":
            return queryset.filter(Exists(Release.objects.pending().filter(article=OuterRef("pk"))))
        if self.value() == "never":
            return queryset.filter(~Exists(Release.objects.standing().filter(article=OuterRef("pk"))))
        return queryset


class UpdatedFilter(admin.SimpleListFilter):
    title, parameter_name = "changed", "changed"
    _SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}

    def lookups(self, request, model_admin):
        return [("hour", "in the last hour"), ("day", "in the last day"), ("week", "in the last week")]

    def queryset(self, request, queryset):
        span = self._SPANS.get(self.value())
        return queryset.filter(updated_at__gte=timezone.now() - span) if span else queryset


class PickFilter(admin.ListFilter):
    """A filter whose choices are too many to list: the thing is looked up by typing."""

    template = "desk/filter_pick.html"
    kind = model = None

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        value = params.pop(self.parameter_name, None)
        self.code = (value[-1] if isinstance(value, list) else value or "")[:60]
        self.thing = self.model.objects.filter(code=self.code).first() if self.code else None

    def has_output(self):
        return True

    def expected_parameters(self):
        return [self.parameter_name]

    def choices(self, changelist):
        kept = {name: value for name, value in changelist.params.items() if name != self.parameter_name}
        yield {
            "kept": [
                (name, one) for name, value in kept.items() for one in (value if isinstance(value, list) else [value])
            ],
            "query": changelist.query,
            "kind": self.kind,
            "parameter": self.parameter_name,
            "thing": self.thing,
            "code": self.code,
            "clear": changelist.get_query_string(remove=[self.parameter_name]),
        }


class RegionFilter(PickFilter):
    title, parameter_name, kind, model = "region", "region", "region", Region

    def queryset(self, request, queryset):
        if not self.code:
            return queryset
        if self.thing is None:
            return queryset.none()
        regions = [self.thing, *self.thing.members.all()] if self.thing.kind == Region.Kind.GROUPING else [self.thing]
        within = Q(pk__in=[])
        for region in regions:
            within |= Q(region__in=Region.objects.under(region).values("pk"))
        links = StoryRegion.objects.filter(within, article=OuterRef("pk"))
        return queryset.filter(Exists(links))


class TopicFilter(PickFilter):
    title, parameter_name, kind, model = "topic", "topic", "topic", Topic

    def queryset(self, request, queryset):
        if not self.code:
            return queryset
        if self.thing is None:
            return queryset.none()
        links = TopicLink.objects.filter(Q(tag=self.thing) | Q(tag__parent=self.thing), content_object=OuterRef("pk"))
        return queryset.filter(Exists(links))
