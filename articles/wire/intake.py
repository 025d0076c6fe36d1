"""From files to drafts: every story kept as it came, known items told from new ones, nothing ever published.

``import_files`` is a generator of small events, so that a file of any length is read, written and reported in a
stream. Stories are written a hundred or so to a transaction; one that the database refuses costs itself alone.
"""

import contextlib
import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.db import DatabaseError, OperationalError, transaction
from django.utils import timezone

from articles.models import Desk, WireBatch
from articles.wire import apart, identity
from articles.wire.entries import Entry, File
from articles.wire.files import Ended, Opened, Piece, Unreadable, in_order, read_files
from articles.wire.formats import FORMATS
from articles.wire.happenings import Closed, Progress, Refused, Taken, Totals
from articles.wire.items import WireError
from articles.wire.reference import load_reader
from articles.wire.storing import Outcome, Store

ATTEMPTS = 3
CHUNK, CHUNK_BYTES = 150, 8_000_000  # stories, and bytes of them, that are written in one transaction
# What a database may say to a story that it cannot hold; psycopg raises ValueError for some texts.
_REFUSALS = (DatabaseError, ValueError)
_NO_BYTES = hashlib.sha256(b"").hexdigest()
_logger = logging.getLogger(__name__)


class WrongUse(Exception):
    """What was asked for cannot be done at all: no such path, format or desk."""


def files_of(paths: Iterable[str]) -> list[Path | None]:
    """The files that these paths name, folders walked in the order of their names; None stands for standard input.

    Of folders, packages come before what they name; pictures, hidden files and symbolic links are passed over. Raises
    :class:`WrongUse` for what is not there.
    """
    files: list[Path | None] = []
    for name in paths:
        path = Path(name)
        if name == "-":
            files.append(None)
        elif path.is_dir():
            files += in_order(
                sorted(
                    inner
                    for inner in path.rglob("*")
                    if inner.is_file()
                    and not inner.is_symlink()
                    and not any(part.startswith(".") for part in inner.relative_to(path).parts)
                )
            )
        elif path.is_file():
            files.append(path)
        else:
            raise WrongUse(f"There is no file or folder {name}.")
    return files


def find_desk(name: str = "") -> Desk:
    """The desk of that code or name; the wire desk, made where it is missing, if none is asked for."""
    if not name:
        return Desk.objects.get_or_create(code="wire", defaults={"name": "Wire"})[0]
    desk = Desk.objects.filter(code=name).first() or Desk.objects.filter(name__iexact=name).first()
    if desk is None:
        known = ", ".join(Desk.objects.values_list("code", flat=True)) or "none yet"
        raise WrongUse(f"There is no desk {name}. The desks are: {known}.")
    return desk


def import_files(
    paths: Iterable[str],
    *,
    format: str = "auto",
    desk: str = "",
    by=None,
    dry_run: bool = False,
    waits: bool = False,
    batch: WireBatch | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Opened | Taken | Refused | Progress | Closed]:
    """Bring the stories of these files in, and yield what happens as it happens.

    ``format`` is ``auto`` or a name of ``formats.FORMATS``; ``desk`` a code or name; ``by`` the user whose doing it
    is. Each story becomes a draft, or, with ``waits``, waits in the inbox until somebody takes it. With ``dry_run``
    everything is done and then undone. ``batch`` is one that was made before, by a feed or an upload. Raises
    :class:`WrongUse` before anything is read.
    """
    if format != "auto" and format not in FORMATS:
        raise WrongUse(f"There is no format {format}. The formats are: auto, {', '.join(FORMATS)}.")
    files = files_of(paths)
    if desk:
        find_desk(desk)
    return _import(files, format, desk, by, dry_run, waits, batch, stdin, list(paths))


def _import(files, format, desk, by, dry_run, waits, batch, stdin, names):
    if not dry_run:
        batch = batch or _batch(names, find_desk(desk), by, waits)
        yield from Intake(batch, by, desk_given=bool(desk)).take(files, format, stdin)
        return
    passing = set()  # stories that will not be there when this is over
    with transaction.atomic():
        batch = _batch(names, find_desk(desk), by, waits)
        for event in Intake(batch, by, desk_given=bool(desk)).take(files, format, stdin):
            if isinstance(event, Taken):
                if event.outcome == Outcome.CREATED:
                    passing.add(event.article)
                event.article = None if event.article in passing else event.article
            yield event
        transaction.set_rollback(True)


def _batch(names, desk, by, waits):
    return WireBatch.objects.create(name=", ".join(names)[:300], desk=desk, created_by=by, waits=waits)


