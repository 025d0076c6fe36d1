"""What the desk asks of the wire door, though no door knows another: ``articles.apps`` says who answers.

The door is a module with ``look``, ``bring_in``, ``retry`` and ``formats`` (see ``articles.wire.door``).
"""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from types import ModuleType

from articles.models import FeedPoint, Source, WireBatch, WireBytes, WireRecord, WireRule, WireUpload

MOST_BYTES = 50_000_000  # of all files of one upload
MOST_FILES = 200
AT_ONCE = 500_000  # bytes: more than this is brought in by the worker, so that nobody waits for a page

_door: ModuleType | None = None


def answered_by(door: ModuleType) -> None:
    """Say which module is the wire door."""
    global _door
    _door = door


def door() -> ModuleType:
    """The wire door."""
    if _door is None:
        raise RuntimeError("Nobody has said which module is the wire door: articles.apps does.")
    return _door


def format_choices() -> list[tuple[str, str]]:
    """The formats that copy may be said to have, as a form offers them."""
    return [(name, "Tell by the content" if name == "auto" else name) for name in door().formats()]


class TooMuch(Exception):
    """More than one upload may hold; the message says what may."""


@dataclass
class Row:
    """One story, or one refused piece, of an upload that is looked at before it is brought in."""

    file: str
    number: int
    line: int
    headline: str = ""
    language: str = ""
    source: str = ""
    what: str = ""  # created, updated, unchanged, duplicate, out of date, kill, dropped, refused, "twice here"
    article: int | None = None
    code: str = ""
    message: str = ""
    regions: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def upload(files: list[tuple[str, bytes]], *, desk, by, waits: bool, format: str = "auto") -> WireBatch:
    """Keep those files as an import that has not been brought in. Call it in a transaction. Raises :class:`TooMuch`."""
    if len(files) > MOST_FILES:
        raise TooMuch(f"At most {MOST_FILES} files at a time: put them into a zip, or use manage.py import_stories.")
    if sum(len(data) for _, data in files) > MOST_BYTES:
        raise TooMuch(f"At most {MOST_BYTES // 1_000_000} MB at a time: use manage.py import_stories.")
    name = ", ".join(name for name, _ in files)[:300]
    batch = WireBatch.objects.create(name=name, desk=desk, created_by=by, waits=waits)
    for name, data in files:
        sha256 = hashlib.sha256(data).hexdigest()
        WireBytes.objects.bulk_create([WireBytes(sha256=sha256, data=data)], ignore_conflicts=True)
        WireBytes.objects.filter(sha256=sha256, data=b"").update(data=data)  # deleted since, by an agency's terms
        WireUpload.objects.create(batch=batch, name=name, received_id=sha256, size=len(data), format=format)
    return batch


def silent(now) -> list[tuple[Source, object]]:
    """The sources from which nothing has come for longer than is usual, with when something last did, or None.

    What is usual is said in the rules for the source, and for each feed that is fetched.
    """
    by_rule = WireRule.objects.exclude(silent_after=None).order_by().values_list("source", "silent_after")
    by_feed = FeedPoint.objects.filter(is_active=True).exclude(silent_after=None).order_by()
    waited: dict[int, int] = {}
    for source, minutes in by_rule.union(by_feed.values_list("source", "silent_after")):
        waited[source] = min(minutes, waited.get(source, minutes))
    if not waited:
        return []
    found = []
    for source in Source.objects.filter(pk__in=waited):
        last = WireRecord.objects.filter(source=source).order_by("-pk").values_list("created_at", flat=True).first()
        if last is None or last < now - timedelta(minutes=waited[source.pk]):
            found.append((source, last))
    return sorted(found, key=lambda one: (one[1] is not None, one[1] or now))
