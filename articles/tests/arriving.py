"""Items of the wire without a file: what a parser would give, brought in as any other."""

import hashlib
from datetime import UTC, datetime

from articles.models import WireBatch, WireRecord
from articles.wire import intake
from articles.wire.files import Ended, Opened, Piece
from articles.wire.items import Paragraph, Usage, WireItem

from .factories import make_desk

AFP = [
    "The Syrian port of Tartus reopened on Monday after a week of repairs to its long breakwater.",
    "The first ship came in at dawn with grain, the head of the port authority told reporters there.",
    "Engineers from Lebanon had helped to lift the fallen crane from the harbour mouth last Friday night.",
    "The works cost four million dollars, the transport ministry said in a statement on Sunday evening.",
]


def item(id="", version="", paragraphs=AFP, headline="Port of Tartus Reopens", **kw):
    """One item, of AFP where it has an id."""
    kw.setdefault("provider", "AFP" if id else "")
    usage = kw.pop("usage", {})
    raw = repr((id, version, headline, paragraphs, sorted(kw.items(), key=str), usage)).encode()
    lines = [Paragraph(line) for line in paragraphs]
    return WireItem(headline, lines, raw=raw, provider_id=id, version=version, usage=Usage(**usage), **kw)


def batch(*, waits=False, by=None):
    return WireBatch.objects.create(name="wire", desk=make_desk("wire"), waits=waits, created_by=by)


def arrive(*items, waits=False, by=None, into=None):
    """Bring those items in, each as a story of one file; gives the records of them, in order."""
    last = WireRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    list(run(items, into or batch(waits=waits, by=by), by))
    return list(WireRecord.objects.filter(pk__gt=last).order_by("pk"))


def run(items, into, by=None):
    """The same, as a generator of what happens."""
    bringing = intake.Intake(into, by)
    return bringing.take_events(read(items, bringing.reader))


def read(items, reader):
    yield Opened("wire", "text", None)
    for number, one in enumerate(items, start=1):
        one.story = number
        yield Piece(one, reader.read(one), hashlib.sha256(one.raw).hexdigest())
    yield Ended()


def at(hour, minute=0, day=2):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)
