"""Files that come in: each is kept once, and what is here already, or looks like it, is recognised."""

import hashlib
import secrets
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, transaction

from articles import audit, search, text
from articles.models import FormerFile, Photo

from . import due, keeping, likeness, metadata, placing

_CUT = "The {} was longer than {} letters and was cut; all of it stands in what the file says."


@dataclass(frozen=True)
class Taken:
    """What became of a file. ``photo`` is the picture that it is now, or was already, or looks most like.

    ``outcome``: ``new`` it was taken in, ``same`` the very file was here, ``former`` it was here before another took
    its place, ``alike`` it looks like pictures that are here and was **not** taken in.
    """

    photo: Photo
    outcome: str
    alike: list[Photo] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.outcome == "new"


def look(data: bytes) -> Taken | metadata.Reading:
    """What would become of a file, without keeping anything: a :class:`Taken`, or the reading of one that is new.

    Raises :class:`UnusablePicture`.
    """
    if known := _known(hashlib.sha256(data).hexdigest()):
        return known
    reading = metadata.read(data)
    alike = likeness.find(reading.likeness)
    return Taken(alike[0], "alike", alike) if alike else reading


def take_in(data: bytes, *, name: str, by=None, keep_both: bool = False) -> Taken:
    """Keep a picture file as a ``Photo``, unless it is here already; see :class:`Taken`.

    What the file says fills the photo's fields. ``keep_both`` takes in what looks like a picture that is here.
    Raises :class:`UnusablePicture`. Public files are made by ``due.prepare``, which this enqueues.
    """
    digest = hashlib.sha256(data).hexdigest()
    if known := _known(digest):
        return known
    reading = metadata.read(data)
    alike = likeness.find(reading.likeness)
    if alike and not keep_both:
        return Taken(alike[0], "alike", alike)
    notes: list[str] = []
    photo = Photo(sha256=digest, original_name=text.clean_line(name)[:200], created_by=by)
    _fill(photo, reading, notes)
    _store(photo, data, reading)
    try:
        with transaction.atomic():
            photo.save()
            likeness.keep(photo)
            audit.log(by, "picture_added", photo, original_name=photo.original_name)
            keeping.record(photo, by, was=None, reason="Taken in")
            due.prepare.enqueue(photo.public_id)
    except DatabaseError as error:
        photo.original.storage.delete(photo.original.name)
        if isinstance(error, IntegrityError) and (known := _known(digest)):
            return known  # somebody sent the same file at the same moment
        raise
    return Taken(photo, "new", alike, tuple(notes))


def _known(digest):
    """The picture that has or had that very file."""
    if photo := Photo.objects.filter(sha256=digest).first():
        return Taken(photo, "same")
    if former := FormerFile.objects.select_related("photo").filter(sha256=digest).first():
        return Taken(former.photo, "former")
    return None


def _store(photo, data, reading):
    # The name that it came under is kept in the record; in storage it has one that nobody can guess.
    name = f"{secrets.token_hex(16)}.{reading.metadata['format'].lower()}"
    photo.original.save(name, ContentFile(data), save=False)


def _fill(photo, reading, notes) -> list[str]:
    """Write what a file says into the fields of a picture in which nothing stands. Gives the fields."""
    photo.width, photo.height, photo.likeness = reading.width, reading.height, reading.likeness
    photo.metadata = reading.metadata
    source = placing.source_of(reading.names)
    values = {**reading.fields, "region": placing.region_of(reading.place), "supplier": source, "agency": source}
    if not photo.taken_at:
        values |= {name: getattr(reading, name) for name in ("taken_at", "taken_offset", "taken_precision")}
    if not (photo.usable_from or photo.usable_until):
        values |= {"usable_from": reading.usable_from, "usable_until": reading.usable_until}
    filled = []
    for name, value in values.items():
        is_taken = name == "taken_precision" and values.get("taken_at")
        if value in (None, "", []) or (getattr(photo, name) and not is_taken):
            continue
        most = Photo._meta.get_field(name).max_length
        if isinstance(value, str):
            value = text.clean_line(value)
            if most and len(value) > most:
                notes.append(_CUT.format(Photo._meta.get_field(name).verbose_name, most))
                value = value[:most].rsplit(" ", 1)[0] or value[:most]
        setattr(photo, name, value)
        filled.append(name)
    return filled


@transaction.atomic
def replace_file(photo: Photo, data: bytes, *, name: str, by, seen: int | None) -> Photo:
    """Give a picture another file, and keep its words: what the new file says only fills fields that are empty.

    Public files are made anew; those that releases show stay until none does. Raises :class:`UnusablePicture`, also
    where another picture has that file, and ``keeping.StalePhoto``.
    """
    digest = hashlib.sha256(data).hexdigest()
    reading = metadata.read(data)
    locked = keeping.lock(photo, seen)
    if locked.sha256 == digest:
        return locked
    known = _known(digest)
    if known and known.photo != locked:
        raise metadata.opening.UnusablePicture(f"That file is here already, as “{known.photo}”.")
    was = keeping.snapshot(locked)
    FormerFile.objects.filter(sha256=digest, photo=locked).delete()
    FormerFile.objects.create(
        photo=locked,
        sha256=locked.sha256,
        original=locked.original.name,
        original_name=locked.original_name,
        metadata=locked.metadata,
    )
    locked.sha256, locked.original_name, locked.render_problem = digest, text.clean_line(name)[:200], ""
    _fill(locked, reading, [])
    _store(locked, data, reading)
    stored = locked.original
    try:
        keeping.record(locked, by, was=was, reason="Another file took its place")
        likeness.keep(locked)
        search.index_photos([locked])
    except BaseException:
        stored.storage.delete(stored.name)
        raise
    return locked
