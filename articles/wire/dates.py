"""Instants as machines write them, in ISO 8601 or in the form of e-mail (RFC 2822)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1800, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def read_instant(words: str, zone=UTC) -> datetime | None:
    """That instant as an aware datetime in UTC; None where it is none, or none that news can have.

    Without a zone of its own it is read in ``zone``.
    """
    words = words.strip()[:64]
    try:
        if words[:4].isdigit():
            at = datetime.fromisoformat(words)
        else:
            at = parsedate_to_datetime(words)
        at = (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return at if EARLIEST <= at <= LATEST else None
