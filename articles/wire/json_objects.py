"""A file of JSON -> its objects one by one: a single one, an array of any length, or one after the other.

Memory holds one object. Each comes with the bytes that it came in; together they are the file.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from .decoding import Received, decode
from .items import WireError
from .slices import KEPT_PREFIX

LONGEST = 12 * 1024 * 1024  # bytes of one object
DEEPEST = 100
_SIGNS = re.compile(rb'["\\{}\[\]]')
_BETWEEN = re.compile(rb"[\s,\[\]]*")


class BadJson(Exception):
    """No more objects can be read. ``error`` says why, with the bytes that were not read."""

    def __init__(self, error: WireError):
        self.error = error
        super().__init__(error.message)


@dataclass
class Read:
    """One object, or the error that stands in its place."""

    value: dict | None
    raw: bytes
    line: int
    story: int
    encoding: str = "utf-8"
    error: WireError | None = None


def read_objects(stream: BinaryIO) -> Iterator[Read]:
    """The objects of the file in its order. One that is no JSON costs itself alone, if its end can be seen.

    Raises :class:`BadJson` for what has no end, nests too deep or is too long.
    """
    scanner = _Scanner(stream)
    held = None
    try:
        for read in scanner.objects():
            if held:
                yield held
            held = read
    except BadJson:
        if held:
            yield held
        raise
    if held:
        held.raw += scanner.rest()
        yield held


class _Scanner:
    def __init__(self, stream):
        self.received = Received(stream)
        self.buffer = bytearray()
        self.at = 0  # as far as the buffer was looked through
        self.begins = -1  # of the object that is open
        self.depth = 0
        self.arrays = 0  # open round the objects
        self.in_string = False
        self.line = 1
        self.story = 0

    def objects(self):
        for chunk in self.received.chunks():
            self.buffer += chunk
            yield from self._scan()
            if len(self.buffer) > LONGEST:
                raise self._bad("story_too_long", f"More than {LONGEST >> 20} MB of JSON without an object's end.")
        if self.begins >= 0:
            raise self._bad("truncated_json", "The JSON ends before its last object is complete.")
        left = bytes(self.buffer).strip().strip(b"],").strip()
        if left.removeprefix(b"\xef\xbb\xbf").strip(b"[") or not self.story:
            nothing = not left.removeprefix(b"\xef\xbb\xbf")
            code, said = ("empty_file", "The file holds nothing.") if nothing else ("not_json", "This is no JSON.")
            raise self._bad(code, said)

    def _scan(self):
        skipped = -1
        start, base = self.at, 0
        self.at = len(self.buffer)
        cut = 0
        for sign in _SIGNS.finditer(bytes(self.buffer), start):
            at, what = sign.start(), sign[0]
            if at == skipped:
                continue
            if what == b"\\":
                if self.in_string:
                    skipped = at + 1
                    if skipped >= len(self.buffer):
                        self.at = at  # the sign that it protects comes with the next chunk
                continue
            if what == b'"':
                self.in_string = not self.in_string if self.depth else False
            elif self.in_string:
                continue
            elif what in b"{[":
                if not self.depth and what == b"[":
                    self.arrays += 1
                    continue
                if not self.depth:
                    self.begins = at
                self.depth += 1
                if self.depth > DEEPEST:
                    raise self._bad("json_too_complex", f"The JSON nests more than {DEEPEST} levels.")
            elif self.depth:
                self.depth -= 1
                if not self.depth:
                    yield self._object(bytes(self.buffer[cut : at + 1]), self.begins - cut)
                    cut, self.begins = at + 1, -1
            elif what == b"]":
                self.arrays -= 1
        base = cut
        if base:
            del self.buffer[:base]
            self.at -= base
            if self.begins >= 0:
                self.begins -= base

    def _object(self, raw, begins):
        self.story += 1
        line = self.line + raw.count(b"\n", 0, begins)
        self.line += raw.count(b"\n")
        original = self.received.original(raw)
        words, encoding = decode([raw[begins:]])
        encoding = self.received.wide or encoding
        try:
            value = json.loads(words[0])
        except (ValueError, RecursionError) as error:
            said = error.msg if isinstance(error, json.JSONDecodeError) else "a number in it is too long"
            at = line + (error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0)
            wrong = WireError("not_json", f"The JSON cannot be read: at line {at}, {_plain(said)}.", original)
            wrong.line, wrong.story = line, self.story
            return Read(None, original, line, self.story, encoding, wrong)
        if "\\ud" in words[0].lower():  # halves of characters, which no database holds
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        return Read(value, original, line, self.story, encoding)

    def rest(self):
        return self.received.original(bytes(self.buffer)) + self.received.tail

    def _bad(self, code, message):
        raw = self.received.original(bytes(self.buffer[: KEPT_PREFIX - 1]))
        return BadJson(WireError(code, message, raw, self.story + 1, self.line))


def _plain(said):
    """Python's word for what is wrong, as a part of a sentence."""
    return said[:1].lower() + said[1:].rstrip(".")
