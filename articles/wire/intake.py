"""From files to drafts: every story kept as it came, known items told from new ones, nothing ever published.

``import_files`` is a generator of small events, so that a file of any length is read, written and reported in a
stream. Stories are written a hundred or so to a transaction; one that the database refuses costs itself alone.
"""

import contextlib
import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.db import DatabaseError, transaction
from django.utils import timezone

from articles import writing
from articles.models import Article, Desk, Revision, Status, WireBatch, WireBytes, WireRecord
from articles.text import clean_line
from articles.wire import apart, identity
from articles.wire.files import Ended, Opened, Piece, Unreadable, in_order, read_files
from articles.wire.formats import FORMATS
from articles.wire.happenings import Closed, Progress, Refused, Taken, Totals
from articles.wire.items import WireError, told
from articles.wire.known import Known, remember
from articles.wire.reference import load_reader
from articles.wire.returning import Returning

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
    stdin: BinaryIO | None = None,
) -> Iterator[Opened | Taken | Refused | Progress | Closed]:
    """Bring the stories of these files in as drafts, and yield what happens as it happens.

    ``format`` is ``auto`` or a name of ``formats.FORMATS``; ``desk`` a code or name; ``by`` the user whose doing it
    is. With ``dry_run`` everything is done and then undone. Raises :class:`WrongUse` before anything is read.
    """
    if format != "auto" and format not in FORMATS:
        raise WrongUse(f"There is no format {format}. The formats are: auto, {', '.join(FORMATS)}.")
    files = files_of(paths)
    if desk:
        find_desk(desk)
    return _import(files, format, desk, by, dry_run, stdin, list(paths))


def _import(files, format, desk, by, dry_run, stdin, names):
    if not dry_run:
        yield from _Intake(find_desk(desk), by, names, bool(desk)).take(files, format, stdin)
        return
    passing = set()  # stories that will not be there when this is over
    with transaction.atomic():
        for event in _Intake(find_desk(desk), by, names, bool(desk)).take(files, format, stdin):
            if isinstance(event, Taken):
                if event.outcome == WireRecord.Outcome.CREATED:
                    passing.add(event.article)
                event.article = None if event.article in passing else event.article
            yield event
        transaction.set_rollback(True)


@dataclass
class _File:
    path: str
    format: str
    encoding: str = ""
    read: int = 0
    stored: int = 0
    refused: int = 0

    def outcome(self):
        if not self.refused:
            return "ok"
        return "partial" if self.stored else "error"


@dataclass
class _Chunk:
    entries: list = field(default_factory=list)
    keys: set = field(default_factory=set)
    size: int = 0


