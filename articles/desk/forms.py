"""The story editor's forms. Together they show a content document, and read one back from what was posted."""

from datetime import UTC

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django_prose_editor.fields import ProseEditorFormField

from articles import access, advice, text
from articles.models import Article, Desk

from .pick_fields import PickField, PickManyField
from .picking import Known, sees_confidential
from .row_forms import STORY_FORM, Bylines, Captions, Citations
from .times import NewsroomTimeField

# What the body editor offers is what ``text.sanitise`` lets through.
BODY_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "Blockquote": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Link": {"enableTarget": False, "protocols": sorted(text.URL_SCHEMES)},
    "HorizontalRule": True,
    "HardBreak": True,
    "Superscript": True,
    "Subscript": True,
    "History": True,
}
_SIDE = ("desk", "language", "urgency", "breaking", "slugline", "dateline", "regions", "topics", "translation_of")
_SIDE += ("embargo_until", "embargo_note")
_LINES = ("headline", "standfirst", "slugline", "dateline", "embargo_note")


class StoryForm(forms.ModelForm):
    """The story's own fields. ``version`` and ``revision`` say what was on the page when it was opened."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    body = ProseEditorFormField(required=False, label="Text", extensions=BODY_EXTENSIONS, sanitize=text.sanitise)
    desk = forms.ModelChoiceField(Desk.objects.all(), to_field_name="code", empty_label=None)
    urgency = forms.TypedChoiceField(
        coerce=int,
        choices=[(1, "1 – flash"), (2, "2"), (3, "3"), (4, "4 – ordinary"), (5, "5"), (6, "6"), (7, "7"), (8, "8")],
    )
    regions = PickManyField("region", required=False, help_text="What it is about. The first is the chief one.")
    topics = PickManyField("topic", required=False, help_text="The first is the chief one.")
    translation_of = PickField("story", required=False, help_text=Article._meta.get_field("translation_of").help_text)
    embargo_until = NewsroomTimeField(
        required=False, label="Embargo until", help_text="Newsroom time. Nothing crosses it, a schedule least of all."
    )

    class Meta:
        model = Article
        fields = ("headline", "standfirst", "body", "language", *_LINES[2:], "urgency", "breaking", "desk")
        fields += ("embargo_until", "translation_of")
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 1, "data-line": "", "aria-describedby": "headline-meter"}),
            "standfirst": forms.Textarea(attrs={"rows": 2, "data-line": "", "aria-describedby": "standfirst-meter"}),
        }

    def __init__(self, *args, user, known, shown, article=None, **kw):
        super().__init__(*args, **kw)
        self.user, self.shown, self.article = user, shown, article
        for name in ("regions", "topics", "translation_of"):
            self.fields[name].use(known)
        self.fields["embargo_until"].widget.attrs["data-clock"] = timezone.get_current_timezone_name()
        for name in _SIDE:
            self.fields[name].widget.attrs["form"] = STORY_FORM
        desks = Desk.objects.all()
        if not access.spans_desks(user):
            desks = desks.filter(pk__in=access.working_desk_ids(user) | {article.desk_id if article else 0})
        # Once a page: a choice field asks for its choices anew whenever somebody looks at them.
        self.fields["desk"].queryset = desks
        self.fields["desk"].choices = [(desk.code, str(desk)) for desk in desks]
        self.fields["headline"].widget.attrs["autofocus"] = article is None

    @property
    def headline_limits(self):
        return advice.HEADLINE_LIMITS.items()

    @property
    def standfirst_limits(self):
        return advice.STANDFIRST_LIMITS.items()

    def clean_translation_of(self):
        original = self.cleaned_data["translation_of"]
        if original is None or original.public_id == self.shown["translation_of"]:
            return original
        if self.article and original.pk == self.article.pk:
            raise forms.ValidationError("A story is no translation of itself.")
        if not access.visible_articles(self.user).filter(pk=original.pk).exists():
            raise forms.ValidationError("That choice is no longer there. Choose another.")
        return original

    def fields_of_content(self) -> dict:
        data = self.cleaned_data
        until = data["embargo_until"]
        if until and self.shown["embargo_until"]:
            # The page shows whole minutes; what was set to the second stays so until somebody changes it.
            kept = parse_datetime(self.shown["embargo_until"]).astimezone(UTC)
            until = kept if kept.replace(second=0, microsecond=0) == until else until
        return {
            **{name: text.clean_line(data[name]) for name in _LINES},
            **{name: data[name] for name in ("body", "language", "urgency", "breaking")},
            "desk": data["desk"].code,
            "embargo_until": until.isoformat() if until else None,
            "translation_of": data["translation_of"].public_id if data["translation_of"] else None,
            "regions": [region.code for region in data["regions"]],
            "topics": [topic.code for topic in data["topics"]],
        }


class StoryForms:
    """All of the editor at once: shows ``shown`` (a content document), reads ``data`` if it was posted."""

    def __init__(self, user, shown: dict, *, version: int, revision: int = 0, article=None, data=None, known=None):
        known = known or Known(user)
        self.shown, self.user = shown, user
        kw = {"known": known, "user": user}
        until = parse_datetime(shown["embargo_until"]) if shown["embargo_until"] else None
        self.story = StoryForm(
            data,
            initial={**shown, "embargo_until": until, "version": version, "revision": revision},
            shown=shown,
            article=article,
            **kw,
        )
        self.captions = Captions(data, prefix="captions", initial=shown["captions"], **kw)
        self.citations = Citations(data, prefix="citations", initial=self._open_citations(), **kw)
        self.bylines = Bylines(data, prefix="bylines", initial=shown["bylines"], **kw)
        self.lists = (self.captions, self.citations, self.bylines)
        self._read_ahead(known, data)

    def _hidden(self):
        """The confidential citations that this user does not see, each with its place in the list."""
        if sees_confidential(self.user):
            return []
        return [(place, one) for place, one in enumerate(self.shown["citations"]) if one["confidential"]]

    def _open_citations(self):
        hidden = {place for place, _ in self._hidden()}
        return [one for place, one in enumerate(self.shown["citations"]) if place not in hidden]

    @property
    def hidden_citations(self):
        return len(self._hidden())

    def _read_ahead(self, known, data):
        """Tell what the page will name, so that it is read in one query a kind."""
        shown = self.shown
        known.want("region", data.getlist("regions") if data else shown["regions"])
        known.want("topic", data.getlist("topics") if data else shown["topics"])
        known.want("story", [data.get("translation_of") if data else shown["translation_of"]])
        for kind, rows, names in (
            ("photo", "captions", ("photo",)),
            ("source", "citations", ("source", "via")),
            ("confidential", "citations", ("confidential",)),
            ("author", "bylines", ("author",)),
        ):
            if data:
                pairs = [pair for pair in data.items() if pair[0].startswith(f"{rows}-")]
                known.want(kind, [value for key, value in pairs if key.rsplit("-", 1)[-1] in names])
            else:
                known.want(kind, [entry[name] for entry in shown[rows] for name in names])

    def is_valid(self) -> bool:
        return all([self.story.is_valid(), *(rows.is_valid() for rows in self.lists)])

    @property
    def media(self):
        return self.story.media

    def content(self) -> dict:
        """What was posted, as a content document. What this user does not see stays as ``shown`` has it."""
        citations = self.citations.entries()
        for place, one in self._hidden():
            citations.insert(min(place, len(citations)), one)
        return {
            **self.shown,
            **self.story.fields_of_content(),
            "bylines": self.bylines.entries(),
            "citations": citations,
            "captions": [self._with_what_follows(entry) for entry in self.captions.entries()],
        }

    def _with_what_follows(self, entry):
        """What this form does not edit follows the picture, or its caption: how the copy printed the credit and named
        the file.
        """
        captions = list(reversed(self.shown["captions"]))
        of_photo = {one["photo"]: one for one in captions if one["photo"]}
        of_words = {one["caption"]: one for one in captions if one["caption"]}
        same_photo, same_words = of_photo.get(entry["photo"], {}), of_words.get(entry["caption"], {})

        def followed(name):
            return same_words.get(name) or same_photo.get(name)

        rare = {"framing": entry["framing"], "awaited_file": followed("awaited_file")}
        entry = {name: value for name, value in entry.items() if name not in rare}
        return {
            **entry,
            **{name: value for name, value in rare.items() if value},
            "credit_raw": followed("credit_raw") or "",
        }


def blank(desk_code: str | None) -> dict:
    """The content of a story that nobody has written yet."""
    return {
        **dict.fromkeys(("headline", "standfirst", "body", "slugline", "dateline", "embargo_note"), ""),
        "language": "en",
        "urgency": 4,
        "breaking": False,
        "embargo_until": None,
        "desk": desk_code,
        "translation_of": None,
        **{name: [] for name in ("regions", "topics", "bylines", "citations", "captions")},
    }
