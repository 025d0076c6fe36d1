"""Draw the locator maps that are missing or out of date."""

from django.core.management.base import BaseCommand

from articles.maps import keeping
from articles.models import Region


class Command(BaseCommand):
    help = "Draw the locator maps of regions that have none, or one from before a region was changed."

    def add_arguments(self, parser):
        parser.add_argument("codes", nargs="*", help="Codes of regions; without any, every region.")
        parser.add_argument("--anew", action="store_true", help="Draw them all, fresh ones too.")

    def handle(self, *, codes, anew, **options):
        codes = codes or list(Region.objects.values_list("code", flat=True))
        wanted = codes if anew else keeping.outdated(codes)
        drawn = 0
        for first in range(0, len(wanted), keeping.AT_ONCE):
            drawn += len(keeping.draw(wanted[first : first + keeping.AT_ONCE]))
        self.stdout.write(f"{drawn} maps drawn.")
