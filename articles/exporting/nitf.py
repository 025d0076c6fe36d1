"""A story as NITF 3.6 (https://iptc.org/standards/nitf/): one XML document."""

from xml.etree.ElementTree import Element, SubElement

from . import markup
from .stories import Story

NAMESPACE = "http://iptc.org/std/NITF/2006-10-18/"
_NAMES = {"h2": "hl2", "h3": "hl2", "strong": "em"}
_CLASSES = {"strong": "bold", "sub": "sub", "sup": "sup"}


def write(story: Story) -> bytes:
    """The story as UTF-8."""
    return markup.to_bytes(document(story))


def document(story: Story) -> Element:
    """The story as an element ``nitf``. A cancelled one is a document without text, which says so."""
    change = "cancel" if story.is_canceled else story.kind
    root = Element("nitf", {"xmlns": NAMESPACE, "version": "-//IPTC//DTD NITF 3.6//EN"})
    head = SubElement(root, "head")
    SubElement(head, "title").text = story.headline
    SubElement(head, "meta", {"name": "pubStatus", "content": "canceled" if story.is_canceled else "usable"})
    SubElement(head, "meta", {"name": "language", "content": story.language})
    if story.slugline:
        SubElement(head, "meta", {"name": "slugline", "content": story.slugline})
    docdata = SubElement(head, "docdata", {"management-status": "canceled" if story.is_canceled else "usable"})
    SubElement(docdata, "doc-id", {"id-string": story.uri})
    SubElement(docdata, "urgency", {"ed-urg": str(story.urgency)})
    SubElement(docdata, "date.issue", {"norm": f"{story.first_released_at:%Y%m%dT%H%M%SZ}"})
    SubElement(docdata, "date.release", {"norm": _instant(story)})
    if story.note:
        SubElement(docdata, "ed-msg", {"msg-type": change, "info": story.note})
    if story.usage_terms:
        rights = SubElement(docdata, "doc.rights", {"limitations": story.usage_terms})
        rights.attrib |= {"geography": ", ".join(story.territories)} if story.territories else {}
    if story.topics:
        keywords = SubElement(docdata, "key-list")
        for topic in story.topics:
            SubElement(keywords, "keyword", {"key": topic["name"]})
    if story.regions or story.topics:
        _classify(SubElement(docdata, "identified-content"), story)
    revision = SubElement(head, "revision-history", {"function": "editor", "norm": _instant(story)})
    revision.set("comment", f"{change}, release {story.sequence}")
    _body(SubElement(root, "body"), story)
    return root


def _instant(story):
    return f"{story.released_at:%Y%m%dT%H%M%SZ}"


def _classify(content, story):
    for topic in story.topics:
        value = {"type": "topic", "value": topic["code"]}
        SubElement(content, "classifier", value).text = topic["name"]
    for region in story.regions:
        location = SubElement(content, "location", {"location-code": region["code"]})
        location.text = region["name"]


def _body(body, story):
    head = SubElement(body, "body.head")
    SubElement(SubElement(head, "hedline"), "hl1").text = story.headline
    if story.is_canceled:
        return
    for name in story.bylines:
        SubElement(head, "byline").text = name
    if story.dateline:
        SubElement(SubElement(head, "dateline"), "location").text = story.dateline
    if story.standfirst:
        SubElement(SubElement(head, "abstract"), "p").text = story.standfirst
    content = SubElement(body, "body.content")
    for block in markup.tree(story.body):
        content.append(_converted(block))
    for picture in story.pictures:
        media = SubElement(content, "media", {"media-type": "image"})
        reference = {"source": picture.address, "mime-type": "image/jpeg", "width": str(picture.width)}
        SubElement(
            media, "media-reference", reference | ({"alternate-text": picture.alt_text} if picture.alt_text else {})
        )
        if picture.caption:
            SubElement(SubElement(media, "media-caption"), "p").text = picture.caption
        if picture.credit:
            SubElement(media, "media-producer").text = picture.credit


def _converted(element: Element) -> Element:
    """An element of HTML as one of NITF."""
    if element.tag == "blockquote":
        quoted = Element("bq")
        inner = SubElement(quoted, "block")
        inner.extend(_converted(block) for block in markup.with_paragraphs(element))
        quoted.tail = element.tail
        return quoted
    in_em = element.tag in ("sub", "sup")
    made = Element("em" if in_em else _NAMES.get(element.tag, element.tag))
    made.attrib |= {"class": _CLASSES[element.tag]} if element.tag in _CLASSES else {}
    if element.tag == "a" and element.get("href"):
        made.set("href", element.get("href"))
    children = [child for child in element if not (element.tag in ("ul", "ol") and child.tag != "li")]
    made.text = element.text if element.tag not in ("ul", "ol") else None
    for child in children:
        converted = _converted(child)
        converted.tail = child.tail if element.tag not in ("ul", "ol") else None
        made.append(converted)
    if element.tag in ("ul", "ol") and not len(made):
        SubElement(made, "li")
    return made
