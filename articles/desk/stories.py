"""The story's place in the admin: its list, its addresses, and what may be done to many at once."""

from functools import partial

from django.contrib import admin, messages
from django.db.models import Prefetch
from django.urls import path
from django.utils.html import format_html

from articles import access, workflow, writing
from articles.models import Article, Status, StoryRegion

from . import actions, history, preview, story
from .site import DeskAdmin
from .story_list import (
    BoundedPaginator,
    DeskFilter,
    LiveFilter,
    RegionFilter,
    StoryList,
    TopicFilter,
    UpdatedFilter,
    live_state,
    short_time,
)

MOST_AT_ONCE = 200


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    called = ("story", "stories")
    list_display = ("head", "state", "desk", "places", "live", "urgency", "changed")
    list_display_links = ("head",)
    list_filter = ("status", DeskFilter, RegionFilter, TopicFilter, "language", LiveFilter, UpdatedFilter)
    list_select_related = ("desk",)
    search_fields = ("headline", "slugline", "public_id", "standfirst", "body")
    search_help_text = "Headline, slugline, id, standfirst and text"
    paginator = BoundedPaginator
    ordering = ("-updated_at", "-id")
    sortable_by = ("urgency", "changed")
    actions = ("submit_selected", "spike_selected")

    # --- who may ---------------------------------------------------------------------------------------------

    def get_queryset(self, request):
        return access.visible_articles(request.user)

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return request.user.has_perm("articles.view_article")
        return access.may(request.user, "view_article", obj)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return request.user.has_perm("articles.change_article")
        return access.may_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return request.user.has_perm("articles.delete_article")
        return access.may(request.user, "delete_article", obj) and not obj.releases.exists()

    def has_submit_permission(self, request):
        return request.user.has_perm("articles.submit_article")

    def has_spike_permission(self, request):
        return request.user.has_perm("articles.spike_article")

    # --- the list --------------------------------------------------------------------------------------------

    def get_changelist(self, request, **kwargs):
        return StoryList

    def get_changelist_instance(self, request):
        listed = super().get_changelist_instance(request)
        links = Prefetch("region_links", StoryRegion.objects.select_related("region"))
        listed.result_list = listed.result_list.defer("body").prefetch_related(links)
        return listed

    @admin.display(description="headline")
    def head(self, obj):
        breaking = format_html('<span class="mark mark-breaking">{}</span> ', "breaking") if obj.breaking else ""
        slug = format_html('<span class="slugline">{}</span>', obj.slugline) if obj.slugline else ""
        return format_html(
            '{}<bdi dir="{}" lang="{}">{}</bdi>{}',
            breaking,
            obj.direction,
            obj.language,
            obj.headline or "Untitled",
            slug,
        )

    @admin.display(description="state")
    def state(self, obj):
        return format_html('<span class="state state-{}">{}</span>', obj.status, obj.get_status_display())

    @admin.display(description="regions")
    def places(self, obj):
        return ", ".join(str(link.region) for link in obj.region_links.all()) or "–"

    @admin.display(description="readers")
    def live(self, obj):
        return live_state(obj)

    @admin.display(description="changed", ordering="updated_at")
    def changed(self, obj):
        return short_time(obj.updated_at)

    # --- many at once ----------------------------------------------------------------------------------------

    @admin.action(description="Submit selected", permissions=["submit"])
    def submit_selected(self, request, queryset):
        self._move_each(request, queryset, Status.SUBMITTED, "submitted", "")

    @admin.action(description="Spike selected", permissions=["spike"])
    def spike_selected(self, request, queryset):
        self._move_each(request, queryset, Status.SPIKED, "spiked", "Spiked from the list of stories")

    def _move_each(self, request, queryset, target, word, reason):
        """Each story by itself, under the rules of the workflow; one that is refused stops no other."""
        chosen = list(queryset.order_by("pk")[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            messages.error(request, f"Nothing was done: choose at most {MOST_AT_ONCE} stories at once.")
            return
        for article in chosen:
            try:
                workflow.move(article, target, request.user, seen=article.version, reason=reason)
            except (workflow.Refused, access.NotAllowed, writing.StaleVersion) as error:
                messages.error(request, f"“{article}”: {error}")
            else:
                messages.success(request, f"“{article}”: {word}.")

    # --- one story -------------------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        return story.add(request, site=self.admin_site)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return story.change(request, object_id, site=self.admin_site)

    def history_view(self, request, object_id, extra_context=None):
        return history.revisions(request, object_id, site=self.admin_site)

    def delete_view(self, request, object_id, extra_context=None):
        story.find(request, object_id)
        return super().delete_view(request, object_id, extra_context)

    def get_urls(self):
        def address(route, view, name, **kw):
            # The id is the admin's own, and never anything but digits.
            run = self.admin_site.admin_view(partial(view, site=self.admin_site, **kw))
            return path(f"<int:object_id>/{route}", run, name=f"articles_article_{name}")

        own = [
            address("move/", actions.move, "move"),
            *(address(f"release/{how}/", actions.release, how, how=how) for how in actions.RELEASES),
            address("hold/", actions.hold, "hold"),
            address("preview/", preview.open_preview, "preview"),
            address("preview/<str:token>/", preview.show, "preview_signed"),
            address("history/compare/", history.compare, "compare"),
            address("history/<int:number>/", history.revision, "revision"),
            address("history/<int:number>/restore/", history.restore, "restore"),
        ]
        return own + super().get_urls()
