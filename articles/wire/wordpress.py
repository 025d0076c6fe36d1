"""WordPress archives (WXR 1.0 to 1.2): what the exporter of any WordPress writes, item by item.

Posts, pages and posts of a site's own kinds are stories; attachments are the pictures of them. Elements are told by
their local names, for the namespace changes with every version. An archive of any length is read in two passes: one
over the bytes for the attachments, which may stand behind the posts that show them, and one over the XML.
"""

import html
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from articles import text

from . import rich, safe_xml
from .dates import read_instant
from .items import Beside, Subject, WireError, WireItem, WirePhoto
from .language import detect_language
from .shortcodes import read_shortcodes
from .tags import local

_WANTED = frozenset("item author title link language base_site_url image category tag term".split())  # noqa: SIM905
# What WordPress keeps as posts and no reader has ever read.
_MACHINERY = frozenset(
    "nav_menu_item revision custom_css customize_changeset oembed_cache user_request wp_block wp_template"  # noqa: SIM905
    " wp_template_part wp_global_styles wp_navigation wp_font_family wp_font_face acf-field acf-field-group".split()
)
_NOT_PUBLIC = {
    "draft": "a draft",
    "pending": "waiting for review",
    "private": "private",
    "future": "to appear later",
    "inherit": "a copy of another",
}
_LONGEST_ATTACHMENT = 100_000  # bytes of its item
_CHUNK = 1 << 20
_LONG_ENOUGH = 40  # words that tell a language better than the site's setting does


def detect(head: bytes) -> bool:
    """Whether a file that begins so is a WordPress archive: RSS with WordPress's own namespace."""
    return b"wordpress.org/export/" in head and b"<rss" in head


def parse(stream: BinaryIO, beside: Beside) -> Iterator[WireItem | WireError]:
    """Read an archive, story by story. An item that is no story (a menu, a revision) is passed over."""
    with _on_disk(stream) as file:
        site = _Site(_attachments(file))
        file.seek(0)
        document, number = safe_xml.Document(), 0
        try:
            for found in safe_xml.read_elements(file, _WANTED, document):
                if found.name != "item":
                    site.learn(found)
                    continue
                parsed = _read(found.element, site)
                if parsed is None:
                    continue
                number += 1
                parsed.raw, parsed.story, parsed.line = found.raw, number, found.line
                if isinstance(parsed, WireItem):
                    parsed.encoding = document.encoding
                    parsed.warnings += document.warnings
                yield parsed
        except safe_xml.BadXml as error:
            error.error.story = number + 1
            yield error.error
            return
        if not number:
            yield WireError("empty_file", "This archive holds no post and no page.")


