"""What caches and browsers are told about public pages, and how a page becomes an answer. One policy, in one place.

A public view gives a :class:`Page`: a template and plain data. The page's ETag is a hash of that data and of the build,
so it changes when, and only when, what readers have changes; a browser that has it already costs no rendering.
Nothing here looks at who asks: no session, no cookie, no ``Vary``.
"""

import hashlib
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, wraps
from pathlib import Path

from django.conf import settings
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import escape_leading_slashes, http_date

from articles import cache_keys, text

from . import addresses, places, sharing, words

# A shared cache keeps a page for a minute, a browser asks each time. No lifetime is reckoned from a release to come:
# it would tell of it. An origin that is down may be stood in for only as long as a retraction may be late.
PAGE = "public, max-age=0, s-maxage=60, stale-if-error=600"
LIST = "public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=600"
MISSING = "public, max-age=0, s-maxage=10"
FOR_GOOD = "public, max-age=31536000, immutable"
UNKEPT = "no-store"


@dataclass
class Page:
    """What a view gives. ``context`` is plain data alone; ``other`` the same page in the other edition."""

    template: str
    context: dict = field(default_factory=dict)
    at: object = None
    status: int = 200
    other: str = ""
    feed: str = ""
    canonical: str = ""
    noindex: bool = False
    content_type: str = "text/html; charset=utf-8"
    share: sharing.Share | None = None
    described: list = field(default_factory=list)  # schema.org's descriptions of what it shows
    keys: list[str] | None = None  # of ``articles.cache_keys``; None for a page that any release may change
    changed: object = None  # the instant since which it has been so, where it is known


@dataclass
class Moved:
    """This page stands at another address, for good."""

    address: str
    status: int = 301


