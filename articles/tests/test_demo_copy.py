"""The demo copy and its pictures are what the newsroom's front page promises: enough of it, varied, and marked."""

import json
import re
from collections import Counter
from datetime import datetime
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from PIL.ExifTags import IFD, Base
from PIL.IptcImagePlugin import getiptcinfo

from articles.demo import pictures
from articles.demo.brushes import Board
from articles.demo.pictures import PICTURES, draw, make_pictures

ROOT = Path(__file__).resolve().parents[2]
WIRE = ROOT / "fixtures" / "wire"
PLAN = json.loads((WIRE / "demo.json").read_text("utf-8"))["stories"]
STATES = {"released", "draft", "submitted", "editing", "approved", "scheduled", "corrected", "retracted"}
DESKS = {"middle-east", "africa", "world", "economy", "culture-science-sport"}

# Countries that the copy is set in, by continent, as the texts print them.
COUNTRIES = {
    "Africa": ("Kenya", "Morocco", "Ghana", "Chad", "South Africa", "Rwanda", "Egypt"),
    "Asia": ("Lebanon", "Iraq", "Syria", "Jordan", "Yemen", "Oman", "India", "Kazakhstan"),
    "Europe": ("Greek", "Norway", "Portugal", "Dresden", "Etna", "Glasgow"),
    "Americas": ("Peru", "Chile", "Colombia", "Sao Paulo"),
    "Oceania": ("Australia",),
}


def stories() -> list[str]:
    """The raw text of every story of the demo copy, in the order of the files."""
    files = (path.read_text("utf-8") for path in sorted(WIRE.glob("*.txt")))
    return [story for text in files for story in re.split(r"\n{4,}", text.strip())]


def captions(story: str) -> list[str]:
    """The caption lines of a story's first head, each once."""
    head = story.split("\nTT\n", 1)[0].split("\n")[1:]
    return list(dict.fromkeys(line for line in head if line))


def paragraphs(story: str) -> list[str]:
    """What stands below the second head."""
    _, below = story.split("\nTT\n", 1)
    lines = [line for line in below.split("\n") if line]
    return lines[1 + 2 * len(captions(story)) :]


def test_there_are_thirty_stories_each_with_a_head_twice_and_a_body():
    assert len(stories()) >= 30
    for story in stories():
        headline = story.split("\n", 1)[0]
        head, below = story.split("\nTT\n", 1)
        lines = captions(story)
        assert head.split("\n")[2:] == [line for caption in lines for line in (caption, caption)]
        assert [line for line in below.split("\n") if line][: 1 + 2 * len(lines)] == [
            headline,
            *(line for caption in lines for line in (caption, caption)),
        ]
        assert 6 <= len(paragraphs(story)) <= 16, headline
        assert 45 <= len(headline) <= 90, headline


def test_the_plan_names_exactly_the_stories_of_the_files():
    assert Counter(row["headline"] for row in PLAN) == Counter(story.split("\n", 1)[0] for story in stories())


def test_every_caption_has_its_place_in_the_plan():
    rows = {row["headline"]: row for row in PLAN}
    for story in stories():
        row = rows[story.split("\n", 1)[0]]
        assert len(row["pictures"]) == len(row["alt"]) == len(captions(story))
        for caption, slug, alt in zip(captions(story), row["pictures"], row["alt"], strict=True):
            made = "Newsroom illustration" in caption or "رسم توضيحي" in caption
            assert made == (slug is not None), "only what the project drew is called its illustration"
            assert bool(alt) == made
            if slug and not re.search("[\u0600-\u06ff]", caption):
                assert caption.startswith(PICTURES[slug].caption)
                assert ("/" in caption) == (PICTURES[slug].artist != "Newsroom")


def test_the_plan_is_complete():
    for row in PLAN:
        assert row["state"] in STATES
        assert row["desk"] in DESKS
        assert 1 <= row["urgency"] <= 5
        assert 0 <= row["days_ago"] <= 9
        assert datetime.strptime(row["time"], "%H:%M")
        assert row["standfirst"]
        assert row["reporter"]
        assert (row["state"] == "retracted") == ("retraction_note" in row)
        assert (row["state"] == "corrected") == ("correction_note" in row) == ("correction" in row)
    states = Counter(row["state"] for row in PLAN)
    assert set(states) == STATES
    assert states["released"] + states["corrected"] >= 30


def test_a_correction_changes_words_that_the_copy_holds_once():
    text = "\n".join(stories())
    for change in (row["correction"] for row in PLAN if "correction" in row):
        assert text.count(change["from"]) == 1
        assert change["to"] not in text


def test_stories_come_from_twelve_countries_on_five_continents():
    text = "\n".join(stories())
    found = {name: [country for country in names if country in text] for name, names in COUNTRIES.items()}
    assert all(found.values())
    assert sum(map(len, found.values())) >= 12


def test_two_stories_are_in_arabic():
    assert sum(bool(re.match("[\u0600-\u06ff]", story)) for story in stories()) >= 2


def test_some_stories_have_two_pictures_and_some_none():
    numbers = Counter(len(captions(story)) for story in stories())
    assert numbers[0] >= 3
    assert numbers[2] >= 3


