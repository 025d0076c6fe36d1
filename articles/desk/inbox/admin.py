"""The addresses of the inbox and of imports, and who may open their lists."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from articles import inbox
from articles.models import WireBatch, WireRecord

from .. import saved_views
from ..site import ReadOnlyAdmin
from ..story_list import BoundedPaginator
from . import acting, bringing, item, offering, queue, repairing

MOST_SHOWN = 200_000


def _address(model_admin):
    """What makes an address of that admin of (route, view, name)."""

    def address(route, view, name):
        run = model_admin.admin_site.admin_view(partial(view, site=model_admin.admin_site))
        return path(route, run, name=f"articles_{model_admin.opts.model_name}_{name}")

    return address


def _addresses(model_admin, *routes):
    """Addresses of that admin: (route, view, name)."""
    address = _address(model_admin)
    return [address(*route) for route in routes]


@admin.register(WireRecord)
class WireRecordAdmin(ReadOnlyAdmin):
    called = ("wire story", "wire inbox")

    def get_queryset(self, request):
        return inbox.visible_records(request.user)

    def changelist_view(self, request, extra_context=None):
        return queue.listing(request, site=self.admin_site)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return item.show(request, int(object_id) if object_id.isdecimal() else 0, site=self.admin_site)

    def get_urls(self):
        own = _addresses(
            self,
            ("news/", queue.news, "news"),
            ("<int:pk>/raw/", raw, "raw"),
            ("<int:pk>/offer/", offering.offer, "offer"),
            ("<int:pk>/act/", acting.act, "act"),
            ("<int:pk>/mend/", repairing.mend, "mend"),
        )
        return own + saved_views.addresses(_address(self), queue.SCREEN) + super().get_urls()


@admin.register(WireBatch)
class WireBatchAdmin(ReadOnlyAdmin):
    called = ("import", "imports")
    list_display = ("name", "desk", "created_by", "created_at", "finished_at", "outcome")
    list_select_related = ("desk", "created_by")
    search_fields = ("name", "public_id")
    paginator = BoundedPaginator
    fields = ("name", "desk", "created_by", "created_at", "finished_at", "undone_at", "outcome", "records_link")
    readonly_fields = fields
    change_form_template = "desk/inbox_batch.html"

    def get_queryset(self, request):
        return inbox.visible_batches(request.user)

    @admin.display(description="outcome")
    def outcome(self, obj):
        return ", ".join(f"{count} {word}" for word, count in obj.totals.items() if count) or "–"

    @admin.display(description="stories")
    def records_link(self, obj):
        address = reverse("admin:articles_wirerecord_changelist")
        return format_html('<a href="{}?batch={}">What came in</a>', address, obj.public_id)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        batch = self.get_object(request, object_id)
        more = {"batch": batch, "may_undo": batch is not None and inbox.may_undo(request.user, batch)}
        if batch is not None:
            more["runs"] = bool(batch.asked_at) and batch.finished_at is None
            more["waits_to_be_looked_at"] = not batch.asked_at and not batch.finished_at and batch.uploads.exists()
        return super().change_view(request, object_id, form_url, {**more, **(extra_context or {})})

    def get_urls(self):
        own = _addresses(
            self,
            ("upload/", bringing.upload, "upload"),
            ("<int:pk>/look/", bringing.look, "look"),
            ("<int:pk>/progress/", bringing.progress, "progress"),
            ("<int:pk>/again/", bringing.again, "again"),
            ("<int:pk>/undo/", bringing.undo, "undo"),
        )
        return own + super().get_urls()


@require_GET
def raw(request, pk, *, site):
    """What was received, byte for byte as far as a page can show it; always text, never run."""
    record = acting.find(request, pk)
    data = bytes(record.received.data)
    try:
        words = data[:MOST_SHOWN].decode(record.encoding or "utf-8", "replace")
    except LookupError:
        words = data[:MOST_SHOWN].decode("utf-8", "replace")
    context = {**site.each_context(request), "title": "As received", "record": record, "words": words}
    context |= {"size": len(data), "cut": len(data) > MOST_SHOWN, "opts": WireRecord._meta}
    return TemplateResponse(request, "desk/raw.html", context)
