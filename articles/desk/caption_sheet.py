"""The sheet of captions: the words of several pictures on one page, each saved by itself."""

from copy import copy
from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from articles import photos
from articles.models import Photo

from . import photo_merging
from .photo_batch import chosen_of
from .photo_checks import checks_of
from .photo_form import NamesField
from .photo_page import as_printed
from .pick_fields import PickField
from .picking import Known

MOST_AT_ONCE = 40


class SheetForm(forms.ModelForm):
    """The words of one picture of the sheet."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    region = PickField("region", required=False)
    people = NamesField(label="People shown", help_text="From left to right, one a line.")

    FIELDS = ("caption", "alt_text", "photographer", "credit", "is_file_photo", "people", "region")

    class Meta:
        model = Photo
        fields = ("caption", "alt_text", "photographer", "credit", "is_file_photo", "people", "region")
        labels = {"alt_text": "Alternative text"}
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 3, "data-line": ""}),
            "alt_text": forms.Textarea(attrs={"rows": 2, "data-line": ""}),
        }

    def __init__(self, *args, known, **kw):
        super().__init__(*args, **kw)
        known.hold("region", self.instance.region)
        self.fields["region"].use(known)

    def values(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}


@dataclass
class Row:
    """A picture of the sheet with its form, and what became of it."""

    photo: Photo
    form: SheetForm
    outcome: str = ""  # saved, conflict, wrong
    said: str = ""

    @property
    def prefix(self):
        return f"{self.form.prefix}-"

    @property
    def checks(self):
        return checks_of(self.form.instance)

    @property
    def as_printed(self):
        words = self.form.instance
        return as_printed(words.photographer, words.credit, words.is_file_photo)


def sheet(request, *, site):
    """``?photo=…&photo=…``: the sheet of those pictures; a save of all that was changed on it."""
    user = request.user
    if not user.has_perm("articles.change_photo"):
        raise PermissionDenied
    # The library sends what was ticked; it asks for the page, and saves nothing.
    is_save = request.method == "POST" and "open" not in request.POST
    ids = list(chosen_of(request.POST if request.method == "POST" else request.GET))
    if not ids or len(ids) > MOST_AT_ONCE:
        messages.error(
            request, f"Choose at most {MOST_AT_ONCE} pictures at once." if ids else "Choose the pictures first."
        )
        return redirect("admin:articles_photo_changelist")
    found = {photo.public_id: photo for photo in _photos(ids)}
    known = Known(user)
    rows = [_row(found[one], known, request.POST if is_save else None) for one in ids if one in found]
    status = HTTPStatus.OK
    if is_save:
        for row in rows:
            _save(row, user, known)
        saved = sum(1 for row in rows if row.outcome == "saved")
        left = sum(1 for row in rows if row.outcome in ("conflict", "wrong"))
        if saved or not left:
            messages.success(request, f"Saved: {saved}." if saved else "Nothing was changed.")
        if not left:
            return redirect("admin:articles_photo_changelist")
        status = (
            HTTPStatus.CONFLICT if any(row.outcome == "conflict" for row in rows) else HTTPStatus.UNPROCESSABLE_ENTITY
        )
    context = {**site.each_context(request), "title": "Captions", "opts": Photo._meta, "rows": rows}
    return TemplateResponse(request, "desk/caption_sheet.html", context, status=status)


def _photos(ids):
    found = Photo.objects.filter(public_id__in=ids).select_related("agency", "supplier", "region")
    return found.annotate(newest=Max("revisions__number"))


def _row(photo, known, data):
    opened = {"version": photo.version, "revision": photo.newest or 0}
    return Row(photo, SheetForm(data, instance=copy(photo), prefix=photo.public_id, known=known, initial=opened))


def _save(row, by, known):
    form = row.form
    if not form.is_valid():
        row.outcome = "wrong"
        return
    values, photo, seen = form.values(), row.photo, form.cleaned_data["version"]
    if seen != photo.version:
        typed = values
        values, overlap = photo_merging.merge(photo, typed, opened=form.cleaned_data["revision"])
        if overlap:
            row.form = _row(_with(photo, typed, values), known, None).form
            photo_merging.show_theirs(row.form, photo, overlap)
            row.outcome, row.said = (
                "conflict",
                "Somebody else has changed the same words: make one of the two, and save again.",
            )
            return
    try:
        made = photos.change(photo, values, by, seen=photo.version)
    except photos.StalePhoto:
        row.outcome, row.said = "conflict", "Somebody saved at the same moment. Save again."
        return
    except photos.NotSound as error:
        row.outcome, row.said = "wrong", str(error)
        return
    row.outcome = "saved" if made else "same"
    if made:  # the page that is shown again begins from here
        row.photo = _photos([photo.public_id]).get()
        row.form = _row(row.photo, known, None).form


def _with(photo, typed, names):
    changed = copy(photo)
    for name in names:
        setattr(changed, name, typed[name])
    return changed
