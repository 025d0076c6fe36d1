"""A story as NewsML-G2 2.35 (https://iptc.org/standards/newsml-g2/): a news message with the text, and an item for each
of its pictures."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings

from . import markup
from .ninjs import place_uri, topic_uri
from .stories import Picture, Story

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
XHTML = "http://www.w3.org/1999/xhtml"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_38.xml"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def write(story: Story) -> bytes:
    """The story as UTF-8."""
    return markup.to_bytes(message(story))


def message(*stories: Story) -> Element:
    """These stories as one element ``newsMessage``."""
    root = Element("newsMessage", {"xmlns": NAMESPACE})
    header = SubElement(root, "header")
    SubElement(header, "sent").text = _instant(datetime.now(UTC).replace(microsecond=0))
    SubElement(header, "sender").text = _sender()
    SubElement(header, "priority").text = str(min((story.urgency for story in stories), default=5))
    items = SubElement(root, "itemSet")
    for story in stories:
        items.append(_text_item(story))
        for picture in story.pictures:
            items.append(_picture_item(story, picture))
    return root


def _sender():
    return settings.SITE_URL.partition("://")[2] or "newsroom"


def _item(guid, story, kind):
    item = Element(
        "newsItem",
        {
            "guid": guid,
            "version": str(story.sequence),
            "standard": "NewsML-G2",
            "standardversion": "2.35",
            "conformance": "power",
            _LANGUAGE: story.language,
        },
    )
    SubElement(item, "catalogRef", {"href": _CATALOG})
    rights = SubElement(item, "rightsInfo")
    SubElement(SubElement(rights, "copyrightHolder"), "name").text = str(settings.SITE_NAME)
    if story.usage_terms:
        SubElement(rights, "usageTerms").text = story.usage_terms
    meta = SubElement(item, "itemMeta")
    SubElement(meta, "itemClass", {"qcode": f"ninat:{kind}"})
    SubElement(SubElement(meta, "provider", {"literal": _sender()}), "name").text = str(settings.SITE_NAME)
    SubElement(meta, "versionCreated").text = _instant(story.released_at)
    SubElement(meta, "firstCreated").text = _instant(story.first_released_at)
    SubElement(meta, "pubStatus", {"qcode": "stat:canceled" if story.is_canceled else "stat:usable"})
    return item, meta


def _text_item(story):
    item, meta = _item(story.uri, story, "text")
    if story.note:
        SubElement(meta, "edNote").text = story.note
    if story.is_canceled:
        content = SubElement(item, "contentMeta")
        SubElement(content, "headline").text = story.headline
        return item
    if "://" in story.address:
        SubElement(meta, "link", {"rel": "irel:seeAlso", "href": story.address})
    for picture in story.pictures:
        SubElement(meta, "link", {"rel": "irel:seeAlso", "residref": _guid(story, picture)})
    _content_meta(SubElement(item, "contentMeta"), story)
    contents = SubElement(item, "contentSet")
    inline = SubElement(contents, "inlineXML", {"contenttype": "application/xhtml+xml", "wordcount": str(story.words)})
    page = SubElement(inline, "html", {"xmlns": XHTML})
    SubElement(SubElement(page, "head"), "title").text = story.headline
    body = markup.tree(story.body)
    page.append(body)
    return item


def _content_meta(content, story):
    SubElement(content, "urgency").text = str(story.urgency)
    SubElement(content, "contentCreated").text = _instant(story.first_released_at)
    SubElement(content, "contentModified").text = _instant(story.released_at)
    if story.dateline:
        SubElement(SubElement(content, "located", {"literal": story.dateline}), "name").text = story.dateline
    for name in story.bylines:
        SubElement(SubElement(content, "creator", {"literal": name}), "name").text = name
    for source in story.sources:
        named = SubElement(content, "infoSource", {"literal": source["code"] or source["name"]})
        SubElement(named, "name").text = source["name"]
    SubElement(content, "language", {"tag": story.language})
    for topic in story.topics:
        uri = topic_uri(topic["code"])
        how = {"qcode": topic["code"]} if uri else {"literal": topic["code"]}
        SubElement(SubElement(content, "subject", {"type": "cpnat:abstract", **how}), "name").text = topic["name"]
    for region in story.regions:
        uri = place_uri(region["code"])
        how = {"uri": uri} if uri else {"literal": region["code"]}
        SubElement(SubElement(content, "subject", {"type": "cpnat:geoArea", **how}), "name").text = region["name"]
    if story.slugline:
        SubElement(content, "slugline").text = story.slugline
    SubElement(content, "headline").text = story.headline
    if story.dateline:
        SubElement(content, "dateline").text = story.dateline
    if story.byline:
        SubElement(content, "by").text = story.byline
    if story.standfirst:
        SubElement(content, "description", {"role": "drol:summary"}).text = story.standfirst


def _picture_item(story: Story, picture: Picture):
    item, _ = _item(_guid(story, picture), story, "picture")
    content = SubElement(item, "contentMeta")
    if picture.credit:
        SubElement(content, "creditline").text = picture.credit
    for role, words in (("drol:caption", picture.caption), ("drol:accessibility", picture.alt_text)):
        if words:
            SubElement(content, "description", {"role": role}).text = words
    contents = SubElement(item, "contentSet")
    SubElement(
        contents,
        "remoteContent",
        {"href": picture.address, "contenttype": "image/jpeg", "width": str(picture.width), "rendition": "rnd:highRes"},
    )
    return item


def _guid(story, picture):
    return f"{story.uri}#{picture.id}"


def _instant(at):
    return at.isoformat(timespec="seconds")
