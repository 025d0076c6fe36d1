"""JSON Lines: one story a line, by the names of ``own.py``. The newsroom's own export, and anybody's like it."""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from . import own
from .decoding import Received, decode, refusal
from .items import Beside, WireError, WireItem
from .slices import KEPT_PREFIX, LONGEST_STORY, read_lines

_OWN = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"newsroom"\s*:')
_HEADLINE = re.compile(rb'"(?:headline|title)"\s*:\s*"')
_BODY = re.compile(rb'"(?:body|text|content|body_text)"\s*:\s*"')


def detect(head: bytes) -> bool:
    """Whether a file that begins so is JSON Lines: an object on its first line, with a headline and a body in it."""
    if _OWN.match(head):
        return True
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    return first.startswith(b"{") and bool(_HEADLINE.search(first) and _BODY.search(first))


def parse(stream: BinaryIO, beside: Beside) -> Iterator[WireItem | WireError]:
    """Read line after line; an empty line is none. One that cannot be read costs itself alone."""
    received = Received(stream)
    if what := refusal(received.head):
        yield WireError("not_text", f"This is not text but {what}.", received.head[:KEPT_PREFIX])
        return
    number = 0
    for line, (raw, cut) in enumerate(read_lines(received.chunks()), 1):
        if not raw.strip(b"\xef\xbb\xbf \t\r\n\0"):
            continue
        number += 1
        where = (received.original(raw[:KEPT_PREFIX] if cut else raw), number, line)
        if cut:
            yield WireError("line_too_long", f"This line is longer than {LONGEST_STORY // 2**20} MB.", *where)
            continue
        (words,), encoding = decode([raw])
        try:
            item = own.read(_object(words))
        except own.Unusable as error:
            yield WireError(error.code, str(error), *where)
            continue
        item.raw, item.story, item.line = where
        item.encoding = received.wide or encoding
        yield item
    if not number:
        yield WireError("empty_file", "The file holds no text.")


def _object(words: str) -> dict:
    try:
        value = json.loads(words.lstrip("\ufeff").replace("\0", ""))
    except RecursionError:
        raise own.Unusable("too_deep", "This line is nested too deeply to be a story.") from None
    except ValueError as error:
        why = getattr(error, "msg", "a number too long")
        raise own.Unusable("not_json", f"This line is not JSON, or not all of it: {why}.") from None
    if not isinstance(value, dict):
        raise own.Unusable("not_a_story", "This line is JSON but no object: a story has names for its parts.")
    if own.MARK in value:
        return value
    named: dict = {}
    for name, held in value.items():
        named.setdefault(own.name_of(name), held)
    return named