def public(cached: str = LIST):
    """Mark a view as public, with what caches may do with its answers.

    The view gets the request and the edition's language and gives a :class:`Page`, a :class:`Moved` or a response;
    ``Http404`` becomes the one page that everything unknown gets, the same to the byte.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, *, language=settings.LANGUAGE_CODE, **kw):
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            with translation.override(language):
                try:
                    given = view(request, language, **kw)
                except Http404:
                    return missing(request, language)
                if isinstance(given, Moved):
                    response = HttpResponseRedirect(given.address, status=given.status)
                elif isinstance(given, Page):
                    response = _rendered(request, language, given)
                else:
                    response = given
            if not response.has_header("Cache-Control"):
                response["Cache-Control"] = cached
            _mark(response, getattr(given, "keys", None), language, kw)
            return response

        answer.is_public = True
        return answer

    return decorate


def _mark(response, keys, language, parts):
    """Say by which keys a cache is told to forget this answer: what the view says, or what its address names."""
    anything = cache_keys.at_place("home", language)
    # What stands under no edition's address may show stories of each.
    of_all = [cache_keys.at_place("home", edition) for edition, _name in settings.LANGUAGES]
    if "public_id" in parts:
        keys = [cache_keys.story(parts["public_id"]), *(keys or [])]
    elif "extension" in parts:
        keys = [cache_keys.picture(parts["key"])]
    for header, between in settings.CACHE_KEY_HEADERS.items():
        response[header] = between.join(cache_keys.bounded(keys or of_all, anything))


def missing(request, language) -> HttpResponse:
    """The answer to every address at which readers have nothing: never was, not yet, or not for them."""
    with translation.override(language):
        page = Page("404.html", at=timezone.now(), status=404, noindex=True)
        response = HttpResponse(render_to_string(page.template, _surrounded(request, language, page)), status=404)
    response["Cache-Control"] = MISSING
    _mark(response, None, language, {})
    return response


def not_found(request, exception=None) -> HttpResponse:
    """``handler404``: the edition is read off the address, for no view was found."""
    editions = {code for code, _ in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    first = request.path_info.lstrip("/").split("/", 1)[0]
    return missing(request, first if first in editions else settings.LANGUAGE_CODE)


def nothing(request) -> HttpResponse:
    """Every address that no view has, also where DEBUG would show the developer's page instead of the readers' own.

    It stands last among the addresses; what only lacks its closing slash is led to it, as CommonMiddleware would.
    """
    path = request.path_info
    if request.method in ("GET", "HEAD") and not path.endswith("/"):
        with suppress(Resolver404):
            if resolve(f"{path}/").func is not nothing:
                # escape_leading_slashes: "//evil.example" must stay a path of ours.
                return HttpResponsePermanentRedirect(
                    escape_leading_slashes(request.get_full_path(force_append_slash=True))
                )
    return not_found(request)


nothing.is_public = True


def server_error(request) -> HttpResponse:
    """``handler500``: says nothing about what went wrong, and needs no database."""
    response = HttpResponse(render_to_string("500.html", {"site_name": settings.SITE_NAME}), status=500)
    response["Cache-Control"] = UNKEPT
    return response


def _rendered(request, language, page):
    context = _surrounded(request, language, page)
    # Everything in the context is plain data, so its repr says all that the template can show.
    etag = etag_of(page.template, sorted(context.items(), key=lambda item: item[0]))
    # By the ETag alone: a page may change, as when a related story is taken back, without any newer time.
    response = get_conditional_response(request, etag=etag) if page.status == 200 else None
    if response is None:
        response = HttpResponse(_drawn(page.template, context, etag), page.content_type, page.status)
    response["ETag"] = etag
    if page.changed:
        response["Last-Modified"] = http_date(page.changed.timestamp())
    if page.noindex:
        response["X-Robots-Tag"] = "noindex"
    return response


# What this process drew last. An ETag says all that a page shows, so what has the same one is the same page.
_KEPT: OrderedDict[str, bytes] = OrderedDict()


def _drawn(template, context, etag) -> bytes:
    drawn = _KEPT.pop(etag, None)
    if drawn is None:
        drawn = render_to_string(template, context).encode()
    _KEPT[etag] = drawn
    with suppress(KeyError):  # another thread has taken the last of them away
        while len(_KEPT) > settings.PAGES_KEPT:
            _KEPT.popitem(last=False)
    return drawn


def _surrounded(request, language, page):
    """The page's own data and what stands around it on every page. No request, no user: templates cannot reach one."""
    at = page.at or timezone.now()
    other = addresses.other_edition(language)
    # A page that is not there has no address of its own: nothing of what was asked for is said back.
    known = page.status != 404
    return {
        "language": language,
        "direction": text.direction(language),
        "today": timezone.localdate(at, timezone.get_default_timezone()),
        "site_name": words.site_name(),
        "sections": places.navigation(language),
        "here": request.path if known else "",
        "canonical": addresses.absolute(request, page.canonical or request.path) if known else "",
        "home_address": addresses.home(language),
        "regions_address": addresses.regions(language),
        "topics_address": addresses.topics(language),
        "sources_address": addresses.sources(language),
        "latest_address": addresses.latest(language),
        "fixed": {slug: addresses.fixed(language, slug) for slug in addresses.FIXED},
        "archive_address": addresses.archive(language),
        "corrections_address": addresses.corrections(language),
        "search_address": addresses.search(language),
        "programs_address": addresses.programs(language),
        "manifest_address": addresses.manifest(language),
        "site_feed": addresses.feed(addresses.home(language)),
        "feed": page.feed,
        "feeds": addresses.feeds(page.feed or addresses.feed(addresses.home(language))) if known else [],
        "feed_title": (page.feed and page.share and page.share.title) or words.site_name(),
        "share": sharing.told(request, page.share, words.site_name(), language),
        "described": page.described,
        "other_language": other,
        "other_name": dict(settings.LANGUAGES)[other],
        "other_address": page.other or addresses.home(other),
        "other_absolute": addresses.absolute(request, page.other) if page.other else "",
        "noindex": page.noindex,
        **page.context,
    }


def etag_of(*shown) -> str:
    """The ETag of what shows that data, as this build shows it. Plain data alone, whose ``repr`` says all of it."""
    return f'"{hashlib.sha256(repr((build(), *shown)).encode()).hexdigest()[:32]}"'


def build() -> str:
    """A hash of the code, templates, styles and translations that pages are made with."""
    return _build_now() if settings.DEBUG else _build_once()


@cache
def _build_once():
    return _build_now()


def _build_now():
    app = Path(__file__).resolve().parent.parent
    folders = (app / "readers", app / "static" / "readers", app / "locale", settings.BASE_DIR / "templates")
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix not in (".pyc", ".po"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
