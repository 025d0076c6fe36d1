"""What the library of pictures is narrowed to: ``?rights=usable&region=SY&used=no…``, each empty or one choice."""

from datetime import timedelta

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models import Photo, PhotoCaption, Region

from .address_form import AddressForm
from .keyset import Order
from .photo_uses import stale_uses
from .pick_fields import PickField
from .picking import Known
from .times import NewsroomTimeField

EXPIRING = timedelta(days=7)

RIGHTS = {
    "usable": "usable now",
    "ending": "end within a week",
    "lapsed": "have lapsed",
    "later": "begin later",
}
USED = {"yes": "in stories", "no": "in none"}
LACKS = {"alt": "alternative text", "caption": "a caption", "credit": "a credit", "region": "a region"}
WAITS = {"stale": "stories still say the old words"}
WHOSE = {"mine": "added by me"}
KINDS = {"file": "file photos", "new": "not file photos"}

NEWEST = Order("Newest first", ("-created_at", "-id"))
ORDERS = {
    "newest": NEWEST,
    "oldest": Order("Oldest first", ("created_at", "id")),
    "ending": Order("Rights that end soonest", ("usable_until", "id")),
}
FOUND = Order("Newest first", ("-id",))  # what is searched for: the order of the search's own index


def _any(names, words):
    return [("", words), *names.items()]


class PhotoFilterForm(AddressForm):
    """What is not understood is an error, and then nothing may be listed."""

    q = forms.CharField(required=False, max_length=400, label="Words")
    rights = forms.ChoiceField(choices=_any(RIGHTS, "Any"), required=False)
    used = forms.ChoiceField(choices=_any(USED, "Or not"), required=False)
    region = PickField("region", required=False, help_text="With everything that lies in it.")
    supplier = PickField("source", required=False, help_text="Whom we have it from, or the agency.")
    lacks = forms.ChoiceField(choices=_any(LACKS, "Whatever"), required=False)
    waits = forms.ChoiceField(choices=_any(WAITS, "Whatever"), required=False, label="Corrections")
    whose = forms.ChoiceField(choices=_any(WHOSE, "By anybody"), required=False)
    kind = forms.ChoiceField(choices=_any(KINDS, "Either"), required=False)
    taken_from = NewsroomTimeField(required=False, label="Taken from")
    taken_to = NewsroomTimeField(required=False, label="to")

    def __init__(self, data, user):
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        self.user = user
        known = Known(user)
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.use(known)

    def label_of(self, name):
        return "Taken until" if name == "taken_to" else super().label_of(name)

    def pictures(self):
        """The pictures that meet the filters, whatever the words. Call it on a form that is valid."""
        data, now = self.cleaned_data, timezone.now()
        found = Photo.objects.all()
        if data["rights"]:
            found = _RIGHTS[data["rights"]](found, now)
        if data["used"]:
            used = Exists(PhotoCaption.objects.filter(photo=OuterRef("pk")))
            found = found.filter(used if data["used"] == "yes" else ~used)
        if data["region"]:
            found = found.filter(_within(data["region"]))
        if data["supplier"]:
            found = found.filter(Q(supplier=data["supplier"]) | Q(agency=data["supplier"]))
        if data["lacks"]:
            found = found.filter(_LACKS[data["lacks"]])
        if data["waits"]:
            found = found.filter(Exists(stale_uses().filter(photo=OuterRef("pk"))))
        if data["whose"]:
            found = found.filter(created_by=self.user)
        if data["kind"]:
            found = found.filter(is_file_photo=data["kind"] == "file")
        if data["taken_from"]:
            found = found.filter(taken_at__gte=data["taken_from"])
        if data["taken_to"]:
            found = found.filter(taken_at__lt=data["taken_to"])
        return found


_RIGHTS = {
    "usable": lambda photos, now: photos.usable(now),
    "ending": lambda photos, now: photos.filter(usable_until__gt=now, usable_until__lte=now + EXPIRING),
    "lapsed": lambda photos, now: photos.filter(usable_until__lte=now),
    "later": lambda photos, now: photos.filter(usable_from__gt=now),
}
_LACKS = {
    "alt": Q(alt_text=""),
    "caption": Q(caption=""),
    "credit": Q(credit="", photographer=""),
    "region": Q(region=None),
}


def _within(region):
    places = [region, *region.members.all()] if region.kind == Region.Kind.GROUPING else [region]
    within = Q()
    for place in places:
        within |= Q(region__in=Region.objects.under(place).values("pk"))
    return Q(region=region) | within
