"""What an address of the inbox asks for: ``?state=new&source=afp&urgency=3&q=harbour&sort=urgency``."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.conf import settings
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.http import urlencode

from articles import access, inbox, search
from articles.models import Source, WireBatch, WireRecord

SHOWN = 50
LOOKED_THROUGH = 2_000  # of the newest, by urgency or source
STATES = [
    ("new", "Waiting"),
    ("parked", "Parked"),
    ("quarantined", "Quarantined"),
    ("taken", "Taken"),
    ("attached", "Attached"),
    ("spiked", "Spiked"),
    ("replaced", "Replaced by newer"),
    ("known", "Nothing new"),
    ("all", "Everything"),
]
WHAT = {
    "kill": ("Kills and holds", ~Q(standing="usable")),
    "update": ("Newer texts of our stories", Q(is_offered=True)),
    "embargo": ("Under embargo", Q(embargo_until__isnull=False)),
    "conflict": ("With a warning", ~Q(warnings=[])),
}
SPANS = {"hour": ("in the last hour", 1), "day": ("in the last day", 24), "week": ("in the last week", 168)}
ORDERS = {"newest": "Newest first", "urgency": "Most urgent first", "source": "By source"}
# What no list needs of a record.
_HEAVY = ("content", "paragraphs", "signature", "unmapped", "article__body", "article__suggestions")


class QueueForm(forms.Form):
    """Each empty or one choice; what is not understood is an error."""

    q = forms.CharField(required=False, max_length=400, label="Words")
    sort = forms.ChoiceField(choices=list(ORDERS.items()), required=False, label="Order")
    state = forms.ChoiceField(choices=STATES, required=False)
    source = forms.ChoiceField(required=False)
    urgency = forms.ChoiceField(
        choices=[("", "Any"), *((str(n), f"{n} and more urgent") for n in range(1, 9))], required=False
    )
    what = forms.ChoiceField(
        choices=[("", "Any"), *((name, label) for name, (label, _) in WHAT.items())], required=False, label="Only"
    )
    language = forms.ChoiceField(choices=[("", "Any"), *settings.COPY_LANGUAGES], required=False)
    came = forms.ChoiceField(choices=[("", "At any time"), *((n, w) for n, (w, _) in SPANS.items())], required=False)
    batch = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, data):
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        sources = Source.objects.filter(wire_records__isnull=False).distinct().order_by("name")[:200]
        self.fields["source"].choices = [("", "Any"), *((one.code, str(one)) for one in sources)]

    def query(self, without: str = "") -> str:
        """All of it as an address has it, what is usual left out."""
        given = {name: self.data[name] for name in self.fields if self.data.get(name) and name != without}
        return urlencode({name: value for name, value in given.items() if (name, value) != ("state", "new")})

    def in_words(self):
        """Each filter that is set but words, order and state: name, label, what it is set to."""
        for name in ("source", "urgency", "what", "language", "came"):
            if (value := self.cleaned_data.get(name)) and name in self.fields:
                yield name, self[name].label.capitalize(), dict(self.fields[name].choices)[value]
        if self.cleaned_data.get("batch"):
            batch = WireBatch.objects.filter(public_id=self.cleaned_data["batch"]).first()
            yield "batch", "Import", str(batch or self.cleaned_data["batch"])


@dataclass
class Page:
    """A page of the queue, and where the next one begins; empty at the end."""

    records: list
    before: str = ""


def matching(user, form: QueueForm):
    """The records that this person may see and that the form asks for."""
    data, records = form.cleaned_data, inbox.visible_records(user)
    state = data["state"] or "new"
    if state != "all" and not (data["batch"] and not data["state"]):
        records = records.filter(state=state)
    if data["source"]:
        records = records.filter(source__code=data["source"])
    if data["urgency"]:
        records = records.filter(urgency__lte=int(data["urgency"]))
    if data["what"]:
        records = records.filter(WHAT[data["what"]][1])
    if data["language"]:
        records = records.filter(language=data["language"])
    if data["came"]:
        records = records.filter(created_at__gte=timezone.now() - timedelta(hours=SPANS[data["came"]][1]))
    if data["batch"]:
        records = records.filter(batch__public_id=data["batch"])
    if data["q"].strip():
        stories = search.find_articles(data["q"], access.visible_articles(user), limit=500)
        waiting = search.find_records(data["q"], records)
        records = records.filter(Q(pk__in=waiting) | Q(article__in=stories))
    return records.select_related("source", "article", "batch__desk").defer(*_HEAVY)


def page(user, form: QueueForm, before: str = "", after: int | None = None) -> Page:
    """The first records of that list, from a place in it on; with ``after``, those that came later than that one."""
    records, sort = matching(user, form), form.cleaned_data["sort"] or "newest"
    if after is not None:
        return Page(list(records.filter(pk__gt=after).order_by("-pk")[:SHOWN]))
    if sort == "newest":
        if before.isdecimal() and len(before) < 18:
            records = records.filter(pk__lt=int(before))
        found = list(records.order_by("-pk")[: SHOWN + 1])
        return Page(found[:SHOWN], str(found[SHOWN - 1].pk) if len(found) > SHOWN else "")
    newest = list(records.order_by("-pk").values_list("pk", flat=True)[:LOOKED_THROUGH])
    first = int(before) if before.isdecimal() and len(before) < 6 else 0
    among = WireRecord.objects.filter(pk__in=newest)
    keys = (
        [Coalesce("urgency", Value(9)), "-pk"] if sort == "urgency" else [Coalesce("source__name", "provider"), "-pk"]
    )
    chosen = list(among.order_by(*keys).values_list("pk", flat=True)[first : first + SHOWN + 1])
    held = {record.pk: record for record in records.filter(pk__in=chosen)}
    found = [held[pk] for pk in chosen if pk in held]
    return Page(found[:SHOWN], str(first + SHOWN) if len(chosen) > SHOWN else "")
