"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json

from .entries import Feed


def write(feed: Feed) -> str:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "description": feed.description,
        "language": feed.language,
        "icon": feed.icon,
        "authors": [{"name": feed.site_name, "url": feed.home}],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    return json.dumps({**_filled(told), "items": [_item(entry) for entry in feed.entries]}, ensure_ascii=False)


def _item(entry):
    told = {
        "id": entry.uri,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "date_published": entry.published_at.isoformat(timespec="milliseconds"),
        "date_modified": entry.updated_at.isoformat(timespec="milliseconds"),
        "authors": [_filled({"name": name, "url": address}) for name, address in entry.authors],
        "tags": entry.tags,
        "language": entry.language if entry.language != "und" else "",
    }
    if image := entry.image:
        told["image"] = image.address
        size = {"size_in_bytes": image.size} if image.size else {}
        told["attachments"] = [{"url": image.address, "mime_type": image.type, "title": image.caption, **size}]
        told["attachments"][0] = _filled(told["attachments"][0])
    # Every item has content in one form or the other, if only its headline.
    content = {"content_html": entry.html} if entry.html else {"content_text": entry.plain or entry.title}
    return {**_filled(told), **content}


def _filled(values):
    return {name: value for name, value in values.items() if value not in ("", [])}