class _Intake:
    def __init__(self, desk, by, names, desk_given):
        self.desk, self.by, self.desk_given = desk, by, desk_given
        self.reader = load_reader()
        self.batch = WireBatch.objects.create(name=", ".join(names)[:300], desk=desk, created_by=by)
        self.totals = Totals()
        self.chunk = _Chunk()

    def take(self, files, format, stdin):
        if apart.is_worth_it(files):
            found = apart.read_files_apart(files, format, self.reader)
        else:
            found = read_files(files, format, self.reader, stdin)
        with contextlib.closing(found):
            for event in self._follow(found):
                self.totals.count(event)
                yield event
        self.batch.totals = vars(self.totals)
        self.batch.finished_at = timezone.now()
        self.batch.save(update_fields=["totals", "finished_at"])

    def _follow(self, found):
        """Write what is read, file by file, and tell what becomes of it."""
        file = None
        for event in found:
            match event:
                case Opened():
                    file = _File(event.path, event.format)
                    yield event
                case Piece():
                    yield from self._add(event, file)
                case Unreadable():
                    yield from self._add(Piece(event.error, None, _NO_BYTES, event.trouble), file)
                case Ended():
                    yield from self._flush()
                    yield Closed(file.path, file.encoding, file.outcome())

    def _add(self, piece, file):
        entry = _Entry(piece, file)
        keys = set()
        if entry.reading:
            keys = identity.keys([entry.reading.fingerprint])
            file.encoding = file.encoding or entry.reading.item.encoding
        elif piece.trouble:
            _logger.error("Story %s of %s could not be understood\n%s", piece.parsed.story, file.path, piece.trouble)
        if self.chunk.keys & keys:
            # It may be a later text of one that waits to be written: that one first.
            yield from self._flush()
        self.chunk.entries.append(entry)
        self.chunk.keys |= keys
        self.chunk.size += len(piece.parsed.raw)
        file.read += len(piece.parsed.raw)
        if len(self.chunk.entries) >= CHUNK or self.chunk.size >= CHUNK_BYTES:
            yield from self._flush()
        yield Progress(file.read)

    def _flush(self):
        chunk, self.chunk = self.chunk, _Chunk()
        if not chunk.entries:
            return
        try:
            with transaction.atomic():
                events = self._write(chunk.entries)
        except _REFUSALS:
            # One of them is refused: each on its own, so that it costs itself alone.
            events = [event for entry in chunk.entries for event in self._write_alone(entry)]
        for entry, event in zip(chunk.entries, events, strict=True):
            if isinstance(event, Taken):
                entry.file.stored += 1
            elif event.error.code != "duplicate_story":
                entry.file.refused += 1
            yield event

    def _write_alone(self, entry):
        try:
            with transaction.atomic():
                return self._write([entry])
        except _REFUSALS as error:
            _logger.exception("The database refused story %s of %s", entry.parsed.story, entry.file.path)
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            refusal = WireError(
                "not_stored",
                f"The database refused this story: {reason}",
                entry.parsed.raw,
                entry.parsed.story,
                entry.parsed.line,
            )
            entry = _Entry(Piece(refusal, None, entry.sha256), entry.file)
            with transaction.atomic():
                return self._write([entry])

    def _write(self, entries):
        """Write a chunk in one transaction; gives one event for each entry, in order."""
        readings = [entry.reading for entry in entries if entry.reading]
        known, returning = Known(readings), Returning(readings)
        new = []
        for entry in entries:
            if entry.reading is None:
                entry.outcome = WireRecord.Outcome.REJECTED
                continue
            entry.warnings = list(entry.reading.warnings)
            how_known = returning if entry.reading.item.content else known
            entry.article, how = how_known.find(entry.reading)
            if entry.article is None:
                entry.outcome = WireRecord.Outcome.CREATED
                new.append(entry)
            elif how == "same_text":
                entry.outcome = WireRecord.Outcome.UNCHANGED
            else:
                entry.outcome = WireRecord.Outcome.UPDATED
                self._update(entry)
        self._create(new, returning)
        self._keep(entries)
        return [entry.event() for entry in entries]

    def _create(self, new, returning):
        desks = {}
        for entry in new:
            desk = (not self.desk_given and returning.desk(entry.reading)) or self.desk
            desks.setdefault(desk, []).append(entry)
        for desk, entries in desks.items():
            made = writing.create_many(
                [entry.reading.content for entry in entries],
                desk=desk,
                by=self.by,
                reason="Came over the wire",
                origin=Revision.Origin.WIRE,
                given=[entry.given() | returning.brings(entry.reading) for entry in entries],
            )
            for entry, article in zip(entries, made, strict=True):
                entry.article = article
        returning.join_originals(new)

    def _update(self, entry):
        """A newer text of a known story: taken by a draft that no editor has touched, offered to any other."""
        article = writing.lock(entry.article, None)
        newest = article.revisions.order_by("-number").first()
        untouched = newest.origin == Revision.Origin.WIRE and article.status == Status.DRAFT
        if not untouched or article.releases.exists():
            entry.offered = True
            entry.warnings.append(
                "offered: an editor has worked on this story, whose text stays; the new one is offered."
            )
            return
        content = {**entry.reading.content, "desk": article.desk.code}
        article.suggestions = entry.reading.suggestions
        writing.apply(article, content)
        writing.new_version(article)
        writing.record(article, self.by, reason="A newer text came over the wire", origin=Revision.Origin.WIRE)
        entry.article = article

    def _keep(self, entries):
        bytes_ = {entry.sha256: entry.parsed.raw for entry in entries}
        WireBytes.objects.bulk_create(
            [WireBytes(sha256=sha256, data=raw) for sha256, raw in bytes_.items()], ignore_conflicts=True
        )
        records = WireRecord.objects.bulk_create(entry.record(self.batch) for entry in entries)
        remember(
            (key, record.pk)
            for entry, record in zip(entries, records, strict=True)
            if entry.outcome in (WireRecord.Outcome.CREATED, WireRecord.Outcome.UPDATED)
            for key in dict.fromkeys(entry.reading.fingerprint.paragraphs)
        )


class _Entry:
    """One story of a chunk on its way into the database."""

    def __init__(self, piece, file):
        self.parsed, self.reading, self.sha256, self.file = piece.parsed, piece.reading, piece.sha256, file
        self.outcome = ""
        self.article: Article | None = None
        self.offered = False
        self.warnings: list[str] = []

    def given(self):
        """Fields of a new story: why its places, topics and sources stand in it, and the date of what is past.

        What comes out of an archive keeps the date on which it was first published.

        The date of live copy is its provider's. What the newsroom makes of that is first published here.
        """
        at = self.reading.item.first_sent_at
        is_past = FORMATS[self.file.format].is_archive and at and at <= timezone.now()
        return {"suggestions": self.reading.suggestions} | ({"provider_date": at} if is_past else {})

    def event(self):
        if self.reading is None:
            return Refused(self.parsed)
        return Taken(self.reading, str(self.outcome), self.article.public_id, self.warnings)

    def record(self, batch):
        common = {
            "batch": batch,
            "path": self.file.path[-400:],
            "story": self.parsed.story,
            "line": self.parsed.line,
            "received_id": self.sha256,
            "parser": self.file.format,
            "outcome": self.outcome,
        }
        if self.reading is None:
            return WireRecord(**common, code=self.parsed.code, message=clean_line(self.parsed.message)[:500])
        item, fingerprint = self.reading.item, self.reading.fingerprint
        changed = self.outcome != WireRecord.Outcome.UNCHANGED
        return WireRecord(
            **common,
            encoding=item.encoding,
            warnings=self.warnings,
            headline=item.headline[:300],
            language=item.language,
            provider=item.provider,
            provider_id=item.provider_id,
            provider_version=item.version,
            headline_key=fingerprint.headline,
            text_key=fingerprint.text,
            content={"content": self.reading.content, "sign_off": item.sign_off, "item": told(item)}
            if changed
            else None,
            article=self.article,
            is_offered=self.offered,
            paragraphs=identity.pack(fingerprint.paragraphs) if changed else b"",
        )
