"""manage.py send_notices — tell of work that is due, and mail the notices that no worker has sent."""

from django.core.management.base import BaseCommand

from articles import assigning, mailing


class Command(BaseCommand):
    help = "Tell of work that is due or late, and mail what was left unsent. Nobody is told twice."

    def handle(self, **options):
        told = assigning.tell_what_is_due()
        sent, failed = mailing.send_what_was_left()
        self.stdout.write(f"{told} told of work that is due; {sent} left notices mailed, {failed} failed.")
