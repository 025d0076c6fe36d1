"""Which of two versions of an item is the newer, and what of it has changed beside its words. No database here."""

import re
from dataclasses import dataclass
from datetime import datetime

from articles.wire.items import Standing, Usage, WireItem

_NUMBERS = re.compile(r"\d+|\D+")


@dataclass(frozen=True)
class Facts:
    """What a provider says of a version that decides what may be done with it."""

    standing: str = Standing.USABLE
    embargo_until: datetime | None = None
    no_archive: bool = False
    no_syndication: bool = False
    territories: tuple[str, ...] = ()
    excluded_territories: tuple[str, ...] = ()
    delete_by: datetime | None = None

    @classmethod
    def of(cls, item: WireItem) -> "Facts":
        usage: Usage = item.usage
        return cls(
            item.standing,
            item.embargo_until,
            usage.no_archive,
            usage.no_syndication,
            tuple(usage.territories),
            tuple(usage.excluded_territories),
            usage.delete_by,
        )


@dataclass(frozen=True)
class Version:
    """A version of an item that is on record."""

    number: str
    sent_at: datetime | None
    text: str
    facts: Facts


def of(item: WireItem, text: str) -> Version:
    """That item as a version, its text by the hash of it."""
    return Version(item.version.strip(), item.sent_at, text, Facts.of(item))


def order(one: Version, other: Version) -> int:
    """1 where the first is the newer, -1 where it is the older, 0 where nothing tells them apart.

    By their numbers where both have one and these differ, otherwise by when they were sent.
    """
    if one.number and other.number and one.number != other.number:
        a, b = _natural(one.number), _natural(other.number)
        return (a > b) - (a < b)
    if one.sent_at and other.sent_at:
        return (one.sent_at > other.sent_at) - (one.sent_at < other.sent_at)
    return 0


def _natural(number):
    """“10” after “9”, “2.10” after “2.9”; letters by themselves."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _NUMBERS.findall(number)]


SAME, OLDER, CONFLICT, NEWER, FACTS, AFTER_KILL, KILL = (
    "same", "older", "conflict", "newer", "facts", "after_kill", "kill"
)  # fmt: skip


def compare(new: Version, known: list[Version]) -> str:
    """What a version is beside those on record of the same item, in the order in which they came.

    ``SAME``: nothing new. ``OLDER``: another is newer. ``CONFLICT``: a number that is known, with another text.
    ``NEWER``: a newer text. ``FACTS``: the newest text, of which its provider now says something else. ``KILL``: it
    withdraws the item. ``AFTER_KILL``: it was withdrawn before this version came.
    """
    killed = [one for one in known if one.facts.standing == Standing.CANCELED]
    if new.facts.standing == Standing.CANCELED:
        return SAME if any(order(new, one) <= 0 for one in killed) else KILL
    if any(order(new, one) <= 0 for one in killed):
        return AFTER_KILL
    if not known:
        return NEWER
    newest = known[0]
    for one in known[1:]:
        newest = one if order(one, newest) >= 0 else newest
    if any(one.text == new.text and one.number == new.number and one.facts == new.facts for one in known):
        return SAME
    placed = order(new, newest)
    if placed < 0:
        return OLDER
    if newest.text == new.text:
        return SAME if newest.facts == new.facts else FACTS
    if placed == 0 and any(one.text == new.text for one in known):
        return SAME  # an earlier text again
    return CONFLICT if placed == 0 and new.number and new.number == newest.number else NEWER