@contextmanager
def _on_disk(stream):
    """That stream where it can be read twice."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        while data := stream.read(_CHUNK):
            file.write(data)
        file.seek(0)
        yield file


# --- pictures --------------------------------------------------------------------------------------------------------


def _attachments(file) -> dict[str, bytes]:
    """Address, caption, alternative text and parent of each attachment, by its number; packed, for there are many."""
    found: dict[str, bytes] = {}
    held = b""
    while chunk := file.read(_CHUNK):
        *items, held = (held + chunk).split(b"</item>")
        held = held[-_LONGEST_ATTACHMENT:]
        for item in items:
            item = item[max(item.rfind(b"<item"), 0) :]
            if b"attachment_url" not in item or len(item) > _LONGEST_ATTACHMENT:
                continue
            values = {name: _value(item, name) for name in (b"post_id", b"attachment_url", b"encoded", b"post_parent")}
            parts = [values[b"attachment_url"], values[b"encoded"], _alt(item), values[b"post_parent"]]
            found[values[b"post_id"]] = "\0".join(part.replace("\0", "")[:1000] for part in parts).encode()
    return found


def _value(item: bytes, name: bytes) -> str:
    """The words of the last element of that local name: of two ``encoded`` ones, that is the excerpt."""
    name += b">"
    last = item.rfind(name)
    end = item.rfind(b"</", 0, max(last, 0))
    start = item.rfind(name, 0, max(end, 0))
    if start < 0:
        return ""
    words = item[start + len(name) : end].strip()
    literal = words.startswith(b"<![CDATA[")
    decoded = (words[9:].removesuffix(b"]]>") if literal else words).decode("utf-8", "replace")
    return decoded if literal else html.unescape(decoded)


def _alt(item):
    at = item.find(b"_wp_attachment_image_alt")
    return _value(item[at : item.find(b"postmeta>", at)], b"meta_value") if at >= 0 else ""


# --- the site --------------------------------------------------------------------------------------------------------


@dataclass
class _Site:
    """What stands before the items, and holds for all of them."""

    attachments: dict[str, bytes]
    name: str = ""
    address: str = ""
    language: str = ""
    authors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.by_parent: dict[str, list[str]] = {}
        for number, packed in self.attachments.items():
            if (parent := packed.rsplit(b"\0", 1)[1].decode()) not in ("", "0"):
                self.by_parent.setdefault(parent, []).append(number)

    def learn(self, found):
        element = found.element
        match found.name:
            case "author":
                names = _children(element)
                shown = names.get("author_display_name") or names.get("author_login", "")
                self.authors[names.get("author_login", "")] = text.clean_line(shown)
            case "title":
                self.name = self.name or text.clean_line(element.text or "")[:80]
            case "link" | "base_site_url":
                self.address = self.address or (element.text or "").strip()[:300]
            case "language":
                self.language = self.language or (element.text or "").strip().lower()[:2]

    def picture(self, number) -> WirePhoto | None:
        if number not in self.attachments:
            return None
        address, caption, alt, _ = self.attachments[number].decode().split("\0")
        if not address.startswith(("http://", "https://")):
            return None
        return WirePhoto(
            caption=rich.plain_line(caption), alt_text=text.clean_line(alt), file=address.strip(), provider_id=number
        )


def _children(element) -> dict[str, str]:
    return {local(child.tag): (child.text or "").strip() for child in element}


# --- an item -----------------------------------------------------------------------------------------------------


def _read(element, site) -> WireItem | WireError | None:
    values = _children(element)
    kind = values.get("post_type", "post")
    if kind in _MACHINERY or kind == "attachment":
        return None
    status = values.get("status", "publish")
    headline = rich.plain_line(values.get("title", ""))
    if status in ("trash", "auto-draft"):
        return WireError("in_the_bin", f"This was in the bin of the website: {headline[:200] or 'untitled'}.")
    markup, excerpt = _texts(element)
    words, numbers = read_shortcodes(markup)
    body = rich.read(words, values.get("link", "") or site.address)
    if not headline:
        return WireError("missing_headline", "The post has no headline.")
    if not body.paragraphs:
        return WireError("missing_body", "The post has a headline but no text under it.")
    item = WireItem(headline, body.paragraphs, html=body.html)
    item.standfirst = " ".join(paragraph.text for paragraph in rich.read_any(excerpt).paragraphs)
    item.language = _language(item, site)
    item.direction = text.direction(item.language)
    item.byline = site.authors.get(values.get("creator", "")) or text.clean_line(values.get("creator", ""))
    item.provider = site.name or site.address
    item.provider_id = text.clean_line(values.get("guid") or f"{site.address}?p={values.get('post_id', '')}")[:200]
    item.link = link if (link := values.get("link", "")).startswith(("http://", "https://")) else ""
    item.genre = "" if kind == "post" else kind
    item.photos = _photos(values, element, body, numbers, site)
    for child in element:
        if local(child.tag) == "category" and (name := rich.plain_line(child.text or "")):
            item.subjects.append(Subject(f"{child.get('domain', 'category')}:{child.get('nicename', '')}", name))
    if values.get("post_parent", "0") not in ("", "0"):
        item.related.append(f"{site.address}?p={values['post_parent']}")
    _date(item, values, status)
    item.unmapped = {
        name: text.clean_line(values[name])[:300]
        for name in ("post_name", "post_password", "is_sticky", "menu_order", "comment_status")
        if values.get(name) not in (None, "", "0", "open", "closed")
    }
    return item


def _texts(element):
    """The text and the excerpt, both called ``encoded``: told by their namespace, or else by their order."""
    encoded = [child for child in element if local(child.tag) == "encoded"]
    excerpts = [child for child in encoded if "excerpt" in child.tag]
    contents = [child for child in encoded if "excerpt" not in child.tag]
    return (
        (contents[0].text or "") if contents else "",
        (excerpts[0].text or "") if excerpts else (contents[1].text or "") if len(contents) > 1 else "",
    )


def _language(item, site):
    if text.count_words(" ".join(p.text for p in item.paragraphs[:6])) < _LONG_ENOUGH and site.language:
        return site.language
    return detect_language(" ".join([item.headline, *(paragraph.text for paragraph in item.paragraphs[:4])]))


def _photos(values, element, body, numbers, site):
    """The featured picture, those in the text, those of its galleries, and what was uploaded to it; each once."""
    featured = [meta.get("meta_value", "") for meta in _metas(element) if meta.get("meta_key") == "_thumbnail_id"]
    own = site.by_parent.get(values.get("post_id", ""), [])
    found = [site.picture(number) for number in featured]
    found += [
        WirePhoto(caption=one.caption, alt_text=one.alt_text, credit=one.credit, file=one.address)
        for one in body.pictures
        if one.kind == "image" and one.address.startswith(("http://", "https://"))
    ]
    found += [site.picture(number) for number in [*numbers, *own]]
    photos: dict[str, WirePhoto] = {}
    for photo in filter(None, found):
        known = photos.setdefault(_original(photo.file), photo)
        known.caption, known.alt_text = known.caption or photo.caption, known.alt_text or photo.alt_text
    return list(photos.values())


def _original(address):
    """The same for every size that WordPress cut of a picture: ship-300x200.jpg is ship.jpg."""
    return re.sub(r"-\d{2,5}x\d{2,5}(?=\.\w{3,4}$)", "", address.split("?")[0]).split("://", 1)[-1]


def _metas(element):
    return [_children(child) for child in element if local(child.tag) == "postmeta"]


def _date(item, values, status):
    at = _instant(values)
    item.sent_at = read_instant(values.get("post_modified_gmt", "").replace("0000-00-00 00:00:00", ""))
    if status in _NOT_PUBLIC or values.get("post_password"):
        how = _NOT_PUBLIC.get(status, "behind a password")
        when = f", at {at:%Y-%m-%d %H:%M} UTC" if status == "future" and at else ""
        item.warnings.append(f"not_published: on the website this was {how}{when}.")
        item.ednote = f"On the website this was {how}{when}."
        return
    item.first_sent_at = at


def _instant(values) -> datetime | None:
    for name in ("post_date_gmt", "pubDate", "pubdate", "post_date"):
        said = values.get(name, "")
        if not said.startswith(("0000", "-0001")) and "-0001" not in said and (at := read_instant(said)):
            return at
    return None
