"""A story as ninjs 3.1 (https://www.iptc.org/std/ninjs/): one JSON object."""

import json

from articles import text

from .stories import Picture, Story

_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
_MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
_COUNTRIES = "http://cvx.iptc.org/iso3166-1a2/"


def write(story: Story) -> bytes:
    """The story as UTF-8."""
    return json.dumps(as_object(story), ensure_ascii=False).encode()


def as_object(story: Story) -> dict:
    """The story as ninjs names its parts; what there is nothing of is left out."""
    held = {
        "uri": story.uri,
        "standard": {"name": "ninjs", "version": "3.1", "schema": _SCHEMA},
        "type": "text",
        "representationType": "full",
        "version": str(story.sequence),
        "firstCreated": _instant(story.first_released_at),
        "versionCreated": _instant(story.released_at),
        "pubStatus": "canceled" if story.is_canceled else "usable",
        "urgency": story.urgency,
        "language": story.language,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": story.headline}],
        "edNote": story.note,
    }
    if story.is_canceled:
        return _filled(held)
    plain = text.plain(story.body)
    held |= {
        "slugline": story.slugline,
        "by": story.byline,
        "located": story.dateline,
        "usageTerms": story.usage_terms,
        "descriptions": [{"role": "standfirst", "contentType": "text/plain", "value": story.standfirst}]
        if story.standfirst
        else [],
        "bodies": [
            {"role": "main", "contentType": "text/html", "wordCount": story.words, "value": story.body},
            {"role": "plain", "contentType": "text/plain", "charCount": len(plain), "value": plain},
        ],
        "places": [
            _filled({"name": one["name"], "rel": "about", "uri": place_uri(one["code"])}) for one in story.regions
        ],
        "subjects": [
            _filled({"name": one["name"], "rel": "about", "uri": topic_uri(one["code"]), "literal": one["code"]})
            for one in story.topics
        ],
        "infoSources": [
            _filled({"name": one["name"], "role": ", ".join(one["use"]), "literal": one["code"]})
            for one in story.sources
        ],
        "altIds": [{"role": "address", "value": story.address}, {"role": "id", "value": story.id}],
        "associations": [_association(story, picture) for picture in story.pictures],
    }
    return _filled(held)


def _association(story: Story, picture: Picture) -> dict:
    return _filled(
        {
            "name": "featured" if picture.is_lead else picture.id,
            "rel": "featured" if picture.is_lead else "picture",
            "uri": f"{story.uri}#{picture.id}",
            "type": "picture",
            "by": picture.credit,
            "descriptions": [
                {"role": role, "contentType": "text/plain", "value": words}
                for role, words in (("caption", picture.caption), ("alt", picture.alt_text))
                if words
            ],
            "renditions": [
                {"name": "main", "href": picture.address, "contentType": "image/jpeg", "width": picture.width}
            ],
        }
    )


def topic_uri(code: str) -> str:
    """The IPTC's own name for a Media Topic; "" for another code."""
    return _MEDIA_TOPICS + code.removeprefix("medtop:") if code.startswith("medtop:") else ""


def place_uri(code: str) -> str:
    """The IPTC's own name for a country; "" for another place."""
    return _COUNTRIES + code if len(code) == 2 and code.isalpha() else ""


def _instant(at):
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _filled(values):
    return {name: value for name, value in values.items() if value not in ("", None, [])}
