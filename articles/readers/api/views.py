"""The addresses of the API, made from its table, and what is the same for all of its answers."""

import json
from functools import wraps

from django.http import HttpResponse
from django.urls import re_path
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from articles.readers import addresses, http, sharing

from . import openapi, parameters
from .problems import Problem
from .table import OPERATIONS

_METHODS = "GET, HEAD, OPTIONS"


def _open(view):
    """Mark a view as one of the API: anybody's page may ask it, and what is wrong is said as a problem."""

    @http.public()
    def told(request, language, **parts):
        try:
            return view(request, **parts)
        except Problem as problem:
            return problem.response()

    @wraps(view)
    def answer(request, **parts):
        if request.method in ("GET", "HEAD"):
            response = told(request, **parts)
        elif request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": _METHODS})
            response["Access-Control-Allow-Methods"] = _METHODS
            response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        else:
            response = Problem(405, "The API is for reading alone.").response()
            response["Allow"], response["Cache-Control"] = _METHODS, http.UNKEPT
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
        response["X-Robots-Tag"] = "noindex"
        return response

    answer.is_public = True
    return answer


def _view(operation):
    @_open
    def view(request, **parts):
        at = timezone.now()
        asked = parameters.read(operation.parameters, request.GET)
        given = operation.answer(request, at, asked, **parts)
        data, links = given.data, ['</api/v1/openapi.json>; rel="service-desc"']
        if "cursor" in asked:
            further = _with(request, given.cursor) if given.cursor else None
            data = {**data, "cursor": given.cursor or None, "next": further}
            links += [f'<{further}>; rel="next"'] if further else []
        return _json(request, data, links, given.changed)

    return view


def _with(request, cursor):
    """The address of the same list from that cursor on."""
    asked = request.GET.copy()
    asked["cursor"] = cursor
    return addresses.absolute(request, f"{request.path}?{asked.urlencode()}")


def _json(request, data, links=(), changed=None):
    etag = http.etag_of(request.path, data)
    last_modified = int(changed.timestamp()) if changed else None
    response = get_conditional_response(request, etag=etag, last_modified=last_modified)
    if response is None:
        response = HttpResponse(json.dumps(data, ensure_ascii=False), content_type="application/json")
    response["ETag"] = etag
    if links:
        response["Link"] = ", ".join(links)
    if last_modified is not None:
        response["Last-Modified"] = http_date(last_modified)
    return response


@http.public()
def page(request, language):
    """What there is for programs, for people to read."""
    return http.Page(
        "readers/programs.html",
        {
            "operations": [
                {
                    "address": f"/api/v1/{operation.path}",
                    "example": "" if operation.parts else f"/api/v1/{operation.path}",
                    "summary": operation.summary,
                    "parameters": [
                        {"name": one.name, "description": one.description, "default": one.default}
                        for one in operation.parameters
                    ],
                }
                for operation in OPERATIONS
            ],
            "document": "/api/v1/openapi.json",
            "sitemaps": ["/sitemap.xml", "/sitemaps/news.xml"],
        },
        other=addresses.programs(addresses.other_edition(language)),
        share=sharing.Share(
            _("For programs"),
            _(
                "What readers have, for whoever builds on it: feeds of every list, and all stories as JSON. Open to"
                " everybody, and for reading alone."
            ),
        ),
    )


@_open
def described(request):
    return _json(request, openapi.document(request))


@_open
def nothing(request):
    raise Problem(404, "There is nothing at this address. What there is stands in /api/v1/openapi.json.")


def _route(operation):
    pattern = operation.path
    for name, part, _said in operation.parts:
        pattern = pattern.replace(f"{{{name}}}", f"(?P<{name}>{part})")
    end = "?" if pattern.endswith("/") else ""
    return re_path(rf"^api/v1/{pattern}{end}$", _view(operation), name=f"api_{operation.name}")


urlpatterns = [
    *(_route(operation) for operation in OPERATIONS),
    re_path(r"^api/v1/openapi\.json$", described, name="api_openapi"),
    re_path(r"^api/v1/", nothing, name="api_nothing"),
]
