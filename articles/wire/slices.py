"""A file cut into stories at three or more blank lines, without ever holding more than one story of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# The longest story that is read: a hundred times the longest that a newsroom prints.
LONGEST_STORY = 2 * 1024 * 1024
# So much of a refused story is kept with its error.
KEPT_PREFIX = 64 * 1024
# Copy without blank lines is looked through for heads whenever so much of it has come together.
LOOK_AT = 256 * 1024
_SHORT = LOOK_AT // 2  # a slice shorter than this need not be looked at yet
BLANKS_BETWEEN_STORIES = 3

# Lines that a person sees as blank: white space, NBSP (also twice encoded), zero-width characters, empty markup.
_SEEN_AS_BLANK = re.compile(
    rb"(?:[\s\xa0]|\xc2\xa0|\xc3\x82\xc2\xa0|\xe2\x80[\x80-\x8f\xa8-\xaf]|\xe2\x81\xa0|\xe3\x80\x80|\xef\xbb\xbf"
    rb"|&nbsp;|&#160;|<br ?/?>|</?p>)*",
    re.IGNORECASE,
)
_BLANK_LINES = frozenset({b"\n", b"\r\n", b"\r"})
# Blank lines inside a script part nothing, unless it goes on for so many lines that its end must be missing.
_OPENING, _CLOSING = (b"<script", b"<style"), (b"</script", b"</style")
_LONGEST_SCRIPT = 500
_ALNUM = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


@dataclass(slots=True)
class Slice:
    """The raw lines of one story, separators after it included; ``line`` is the file's line of the first of them."""

    line: int
    raw: list[bytes] = field(default_factory=list)
    size: int = 0
    too_long: bool = False
    blanks: int = 0  # blank lines at its end
    text_from: int = -1  # index of its first line that is not blank
    script: bool = False  # a script or style sheet is open at its end

    def add(self, raw: bytes, blank: bool) -> None:
        self.blanks = self.blanks + 1 if blank else 0
        if not blank and self.text_from < 0:
            self.text_from = len(self.raw)
        if b"<" in raw:
            opened, closed = (max(map(raw.lower().rfind, tags)) for tags in (_OPENING, _CLOSING))
            self.script = opened > closed or (self.script and closed < 0)
        self.size += len(raw)
        self.raw.append(raw)

    @property
    def first_line(self) -> int:
        """The line of the file that its first words stand on."""
        return self.line + max(self.text_from, 0)


def is_blank(raw: bytes) -> bool:
    """Whether a person sees nothing on this line."""
    if not raw.strip():
        return True
    return raw[0] not in _ALNUM and len(raw) < 200 and _SEEN_AS_BLANK.fullmatch(raw) is not None


def read_lines(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The lines with their ends (CRLF, LF or CR), each with whether it was cut for being too long."""
    pending = b""
    skipping = False
    for chunk in chunks:
        if skipping:
            end = min((at for at in (chunk.find(b"\n"), chunk.find(b"\r")) if at >= 0), default=-1)
            if end < 0:
                continue
            chunk = chunk[end + (2 if chunk[end : end + 2] == b"\r\n" else 1) :]
            skipping = False
        lines = (pending + chunk).splitlines(keepends=True)
        pending = b""
        if lines and not lines[-1].endswith(b"\n"):
            pending = lines.pop()  # not ended yet, or ended by a CR that an LF may still follow
        for line in lines:
            yield line, False
        if len(pending) > LONGEST_STORY:
            yield pending, True
            pending, skipping = b"", not pending.endswith(b"\r")
    if pending:
        yield pending, False


def read_slices(chunks: Iterator[bytes], heads_in) -> Iterator[Slice]:
    """The slices of a file, in order.

    ``heads_in(raw_lines)`` gives the indexes at which further stories begin in a slice (copy without blank lines);
    a slice that grows long is cut there, and one that grows beyond ``LONGEST_STORY`` comes out ``too_long`` with only
    its beginning, after which the next blank lines begin a new one.
    """
    current = Slice(line=1)
    look_at = LOOK_AT
    number = 0
    doubtful: list[int] = []  # where stories begin unless the open script is closed after all
    for raw, cut in read_lines(chunks):
        number += 1
        if current.size < _SHORT and not doubtful:  # nearly always
            if raw in _BLANK_LINES:  # every second line: it ends nothing
                current.raw.append(raw)
                current.size += len(raw)
                current.blanks += 1
                continue
            if current.blanks < BLANKS_BETWEEN_STORIES and raw[0] in _ALNUM and b"<" not in raw and not cut:
                current.blanks = 0
                if current.text_from < 0:
                    current.text_from = len(current.raw)
                current.raw.append(raw)
                current.size += len(raw)
                if current.size < _SHORT:
                    continue
                current.raw.pop()  # it may be long: looked at below
                current.size -= len(raw)
        blank = raw in _BLANK_LINES or (raw[0] not in _ALNUM and not cut and is_blank(raw))
        if not blank and current.blanks >= BLANKS_BETWEEN_STORIES and current.text_from >= 0:
            if current.script and not current.too_long:
                doubtful.append(len(current.raw))
            else:
                yield current
                current, look_at = Slice(line=number), LOOK_AT
        if current.too_long:
            current.blanks = current.blanks + 1 if blank else 0
            continue
        if blank and current.blanks > LOOK_AT:
            continue  # a flood of blank lines says nothing more
        current.add(raw, blank)
        if current.size < _SHORT and not doubtful:
            continue
        if doubtful and not current.script:
            doubtful = []
        elif doubtful and len(current.raw) - doubtful[0] > _LONGEST_SCRIPT:
            *whole, current = cut_at(current, doubtful)
            yield from whole
            doubtful = []
        if current.size > look_at:
            *whole, current = cut_at(current, heads_in(current.raw))
            yield from whole
            look_at = max(LOOK_AT, current.size * 2)
        if cut or current.size > LONGEST_STORY:
            current.too_long = True
            current.raw = [b"".join(current.raw)[:KEPT_PREFIX]]
    if current.raw:
        yield from cut_at(current, doubtful) if doubtful else [current]


def cut_at(whole: Slice, starts: list[int]) -> list[Slice]:
    """The slice cut into several, a further one beginning with each of these raw lines."""
    parts = [Slice(whole.line)]
    further = set(starts)
    for at, raw in enumerate(whole.raw):
        if at in further:
            parts.append(Slice(whole.line + at))
        parts[-1].add(raw, is_blank(raw))
    return parts


def join(first: Slice, second: Slice) -> Slice:
    """Two slices that turned out to be one story."""
    both = Slice(first.line)
    for raw in first.raw + second.raw:
        both.add(raw, is_blank(raw))
    both.too_long = first.too_long or second.too_long
    return both
