"""The wire inbox: what came in, what became of it, and newer texts that wait for somebody to take them."""

from functools import partial
from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from articles import access, writing
from articles.models import Article, WireBatch, WireRecord

from . import reading, saving
from .site import ReadOnlyAdmin
from .story_list import BoundedPaginator, short_time

MOST_SHOWN = 200_000


def _desks_of(user):
    return {} if access.spans_desks(user) else {"desk__in": access.desk_ids(user)}


@admin.register(WireBatch)
class WireBatchAdmin(ReadOnlyAdmin):
    list_display = ("name", "desk", "created_by", "created_at", "finished_at", "outcome")
    list_select_related = ("desk", "created_by")
    search_fields = ("name", "public_id")
    paginator = BoundedPaginator
    fields = ("name", "desk", "created_by", "created_at", "finished_at", "outcome", "records_link")
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).filter(**_desks_of(request.user))

    @admin.display(description="outcome")
    def outcome(self, obj):
        return ", ".join(f"{count} {word}" for word, count in obj.totals.items() if count) or "–"

    @admin.display(description="stories")
    def records_link(self, obj):
        address = reverse("admin:articles_wirerecord_changelist")
        return format_html('<a href="{}?batch__id__exact={}">What came in</a>', address, obj.pk)


class LanguageFilter(admin.AllValuesFieldListFilter):
    """The languages of what came in, with a word for where there is none."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or "not known"}


@admin.register(WireRecord)
class WireRecordAdmin(ReadOnlyAdmin):
    called = ("wire story", "wire inbox")
    list_display = ("head", "outcome_mark", "notes", "story_link", "came")
    list_display_links = ("head",)
    list_filter = ("outcome", "is_offered", ("language", LanguageFilter))
    search_fields = ("headline", "path", "provider_id")
    paginator = BoundedPaginator
    sortable_by = ()
    fields = (
        "head", "outcome_mark", "notes", "story_link", "offer_link", "batch", "path", "story", "line", "parser",
        "encoding", "provider", "provider_id", "provider_version", "came", "as_received",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        desks = {f"batch__{key}": value for key, value in _desks_of(request.user).items()}
        records = super().get_queryset(request).filter(**desks).select_related("article", "batch")
        # What came in is the desk's own, wherever its story has gone since; but not where that was made confidential.
        open_to = Exists(access.visible_articles(request.user).filter(pk=OuterRef("article")))
        records = records.annotate(is_open=open_to).filter(~Q(article__confidential=True) | Q(is_open=True))
        return records.defer("content", "article__body")

    def lookup_allowed(self, lookup, value, request=None):
        return lookup == "batch__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description="headline")
    def head(self, obj):
        return format_html('<bdi dir="auto">{}</bdi>', str(obj))

    @admin.display(description="outcome")
    def outcome_mark(self, obj):
        style = {"rejected": "gone", "created": "live", "updated": "scheduled"}.get(obj.outcome, "wait")
        words = "offered" if obj.is_offered else obj.get_outcome_display()
        return format_html('<span class="mark mark-{}">{}</span>', style, words)

    @admin.display(description="notes")
    def notes(self, obj):
        said = [f"{obj.code}: {obj.message}"] if obj.code else []
        said += [str(warning) for warning in obj.warnings]
        return "; ".join(said)[:400] or "–"

    @admin.display(description="story")
    def story_link(self, obj):
        if obj.article is None:
            return "–"
        if not obj.is_open:
            return "a story of another desk"
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[obj.article_id]), obj.article
        )

    @admin.display(description="newer text")
    def offer_link(self, obj):
        if not obj.is_offered:
            return "–"
        address = reverse("admin:articles_wirerecord_offer", args=[obj.pk])
        return format_html('<a href="{}">See the difference, and take it</a>', address)

    @admin.display(description="came")
    def came(self, obj):
        return short_time(obj.created_at)

    @admin.display(description="as received")
    def as_received(self, obj):
        return format_html(
            '<a href="{}">The bytes, as text</a>', reverse("admin:articles_wirerecord_raw", args=[obj.pk])
        )

    def get_urls(self):
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(partial(view, model_admin=self)),
                name=f"articles_wirerecord_{name}",
            )
            for name, view in (("raw", raw), ("offer", offer))
        ]
        return own + super().get_urls()


@require_GET
def raw(request, pk, *, model_admin):
    """What was received, byte for byte as far as a page can show it; always text, never run."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    record = model_admin.get_queryset(request).select_related("received").filter(pk=pk).first()
    if record is None:
        raise Http404("There is no such record.")
    data = bytes(record.received.data)
    try:
        words = data[:MOST_SHOWN].decode(record.encoding or "utf-8", "replace")
    except LookupError:
        words = data[:MOST_SHOWN].decode("utf-8", "replace")
    context = {**model_admin.admin_site.each_context(request), "title": "As received", "record": record, "words": words}
    context |= {"size": len(data), "cut": len(data) > MOST_SHOWN, "opts": WireRecord._meta}
    return TemplateResponse(request, "desk/raw.html", context)


def offer(request, pk, *, model_admin):
    """A newer text beside the editor's, and the button that takes it. Whoever may see the story may look."""
    stories = access.visible_articles(request.user)
    record = WireRecord.objects.filter(pk=pk, is_offered=True, article__in=stories).first()
    document = (record.content or {}).get("content") if record else None
    if document is None:
        raise Http404("There is no such offer.")
    article = Article.objects.select_related("desk").get(pk=record.article_id)
    now = writing.snapshot(article)
    newer = _taken(now, document)
    problem, status = "", HTTPStatus.OK
    if request.method == "POST":
        seen = request.POST.get("version", "")
        try:
            saving.save(
                article,
                newer,
                request.user,
                seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
                reason="Took the newer text from the wire",
            )
        except access.NotAllowed as error:
            problem, status = str(error), HTTPStatus.FORBIDDEN
        except writing.StaleVersion as error:
            article = error.article
            now = writing.snapshot(article)
            newer = _taken(now, document)
            problem, status = "The story has changed meanwhile. This is the difference now.", HTTPStatus.CONFLICT
        else:
            WireRecord.objects.filter(pk=record.pk).update(is_offered=False)
            messages.success(request, "The newer text was taken. The text before it is in the history.")
            return redirect("admin:articles_article_change", article.pk)
    context = {**model_admin.admin_site.each_context(request), "title": "Newer text from the wire", "record": record}
    context |= {"article": article, "changes": reading.changes(now, newer), "problem": problem}
    context |= {"may_take": access.may_edit(request.user, article)}
    return TemplateResponse(request, "desk/offer.html", context, status=status)


def _taken(now: dict, newer: dict) -> dict:
    """The story with the newer text: its words and pictures, and nothing that the desk decided."""
    words = {name: newer[name] for name in ("headline", "standfirst", "body", "dateline") if newer.get(name)}
    captions = newer.get("captions") or []
    known = {caption["caption"] for caption in now["captions"]}
    return {**now, **words, "captions": now["captions"] + [one for one in captions if one["caption"] not in known]}
