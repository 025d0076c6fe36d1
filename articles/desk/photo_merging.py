"""A save of a picture's words that began from an older version: what only one of two people has changed is theirs."""

from copy import copy

from articles import photos
from articles.models import Photo

from . import photo_reading


def merge(photo: Photo, values: dict, *, opened: int) -> tuple[dict, list[str]]:
    """What to write of those values to the picture as it stands, and the fields that both have changed.

    ``opened`` is the number of the version that stood on the page when its writer began. Where it is not known, all
    that differs overlaps.
    """
    began = photo.revisions.filter(number=opened).first()
    typed = copy(photo)
    for name, value in values.items():
        setattr(typed, name, value)
    mine, theirs = photos.snapshot(typed), photos.snapshot(photo)
    base = began.content if began else theirs
    changed = [name for name in values if mine[name] != base.get(name)]
    overlap = [name for name in changed if theirs[name] != mine[name] and (not began or theirs[name] != base.get(name))]
    return {name: values[name] for name in changed}, overlap


def show_theirs(form, photo: Photo, names: list[str]) -> None:
    """Put what stands now beside those fields of the form."""
    for name in names:
        form.fields[name].theirs = photo_reading.lines(name, getattr(photo, name))


def newest_number(photo: Photo) -> int:
    return photo.revisions.values_list("number", flat=True).first() or 0
