"""manage.py load_reference — see ``articles.fixtures``."""

from django.core.management.base import BaseCommand

from articles import fixtures


class Command(BaseCommand):
    help = (
        "Add the reference data that is missing: groups, regions, topics, sources, desks. Overwrites nothing. A group "
        "that is there already is given the permissions that are new since, and none that was taken from it."
    )

    def handle(self, **options):
        report = fixtures.load_reference()
        for label in sorted({*report.added, *report.present}):
            self.stdout.write(f"{label}: {report.added[label]} added, {report.present[label]} there already")
        for line in report.given:
            self.stdout.write(f"New permissions of the group {line}")
        for line in report.skipped:
            self.stdout.write(f"Skipped: {line}")
