"""Two people's edits of one story put together, against the text that both began from.

Pure: content documents as :func:`articles.writing.snapshot` makes them go in, and come out. What does not overlap is
merged: field by field, in the text passage by passage, in lists entry by entry. What does is a :class:`Conflict`, with
what each of the two has; until somebody chooses, what stands now (``theirs``) is kept in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.merging import passages
from articles.merging.entries import Entries

CODES = ("regions", "topics")
ENTRIES = ("captions", "citations", "bylines")
# Words that somebody types; whatever else differs is chosen among what is there.
LINES = {"headline", "standfirst", "slugline", "dateline", "embargo_note"}

MINE, THEIRS, BOTH, OWN = "mine", "theirs", "both", "own"


@dataclass(frozen=True)
class Choice:
    """How a conflict is settled: by one of the two, by both one after the other, or in words of one's own."""

    how: str
    words: str = ""


@dataclass(frozen=True)
class Conflict:
    """One place where the two overlap, and what the ancestor and each of the two have there.

    ``kind`` is ``line`` (words), ``value`` (anything else with one value), ``passages`` (lists of blocks of the body),
    ``entry`` (one edits an entry that the other takes out), ``order`` and ``whole`` (a list), or ``lead`` (the entry
    that is the lead picture). ``part`` names the field of ``entry`` that it is about. ``after`` is the
    passage before it. ``base`` is None where there is no common ancestor.
    """

    key: str
    name: str
    kind: str
    base: object
    mine: object
    theirs: object
    part: str = ""
    entry: Mapping | None = None
    after: str = ""

    @property
    def ways(self) -> tuple[str, ...]:
        """How it may be settled."""
        if self.kind == "passages":
            return (MINE, THEIRS, BOTH, OWN) if self.mine and self.theirs else (MINE, THEIRS, OWN)
        return (MINE, THEIRS, OWN) if self.kind == "line" else (MINE, THEIRS)

    @property
    def is_confidential(self) -> bool:
        """Whether it is about a confidential source."""
        entries = [self.entry, *(self.mine, self.theirs) * (self.kind == "entry")]
        return any(entry.get("confidential") for entry in entries if entry)


@dataclass(frozen=True)
class Merge:
    """``content`` is the document with everything in it that does not overlap.

    ``came`` counts, by field, what the other editor changed that is now in it: passages of the body, entries of a list,
    1 for any other field; changes of confidential citations stand under ``confidential``.
    """

    content: dict
    conflicts: list[Conflict] = field(default_factory=list)
    came: dict[str, int] = field(default_factory=dict)


def merge(base: dict | None, mine: dict, theirs: dict, choices: Mapping[str, Choice] | None = None) -> Merge:
    """Put two documents together that began as ``base``; None where that is not known any more.

    ``choices`` settles conflicts by their keys, which are the same each time the same documents are merged. All
    conflicts are given, settled or not.
    """
    return _Merging(base, mine, theirs, choices or {}).run()


class _Merging:
    def __init__(self, base, mine, theirs, choices):
        self.base, self.mine, self.theirs, self.choices = base, mine, theirs, choices
        self.conflicts, self.came = [], {}

    def run(self):
        content = {name: self._field(name) for name in {**self.theirs, **self.mine}}
        return Merge(content, self.conflicts, {name: count for name, count in self.came.items() if count})

    def _field(self, name):
        base = self.base.get(name) if self.base else None
        mine, theirs = self.mine.get(name), self.theirs.get(name)
        if mine == theirs:
            return theirs
        if self.base and theirs == base:
            return mine
        if name == "body":
            return self._body(base, mine, theirs)
        if self.base and mine == base and name not in ENTRIES:
            self.came[name] = len({*base} ^ {*theirs}) or 1 if name in CODES else 1
            return theirs
        if name in (*CODES, *ENTRIES) and not self.base:
            return self.settle(name, name, "whole", None, mine, theirs)
        if name in CODES:
            return self._codes(name, base, mine, theirs)
        if name in ENTRIES:
            return Entries(self, name, base, mine, theirs).merged()
        return self.settle(name, name, "line" if name in LINES else "value", base, mine, theirs)

    def settle(self, key, name, kind, base, mine, theirs, *, part="", entry=None, after="", results=None):
        """Note a conflict and give what was chosen: of ``results`` (mine, theirs), where that is not what is shown."""
        self.conflicts.append(Conflict(key, name, kind, base, mine, theirs, part, entry, after))
        choice = self.choices.get(key) or Choice(THEIRS)
        if choice.how == OWN:
            return choice.words
        return (results or (mine, theirs))[choice.how != MINE]

    def _body(self, base, mine, theirs):
        texts = passages.cut(mine or ""), passages.cut(theirs or "")
        stretches = passages.merge(passages.cut(base or ""), *texts) if self.base else passages.compare(*texts)
        self.came["body"] = sum(stretch.came for stretch in stretches)
        if self.base and mine == base:
            return theirs
        blocks = []
        for stretch in stretches:
            if stretch.merged is None:
                blocks += self._passages(stretch, after=blocks[-1] if blocks else "")
            else:
                blocks += stretch.merged
        return passages.join(blocks)

    def _passages(self, stretch, after):
        key = f"body-{sum(conflict.name == 'body' for conflict in self.conflicts) + 1}"
        base, mine, theirs = list(stretch.base), list(stretch.mine), list(stretch.theirs)
        chosen = self.settle(key, "body", "passages", base if self.base else None, mine, theirs, after=after)
        choice = self.choices.get(key)
        if choice and choice.how == BOTH:
            return theirs + mine
        return passages.cut(chosen) if isinstance(chosen, str) else chosen

    def _codes(self, name, base, mine, theirs):
        kept = {code for code in {*mine, *theirs} if (code in mine and code in theirs) or code not in base}
        self.came[name] = len(({*base} ^ {*theirs}) - ({*base} ^ {*mine}))
        return self.order(name, base, mine, theirs, kept)

    def order(self, name, base, mine, theirs, kept, shown=list):
        """The ``kept`` of three lists in an order: a conflict where both have moved the same things differently."""
        shared = {*base} & {*mine} & {*theirs}
        before, one, other = ([item for item in items if item in shared] for items in (base, mine, theirs))
        by_theirs, by_mine = _in_order(theirs, mine, kept), _in_order(mine, theirs, kept)
        if other == before and one != before:
            return by_mine
        if one in (before, other):
            if one != other:
                self.came[name] = self.came.get(name) or 1
            return by_theirs
        return self.settle(
            f"{name}-order",
            name,
            "order",
            shown(_in_order(base, base, kept)),
            shown(by_mine),
            shown(by_theirs),
            results=(by_mine, by_theirs),
        )


def _in_order(first, second, kept):
    """What is kept, in the order of the first list; what only the second has follows what it follows there."""
    ordered = [item for item in first if item in kept]
    known = set(ordered)
    place = 0
    for item in second:
        if item in known:
            place = ordered.index(item) + 1
        elif item in kept:
            while place < len(ordered) and ordered[place] not in second:
                place += 1  # what the first list alone has at that place goes before
            ordered.insert(place, item)
            place += 1
    return ordered
