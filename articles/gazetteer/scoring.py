"""How much a story says of each place, and whether that makes it a story about the place.

The weights and thresholds were set on the stories in ``tests/samples/places``; each rule there has a name.
"""

from dataclasses import dataclass, field

from .index import Hit

_VIA = {"name": 1.0, "alias": 1.0, "capital": 0.9, "town": 0.9, "demonym": 0.7, "actor": 1.0}
_WHERE = {"headline": 4.0, "dateline": 2.0, "lead": 2.5, "second": 1.3, "body": 1.0, "caption": 0.9}


@dataclass
class Tally:
    """What a story says of one place."""

    weight: float = 0.0
    count: int = 0
    first: int = 0
    via: str = ""
    chief: Hit | None = None  # the one that says most
    most: float = 0.0
    best: float = 0.0
    headline: float = 0.0
    lead: float = 0.0
    dateline: bool = False
    caption: bool = False
    paragraphs: set[int] = field(default_factory=set)
    in_line: dict[tuple[str, int], int] = field(default_factory=dict)


def count(tally: Tally, hit: Hit, via: str, share: float = 1.0) -> None:
    """Adds one hit to what is said of a place. Each further mention in the same line counts half of the one before."""
    line = hit.line
    strength = hit.factor * _VIA[via] * share
    here = (line.where, line.number)
    again = tally.in_line.get(here, 0)
    tally.in_line[here] = again + 1
    said = strength * _WHERE[line.where]
    tally.weight += said * 0.5 ** min(again, 50)
    if said > tally.most:
        tally.most, tally.chief = said, hit
    tally.count += 1
    if tally.count == 1:
        tally.first = line.starts[hit.first]
    if strength > tally.best:
        tally.best, tally.via = strength, via
    if line.where == "headline":
        tally.headline = max(tally.headline, strength)
    elif line.where == "dateline":
        tally.dateline = True
    elif line.where == "caption":
        tally.caption = tally.caption or strength >= 0.5
    else:
        if line.where == "lead":
            tally.lead = max(tally.lead, strength)
        if strength >= 0.4:
            tally.paragraphs.add(line.number)


def is_about(tally: Tally, top: float, headed: bool, length: int) -> bool:
    """Whether a story is about a country, or set in it, rather than naming it in passing."""
    share = tally.weight / top if top else 0.0
    spread = len(tally.paragraphs)
    if tally.headline >= 0.4:
        return share >= 0.15
    if tally.headline >= 0.2 and (tally.lead >= 0.4 or spread):
        return share >= 0.25
    if tally.lead >= 0.75:
        return share >= 0.25 or (not headed and share >= 0.2)
    if tally.lead >= 0.6 and share >= 0.4:  # an adjective alone: "a Belgian", "Egyptian men"
        return True
    if tally.dateline and spread:
        return share >= 0.2
    if tally.lead >= 0.4 and spread >= 2:
        return share >= 0.25
    if spread >= 2 and spread * 2 >= length:
        return share >= 0.2
    if spread >= 3:
        return share >= 0.3
    if spread == 2:
        return share >= 0.4
    if spread and tally.count >= 3 and share >= 0.5:
        return True
    if tally.caption and spread:
        return share >= 0.3
    return share >= 0.8 and (not headed or share == 1.0)


def is_set_in(tally: Tally, whole: Tally, seat: bool) -> bool:
    """Whether a story of a country is a story of this province."""
    share = tally.weight / whole.weight if whole.weight else 0.0
    if seat and not tally.headline and whole.headline >= 0.9:
        return False  # the capital, in a story of the whole country
    if tally.via == "town" and not tally.headline:
        return share >= 0.4
    if tally.headline or tally.lead >= 0.6:
        return share >= 0.15
    return share >= 0.3 or (tally.caption and share >= 0.1) or (len(tally.paragraphs) > 1 and share >= 0.2)


def is_named_large(tally: Tally) -> bool:
    """Whether a story is about a grouping, sub-region or continent: named as such, not only as an adjective."""
    if tally.via not in ("name", "alias"):
        return False
    return tally.headline >= 0.5 or tally.lead >= 0.9 or len(tally.paragraphs) > 1
