"""manage.py import_stories PATH… — see ``articles.wire.intake``."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from articles.models import Region
from articles.wire import intake
from articles.wire.formats import FORMATS


class Command(BaseCommand):
    help = "Bring stories in from files or folders as drafts. Never publishes. Can be repeated."
    requires_migrations_checks = True

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or folder; - for standard input")
        parser.add_argument("--format", default="auto", choices=["auto", *FORMATS])
        parser.add_argument("--dry-run", action="store_true", help="do everything, then undo it")
        parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
        parser.add_argument("--desk", default="", metavar="NAME", help="the desk they go to (default: wire)")

    def handle(self, *, paths, format, dry_run, json: bool, desk, **options):
        try:
            events = intake.import_files(paths, format=format, desk=desk, dry_run=dry_run, stdin=sys.stdin.buffer)
            report = (_JsonReport if json else _TableReport)(self.stdout, self.stderr)
            if not Region.objects.exists():
                self.stderr.write("No regions are known yet: run manage.py load_reference to have places recognised.")
            for event in events:
                report.totals.count(event)
                report.show(event)
        except intake.WrongUse as error:
            raise CommandError(str(error), returncode=2) from error
        except KeyboardInterrupt:
            self._say_what_is_stored(report.totals, dry_run)
            sys.exit(130)
        report.end(dry_run)
        if report.totals.rejected:
            sys.exit(1)

    def _say_what_is_stored(self, totals, dry_run):
        count = 0 if dry_run else totals.created + totals.updated + totals.unchanged
        stories = "1 story" if count == 1 else f"{count} stories"
        self.stderr.write(f"\nStopped. {stories} and no half ones are stored; run it again for the others.")


class _JsonReport:
    """One document, written as it comes, so that a file of any length fits."""

    def __init__(self, out, err):
        self.out = out
        self.totals = intake.Totals()
        self.first_file = True
        self.out.write('{"files": [', ending="")

    def show(self, event):
        if isinstance(event, intake.Opened):
            self._write("" if self.first_file else ", ")
            self.first_file = False
            self.errors = []
            self.first_story = True
            self._write(f'{{"path": {_json(event.path)}, "format": {_json(event.format)}, "stories": [')
        elif isinstance(event, intake.Taken):
            self._write("" if self.first_story else ", ")
            self.first_story = False
            self._write(_json(_story(event)))
        elif isinstance(event, intake.Refused):
            error = event.error
            self.errors.append({"story": error.story, "line": error.line, "code": error.code, "message": error.message})
        elif isinstance(event, intake.Closed):
            self._write(
                f'], "encoding": {_json(event.encoding)}, "outcome": {_json(event.outcome)},'
                f' "errors": {_json(self.errors)}}}'
            )

    def end(self, dry_run):
        self.out.write(f'], "totals": {_json(vars(self.totals))}}}')

    def _write(self, words):
        self.out.write(words, ending="")


def _json(value):
    return json.dumps(value, ensure_ascii=False, default=str)  # times


_PHOTO = ("caption", "credit", "credit_raw", "photographer", "is_file_photo")


def _story(taken):
    reading, item = taken.reading, taken.reading.item
    return {
        "headline": item.headline,
        "language": item.language,
        "direction": item.direction,
        "dateline": item.dateline,
        "byline": item.byline,
        "photos": [{name: getattr(photo, name) for name in _PHOTO} for photo in item.photos],
        "agencies": reading.agencies,
        "sources": reading.sources,
        "countries": reading.countries,
        "regions": reading.regions,
        "topics": reading.topics,
        "summary": item.summary,
        "paragraphs": [paragraph.text for paragraph in item.paragraphs],
        "outcome": taken.outcome,
        "article": taken.article,
        "warnings": taken.warnings,
    }


class _TableReport:
    """A progress bar on a terminal, what was refused, and a table at the end."""

    WIDTH = 30

    def __init__(self, out, err):
        self.out, self.err = out, err
        self.totals = intake.Totals()
        self.bar = err.isatty()
        self.path, self.size, self.rows, self.percent = "", None, [], -1

    def show(self, event):
        if isinstance(event, intake.Opened):
            self.path, self.size, self.percent = event.path, event.size, -1
            self.row = {"created": 0, "updated": 0, "unchanged": 0, "duplicate": 0, "rejected": 0}
        elif isinstance(event, intake.Taken):
            self.row[event.outcome] += 1
        elif isinstance(event, intake.Refused):
            self.row["duplicate" if event.error.code == "duplicate_story" else "rejected"] += 1
            self._clear()
            error = event.error
            self.err.write(f"{self.path}, story {error.story}, line {error.line}: {error.message} ({error.code})")
        elif isinstance(event, intake.Progress):
            self._draw(event.read)
        elif isinstance(event, intake.Closed):
            self._clear()
            self.rows.append([self.path, *self.row.values(), event.outcome])

    def end(self, dry_run):
        heads = ["file", "created", "updated", "unchanged", "duplicate", "rejected", "outcome"]
        totals = self.totals
        last = ["all", totals.created, totals.updated, totals.unchanged, totals.duplicates, totals.rejected, ""]
        table = [[str(cell) for cell in row] for row in [heads, *self.rows, *([last] if len(self.rows) > 1 else [])]]
        widths = [max(len(row[column]) for row in table) for column in range(len(heads))]
        for row in table:
            cells = [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
            self.out.write("  ".join(cells).rstrip())
        if dry_run:
            self.out.write("This was a trial: nothing has been stored.")

    def _draw(self, read):
        if not self.bar or not self.size:
            return
        percent = min(100, read * 100 // self.size)
        if percent != self.percent:
            self.percent = percent
            filled = "█" * (percent * self.WIDTH // 100)
            self.err.write(f"\r{filled:░<{self.WIDTH}} {percent:3} %  {self.path[-40:]}", ending="")

    def _clear(self):
        if self.bar and self.percent >= 0:
            self.err.write("\r" + " " * 90 + "\r", ending="")
            self.percent = -1