def test_several_stories_cite_the_same_sources():
    for source in (
        "World Health Organization",
        "World Food Programme",
        "port authority",
        "Food and Agriculture Organization",
        "told AFP",
        "told Reuters",
        "Asharq Al-Awsat",
    ):
        assert sum(source in story for story in stories()) >= 2, source


def test_topics_are_codes_of_the_two_upper_levels_and_of_twelve_subjects(shared):
    scheme = json.loads((shared / "data" / "iptc-mediatopics-2019.json").read_text("utf-8"))
    concepts = {concept["qcode"]: concept for concept in scheme["conceptSet"]}
    subjects = set()
    for code in (code for row in PLAN for code in row["topics"]):
        concept = concepts[code]
        assert not concept.get("retired"), code
        upper = concept.get("broader", [concept["uri"]])[0].rsplit("/", 1)[1]
        assert "broader" not in concepts[f"medtop:{upper}"], f"{code} lies below the second level"
        subjects.add(upper)
    assert len(subjects) >= 12


def test_every_picture_of_the_plan_exists_and_every_picture_is_used():
    assert {slug for row in PLAN for slug in row["pictures"] if slug} == set(PICTURES)


def test_every_picture_is_of_twelve_megapixels():
    assert all(width * height >= 12_000_000 for width, height in (picture.size for picture in PICTURES.values()))


def test_a_turned_picture_is_stored_on_its_side_and_says_so(tmp_path):
    draw("vaccine-vials", tmp_path / "turned.jpg")
    with Image.open(tmp_path / "turned.jpg") as image:
        assert image.getexif()[Base.Orientation] == 6
        assert image.size == (4000, 3000)
        assert ImageOps.exif_transpose(image).size == PICTURES["vaccine-vials"].size


@pytest.mark.parametrize("slug", ["harbour-dusk", "rail-dunes"])
def test_a_picture_says_what_it_is_in_exif_iptc_and_xmp(slug, tmp_path):
    picture, when = PICTURES[slug], datetime.fromisoformat(PICTURES[slug].date)
    draw(slug, tmp_path / "picture.jpg")
    with Image.open(tmp_path / "picture.jpg") as image:
        exif, iim, packet = image.getexif(), getiptcinfo(image), image.getxmp()
        assert (image.format, image.size) == ("JPEG", picture.size)
    assert exif[Base.Orientation] == 1
    assert exif[Base.ImageDescription] == picture.caption
    assert exif[Base.Artist] == picture.artist
    assert Base.Make not in exif
    details = exif.get_ifd(IFD.Exif)
    assert details[Base.DateTimeOriginal] == when.strftime("%Y:%m:%d %H:%M:%S")
    assert details[Base.OffsetTimeOriginal] == picture.date[-6:]
    assert bool(exif.get_ifd(IFD.GPSInfo)) == (picture.gps is not None)

    assert iim[1, 90] == b"\x1b%G"
    expected = {
        5: picture.title,
        55: when.strftime("%Y%m%d"),
        60: when.strftime("%H%M%S%z"),
        80: picture.artist,
        90: picture.city,
        100: picture.country_code,
        101: picture.country,
        105: picture.title,
        110: "Newsroom illustration",
        115: picture.source,
        116: picture.rights,
        120: picture.caption,
    }
    assert {number: iim[2, number].decode() for number in expected} == expected
    assert [word.decode() for word in iim[2, 25]] == list(picture.keywords)

    said = packet["xmpmeta"]["RDF"]["Description"]
    assert said["Credit"] == "Newsroom illustration"
    assert said["description"]["Alt"]["li"]["text"] == picture.caption
    assert said["rights"]["Alt"]["li"]["text"] == picture.rights
    assert said["creator"]["Seq"]["li"] == picture.artist
    assert said["AltTextAccessibility"]["Alt"]["li"]["text"] == picture.alt
    assert said["DigitalSourceType"].endswith("/algorithmicMedia")


def test_a_picture_drawn_again_by_another_process_is_the_same_file(tmp_path, monkeypatch):
    few = {slug: PICTURES[slug] for slug in ("court-columns", "city-night")}
    monkeypatch.setattr(pictures, "PICTURES", few)
    paths = make_pictures(tmp_path / "album", workers=2)
    assert [path.stem for path in paths] == list(few)
    for path in paths:
        draw(path.stem, tmp_path / "again.jpg")
        assert path.read_bytes() == (tmp_path / "again.jpg").read_bytes()


def test_pictures_can_be_told_apart_at_thumbnail_size():
    prints = {slug: _average_hash(slug) for slug in PICTURES}
    alike = [pair for pair in combinations(prints, 2) if (prints[pair[0]] ^ prints[pair[1]]).bit_count() < 60]
    assert not alike


def _average_hash(slug: str) -> int:
    """Where a 16×16 miniature of the scene is brighter than its mean, in each of red, green and blue: 768 bits."""
    picture = PICTURES[slug]
    board = Board(*(side // 10 for side in picture.size), slug)
    picture.scene(board, picture.palette)
    values = [value for channel in board.image.resize((16, 16)).split() for value in channel.tobytes()]
    mean = sum(values) / len(values)
    return sum(1 << place for place, value in enumerate(values) if value > mean)
