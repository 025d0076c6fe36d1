"""manage.py export_stories — see ``articles.exporting``."""

import sys
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from articles.exporting import files, lines, stories
from articles.models import Article, Region, Release, Topic

_LINES = ("jsonl", "csv")  # our own: see articles/wire/README.md


class Command(BaseCommand):
    help = "Write stories that readers have as JSON Lines, CSV, ninjs, NewsML-G2 or NITF. Changes nothing."
    requires_migrations_checks = True

    def add_arguments(self, parser):
        parser.add_argument("--format", default="jsonl", choices=[*_LINES, *files.WRITERS])
        parser.add_argument("--since", metavar="TIME", help="what has changed since then; with it, what was taken back")
        parser.add_argument("--region", action="append", default=[], help="its code or path; may be given again")
        parser.add_argument("--topic", action="append", default=[], help="its code or slug; may be given again")
        parser.add_argument(
            "--out", default="-", metavar="PATH", help="a file, a .zip, a folder; - for standard output"
        )
        parser.add_argument(
            "--working-copies",
            action="store_true",
            help="what the desk works on, readers or not (JSON Lines and CSV): for moving house, not for passing on",
        )
        parser.add_argument("--embargoed", action="store_true", help="with --working-copies: those under embargo too")

    def handle(self, *, format, since, region, topic, out, working_copies, embargoed, **options):
        filters = {
            "regions": _codes(Region, region, "path", "region"),
            "topics": _codes(Topic, topic, "slug", "topic"),
        }
        since = _instant(since) if since else None
        if working_copies and format not in _LINES:
            raise CommandError("Working copies are written as JSON Lines or CSV alone.", returncode=2)
        if embargoed and not working_copies:
            raise CommandError("What is under embargo is written with --working-copies alone.", returncode=2)
        try:
            if format in _LINES:
                found = _working_copies(since, filters, embargoed) if working_copies else _released(since, filters)
                count = self._write_lines(found, format, out)
            else:
                count = self._write_files(stories.released(since=since, **filters), format, out)
        except OSError as error:
            raise CommandError(f"This cannot be written to {out}: {error.strerror or error}.") from error
        self.stderr.write(f"{count:,} {'story' if count == 1 else 'stories'} written.")

    def _write_lines(self, found, format, out):
        if out != "-" and (Path(out).is_dir() or out.endswith("/")):
            out = str(Path(out) / f"stories.{format}")
        with open(out, "wb") if out != "-" else _Plain(self.stdout) as file:
            if format == "csv":
                return lines.write_table(found, _Text(file))
            count = 0
            for line in found:
                file.write(lines.write(line))
                count += 1
        return count

    def _write_files(self, found, format, out):
        if out == "-":
            return self._write_one_after_the_other(found, format)
        if out.endswith(".zip"):
            with open(out, "wb") as file, files.archive(file) as put:
                return files.write_files(found, format, put)
        with files.folder(Path(out)) as put:
            return files.write_files(found, format, put)

    def _write_one_after_the_other(self, found, format):
        if format != "ninjs":
            raise CommandError(f"A file of {format} holds one story: name a folder or a .zip with --out.", returncode=2)
        with _Plain(self.stdout) as file:
            return files.write_files(found, format, lambda name, data: file.write(data + b"\n"))


class _Plain:
    """Standard output, whether it takes bytes or text."""

    def __init__(self, out):
        self.out = out
        self.bytes = getattr(out, "buffer", None) or (
            sys.stdout.buffer if getattr(out, "_out", None) is sys.stdout else None
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def write(self, data):
        if self.bytes is not None:
            self.bytes.write(data)
        else:
            self.out.write(data.decode(), ending="")


class _Text:
    """A stream of bytes for who writes text."""

    def __init__(self, file):
        self.file = file

    def write(self, words):
        self.file.write(words.encode())


def _codes(model, names, other, what):
    codes = []
    for name in names:
        found = model.objects.filter(code=name).first() or model.objects.filter(**{other: name}).first()
        if found is None:
            raise CommandError(f"There is no {what} {name}.", returncode=2)
        codes.append(found.code)
    return codes


def _instant(words) -> datetime:
    try:
        at = parse_datetime(words)
        if at is None and (day := parse_date(words)):
            at = datetime(day.year, day.month, day.day)
    except ValueError:
        at = None
    if at is None:
        raise CommandError(f"{words} is no time: write 2026-03-02 or 2026-03-02T09:00.", returncode=2)
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def _released(since, filters):
    chosen = stories.select(**filters).exclude(kind__in=Release.GONE)
    return lines.of_releases(chosen.filter(live_from__gte=since) if since else chosen)


def _working_copies(since, filters, embargoed):
    chosen = Article.objects.active().filter(confidential=False)
    if not embargoed:
        chosen = chosen.exclude(embargo_until__gt=timezone.now())
    if since:
        chosen = chosen.filter(updated_at__gte=since)
    for name, codes in (
        ("region_links__region__code__in", filters["regions"]),
        ("topic_links__tag__code__in", filters["topics"]),
    ):
        if codes:
            chosen = chosen.filter(pk__in=Article.objects.filter(**{name: codes}).values("pk"))
    return lines.of_working_copies(chosen)
