"""Two people's edits of one list of a story put together: its pictures, its sources, its bylines.

The entries are merged one by one, and each field by field. Part of :mod:`articles.merging`, whose merge of the whole
story is given, and told of conflicts and of what came.
"""

from difflib import SequenceMatcher

# Words that somebody types; whatever else differs is chosen among what is there.
_LINES = {"caption", "alt_text", "credit", "photographer", "text", "as_printed"}
# What nobody edits follows what stands.
_FOLLOWS = {"credit_raw", "awaited_file"}


class Entries:
    """One list of entries: those of the three documents that are the same thing go by one number."""

    def __init__(self, story, name, base, mine, theirs):
        self.story, self.name = story, name
        self.base = dict(enumerate(base))
        self.mine = _numbered(name, self.base, mine)
        self.theirs = _numbered(name, self.base, theirs)
        # What both put in is the same thing too, if it names the same.
        new = {number: entry for number, entry in self.theirs.items() if number not in self.base}
        come = {number: entry for number, entry in self.mine.items() if number not in self.base}
        same = dict(zip(come, _numbered(name, new, [*come.values()], after=len(base) + len(theirs)), strict=True))
        self.mine = {same.get(number, number): entry for number, entry in self.mine.items()}

    def merged(self):
        entries = {}
        for number in {**self.base, **self.theirs, **self.mine}:
            entry = self._entry(number, *(side.get(number) for side in (self.base, self.mine, self.theirs)))
            if entry is not None:
                entries[number] = dict(entry)
        order = self.story.order(
            self.name,
            [*self.base],
            [*self.mine],
            [*self.theirs],
            entries.keys(),
            shown=lambda ids: [*map(self._any, ids)],
        )
        if self.name == "captions":
            lead = self._lead()
            for number, entry in entries.items():
                entry["is_lead"] = number == lead
        return [entries[number] for number in order]

    def _any(self, number):
        return next(side[number] for side in (self.theirs, self.mine, self.base) if number in side)

    def _entry(self, number, base, mine, theirs):
        if mine == theirs or _without_lead(mine) == _without_lead(theirs):
            return theirs
        if theirs == base or _without_lead(theirs) == _without_lead(base):
            return mine
        if _without_lead(mine) == _without_lead(base):
            self._count(base or theirs)
            return theirs
        key = f"{self.name}-{number}"
        if mine is None or theirs is None:
            return self.story.settle(key, self.name, "entry", base, mine, theirs, entry=base)
        parts = {part: self._part(key, part, base, mine, theirs) for part in {**theirs, **mine}}
        # What stands in an entry only where there is something of it is taken out by one of the two.
        return {part: value for part, value in parts.items() if value is not None or (part in theirs and part in mine)}

    def _part(self, key, part, base, mine, theirs):
        was, one, other = (entry.get(part) if entry else None for entry in (base, mine, theirs))
        if one == other or part in _FOLLOWS or part == "is_lead":
            return other
        if other == was if base else not other:
            return one
        if one == was if base else not one:
            self._count(theirs)
            return other
        kind = "line" if part in _LINES else "value"
        return self.story.settle(f"{key}-{part}", self.name, kind, was, one, other, part=part, entry=theirs)

    def _count(self, entry):
        name = "confidential" if entry.get("confidential") else self.name
        self.story.came[name] = self.story.came.get(name, 0) + 1

    def _lead(self):
        sides = (self.base, self.mine, self.theirs)
        base, mine, theirs = (
            next((number for number, entry in side.items() if entry.get("is_lead")), None) for side in sides
        )
        if mine in (theirs, base):
            if mine != theirs and not self.story.came.get(self.name):
                self.story.came[self.name] = 1
            return theirs
        if theirs == base:
            return mine
        shown = (side.get(number) for side, number in zip(sides, (base, mine, theirs), strict=True))
        return self.story.settle("captions-lead", "captions", "lead", *shown, results=(mine, theirs))


def _without_lead(entry):
    return entry and {part: value for part, value in entry.items() if part != "is_lead"}


def _identity(name, entry):
    """What an entry is about, whatever else is said of it."""
    if name == "captions":
        return entry["photo"]
    if name == "bylines":
        return entry["author"] or entry["text"]
    return entry["source"] or entry["confidential"] or entry["as_printed"], entry["use"]


def _words(entry):
    """The caption of a picture, by which an awaited one is known again when it has come."""
    return entry.get("caption")


def _numbered(name, known, entries, after=0):
    """The entries by number: that of the known entry that is the same thing, or else a new one.

    The same thing is the one that is equal, or else names the same picture, source or author; a picture is also known
    by its caption, or, while it is awaited, by most of it.
    """
    free = dict(known)
    numbers = {}
    ways = [
        lambda one, other: one == other,
        lambda one, other: bool(_identity(name, one)) and (_identity(name, one) == _identity(name, other)),
    ]
    if name == "captions":
        ways += [
            lambda one, other: _words(one) and _words(one) == _words(other) and not (one["photo"] and other["photo"]),
            lambda one, other: not one["photo"] and not other["photo"] and _mostly(_words(one), _words(other)),
        ]
    for same in ways:
        for place, entry in enumerate(entries):
            if place not in numbers:
                found = next((number for number, other in free.items() if same(entry, other)), None)
                if found is not None:
                    numbers[place] = found
                    del free[found]
    first = max([after, *(number + 1 for number in known)])
    return {numbers.get(place, first + place): entry for place, entry in enumerate(entries)}


def _mostly(one, other):
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.6
