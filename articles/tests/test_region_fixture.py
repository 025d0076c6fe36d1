"""What ``fixtures/regions.json`` promises: every country, unique codes and addresses, names in three languages."""

import csv
import json
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path

import pytest

from articles.gazetteer.words import DEFAULTS
from articles.text import fold

ROOT = Path(__file__).parents[2]
ROWS = [row["fields"] for row in json.loads((ROOT / "fixtures" / "regions.json").read_text(encoding="utf-8"))]
REGIONS = {row["code"]: row for row in ROWS}
COUNTRIES = [row for row in ROWS if row["kind"] == "country"]
PROVINCES = [row for row in ROWS if row["kind"] == "province"]
UNINHABITED = {"AQ", "BV", "GS", "HM", "TF", "UM"}


def test_every_country_of_iso_3166_is_there(shared):
    with (shared / "data" / "country-codes.csv").open(encoding="utf-8", newline="") as facts:
        codes = {row["ISO3166-1-Alpha-2"] for row in csv.DictReader(facts)} - {""}
    assert codes <= {row["code"] for row in COUNTRIES}


def test_countries_stand_where_un_m49_puts_them(shared):
    with (shared / "data" / "country-codes.csv").open(encoding="utf-8", newline="") as facts:
        for row in csv.DictReader(facts):
            parent = row["Intermediate Region Code"] or row["Sub-region Code"]
            if parent:
                assert REGIONS[row["ISO3166-1-Alpha-2"]]["parent"] == [parent.zfill(3)]


def test_kosovo_and_taiwan_have_a_place():
    assert REGIONS["XK"]["parent"] == ["039"]
    assert REGIONS["TW"]["parent"] == ["030"]


def test_codes_and_paths_are_unique():
    assert len(REGIONS) == len(ROWS)
    assert max(Counter(row["path"] for row in ROWS).values()) == 1


def test_a_path_is_the_parents_path_and_the_slug():
    for row in ROWS:
        parent = REGIONS[row["parent"][0]] if row["parent"] else None
        above = "" if parent is None or parent["kind"] == "world" else parent["path"] + "/"
        assert row["path"] == above + row["slug"]


def test_parents_stand_before_their_children_and_groupings_last():
    seen = set()
    for row in ROWS:
        assert not row["parent"] or row["parent"][0] in seen
        assert all(member in seen for (member,) in row["members"])
        seen.add(row["code"])


def test_only_the_world_and_groupings_have_no_parent():
    for row in ROWS:
        assert (row["parent"] is None) == (row["kind"] in ("world", "grouping"))


def test_groupings_have_members_and_nothing_else_has():
    for row in ROWS:
        assert bool(row["members"]) == (row["kind"] == "grouping")


def test_the_groupings_a_newsroom_asks_for_are_there():
    assert {"middle-east", "gulf", "levant", "maghreb", "sahel", "arab-world", "european-union"} <= set(REGIONS)
    assert {code for (code,) in REGIONS["gulf"]["members"]} == {"AE", "BH", "KW", "OM", "QA", "SA"}


def test_every_region_has_a_name_in_three_languages():
    for row in ROWS:
        assert row["name"], row["code"]
        assert row["name_fr"], row["code"]
        assert row["name_ar"], row["code"]


def test_every_inhabited_country_has_an_english_demonym():
    for row in COUNTRIES:
        assert row["code"] in UNINHABITED or row["demonyms"]["en"], row["code"]


def test_names_fit_their_columns():
    for row in ROWS:
        assert len(row["code"]) <= 24
        assert len(row["slug"]) <= 80
        assert len(row["path"]) <= 250
        assert all(len(row[name]) <= 120 for name in ("name", "name_fr", "name_ar", "display_name"))


def test_coordinates_are_on_the_globe():
    for row in ROWS:
        assert -90 <= row["latitude"] <= 90, row["code"]
        assert -180 <= row["longitude"] <= 180, row["code"]


def test_a_province_lies_near_its_country():
    for row in PROVINCES:
        country = REGIONS[row["parent"][0]]
        assert abs(row["latitude"] - country["latitude"]) < 20, row["code"]
        assert abs(row["longitude"] - country["longitude"]) < 20, row["code"]


def test_province_codes_begin_with_their_country():
    assert all(row["code"].startswith(row["parent"][0] + "-") for row in PROVINCES)


PROVINCE_COUNTS = {
    "SY": 14, "IQ": 19, "LB": 8, "TR": 81, "DZ": 58, "EG": 27, "SA": 13, "YE": 22, "IR": 31, "PS": 16, "JO": 12,
    "TN": 24, "MA": 12, "LY": 22, "SD": 18, "OM": 11, "AE": 7, "QA": 8, "KW": 6, "BH": 4, "IL": 6, "MR": 15,
}  # fmt: skip


@pytest.mark.parametrize("country, provinces", PROVINCE_COUNTS.items())
def test_the_middle_east_and_north_africa_have_their_provinces(country, provinces):
    assert sum(row["parent"] == [country] for row in PROVINCES) == provinces


def test_no_two_countries_share_a_name_without_a_rule():
    owners = defaultdict(set)
    for row in COUNTRIES:
        for name in (row["name"], row["name_fr"], row["name_ar"], *chain.from_iterable(row["aliases"].values())):
            owners[fold(name)].add(row["code"])
    shared = {name for name, codes in owners.items() if len(codes) > 1}
    assert shared <= set(DEFAULTS)


def test_no_alias_repeats_the_name_of_its_language():
    for row in ROWS:
        for language, name in (("en", row["name"]), ("fr", row["name_fr"]), ("ar", row["name_ar"])):
            assert name not in row["aliases"].get(language, [])


def test_the_file_stays_small_enough_to_load_on_every_start():
    assert (ROOT / "fixtures" / "regions.json").stat().st_size < 1_500_000


@pytest.mark.django_db
def test_it_loads_with_plain_loaddata():
    from django.core.management import call_command

    from articles.models import Region

    call_command("loaddata", ROOT / "fixtures" / "regions.json", verbosity=0)
    assert Region.objects.count() == len(ROWS)
    assert Region.objects.get(code="gulf").members.count() == 6
