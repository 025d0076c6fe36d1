"""A file's stories as clean lines: cut at blank lines and at heads, and put together where a gap was none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import markup
from .decoding import Received, decode
from .furniture import is_furniture, opens_list, reads_as_title
from .further_heads import next_head
from .heads import Head, read_head
from .likeness import same
from .mojibake import has_clear_damage, repair
from .sign_offs import is_last_word, is_sign_off
from .slices import Slice, cut_at, join, read_slices

_ENDS_SENTENCE = re.compile(r"[.!?…؟][\"'”’»)\]]*$")
_LONG_PARAGRAPH = 120
_LONGEST_WIDGET = 6
_GLUED = frozenset({"TT", "20"})
_WIDGET_AFTER = re.compile(r" ?TT(?: ?20)?$")
_WIDGET_BEFORE = re.compile(r"^TT(?: ?20)? ?(?=\S)")


@dataclass
class Copy:
    """One slice as clean lines: ``lines`` holds those that are not blank, ``at`` the raw line each came from."""

    slice: Slice
    lines: list[str]
    at: list[int]
    encoding: str
    repaired: bool
    damaged: bool
    head: Head


def read_copies(received: Received) -> Iterator[Copy]:
    """The stories' lines: slices at blank lines, cut again at heads, and put together where a gap was none."""
    held: Copy | None = None
    for piece in read_slices(received.chunks(), _starts):
        for part in _at_heads(piece):
            if held is None:
                held = part
            elif _is_one_story(held, part):
                held = _read(join(held.slice, part.slice))
            else:
                yield held
                held = part
    if held is not None:
        yield held


def _read(piece: Slice) -> Copy:
    """Decode, strip, repair and tidy the lines of a slice, and read its head."""
    if piece.too_long:
        return Copy(piece, [], [], "utf-8", False, False, Head())
    texts, encoding = decode(piece.raw)
    copy = Copy(piece, [], [], encoding, False, False, Head())
    _clean(texts, copy)
    if _may_be_glued(copy.lines):
        _unglue(copy)
    if copy.lines:
        copy.head = read_head(copy.lines)
    return copy


def _clean(texts: list[str], copy: Copy) -> None:
    if "<" in "".join(texts):
        texts = markup.strip_tags("\n".join(text.rstrip("\r\n") for text in texts)).split("\n")

    around: list[bool] = []  # whether there is clear damage: looked for once, and seldom

    def among_damaged() -> bool:
        if not around:
            around.append(any(map(has_clear_damage, texts)))
        return around[0]

    lines, at, is_plain = copy.lines, copy.at, markup.is_plain
    for number, text in enumerate(texts):
        if text == "\n":
            continue
        line = text.strip(" \t\r\n")
        if not line:
            continue
        if "&" not in line and "?" not in line and is_plain(line):  # nearly always: there is nothing to repair
            lines.append(line if "  " not in line else " ".join(line.split()))
            at.append(number)
            continue
        if "&" in text:
            text = markup.unescape(text)
        text, repaired, damaged = repair(text, among_damaged)
        copy.repaired |= repaired
        copy.damaged |= damaged
        for line in markup.inner_lines(text):
            line = markup.tidy(line)
            if line:
                lines.append(line)
                at.append(number)


def _may_be_glued(lines: list[str]) -> bool:
    ends = [line for line in lines if line[-2:] in _GLUED or line[:2] == "TT"]
    return any(len(line) > _LONGEST_WIDGET for line in ends)


def _unglue(copy: Copy) -> None:
    """Part the text-size widget from a line of the head that it was glued to: "Ships wait. (AFP)TT"."""
    known = set(copy.lines)
    lines, at = copy.lines, copy.at
    copy.lines, copy.at = [], []
    for line, number in zip(lines, at, strict=True):
        words = _WIDGET_AFTER.sub("", line) if line[-2:] in _GLUED else line
        below = _WIDGET_BEFORE.sub("", line) if line[:2] == "TT" else line
        if words != line and words in known:
            parts = [words, "TT"]
        elif below != line and below in known:
            parts = ["TT", below]
        else:
            parts = [line]
        copy.lines += parts
        copy.at += [number] * len(parts)


def _at_heads(piece: Slice) -> list[Copy]:
    """The stories in one slice: more than one where the copy has no blank lines between them."""
    copy = _read(piece)
    starts = _further_heads(copy)
    if not starts:
        return [copy]
    return [_read(part) for part in cut_at(piece, [copy.at[start] for start in starts])]


def _starts(raw: list[bytes]) -> list[int]:
    """The raw lines at which further stories begin, for a slice that grows long."""
    copy = _read(Slice(line=1, raw=raw))
    return [copy.at[start] for start in _further_heads(copy)]


def _further_heads(copy: Copy) -> list[int]:
    starts: list[int] = []
    head = copy.head
    while copy.lines and (start := next_head(copy.lines, head.body)) is not None:
        if start > 0:
            starts.append(start)
        head = read_head(copy.lines, start)
    return starts


def _goes_on(second: Copy) -> bool:
    """Whether what follows a gap begins with a long sentence: a gap round an advertisement, inside a story."""
    if second.head.doubled or second.head.captions:
        return False
    begins = next((line for line in second.lines if not is_furniture(line)), "")
    long = _LONG_PARAGRAPH if begins is second.lines[0] else _LONG_PARAGRAPH // 2
    return len(begins) > long and _ENDS_SENTENCE.search(begins) is not None and not begins.endswith("?")


def _is_one_story(first: Copy, second: Copy) -> bool:
    """Whether three blank lines do not part two stories here.

    They do not round page furniture and sign-offs, nor inside a head; and no story begins with a long sentence.
    """
    if first.slice.too_long or second.slice.too_long or not second.lines:
        return False
    if first.head.doubled and second.head.doubled and first.head.body < len(first.lines):
        return False  # nearly always
    if all(is_furniture(line) or is_sign_off(line) or is_last_word(line) for line in second.lines):
        return True
    if opens_list(second.lines[0]) and all(map(reads_as_title, second.lines)):
        return True
    if not first.lines or all(map(is_furniture, first.lines)):
        return True
    if first.head.body < len(first.lines):
        return _goes_on(second)
    if first.head.whole:
        return len(second.lines[0]) > _LONG_PARAGRAPH and _ENDS_SENTENCE.search(second.lines[0]) is not None
    if not any(same(line, first.head.headline) for line in second.lines[:60]):
        return False
    together = read_head(first.lines + second.lines)
    return together.doubled and same(together.headline, first.head.headline) and together.body > len(first.lines)
