"""Atom 1.0 (RFC 4287)."""

from articles.readers.xml import Writer

from .entries import Feed
from .rss import media

_NAMESPACES = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns:media": "http://search.yahoo.com/mrss/"}


def write(feed: Feed) -> str:
    xml = Writer()
    with xml.inside("feed", **_NAMESPACES, **{"xml:lang": feed.language}):
        xml.leaf("id", feed.address)
        xml.leaf("title", feed.title)
        xml.leaf("subtitle", feed.description)
        xml.leaf("updated", _instant(feed.updated_at))
        xml.leaf("icon", feed.icon)
        xml.leaf("link", rel="self", type="application/atom+xml", href=feed.address)
        xml.leaf("link", rel="alternate", type="text/html", href=feed.page)
        if feed.hub:
            xml.leaf("link", rel="hub", href=feed.hub)
        _person(xml, feed.site_name, feed.home)
        for entry in feed.entries:
            language = entry.language if entry.language not in (feed.language, "und") else ""
            with xml.inside("entry", **{"xml:lang": language}):
                _entry(xml, entry)
    return xml.taken()


def _entry(xml, entry):
    xml.leaf("id", entry.uri)
    xml.leaf("title", entry.title)
    xml.leaf("link", rel="alternate", type="text/html", href=entry.address)
    xml.leaf("published", _instant(entry.published_at))
    xml.leaf("updated", _instant(entry.updated_at))
    for name, address in entry.authors:
        _person(xml, name, address)
    for tag in entry.tags:
        xml.leaf("category", term=tag)
    if entry.plain:
        xml.leaf("summary", entry.plain)
    if entry.html:
        xml.leaf("content", entry.html, type="html")
    if image := entry.image:
        if image.size:
            xml.leaf("link", rel="enclosure", type=image.type, length=image.size, href=image.address)
        media(xml, image)


def _person(xml, name, address):
    with xml.inside("author"):
        xml.leaf("name", name)
        if address:
            xml.leaf("uri", address)


def _instant(at):
    return at.isoformat(timespec="milliseconds")
