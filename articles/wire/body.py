"""The body of a story: summary, dateline, byline, paragraphs and crossheads, sign-off; furniture left out."""

import re
from dataclasses import dataclass, field

from articles.crediting.names import is_person

from .bylines import byline_of
from .dateline_parts import Dateline
from .datelines import own_line, run_in
from .furniture import announces_link, is_bare_date, is_furniture, opens_list, reads_as_title
from .items import Paragraph
from .sign_offs import is_last_word, is_sign_off, opens_bracket, split_at_end

BULLET = re.compile(r"(?:[•*·▪●◦‣■□►▶➤➢✓∙⁃]|[-‐‑–—―](?!\d))+\s*(?=\S)")
_HYPHENS = re.compile(r"[-‐‑]+\s*(?=[^\d\s])")
_DASHES = "-‐‑–—― "
_LONG_DASHES = re.compile(r"[–—―]+\s*(?=\S)")
_BULLET_SIGN = re.compile(r"[•*·▪●◦‣■□►▶➤➢✓∙⁃]+\s*(?=\S)")
_ENDS_SENTENCE = re.compile(r"[.!?…؟。:;,،؛][\"'”’»)\]]*$")
_ENDS_STATEMENT = re.compile(r"[.!…؟。][\"'”’»)\]]*$")
# Below a byline, what its writer is.
_POST = re.compile(
    r"special (?:to|for|correspondent)\b|(?:[A-Z][\w-]+ ){0,3}(?:staff|writer|reporter|correspondent|editor)s?$"
    r"|مراسل|محرر|خاص ب",
    re.IGNORECASE,
)
_LONGEST_CROSSHEAD = 80
_LIST_LOOK = 15  # so far above the end of the copy a list of other stories' headlines may begin


@dataclass
class Body:
    """What the lines after the head hold."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    dateline: str = ""
    agency: str = ""
    byline: str = ""
    sign_off: list[str] = field(default_factory=list)

    def take(self, found: Dateline) -> None:
        self.dateline = self.dateline or found.place
        self.agency = self.agency or found.agency
        self.byline = self.byline or found.byline


def reads_as_byline(line: str) -> bool:
    """Whether the line is a byline or a dateline on its own."""
    return len(line) <= 140 and (byline_of(line) is not None or _has_place_or_name(own_line(line)))


def _has_place_or_name(found: Dateline | None) -> bool:
    return found is not None and bool(found.place or found.byline)


def without_bullet(line: str) -> str:
    """A bulleted line's words; a bullet at their end ("- Words -") goes too."""
    return BULLET.sub("", line, count=1).rstrip(_DASHES)


def read_body(lines: list[str], head_lines: list[str] = ()) -> Body:
    """Read the lines (clean, none blank) after a head; ``head_lines`` are bylines and datelines found in the head."""
    body = Body()
    for line in head_lines:
        body.take(byline_of(line) or own_line(line) or Dateline())
    lines = _without_tail(lines, body)
    start = _read_prelude(lines, body)
    _read_paragraphs(lines[start:], body)
    if body.summary and not body.paragraphs:  # a story told in bullets
        body.paragraphs = [Paragraph(line) for line in body.summary]
        body.summary = []
    return body


def _without_tail(lines: list[str], body: Body) -> list[str]:
    """The lines without what pages and desks put under a story."""
    end = len(lines)
    while end > 0:
        line = lines[end - 1]
        if is_furniture(line) and not is_bare_date(line):
            end -= 1
        elif (is_sign_off(line) or is_last_word(line)) and end > 1:
            body.sign_off.insert(0, line)
            end -= 1
        elif end > 1 and (opening := _open_sign_off(lines, end)) is not None:
            body.sign_off[:0] = lines[opening:end]
            end = opening
        elif (list_start := _list_start(lines, end)) is not None:
            end = list_start
        else:
            break
    return lines[:end]


def _open_sign_off(lines: list[str], end: int) -> int | None:
    """Where a sign-off of several lines begins that ends at ``end``."""
    if not lines[end - 1].rstrip(".").endswith((")", "]")):
        return None
    for at in range(end - 2, max(end - 6, 0), -1):
        if opens_bracket(lines[at]) and is_sign_off(lines[at]):
            return at
    return None


def _list_start(lines: list[str], end: int) -> int | None:
    """Where "Related Stories" opens a list that runs to ``end``."""
    for at in range(end - 1, max(end - _LIST_LOOK, 0), -1):
        if not reads_as_title(lines[at]):
            return None
        if opens_list(lines[at]):
            return at
    return None


def _read_prelude(lines: list[str], body: Body) -> int:
    """Take bylines, datelines and bullets above the first paragraph; give the index of that."""
    at = 0
    while at < len(lines):
        line = lines[at]
        found = None
        if is_furniture(line):
            at += _links_after(lines, at)
        elif len(line) <= 140 and (found := byline_of(line) or own_line(line)):
            body.take(found)
        elif BULLET.match(line):
            body.summary.append(without_bullet(line))
        elif (
            is_person(line)
            and at + 1 < len(lines)
            and ((body.dateline and not body.byline) or _is_dateline(lines[at + 1]))
        ):
            body.byline = body.byline or line
        elif body.byline and len(line) <= 60 and _POST.match(line) and not _ENDS_SENTENCE.search(line):
            pass
        else:
            break
        at += 1
    return at


