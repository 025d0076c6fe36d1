"""Which feeds are due, and one look at one of them."""

import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import F, Q
from django.utils import timezone

from articles.models import FeedPoint, WireBatch, WireBytes, WireRecord
from articles.wire import intake
from articles.wire.happenings import Totals

from . import folder, mailbox, web
from .parcel import Trouble

LONGEST_WAIT = timedelta(hours=6)
# Whoever looks at a feed has it to themselves for so long: after that they have died.
LEASE = timedelta(minutes=15)
_KINDS = {FeedPoint.Kind.WEB: web, FeedPoint.Kind.FOLDER: folder, FeedPoint.Kind.MAILBOX: mailbox}
_SETTLED = ("etag", "last_modified", "seen")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Looked:
    """What one look at a feed came to."""

    point: FeedPoint
    totals: Totals
    problem: str = ""


def due(now: datetime | None = None):
    """The feeds that are to be looked at now, the longest due first."""
    now = now or timezone.now()
    points = FeedPoint.objects.filter(is_active=True).filter(Q(next_at=None) | Q(next_at__lte=now))
    return points.select_related("source", "desk").order_by(F("next_at").asc(nulls_first=True), "pk")


def look_at_all(now: datetime | None = None) -> Iterator[Looked]:
    """Look at each feed that is due, once."""
    for point in due(now):
        if looked := look(point):
            yield looked


def look(point: FeedPoint) -> Looked | None:
    """Look at a feed and bring in what is new; None where somebody else is looking at it just now.

    Never raises for what a feed is, holds or does: that is its ``last_error``, and it waits longer after each failure.
    """
    now = timezone.now()
    free = FeedPoint.objects.filter(pk=point.pk, next_at=point.next_at)
    if not free.update(next_at=now + LEASE, looked_at=now):
        return None
    totals, problem, wait = Totals(), "", timedelta(minutes=max(1, point.every))
    try:
        _bring(point, totals)
    except Trouble as error:
        problem = str(error)
        wait = max(min(wait * 2 ** min(point.failures, 12), LONGEST_WAIT), timedelta(seconds=error.again_in))
    except intake.WrongUse as error:
        problem, wait = str(error), LONGEST_WAIT
    except Exception:
        # The look is over for this feed, and only for this feed.
        log.exception("The feed %s could not be looked at", point.pk)
        problem, wait = "Something went wrong here. The log says more.", LONGEST_WAIT
    brought = totals.created + totals.updated
    FeedPoint.objects.filter(pk=point.pk).update(
        next_at=timezone.now() + wait,
        failures=point.failures + 1 if problem else 0,
        last_error=problem[:300],
        **({"last_item_at": now} if brought else {}),
    )
    return Looked(point, totals, problem)


def _bring(point, totals):
    secret = os.environ.get(point.secret_name, "") if point.secret_name else ""
    if point.secret_name and not secret:
        raise Trouble(f"The environment has no {point.secret_name}, which is to let us in there.")
    with tempfile.TemporaryDirectory(prefix="newsroom-feed-") as scratch:
        for parcel in _KINDS[point.kind].parcels(point, secret, Path(scratch)):
            _store(point, parcel, totals)
            parcel.settle()
            FeedPoint.objects.filter(pk=point.pk).update(**{name: getattr(point, name) for name in _SETTLED})


def _store(point, parcel, totals):
    """Bring one parcel in. Of what was known already nothing is kept, or each look would add to it."""
    desk = point.desk or intake.find_desk()
    batch = WireBatch.objects.create(name=parcel.name[:300], desk=desk, feed=point, waits=point.waits)
    events = intake.import_files(
        [str(parcel.path)],
        format=point.format or "auto",
        desk=point.desk.code if point.desk else "",
        waits=point.waits,
        batch=batch,
    )
    for event in events:
        totals.count(event)
    known = batch.records.filter(outcome=WireRecord.Outcome.UNCHANGED)
    received = set(known.values_list("received_id", flat=True))
    known.delete()
    if not batch.records.exists():
        batch.delete()
    WireBytes.objects.filter(pk__in=received, records=None, uploads=None).delete()
