"""JSON Lines and CSV: our own export word for word, anybody else's by the names that people give. No database."""

import csv
import io
import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.wire import formats, json_lines, tables
from articles.wire.items import Named, Subject, WireError, nothing_beside


def lines(*stories):
    return b"".join((s if isinstance(s, bytes) else json.dumps(s).encode()) + b"\n" for s in stories)


def parse(data, parser=json_lines):
    found = list(parser.parse(io.BytesIO(data), nothing_beside))
    assert all(one.raw for one in found) or not data.strip()
    return found


def table(*rows, delimiter=","):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode()


OWN = {
    "newsroom": 1,
    "id": "x2b3c4d5f6",
    "headline": "Harbour opens",
    "standfirst": "After a year.",
    "body": "<p>The <strong>harbour</strong> opened &amp; ships came.</p>\n<h2>What now</h2>\n<p>More ships.</p>",
    "language": "en",
    "slugline": "HARBOUR",
    "dateline": "Tartus",
    "urgency": 2,
    "breaking": True,
    "embargo_until": "2026-03-02T12:00:00+00:00",
    "embargo_note": "The ministry",
    "desk": "world",
    "translation_of": None,
    "regions": ["SY"],
    "topics": [{"code": "medtop:04000000", "name": "economy"}],
    "bylines": [{"author": "abc", "name": "Lina Haddad", "text": ""}],
    "citations": [{"source": "afp", "name": "AFP", "as_printed": "", "use": "quote", "via": None}],
    "captions": [{"photo": "p1", "caption": "Boats.", "alt_text": "Six boats", "is_lead": True}],
    "published_at": "2019-05-04T10:00:00+02:00",
    "created_at": "2019-05-03T10:00:00+00:00",
}


def test_our_own_line_is_taken_word_for_word():
    (item,) = parse(lines(OWN))
    same = (
        "headline",
        "standfirst",
        "body",
        "slugline",
        "dateline",
        "urgency",
        "breaking",
        "desk",
        "regions",
        "topics",
    )
    assert {name: item.content[name] for name in same} == {name: OWN[name] for name in same}
    assert item.content["embargo_until"] == OWN["embargo_until"]
    assert item.content["captions"][0]["alt_text"] == "Six boats"
    assert (item.provider, item.provider_id) == ("newsroom", "x2b3c4d5f6")
    assert item.first_sent_at == datetime(2019, 5, 4, 8, tzinfo=UTC)
    assert [p.text for p in item.paragraphs] == ["The harbour opened & ships came.", "What now", "More ships."]
    assert item.warnings == []
    assert item.unmapped == {}


def test_anybodys_lines_are_read_by_the_names_that_people_give():
    story = {
        "title": "Bread is dearer",
        "text": "Bread cost more on Monday.\n\nBakers said so.",
        "Authors": "Lina Haddad; Omar Saleh",
        "tags": ["economy", "bread"],
        "countries": "Syria; Lebanon",
        "date": "Mon, 02 Mar 2026 09:00:00 +0200",
        "colour": "blue",
    }
    (item,) = parse(lines(story))
    assert (item.headline, item.byline) == ("Bread is dearer", "Lina Haddad, Omar Saleh")
    assert [p.text for p in item.paragraphs] == ["Bread cost more on Monday.", "Bakers said so."]
    assert item.subjects == [Subject(name="economy"), Subject(name="bread")]
    assert item.places == [Named("Syria", role="subject"), Named("Lebanon", role="subject")]
    assert item.first_sent_at == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert item.unmapped == {"colour": "blue"}
    assert item.content == {}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_however_a_spreadsheet_saves_it(delimiter, encoding):
    rows = [
        ["Title", "Body", "Date"],
        ["Café «closed»", "<p>One</p><p>Two, and\nthree</p>", "2020-01-02"],
        ["", "", ""],
    ]
    data = table(*rows, delimiter=delimiter).decode().encode(encoding)
    assert formats.detect(data[:4096]) == "csv"
    (item,) = parse(data, tables)
    assert item.headline == "Café «closed»"
    assert [p.text for p in item.paragraphs] == ["One", "Two, and three"]
    assert item.first_sent_at == datetime(2020, 1, 2, tzinfo=UTC)
    assert item.line == 2


def test_text_that_a_spreadsheet_would_run_stays_the_text_that_it_is():
    (item,) = parse(table(["headline", "body"], ['=HYPERLINK("x")', "+1 and -1 and @all"]), tables)
    assert item.headline == '=HYPERLINK("x")'
    assert item.paragraphs[0].text == "+1 and -1 and @all"


