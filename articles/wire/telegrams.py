"""Telegraph wire: IPTC 7901 and ANPA 1312, messages between SOH and EOT, any number of them in a file.

The head between SOH and STX names the message, its priority, category, keyword and length in words; the text stands
between STX and ETX; what follows, up to EOT, says when it was sent. Agencies differ in all of this, so that each part
is read where it stands and is missed by nothing but itself. The lines of the text are read in ``telegram_text.py``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from articles import text

from .body import read_body
from .decoding import Received, decode
from .items import Beside, Paragraph, Standing, Subject, WireError, WireItem
from .language import detect_language
from .slices import KEPT_PREFIX, LONGEST_STORY
from .telegram_text import read_text

_SOH, _STX, _ETX, _EOT = b"\x01", b"\x02", b"\x03", b"\x04"
# Teleprinters are woken by NUL, SYN, DEL and empty lines; a few printed characters may say which line this is.
_BEGINS = re.compile(rb"[\x00\x07\x0a\x0d\x16\x7f\x20-\x7e]{0,300}\x01[^\x01\x02\x03\x04]{0,1500}\x02")
_7901 = re.compile(r"^\s*([A-Za-z]{2,8})\s?(\d{1,6})\s+([0-9])\s+([A-Za-z]{1,4})\s+(\d{1,6})(?:\s+(.*))?$", re.DOTALL)
_ANPA = re.compile(r"^\s*([A-Za-z])\s?(\d{3,5})\b\s*(.*)$", re.DOTALL)
_ANPA_SECOND = re.compile(
    r"^([a-z])\s+([a-z])\s*(.*?)\s*(?:(\d{1,2}-\d{1,2})\s+)?(\d{2,6})?\s*$", re.IGNORECASE | re.DOTALL
)
_FORMAT = re.compile(r"^(?:tt|bc|am|pm)?[-^]?\s+(?=\S)", re.IGNORECASE)
_LETTERS = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5, "a": 5, "s": 6, "w": 6, "h": 6}  # ANPA's priorities
_CATEGORIES = {
    "a": "domestic",
    "b": "special",
    "c": "feature",
    "d": "food",
    "i": "international",
    "k": "commentary",
    "l": "lifestyle",
    "n": "regional",
    "r": "racing",
    "t": "travel",
    "v": "advisory",
    "w": "Washington",
}
_MEDIA_TOPICS = {
    "e": ("01000000", "arts, culture, entertainment and media"),
    "f": ("04000000", "economy, business and finance"),
    "o": ("17000000", "weather"),
    "p": ("11000000", "politics"),
    "q": ("15000000", "sport"),
    "s": ("15000000", "sport"),
}
# 041530 GMT MAR 26; AP-NY-03-04-26 1530EST; APNP-03-04-26 1530GMT
_DAY_TIME = re.compile(r"\b(\d\d)(\d\d)(\d\d)\s*(?:GMT|UTC|Z)?\s+([A-Za-z]{3})[a-z]*\.?\s*(\d{4}|\d\d)\b")
_DATE_TIME = re.compile(r"\b[A-Z]{2,5}(?:-[A-Z]{2,5})?-(\d\d)-(\d\d)-(\d\d)\s+(\d\d)(\d\d)\s?([A-Z]{1,4})?")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "BST": 1}
_SHARE = 0.7  # of the words that the head promises: with fewer, the rest has been lost


def detect(head: bytes) -> bool:
    """Whether a file that begins so is telegraph wire: a start of heading, and a start of text soon after."""
    return _BEGINS.match(head) is not None


def parse(stream: BinaryIO, beside: Beside) -> Iterator[WireItem | WireError]:
    """Read message after message. Together their ``raw`` is the file, byte for byte, but for one over 2 MB."""
    number, line = 0, 1
    for raw in _messages(stream):
        number += 1
        parsed = WireError("story_too_long", "More than 2 MB without an end: this cannot be one message.")
        if len(raw) <= LONGEST_STORY:
            parsed = _read(raw)
        parsed.raw = raw if len(raw) <= LONGEST_STORY else raw[:KEPT_PREFIX]
        parsed.story, parsed.line = number, line
        line += raw.count(b"\n")
        yield parsed
    if not number:
        yield WireError("empty_file", "The file holds no message.")


def _messages(stream) -> Iterator[bytes]:
    """The file cut before each start of heading but the first; of what is too long, so much that it shows."""
    held, skipping = b"", False
    for chunk in Received(stream).chunks():
        if skipping:
            at = chunk.find(_SOH)
            if at < 0:
                continue
            held, skipping = chunk[at:], False
        else:
            held += chunk
        start = held.find(_SOH)
        while start >= 0 and (following := held.find(_SOH, start + 1)) >= 0:
            yield held[:following]
            held, start = held[following:], 0
        if len(held) > LONGEST_STORY:
            yield held
            held, skipping = b"", True
    if held.strip(b"\x00\x16\x7f\r\n\x03\x04 "):
        yield held


@dataclass
class _Head:
    source: str = ""
    number: str = ""
    urgency: int | None = None
    category: str = ""
    words: int = 0
    keyword: str = ""


def _read(raw: bytes) -> WireItem | WireError:
    before, found, after = raw.partition(_STX)
    if not found:
        return WireError("no_text", "The message has a heading but no start of text: it was cut off or is not news.")
    words, ended, trailer = after.partition(_ETX)
    if not ended:
        words, _, trailer = after.partition(_EOT)
    lines, encoding = decode(words.splitlines())
    (head_words, tail_words), _ = decode([before.rpartition(_SOH)[2], trailer])
    head = _head(head_words)
    told = read_text(lines, head.keyword)
    body = read_body(told.paragraphs)
    counted = text.count_words(" ".join(told.paragraphs))
    if told.is_kill:
        return _item(head, told, body, encoding, f"{tail_words}\n{told.foot}", Standing.CANCELED)
    if not body.paragraphs:
        return WireError("missing_body", "The message has a heading but no text.")
    if not ended and _EOT not in after and (not head.words or counted < _SHARE * head.words):
        return WireError("truncated_story", "The message ends before its end of text: part of it is missing.")
    item = _item(head, told, body, encoding, f"{tail_words}\n{told.foot}", Standing.USABLE)
    if head.words and counted < _SHARE * head.words:
        item.warnings.append(f"words_missing: the heading speaks of {head.words} words, and {counted} came.")
    return item


def _item(head, told, body, encoding, foot, standing) -> WireItem:
    at = _sent_at(foot)
    headline = told.headline or _from_keyword(told.keyword) or (body.paragraphs[0].text[:90] if body.paragraphs else "")
    item = WireItem(
        headline=headline or "Kill",
        paragraphs=[Paragraph(one.text, one.is_crosshead) for one in body.paragraphs],
        encoding=encoding,
        dateline=body.dateline,
        dateline_agency=body.agency,
        byline=body.byline or told.byline,
        summary=body.summary,
        sign_off="\n".join(body.sign_off),
        provider=head.source.upper(),
        version=told.version,
        slugline=told.slug[:80],
        ednote="\n".join(told.ednotes),
        urgency=head.urgency,
        standing=standing,
        sent_at=at,
    )
    if head.number and at:
        # Numbers begin again each day.
        item.provider_id = f"{head.source.lower()}{head.number}/{at:%Y-%m-%d}"
    if not told.headline:
        item.warnings.append("no_headline: the message has none; its keyword stands there.")
    if told.continues:
        item.warnings.append(
            f"continues: this is {told.version}, a further part of what came before as {item.slugline}."
        )
    for letter in head.category.lower()[:1]:
        if letter in _MEDIA_TOPICS:
            code, name = _MEDIA_TOPICS[letter]
            item.subjects.append(Subject(f"medtop:{code}", name))
        elif letter in _CATEGORIES:
            item.subjects.append(Subject(f"anpa:{letter}", _CATEGORIES[letter]))
    item.keywords = [told.keyword] if told.keyword else []
    held = {
        "byline": told.role,
        "message number": head.number,
        "category": head.category,
        "words": str(head.words or ""),
    }
    item.unmapped = {name: value for name, value in held.items() if value}
    sample = [item.headline, *(paragraph.text for paragraph in item.paragraphs[:4])]
    item.language = detect_language(" ".join(sample[1:] or sample))
    item.direction = text.direction(item.language)
    return item


def _head(words: str) -> _Head:
    """What the heading says, in the order of IPTC 7901 or of ANPA 1312."""
    lines = [line for part in re.split(r"[\r\n]+", words) if (line := text.clean_line(_plain(part)))]
    if not lines:
        return _Head()
    if found := _7901.match(" ".join(lines)):
        source, number, priority, category, count, keyword = found.groups()
        urgency = int(priority) if 1 <= int(priority) <= 8 else None
        return _Head(source, number, urgency, category, int(count), (keyword or "").strip())
    head = _Head()
    if found := _ANPA.match(lines[0]):
        head.number = found[1].lower() + found[2]
        rest = [line for line in (found[3], *lines[1:]) if line.strip(" -")]
    else:
        rest = lines
    for line in rest:
        if found := _ANPA_SECOND.match(line):
            priority, category, keyword, _, count = found.groups()
            head.urgency, head.category = _LETTERS.get(priority.lower()), category
            head.keyword = head.keyword or _FORMAT.sub("", keyword).strip("- ")
            head.words = int(count or 0)
        elif not head.keyword:
            head.keyword = line.strip("^<- ")
    return head


def _plain(words):
    return "".join(" " if ord(char) < 32 or ord(char) == 127 else char for char in words)


def _from_keyword(keyword):
    words = re.sub(r"^(?:bc|am|pm)-+", "", keyword, flags=re.IGNORECASE)
    return words.replace("--", ": ").replace("-", " ").strip()


def _sent_at(words: str) -> datetime | None:
    for found in reversed([*_DAY_TIME.finditer(words), *_DATE_TIME.finditer(words)]):
        try:
            if found.re is _DAY_TIME:
                day, hour, minute, month, year = found.groups()
                month, zone = _MONTHS.index(month.lower()) + 1, 0
            else:
                month, day, year, hour, minute, zone = found.groups()
                zone = _ZONES.get(zone, 0)
            year = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 70 else 1900 + int(year)
            at = datetime(year, int(month), int(day), int(hour), int(minute), tzinfo=UTC)
            return at - timedelta(hours=zone)
        except (ValueError, OverflowError):
            continue
    return None
