"""Asking other people's servers: never one inside our own network, never for long, and never for more than was agreed.

An address may come from a form, a feed or a redirect, and a name may mean another machine at each look-up. So the name
is looked up once for each request, every address that it means is judged, and the connection is made to one of those
that were judged. What a request lets in with (a password, a token) is sent to the host it was meant for alone, and
stands in no message here.
"""

import base64
import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.conf import settings

LARGEST = 5 * 1024 * 1024  # bytes, unpacked
SECONDS = 10.0  # for all of it: name, connection, redirects, body
REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_CHUNK = 64 * 1024


class Unreachable(Exception):
    """There is no answer that can be used; the message says why, in a sentence that names nobody's password."""


class Forbidden(Unreachable):
    """The address is none that the newsroom may ask."""


@dataclass(frozen=True)
class Answer:
    """What a server answered. ``headers`` by their names in lower case; ``address`` is where it came from at last."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str


@dataclass(frozen=True)
class _Request:
    method: str
    address: str
    headers: dict
    body: bytes | None
    secret: str  # the value of an Authorization header
    most: int
    ends: float = field(compare=False)

    def seconds_left(self) -> float:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise Unreachable("The server took too long.")
        return left


def get(
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    login: str = "",
    password: str = "",
    most: int = LARGEST,
    seconds: float = SECONDS,
) -> Answer:
    """Fetch that http(s) address, through at most ``REDIRECTS`` redirects. ``most`` is in bytes, unpacked.

    With ``login``, ``password`` is sent as HTTP Basic (RFC 7617); without one, as a bearer token (RFC 6750). Any status
    but a redirect is an answer. Raises :class:`Forbidden` for an address inside our own network, of another scheme or
    with a password in it, and :class:`Unreachable` for no answer in time, or too large a one.
    """
    request = _Request(
        "GET", address, dict(headers or {}), None, _secret(login, password), most, time.monotonic() + seconds
    )
    for _ in range(REDIRECTS + 1):
        answer = _once(request)
        location = answer.headers.get("location", "") if answer.status in (301, 302, 303, 307, 308) else ""
        if not location:
            return answer
        request = _followed(request, location)
    raise Unreachable("The server leads from one address to the next.")


def post(
    address: str,
    body: bytes,
    *,
    headers: Mapping[str, str] | None = None,
    most: int = 64 * 1024,
    seconds: float = SECONDS,
) -> Answer:
    """Send that body to that http(s) address; a redirect is an answer and is not followed. Raises as :func:`get`."""
    return _once(_Request("POST", address, dict(headers or {}), body, "", most, time.monotonic() + seconds))


def connect(host: str, port: int, *, seconds: float = SECONDS) -> socket.socket:
    """A plain connection to that server, for protocols other than HTTP. Raises as :func:`get`, and ``OSError``."""
    request = _Request("", "", {}, None, "", 0, time.monotonic() + seconds)
    sock = _connected(_places(host, port, request), "", request)
    sock.settimeout(seconds)
    return sock


def judge(address: str) -> None:
    """Raise :class:`Forbidden` for an address that could never be asked, whatever its name means; for forms."""
    _parts(address)


def _secret(login, password):
    if login:
        return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()
    return f"Bearer {password}" if password else ""


def _followed(request, location):
    before, after = urlsplit(request.address), urlsplit(urljoin(request.address, location))
    if before.scheme == "https" and after.scheme != "https":
        raise Forbidden("The server leads from https to an address without it.")
    is_same = (before.scheme, before.netloc) == (after.scheme, after.netloc)
    return _Request(
        "GET",
        after._replace(fragment="").geturl(),
        request.headers,
        None,
        request.secret if is_same else "",
        request.most,
        request.ends,
    )


def _parts(address):
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Forbidden("This is no address on the web.") from error
    if parts.scheme not in _PORTS or not host:
        raise Forbidden("An address begins with https:// or http:// and names a server.")
    if any(ord(char) <= 32 or ord(char) == 127 for char in address):
        raise Forbidden("An address holds no spaces.")
    if parts.username or parts.password:
        raise Forbidden("A password does not belong into an address.")
    return parts, host, port or _PORTS[parts.scheme]


def _once(request) -> Answer:
    parts, host, port = _parts(request.address)
    places = _places(host, port, request)
    connection = http.client.HTTPConnection(host, port)
    watch = None
    try:
        connection.sock = sock = _connected(places, host if parts.scheme == "https" else "", request)
        # A time limit of a socket is one for each byte: who sends them one by one is stopped by this.
        watch = threading.Timer(request.seconds_left(), _hang_up, [sock])
        watch.daemon = True
        watch.start()
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": "newsroom", "Accept-Encoding": "gzip", "Connection": "close", **request.headers}
        if request.secret:
            headers["Authorization"] = request.secret
        connection.request(request.method, _quoted(target), body=request.body, headers=headers)
        response = connection.getresponse()
        body = _read(response, request)
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, body, request.address)
    except TimeoutError as error:
        raise Unreachable("The server took too long.") from error
    except ssl.SSLCertVerificationError as error:
        raise Unreachable("The server's certificate is not valid.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        request.seconds_left()
        raise Unreachable(f"There was no whole answer ({type(error).__name__}).") from error
    finally:
        if watch:
            watch.cancel()
        connection.close()


def _hang_up(sock):
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _quoted(target):
    return "".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in target)


# --- which machine ------------------------------------------------------------------------------------------------


def _places(host, port, request) -> list[tuple]:
    """What the name means now, every address judged. One that is ours forbids them all."""
    found = _looked_up(host, port, request)
    if f"{host}:{port}" in settings.PRIVATE_SERVERS:
        return found
    for _, place in found:
        if not is_public(place[0]):
            raise Forbidden(f"{host} is a machine inside our own network.")
    return found


def is_public(ip: str) -> bool:
    """Whether that IP address is one of the public internet, also where an IPv6 address holds an IPv4 one."""
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if address.version == 6:
        for inner in (address.ipv4_mapped, address.sixtofour, _nat64(address), *(address.teredo or ())):
            if inner is not None and not is_public(str(inner)):
                return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _nat64(address):
    known = address in ipaddress.ip_network("64:ff9b::/96")
    return ipaddress.IPv4Address(address.packed[-4:]) if known else None


def _looked_up(host, port, request):
    """(family, socket address) for each address of that name. The look-up itself has no time limit: a thread waits."""
    found: list = []

    def look_up():
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(request.seconds_left())
    if not found:
        raise Unreachable("The server's name could not be looked up in time.")
    if isinstance(found[0], Exception) or not found[0]:
        raise Unreachable(f"There is no server of the name {host}.")
    return [(family, place) for family, _, _, _, place in found[0]]


def _connected(places, tls_name, request):
    """A socket to the first of those addresses that answers, with TLS for that name."""
    trouble = None
    for family, place in places[:4]:
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(request.seconds_left())
            plain.connect(place)
            return ssl.create_default_context().wrap_socket(plain, server_hostname=tls_name) if tls_name else plain
        except ssl.SSLError:
            plain.close()
            raise
        except OSError as error:
            plain.close()
            trouble = error
    raise trouble or OSError("no address")


# --- the body -------------------------------------------------------------------------------------------------------


def _read(response, request):
    """The body, unpacked; too much of it, or too slow, and it is dropped."""
    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise Unreachable("The server packs its answer in a way that was not asked for.")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed not in ("identity", "") else None
    parts, size, came = [], 0, 0
    while True:
        part = response.read1(_CHUNK)
        if not part:
            break
        came += len(part)
        if unpack:
            try:
                part = unpack.decompress(part, request.most + 1 - size)
            except zlib.error as error:
                raise Unreachable("The server's answer is packed wrongly.") from error
        parts.append(part)
        size += len(part)
        if max(size, came) > request.most or (unpack and unpack.unconsumed_tail):
            raise Unreachable(f"The answer is larger than {_told(request.most)}.")
    request.seconds_left()
    if response.length:  # of what was announced, something has not come
        raise Unreachable("The answer ends before all of it has come.")
    return b"".join(parts)


def _told(size):
    return f"{size // 1024 // 1024} MB" if size >= 1024 * 1024 else f"{size // 1024} kB"
