"""The lists inside a story: its pictures, sources and bylines. Each row gives one entry of the content document."""

from django import forms
from django.utils.functional import cached_property

from articles import text
from articles.models import Byline, Citation, PhotoCaption
from articles.models.caption import credit_line

from .framing_fields import FRAMING, FramingFields, framing_of, framing_told, numbers_of
from .pick_fields import PickField
from .picking import sees_confidential

# The story's fields name their form: those of the side panel do not stand inside of it.
STORY_FORM = "story-form"


class RowForm(forms.Form):
    """One row of a list inside the story."""

    picks: tuple[str, ...] = ()

    def __init__(self, *args, known, **kw):
        super().__init__(*args, **kw)
        for name in self.picks:
            if name in self.fields:
                self.fields[name].use(known)

    def line(self, name):
        return text.clean_line(self.cleaned_data.get(name) or "")

    def key(self, name, attribute="code"):
        thing = self.cleaned_data.get(name)
        return getattr(thing, attribute) if thing else None


def _line(model, name, **kw):
    field = model._meta.get_field(name)
    return forms.CharField(
        max_length=field.max_length,
        required=False,
        label=field.verbose_name.capitalize(),
        help_text=field.help_text,
        **kw,
    )


# What a caption leaves empty, it has of its picture.
_OF_PICTURE = ("caption", "alt_text", "photographer", "credit")


class CaptionForm(FramingFields, RowForm):
    picks = ("photo",)
    photo = PickField("photo", required=False, label="Picture", help_text="None yet: the picture is awaited.")
    caption = _line(PhotoCaption, "caption", widget=forms.Textarea(attrs={"rows": 2, "data-line": ""}))
    alt_text = _line(PhotoCaption, "alt_text", widget=forms.Textarea(attrs={"rows": 1, "data-line": ""}))
    photographer = _line(PhotoCaption, "photographer")
    credit = _line(PhotoCaption, "credit")
    is_file_photo = forms.BooleanField(required=False, label="File photo")
    is_lead = forms.BooleanField(required=False, label="Lead picture")

    def __init__(self, *args, known, **kw):
        if kw.get("initial"):
            kw["initial"] = {**kw["initial"], **numbers_of(kw["initial"].get("framing"))}
        super().__init__(*args, known=known, **kw)
        # What an empty box falls back to stands in it, greyed.
        key = self["photo"].value()
        self.photo = known.get("photo", key) if key else None
        for name in _OF_PICTURE:
            if self.photo and getattr(self.photo, name):
                self.fields[name].widget.attrs["placeholder"] = getattr(self.photo, name)

    def _as_read(self, name):
        return text.clean_line(self[name].value() or "") or (getattr(self.photo, name) if self.photo else "")

    @property
    def photo_shown(self):
        return self.photo

    @property
    def caption_as_read(self):
        return self._as_read("caption")

    @property
    def alt_as_read(self):
        return self._as_read("alt_text")

    @property
    def credit_as_read(self):
        """Who is credited, as readers will see it."""
        return credit_line(self._as_read("photographer"), self._as_read("credit"))

    @property
    def framing(self):
        """The fields of its own crop."""
        return [self[name] for name in FRAMING]

    @property
    def framing_errors(self):
        return any(self[name].errors for name in FRAMING)

    @property
    def framed(self):
        """Whether it has a crop of its own."""
        return self["focal_x"].value() not in (None, "")

    @property
    def framing_as_picture(self):
        """How the picture itself is framed, as the page is told it: six numbers, “-” for none."""
        return framing_told(self.photo) if self.photo else "0.5 0.5 - - - -"

    def clean(self):
        self.clean_framing()
        if not self.errors and not self.cleaned_data.get("photo") and not self.line("caption"):
            raise forms.ValidationError("Choose a picture, or write the caption of the one that is awaited.")

    def entry(self):
        names = ("caption", "alt_text", "credit", "photographer")
        return {
            "photo": self.key("photo", "public_id"),
            **{name: self.line(name) for name in names},
            "is_file_photo": self.cleaned_data["is_file_photo"],
            "is_lead": self.cleaned_data["is_lead"],
            "framing": framing_of(self.cleaned_data) if self.cleaned_data.get("photo") else None,
        }


