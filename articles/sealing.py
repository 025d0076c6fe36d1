"""Seals over the audit log, so that a change made behind the application's back shows.

Each minute the events since the last seal are sealed: SHA-256 over the previous seal's digest and the canonical JSON of
each event, in the order of their ids (a hash chain, as in Haber and Stornetta, “How to time-stamp a digital document”,
1991). Whoever can write to the tables could make the whole chain anew; so every seal also goes to the machine's log,
and ``verify`` compares with a digest that was kept elsewhere.
"""

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles.models import Event, EventSeal

log = logging.getLogger("newsroom.seals")

SEALED_AT_ONCE = 10_000
START = "0" * 64
BEFORE_ALL = -(2**62)  # below any id, also one that somebody slips in before the first
_WAIT = "2s"
LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's code, whatever language it speaks


@dataclass(frozen=True)
class Broken:
    """One thing that is not as it was sealed: a sentence, and the seal's number (0 for what none covers)."""

    seal: int
    message: str


def seal_events() -> list[EventSeal]:
    """Seal every event that no seal covers yet. Gives the new seals, none where nothing has happened.

    Safe to be called by several at once. Gives up without a word where a long transaction still writes to the log:
    the next minute will do it.
    """
    made = []
    while (one := _seal_next()) is not None:
        made.append(one)
        log.info("Seal %s over events %s to %s: %s", one.number, one.first_event, one.last_event, one.digest)
    return made


def _seal_next() -> EventSeal | None:
    try:
        with transaction.atomic():
            _hold_writers()
            last = EventSeal.objects.order_by("-number").first()
            events = list(
                Event.objects.filter(pk__gt=last.last_event if last else BEFORE_ALL).order_by("pk")[:SEALED_AT_ONCE]
            )
            if not events:
                return None
            return EventSeal.objects.create(
                number=last.number + 1 if last else 1,
                first_event=events[0].pk,
                last_event=events[-1].pk,
                events=len(events),
                digest=_digest(last.digest if last else START, events),
                sealed_at=timezone.now(),
            )
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        return None


def _hold_writers():
    """Wait until nobody is writing to the log, and let nobody begin: an id is given before its row is committed.

    SQLite's transaction has that already. The lock waits two seconds at most, because writers queue behind it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
            cursor.execute(f"LOCK TABLE {Event._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def verify(*, kept: dict[int, str] | None = None) -> Iterator[Broken]:
    """What was changed, added or taken away among the sealed events, by whatever hand. Nothing where all is well.

    ``kept`` are digests by seal number that were written down outside the database. Reads the log once, in order.
    """
    digest, after, number = START, BEFORE_ALL, 0
    for one in EventSeal.objects.order_by("number").iterator():
        number += 1
        if one.number != number:
            yield Broken(number, f"Seal {number} is missing: the next one there is {one.number}.")
            number = one.number
        if one.first_event <= after:
            yield Broken(one.number, f"Seal {one.number} begins with event {one.first_event}, sealed before it.")
        events = Event.objects.filter(pk__gt=after, pk__lte=one.last_event).order_by("pk")
        found, digest = _digest_of(digest, events)
        if found != one.events:
            yield Broken(one.number, f"Seal {one.number} was set over {one.events} events; there are {found} now.")
        elif digest != one.digest:
            span = f"{one.first_event} to {one.last_event}"
            yield Broken(one.number, f"Seal {one.number} does not fit: an event from {span} is not as it was.")
        if kept and one.number in kept and kept[one.number] != one.digest:
            yield Broken(one.number, f"Seal {one.number} is not the one that was written down.")
        digest, after = one.digest, one.last_event
    for missing in sorted(set(kept or ()) - set(EventSeal.objects.values_list("number", flat=True))):
        yield Broken(missing, f"Seal {missing} was written down and is not there any more.")


def unsealed_since():
    """When the oldest event happened that no seal covers, or None. Two queries; for the dashboard's alarm."""
    last = EventSeal.objects.order_by("-number").values_list("last_event", flat=True).first()
    return (
        Event.objects.filter(pk__gt=BEFORE_ALL if last is None else last)
        .order_by("pk")
        .values_list("at", flat=True)
        .first()
    )


def _digest_of(previous, events):
    count, running = 0, _begin(previous)
    for event in events.iterator(chunk_size=2000):
        running.update(_canonical(event))
        count += 1
    return count, running.hexdigest()


def _digest(previous, events):
    running = _begin(previous)
    for event in events:
        running.update(_canonical(event))
    return running.hexdigest()


def _begin(previous):
    return hashlib.sha256(previous.encode())


def _canonical(event) -> bytes:
    """One event as bytes. Its time counts to the millisecond, which is all that a JSON fixture keeps."""
    fields = [
        event.pk,
        event.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        event.actor,
        event.actor_name,
        event.action,
        event.kind,
        event.thing,
        event.name,
        event.reason,
        event.data,
    ]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