@dataclass
class _Chunk:
    """What waits to be written together, and everything that is to be told in its order."""

    entries: list = field(default_factory=list)
    by_key: dict = field(default_factory=lambda: defaultdict(list))  # fingerprints and keys of those in ``entries``
    size: int = 0
    telling: list = field(default_factory=list)  # entries, events, and files that end there

    def may_hold(self, one: identity.Fingerprint, keys: set) -> bool:
        """Whether that may be a version of an item that waits here."""
        waiting = {id(other): (other, theirs) for key in keys for other, theirs in self.by_key.get(key, ())}
        return any(identity.may_be_one(one, other, keys & theirs) for other, theirs in waiting.values())

    def add(self, one: identity.Fingerprint, keys: set) -> None:
        for key in keys:
            self.by_key[key].append((one, keys))


class Intake:
    """One run of an import into a batch."""

    def __init__(self, batch: WireBatch, by, *, desk_given: bool = False, mended_from: int | None = None):
        self.batch = batch
        self.reader = load_reader()
        self.store = Store(batch, by, self.reader, desk_given=desk_given, mended_from=mended_from)
        self.totals = Totals()
        self.chunk = _Chunk()

    def take(self, files, format, stdin=None):
        """Read those files and store what is in them; yields what happens."""
        if apart.is_worth_it(files):
            found = apart.read_files_apart(files, format, self.reader)
        else:
            found = read_files(files, format, self.reader, stdin)
        yield from self.take_events(found)

    def take_events(self, found):
        """The same of what ``files.read_files`` reads."""
        with contextlib.closing(found):
            for event in self._follow(found):
                self.totals.count(event)
                yield event
        self.batch.totals = vars(self.totals)
        self.batch.finished_at = timezone.now()
        self.batch.save(update_fields=["totals", "finished_at"])

    def _follow(self, found):
        """Write what is read, and tell what becomes of it, file by file; small files are written several together."""
        file = None
        for event in found:
            match event:
                case Opened():
                    file = File(event.path, event.format)
                    self.chunk.telling.append(event)
                case Piece():
                    yield from self._add(event, file)
                case Unreadable():
                    yield from self._add(Piece(event.error, None, _NO_BYTES, event.trouble), file)
                case Ended():
                    self.chunk.telling.append(file)
            if not self.chunk.entries:
                yield from self._flush()
        yield from self._flush()

    def _add(self, piece, file):
        entry = Entry(piece.parsed, piece.reading, piece.sha256, file)
        if entry.reading:
            one = entry.reading.fingerprint
            keys = identity.keys(entry.item, one)
            if self.chunk.may_hold(one, keys):
                # It may be a later text of one that waits to be written: that one first.
                yield from self._flush()
            self.chunk.add(one, keys)
            file.encoding = file.encoding or entry.item.encoding
        elif piece.trouble:
            _logger.error("Story %s of %s could not be understood\n%s", piece.parsed.story, file.path, piece.trouble)
        file.read += len(piece.parsed.raw)
        self.chunk.entries.append(entry)
        self.chunk.size += len(piece.parsed.raw)
        self.chunk.telling += [entry, Progress(file.read)]
        if len(self.chunk.entries) >= CHUNK or self.chunk.size >= CHUNK_BYTES:
            yield from self._flush()

    def _flush(self):
        chunk, self.chunk = self.chunk, _Chunk()
        written = iter(self._written(chunk.entries) if chunk.entries else ())
        for one in chunk.telling:
            match one:
                case File():
                    yield Closed(one.path, one.encoding, one.outcome())
                case Entry():
                    event = next(written)
                    if isinstance(event, Taken):
                        one.file.stored += 1
                    elif event.error.code != "duplicate_story":
                        one.file.refused += 1
                    yield event
                case _:
                    yield one

    def _written(self, entries):
        # How far it is, for whoever looks on.
        WireBatch.objects.filter(pk=self.batch.pk).update(totals=vars(self.totals))
        try:
            return self.store.write(entries)
        except _REFUSALS:
            # One of them is refused: each on its own, so that it costs itself alone.
            return [event for entry in entries for event in self._write_alone(entry)]

    def _write_alone(self, entry):
        """Write one story, again where another process was in the way; as refused, where the database refuses it."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self.store.write([entry.anew()])
            except _REFUSALS as error:
                refused = error
                if not isinstance(error, OperationalError):
                    break
                _logger.warning("Story %s: another process was in the way (%s)", entry.parsed.story, attempt)
        _logger.error("The database refused story %s of %s", entry.parsed.story, entry.file.path, exc_info=refused)
        reason = str(refused).splitlines()[0] if str(refused) else type(refused).__name__
        words = f"The database refused this story: {reason}"
        parsed = entry.parsed
        return self.store.write([entry.anew(WireError("not_stored", words, parsed.raw, parsed.story, parsed.line))])
