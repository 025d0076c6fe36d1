"""manage.py every_minute — what has to be looked after all the time, and is done by no request."""

import logging
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from articles import housekeeping

log = logging.getLogger("newsroom.every_minute")


class Command(BaseCommand):
    help = (
        "Do once what is due each minute: seal the log, tell of work that is due, look again where a story shows"
        " wrongly. Call it from a timer, or let it go on by itself with --forever. Several at once do no harm."
    )

    def add_arguments(self, parser):
        parser.add_argument("--forever", action="store_true", help="go on each minute until stopped")

    def handle(self, *, forever, **options):
        while True:
            for name, error in housekeeping.do_what_is_due():
                log.error("%s failed", name, exc_info=error)
            if not forever:
                return
            close_old_connections()
            time.sleep(60 - time.time() % 60)
