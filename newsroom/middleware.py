"""What holds for every answer, whoever gives it."""

from django.conf import settings

from articles import audit


def private_unless_said_otherwise(get_response):
    """Nothing may be kept by a cache unless its view said so: ``articles.readers.http`` names what is public."""

    def middleware(request):
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


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
