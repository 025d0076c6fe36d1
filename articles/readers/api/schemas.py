"""What the API answers, as JSON Schema (2020-12): the components of the OpenAPI document."""

_URL = {"type": "string", "format": "uri"}
_INSTANT = {"type": "string", "format": "date-time"}


def _or_none(schema):
    return {**schema, "type": [schema["type"], "null"]}


def _object(properties, *, optional=(), description=""):
    told = {
        "type": "object",
        "required": [name for name in properties if name not in optional],
        "properties": properties,
        "additionalProperties": False,
    }
    return {**told, "description": description} if description else told


def _list(items):
    return {"type": "array", "items": items}


def _ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def _page(name, items):
    return _object(
        {
            name: _list(items),
            "cursor": {**_or_none({"type": "string"}), "description": "For the next page; null on the last."},
            "next": {**_or_none(_URL), "description": "The address of the next page; null on the last."},
        },
        description="One page of a list. It may hold fewer than were asked for and still not be the last.",
    )


_NAMED = {
    "code": _or_none({"type": "string"}),
    "name": {"type": "string"},
    "url": _or_none(_URL),
    "api_url": _or_none(_URL),
}
_PLACE = {
    "code": {"type": "string"},
    "name": {"type": "string"},
    "url": _URL,
    "api_url": _URL,
    "stories_url": _URL,
    "stories": {**_or_none({"type": "integer"}), "description": "How many stood there when last counted."},
}
_CROP = {"url": _URL, "width": {"type": "integer"}, "height": {"type": "integer"}}

SCHEMAS = {
    "Story": _object(
        {
            "id": {"type": "string"},
            "uri": {"type": "string", "description": "Names the story for good."},
            "url": _URL,
            "api_url": _URL,
            "version": {"type": "integer", "minimum": 1},
            "language": {"type": "string"},
            "direction": {"type": "string", "enum": ["ltr", "rtl"]},
            "headline": {"type": "string"},
            "standfirst": {"type": "string"},
            "dateline": {"type": "string"},
            "bylines": _list(_object({"name": {"type": "string"}, "url": _or_none(_URL)})),
            "published_at": _INSTANT,
            "updated_at": _or_none(_INSTANT),
            "breaking": {"type": "boolean"},
            "words": {"type": "integer"},
            "regions": _list(_ref("Named")),
            "topics": _list(_ref("Named")),
            "sources": _list(_object({**_NAMED, "use": _list({"type": "string"})})),
            "pictures": _list(_ref("Picture")),
            "corrections": _list(_ref("Note")),
            "body_html": {"type": "string", "description": "The text as sanitised HTML. In one story, not in lists."},
        },
        optional=("body_html",),
    ),
    "Named": _object(_NAMED),
    "Picture": _object(
        {
            **_CROP,
            "alt": {"type": "string"},
            "caption": {"type": "string"},
            "credit": {"type": "string"},
            "is_file_photo": {"type": "boolean"},
            "wide": {"oneOf": [_object(_CROP), {"type": "null"}]},
        }
    ),
    "Note": _object(
        {"kind": {"type": "string"}, "at": _INSTANT, "note": {"type": "string"}},
        description="What readers were told was wrong, or has changed.",
    ),
    "Region": _object({**_PLACE, "path": {"type": "string"}, "kind": {"type": "string"}}),
    "Topic": _object(_PLACE),
    "Source": _object(
        {
            **_PLACE,
            "kind": {"type": "string"},
            "short_name": _or_none({"type": "string"}),
            "website": _or_none({"type": "string"}),
        }
    ),
    "Ninjs": {
        "type": "object",
        "description": "ninjs 3.1: http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
        "required": ["uri", "standard"],
    },
    "AnyStory": {"anyOf": [_ref("Story"), _ref("Ninjs")]},
    "Stories": _page("stories", _ref("AnyStory")),
    "Regions": _page("regions", _ref("Region")),
    "Topics": _page("topics", _ref("Topic")),
    "Sources": _page("sources", _ref("Source")),
    "Index": _object(dict.fromkeys(("stories", "regions", "topics", "sources", "openapi"), _URL)),
    "Problem": {
        "type": "object",
        "description": "What is wrong (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "parameter": {"type": "string", "description": "Which parameter is wrong."},
            "taken_at": _INSTANT,
            "note": {"type": "string", "description": "What readers were told when the story was taken from them."},
        },
    },
}
