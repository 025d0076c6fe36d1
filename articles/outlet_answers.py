"""Asking the public site as a reader would, and reading off an answer which release of a story it carries.

Every public answer says it of each story that it shows, as the story's id and the instant of its release: in an
element ``<meta name="release">`` on the story's page, in ``data-release`` on a card, in ``atom:updated`` beside the
``guid`` of an item of a feed, in ``lastmod`` of a sitemap.
"""

import http.client
import time
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, ElementTree

PATIENCE = 5  # seconds for one answer
PATIENCE_IN_ALL = 45
LARGEST = 8 * 1024 * 1024
_REDIRECTS = 3
_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Unreachable(Exception):
    """The site gave no answer that could be read; the message says why."""


@dataclass(frozen=True)
class Answer:
    status: int
    content_type: str
    body: bytes


class Site:
    """The public site at that address (scheme and host). No cookies, no other host, and never for long."""

    def __init__(self, root: str):
        self.root = urlsplit(root)
        self.ends = time.monotonic() + PATIENCE_IN_ALL
        self.connection = None
        self.refused = ""

    def ask(self, address: str) -> Answer:
        """What the site answers at that path. Raises :class:`Unreachable`."""
        if self.refused:  # it does not answer at all: do not wait for it once for every page
            raise Unreachable(self.refused)
        for _ in range(_REDIRECTS + 1):
            answer, location = self._once(address)
            if not location:
                return answer
            there = urlsplit(urljoin(f"{self.root.scheme}://{self.root.netloc}{address}", location))
            if (there.scheme, there.netloc) != (self.root.scheme, self.root.netloc):
                raise Unreachable("It leads to another site.")
            address = there.path + (f"?{there.query}" if there.query else "")
        raise Unreachable("It leads from one address to the next.")

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    def _once(self, address):
        if time.monotonic() > self.ends:
            raise Unreachable("The site took too long over all its pages.")
        was_open = self.connection is not None
        try:
            return self._get(address)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if was_open:  # the site may end a connection that it kept, at any moment
                return self._once(address)
            raise Unreachable("It gave no whole answer in time.") from error

    def _get(self, address):
        if self.connection is None:
            self._connect()
        headers = {"User-Agent": "newsroom outlets", "Accept": "*/*", "Accept-Encoding": "identity"}
        self.connection.request("GET", address, headers=headers)
        response = self.connection.getresponse()
        body = self._read(response)
        if response.will_close:
            self.close()
        location = response.headers.get("Location", "") if 300 <= response.status < 400 else ""
        return Answer(response.status, response.headers.get_content_type(), body), location

    def _connect(self):
        kind = http.client.HTTPSConnection if self.root.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.root.netloc, timeout=PATIENCE)
        try:
            connection.connect()
        except OSError as error:
            self.refused = f"The site cannot be reached at {self.root.netloc}."
            raise Unreachable(self.refused) from error
        self.connection = connection

    def _read(self, response):
        """The whole body; a connection that gives too much of it, or too slowly, is dropped."""
        until, parts, size = time.monotonic() + PATIENCE, [], 0
        while part := response.read1(65536):
            parts.append(part)
            size += len(part)
            if size > LARGEST or time.monotonic() > until:
                raise OSError("too much, or too slow")
        return b"".join(parts)


@dataclass(frozen=True)
class Mark:
    """One story as an answer shows it: which, and the instant of the release, to the second or the millisecond."""

    public_id: str
    at: int  # milliseconds since 1970
    to_the_second: bool = False

    def names(self, release) -> bool:
        at = mark_instant(release.live_from)
        return at // 1000 == self.at // 1000 if self.to_the_second else at == self.at


def mark_instant(at: datetime) -> int:
    """An instant as a mark has it: whole milliseconds since 1970."""
    return int(at.timestamp()) * 1000 + at.microsecond // 1000


def mark_of(release) -> str:
    """The mark that a page gives a release. It says no more than the page does: which story, and since when so."""
    return f"{release.public_id}.{mark_instant(release.live_from)}"


def marks(answer: Answer) -> list[Mark]:
    """The stories that an answer shows. Raises :class:`Unreachable` where it cannot be read."""
    if answer.content_type in ("text/html", "application/xhtml+xml"):
        page = _Page()
        page.feed(answer.body.decode("utf-8", "replace"))
        return page.marks
    try:
        root = ElementTree.fromstring(answer.body)
    except (ParseError, DefusedXmlException) as error:
        raise Unreachable(f"It is not what it should be (status {answer.status}).") from error
    found = [_of_item(item) for item in root.iter("item")]
    found += [_of_address(url) for url in root.iter(f"{_SITEMAP}url")]
    return [mark for mark in found if mark]


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.marks: list[Mark] = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        words = attrs.get("content") if tag == "meta" and attrs.get("name") == "release" else attrs.get("data-release")
        public_id, _, at = (words or "").partition(".")
        if at.isdecimal():
            self.marks.append(Mark(public_id, int(at)))


def _of_item(item):
    at = _instant(item.findtext(f"{_ATOM}updated"))
    return Mark(item.findtext("guid", ""), mark_instant(at)) if at else None


def _of_address(url):
    at, parts = _instant(url.findtext(f"{_SITEMAP}lastmod")), url.findtext(f"{_SITEMAP}loc", "").split("/")
    if at is None or "stories" not in parts[:-1]:
        return None
    return Mark(parts[parts.index("stories") + 1], mark_instant(at), to_the_second=True)


def _instant(words):
    try:
        return datetime.fromisoformat(words or "")
    except ValueError:
        return None
