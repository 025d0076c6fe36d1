"""Uploads: files dragged, chosen or pasted; looked at row by row before they come in; brought in; undone."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from articles import access, arrivals, inbox
from articles.models import Article, Desk, WireBatch
from articles.workflow import Refused

MOST_PASTED = 2_000_000  # characters


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, as a list."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class UploadForm(forms.Form):
    desk = forms.ModelChoiceField(Desk.objects.none(), to_field_name="code", empty_label=None)
    format = forms.ChoiceField(required=False, label="Format")
    waits = forms.BooleanField(required=False, label="Let it wait in the inbox until somebody takes it")
    files = FilesField(required=False, widget=ManyFiles(attrs={"data-drop-input": ""}), max_length=200)
    words = forms.CharField(
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        label="Or paste the copy here",
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def __init__(self, user, data=None, files=None):
        super().__init__(data, files, initial={"format": "auto"})
        self.fields["desk"].queryset = inbox.desks_of(user)
        self.fields["format"].choices = arrivals.format_choices()

    def given(self):
        """What was given, as (name, bytes)."""
        found = [(one.name, one.read()) for one in self.cleaned_data["files"]]
        if self.cleaned_data.get("words", "").strip():
            found.append(("pasted.txt", self.cleaned_data["words"].encode()))
        return found


def _may_bring(user):
    return user.is_active and user.has_perm("articles.import_stories") and user.has_perm("articles.view_wirebatch")


def _bringing(request, pk) -> WireBatch:
    """That import, if this person may bring stories in for its desk."""
    batch = _find(request, pk)
    if not _may_bring(request.user) or not inbox.desks_of(request.user).filter(pk=batch.desk_id).exists():
        raise PermissionDenied
    return batch


def upload(request, *, site):
    """The page on which files are given. What is given is kept, and looked at; nothing comes in yet."""
    if not _may_bring(request.user):
        raise PermissionDenied
    form, problem, status = UploadForm(request.user), "", HTTPStatus.OK
    if request.method == "POST":
        form = UploadForm(request.user, request.POST, request.FILES)
        problem, status = "Choose files, or paste some copy.", HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid() and (given := form.given()):
            data = form.cleaned_data
            try:
                with transaction.atomic():
                    batch = arrivals.upload(
                        given,
                        desk=data["desk"],
                        by=request.user,
                        waits=data["waits"],
                        format=data["format"] or "auto",
                    )
            except arrivals.TooMuch as error:
                problem = str(error)
            else:
                return redirect("admin:articles_wirebatch_look", batch.pk)
    context = {**site.each_context(request), "title": "Bring copy in", "form": form, "problem": problem}
    context["opts"] = WireBatch._meta
    return TemplateResponse(request, "desk/inbox_upload.html", context, status=status)


def _find(request, pk) -> WireBatch:
    batch = inbox.visible_batches(request.user).select_related("desk", "created_by").filter(pk=pk).first()
    if batch is None:
        raise Http404("There is no such import.")
    return batch


def look(request, pk, *, site):
    """An upload row by row, as it would come in; a POST brings it in."""
    batch = _bringing(request, pk)
    if batch.asked_at or batch.finished_at or not batch.uploads.exists():
        return redirect("admin:articles_wirebatch_change", batch.pk)
    if request.method == "POST":
        return _bring(request, batch)
    rows, whole = arrivals.door().look(batch)
    stories = access.visible_articles(request.user).filter(pk__in={row.article for row in rows if row.article})
    named = {story.pk: story for story in stories.only("pk", "headline", "public_id")}
    counts = {}
    for row in rows:
        counts[row.what] = counts.get(row.what, 0) + 1
    context = {**site.each_context(request), "title": "Look before it comes in", "batch": batch}
    context |= {"rows": [(row, named.get(row.article)) for row in rows], "whole": whole, "counts": counts}
    context |= {"opts": WireBatch._meta, "uploads": batch.uploads.all()}
    return TemplateResponse(request, "desk/inbox_look.html", context)


def _bring(request, batch):
    if request.POST.get("act") == "drop":
        batch.uploads.all().delete()
        batch.delete()
        messages.success(request, "Given up: nothing of it came in.")
        return redirect("admin:articles_wirerecord_changelist")
    claimed = WireBatch.objects.filter(pk=batch.pk, asked_at=None).update(asked_at=timezone.now())
    if claimed:
        if sum(upload.size for upload in batch.uploads.all()) <= arrivals.AT_ONCE:
            arrivals.door().bring_in(batch)
        else:
            from articles import tasks

            tasks.bring_in.enqueue(batch.pk)
    return redirect("admin:articles_wirebatch_change", batch.pk)


@require_GET
def progress(request, pk, *, site):
    """How far an import is, for a page that waits for it."""
    batch = _find(request, pk)
    return JsonResponse({"totals": batch.totals, "finished": batch.finished_at is not None})


def undo(request, pk, *, site):
    """What undoing an import would take away and what would stay; a POST does it."""
    batch = _find(request, pk)
    if not inbox.may_undo(request.user, batch):
        raise PermissionDenied
    problem, status = "", HTTPStatus.OK
    if request.method == "POST":
        try:
            report = inbox.undo(batch, request.user)
        except (access.NotAllowed, Refused) as error:
            problem, status = str(error), HTTPStatus.CONFLICT
        else:
            stays = f" {len(report.kept)} stay, for somebody has worked on them." if report.kept else ""
            messages.success(request, f"Undone: {report.removed} stories are gone.{stays}")
            return redirect("admin:articles_wirebatch_change", batch.pk)
    try:
        report = inbox.undo(batch, request.user, dry_run=True)
    except Refused as error:
        report, problem = None, problem or str(error)
    seen = access.visible_articles(request.user)
    kept = seen.filter(pk__in=[one.pk for one in report.kept]) if report else Article.objects.none()
    context = {**site.each_context(request), "title": "Undo this import", "batch": batch, "report": report}
    context |= {"kept": kept[:200], "problem": problem, "opts": WireBatch._meta}
    return TemplateResponse(request, "desk/inbox_undo.html", context, status=status)


@require_POST
def again(request, pk, *, site):
    """Bring an upload in that was stopped half-way: it goes on where it was."""
    batch = _bringing(request, pk)
    if batch.asked_at and not batch.finished_at and batch.uploads.exists():
        from articles import tasks

        tasks.bring_in.enqueue(batch.pk)
        messages.success(request, "It goes on where it was.")
    return redirect("admin:articles_wirebatch_change", batch.pk)
