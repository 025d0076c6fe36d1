"""What two people did to one story, in words: where they overlap, side by side, and what was merged by itself."""

from dataclasses import dataclass

from django.utils.text import Truncator, get_text_list

from articles import merging, text

from . import framing_fields
from .reading import LABELS, Piece, Reader, compare_lines
from .saving import Saved

PARTS = {
    "photo": "picture",
    "caption": "caption",
    "alt_text": "alternative text",
    "credit": "credit",
    "photographer": "photographer",
    "is_file_photo": "file photo",
    "framing": "crop",
    "as_printed": "as printed",
    "via": "told to",
    "text": "printed as",
}
KINDS = {"order": "order", "lead": "lead picture"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_COUNTED = {
    "body": ("paragraph", "paragraphs"),
    "captions": ("picture", "pictures"),
    "citations": ("source", "sources"),
    "bylines": ("byline", "bylines"),
    "regions": ("region", "regions"),
    "topics": ("topic", "topics"),
}


@dataclass(frozen=True)
class Dispute:
    """One place where two people overlap, as the page shows it: what each has there, with what each changed marked."""

    conflict: merging.Conflict
    label: str
    mine: list[list[Piece]]
    theirs: list[list[Piece]]
    after: str = ""

    @property
    def key(self):
        return self.conflict.key

    @property
    def differs_in_setting_alone(self):
        """The words are the same: bold, italics, links or crossheads differ."""
        return self.conflict.kind == "passages" and _words(self.conflict.mine) == _words(self.conflict.theirs)


def disputes(conflicts: list[merging.Conflict], *contents: dict, see_confidential: bool) -> list[Dispute]:
    """Those of the conflicts that this reader may see, in the order in which a story is read.

    ``contents`` are the documents that they come from. A conflict about a confidential source is left out, and its name
    out of lists, for who may not see such sources: what stands there stays.
    """
    reader = Reader(*contents, see_confidential=see_confidential)
    if not see_confidential:
        conflicts = [one for one in conflicts if not one.is_confidential]
    total = sum(one.name == "body" for one in conflicts)
    found = []
    for conflict in sorted(conflicts, key=lambda one: [*LABELS].index(one.name) if one.name in LABELS else len(LABELS)):
        base, mine, theirs = (
            _lines(reader, conflict, value) for value in (conflict.base, conflict.mine, conflict.theirs)
        )
        if mine == theirs and conflict.name == "citations":
            continue  # all that differs is not for this reader
        if conflict.base is None and conflict.kind != "entry":
            sides = _what_it_has(theirs, mine), _what_it_has(mine, theirs)
        else:
            sides = compare_lines(base, mine), compare_lines(base, theirs)
        number = int(conflict.key.rpartition("-")[2]) if conflict.name == "body" else 0
        after = Truncator(text.plain(conflict.after)).words(12) if conflict.after else ""
        found.append(Dispute(conflict, _label(conflict, number, total), *sides, after=after))
    return found


def _what_it_has(other, lines):
    """The lines of one text, marked where the other has something else."""
    pieces = [[piece for piece in line if piece.kind != "-"] for line in compare_lines(other, lines)]
    return [line for line in pieces if line]


def _words(blocks):
    return [line for block in blocks for line in text.paragraphs(block)]


def _lines(reader, conflict, value):
    """A value of a conflict as lines of words."""
    if conflict.kind == "passages":
        return _words(value or [])
    if conflict.kind in ("entry", "lead"):
        return reader.lines(conflict.name, [value]) if value else []
    if conflict.kind in ("order", "whole"):
        shown = [entry for entry in value or [] if reader.see_confidential or not _is_confidential(entry)]
        return reader.lines(conflict.name, shown)
    if not conflict.part:
        return reader.lines(conflict.name, value)
    if conflict.part == "photo":
        return [f"Picture {value}" if value else "Picture awaited"]
    if conflict.part == "framing":
        return [framing_fields.in_words(value)] if value else []
    if conflict.part == "via":
        source = reader.known.get("source", value) if value else None
        return [str(source or value)] if value else []
    if isinstance(value, bool):
        return ["Yes" if value else "No"]
    return [str(value)] if value else []


def _is_confidential(entry):
    return isinstance(entry, dict) and bool(entry.get("confidential"))


def _label(conflict, number, total):
    name = LABELS.get(conflict.name, conflict.name)
    if conflict.kind == "passages":
        return f"{name}, place {number} of {total}" if total > 1 else name
    if conflict.kind in KINDS:
        return f"{name}: {KINDS[conflict.kind]}"
    if conflict.entry is None:
        return name
    about = next((conflict.entry[part] for part in ("caption", "as_printed", "text") if conflict.entry.get(part)), "")
    part = PARTS.get(conflict.part, conflict.part)
    return " – ".join(word for word in (name, Truncator(about).chars(50), part) if word)


def came(saved: Saved, *, see_confidential: bool) -> str:
    """“Amal’s changes to the standfirst and two paragraphs are in it.” Empty where nothing came."""
    named = dict(saved.came)
    hidden = named.pop("confidential", 0)
    if hidden and see_confidential:
        named["citations"] = named.get("citations", 0) + hidden
    if not named:
        return ""
    things = [_counted(name, count) for name, count in sorted(named.items(), key=lambda item: [*LABELS].index(item[0]))]
    who = get_text_list(list(saved.people), "and") or "somebody else"
    words = f"{who}’s changes to {get_text_list(things, 'and')} are in it."
    return words[0].upper() + words[1:]


def _counted(name, count):
    if name not in _COUNTED:
        return f"the {LABELS[name].lower()}"
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {_COUNTED[name][count != 1]}"
