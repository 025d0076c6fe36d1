"""What is there for machines: pictures, robots, the icon, and whether the site is up."""

import logging

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.http import FileResponse, Http404, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from articles import photos
from articles.readers import addresses, http

TYPES = {"avif": "image/avif", "jpeg": "image/jpeg", "webp": "image/webp"}

logger = logging.getLogger(__name__)


@http.public(http.FOR_GOOD)
def media(request, language, folder, key, extension):
    """A public picture file. Its name is 128 random bits that nothing mentions before a release does."""
    if not key.startswith(folder):
        raise Http404("There is no such picture.")
    try:
        stream = storages["renditions"].open(f"{folder}/{key}.{extension}")
    except OSError as error:
        if photos.is_gone(f"{folder}/{key}.{extension}"):
            return _gone()
        raise Http404("There is no such picture.") from error
    response = FileResponse(stream, content_type=TYPES[extension])
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _gone():
    """The rights to it have ended."""
    response = HttpResponse("Gone\n", status=410, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = http.MISSING
    return response


@http.public()
def robots(request, language):
    lines = ["User-agent: *", "Disallow: /admin/"]
    lines += [f"Disallow: {addresses.search(edition)}" for edition, _name in settings.LANGUAGES]
    lines += ["", *(f"Sitemap: {addresses.absolute(request, path)}" for path in ("/sitemap.xml", "/sitemaps/news.xml"))]
    return _lines(lines)


@http.public()
def security(request, language):
    """Whom to tell of a weakness in the site (RFC 9116)."""
    if not settings.SECURITY_CONTACT:
        raise Http404("Nobody is named.")
    lines = [f"Contact: {contact}" for contact in settings.SECURITY_CONTACT]
    lines += [
        f"Expires: {settings.SECURITY_EXPIRES:%Y-%m-%d}T00:00:00Z",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {addresses.absolute(request, request.path)}",
    ]
    return _lines(lines)


@http.public()
def indexnow_key(request, language, key):
    """Proof for search engines that what tells them of new pages is this site (https://www.indexnow.org)."""
    if not settings.INDEXNOW_KEY or key != settings.INDEXNOW_KEY:
        raise Http404("There is no such file.")
    return _lines([key])


def _lines(lines):
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


@http.public()
def favicon(request, language):
    return http.Moved(static("readers/favicon.svg"), status=302)


@require_safe
def healthz(request):
    """Whether this process answers."""
    return _plain("ok")


@require_safe
def readyz(request):
    """Whether what it needs answers too: the database and the pictures' storage."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        storages["renditions"].exists("readyz")
    except Exception:  # whatever is wrong, the answer is the same, and says nothing about it
        logger.exception("not ready")
        return _plain("not ready", status=503)
    return _plain("ready")


def _plain(words, status=200):
    response = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = http.UNKEPT
    return response
