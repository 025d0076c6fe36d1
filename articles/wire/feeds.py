"""Feeds: RSS 0.9 to 2.0, RSS 1.0 and Atom by feedparser, JSON Feed 1.0 and 1.1 by json. Each entry is a story.

A feed is a short thing: one of more than 32 MB is refused, and one is held in memory as a whole.
"""

import io
import json
import re
import time
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

import feedparser

from articles import text

from . import rich, safe_xml
from .dates import EARLIEST, LATEST, read_instant
from .decoding import decode
from .items import Beside, Subject, Usage, WireError, WireItem, WirePhoto
from .language import detect_language
from .slices import KEPT_PREFIX

LONGEST = 32 * 1024 * 1024
_HEAD_FROM_TEXT = 90  # characters: the headline of an entry that has none
_ROOTS = frozenset({"rss", "feed", "rdf"})
_HEAD = 1024  # bytes: the declaration stands there
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version\\?/')
_ENTRIES = frozenset({"item", "entry"})
_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)
_TOO_LONG = f"The feed is longer than {LONGEST >> 20} MB."


def detect(head: bytes) -> bool:
    """Whether a file that begins so is RSS or Atom."""
    return safe_xml.root_of(head) in _ROOTS


def detect_json(head: bytes) -> bool:
    """Whether a file that begins so is a JSON Feed."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") and bool(_JSON_FEED.search(head))


def parse(stream: BinaryIO, beside: Beside) -> Iterator[WireItem | WireError]:
    """Read RSS or Atom, entry by entry. What is not quite well-formed is read as far as it can be."""
    data = _all(stream)
    if isinstance(data, WireError):
        yield data
        return
    raws = []
    document = safe_xml.Document()
    try:
        raws = [(found.raw, found.line) for found in safe_xml.read_elements(io.BytesIO(data), _ENTRIES, document)]
    except safe_xml.BadXml as bad:
        # What is merely not well-formed may be read all the same.
        if bad.error.code not in ("not_xml", "truncated_xml"):
            yield bad.error
            return
        document.warnings.append("feed_broken: the feed is not well-formed; it was read as far as it could be.")
    # The caption of a picture would be taken for the summary of the entry.
    named = data.replace(b"<media:description", b"<media:text").replace(b"</media:description", b"</media:text")
    # A stream: a string it would take for an address or a file's name.
    found = _parsed(named)
    if not found.entries:
        code, message = ("not_xml", "The feed is broken: no entry of it can be read.") if document.warnings else (
            "empty_file", "The feed holds no entry."
        )  # fmt: skip
        yield WireError(code, message, data[:KEPT_PREFIX])
        return
    if len(raws) != len(found.entries):  # which bytes are whose cannot be told: all stand with the first
        raws = [(data, 1), *[(b"", 1)] * (len(found.entries) - 1)]
    for number, (entry, (raw, line)) in enumerate(zip(found.entries, raws, strict=True), 1):
        parsed = _entry(entry, found.feed)
        parsed.raw, parsed.story, parsed.line = raw, number, line
        if isinstance(parsed, WireItem):
            parsed.encoding = document.encoding
            parsed.warnings += document.warnings
        yield parsed


def _parsed(data):
    """What feedparser makes of it. It gives up on a charset that is no word: without one it reads."""
    options = {"sanitize_html": False, "resolve_relative_uris": False}
    try:
        return feedparser.parse(io.BytesIO(data), **options)
    except (UnicodeError, LookupError):
        data = data[:_HEAD].replace(b"encoding", b"") + data[_HEAD:]
    try:
        return feedparser.parse(io.BytesIO(data), **options)
    except LookupError:  # the end of an element of media that never began
        return feedparser.FeedParserDict(entries=[], feed=feedparser.FeedParserDict())


def _said(values, name) -> str:
    """The words under that name; "" where there are none, which feedparser may tell as None."""
    return values.get(name) or ""


def _all(stream) -> bytes | WireError:
    data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        return WireError("feed_too_long", _TOO_LONG, data[:KEPT_PREFIX])
    return data if data.strip() else WireError("empty_file", "The file holds no text.", data)


def _entry(entry, feed) -> WireItem | WireError:
    link = _web(entry.get("link", ""))
    contents = [one for one in entry.get("content", []) if one.get("value")]
    summary = _said(entry, "summary")
    html = [one for one in contents if "html" in one.get("type", "")] or contents
    markup = max((one["value"] for one in html), key=len, default="") or summary
    body = rich.read_any(markup, link or _web(feed.get("link", "")))
    standfirst = ""
    if markup != summary and summary:
        standfirst = " ".join(paragraph.text for paragraph in rich.read_any(summary).paragraphs)
    item = _item(rich.plain_line(_said(entry, "title")), body, standfirst)
    if isinstance(item, WireError):
        return item
    item.provider = text.clean_line(_said(feed, "title"))[:80]
    item.provider_id = text.clean_line(_said(entry, "id") or link)[:200]
    item.link = link
    people = [text.clean_line(_said(one, "name")) for one in entry.get("authors", []) if isinstance(one, dict)]
    item.byline = ", ".join(filter(None, people)) or text.clean_line(_said(entry, "author"))
    item.first_sent_at = _instant(entry.get("published_parsed"))
    # feedparser itself would give the date of publication where there is no other, with a warning.
    item.sent_at = _instant(dict.get(entry, "updated_parsed")) or item.first_sent_at
    item.version = item.sent_at.isoformat() if item.sent_at else ""
    item.language = _language(entry.get("language") or feed.get("language"), item)
    item.direction = text.direction(item.language)
    item.subjects = [
        Subject(":".join(filter(None, (one.get("scheme") or "", one["term"]))) if one.get("label") else "", name)
        for one in entry.get("tags", [])
        if one.get("term") and (name := text.clean_line(one.get("label") or one["term"])[:200])
    ]
    item.photos = _photos(_media(entry), body)
    item.usage = Usage(terms=rich.plain_line(_said(entry, "rights") or _said(feed, "rights")))
    item.related = [one["href"] for one in entry.get("links", []) if one.get("rel") == "related" and one.get("href")]
    return item


def _item(headline, body, standfirst) -> WireItem | WireError:
    if not body.paragraphs and standfirst:
        body, standfirst = rich.read_text(standfirst), ""
    if not body.paragraphs:
        return WireError("missing_body", "The entry has a headline but no text." if headline else "The entry is empty.")
    item = WireItem(headline, body.paragraphs, html=body.html, standfirst=standfirst)
    if not headline:
        first = body.paragraphs[0].text
        cut = first[:_HEAD_FROM_TEXT].rsplit(" ", 1)[0] if len(first) > _HEAD_FROM_TEXT else first
        item.headline = f"{cut}…" if cut != first else first
        item.warnings.append("no_headline: the entry has none; the beginning of its text stands there.")
    return item


def _media(entry):
    """The pictures that are named beside the text: Media RSS, enclosures, iTunes."""
    caption = rich.plain_line(entry.get("media_text", "") or "")
    credit = ", ".join(text.clean_line(_said(one, "content")) for one in entry.get("media_credit", []))
    for one in entry.get("media_content", []):
        address = _web(one.get("url", ""))
        if one.get("medium") == "image" or _is_picture(one.get("type", ""), address):
            yield WirePhoto(caption=caption, credit=credit, file=address)
    for one in [*entry.get("links", []), *entry.get("enclosures", [])]:
        address = _web(one.get("href", ""))
        if one.get("rel", "enclosure") == "enclosure" and _is_picture(one.get("type", ""), address):
            yield WirePhoto(caption=text.clean_line(_said(one, "title")), file=address)
    for one in entry.get("media_thumbnail", []) if not entry.get("media_content") else []:
        yield WirePhoto(caption=caption, credit=credit, file=_web(one.get("url", "")))
    yield WirePhoto(caption="", file=_web((entry.get("image") or {}).get("href", "")))


def _photos(media, body):
    in_text = (
        WirePhoto(caption=one.caption, alt_text=one.alt_text, credit=one.credit, file=_web(one.address))
        for one in body.pictures
        if one.kind == "image"
    )
    photos: dict[str, WirePhoto] = {}
    for photo in [*media, *in_text]:
        if photo.file:
            known = photos.setdefault(photo.file, photo)
            known.caption, known.credit = known.caption or photo.caption, known.credit or photo.credit
    return list(photos.values())


def _is_picture(type, address):
    return type.startswith("image/") or (not type and bool(_PICTURE_NAME.search(address)))


def _web(address) -> str:
    """That address if it is one of the web, else ""; white space and controls inside it are not believed."""
    address = address.strip() if isinstance(address, str) else ""
    known = address.startswith(("http://", "https://")) and address.isprintable() and " " not in address
    return address[:500] if known else ""


def _instant(parsed) -> datetime | None:
    try:
        at = datetime.fromtimestamp(timegm(parsed), UTC) if isinstance(parsed, time.struct_time) else None
    except (ValueError, OverflowError, OSError):
        return None
    return at if at and EARLIEST <= at <= LATEST else None


def _language(said, item):
    said = said.lower()[:2] if isinstance(said, str) else ""
    found = detect_language(" ".join([item.headline, *(paragraph.text for paragraph in item.paragraphs[:4])]))
    if len(item.paragraphs) == 1 and len(item.paragraphs[0].text) < 200 and said.isalpha() and len(said) == 2:
        return said if text.direction(said) == text.direction(found) else found
    return found


# --- JSON Feed -------------------------------------------------------------------------------------------------------


def parse_json(stream: BinaryIO, beside: Beside) -> Iterator[WireItem | WireError]:
    """Read a JSON Feed, item by item: https://www.jsonfeed.org/version/1.1/."""
    data = _all(stream)
    if isinstance(data, WireError):
        yield data
        return
    lines, encoding = decode(data.replace(b"\0", b"").splitlines(keepends=True))
    try:
        feed = json.loads("".join(lines).lstrip("\ufeff"))
    except RecursionError:
        yield WireError("too_deep", "This feed is nested too deeply.", data[:KEPT_PREFIX])
        return
    except ValueError as error:
        why = getattr(error, "msg", "a number too long")
        yield WireError("not_json", f"This is not JSON, or not all of it: {why}.", data[:KEPT_PREFIX])
        return
    entries = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(entries, list) or not entries:
        yield WireError("empty_file", "The feed holds no entry.", data[:KEPT_PREFIX])
        return
    for number, entry in enumerate(entries, 1):
        parsed = _json_entry(entry, feed) if isinstance(entry, dict) else WireError("not_a_story", "This is no entry.")
        # Of its own bytes nothing is known any more; it is written again as it was understood.
        parsed.raw = data if len(entries) == 1 else json.dumps(entry).encode()
        parsed.story = number
        if isinstance(parsed, WireItem):
            parsed.encoding = encoding
        yield parsed


