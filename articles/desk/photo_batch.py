"""One change to many pictures: what would change is shown first, then done to each by itself, under its version."""

from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles import photos
from articles.models import Photo

from . import photo_reading
from .photo_form import NamesField
from .pick_fields import PickField
from .picking import Known
from .reading import compare_lines
from .times import NewsroomTimeField

MOST_AT_ONCE = 200

EMPTIED = ("credit", "photographer", "supplier", "licence", "rights_holder", "usage_terms", "cost_class")
EMPTIED += ("usable_until", "region", "people")


class BatchForm(forms.Form):
    """What is filled in is set on every picture; what is left empty stays as it is, unless it is to be emptied."""

    credit = forms.CharField(max_length=120, required=False)
    photographer = forms.CharField(max_length=120, required=False)
    supplier = PickField("source", required=False)
    licence = forms.CharField(max_length=120, required=False)
    rights_holder = forms.CharField(max_length=200, required=False)
    usage_terms = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}), label="Terms")
    cost_class = forms.ChoiceField(
        choices=[("", "as it is"), *Photo.CostClass.choices[1:]], required=False, label="Cost"
    )
    usable_until = NewsroomTimeField(required=False, label="May be used until", help_text="Newsroom time.")
    region = PickField("region", required=False)
    people = NamesField(label="People shown", help_text="One a line. They are added to those that stand there.")
    is_file_photo = forms.ChoiceField(
        choices=[("", "as it is"), ("yes", "they are"), ("no", "they are not")], required=False, label="File photos"
    )
    empty = forms.MultipleChoiceField(
        choices=[(name, photo_reading.LABELS[name]) for name in EMPTIED],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Empty these",
    )
    reason = forms.CharField(max_length=300, required=False, label="Why", help_text="For the versions of each picture.")

    VALUES = (*EMPTIED, "is_file_photo")

    def __init__(self, data, user):
        super().__init__(data)
        known = Known(user)
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.use(known)

    def clean(self):
        data = self.cleaned_data
        both = [name for name in data.get("empty", ()) if data.get(name) not in (None, "", [])]
        if both:
            label = photo_reading.LABELS[both[0]]
            self.add_error("empty", f"{label} cannot be filled in and emptied at once.")
        if not self.errors and not data["empty"] and not any(data[name] for name in self.VALUES):
            raise forms.ValidationError("Fill in what is to be changed.")
        return data

    def values_for(self, photo: Photo) -> dict:
        """What that picture would hold afterwards, by field: of what would change alone."""
        data = self.cleaned_data
        found = {name: data[name] for name in self.VALUES if data[name] not in (None, "", [])}
        if "is_file_photo" in found:
            found["is_file_photo"] = found["is_file_photo"] == "yes"
        if "people" in found:
            found["people"] = list(dict.fromkeys([*photo.people, *found["people"]]))
        for name in data["empty"]:
            field = Photo._meta.get_field(name)
            found[name] = None if field.null else [] if name == "people" else ""
        return {name: value for name, value in found.items() if getattr(photo, name) != value}


@dataclass
class Row:
    """A picture of the batch: what would change, or what became of it."""

    photo: Photo
    seen: int
    changes: list
    done: bool | None = None
    said: str = ""

    @property
    def is_stale(self):
        return self.photo.version != self.seen


def batch(request, *, site):
    """Ask what to change, show what would change, or change it: ``step`` says which."""
    user, posted = request.user, request.POST or request.GET
    if not user.has_perm("articles.change_photo"):
        raise PermissionDenied
    back = f"{reverse('admin:articles_photo_changelist')}?{posted.get('back', '')}"
    chosen = chosen_of(posted)
    if not chosen or len(chosen) > MOST_AT_ONCE:
        words = f"Choose at most {MOST_AT_ONCE} pictures at once." if chosen else "Choose the pictures first."
        messages.error(request, words)
        return redirect(back)
    step = posted.get("step", "") if request.method == "POST" else ""
    form = BatchForm(posted if step else None, user)
    context = {**site.each_context(request), "title": f"Edit {_pictures(len(chosen))}", "opts": Photo._meta}
    context |= {"form": form, "back": back, "query": posted.get("back", ""), "chosen": posted.getlist("photo")}
    context["step"] = "ask"
    status = HTTPStatus.OK
    if step and form.is_valid():
        rows = _rows(chosen, form)
        if step == "do":
            _carry_out(rows, form, user)
        context |= {"rows": rows, "step": "done" if step == "do" else "preview"}
        context["done"] = sum(1 for row in rows if row.done)
        context["will_change"] = sum(1 for row in rows if row.changes and not row.is_stale)
        context["hidden"] = [(name, value) for name, values in posted.lists() for value in values if name in _kept()]
    else:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if step else HTTPStatus.OK
        context["photos"] = Photo.objects.filter(public_id__in=list(chosen)).defer("metadata")
    return TemplateResponse(request, "desk/photo_batch.html", context, status=status)


def _kept():
    return {*BatchForm.base_fields}


def chosen_of(posted) -> dict[str, int]:
    """The pictures that were ticked, with the version that stood on the page."""
    pairs = (one.partition(":") for one in posted.getlist("photo") if "\0" not in one)
    return {
        public_id[:64]: int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
        for public_id, _, version in pairs
    }


def _rows(chosen, form):
    photos = Photo.objects.filter(public_id__in=list(chosen)).select_related("agency", "supplier", "region")
    known = {photo.public_id: photo for photo in photos}
    rows = []
    for public_id, seen in chosen.items():
        if photo := known.get(public_id):
            rows.append(Row(photo, seen, _changes(photo, form.values_for(photo))))
    return rows


def _changes(photo, values):
    return [
        (
            photo_reading.LABELS[name],
            compare_lines(photo_reading.lines(name, getattr(photo, name)), photo_reading.lines(name, value)),
        )
        for name, value in values.items()
    ]


def _carry_out(rows, form, by):
    for row in rows:
        values = form.values_for(row.photo)
        if not values:
            row.done, row.said = False, "It is so already."
            continue
        try:
            photos.change(row.photo, values, by, seen=row.seen, reason=form.cleaned_data["reason"])
        except photos.StalePhoto:
            row.done, row.said = False, "Changed since it was chosen: look at it again."
        except photos.NotSound as error:
            row.done, row.said = False, str(error)
        else:
            row.done = True


def _pictures(count):
    return "1 picture" if count == 1 else f"{count} pictures"
