"""manage.py import_photos PATH… — see ``articles.photos.importing``."""

import json
import sys
from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from articles.models import User
from articles.photos import importing

OUTCOMES = ("new", "same", "former", "alike", "refused")


class Command(BaseCommand):
    help = "Bring picture files in, from files or folders. What is here already is recognised. Can be repeated."
    requires_migrations_checks = True

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of each file")
        parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
        parser.add_argument("--keep-both", action="store_true", help="take in what looks like a picture that is here")
        parser.add_argument("--by", default="", metavar="USER", help="whose act it is in the log")

    def handle(self, *, paths, dry_run, json: bool, keep_both, by, **options):
        user = User.objects.filter(username=by).first()
        if by and user is None:
            raise CommandError(f"There is nobody called “{by}”.", returncode=2)
        try:
            files = importing.find(paths)
        except importing.WrongUse as error:
            raise CommandError(str(error), returncode=2) from error
        report = _JsonReport(self.stdout) if json else _LineReport(self.stdout, self.stderr, len(files))
        totals = Counter()
        try:
            for outcome in importing.bring_in(files, by=user, keep_both=keep_both, dry_run=dry_run):
                totals[outcome.outcome] += 1
                report.show(outcome)
        except KeyboardInterrupt:
            self.stderr.write(f"\nStopped. {totals['new']} pictures were taken in; run it again for the others.")
            sys.exit(130)
        report.end(totals, dry_run)
        if totals["refused"]:
            sys.exit(1)


class _LineReport:
    """A line for each file of which there is something to say, progress on a terminal, the sums at the end."""

    def __init__(self, out, err, count):
        self.out, self.err, self.count, self.done = out, err, count, 0
        self.bar = err.isatty()

    def show(self, outcome):
        self.done += 1
        if outcome.outcome != "new" or outcome.message:
            self._clear()
            stream = self.err if outcome.outcome == "refused" else self.out
            stream.write(f"{outcome.path}: {outcome.outcome}. {outcome.message}")
        if self.bar:
            self.err.write(f"\r{self.done} of {self.count}  {outcome.path[-50:]:<50}", ending="")

    def end(self, totals, dry_run):
        self._clear()
        self.out.write(", ".join(f"{totals[name]} {name}" for name in OUTCOMES))
        if dry_run:
            self.out.write("This was a trial: nothing has been stored.")

    def _clear(self):
        if self.bar:
            self.err.write("\r" + " " * 80 + "\r", ending="")


class _JsonReport:
    """One document."""

    def __init__(self, out):
        self.out, self.files = out, []

    def show(self, outcome):
        self.files.append(vars(outcome))

    def end(self, totals, dry_run):
        sums = {name: totals[name] for name in OUTCOMES}
        self.out.write(json.dumps({"files": self.files, "totals": sums, "dry_run": dry_run}, ensure_ascii=False))
