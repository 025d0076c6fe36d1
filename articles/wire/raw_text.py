"""Raw agency copy -> stories: ``parse`` and ``detect``.

The form: headline; each caption line twice, its credit at its end; a stray ``TT``; headline and captions again; one
paragraph a line; three or more blank lines between stories. What each part may look like stands in the module of its
name: ``decoding``, ``mojibake``, ``markup``, ``slices``, ``copies``, ``heads``, ``further_heads``, ``caption_runs``,
``captions``, ``credits``, ``body``, ``datelines``, ``bylines``, ``furniture``, ``sign_offs``, ``language``.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO

from articles.text import direction

from .body import read_body, without_bullet
from .captions import ends_in_credit, parse_caption
from .copies import Copy, read_copies
from .decoding import Received, refusal, too_many_controls
from .items import WireError, WireItem
from .language import detect_language
from .slices import KEPT_PREFIX

_OTHER_FORMS = re.compile(
    rb"\s*(?:<\?xml|<!DOCTYPE|<(?:rss|feed|nitf|newsItem|newsMessage|newsml|html|rdf:RDF)\b|[\[{]\s*[\"\[{\]}]|BEGIN:V|\x01)",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?…؟][\"'”’»)\]]*$")
# "In this file photo", "(left)", and a whole date at the end: captions say so, stories do not.
_CAPTION_WORDS = re.compile(
    r"\b(?:is|are) (?:seen|pictured|shown)\b|\bin this (?:\w+ ){0,3}(?:photo|picture|image|photograph|handout)\b"
    r"|\((?:[LRC]|left|right|cent(?:er|re)|[2-9](?:nd|rd|th) [LR])\)|\bfile (?:photo|picture|image)\b|صورة أرشيفية"
    r"|\b(?:\d{1,2} [A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.? \d{1,2},) (?:19|20)\d\d\.?$"
)
_PLAIN = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("«", '"'), ("»", '"'), ("–", "-"), ("—", "-"), ("ـ", ""))

_MESSAGES = {
    "empty_file": "The file holds no text.",
    "missing_body": "The story has a headline but no text under it.",
    "truncated_story": "The file ends inside the head of this story: headline and captions are not complete.",
    "duplicate_story": "The same story stands in this file already, as story {0}.",
    "story_too_long": "More than 2 MB without a gap of three blank lines: this cannot be one story.",
}


def detect(head: bytes) -> bool:
    """Whether a file that begins with these bytes (hundreds will do) looks like raw copy: text, in no other form."""
    if not head.strip() or refusal(head):
        return False
    return _OTHER_FORMS.match(head.removeprefix(b"\xef\xbb\xbf")) is None


def parse(stream: BinaryIO) -> Iterator[WireItem | WireError]:
    """Read a file of raw copy, story by story.

    Takes a binary stream (only ``read`` is used) and yields in the file's order a ``WireItem`` for every story and a
    ``WireError`` for every one that cannot be read. Together their ``raw`` is the file, byte for byte; what follows a
    story up to the next belongs to it. Of a story over 2 MB and of a file that is no text, only the beginning is kept.
    Raises nothing of its own; at most one story is held in memory, and 16 bytes for each that went before.
    """
    received = Received(stream)
    if what := refusal(received.head):
        yield WireError("not_text", f"This is not text but {what}.", received.head[:KEPT_PREFIX])
        return
    known: dict[bytes, int] = {}
    held: Copy | None = None
    number = 0
    for copy in read_copies(received):
        if held is not None:
            number += 1
            yield _story(held, number, received, known, is_last=False)
        held = copy
    if held is None:
        yield WireError("empty_file", _MESSAGES["empty_file"])
    else:
        yield _story(held, number + 1, received, known, is_last=True)


def _story(copy: Copy, number: int, received: Received, known: dict[bytes, int], is_last: bool) -> WireItem | WireError:
    raw = received.original(b"".join(copy.slice.raw)) + (received.tail if is_last else b"")
    where = (raw, number, copy.slice.first_line)
    if copy.slice.too_long:
        return WireError("story_too_long", _MESSAGES["story_too_long"], *where)
    if not copy.lines:
        return WireError("empty_file", _MESSAGES["empty_file"], *where)
    if not received.wide and too_many_controls(raw):
        return WireError("not_text", "This part of the file is not text but binary data.", *where)
    head = copy.head
    below = copy.lines[head.body :]
    body = read_body(below, head.bylines)
    if is_last and _is_cut(copy, below):
        return WireError("truncated_story", _MESSAGES["truncated_story"], *where)
    if not body.paragraphs:
        return WireError("missing_body", _MESSAGES["missing_body"], *where)
    item = WireItem(
        headline=head.headline,
        paragraphs=body.paragraphs,
        raw=raw,
        story=number,
        line=copy.slice.first_line,
        encoding=received.wide or copy.encoding,
        dateline=body.dateline,
        dateline_agency=body.agency,
        byline=body.byline,
        photos=[parse_caption(caption) for caption in head.captions],
        summary=_summary(head.summary, body.summary),
        sign_off="\n".join(body.sign_off),
        warnings=_warnings(copy, raw),
    )
    identity = _identity(item)
    if first := known.get(identity):
        return WireError("duplicate_story", _MESSAGES["duplicate_story"].format(first), *where)
    known[identity] = number
    item.language = detect_language(" ".join([item.headline, *(paragraph.text for paragraph in item.paragraphs[:4])]))
    item.direction = direction(item.language)
    return item


def _is_cut(copy: Copy, below: list[str]) -> bool:
    """Whether the file ends before this story's text begins, perhaps in the middle of a line."""
    head, lines = copy.head, copy.lines
    last = lines[-1]
    if not below:
        return not head.whole or any(len(line) > len(last) and line.startswith(last) for line in lines[:-1])
    earlier = [line for line in lines[:-1] if len(line) > len(last)]
    if len(below) <= 2 and any(line.startswith(last) for line in [*earlier, "TT"]) and last not in lines[:-1]:
        return len(below) == 1 or below[0].startswith(last)
    if len(below) > 1 or head.doubled:
        return False
    # One line alone: a story of one sentence, unless it is a caption whose second copy is missing, or part of one.
    if parse_caption(last).credit_raw or ends_in_credit(last) or _CAPTION_WORDS.search(last):
        return True
    adjoins_caption = head.captions and copy.at[-1] - copy.at[-2] == 1 and copy.at[1] - copy.at[0] > 1
    return bool(adjoins_caption) or not _ENDS_SENTENCE.search(last)


