"""RSS, Atom and JSON Feed: each entry a story, with its pictures, people and dates. No database."""

import io
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.wire import feeds, formats
from articles.wire.items import Subject, WireError, nothing_beside

SAMPLES = Path(__file__).parent / "samples"


def sample(name):
    return (SAMPLES / name).read_bytes()


def parse(data, parser=feeds.parse):
    return list(parser(io.BytesIO(data), nothing_beside))


def test_rss_is_read_with_all_that_stands_beside_the_text():
    data = sample("rss/news.rss")
    assert formats.detect(data[:4096]) == "rss"
    full, summary, empty = parse(data)
    assert full.headline == "Harbour opens & ships come"
    assert (full.provider, full.provider_id, full.byline) == ("Quay Wire", "quay-1", "Lina Haddad")
    assert full.first_sent_at == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert full.standfirst == "The first ships came at dawn."
    assert [paragraph.text for paragraph in full.paragraphs][:2] == [
        "Tartus has its harbour back.",
        "The first ships came at dawn.",
    ]
    assert 'href="https://quay.example/ships"' in full.html
    assert "javascript" not in full.html
    assert "onclick" not in full.html
    assert [(photo.file[-7:], photo.caption, photo.credit, photo.alt_text) for photo in full.photos] == [
        ("one.jpg", "The harbour on Monday.", "AFP", ""),
        ("two.jpg", "", "", "Two ships"),
    ]
    assert Subject(name="Syria") in full.subjects
    assert full.usage.terms == "Quay Wire 2026"
    assert [paragraph.text for paragraph in summary.paragraphs] == [
        "Bakers closed their shops.",
        "They want cheaper flour.",
    ]
    assert summary.photos[0].file == "https://quay.example/bread.jpg"
    assert (empty.code, empty.story) == ("missing_body", 3)
    assert full.raw + summary.raw + empty.raw == data


def test_atom_is_read():
    data = sample("rss/news.atom")
    assert formats.detect(data[:4096]) == "rss"
    (item,) = parse(data)
    assert (item.headline, item.language) == ("Le port rouvre", "fr")
    assert item.byline == "Lina Haddad, Omar Saleh"
    assert item.first_sent_at == datetime(2026, 3, 1, 7, tzinfo=UTC)
    assert item.version == "2026-03-02T09:00:00+00:00"
    assert item.subjects == [Subject("https://quay.example/sujets:eco", "Économie")]
    assert item.photos[0].caption == "Le port lundi."
    assert item.related == ["https://quay.example/fr/grue"]
    assert len(item.paragraphs) == 2


def test_rss_1_is_read_in_its_own_charset():
    data = sample("rss/news.rdf")
    assert formats.detect(data[:4096]) == "rss"
    (item,) = parse(data)
    assert item.headline == "Harbour café opens"
    assert item.byline == "Lina Haddad"
    assert item.sent_at == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_json_feed_is_read():
    data = sample("jsonfeed/feed.json")
    assert formats.detect(data[:4096]) == "jsonfeed"
    story, note, empty = parse(data, feeds.parse_json)
    assert (story.headline, story.byline, story.provider_id) == ("Harbour opens", "Lina Haddad", "1")
    assert story.first_sent_at == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert story.photos[0].file == "https://quay.example/one.jpg"
    assert "script" not in story.html
    assert note.headline == "A note without a title, which is longer than a headline may be and goes on for quite some…"
    assert (note.byline, len(note.paragraphs)) == ("The desk", 2)
    assert note.warnings[0].startswith("no_headline")
    assert empty.code == "missing_body"


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_can_be():
    broken = sample("rss/news.rss").replace(b"<title>Only a summary</title>", b"<title>Only a & <b>summary</title>")
    found = parse(broken)
    assert next(one.headline for one in found if not isinstance(one, WireError)) == "Harbour opens & ships come"
    assert any("feed_broken" in warning for one in found if not isinstance(one, WireError) for warning in one.warnings)


RSS = b"<rss version='2.0'><channel><title>x</title><item><title>a</title><description>%s</description></item>%s"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>' + RSS % (b"&b;", b"</channel></rss>")
FILE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RSS % (b"&a;", b"</channel></rss>")


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "empty_file"),
        (b"<rss></rss>", "empty_file"),
        (b"<rss><channel", "not_xml"),
        (LAUGHS, "entities_refused"),
        (FILE, "entities_refused"),
        (RSS % (b"x", b"<a>" * 100_000), "xml_too_complex"),
    ],
    ids=["empty", "no entry", "cut", "laughs", "file", "deep"],
)
def test_hostile_feeds_end_with_a_reason_within_a_second(data, code):
    began = time.process_time()
    *_, last = parse(data)
    assert time.process_time() - began < 1
    assert isinstance(last, WireError)
    assert last.code == code
    assert "root:" not in str(parse(data))


@pytest.mark.parametrize("flood", [b"<", b"<a ", b"<![CDATA[", b"<!--", b"&#x;", b"&", b"<item>", b"</item>", b"]]>"])
def test_no_flood_takes_long(flood):
    began = time.process_time()
    parse(RSS % (flood * 20_000, b"</channel></rss>"))
    assert time.process_time() - began < 2


def test_json_feeds_that_are_none_end_with_a_reason():
    version = "https://jsonfeed.org/version/1"
    for data, code in [
        (b"{", "not_json"),
        (b"[" * 100_000, "too_deep"),
        (json.dumps({"version": version, "items": {}}).encode(), "empty_file"),
        (json.dumps({"version": version, "items": ["x"]}).encode(), "not_a_story"),
        (json.dumps({"version": version, "items": [{"title": ["x"], "content_html": 5}]}).encode(), "missing_body"),
    ]:
        assert parse(data, feeds.parse_json)[0].code == code


def test_a_feed_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(feeds, "LONGEST", 1000)
    assert parse(sample("rss/news.rss"))[0].code == "feed_too_long"


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(["rss/news.rss", "rss/news.atom", "jsonfeed/feed.json"]), st.data())
def test_no_damage_ever_breaks_the_reading(name, data):
    whole = bytearray(sample(name))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at : at + data.draw(st.integers(0, 200))] = data.draw(st.binary(max_size=5))
    parser = feeds.parse_json if name.endswith("json") else feeds.parse
    for one in parse(bytes(whole), parser):
        assert isinstance(one, WireError) or one.headline


@pytest.mark.parametrize(
    "entry",
    [b"<title/><summary/>", b"<title></title><description>Ships came.</description>", b"<title>Ships</title><author/>"],
)
def test_an_element_with_nothing_in_it_says_nothing(entry):
    (found,) = parse(b"<rss version='2.0'><channel><title/><item>" + entry + b"<guid/></item></channel></rss>")
    assert isinstance(found, WireError) or found.headline


@pytest.mark.parametrize("charset", [b"\xcf", b"\xbb\xbf", b"no-such-charset", b""])
def test_a_declaration_that_names_no_charset_costs_no_entry(charset):
    data = sample("rss/news.rss")
    broken = b'<?xml version="1.0" encoding="' + charset + b'"?>' + data[data.index(b"<rss") :]
    assert next(one.headline for one in parse(broken) if not isinstance(one, WireError)) == "Harbour opens & ships come"


def test_the_end_of_a_credit_that_never_began_costs_the_feed_and_says_so():
    (found,) = parse(b"<item<media:credit>></item</media:credit<")
    assert isinstance(found, WireError)
    assert found.message == "The feed is broken: no entry of it can be read."