def test_our_own_table_says_what_our_own_lines_say():
    values = {**OWN, "headline": "=1+1 is two", "standfirst": "'quoted'"}
    cells = [
        "'" + value if isinstance(value, str) and value[:1] in "=+-@'" and value else
        json.dumps(value) if isinstance(value, list) else "" if value is None else value
        for value in values.values()
    ]  # fmt: skip
    (from_table,) = parse(table(list(values), cells), tables)
    (from_lines,) = parse(lines(values))
    assert from_table.content == from_lines.content


GOOD = {"headline": "A good one", "body": "It says something."}


@pytest.mark.parametrize(
    "bad, code",
    [
        (b"{", "not_json"),
        (b'{"headline": "x", "body": "y"', "not_json"),
        (b"[1, 2]", "not_a_story"),
        (b'"words"', "not_a_story"),
        (b"[" * 200_000, "too_deep"),
        (b'{"a":' * 100_000, "too_deep"),
        (b'{"headline": "x"}', "missing_body"),
        (b'{"body": "x"}', "missing_headline"),
        (b'{"headline": ["x"], "body": "x"}', "missing_headline"),
        (b'{"newsroom": 99, "headline": "x", "body": "x"}', "unknown_version"),
        (b'{"newsroom": 1, "headline": "", "body": "x"}', "missing_headline"),
        (b'{"headline": "x", "body": ' + b"9" * 5000 + b"}", "not_json"),
        (b'{"headline": "x", "body": "' + b"y" * 3_000_000 + b'"}', "line_too_long"),
    ],
)
def test_a_bad_line_costs_itself_alone_within_a_second(bad, code):
    began = time.process_time()
    first, error, last = parse(lines(GOOD, bad, GOOD))
    assert time.process_time() - began < 1
    assert isinstance(error, WireError)
    assert (error.code, error.story, error.line) == (code, 2, 2)
    assert "Traceback" not in error.message
    assert first.headline == last.headline == "A good one"


def test_a_bad_value_is_left_out_and_said():
    story = {
        **OWN,
        "urgency": 12,
        "published_at": "9999-12-31T23:59:59-23:00",
        "regions": {"SY": 1},
        "headline": 'a<b "x"',
    }
    (item,) = parse(lines(story))
    assert item.urgency is None
    assert item.content["urgency"] == 4
    assert item.first_sent_at is None
    assert [warning.split(":")[0] for warning in item.warnings] == ["bad_value"] * 3


def test_nothing_that_executes_or_hides_comes_in():
    story = {
        **OWN,
        "headline": "Quiet\u202e night\0 \ud800e" + "\u0301" * 10_000,
        "body": "<p onclick=x>One <a href='java\tscript:alert(1)'>link</a><script>alert(1)</script></p>",
        "captions": [{"caption": "<script>alert(1)</script>Boats", "photo": "../../etc/passwd"}],
        "slugline": "../admin",
    }
    began = time.process_time()
    (item,) = parse(lines(story))
    assert time.process_time() - began < 1
    assert "\u202e" not in item.headline
    assert "\0" not in item.headline
    assert len(item.headline) < 40
    item.headline.encode()
    assert "script" not in item.content["body"]
    assert "onclick" not in item.content["body"]


def test_a_table_whose_quotation_mark_never_closes_says_so_and_ends():
    rows = table(["headline", "body"], ["Good", "Text."]) + b'Bad,"never closed\n' + b"more words\n" * 400_000
    began = time.process_time()
    found = parse(rows, tables)
    assert time.process_time() - began < 3
    assert found[0].headline == "Good"
    assert found[1].code == "bad_row"
    assert len(found) == 2


@pytest.mark.parametrize(
    "head, format",
    [
        (lines(OWN), "jsonl"),
        (lines(GOOD), "jsonl"),
        (table(["headline", "body"], ["x", "y"]), "csv"),
        (b'{\n "uri": "urn:x",\n "headline": "x", "body_text": "y"}', "text"),
        (b"Harbour opens\n\nThe harbour opened, a body said, with headline figures.\n", "text"),
        (b"", "text"),
    ],
)
def test_each_is_told_by_its_content(head, format):
    assert formats.detect(head[:4096]) == format or (format == "text" and formats.detect(head[:4096]) == "ninjs")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=4,
)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(st.dictionaries(st.sampled_from([*OWN, "title", "tags", "usage", "x"]), values), st.booleans())
def test_no_values_ever_break_the_reading(story, own):
    for value in parse(lines({**({"newsroom": 1} if own else {}), **story})):
        assert isinstance(value, WireError) or value.headline


@few
@given(st.binary(max_size=400))
def test_no_bytes_ever_break_the_reading(data):
    list(json_lines.parse(io.BytesIO(data), nothing_beside))
    list(tables.parse(io.BytesIO(b"headline,body\n" + data), nothing_beside))