def _summary(in_head: list[str], in_body: list[str]) -> list[str]:
    return list(dict.fromkeys([*map(without_bullet, in_head), *in_body]))


def _warnings(copy: Copy, raw: bytes) -> list[str]:
    warnings = []
    if copy.repaired:
        warnings.append("mojibake_repaired: characters that a wrong encoding had changed were put right; please check.")
    if copy.damaged:
        warnings.append("mojibake_suspected: some characters look damaged and could not be put right.")
    if b"\0" in raw and any(b"\0" in line for line in copy.slice.raw):  # UTF-16 is full of them as received
        warnings.append("control_characters: NUL bytes were taken out.")
    if copy.head.differs:
        warnings.append("heads_differ: headline or captions stand in two versions; the second one was taken.")
    if count := len(copy.head.captions):
        pictures = "a picture" if count == 1 else f"{count} pictures"
        warnings.append(f"picture_awaited: the copy names {pictures} that did not come with it.")
    else:
        warnings.append("no_picture: the copy names no picture.")
    return warnings


def _identity(item: WireItem) -> bytes:
    """Sixteen bytes that are equal for stories equal in headline and paragraphs but for case, quotes and spaces."""
    text = "\n".join([item.headline, *(paragraph.text for paragraph in item.paragraphs)])
    for printed, plain in () if text.isascii() else _PLAIN:
        text = text.replace(printed, plain)
    return hashlib.blake2b(text.casefold().encode("utf-8", "replace"), digest_size=16).digest()
