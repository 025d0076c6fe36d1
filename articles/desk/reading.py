"""A story's content document in words: field by field, names in place of codes; and two of them compared."""

import difflib
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property

from articles import text
from articles.models import Citation, Desk

from . import framing_fields
from .picking import Known
from .times import told

LABELS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "body": "Text",
    "captions": "Pictures",
    "bylines": "Bylines",
    "dateline": "Dateline",
    "regions": "Regions",
    "topics": "Topics",
    "citations": "Sources",
    "language": "Language",
    "slugline": "Slugline",
    "desk": "Desk",
    "urgency": "Urgency",
    "breaking": "Breaking",
    "embargo_until": "Embargo",
    "embargo_note": "Embargo note",
    "translation_of": "Translation of",
}
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Field:
    """One field of a document as a person reads it: its name, and its lines."""

    name: str
    label: str
    lines: list[str]


class Reader:
    """Puts documents into words; what they name is read once for all of them."""

    def __init__(self, *contents: dict, see_confidential: bool = False):
        self.known = Known()
        self.see_confidential = see_confidential
        for content in contents:
            self.known.want("region", content.get("regions", ()))
            self.known.want("topic", content.get("topics", ()))
            self.known.want("author", [line["author"] for line in content.get("bylines", ())])
            self.known.want("story", [content.get("translation_of")])
            self.known.want("photo", [caption["photo"] for caption in content.get("captions", ())])
            for citation in content.get("citations", ()):
                self.known.want("source", [citation["source"], citation["via"]])

    @cached_property
    def desks(self):
        return dict(Desk.objects.values_list("code", "name"))

    def fields(self, content: dict) -> list[Field]:
        return [Field(name, label, self.lines(name, content.get(name))) for name, label in LABELS.items()]

    def lines(self, name: str, value) -> list[str]:
        """The lines of one field; none where it is empty."""
        if value in (None, "", [], False):
            return []
        if name == "body":
            return text.paragraphs(value)
        if name in ("regions", "topics"):
            return [self._name(name[:-1], code) for code in value]
        if name in ("bylines", "citations", "captions"):
            return [getattr(self, f"_{name[:-1]}")(entry) for entry in value]
        if name == "translation_of":
            # The headline of a story may not be for everybody who reads this one: its address is.
            return [str(value)]
        if name == "embargo_until":
            return [told(parse_datetime(value))]
        if name == "desk":
            return [self.desks.get(value, value)]
        if name == "language":
            return [dict(settings.COPY_LANGUAGES).get(value, value)]
        if name == "breaking":
            return ["Breaking"]
        return [str(value)]

    def _name(self, kind, code):
        thing = self.known.get(kind, code) if code else None
        return str(thing) if thing else code or ""

    def _byline(self, line):
        name = self._name("author", line["author"])
        return f"{line['text']} ({name})" if line["text"] and name else line["text"] or name

    def _citation(self, citation):
        if citation["confidential"]:
            code = f" {citation['confidential']}" if self.see_confidential else ""
            name = f"A confidential source{code}"
        else:
            name = self._name("source", citation["source"])
        printed = f"“{citation['as_printed']}”" if citation["as_printed"] else ""
        via = f"via {self._name('source', citation['via'])}" if citation["via"] else ""
        use = f"for a {Citation.Use(citation['use']).label.lower()}"
        return " ".join(part for part in (name, printed, use, via) if part)

    def _caption(self, caption):
        photo = self.known.get("photo", caption["photo"]) if caption["photo"] else None
        picture = f"Picture {caption['photo']}" if photo else "Picture awaited"
        parts = [picture + (" (lead)" if caption.get("is_lead") else "")]
        for name in ("caption", "alt_text", "photographer", "credit"):
            if caption.get(name):
                parts.append(caption[name] if name == "caption" else f"{name.replace('_', ' ')}: {caption[name]}")
        if caption.get("is_file_photo"):
            parts.append("file photo")
        if caption.get("framing"):
            parts.append(framing_fields.in_words(caption["framing"]))
        return " · ".join(parts)


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is the same in both (``=``), taken out (``-``) or put in (``+``)."""

    kind: str
    text: str


def compare_lines(before: list[str], after: list[str]) -> list[list[Piece]]:
    """The lines of both, in order, each as pieces: words taken out and words put in are told apart."""
    lines = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        old, new = before[i1:i2], after[j1:j2]
        if tag == "equal":
            lines += [[Piece("=", line)] for line in new]
            continue
        paired = min(len(old), len(new))
        lines += [compare_words(old[n], new[n]) for n in range(paired)]
        lines += [[Piece("-", line)] for line in old[paired:]]
        lines += [[Piece("+", line)] for line in new[paired:]]
    return lines


def compare_words(before: str, after: str) -> list[Piece]:
    """One line against another, word by word; two lines with little in common stand whole."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < 0.3:
        return [Piece("-", before), Piece("+", after)]
    pieces = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("=", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("-", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("+", "".join(new[j1:j2])))
    return pieces


@dataclass(frozen=True)
class Change:
    """One field that differs between two documents."""

    name: str
    label: str
    before: list[str]
    after: list[str]

    @property
    def lines(self):
        return compare_lines(self.before, self.after)


def changes(before: dict, after: dict, *, see_confidential=False) -> list[Change]:
    """The fields in which the second document differs from the first."""
    differing = [name for name in LABELS if before.get(name) != after.get(name)]
    if not differing:
        return []
    reader = Reader(before, after, see_confidential=see_confidential)
    return [
        Change(name, LABELS[name], reader.lines(name, before.get(name)), reader.lines(name, after.get(name)))
        for name in differing
    ]
