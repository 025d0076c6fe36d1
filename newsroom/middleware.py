"""What holds for every answer, whoever gives it."""

import gzip
import re

from django.conf import settings
from django.http import HttpResponseBadRequest
from django.utils.cache import patch_vary_headers

from articles import audit
from articles.readers.views.machines import healthz

# What stands in no text, and in no column of a database: NUL, and halves of a pair that stand alone.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def private_unless_said_otherwise(get_response):
    """Nothing may be kept by a cache unless its view said so: ``articles.readers.http`` names what is public."""

    def middleware(request):
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def alive(get_response):
    """Whether this process answers is said to whoever asks by whatever name: caches and balancers ask by none."""

    def middleware(request):
        return healthz(request) if request.path_info == "/healthz" else get_response(request)

    return middleware


# Less than this fits one packet as it is.
_WORTH_IT = 1000
_TEXT = re.compile(r"text/|application/(rss|atom|feed|ld|json|xml|javascript|manifest|geo)|image/svg", re.ASCII)


def compress_what_is_public(get_response):
    """Text that everybody gets alike is sent compressed. What is somebody's own is not: its length would tell of it.

    Of an answer in which a secret stands beside what somebody else can put there, the compressed length gives the
    secret away (BREACH). No public answer holds one, for none knows who asks.
    """

    def middleware(request):
        response = get_response(request)
        if (
            response.get("Cache-Control", "").startswith("public")
            and not response.streaming
            and not response.has_header("Content-Encoding")
            and _TEXT.match(response.get("Content-Type", ""))
        ):
            patch_vary_headers(response, ["Accept-Encoding"])
            if len(response.content) >= _WORTH_IT and _GZIP.search(request.headers.get("Accept-Encoding", "")):
                response.content = gzip.compress(response.content, compresslevel=5, mtime=0)
                response["Content-Encoding"] = "gzip"
                response["Content-Length"] = str(len(response.content))
                if etag := response.get("ETag"):
                    # The same page in other bytes: what has one of them need not be sent the other.
                    response["ETag"] = f"W/{etag}" if etag.startswith('"') else etag
        return response

    return middleware


_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$))", re.IGNORECASE)


def log_whence(get_response):
    """The audit log says from which address something was done at the desk.

    The address is that of the connection, or what the proxy in front of us (``BEHIND_PROXY``) says it is: its last
    entry, because whatever stands before that comes from the client itself.
    """

    def middleware(request):
        address = request.META.get("REMOTE_ADDR", "")
        if settings.BEHIND_PROXY:
            address = request.headers.get("X-Forwarded-For", address).split(",")[-1].strip()
        with audit.coming_from(address):
            return get_response(request)

    return middleware


def text_alone_at_the_desk(get_response):
    """No screen of the desk is given a character that stands in no text: no database would take it.

    An address that has one was made by no person, and is refused. What was typed into a form is taken without it, so
    that none of its words is lost. It stands behind the check of forgery, which may refuse what was sent unread.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, arguments, named):
        if "admin" not in request.resolver_match.app_names:
            return None
        asked = [request.path_info, *request.COOKIES.values(), *_words(request.GET)]
        if any(_NO_TEXT.search(words) for words in asked):
            return HttpResponseBadRequest("There is a character in this address that stands in no text.", "text/plain")
        if any(_NO_TEXT.search(words) for words in _words(request.POST)):
            sent = request.POST.copy()
            sent.clear()
            for name, values in request.POST.lists():
                for value in values:
                    sent.appendlist(_NO_TEXT.sub("", name), _NO_TEXT.sub("", value))
            request.POST = sent
        return None

    middleware.process_view = process_view
    return middleware


def _words(given):
    for name, values in given.lists():
        yield name
        yield from values
