"""Changing a picture at the photo desk: nobody saves over what they have not seen, and every version is kept."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import audit, search
from articles.models import Photo, PhotoRevision, Region, Source

from . import due, framing, rights

WORDS = ("headline", "caption", "alt_text", "extended_description", "credit", "photographer", "is_file_photo", "agency")
WORDS += ("people", "keywords", "city", "region", "taken_at", "taken_offset", "taken_precision", "instructions")
WORDS += ("provider_id", "digital_source")
RIGHTS = ("supplier", "cost_class", "licence", "rights_holder", "usage_terms", "territories", "excluded_territories")
RIGHTS += ("usable_from", "usable_until")
FRAMING = ("focal_x", "focal_y", "keep_x", "keep_y", "keep_w", "keep_h")
FIELDS = (*WORDS, *RIGHTS, *FRAMING)
FILE = ("sha256", "original_name", "width", "height")
_NAMED = {"agency": Source, "supplier": Source, "region": Region}
_TIMES = ("taken_at", "usable_from", "usable_until")


class StalePhoto(Exception):
    """Somebody else has changed the picture since it was read. Carries it as it stands now."""

    def __init__(self, photo: Photo):
        self.photo = photo
        super().__init__("Somebody else has changed this picture since you opened it. Nothing was overwritten.")


class NotSound(ValueError):
    """What was to be written is no caption, credit, right or framing; the message says why."""


def lock(photo: Photo, seen: int | None) -> Photo:
    """The picture's row, locked to the end of the transaction.

    Raises :class:`StalePhoto` if ``seen`` is given and is not its version.
    """
    locked = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if seen is not None and locked.version != seen:
        raise StalePhoto(locked)
    return locked


def snapshot(photo: Photo) -> dict:
    """What a version of a picture holds, as one JSON document: sources and regions by their lasting codes."""
    content = {name: getattr(photo, name) for name in (*FIELDS, *FILE)}
    content |= {name: thing.code if (thing := getattr(photo, name)) else None for name in _NAMED}
    return content | {name: value.isoformat() if (value := getattr(photo, name)) else None for name in _TIMES}


@transaction.atomic
def change(photo: Photo, values: dict, by, *, seen: int | None, reason: str = "") -> PhotoRevision | None:
    """Write those fields (any of ``FIELDS``) and keep the version; gives it, or None where nothing changed.

    ``seen`` is the version that the writer saw. Files that have become others are made in the background; rights that
    end earlier end on the pages of live stories too. Raises :class:`StalePhoto` and :class:`NotSound`.
    """
    locked = lock(photo, seen)
    was = snapshot(locked)
    for name, value in values.items():
        if name not in FIELDS:
            raise NotSound(f"“{name}” is nothing that is written at the photo desk.")
        setattr(locked, name, _sound(name, value))
    _check(locked)
    if snapshot(locked) == was:
        return None
    return record(locked, by, was=was, reason=reason)


def record(locked: Photo, by, *, was: dict | None, reason: str) -> PhotoRevision:
    """Save a locked picture as its next version, with all that follows from it. ``was`` is its snapshot until now."""
    newest = locked.revisions.aggregate(newest=Max("number"))["newest"] or 0
    if was is not None and not newest:  # taken in before versions were kept
        newest = 1
        PhotoRevision.objects.create(
            photo=locked, number=1, content=was, created_at=locked.created_at, reason="As it stood"
        )
    locked.version += was is not None
    locked.save()
    now = snapshot(locked)
    revision = PhotoRevision.objects.create(
        photo=locked,
        number=newest + 1,
        content=now,
        author=by,
        author_name=audit.staff_name(by),
        reason=reason[:300],
        created_at=timezone.now(),
    )
    search.index_photos([locked])
    if was is not None:
        changed = [name for name, value in now.items() if was.get(name) != value]
        audit.log(by, "picture_changed", locked, reason=reason, version=revision.number, fields=changed)
        before = Photo(**{name: was[name] for name in _RECIPE})
        if framing.crop_recipe(before) != framing.crop_recipe(locked):
            due.prepare_again(locked)
        if was["usable_until"] != now["usable_until"]:
            rights.follow(locked)
    return revision


_RECIPE = (*framing.WRITTEN_IN, *FRAMING)


@transaction.atomic
def restore(photo: Photo, revision: PhotoRevision, by, *, seen: int) -> PhotoRevision | None:
    """Make the picture's words, rights and framing again what they were at that version. The file stays what it is."""
    values = {}
    for name in FIELDS:
        value = revision.content.get(name, getattr(photo, name))
        if name in _NAMED:
            value = _NAMED[name].objects.filter(code=value).first() if value else None
        elif name in _TIMES:
            value = parse_datetime(value) if value else None
        values[name] = value
    return change(photo, values, by, seen=seen, reason=f"Restored version {revision.number}")


def _sound(name, value):
    field = Photo._meta.get_field(name)
    if name in ("people", "keywords"):
        return [word for one in value or [] if (word := " ".join(str(one).split())[:160])][:100]
    if name in ("territories", "excluded_territories"):
        return rights.country_codes(value or [])
    value = field.to_python(value) if name not in _NAMED else value
    if isinstance(value, str) and field.max_length and len(value) > field.max_length:
        raise NotSound(f"The {field.verbose_name} is longer than {field.max_length} letters.")
    return value


def _check(photo):
    keep = [getattr(photo, name) for name in FRAMING[2:]]
    if any(part is None for part in keep) and any(part is not None for part in keep):
        raise NotSound("The part to keep has four numbers: left, top, width and height.")
    how = {"focus": [photo.focal_x, photo.focal_y], "keep": None if keep[0] is None else keep}
    if why := framing.problem(how):
        raise NotSound(why)
    if photo.usable_from and photo.usable_until and photo.usable_until <= photo.usable_from:
        raise NotSound("The rights end before they begin.")
