"""The form of a picture: its words, its rights, and how it is framed."""

from django import forms

from articles import text
from articles.models import Photo

from .framing_fields import FRAMING, FramingFields
from .pick_fields import PickField, PickManyField
from .picking import Known
from .times import NewsroomTimeField

WORDS = ("headline", "caption", "alt_text", "extended_description", "photographer", "credit", "is_file_photo")
SHOWS = ("agency", "people", "keywords", "city", "region", "taken_at", "taken_precision", "instructions", "provider_id")
RIGHTS = ("licence", "rights_holder", "usage_terms", "supplier", "cost_class", "usable_from", "usable_until")
RIGHTS += ("territories", "excluded_territories")
FIELDS = (*WORDS, *SHOWS, "digital_source", *RIGHTS, *FRAMING)

# What the browser offers when files are chosen; what is taken in is decided by what a file holds.
ENDINGS = ",".join(f".{ending}" for ending in ("jpg", "jpeg", "png", "webp", "avif", "heic", "heif", "tif", "tiff"))


class NamesField(forms.CharField):
    """Several names, one a line or parted by semicolons; gives a list, each once, in that order."""

    MOST = 60

    def __init__(self, **kw):
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), required=False, **kw)

    def prepare_value(self, value):
        return "\n".join(str(one) for one in value) if isinstance(value, (list, tuple)) else value

    def to_python(self, value):
        lines = super().to_python(value).replace(";", "\n").splitlines()
        names = list(dict.fromkeys(name for line in lines if (name := text.clean_line(line)[:120])))
        if len(names) > self.MOST:
            raise forms.ValidationError(f"Give at most {self.MOST} names.")
        return names

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (data or "")


class CountriesField(PickManyField):
    """Countries; gives their codes, in order."""

    def __init__(self, **kw):
        super().__init__("region", required=False, **kw)

    def to_python(self, value):
        regions = super().to_python(value)
        if wrong := [region.name for region in regions if region.kind != region.Kind.COUNTRY]:
            raise forms.ValidationError(f"Only countries can stand here, and {wrong[0]} is none.")
        return [region.code for region in regions]


class PhotoForm(FramingFields, forms.ModelForm):
    """``version`` and ``revision`` say what was on the page when it was opened."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    agency = PickField("source", required=False)
    supplier = PickField("source", required=False, help_text="Whom we have it from.")
    region = PickField("region", required=False)
    people = NamesField(label="People shown", help_text="From left to right, one a line.")
    keywords = NamesField(help_text="One a line.")
    territories = CountriesField(label="May be used in", help_text="None: everywhere.")
    excluded_territories = CountriesField(label="May not be used in")
    taken_at = NewsroomTimeField(required=False, label="Taken", help_text="Newsroom time.")
    usable_from = NewsroomTimeField(required=False, label="May be used from", help_text="Newsroom time.")
    usable_until = NewsroomTimeField(
        required=False, label="May be used until", help_text=Photo._meta.get_field("usable_until").help_text
    )

    class Meta:
        model = Photo
        fields = FIELDS
        labels = {
            "alt_text": "Alternative text",
            "provider_id": "Supplier’s number",
            "digital_source": "How it was made",
        }
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 3, "data-line": ""}),
            "alt_text": forms.Textarea(attrs={"rows": 2, "data-line": ""}),
            **{
                name: forms.Textarea(attrs={"rows": 2})
                for name in ("extended_description", "usage_terms", "instructions")
            },
        }

    def __init__(self, *args, user, **kw):
        super().__init__(*args, **kw)
        self.known = Known(user)
        for name, kind in (("agency", "source"), ("supplier", "source"), ("region", "region")):
            self.known.hold(kind, getattr(self.instance, name))
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.use(self.known)
        for name in ("focal_x", "focal_y"):
            self.fields[name].required = True

    def clean(self):
        super().clean()
        self.clean_framing()
        data = self.cleaned_data
        begins, ends = data.get("usable_from"), data.get("usable_until")
        if begins and ends and begins >= ends:
            self.add_error("usable_until", "The rights end before they begin.")
        return data

    def values(self) -> dict:
        """What was posted, by the picture's own fields. Instants stay as they were until another minute is given."""
        found = {name: self.cleaned_data[name] for name in FIELDS}
        for name in ("taken_at", "usable_from", "usable_until"):
            was = self.initial.get(name)
            if was and found[name] and was.replace(second=0, microsecond=0) == found[name]:
                found[name] = was
        return found
