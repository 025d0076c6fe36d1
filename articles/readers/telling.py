"""What the template of a story is given, from nothing but the document of a release.

The desk's preview renders the same template from a working copy's document, by the tag ``told_story``.
"""

from datetime import datetime

from django.utils import timezone

from . import addresses, body, pictures, words
from .cards import Link


def told(
    document, *, language, published_at, updated_at=None, breaking=False, at, media=addresses.media, locator=None
) -> dict:
    """All that ``readers/_story.html`` shows of that document in that edition, as things stand at that instant.

    ``locator`` is the map of its region, as ``rows.map_of`` gives it; it is shown where no picture may be.
    """
    shown = [picture for one in document["pictures"] if (picture := pictures.shown(one, at, media))]
    # The lead is the first of the document's pictures; where its rights have ended, the next one leads.
    lead, inline = (shown[0], shown[1:]) if shown else (None, [])
    regions = [Link(one["name"], addresses.region(language, one["path"])) for one in document["regions"]]
    return {
        "headline": document["headline"],
        "standfirst": document["standfirst"],
        "story_language": document["language"],
        "story_direction": document["direction"],
        "breaking": breaking,
        "kicker": regions[0] if regions else None,
        "bylines": [
            Link(line["name"], addresses.author(language, line["slug"]) if line["slug"] else "")
            for line in document["bylines"]
        ],
        "published_at": published_at,
        "updated_at": updated_at,
        "zone": timezone.get_default_timezone_name(),
        "minutes": document["minutes"],
        "lead": lead,
        "map": None if lead else locator,
        "pieces": body.pieces(document["body"], inline, document["dateline"]),
        "sources": [_source(one, language) for one in document["sources"]],
        "notes": notes(document),
        "regions": regions,
        "topics": [Link(one["name"], addresses.topic(language, one["slug"])) for one in document["topics"]],
    }


def notes(document) -> list[dict]:
    """The public notes of a story, newest first, as a page shows them."""
    return [
        {
            "kind": str(words.NOTE_KINDS.get(note["kind"], words.NOTE_KINDS["first"])),
            "at": datetime.fromisoformat(note["at"]),
            "note": note["note"],
        }
        for note in document["corrections"]
    ]


def _source(source, language):
    return {
        "name": source["name"],
        "address": addresses.source(language, source["slug"]) if source["slug"] else "",
        "kind": str(words.SOURCE_KINDS[source["kind"]]) if source["kind"] else "",
        "use": words.listed(words.USES[use] for use in source["use"] if use in words.USES),
    }
