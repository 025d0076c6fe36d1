"""How each kind of cache is told to forget what carries a key. One row of ``ENGINES`` each, chosen by ``PURGE``."""

import http.client
import json
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE = 5  # seconds


class NotPurged(Exception):
    """The cache did not do as it was told; the message says why, and holds no token."""


class Request(NamedTuple):
    server: str  # scheme and host
    method: str
    path: str
    headers: dict[str, str]
    body: str = ""


def _by_header(place, keys, token) -> Iterator[Request]:
    """A cache of one's own, asked by PURGE: Varnish as ``newsroom/varnish.vcl`` sets it up, and any like it."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    for some in _some(keys, 100):
        yield Request(
            f"http://{place.netloc}", "PURGE", place.path or "/", {**headers, "Surrogate-Key": " ".join(some)}
        )


def _fastly(place, keys, token) -> Iterator[Request]:
    for some in _some(keys, 256):
        headers = {"Fastly-Key": token, "Surrogate-Key": " ".join(some), "Accept": "application/json"}
        yield Request("https://api.fastly.com", "POST", f"/service/{place.netloc}/purge", headers)


def _cloudflare(place, keys, token) -> Iterator[Request]:
    for some in _some(keys, 30):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        path = f"/client/v4/zones/{place.netloc}/purge_cache"
        yield Request("https://api.cloudflare.com", "POST", path, headers, json.dumps({"tags": some}))


# The scheme of an address in PURGE, and how the requests are made for it.
ENGINES = {"varnish": _by_header, "http": _by_header, "fastly": _fastly, "cloudflare": _cloudflare}


def purge(address: str, keys: list[str]) -> None:
    """Have the cache at that address forget what carries any of these keys. Raises :class:`NotPurged`."""
    place = urlsplit(address)
    for request in ENGINES[place.scheme](place, keys, settings.PURGE_TOKEN):
        _send(request)


def _some(keys, most):
    for start in range(0, len(keys), most):
        yield keys[start : start + most]


def _send(request):
    server = urlsplit(request.server)
    kind = http.client.HTTPSConnection if server.scheme == "https" else http.client.HTTPConnection
    connection = kind(server.netloc, timeout=PATIENCE)
    try:
        connection.request(request.method, request.path, request.body or None, request.headers)
        response = connection.getresponse()
        response.read(1000)
    except (OSError, http.client.HTTPException) as error:
        raise NotPurged(f"{server.netloc} gave no answer: {type(error).__name__}.") from error
    finally:
        connection.close()
    if not 200 <= response.status < 300:
        raise NotPurged(f"{server.netloc} answered {response.status}.")
