"""What was refused, with its reason: mended by hand, under another encoding or as another format, and read again."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from articles import arrivals, audit, inbox
from articles.models import WireRecord

from .acting import find

ENCODINGS = ("utf-8", "windows-1252", "windows-1256", "iso-8859-1", "iso-8859-6", "utf-16", "cp437")
MOST_MENDED = 2_000_000  # bytes that a page can hold


class MendForm(forms.Form):
    encoding = forms.ChoiceField(choices=[(name, name) for name in ENCODINGS])
    format = forms.ChoiceField()
    words = forms.CharField(
        strip=False,
        max_length=MOST_MENDED,
        label="The copy",
        widget=forms.Textarea(attrs={"rows": 20, "dir": "auto", "spellcheck": "false"}),
    )

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.fields["format"].choices = arrivals.format_choices()


def mend(request, pk, *, site):
    """The copy as text, to be mended; a POST reads it again. ``?encoding=`` shows it under another one."""
    record = find(request, pk)
    if not inbox.may_work(request.user, record):
        raise PermissionDenied
    if record.state != WireRecord.State.QUARANTINED:
        return redirect("admin:articles_wirerecord_change", record.pk)
    data = bytes(record.received.data)
    encoding = request.GET.get("encoding", record.encoding or "utf-8")
    encoding = encoding if encoding in ENCODINGS else "utf-8"
    problems, status = [], HTTPStatus.OK
    if request.method == "POST":
        form = MendForm(request.POST)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            events = arrivals.door().retry(
                record, form.cleaned_data["words"].encode(), request.user, format=form.cleaned_data["format"]
            )
            problems = [event.error.message for event in events if hasattr(event, "error")]
            taken = [event for event in events if not hasattr(event, "error")]
            if taken:
                audit.log(request.user, "wire_repaired", record, stories=len(taken))
                words = "1 story was" if len(taken) == 1 else f"{len(taken)} stories were"
                messages.success(request, f"Mended: {words} read from it.")
                mended = record.mended.order_by("pk").first()
                return redirect("admin:articles_wirerecord_change", (mended or record).pk)
            problems = problems or ["There is still nothing in it that could be read."]
    else:
        words = data[:MOST_MENDED].decode(encoding, "replace").replace("\x00", "�")
        form = MendForm(initial={"encoding": encoding, "format": "auto", "words": words})
    context = {**site.each_context(request), "title": "Mend and read again", "record": record, "form": form}
    context |= {"problems": problems, "encodings": ENCODINGS, "encoding": encoding, "opts": WireRecord._meta}
    context["too_long"] = len(data) > MOST_MENDED
    return TemplateResponse(request, "desk/inbox_mend.html", context, status=status)
