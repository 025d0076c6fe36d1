"""Stories, regions, topics and sources as plain JSON: of releases in force and of reference data, nothing else.

``schemas`` says the same as JSON Schema; a test holds the two together.
"""

from datetime import datetime

from articles.exporting import ninjs
from articles.exporting import stories as exported
from articles.readers import addresses, pictures

# Where each kind of place stands in the API.
COLLECTIONS = {"region": "regions", "topic": "topics", "source": "sources"}


def of_api(request, *parts) -> str:
    """The absolute address of something in the API."""
    return addresses.absolute(request, "/api/v1/" + "".join(f"{part}/" for part in parts))


def story(request, release, at, *, whole: bool) -> dict:
    """That release; with its text if ``whole``."""
    document, language = release.document, release.language

    def absolute(path):
        return addresses.absolute(request, path)

    told = {
        "id": release.public_id,
        "uri": exported.uri_of(release.public_id),
        "url": absolute(addresses.story(language, release.public_id, release.slug)),
        "api_url": of_api(request, "stories", release.public_id),
        "version": release.sequence,
        "language": document["language"],
        "direction": document["direction"],
        "headline": release.headline,
        "standfirst": release.standfirst,
        "dateline": document["dateline"],
        "bylines": [
            {"name": one["name"], "url": absolute(addresses.author(language, one["slug"])) if one["slug"] else None}
            for one in document["bylines"]
        ],
        "published_at": instant(release.published_at),
        "updated_at": instant(release.live_from) if release.is_updated else None,
        "breaking": release.breaking,
        "words": document["words"],
        "regions": [_named(request, "region", one, language, one["path"]) for one in document["regions"]],
        "topics": [_named(request, "topic", one, language, one["slug"]) for one in document["topics"]],
        "sources": [
            {**_named(request, "source", one, language, one["slug"]), "use": one["use"]} for one in document["sources"]
        ],
        "pictures": [_picture(request, shown) for one in document["pictures"] if (shown := pictures.shown(one, at))],
        "corrections": [
            {**note, "at": instant(datetime.fromisoformat(note["at"]))} for note in document["corrections"]
        ],
    }
    return {**told, "body_html": document["body"]} if whole else told


def as_ninjs(request, release, at, *, whole: bool) -> dict:
    """That release as ninjs, of what is public alone."""
    held = ninjs.as_object(exported.public_story_of(release, at))
    page = addresses.absolute(request, addresses.story(release.language, release.public_id, release.slug))
    for one in held["altIds"]:
        if one["role"] == "address":
            one["value"] = page
    for association in held.get("associations", []):
        for rendition in association["renditions"]:
            if rendition["href"].startswith("/"):
                rendition["href"] = addresses.absolute(request, rendition["href"])
    if not whole:
        del held["bodies"]
        held["representationType"] = "partial"
    return held


def _named(request, kind, one, language, where):
    known = bool(where)
    return {
        "code": one["code"] or None,
        "name": one["name"],
        "url": addresses.absolute(request, getattr(addresses, kind)(language, where)) if known else None,
        "api_url": of_api(request, COLLECTIONS[kind], one["code"]) if known else None,
    }


def _picture(request, shown):
    wide = shown.crops.get("16x9")
    return {
        "url": addresses.absolute(request, shown.src),
        "width": shown.width,
        "height": shown.height,
        "alt": shown.alt,
        "caption": shown.caption,
        "credit": shown.credit,
        "is_file_photo": shown.is_file_photo,
        "wide": {
            "url": addresses.absolute(request, wide["file"]),
            "width": wide["width"],
            "height": wide["height"],
        }
        if wide
        else None,
    }


def place(request, kind, thing, language) -> dict:
    """A region, topic or source, under its name in that edition."""
    where = thing.path if kind == "region" else thing.slug
    told = {
        "code": thing.code,
        "name": thing.shown_name(language),
        "url": addresses.absolute(request, getattr(addresses, kind)(language, where)),
        "api_url": of_api(request, COLLECTIONS[kind], thing.code),
        "stories_url": of_api(request, "stories") + f"?{kind}={thing.code}&language={language}",
        "stories": thing.counted_stories,
    }
    if kind == "region":
        told |= {"path": thing.path, "kind": thing.kind}
    elif kind == "source":
        told |= {"kind": thing.kind, "short_name": thing.short_name or None, "website": thing.website or None}
    return told


def instant(at) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
