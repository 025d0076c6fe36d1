"""RSS 2.0 (https://www.rssboard.org/rss-specification), with Media RSS, Dublin Core and Atom's elements where it has
none of its own.

An item's ``atom:updated`` says which release it shows: ``articles.outlet_answers`` reads it.
"""

from django.utils.http import http_date

from articles.readers.xml import Writer

from .entries import Feed

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def write(feed: Feed) -> str:
    xml = Writer()
    with xml.inside("rss", version="2.0", **_NAMESPACES), xml.inside("channel"):
        xml.leaf("title", feed.title)
        xml.leaf("link", feed.page)
        xml.leaf("description", feed.description)
        xml.leaf("atom:link", rel="self", href=feed.address, type="application/rss+xml")
        if feed.hub:
            xml.leaf("atom:link", rel="hub", href=feed.hub)
        xml.leaf("language", feed.language)
        xml.leaf("lastBuildDate", _date(feed.updated_at))
        xml.leaf("docs", "https://www.rssboard.org/rss-specification")
        xml.leaf("ttl", "5")
        for entry in feed.entries:
            with xml.inside("item"):
                _item(xml, entry)
    return xml.taken()


def _item(xml, entry):
    xml.leaf("title", entry.title)
    xml.leaf("link", entry.address)
    xml.leaf("guid", entry.id, isPermaLink="false")
    xml.leaf("pubDate", _date(entry.published_at))
    xml.leaf("atom:updated", entry.since.isoformat(timespec="milliseconds"))
    xml.leaf("description", entry.summary_html)
    if entry.html:
        xml.leaf("content:encoded", entry.html)
    for name, _ in entry.authors:
        xml.leaf("dc:creator", name)
    for tag in entry.tags:
        xml.leaf("category", tag)
    if image := entry.image:
        if image.size:
            xml.leaf("enclosure", url=image.address, length=image.size, type=image.type)
        media(xml, image)


def media(xml, image):
    """The picture as Media RSS (https://www.rssboard.org/media-rss) tells it; Atom has the same elements."""
    size = {"width": image.width, "height": image.height}
    with xml.inside("media:content", url=image.address, type=image.type, medium="image", **size):
        if image.caption or image.alt:
            xml.leaf("media:description", image.caption or image.alt, type="plain")
        if image.credit:
            xml.leaf("media:credit", image.credit)


def _date(at):
    """RFC 822, as HTTP writes it, which is the same with a year of four digits."""
    return http_date(at.timestamp()).replace("GMT", "+0000")
