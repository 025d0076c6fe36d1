"""Locator maps: every kind of place, true borders by house style, small, safe and readable."""

import gzip
import json
from functools import cache
from pathlib import Path

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from articles.maps import building, drawing, frames, keeping, outlines
from articles.maps.atlas import atlas
from articles.maps.projection import Lambert, degrees_between, equal_earth
from articles.models import LocatorMap, Region

from .factories import approve, make_article, make_region, make_released, make_topic, make_user

ROOT = Path(__file__).parents[2]
MOST_BYTES = 6 * 1024


@cache
def reference():
    rows = json.loads((ROOT / "fixtures" / "regions.json").read_text(encoding="utf-8"))
    return {row["fields"]["code"]: row["fields"] for row in rows}


@pytest.fixture(scope="module")
def tree():
    """The reference regions, without a database."""

    class Tree(keeping.Tree):
        def __init__(self):
            rows = {
                code: Region(pk=number, **{key: row[key] for key in _KEPT})
                for number, (code, row) in enumerate(reference().items(), start=1)
            }
            parents = {code: rows[row["parent"][0]] if row["parent"] else None for code, row in reference().items()}
            members = {code: [rows[one] for (one,) in row["members"]] for code, row in reference().items()}
            self.hold(rows, parents, members)

    return Tree()


_KEPT = ("code", "kind", "path", "name", "name_ar", "name_fr", "display_name", "capital", "latitude", "longitude")


def drawn(tree, code, language="en"):
    return keeping.map_of(tree, tree.regions[code], language, timezone.now())


def parsed(markup):
    return ElementTree.fromstring(f"<svg>{markup}</svg>")


def holders(longitude, latitude):
    """The countries that our atlas draws around that place."""
    shapes = atlas()
    found = []
    for code, rings in shapes.countries.items():
        lines = [[(round(x * 1000), round(y * 1000)) for x, y in shapes.ring(ring)] for ring in rings]
        if sum(building.holds(line, (longitude, latitude)) for line in lines) % 2:
            found.append(code)
    return found


def test_the_projection_gives_what_snyder_works_out():
    # Map Projections: A Working Manual, page 332: radius 3, centre 40° N 100° W, the place 20° S 100° E.
    lambert = Lambert(-100, 40)
    x, y = lambert(100, -20)
    assert (3 * x, 3 * y) == pytest.approx((-4.2339303, 4.0257775), abs=1e-7)
    assert lambert.back(x, y) == pytest.approx((100, -20))


def test_equal_earth_keeps_areas():
    def square(latitude):
        corners = [(20, latitude), (21, latitude), (21, latitude + 1), (20, latitude + 1)]
        return outlines.area([equal_earth(*corner) for corner in corners])

    # On the globe a degree's square at 60° holds this share of one at the equator.
    assert square(60) / square(0) == pytest.approx((0.874619707 - 0.866025404) / 0.017452406, rel=1e-3)


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ((34.1, 45.2), "UA"),  # Crimea
        ((35.78, 33.0), "SY"),  # the Golan Heights
        ((-13.5, 24.5), "EH"),
        ((-11, 26), "EH"),
        ((35.25, 31.78), "PS"),  # East Jerusalem
        ((34.35, 31.4), "PS"),  # Gaza
        ((33.4, 35.3), "CY"),
        ((45, 9.6), "SO"),
        ((21.0, 42.5), "XK"),
        ((-53, 4), "GF"),
        ((16, 78.5), "SJ"),
    ],
)
def test_borders_are_those_of_the_house(place, country):
    assert holders(*place) == [country]


HARD = "SY RU FJ NZ VA KI EH XK PS TW AQ SY-DY LB-AK DZ-49 gulf sahel gaza-strip 150 009 001"


@pytest.mark.parametrize("code", HARD.split())
def test_a_map_shows_its_region_by_name_small_and_with_nothing_that_could_run(tree, code):
    found = drawn(tree, code)
    svg = parsed(found.markup)
    kinds = {part.tag for part in svg.iter()}
    assert kinds <= {"svg", "path", "circle", "text"}
    assert {name for part in svg.iter() for name in part.attrib} <= {"class", "d", "cx", "cy", "r", "x", "y"}
    assert len(gzip.compress(found.markup.encode(), 6)) < MOST_BYTES
    marked = [part for part in svg if part.get("class") in ("map-here", "map-group", "map-ring")]
    assert marked, "nothing of it is to be seen"
    words = [part.text for part in svg.iter("text")]
    if tree.regions[code].kind in ("country", "province"):
        assert words.count(tree.regions[code].name) == 1
    assert found.alt_text.startswith(f"Map showing {tree.regions[code].name}")
    for part in svg.iter("text"):
        assert 0 < int(part.get("x")) < frames.WIDE
        assert 0 < int(part.get("y")) < frames.HIGH


@pytest.mark.parametrize("code", ["RU", "FJ", "US", "NZ"])
def test_a_country_across_the_180th_meridian_stands_in_one_piece_in_the_middle(tree, code):
    subject = keeping.subject_of(tree, tree.regions[code], "en")
    frame = drawing.frame_of(subject, atlas())
    capital = frame.place(*subject.seat)
    assert 0 < capital[0] < frames.WIDE
    assert 0 < capital[1] < frames.HIGH
    assert frame.reach < 70
    assert degrees_between((frame.longitude, frame.latitude), (0, 0)) > 60


