"""A body as agencies print it becomes a story: what belongs elsewhere out of the paragraphs, nothing thrown away."""

from datetime import UTC, datetime

import pytest

from articles.wire import rich
from articles.wire.items import WireItem
from articles.wire.subbing import language_of, sub, take_byline, take_dateline
from articles.wire.times import Clock, UnclearTime


def subbed(body, **fields):
    item = WireItem(fields.pop("headline", "Port of Tartus reopens"), [], **fields)
    sub(item, rich.read("".join(f"<p>{line}</p>" for line in body)))
    return item


def texts(item):
    return [paragraph.text for paragraph in item.paragraphs]


LAST = "Four ships came in."
CASES = {
    # What the copy prints: paragraphs, dateline, agency, byline, sign-off.
    "Reuters": (
        ["By Nadia Haddad", "BEIRUT, March 1 (Reuters) - The port reopened.", LAST,
         "(Reporting by Nadia Haddad; Editing by John Smith)", "((nadia@example.com; +961 1 000;))"],
        (["The port reopened.", LAST], "Beirut", "Reuters", "Nadia Haddad",
         "(Reporting by Nadia Haddad; Editing by John Smith)\n((nadia@example.com; +961 1 000;))")),
    "AFP in French": (
        ["Tartous (Syrie), 1 mars 2026 (AFP) - Le port a rouvert.", LAST, "burs-jb/ach/rl"],
        (["Le port a rouvert.", LAST], "Tartous", "AFP", "", "burs-jb/ach/rl")),
    "AP": (
        ["BEIRUT (AP) _ The port reopened.", LAST, "___",
         "Associated Press writer Sam Hill in Damascus contributed to this report."],
        (["The port reopened.", LAST], "Beirut", "AP", "",
         "Associated Press writer Sam Hill in Damascus contributed to this report.")),
    "ANSA": (
        ["(ANSA) - DAMASCO, 1 MAR - Il porto ha riaperto.", LAST, "(ANSA). COR-FA"],
        (["Il porto ha riaperto.", LAST], "Damasco", "ANSA", "", "(ANSA). COR-FA")),
    "Arabic": (
        ["بقلم نادية حداد", "بيروت (رويترز) - عاد المرفأ إلى العمل.", LAST],
        (["عاد المرفأ إلى العمل.", LAST], "بيروت", "رويترز", "نادية حداد", "")),
    "headline and lead again": (
        ["Port of Tartus Reopens", "The port reopened.", "The port reopened.", LAST],
        (["The port reopened.", LAST], "", "", "", "")),
    "the sign-off run in": (
        ["The port reopened.", "Four ships came in. (Reporting by Nadia Haddad; Editing by John Smith)"],
        (["The port reopened.", LAST], "", "", "", "(Reporting by Nadia Haddad; Editing by John Smith)")),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_copy_as_agencies_print_it(name):
    body, expected = CASES[name]
    item = subbed(body)
    assert (texts(item), item.dateline, item.dateline_agency, item.byline, item.sign_off) == expected
    assert [paragraph.text for paragraph in rich.paragraphs(item.html)] == texts(item)


def test_marks_outlive_the_dateline_before_them():
    item = subbed(["<b>BEIRUT (AP)</b> — The <i>port</i> reopened.", LAST])
    assert item.html.startswith("<p>The <em>port</em> reopened.</p>")


def test_labels_bullets_and_dashed_crossheads_above_and_in_a_story():
    long = "The port of Tartus reopened on Sunday after a week of repairs to its breakwater, officials said."
    item = subbed(["Shipping UPDATE", "* Four ships arrive", long, "- A long week -", LAST])
    assert texts(item) == [long, "A long week", LAST]
    assert item.paragraphs[1].is_crosshead
    assert item.summary == ["Four ships arrive"]
    assert item.unmapped["kicker"] == "Shipping UPDATE"


def test_a_standfirst_that_is_the_lead_again_is_dropped():
    assert subbed(["The port reopened.", LAST], standfirst="The port reopened").standfirst == ""
    assert subbed(["The port reopened.", LAST], standfirst="Ships call again.").standfirst == "Ships call again."


def test_damage_by_a_wrong_encoding_is_put_right_and_told():
    item = subbed(["The worldâ€™s port reopened.", LAST])
    assert texts(item)[0] == "The world’s port reopened."
    assert any(warning.startswith("mojibake_repaired") for warning in item.warnings)


def test_a_story_without_a_headline_takes_its_beginning():
    item = subbed(["The port reopened.", LAST], headline="")
    assert item.headline == "The port reopened."
    assert any(warning.startswith("no_headline") for warning in item.warnings)


@pytest.mark.parametrize(
    ("printed", "byline", "agency"),
    [
        ("By Nadia Haddad", "Nadia Haddad", ""),
        ("Nadia Haddad and Omar Saleh", "Nadia Haddad and Omar Saleh", ""),
        ("Von Erika Muster, Nordagentur", "Erika Muster", ""),
        ("Reuters", "", "Reuters"),
        ("By Nadia Haddad, Associated Press", "Nadia Haddad", "Associated Press"),
    ],
)
def test_bylines_as_fields_hold_them(printed, byline, agency):
    item = WireItem("", [])
    take_byline(item, printed)
    assert (item.byline, item.dateline_agency) == (byline, agency)


@pytest.mark.parametrize(
    ("printed", "place", "agency"),
    [
        ("MOSCOW, Monday (Reuters)", "Moscow", "Reuters"),
        ("TARTUS, Syria", "Tartus", ""),
        ("BEIRUT - ", "Beirut", ""),
        ("Grossetto, Italy", "Grossetto", ""),
        ("", "", ""),
    ],
)
def test_datelines_as_fields_hold_them(printed, place, agency):
    item = WireItem("", [])
    take_dateline(item, printed)
    assert (item.dateline, item.dateline_agency) == (place, agency)


def test_languages():
    assert [language_of(tag) for tag in ("en-US", "ARA", "fr_FR", "und", "", "deu", "not a tag")] == [
        "en", "ar", "fr", "", "", "de", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "instant"),
    [
        ("2026-03-01T10:15:00+02:00", datetime(2026, 3, 1, 8, 15, tzinfo=UTC)),
        ("20260301T101500Z", datetime(2026, 3, 1, 10, 15, tzinfo=UTC)),
        ("2026-03-01T10:15:00.123Z", datetime(2026, 3, 1, 10, 15, tzinfo=UTC)),
        ("20260301-0500", datetime(2026, 3, 1, 5, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 10:15:00 GMT", datetime(2026, 3, 1, 10, 15, tzinfo=UTC)),
        ("2026-03-01T10:15:00", datetime(2026, 3, 1, 8, 15, tzinfo=UTC)),  # the newsroom's zone
        ("2026-02-30", None),
        ("9999-12-31T00:00:00Z", None),
        ("soon", None),
        ("", None),
    ],
)
def test_times(monkeypatch, printed, instant):
    monkeypatch.setenv("TZ", "Asia/Beirut")
    clock = Clock()
    assert clock.read(printed) == instant
    assert bool(clock.warnings) == (bool(printed) and (instant is None or printed.endswith("10:15:00")))


def test_an_embargo_is_understood_or_refused(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Beirut")
    assert Clock(["2026-03-01T10:15:00-05:00"]).embargo("2026-03-01T18:00:00") == datetime(2026, 3, 1, 23, tzinfo=UTC)
    # Of the two hours that a clock change makes of one, the later.
    assert Clock().embargo("2026-10-24T23:30:00") == datetime(2026, 10, 24, 21, 30, tzinfo=UTC)
    for unclear in ("2026-03-29T00:30:00", "9999-12-31", "tomorrow"):
        with pytest.raises(UnclearTime):
            Clock().embargo(unclear)
