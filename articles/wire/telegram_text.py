"""The text of a telegraph message: typesetting signs out, lines joined into paragraphs, and what stands above a story
told apart: keyword and lead line, notes to editors, headline, byline."""

import re
from dataclasses import dataclass, field

from articles.text import clean_line, fold

from .bylines import byline_of

_BLANKED = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_INDENT = re.compile(r"[ \t]{2,}\S|\t")
_NTH = r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|new|urgent|optional|night)"
_LEAD = re.compile(
    rf"\b(?P<kind>(?:{_NTH}[ -]?)?(?:ld|lead)(?:[- ]?(?:writethru|writethrough))?|(?:{_NTH}[ -])?writethru"
    rf"|(?:{_NTH}[ -])?(?:add|take|sub|update)(?:[ -]?\d{{1,2}})?|corrections?|correctif|rectification|recap"
    r"|(?:bulletin |mandatory |urgent )?kill|annulation|eliminat\w+)\b",
    re.IGNORECASE,
)
_KILL = re.compile(r"\b(?:kill|annulation|eliminat(?:e|ion|ed))\b", re.IGNORECASE)
_CONTINUES = re.compile(r"\b(?:add|take)\b", re.IGNORECASE)
_EDNOTE = re.compile(
    r"^\W{0,4}(?:eds?|editors?|attention|attn|note to editors?|correct(?:s|ion)|corrige|adds?|updates?|recasts?"
    r"|with (?:photos?|graphics?|video))\b\s*[:—–-]|///\s*\)?$|^\((?:with|eds?|adds?|updates?|recasts?)\b"
    r"|^(?:AP|AFP) (?:photos?|graphics?|video)\b",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"^(?:ends?|-30-|\(?more\)?|moretk|\(end\)|[a-z]{2,4}(?:/[a-z]{2,4})+)\W*$|^\d{6}\s?(?:gmt|z)\b"
    r"|^[a-z]{2,5}(?:-[a-z]{2,5})?-\d\d-\d\d-\d\d\b|^[a-z]{2,5} \d{6}\s?(?:gmt|z)\b",
    re.IGNORECASE,
)
_SLUG_LINE = re.compile(r"^(?:[A-Za-z]{2,3}-)?[A-Za-z][\w'’&.]*(?:[-/]{1,2}[\w'’&.,]+)+(?:[ ,]+\S.{0,60})?$")
_ALONE = re.compile(r"^[A-Z][A-Z0-9]{2,20}$")
_PREFIX = re.compile(r"^(?:bc|am|pm)-+", re.IGNORECASE)
_LONGEST_HEADLINE = 180
_DATELINED = re.compile(r"^[A-Z\u00c0-\u00de][\w '’,.-]{1,80}\([A-Za-z /-]{2,30}\)\s*[-_–—]")


@dataclass
class Told:
    """What the lines of one message say, the story's own as ``paragraphs``."""

    keyword: str = ""
    slug: str = ""  # the keyword without lead, take and the like
    version: str = ""
    continues: bool = False
    is_kill: bool = False
    headline: str = ""
    byline: str = ""
    role: str = ""  # of who wrote it
    ednotes: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    foot: str = ""


def read_text(lines: list[str], keyword: str) -> Told:
    """Read the lines between start and end of text. ``keyword`` is the heading's, "" where it has none."""
    told = Told(keyword=clean_line(keyword))
    paragraphs = _joined(lines)
    while paragraphs and _FOOT.search(paragraphs[-1]) and len(paragraphs[-1]) < 80:
        told.foot = f"{paragraphs.pop()}\n{told.foot}"
    at = 0
    while at < len(paragraphs) and at < 12:
        line = paragraphs[at]
        if _repeats(line, told.keyword) or (at < 2 and not told.headline and _is_slug(line)):
            told.keyword = line if len(line) >= len(told.keyword) and _is_slug(line) else told.keyword or line
        elif _EDNOTE.search(line):
            told.ednotes.append(line)
        elif told.headline or not _may_be_headline(line) or len(paragraphs) - at == 1:
            break
        else:
            told.headline = line
        at += 1
    told.paragraphs = _without_byline(paragraphs[at:], told)
    _take_lead(told)
    return told


def _without_byline(paragraphs, told):
    """Take the byline above the story, and the line under it that says what its writer is."""
    named = byline_of(paragraphs[0]) if len(paragraphs) > 1 else None
    if named is None or not named.byline:
        return paragraphs
    told.byline = named.byline
    below = paragraphs[1:]
    if len(below) > 1 and len(below[0].split()) <= 5 and not below[0].endswith((".", "!", "?", "”")):
        told.role = below.pop(0)
    return below


def _may_be_headline(line):
    is_sentence = line.endswith((".", "!", "…", "”", '"')) and len(line) > _LONGEST_HEADLINE // 2
    return len(line) <= _LONGEST_HEADLINE and not is_sentence and not _DATELINED.match(line)


def _take_lead(told):
    leads = [found["kind"].strip(" -").lower() for found in _LEAD.finditer(told.keyword)]
    first = _LEAD.search(told.keyword)
    slug = told.keyword[: first.start()] if first else told.keyword
    told.slug = _PREFIX.sub("", slug).strip(" ,-/_")
    told.version = " ".join(dict.fromkeys(leads))[:40]
    above = " ".join([told.keyword, *told.ednotes[:2], told.headline])
    told.continues = bool(_CONTINUES.search(told.version))
    told.is_kill = bool(_KILL.search(told.keyword)) or bool(re.search(r"\b(?:MANDATORY|BULLETIN) KILL\b", above))


def _is_slug(line):
    if len(line) > 90:
        return False
    words = line.split()
    return bool(_ALONE.match(line) or (_SLUG_LINE.match(line) and (len(words) == 1 or _LEAD.search(line))))


def _repeats(line, keyword):
    key = fold(keyword)
    return bool(key) and len(line) < 90 and (fold(line) == key or fold(line).startswith(key + " "))


def _joined(lines) -> list[str]:
    """The paragraphs: parted by blank lines, by an indent, by the signs for the start (^) and the end (<) of a line.

    Above the first indent or blank line, each line stands alone.
    """
    paragraphs: list[list[str]] = []
    ended = above = True
    for line in lines:
        line = _BLANKED.sub("", line).expandtabs(4).rstrip()
        bare = line.strip()
        if not bare.strip("^<"):
            ended, above = True, above and not paragraphs
            continue
        indented = _INDENT.match(line) is not None
        above = above and not indented
        if ended or above or indented or bare.startswith("^"):
            paragraphs.append([])
        paragraphs[-1].append(bare.removeprefix("^").removesuffix("<").strip())
        ended = bare.endswith("<")
    joined = (clean_line(" ".join(part)).replace("``", "“").replace("''", "”") for part in paragraphs)
    return [line.replace(" _ ", " – ") for line in joined if line]
