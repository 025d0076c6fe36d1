"""Where a list of search results goes on: after which hit, never by page number."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import Http404

from articles.search import Found, Hit, Older

from .cursors import Cursor

_FORM = re.compile(r"(?:(\d{8}T\d{6})Z(b?))?(?:\.([01])\.([0-9a-zTZ-]+))?", re.ASCII)


@dataclass(frozen=True)
class Place:
    """A place among the results: in which stretch of the hits, and after which of these. Empty at the beginning."""

    older: Older | None = None
    after: tuple[bool, datetime, str] | None = None

    def __str__(self):
        older = f"{self.older.at.astimezone(UTC):%Y%m%dT%H%M%SZ}{'b' * self.older.beginning}" if self.older else ""
        after = f".{self.after[0]:d}.{Cursor(*self.after[1:])}" if self.after else ""
        return older + after

    @classmethod
    def read(cls, value: str):
        """The place that somebody sent. Raises ``Http404`` where it is not one of ours."""
        match = _FORM.fullmatch(value)
        if not match:
            raise Http404("No such place among the results.")
        second, beginning, in_head, cursor = match.groups()
        older = None
        if second:
            # The cursor of a story that was published then: the same years are allowed, the same are none.
            older = Older(Cursor.read(f"{second}000000Z-0").published_at, bool(beginning))
        return cls(older, (in_head == "1", *Cursor.read(cursor)) if cursor else None)


@dataclass(frozen=True)
class Page:
    hits: list[Hit]
    previous: Place | None
    next: Place | None


def page(found: Found, place: Place, size: int) -> Page:
    """The page of these results that begins at that place, with the places of its neighbours."""
    hits = found.hits
    start = sum(hit[:3] >= place.after for hit in hits) if place.after else 0
    end = start + size
    following = None
    if end < len(hits):
        following = Place(place.older, hits[end - 1][:3])
    elif found.older:
        following = Place(found.older)
    previous = None
    if start:
        first = max(0, start - size)
        previous = Place(place.older, hits[first - 1][:3] if first else None)
    return Page(hits[start:end], previous, following)
