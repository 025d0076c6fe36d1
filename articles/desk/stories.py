"""The story's place in the admin: every address of a story and of the list, and who may open the list at all."""

from functools import partial

from django.contrib import admin
from django.urls import path

from articles import access
from articles.models import Article

from . import (
    actions,
    advising,
    bulk,
    erasing,
    exporting,
    history,
    keeping,
    list_screen,
    notes,
    outlets,
    preview,
    released,
    saved_views,
    settling,
    sharing,
    story,
)
from .site import DeskAdmin


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    called = ("story", "stories")

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
        if obj.legal_hold:  # what a court may ask for stays
            return False
        return access.may(request.user, "delete_article", obj) and not obj.releases.exists()

    def get_deleted_objects(self, objs, request):
        deleted, counts, _, protected = super().get_deleted_objects(objs, request)
        # Notes, work and notices hang on the story and go with it: they ask for no permission of their own.
        return deleted, counts, set(), protected

    # --- the list --------------------------------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        return list_screen.listing(request, site=self.admin_site)

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
        def address(route, view, name, *, of="<int:object_id>/", **kw):
            # The id is the admin's own, and never anything but digits.
            run = self.admin_site.admin_view(partial(view, site=self.admin_site, **kw))
            return path(f"{of}{route}", run, name=f"articles_article_{name}")

        own = [
            address("move/", actions.move, "move"),
            *(address(f"release/{how}/", actions.release, how, how=how) for how in actions.RELEASES),
            address("hold/", actions.hold, "hold"),
            address("wire/", actions.lift_wire, "lift_wire"),
            address("advice/", advising.advise, "advise"),
            address("confidential/", actions.confide, "confidential"),
            address("notes/", notes.notes_of_story, "notes"),
            address("notes/<int:note_id>/<slug:act>/", notes.turn, "note_turn"),
            address("people/", notes.people, "people"),
            address("preview/", preview.open_preview, "preview"),
            address("preview/<str:token>/", preview.show, "preview_signed"),
            address("preview/<str:token>/page/", preview.page, "preview_page"),
            address("previews/", sharing.previews, "previews"),
            address("previews/<int:pk>/revoke/", sharing.take_back, "revoke_preview"),
            address("releases/", released.releases, "releases"),
            address("outlets/", outlets.seen, "outlets"),
            address("outlets/ask/", outlets.ask, "ask_outlets"),
            address("history/compare/", history.compare, "compare"),
            address("history/<int:number>/", history.revision, "revision"),
            address("history/<int:number>/restore/", history.restore, "restore"),
            address("history/<int:number>/merge/", settling.settle, "settle"),
            address("history/<int:number>/name/", history.name, "name_revision"),
            address("erase/", erasing.erase, "erase"),
            address("keep/", keeping.keep, "keep"),
            address("draft/", keeping.draft, "draft"),
            *saved_views.addresses(partial(address, of=""), list_screen.SCREEN),
            address("export/", exporting.export, "export", of=""),
            address("bulk/", bulk.orders, "bulk", of=""),
            address("bulk/<int:order_id>/", bulk.order, "bulk_order", of=""),
            address("bulk/<int:order_id>/give/", bulk.give, "bulk_give", of=""),
            address("bulk/<int:order_id>/drop/", bulk.drop, "bulk_drop", of=""),
            address("keep/", keeping.keep, "keep_new", of="add/"),
            address("draft/", keeping.draft, "draft_new", of="add/"),
            address("advice/", advising.advise_new, "advise_new", of="add/"),
        ]
        return own + super().get_urls()