def test_a_country_stands_among_its_neighbours_and_the_contested_line_is_dashed(tree):
    words = {part.text for part in parsed(drawn(tree, "SY").markup).iter("text")}
    assert {"Syria", "Damascus", "Turkey", "Iraq", "Jordan"} <= words
    for code in ("EH", "PS", "XK", "UA"):
        assert any(part.get("class") == "map-disputed" for part in parsed(drawn(tree, code).markup)), code


def test_a_border_that_both_sides_own_to_is_not_dashed():
    ends = [[(round(x), round(y)) for x, y in (line[0], line[-1])] for line in atlas().disputed]
    east_of_kharkiv = [pair for pair in ends if all(36 < x < 40 and 47 < y < 51 for x, y in pair)]
    south_of_kashmir = [pair for pair in ends if all(68 < x < 76 and 23 < y < 32 for x, y in pair)]
    assert east_of_kharkiv == south_of_kashmir == []


def test_a_province_is_marked_within_its_country(tree):
    svg = parsed(drawn(tree, "SY-DY").markup)
    assert [part.get("class") for part in svg.iter("path")][:3] == ["map-land", "map-in", "map-here"]
    # Its shape is not known for sure: a ring around the dot says where it is.
    assert any(part.get("class") == "map-ring" for part in parsed(drawn(tree, "LB-AK").markup))


def test_in_arabic_all_its_words_are(tree):
    found = drawn(tree, "SY", "ar")
    assert found.alt_text == "خريطة تُظهر سوريا ضمن غرب آسيا"
    words = [part.text for part in parsed(found.markup).iter("text")]
    assert {"سوريا", "دمشق"} <= set(words)
    assert not any(letter.isascii() and letter.isalpha() for word in words for letter in word)


def test_a_name_is_never_markup():
    subject = drawing.Subject("SY", '<script>"&', ("SY",), seat=(36.3, 33.5), seat_name="</svg>")
    words = [part.text for part in parsed(drawing.draw(subject, atlas(), {"TR": "<b>"})).iter("text")]
    assert {'<script>"&', "</svg>", "<b>"} <= set(words)


# --- kept, and shown ----------------------------------------------------------------------------------------------


@pytest.fixture
def syria(db):
    asia = make_region("142", name="Asia", kind="continent", name_ar="آسيا")
    return make_region("SY", name="Syria", name_ar="سوريا", parent=asia, latitude=33.5, longitude=36.3)


def asked_for():
    from django_tasks_db.models import DBTaskResult

    return [row.args_kwargs["args"][0] for row in DBTaskResult.objects.filter(task_path__endswith="draw_maps")]


def test_a_release_has_the_maps_of_its_places_drawn_once(syria, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_released(regions=[syria], topics=[make_topic("Ships")])
    assert asked_for() == [["001", "142", "SY"]]
    assert keeping.draw_maps.func(["SY", "142", "001"]) == 6
    assert keeping.draw_maps.func(["SY", "142", "001"]) == 0
    assert LocatorMap.objects.exclude(markup="").count() == 6
    assert keeping.outdated(["SY", "142", "001"]) == []
    with django_capture_on_commit_callbacks(execute=True):
        make_released(regions=[syria], topics=[make_topic("Ships")])
    assert len(asked_for()) == 1


def test_a_region_with_another_name_is_drawn_anew(syria, clock):
    keeping.draw(["SY"])
    clock.shift(60)
    syria.display_name = "Syria & co"
    syria.save()
    assert keeping.outdated(["SY"]) == ["SY"]
    keeping.draw(["SY"])
    assert "Syria &amp; co" in LocatorMap.objects.get(code="SY", language="en").markup


def test_a_place_that_is_nowhere_gets_no_map_and_is_not_asked_for_again(db):
    make_region("XQ", name="Nowhere")
    keeping.draw(["XQ"])
    assert LocatorMap.objects.get(code="XQ", language="en").markup == ""
    assert keeping.outdated(["XQ"]) == []


def test_readers_get_the_map_on_the_regions_page_and_on_a_story_without_a_picture(client, syria):
    story = make_released(regions=[syria], topics=[make_topic("Ships")])
    bare = client.get(f"/stories/{story.public_id}/", follow=True)
    assert b"map-sheet" not in bare.content
    keeping.draw(["SY"])
    shown = client.get(f"/stories/{story.public_id}/", follow=True)
    assert shown["ETag"] != bare["ETag"]
    assert '<svg class="map-sheet" viewBox="0 0 3600 2400" role="img" aria-label="Map showing Syria in Asia">' in (
        shown.content.decode()
    )
    assert "خريطة تُظهر سوريا ضمن آسيا" in client.get("/ar/regions/asia/syria/").content.decode()


def test_no_reader_ever_draws(client, syria, monkeypatch):
    story = make_released(regions=[syria], topics=[make_topic("Ships")])
    monkeypatch.setattr(drawing, "draw", lambda *_: pytest.fail("drawn in a reader's request"))
    for path in (f"/stories/{story.public_id}/harbour-opens-after-repairs/", "/regions/asia/syria/", "/"):
        assert client.get(path).status_code == 200


def test_what_is_not_released_gets_no_map(syria, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        approve(make_article(regions=[syria], topics=[make_topic("Ships")], by=make_user()))
    assert asked_for() == []
