"""Where a list goes on: after which story, by time and id, never by page number.

A cursor only says where to begin reading; whether the story that it names is there, or ever was, makes no difference.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Q
from django.http import Http404

PAGE = 24

_FORM = re.compile(r"(\d{8}T\d{6})(\d{6})Z-([0-9a-z]{1,16})", re.ASCII)


class Cursor(NamedTuple):
    published_at: datetime
    public_id: str

    def __str__(self):
        return f"{self.published_at.astimezone(UTC):%Y%m%dT%H%M%S%f}Z-{self.public_id}"

    @classmethod
    def of(cls, release):
        return cls(release.published_at, release.public_id)

    @classmethod
    def read(cls, value: str):
        """The cursor that somebody sent. Raises ``Http404`` where it is not one of ours."""
        match = _FORM.fullmatch(value)
        if not match:
            raise Http404("No such place in the list.")
        seconds, fraction, public_id = match.groups()
        try:
            at = datetime.strptime(f"{seconds}{fraction}", "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        except ValueError as error:
            raise Http404("No such place in the list.") from error
        if not 1800 <= at.year <= 2999:
            raise Http404("No such place in the list.")
        return cls(at, public_id)

    def older(self):
        """The condition of what stands below it in a list."""
        # The first condition is implied by the second, and is what an index can begin at.
        return Q(published_at__lte=self.published_at) & (
            Q(published_at__lt=self.published_at) | Q(public_id__lt=self.public_id)
        )


@dataclass
class Stretch:
    """One page of a list: its releases, newest first, and the cursors of its neighbours, or empty."""

    releases: list
    older: str = ""
    newer: str = ""
    is_first: bool = True


class AtTop(Exception):
    """Somebody went up and reached the first page, which has an address of its own."""


def asked(parameters) -> str:
    """What of a request says where in a list it is: the query of the page's own address, or nothing."""
    for name in ("after", "before"):
        if name in parameters:
            return f"?{name}={Cursor.read(parameters[name])}"
    return ""


def stretch(read, parameters, size: int = PAGE) -> Stretch:
    """The page of that list that a request asks for by ``?before=`` or ``?after=``. One query, at any depth.

    ``read`` gives so many listings of one place, as ``rows.page_of`` does. Raises ``Http404`` on a broken cursor,
    and :class:`AtTop`.
    """
    if "after" in parameters:
        cursor = Cursor.read(parameters["after"])
        releases = [row.release for row in read(size + 1, above=cursor)]
        if len(releases) <= size:
            raise AtTop
        releases = releases[:size][::-1]
        return Stretch(releases, str(Cursor.of(releases[-1])), str(Cursor.of(releases[0])), is_first=False)
    cursor = Cursor.read(parameters["before"]) if "before" in parameters else None
    releases = [row.release for row in read(size + 1, below=cursor)]
    older = str(Cursor.of(releases[size - 1])) if len(releases) > size else ""
    releases = releases[:size]
    newer = str(Cursor.of(releases[0])) if cursor and releases else ""
    return Stretch(releases, older, newer, is_first=cursor is None)
