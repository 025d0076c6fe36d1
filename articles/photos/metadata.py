"""What a picture file says about itself, put together from EXIF, IPTC-IIM and XMP.

Of one thing said by several, XMP's is taken, or IIM's where a program that knows no XMP wrote it later; never what is
only the beginning of the other, because it had no room for more. EXIF comes last, but for the time. After the IPTC
Photo Metadata Standard 2023.2 and the Metadata Working Group's guidelines 2.0.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from articles import text

from . import dates, exif, iptc, likeness, opening, xmp

MOST_KEYWORDS, MOST_PEOPLE = 60, 60
# What cameras write where a caption would stand.
_NO_CAPTION = re.compile(
    r"(?:(?:OLYMPUS|MINOLTA|SAMSUNG|SONY|KODAK|Konica Minolta|PENTAX)\b.*(?:CAMERA|DSC)?|DCIM\S*|DSC\w*|IMG_\d+"
    r"|untitled|default|<?KENOX.*|screenshot|exif_jpeg_picture|charset=.*)",
    re.IGNORECASE,
)
_CC = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/([\d.]+)|publicdomain/(zero|mark)/)")


@dataclass
class Reading:
    """What a picture file says about itself. Sizes are in pixels, upright."""

    width: int
    height: int
    fields: dict  # caption, headline, credit, photographer, people, …: the desk's names
    taken_at: datetime | None = None
    taken_offset: int | None = None
    taken_precision: str = "time"
    usable_from: datetime | None = None
    usable_until: datetime | None = None
    place: dict = field(default_factory=dict)  # city, province, country, country_code
    names: list[str] = field(default_factory=list)  # who supplied it, or whose it is, the likeliest first
    likeness: str = ""
    metadata: dict = field(default_factory=dict)  # all that the file said, kept apart from what an editor writes


def read(data: bytes) -> Reading:
    """Size, likeness and metadata of a picture file. Raises :class:`UnusablePicture`."""
    image = opening.open_safely(data)
    width, height = image.size
    turned = exif.orientation(image)
    said = Said(image)
    # A small decoding finds a damaged file as well as a whole one does.
    opening.decode(image, (likeness.DRAFT, likeness.DRAFT))
    looks = likeness.of(image, turned)
    if turned in (5, 6, 7, 8):
        width, height = height, width
    return Reading(width, height, likeness=looks, **said.reading())


class Said:
    """What the three blocks of one file say."""

    def __init__(self, image):
        self.format = "JPEG" if image.format == "MPO" else image.format
        self.exif, self.iptc, self.xmp = exif.read(image), iptc.read(image), xmp.read(image)
        self.iptc_first = iptc.is_newer_than_xmp(image)

    def reading(self) -> dict:
        taken = self._taken()
        zone = timezone.get_default_timezone()
        from_, until = self._window()
        return {
            "fields": {name: value for name, value in self._fields().items() if value},
            "taken_at": taken.aware(zone) if taken else None,
            "taken_offset": taken.offset if taken else None,
            "taken_precision": taken.precision if taken else "time",
            "usable_from": from_ and from_.aware(zone),
            "usable_until": until and until.aware(zone),
            "place": self._place(),
            "names": self._names(),
            "metadata": {"format": self.format, "exif": self.exif, "iptc": self.iptc, "xmp": self.xmp},
        }

    def one(self, name) -> str:
        """What XMP and IIM say of that, the better of the two."""
        new, old = self.xmp.get(name) or "", self.iptc.get(name) or ""
        if isinstance(new, list) or isinstance(old, list):
            new, old = _together(new), _together(old)
        if new and old and new != old and self.iptc_first:
            return new if _is_cut(old, new, iptc.LIMITS.get(name)) else old
        return new or old

    def several(self, name) -> list[str]:
        new, old = self.xmp.get(name) or [], self.iptc.get(name) or []
        return (old or new) if self.iptc_first else (new or old)

    def _fields(self):
        described = self.exif.get("caption", "")
        described = "" if _NO_CAPTION.fullmatch(described) else described
        people = [*self.xmp.get("people", ()), *self.xmp.get("people_in_detail", ())]
        owners = self.xmp.get("copyright_owner") or self.xmp.get("owners") or []
        ids = [self.xmp.get("supplier_image_id"), self.one("job"), self.xmp.get("image_id")]
        windows = [word.strip() for word in self.exif.get("windows_keywords", "").split(";") if word.strip()]
        return {
            "headline": self.one("headline"),
            "caption": self.one("caption") or described or self.exif.get("windows_subject", ""),
            "alt_text": self.xmp.get("alt_text", ""),
            "extended_description": self.xmp.get("extended_description", ""),
            "credit": self.one("credit"),
            "photographer": self.one("byline")
            or _together(self.xmp.get("image_creator", []))
            or self.exif.get("byline", "")
            or self.exif.get("windows_author", ""),
            "people": list(dict.fromkeys(people))[:MOST_PEOPLE],
            "keywords": (self.several("keywords") or windows)[:MOST_KEYWORDS],
            "city": self._place().get("city", ""),
            "rights_holder": ", ".join(owners) or self.one("copyright") or self.exif.get("copyright", ""),
            "usage_terms": self.xmp.get("usage_terms", ""),
            "instructions": self.one("instructions"),
            "licence": _licence(self.xmp.get("rights_page") or next(iter(self.xmp.get("licensor_page", [])), "")),
            "provider_id": next((one for one in ids if one), ""),
            "digital_source": self.xmp.get("digital_source", "").rstrip("/").rpartition("/")[2],
        }

    def _place(self):
        """The place that the picture shows, as the standard's older fields have it; else as the newer ones do."""
        place = {name: self.one(name) for name in ("city", "province", "country", "country_code")}
        place = {name: value for name, value in place.items() if value}
        for newer in ("place_shown", "place_created"):
            for one in self.xmp.get(newer, ())[:1]:
                if not place or one.get("city") == place.get("city"):
                    place = {**one, **place}
        return place

    def _names(self):
        supplier = self.xmp.get("image_supplier", [])
        return [name for name in (*supplier, self.one("source"), self.one("credit")) if name]

    def _taken(self):
        told = self.exif
        candidates = [
            dates.exif(told.get("original_date", ""), told.get("original_offset") or told.get("offset", "")),
            dates.iim(self.iptc.get("date_created", ""), self.iptc.get("time_created", "")),
            dates.iso(self.xmp.get("date_created", "")),
            dates.iso(self.xmp.get("original_date", "")),
            dates.exif(told.get("digitised_date", ""), told.get("digitised_offset", "")),
        ]
        return dates.best([candidates[1], *candidates] if self.iptc_first else candidates)

    def _window(self):
        """From when to when it may be used, as the file says."""
        begin = dates.iso(self.xmp.get("licence_start", "")) or dates.iim(
            self.iptc.get("release_date", ""), self.iptc.get("release_time", "")
        )
        end = dates.iso(self.xmp.get("licence_end", "")) or dates.iim(
            self.iptc.get("expiry_date", ""), self.iptc.get("expiry_time", "")
        )
        if begin and end and end.wall <= begin.wall:
            return None, end
        return begin, end


def _together(names):
    """Several names as one line: “Lina Haddad and Omar Said”."""
    if isinstance(names, str):
        return names
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def _is_cut(short, long, octets):
    """Whether the one is the other's beginning, cut because its field holds no more."""
    return bool(octets) and len(short.encode()) >= octets - 4 and long.startswith(short.rstrip(" ."))


def _licence(page):
    found = _CC.search(page)
    if not found:
        return text.clean_line(page)
    if found[3]:
        return "CC0" if found[3] == "zero" else "Public domain"
    return f"CC {found[1].upper()} {found[2]}"
