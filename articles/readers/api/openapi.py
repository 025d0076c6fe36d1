"""The table of operations as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0)."""

from django.conf import settings

from articles.readers import addresses

from .problems import CONTENT_TYPE
from .schemas import SCHEMAS
from .table import OPERATIONS

_ABOUT = (
    "What readers have, as JSON: stories, and the regions, topics and sources that they stand under. Read-only and open"
    " to everybody. Every answer has an ETag; whoever sends it back as If-None-Match is told 304 while nothing has"
    " changed. Lists go on by their cursor. What may not be passed on, or is not out yet, is not here."
)
_WRONG = {
    "400": "The request cannot be understood; the answer says why.",
    "404": "There is no such thing.",
    "410": "Readers had it, and have it no longer.",
}


def document(request) -> dict:
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{settings.SITE_NAME} API", "version": "1", "description": _ABOUT},
        "servers": [{"url": addresses.absolute(request, "/api/v1")}],
        "paths": {f"/{operation.path}": {"get": _operation(operation)} for operation in OPERATIONS},
        "components": {"schemas": SCHEMAS},
    }


def _operation(operation):
    wrong = ["400"] if not operation.parts else ["400", "404"] if operation.name != "story" else ["400", "404", "410"]
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": description,
                "schema": {"type": "string", "pattern": f"^{pattern}$"},
            }
            for name, pattern, description in operation.parts
        ]
        + [
            {"name": one.name, "in": "query", "description": one.description, "schema": one.schema}
            for one in operation.parameters
        ],
        "responses": {
            "200": {
                "description": "What was asked for.",
                "headers": {"ETag": {"description": "Changes when the answer does.", "schema": {"type": "string"}}},
                "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{operation.gives}"}}},
            },
            "304": {"description": "Nothing has changed since the answer with that ETag."},
            **{
                status: {
                    "description": _WRONG[status],
                    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
                for status in wrong
            },
        },
    }
