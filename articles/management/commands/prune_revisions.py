"""manage.py prune_revisions — see ``articles.retention``."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles import keeping, retention
from articles.models import Autosave

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Show which old revisions nothing needs any more; with --yes, delete them. Released, named and newest revisions"
        " are always kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("--older-than", type=int, default=365, metavar="DAYS", help="default: 365")
        parser.add_argument(
            "--drafts-older-than",
            type=int,
            default=90,
            metavar="DAYS",
            help="what somebody typed, never saved and never came back to; default: 90",
        )
        parser.add_argument("--yes", action="store_true", help="do it; without this it is only shown")

    def handle(self, *, older_than, drafts_older_than, yes, **options):
        if min(older_than, drafts_older_than) < 1:
            raise CommandError("Give at least one day: --older-than 90", returncode=2)
        before = timezone.now() - timedelta(days=older_than)
        report = retention.prune(before, dry_run=not yes)
        for public_id, count in list(report.revisions.items())[:SHOWN]:
            self.stdout.write(f"  {public_id}  {count}")
        if len(report.revisions) > SHOWN:
            self.stdout.write(f"  … and {len(report.revisions) - SHOWN} more stories")
        said = f"{report.total} revisions of {len(report.revisions)} stories, made before {before:%Y-%m-%d %H:%M} UTC"
        self.stdout.write(f"Deleted: {said}." if yes else f"Would delete: {said}. Nothing was changed; --yes does it.")
        forgotten = timezone.now() - timedelta(days=drafts_older_than)
        count = keeping.forget_old(forgotten) if yes else Autosave.objects.filter(saved_at__lt=forgotten).count()
        self.stdout.write(
            f"{'Deleted' if yes else 'Would delete'}: {count} unsaved drafts, untouched for {drafts_older_than} days."
        )
