"""CSV: one story a row, under a head of the names of ``own.py`` or other names for the same (``own.ALIASES``).

Commas, semicolons or tabs; UTF-8, UTF-16 (as spreadsheets save it) or a Windows code page. Where several values stand
in one cell they are parted by semicolons, or the cell is a JSON list. Text is never a formula here: it is kept.
"""

import csv
import json
from collections.abc import Iterator
from typing import BinaryIO

from . import own
from .decoding import Received, decode, refusal, utf16
from .items import Beside, WireError, WireItem
from .slices import KEPT_PREFIX, LONGEST_STORY, read_lines

csv.field_size_limit(LONGEST_STORY)

_DELIMITERS = ",;\t"
_LISTS = ("regions", "topics", "bylines", "citations", "captions", "usage")


def detect(head: bytes) -> bool:
    """Whether a file that begins so is a table of stories: its first line names a headline and a body."""
    wide = utf16(head)
    words = head.decode(wide, "ignore") if wide else head.decode("utf-8", "ignore")
    lines = words.lstrip("\ufeff").splitlines()
    return bool(lines) and _delimiter(lines[0]) is not None


def _delimiter(line: str) -> str | None:
    for delimiter in _DELIMITERS:
        if delimiter in line and {"headline", "body"} <= set(_names(line, delimiter)):
            return delimiter
    return None


def _names(line, delimiter):
    try:
        return [own.name_of(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def parse(stream: BinaryIO, beside: Beside) -> Iterator[WireItem | WireError]:
    """Read row after row; an empty row is none. One that cannot be read costs itself alone."""
    received = Received(stream)
    if what := refusal(received.head):
        yield WireError("not_text", f"This is not text but {what}.", received.head[:KEPT_PREFIX])
        return
    lines = _Lines(received)
    head = next(lines, "").lstrip("\ufeff")
    delimiter = _delimiter(head)
    if delimiter is None:
        yield WireError("no_head", "The first row does not name a headline and a body.", lines.take())
        return
    names, number = _names(head, delimiter), 0
    lines.take()
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        trouble = None
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error:
            row = []
            trouble = own.Unusable("bad_row", "A quotation mark opens here and is never closed: the rest is not read.")
        line, raw = lines.first, lines.take()
        if not any(map(str.strip, row)) and not trouble:
            continue
        number += 1
        where = (raw, number, line)
        try:
            if trouble or lines.cut:
                lines.cut = False
                raise trouble or own.Unusable("line_too_long", f"A line longer than {LONGEST_STORY // 2**20} MB.")
            item = own.read(_values(names, row))
        except own.Unusable as error:
            yield WireError(error.code, str(error), *where)
            if error.code == "bad_row":
                break
            continue
        item.raw, item.story, item.line = where
        item.encoding = received.wide or lines.encoding
        yield item
    if not number:
        yield WireError("empty_file", "There is no row under the head of this table.")


class _Lines:
    """The lines of a file as text, with the bytes that the present row came in."""

    def __init__(self, received):
        self.received, self.source = received, read_lines(received.chunks())
        self.number, self.first, self.kept, self.size = 0, 1, [], 0
        self.cut, self.encoding = False, "utf-8"

    def __iter__(self):
        return self

    def __next__(self):
        raw, cut = next(self.source)
        self.number += 1
        if not self.kept:
            self.first = self.number
        if self.size <= LONGEST_STORY:
            self.kept.append(raw)
            self.size += len(raw)
        if cut:
            self.cut = True
            return '""\n'
        (words,), encoding = decode([raw])
        if encoding != "utf-8":
            self.encoding = encoding
        return words

    def take(self) -> bytes:
        """The bytes since it was last asked."""
        raw = b"".join(self.kept)
        self.kept, self.size = [], 0
        return self.received.original(raw if len(raw) <= LONGEST_STORY else raw[:KEPT_PREFIX])


def _values(names, row) -> dict:
    values: dict = {}
    for name, cell in zip(names, row, strict=False):
        if name and cell.strip():
            values.setdefault(name, cell)
    if more := [cell for cell in row[len(names) :] if cell.strip()]:
        values["further cells"] = "; ".join(more)
    if values.get(own.MARK, "").strip() == str(own.VERSION):
        values = {name: _active(cell) for name, cell in values.items()} | {own.MARK: own.VERSION}
    for name in _LISTS:
        if values.get(name, "").lstrip()[:1] in ("[", "{"):
            values[name] = _list(values[name])
    return values


def _active(cell):
    """A cell without the apostrophe that our own export puts before what a spreadsheet could take for a formula."""
    return cell[1:] if cell.startswith("'") else cell


def _list(cell):
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return cell
