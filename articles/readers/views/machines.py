"""What is there for machines: pictures, robots, the icon, and whether the site is up."""

import logging

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
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /search/", "Disallow: /ar/search/", ""]
    lines.append(f"Sitemap: {addresses.absolute(request, '/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


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
