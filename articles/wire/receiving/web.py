"""A feed at an address on the web: asked with what is known of its last answer (RFC 9110, section 13)."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from articles import fetching

from .parcel import Parcel, Trouble

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_LONGEST_WAIT = 24 * 3600


def parcels(point, secret: str, folder: Path) -> Iterator[Parcel]:
    """What the address gives now, if it differs from what it gave last. Raises :class:`Trouble`."""
    headers = {"Accept": _ACCEPT}
    if point.etag:
        headers["If-None-Match"] = point.etag
    if point.last_modified:
        headers["If-Modified-Since"] = point.last_modified
    try:
        answer = fetching.get(point.address, headers=headers, login=point.login, password=secret)
    except fetching.Unreachable as error:
        raise Trouble(str(error)) from error
    if answer.status == 304:
        return
    if answer.status != 200:
        raise Trouble(_refusal(answer.status), _again_in(answer.headers.get("retry-after", "")))
    digest = hashlib.sha256(answer.body).hexdigest()
    if point.seen.get("sha256") == digest:  # a server that knows no conditional requests
        return
    path = folder / "feed"
    path.write_bytes(answer.body)

    def settle():
        point.etag = answer.headers.get("etag", "")[:300]
        point.last_modified = answer.headers.get("last-modified", "")[:100]
        point.seen = {"sha256": digest}

    yield Parcel(point.address, path, settle)


def _refusal(status):
    if status in (401, 403):
        return f"The server does not let us in ({status}). Is the password right?"
    if status in (404, 410):
        return f"There is nothing at that address ({status})."
    return f"The server answered with {status}."


def _again_in(words) -> float:
    """The seconds that a Retry-After header asks for (RFC 9110, section 10.2.3); 0 where it says nothing."""
    if words.isdecimal() and len(words) < 9:
        return min(int(words), _LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(words)
    except (ValueError, TypeError):
        return 0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(0.0, (at - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)
