"""manage.py verify_log — see ``articles.sealing``."""

import sys

from django.core.management.base import BaseCommand, CommandError

from articles import sealing
from articles.models import EventSeal


class Command(BaseCommand):
    help = (
        "Find what was changed in the audit log behind the application's back. Exit 0 if nothing was, 1 if something."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--kept",
            action="append",
            default=[],
            metavar="NUMBER:DIGEST",
            help="a seal that was written down outside the database, from the machine's log; may be given many times",
        )

    def handle(self, *, kept, **options):
        broken = list(sealing.verify(kept=dict(_seal(words) for words in kept)))
        for one in broken:
            self.stderr.write(one.message)
        last = EventSeal.objects.order_by("-number").first()
        since = sealing.unsealed_since()
        if since:
            self.stdout.write(f"Not sealed yet: what has happened since {since:%Y-%m-%d %H:%M:%S} UTC.")
        if broken:
            sys.exit(1)
        if last is None:
            self.stdout.write("No seal has been set yet: run manage.py every_minute.")
        else:
            self.stdout.write(f"All {last.number} seals hold, up to event {last.last_event}. The last: {last.digest}")


def _seal(words):
    number, _, digest = words.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise CommandError(f"“{words}” is no seal. Write it as NUMBER:DIGEST, the digest in 64 letters.", returncode=2)
    return int(number), digest.lower()
