"""The photo desk's place in the admin: every address of a picture and of the library, and who may open them."""

from functools import partial

from django.contrib import admin
from django.urls import path

from articles import access
from articles.models import Photo

from . import (
    awaiting,
    caption_sheet,
    correcting,
    darkroom,
    photo_batch,
    photo_checks,
    photo_library,
    photo_page,
    photo_upload,
    photo_versions,
    saved_views,
)
from .site import DeskAdmin


@admin.register(Photo)
class PhotoAdmin(DeskAdmin):
    called = ("picture", "pictures")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_photo") or request.user.has_perm("articles.change_photo")

    def changelist_view(self, request, extra_context=None):
        return photo_library.listing(request, site=self.admin_site)

    def add_view(self, request, form_url="", extra_context=None):
        return photo_upload.upload(request, site=self.admin_site)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return photo_page.change(request, object_id, site=self.admin_site)

    def history_view(self, request, object_id, extra_context=None):
        return photo_versions.history(request, object_id, site=self.admin_site)

    def get_deleted_objects(self, objs, request):
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        stories = access.visible_articles(request.user).filter(captions__photo__in=objs).distinct()
        if protected:
            protected = [f"the story “{story}”" for story in stories] or ["a story that is not open to you"]
        return deleted, counts, needed, protected

    def get_urls(self):
        def address(route, view, name, *, of="<int:object_id>/"):
            run = self.admin_site.admin_view(partial(view, site=self.admin_site))
            return path(f"{of}{route}", run, name=f"articles_photo_{name}")

        own = [
            address("thumb/", darkroom.thumb, "thumb", of="<int:pk>/"),
            address("wide/<slug:public_id>/", darkroom.wide, "wide", of=""),
            address("original/", darkroom.original, "original", of="<int:pk>/"),
            address("replace/", photo_upload.replace, "replace"),
            address("history/<int:number>/restore/", photo_versions.restore, "restore"),
            address("correct/", correcting.correct, "correct"),
            address("take/", photo_upload.take, "take", of="add/"),
            address("captions/", caption_sheet.sheet, "sheet", of=""),
            address("check/", photo_checks.check, "check", of=""),
            address("batch/", photo_batch.batch, "batch", of=""),
            address("awaited/", awaiting.awaited, "awaited", of=""),
            address("awaited/<int:pk>/", awaiting.fulfil, "fulfil", of=""),
            *saved_views.addresses(partial(address, of=""), photo_library.SCREEN),
        ]
        return own + super().get_urls()