def _is_dateline(line: str) -> bool:
    found = own_line(line) or run_in(line)
    return found is not None and not found.byline


def _links_after(lines: list[str], at: int) -> int:
    """1 if the line announces a link ("READ ALSO:") and the next one is it, else 0."""
    if not announces_link(lines[at]) or at + 2 >= len(lines):
        return 0
    following = lines[at + 1]
    return int(reads_as_title(following) and len(following.split()) >= 4)


def _read_paragraphs(lines: list[str], body: Body) -> None:
    at = 0
    while at < len(lines):
        line = lines[at]
        if is_furniture(line) and not is_bare_date(line):
            at += 1 + (_links_after(lines, at) or _listed_after(lines, at))
            continue
        if body.paragraphs and len(line) <= 600 and is_sign_off(line):
            end = at + 1
            while opens_bracket(" ".join(lines[at:end])) and end < min(at + 5, len(lines)):
                end += 1
            body.sign_off[0:0] = lines[at:end]
            at = end
            continue
        if _is_late_dateline(line, body):
            body.take(byline_of(line) or own_line(line))
            at += 1
            continue
        may_be_summary = body.paragraphs and not body.summary and not line[0].isalnum() and BULLET.match(line)
        if may_be_summary and all(map(_is_kicker, body.paragraphs)):
            while at < len(lines) and BULLET.match(lines[at]):
                body.summary.append(without_bullet(lines[at]))
                at += 1
            continue
        if _may_begin_with_dateline(line, body) and (found := run_in(line)):
            body.take(found)
            line = found.text
        following = lines[at + 1] if at + 1 < len(lines) else ""
        body.paragraphs.append(_paragraph(line, body.paragraphs[-1] if body.paragraphs else None, following))
        at += 1
    if body.paragraphs and len(body.paragraphs[-1].text) > 20:
        text, sign_off = split_at_end(body.paragraphs[-1].text)
        if sign_off:
            body.paragraphs[-1] = Paragraph(text)
            body.sign_off.insert(0, sign_off)


def _is_kicker(paragraph: Paragraph) -> bool:
    """Whether what stands first is a line above the story rather than its first paragraph."""
    return reads_as_title(paragraph.text) and len(paragraph.text) <= 120


def _may_begin_with_dateline(line: str, body: Body) -> bool:
    """The first paragraph may; the next two only with an agency, below a standfirst."""
    return not body.paragraphs or (not body.dateline and len(body.paragraphs) < 3 and "(" in line[:60])


def _is_late_dateline(line: str, body: Body) -> bool:
    """Whether a dateline or byline stands below a standfirst: on its own line, and none was read before."""
    return len(body.paragraphs) in (1, 2) and not body.dateline and not body.byline and reads_as_byline(line)


def _listed_after(lines: list[str], at: int) -> int:
    """How many headlines of other stories follow "Related Stories" in the middle of a story.

    Two or more titles in a row are other stories'; a single one may as well be this story's crosshead, and stays.
    """
    if not opens_list(lines[at]):
        return 0
    end = at + 1
    while (
        end < len(lines)
        and end < at + _LIST_LOOK
        and reads_as_title(lines[end])
        and not lines[end].startswith(tuple(_DASHES))
    ):
        end += 1
    return end - at - 1 if end - at > 2 else 0


def _paragraph(line: str, before: Paragraph | None, following: str) -> Paragraph:
    """One line as a paragraph or a crosshead."""
    is_later = before is not None
    if line[0].isalnum():  # nearly always: no bullet, no hyphen
        return Paragraph(line, is_later and _reads_as_crosshead(line, before, following))
    if _BULLET_SIGN.match(line):
        return Paragraph(_BULLET_SIGN.sub("", line, count=1))
    if _HYPHENS.match(line) or (_LONG_DASHES.match(line) and not _ENDS_STATEMENT.search(line.rstrip(_DASHES))):
        words = line.strip(_DASHES)
        if words:
            return Paragraph(words, is_later and len(words) <= 200 and not _ENDS_STATEMENT.search(words))
    return Paragraph(line, is_later and _reads_as_crosshead(line, before, following))


def _reads_as_crosshead(line: str, before: Paragraph, following: str) -> bool:
    """Whether a line between paragraphs is a heading: short, no end of a sentence; the lines round it are no list."""
    if len(line) > _LONGEST_CROSSHEAD or len(following) <= len(line):
        return False
    if _ENDS_SENTENCE.search(line) and not (line.isupper() and line.endswith("?")):
        return False
    in_list = (
        not before.is_crosshead and len(before.text) <= _LONGEST_CROSSHEAD and not _ENDS_SENTENCE.search(before.text)
    )
    if in_list or (len(following) <= _LONGEST_CROSSHEAD and not _ENDS_SENTENCE.search(following)):
        return False
    return len(line.split()) <= 10 and not line[0].islower() and any(char.isalpha() for char in line)