class CitationForm(RowForm):
    picks = ("source", "via", "confidential")
    source = PickField("source", required=False)
    as_printed = _line(Citation, "as_printed")
    use = forms.ChoiceField(choices=Citation.Use.choices, label="For", initial=Citation.Use.REPORT)
    via = PickField("source", required=False, help_text="“told AFP”: AFP.")
    confidential = PickField("confidential", required=False, help_text="In place of a named source.")

    def clean(self):
        if self.errors:
            return
        if self.cleaned_data.get("source") and self.cleaned_data.get("confidential"):
            raise forms.ValidationError("A source is either named or confidential, not both.")
        if not any((self.cleaned_data.get("source"), self.cleaned_data.get("confidential"), self.line("as_printed"))):
            raise forms.ValidationError("Choose the source, or write how the copy names it.")

    def entry(self):
        return {
            "source": self.key("source"),
            "confidential": self.key("confidential"),
            "as_printed": self.line("as_printed"),
            "use": self.cleaned_data["use"],
            "via": self.key("via"),
        }


class BylineForm(RowForm):
    picks = ("author",)
    author = PickField("author", required=False)
    text = _line(Byline, "text")
    text.label = "Printed as"

    def clean(self):
        if not self.errors and not self.cleaned_data.get("author") and not self.line("text"):
            raise forms.ValidationError("Choose an author, or write the name as it is printed.")

    def entry(self):
        return {"author": self.key("author"), "text": self.line("text")}


class Rows(forms.BaseFormSet):
    """A list inside the story, in the order in which it was left."""

    def __init__(self, *args, known, user, **kw):
        self.user = user
        # What was posted speaks for itself: a row is empty if nothing stands in it, whatever stood in its place before.
        # A page that was saved without being left has rows of its own that the story already holds.
        if args and args[0] is not None:
            kw["initial"] = None
        super().__init__(*args, form_kwargs={"known": known}, **kw)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].widget = forms.NumberInput(attrs={"class": "order", "aria-label": "Place in the order"})
        form.fields["DELETE"].label = "Take out"
        for field in form.fields.values():
            field.widget.attrs["form"] = STORY_FORM
        if "confidential" in form.fields and not sees_confidential(self.user):
            del form.fields["confidential"]

    @cached_property
    def management_form(self):
        form = super().management_form
        for field in form.fields.values():
            field.widget.attrs["form"] = STORY_FORM
        return form

    def is_sound(self):
        """Whether the rows could be read, each and all: only then have they an order."""
        return not any(self.errors) and not self.non_form_errors()

    def entries(self) -> list[dict]:
        return [form.entry() for form in self.ordered_forms if form.cleaned_data]


class CaptionRows(Rows):
    title, one = "Pictures", "picture"

    def clean(self):
        if self.is_sound() and sum(entry["is_lead"] for entry in self.entries()) > 1:
            raise forms.ValidationError("Only one picture can be the lead. Untick the others.")


class CitationRows(Rows):
    title, one = "Sources", "source"

    def clean(self):
        if not self.is_sound():
            return
        uses = [(entry["source"], entry["use"]) for entry in self.entries() if entry["source"]]
        if len(uses) != len(set(uses)):
            raise forms.ValidationError("The same source stands here twice for the same thing. Take one out.")


class BylineRows(Rows):
    title, one = "Bylines", "byline"

    def clean(self):
        authors = [entry["author"] for entry in self.entries() if entry["author"]] if self.is_sound() else []
        if len(authors) != len(set(authors)):
            raise forms.ValidationError("The same author stands here twice. Take one out.")


def _rows(form, formset):
    return forms.formset_factory(
        form, formset, extra=0, can_order=True, can_delete=True, max_num=60, absolute_max=80, validate_max=True
    )


Captions = _rows(CaptionForm, CaptionRows)
Citations = _rows(CitationForm, CitationRows)
Bylines = _rows(BylineForm, BylineRows)
