"""manage.py make_archive — see ``articles.synthetic``."""

import time

from django.core.management.base import BaseCommand, CommandError

from articles import synthetic


class Command(BaseCommand):
    help = (
        "Fill an empty newsroom with that many released stories that nobody wrote, for measuring: with their listings,"
        " revisions, pictures and search indexes. Refused where there is any story."
    )

    def add_arguments(self, parser):
        parser.add_argument("count", type=int, metavar="N", help="how many stories")
        parser.add_argument("--days", type=int, default=0, help="over how many days; 300 stories a day if none is said")
        parser.add_argument("--seed", type=int, default=1, help="another number makes other stories")

    def handle(self, *, count, days, seed, **options):
        if count < 1 or days < 0:
            raise CommandError("Give at least one story: make_archive 10000", returncode=2)
        begun = time.monotonic()
        try:
            made = synthetic.make(count, days=days, seed=seed, say=self.stdout.write)
        except synthetic.NotEmpty as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made:,} stories in {time.monotonic() - begun:.0f} seconds.")
