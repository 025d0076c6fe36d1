"""One NewsML-G2 ``newsItem`` -> a story, or a picture that goes with one."""

import re
from xml.etree.ElementTree import Element

from articles.text import clean_line

from . import nitf, rich
from .g2_meta import Meta, code_of, read_meta, tail
from .items import Beside, WireError, WireItem, WirePhoto
from .rich import Rich
from .subbing import checked, finish, keep, paragraphs_of, photo_of, sub, take_credit
from .tags import local
from .times import Clock
from .trees import attribute, child, children

_HTML = frozenset({"html", "body", "div", "section", "article", "p", "span", "main"})
_PICTURES = frozenset({"picture", "graphic", "image", "photo"})
_FILE = re.compile(r"(?:file:/{0,3})?(?:\./)*\s*")


def kind_of(element: Element) -> str:
    """What a newsItem is, by its ``itemClass``: text where it does not say."""
    return tail(code_of(child(element, "itemmeta", "itemclass"), {})) or "text"


def is_picture(element: Element) -> bool:
    """Whether a newsItem is a picture or a graphic."""
    return kind_of(element) in _PICTURES


def read_item(element: Element, item: WireItem, photos: list[WirePhoto], beside: Beside) -> WireItem | WireError:
    """The story that a newsItem is, with these photos; or why it is none."""
    where = (item.raw, item.story, item.line)
    data: list[str] = []
    read = checked(item, lambda: _fill(element, item, photos, beside, data))
    if isinstance(read, WireError) and read.code == "missing_body" and data:
        return WireError("not_a_story", f"The item holds <{data[0]}>, which is data and no story.", *where)
    return read


def read_photo(element: Element, item: WireItem) -> WirePhoto:
    """The photo that a picture's newsItem is. ``item`` takes what the photo has no field for."""
    meta = read_meta(element, item)
    return _photo(element, item, meta)


def _fill(element, item, photos, beside, data):
    meta = read_meta(element, item)
    item.photos += photos
    if meta.kind in _PICTURES:
        item.photos.append(_photo(element, item, meta))
        _as_captions(item, meta, "picture")
        return
    body, pictures = _content(element, item, beside, data)
    if body is not None:
        sub(item, body)
    elif meta.kind != "text" and (meta.captions or item.headline):
        _as_captions(item, meta, meta.kind)
    else:
        finish(item)
    known = {photo.file for photo in item.photos}
    item.photos += [photo for photo in pictures if photo.file not in known]
    for caption in meta.captions if item.paragraphs and meta.kind == "text" else ():
        if caption != item.standfirst:
            keep(item, "description caption", caption)


def _as_captions(item, meta, kind):
    """A picture or a film that comes alone: its description is all the text that there is."""
    item.paragraphs = paragraphs_of("\n".join(dict.fromkeys([*meta.captions, item.standfirst])))
    if not item.paragraphs and item.headline:
        item.paragraphs = paragraphs_of(item.headline)
    item.warnings.append(f"{kind}_alone: this is a {kind} with its description, not a story.")
    keep(item, "itemClass", kind)
    finish(item)


def _photo(element, item, meta: Meta):
    caption = " ".join(meta.captions) or item.headline
    photo = photo_of(rich.Picture("", caption))
    take_credit(photo, meta.credit)
    photo.photographer = photo.photographer or meta.photographer
    photo.credit = photo.credit or meta.rights_holder or item.provider
    photo.headline = item.headline
    photo.provider_id = item.provider_id
    photo.rights_holder = meta.rights_holder
    photo.usage_terms = item.usage.terms
    photo.taken_at = Clock([meta.taken_at]).read(meta.taken_at)
    renditions = [one for one in children(child(element, "contentset"), "remotecontent") if _is_image(one)]
    if renditions:
        photo.file = address_of(max(renditions, key=_size))
    return photo


def _content(element, item, beside, data):
    """The body of a newsItem, None if it has none, and the pictures that are its remote content."""
    content = child(element, "contentset")
    body, pictures = None, []
    for one in children(content, "inlinexml", "inlinedata", "remotecontent"):
        name = local(one.tag)
        if name == "remotecontent":
            if _is_image(one):
                pictures.append(one)
            elif body is None and (found := _remote_body(one, item, beside)) is not None:
                body = found
            else:
                keep(item, "remoteContent", address_of(one))
        elif body is not None:
            keep(item, name, f"a further one: {attribute(one, 'contenttype') or attribute(one, 'rendition')}")
        elif name == "inlinexml":
            body = _inline_xml(one, item, data)
        else:
            body = inline_data("".join(one.itertext()), attribute(one, "contenttype"))
    best = [max(pictures, key=_size)] if pictures else []
    return body, [WirePhoto("", file=address_of(one)) for one in best]


def _inline_xml(holder, item, data):
    for one in children(holder):
        name = local(one.tag)
        if name == "nitf":
            nitf.read_heads(one, item)
            return nitf.body_of(one)
        if name in _HTML:
            body = next(iter(children(one, "body")), one) if name == "html" else one
            return rich.read_tree(body)
        data.append(name)
    return None


def inline_data(words: str, contenttype: str) -> Rich | None:
    """Content given as characters: HTML, or plain text; None if there is nothing in it."""
    if not words.strip():
        return None
    if "html" in contenttype or "nitf" in contenttype or "xml" in contenttype:
        return rich.read(words)
    return rich.read_text(words) if "plain" in contenttype else rich.read_any(words)


def _remote_body(one, item, beside):
    contenttype = attribute(one, "contenttype")
    if not any(kind in contenttype for kind in ("html", "nitf", "text/plain")):
        return None
    raw = beside(address_of(one))
    if raw is None:
        return None
    item.raw += raw
    return inline_data(raw.decode("utf-8", "replace"), contenttype)


def _is_image(one):
    contenttype = attribute(one, "contenttype")
    return contenttype.startswith("image/") or (
        not contenttype
        and address_of(one).lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff"))
    )


def _size(one):
    numbers = [attribute(one, name) for name in ("width", "height", "size")]
    width, height, size = (int(number) if number.isascii() and number.isdigit() else 0 for number in numbers)
    return width * height, "highres" in attribute(one, "rendition").lower(), size


def address_of(one: Element) -> str:
    """Where remote content lies: a name relative to the file's own, or an address."""
    href = clean_line(attribute(one, "href"))
    if href.startswith(("http://", "https://")):
        return href[:2000]
    return _FILE.sub("", href, count=1)[:500] or attribute(one, "residref")[:500]
