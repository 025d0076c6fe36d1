"""manage.py receive — see ``articles.wire.receiving``."""

import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from articles.wire import receiving


class Command(BaseCommand):
    help = "Look at each feed, watched folder and mailbox that is due, and bring in what is new. Can run several times."

    def add_arguments(self, parser):
        parser.add_argument("--forever", action="store_true", help="go on until stopped")
        parser.add_argument("--every", type=int, default=20, metavar="SECONDS", help="between two rounds (default: 20)")

    def handle(self, *, forever, every, **options):
        while True:
            for looked in receiving.look_at_all():
                self._tell(looked)
            if not forever:
                return
            close_old_connections()
            time.sleep(max(1, every))

    def _tell(self, looked):
        totals = looked.totals
        if looked.problem:
            self.stderr.write(f"{looked.point}: {looked.problem}")
        elif totals.created or totals.updated or totals.rejected:
            self.stdout.write(
                f"{looked.point}: {totals.created} new, {totals.updated} newer, {totals.rejected} refused."
            )