def _json_entry(entry, feed) -> WireItem | WireError:
    link = _web(entry.get("url")) or _web(entry.get("external_url"))
    markup = _words(entry, "content_html")
    body = rich.read(markup, link) if markup else rich.read_text(_words(entry, "content_text"))
    item = _item(text.clean_line(_words(entry, "title")), body, text.clean_line(_words(entry, "summary")))
    if isinstance(item, WireError):
        return item
    item.provider = text.clean_line(_words(feed, "title"))[:80]
    id = entry.get("id")
    item.provider_id = text.clean_line(str(id) if isinstance(id, str | int) else link)[:200]
    item.link = link
    item.byline = ", ".join(_people(entry) or _people(feed))
    item.first_sent_at = read_instant(_words(entry, "date_published"))
    item.sent_at = read_instant(_words(entry, "date_modified")) or item.first_sent_at
    item.version = item.sent_at.isoformat() if item.sent_at else ""
    item.language = _language(entry.get("language") or feed.get("language"), item)
    item.direction = text.direction(item.language)
    tags = entry.get("tags") if isinstance(entry.get("tags"), list) else []
    names = [text.clean_line(one)[:200] for one in tags[:100] if isinstance(one, str)]
    item.subjects = [Subject(name=name) for name in names if name]
    media = [WirePhoto(caption="", file=_web(entry.get(name))) for name in ("image", "banner_image")]
    attached = entry.get("attachments") if isinstance(entry.get("attachments"), list) else []
    media += [
        WirePhoto(caption=text.clean_line(_words(one, "title")), file=_web(one.get("url")))
        for one in attached[:100]
        if isinstance(one, dict) and _words(one, "mime_type").startswith("image/")
    ]
    item.photos = _photos(media, body)
    return item


def _words(values, name) -> str:
    value = values.get(name)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _people(values):
    people = values.get("authors") if isinstance(values.get("authors"), list) else [values.get("author")]
    return [name for one in people if isinstance(one, dict) and (name := text.clean_line(_words(one, "name")))]
