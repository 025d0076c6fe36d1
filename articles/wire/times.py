"""Times as providers write them -> aware datetimes.

A time without zone is read in the offset that the item's other times have, if it is not UTC's, and otherwise in the
newsroom's own zone (the process's, which Django sets from ``TIME_ZONE``); either way the item carries a warning.
"""

import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_EARLIEST, _LATEST = 1800, 2100
_TIME = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]\s?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)


class UnclearTime(Exception):
    """A time on which something depends, and which cannot be told. ``str`` says why, as a sentence."""


class Clock:
    """Reads the times of one item; ``warnings`` collects what was doubtful about them.

    ``printed`` are all of its times: one that names an offset tells how to read those that name none.
    """

    def __init__(self, printed: Iterable[str | None] = (), warnings: list[str] | None = None):
        self.warnings = [] if warnings is None else warnings
        self.own_zone: tzinfo | None = None
        for one in printed:
            offset = _offset(one or "")
            if offset and offset.utcoffset(None):
                self.own_zone = offset
                break

    def read(self, printed: str | None) -> datetime | None:
        """The time, None where there is none or where it cannot be told; then the item carries a warning."""
        if not (printed and printed.strip()):
            return None
        try:
            return self._read(printed)
        except UnclearTime as error:
            self._warn(f"time_unclear: {error}")
            return None

    def embargo(self, printed: str | None) -> datetime | None:
        """The end of an embargo; of two that a clock change makes possible, the later.

        Raises :class:`UnclearTime` if it cannot be told: no story is read whose embargo is not understood.
        """
        if not (printed and printed.strip()):
            return None
        return self._read(printed, fold=1)

    def _read(self, printed, fold=0):
        printed = " ".join(printed.split())[:60]
        found = _TIME.fullmatch(printed)
        try:
            moment = _local(found) if found else parsedate_to_datetime(printed)
        except (ValueError, TypeError, IndexError, OverflowError):
            raise UnclearTime(f"“{printed}” is no date that the calendar has.") from None
        if not _EARLIEST <= moment.year < _LATEST:
            raise UnclearTime(f"“{printed}” names the year {moment.year}, which cannot be meant.")
        zone = _offset(printed) if found else moment.tzinfo
        if zone:
            return moment.replace(tzinfo=zone)
        zone = self.own_zone or newsroom_zone()
        moment = moment.replace(tzinfo=zone, fold=fold)
        instant = moment.astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
            raise UnclearTime(f"“{printed}” falls into an hour that a clock change leaves out, and names no zone.")
        whose = "as the item's other times are" if self.own_zone else f"as {zone} time"
        self._warn(f"time_without_zone: “{printed}” names no zone and was read {whose}.")
        return instant

    def _warn(self, warning):
        if warning not in self.warnings:
            self.warnings.append(warning)


def newsroom_zone() -> tzinfo:
    """The zone of the newsroom; UTC where none is set."""
    try:
        return ZoneInfo(os.environ.get("TZ") or "UTC")
    except (ValueError, OSError, KeyError):
        return UTC


def _local(found):
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    return datetime(year, month, day, hour, minute, min(second, 59))


def _offset(printed):
    """The zone that the printed time names, None if it names none."""
    found = _TIME.fullmatch(" ".join(printed.split()))
    if not found or not found[7]:
        return None
    name = found[7].upper()
    if name in ("Z", "UTC", "GMT"):
        return UTC
    digits = name[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset > timedelta(hours=15):
        return None
    return timezone(-offset if name[0] == "-" else offset)
