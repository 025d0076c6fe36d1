"""The newsroom's log: read, searched, never written here."""

import json

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.html import format_html

from articles import access, assigning
from articles.models import (
    Article,
    Author,
    ConfidentialSource,
    Desk,
    Event,
    Photo,
    Region,
    Source,
    Topic,
    User,
    WireBatch,
)
from articles.models.event import WORDS

from .site import ReadOnlyAdmin
from .story_list import BoundedPaginator
from .times import told


class ActionFilter(admin.SimpleListFilter):
    title, parameter_name = "what", "action"

    def lookups(self, request, model_admin):
        return list(WORDS.items())

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    title, parameter_name = "kind", "kind"

    def lookups(self, request, model_admin):
        # Named here: to ask the log itself for its kinds would read all of it.
        things = (Article, Photo, Region, Topic, Source, ConfidentialSource, Author, Desk, User, Group, WireBatch)
        return [(thing._meta.model_name, thing._meta.verbose_name) for thing in things]

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    called = ("event", "log")
    list_display = ("when", "who", "what", "kind", "about", "reason")
    list_display_links = ("when",)
    list_filter = (ActionFilter, KindFilter, ("at", admin.DateFieldListFilter))
    search_fields = ("thing", "name", "actor", "actor_name", "reason")
    search_help_text = "Story, id, person or reason"
    paginator = BoundedPaginator
    sortable_by = ()
    fields = ("when", "who", "what", "kind", "about", "reason", "details")
    readonly_fields = fields

    def get_queryset(self, request):
        """The whole log to who sees every story; to others what tells of none that is not open to them."""
        events = super().get_queryset(request)
        user = request.user
        if access.spans_desks(user) and user.has_perm("articles.view_confidential_article"):
            return events
        stories = access.visible_articles(user).filter(public_id=OuterRef("thing"))
        work = assigning.visible_assignments(user).annotate(name_in_log=Cast("pk", CharField()))
        return events.filter(
            ~Q(kind__in=("article", "assignment"))
            | Q(Exists(stories), kind="article")
            | Q(Exists(work.filter(name_in_log=OuterRef("thing"))), kind="assignment")
        )

    @admin.display(description="when")
    def when(self, obj):
        return format_html('<time datetime="{}">{}</time>', obj.at.isoformat(), told(obj.at))

    @admin.display(description="who")
    def who(self, obj):
        return f"{obj.actor_name} ({obj.actor})" if obj.actor else "the system"

    @admin.display(description="what")
    def what(self, obj):
        return obj.words

    @admin.display(description="about")
    def about(self, obj):
        return format_html('<bdi dir="auto">{}</bdi> <span class="slugline">{}</span>', obj.name, obj.thing)

    @admin.display(description="details")
    def details(self, obj):
        return format_html('<pre class="raw">{}</pre>', json.dumps(obj.data, ensure_ascii=False, indent=2))
