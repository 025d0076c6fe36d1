"""When a picture was taken: the ways in which EXIF, IIM and XMP write it. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

_EXIF = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)(?:[ T](\d\d):(\d\d):(\d\d))?")
_IIM_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")
_IIM_TIME = re.compile(r"(\d\d)(\d\d)(\d\d)?\s*(.*)")
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(.*))?)?)?")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
FINEST = ("time", "day", "month", "year")


@dataclass(frozen=True)
class When:
    """A time by the clock where it was; ``offset`` in minutes east of UTC, None where it is not said."""

    wall: datetime
    offset: int | None = None
    precision: str = "time"

    def aware(self, zone) -> datetime:
        """The instant; ``zone`` is where the clock hung if nobody said."""
        if self.offset is None:
            return self.wall.replace(tzinfo=zone)
        return self.wall.replace(tzinfo=timezone(timedelta(minutes=self.offset)))


def exif(value: str, offset: str = "") -> When | None:
    """“2026:11:30 14:05:00” with “+02:00”."""
    found = _EXIF.match(value or "")
    return _when(found.groups()[:3], found.groups()[3:], offset) if found else None


def iim(day: str, time: str = "") -> When | None:
    """“20261130” with “140500+0200”. A month or day of 00 is not known."""
    found, clock = _IIM_DATE.match(day or ""), _IIM_TIME.match(time or "")
    if not found:
        return None
    return _when(found.groups(), clock.groups()[:3] if clock else (), clock.group(4) if clock else "")


def iso(value: str) -> When | None:
    """“2026-11-30T14:05:00+02:00”, or as much of it as there is."""
    found = _ISO.fullmatch((value or "").strip())
    return _when(found.groups()[:3], found.groups()[3:6], found.group(7) or "") if found else None


def _when(day, clock, offset):
    year, month, number = (int(part or 0) for part in day)
    precision = "year" if not month else "month" if not number else "time" if clock and clock[0] else "day"
    hour, minute, second = (int(part or 0) for part in clock) if precision == "time" else (0, 0, 0)
    try:
        wall = datetime(year, month or 1, number or 1, hour, minute, min(second, 59))
    except ValueError:
        return None
    if not date(1820, 1, 1) <= wall.date() <= date(2200, 1, 1):
        return None  # a camera whose clock was never set, or nonsense
    return When(wall, _minutes(offset), precision)


def _minutes(offset):
    offset = (offset or "").strip()
    if offset in ("Z", "z"):
        return 0
    found = _OFFSET.match(offset)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return (-minutes if found[1] == "-" else minutes) if minutes <= 15 * 60 else None


def best(candidates: list[When | None]) -> When | None:
    """The first of them; if another says the same time more closely, or in which zone it is, that one's."""
    found = [one for one in candidates if one]
    if not found:
        return None
    first = found[0]
    if first.precision != "time":
        wall = first.wall
        parts = {"day": 3, "month": 2, "year": 1}[first.precision]
        same = [one for one in found if one.wall.timetuple()[:parts] == wall.timetuple()[:parts]]
        first = min(same, key=lambda one: FINEST.index(one.precision))
    if first.offset is None and first.precision == "time":
        minute = first.wall.replace(second=0)
        zoned = (one for one in found if one.offset is not None and one.wall.replace(second=0) == minute)
        first = next(zoned, first)
    return first
