"""What the desk asks of the wire: look at an upload before it comes in, bring it in, read one item again.

``articles.arrivals`` hands these to the desk, which knows no other door.
"""

import contextlib
import hashlib
import tempfile
import time
from pathlib import Path

from django.db import transaction

from articles.arrivals import Row
from articles.models import WireBatch, WireRecord
from articles.wire import intake, versions
from articles.wire.files import Opened, Piece, Unreadable, read_files
from articles.wire.formats import FORMATS
from articles.wire.happenings import Refused, Taken
from articles.wire.known import Known
from articles.wire.reference import load_reader
from articles.wire.storing import Rulings

MOST_ROWS = 500
MOST_SECONDS = 15
_CHUNK = 50
_WORDS = {
    "": "created",
    versions.SAME: "unchanged",
    versions.OLDER: "out of date",
    versions.CONFLICT: "updated",
    versions.NEWER: "updated",
    versions.FACTS: "updated",
    versions.AFTER_KILL: "out of date",
    versions.KILL: "kill",
}


def formats() -> list[str]:
    """The names of the formats that can be asked for."""
    return ["auto", *FORMATS]


def look(batch: WireBatch) -> tuple[list[Row], bool]:
    """What would become of each story of an upload, row by row, and whether these are all. Writes nothing, locks
    nothing: what comes in meanwhile is not seen."""
    reader, rows, waiting, seen = load_reader(), [], [], {}
    rulings = Rulings(reader)
    begun, whole = time.monotonic(), True
    with _files_of(batch) as files:
        for event in _events(files, reader):
            if isinstance(event, Opened):
                file = event.path
            elif isinstance(event, Piece):
                waiting.append((file, event))
            elif isinstance(event, Unreadable):
                waiting.append((file, Piece(event.error, None, "")))
            if len(waiting) >= _CHUNK:
                rows += _rows(waiting, seen, rulings)
                waiting = []
            if len(rows) + len(waiting) >= MOST_ROWS or time.monotonic() - begun > MOST_SECONDS:
                whole = False
                break
    return rows + _rows(waiting, seen, rulings), whole


def _rows(waiting, seen, rulings):
    known = Known([piece.reading for _, piece in waiting if piece.reading])
    return [_row(file, piece, known, seen, rulings) for file, piece in waiting]


def _row(file, piece, known, seen, rulings):
    parsed, reading = piece.parsed, piece.reading
    row = Row(file, parsed.story, parsed.line)
    if reading is None:
        row.what, row.code, row.message = "refused", parsed.code, parsed.message
        return row
    found, item = known.find(reading), reading.item
    row.headline, row.language = item.headline, item.language
    row.source = item.provider or next(iter(reading.agencies), "")
    row.what = _WORDS.get(found.how, found.how) if not found.is_lost else "created"
    row.article, row.warnings = found.article, list(reading.warnings)
    row.regions, row.topics = reading.regions, reading.topics
    keys = {reading.fingerprint.text, *(name for name in (item.provider_id,) if name)}
    if earlier := next((seen[key] for key in keys if key in seen), None):
        row.what = "twice here"
        row.warnings.append(f"twice: the same item stands before it, as story {earlier}.")
    seen |= dict.fromkeys(keys, parsed.story)
    if why := rulings.of(reading).why_dropped(reading):
        row.what, row.message = "dropped", f"By the rules for its source: {why}."
    return row


def bring_in(batch: WireBatch) -> dict:
    """Bring the files of an upload in, or go on where that was stopped. Gives its totals."""
    if batch.finished_at or batch.undone_at:
        return batch.totals
    bringing = intake.Intake(batch, batch.created_by)
    with _files_of(batch) as files:
        for _ in bringing.take_events(_events(files, bringing.reader)):
            pass
    return batch.totals


def retry(record: WireRecord, data: bytes, by, *, format: str = "auto") -> list:
    """Read a refused piece again, as that text and format. What can be read is brought in, and the record it was is
    put by; otherwise nothing changes. Gives what happened: ``Taken`` and ``Refused``."""
    batch = record.batch
    name = record.path or "repaired"
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / "repaired"
        path.write_bytes(data)
        bringing = intake.Intake(batch, by, mended_from=record.pk)
        totals, finished = batch.totals, batch.finished_at
        events = _events({path: (name, format)}, bringing.reader)
        happened = [event for event in bringing.take_events(events) if isinstance(event, Taken | Refused)]
        if not any(isinstance(event, Taken) for event in happened):
            transaction.set_rollback(True)
            return happened
        WireBatch.objects.filter(pk=batch.pk).update(totals=totals, finished_at=finished)
        WireRecord.objects.filter(pk=record.pk).update(state=WireRecord.State.REPLACED)
    return happened


@contextlib.contextmanager
def _files_of(batch):
    """The files of an upload on disk, as {path: (name, format)}."""
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, upload in enumerate(batch.uploads.select_related("received")):
            path = Path(folder) / f"{number:04}"
            path.mkdir()
            path /= hashlib.sha256(upload.name.encode()).hexdigest()[:8]
            path.write_bytes(bytes(upload.received.data))
            files[path] = (upload.name, upload.format)
        yield files


def _events(files, reader):
    """What those files hold, told under the names that people gave them."""
    for path, (name, format) in files.items():
        for event in read_files([path], format if format in FORMATS else "auto", reader):
            if isinstance(event, Opened):
                event.path = event.path.replace(str(path), name, 1)
            yield event
