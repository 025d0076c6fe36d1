"""A picture's words and rights as a person reads them; two versions of them compared; and what its file said."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.models import Photo, Region

from .photo_form import RIGHTS, SHOWS, WORDS
from .picking import Known
from .reading import Change
from .times import told

LABELS = {
    "headline": "Headline",
    "caption": "Caption",
    "alt_text": "Alternative text",
    "extended_description": "Description",
    "photographer": "Photographer",
    "credit": "Credit",
    "is_file_photo": "File photo",
    "agency": "Agency",
    "people": "People shown",
    "keywords": "Keywords",
    "city": "City",
    "region": "Region",
    "taken_at": "Taken",
    "taken_precision": "Known",
    "instructions": "Special instructions",
    "provider_id": "Supplier’s number",
    "digital_source": "How it was made",
    "licence": "Licence",
    "rights_holder": "Rights holder",
    "usage_terms": "Terms",
    "supplier": "Supplier",
    "cost_class": "Cost",
    "usable_from": "May be used from",
    "usable_until": "May be used until",
    "territories": "May be used in",
    "excluded_territories": "May not be used in",
    "focal_x": "Focal point, from the left",
    "focal_y": "Focal point, from the top",
    "keep_x": "Part to keep, from the left",
    "keep_y": "Part to keep, from the top",
    "keep_w": "Part to keep, width",
    "keep_h": "Part to keep, height",
    "original_name": "File",
    "width": "Width in pixels",
    "height": "Height in pixels",
}
_CHOICES = {"cost_class": dict(Photo.CostClass.choices), "taken_precision": dict(Photo.TakenPrecision.choices)}
_CODES = {"agency": "source", "supplier": "source", "region": "region"}
_CODES |= {"territories": "region", "excluded_territories": "region"}
_TIMES = ("taken_at", "usable_from", "usable_until")


def lines(name: str, value) -> list[str]:
    """One field in lines; none where it is empty."""
    if value in (None, "", [], False):
        return []
    if name in _CHOICES:
        return [_CHOICES[name].get(value, str(value))]
    if name in _TIMES:
        at = value if isinstance(value, datetime) else parse_datetime(value)
        return [told(at)] if at else [str(value)]
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    if value is True:
        return ["yes"]
    if isinstance(value, float):
        return [f"{value:.3f}".rstrip("0").rstrip(".")]
    return str(value).splitlines()


def words(photo: Photo) -> list[tuple[str, list[str]]]:
    """Its words, label by label, without what is empty."""
    return _shown(photo, (*WORDS, *SHOWS, "digital_source"))


def rights_fields(photo: Photo) -> list[tuple[str, list[str]]]:
    return _shown(photo, RIGHTS)


def _shown(photo, names):
    rows = [(LABELS[name], lines(name, getattr(photo, name))) for name in names]
    return [(label, found) for label, found in rows if found]


def changes(before: dict, after: dict) -> list[Change]:
    """The fields in which the second version of a picture's words differs from the first, names in place of codes."""
    differing = [name for name in LABELS if before.get(name) != after.get(name)]
    known = Known()
    for name in set(differing) & _CODES.keys():
        known.want(_CODES[name], [code for version in (before, after) for code in _listed(version.get(name))])

    def told(name, value):
        if name not in _CODES:
            return lines(name, value)
        return [str(known.get(_CODES[name], code) or code) for code in _listed(value)]

    return [Change(name, LABELS[name], told(name, before.get(name)), told(name, after.get(name))) for name in differing]


def _listed(value):
    return value if isinstance(value, list) else [value] if value else []


def rights(photo: Photo, now) -> str:
    """Whether and where it may be used: “May be used until Tue 3 March 2026, 14:00 Beirut (12:00 UTC).”"""
    if photo.usable_until and photo.usable_until <= now:
        said = f"Rights ended on {told(photo.usable_until)}: readers see it nowhere."
    elif photo.usable_from and photo.usable_from > now:
        until = f", and until {told(photo.usable_until)}" if photo.usable_until else ""
        said = f"May not be used before {told(photo.usable_from)}{until}."
    elif photo.usable_until:
        said = f"May be used until {told(photo.usable_until)}."
    else:
        said = "May be used without an end."
    return said + _where(photo)


def _where(photo):
    codes = [*photo.territories, *photo.excluded_territories]
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}

    def listed(some):
        return ", ".join(names.get(code, code) for code in some)

    only = f" Only in {listed(photo.territories)}." if photo.territories else ""
    never = f" Not in {listed(photo.excluded_territories)}." if photo.excluded_territories else ""
    return only + never


@dataclass(frozen=True)
class Said:
    """What the file said for one field, beside what stands there now."""

    name: str
    label: str
    said: str  # for people
    value: str  # for the form
    is_same: bool

    @property
    def control(self):
        return f"id_{self.name}"


# What can be taken over as it is: text, names, times.
_SAID = ("headline", "caption", "alt_text", "extended_description", "photographer", "credit", "people", "keywords")
_SAID += ("city", "taken_at", "instructions", "provider_id", "digital_source", "rights_holder", "usage_terms")


def said(photo: Photo) -> list[Said]:
    """What the file said, by field: the first version of the picture is what it came with."""
    first = photo.revisions.order_by("number").first()
    if first is None:
        return []
    found = []
    for name in _SAID:
        value, now = first.content.get(name), getattr(photo, name)
        if value in (None, "", []):
            continue
        if name in _TIMES:
            value = parse_datetime(value)
        found.append(Said(name, LABELS[name], "; ".join(lines(name, value)), _for_form(value), value == now))
    return found


def all_said(photo: Photo) -> list[tuple[str, str, str]]:
    """Everything that its file says, as (block, name, words)."""
    return [
        (block.upper(), name.replace("_", " "), _flat(value))
        for block in ("iptc", "xmp", "exif")
        for name, value in (photo.metadata.get(block) or {}).items()
        if value not in (None, "", [], {})
    ]


def _flat(value):
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')}: {_flat(one)}" for name, one in value.items())
    return "; ".join(map(_flat, value)) if isinstance(value, list) else str(value)


def _for_form(value):
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}"
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
