"""Telegraph wire, IPTC 7901 and ANPA 1312: messages between control characters. No database."""

import io
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.wire import formats, telegrams
from articles.wire.items import Standing, WireError, nothing_beside

SAMPLES = Path(__file__).parent / "samples"


def parse(data):
    return list(telegrams.parse(io.BytesIO(data), nothing_beside))


def message(text, head="hrn0001 4 i 0010 QUAY", foot="020930 GMT MAR 26"):
    return f"\x01{head}\r\n\x02{text}\r\n\x03{foot}\r\n\x04".encode()


@pytest.fixture(scope="module")
def three():
    data = (SAMPLES / "iptc7901" / "three-messages.txt").read_bytes()
    found = parse(data)
    assert b"".join(one.raw for one in found) == data
    assert formats.detect(data[:4096]) == "iptc7901"
    return found


def test_a_message_is_read_with_all_that_its_heading_says(three):
    item = three[0]
    assert item.headline == "Tartus harbour opens after year of repairs"
    assert (item.provider, item.provider_id) == ("HRN", "hrn0123/2026-03-02")
    assert (item.slugline, item.version, item.urgency) == ("HARBOUR-TARTUS", "lead", 3)
    assert item.ednote == "ATTENTION - ADDS minister ///"
    assert (item.dateline, item.dateline_agency) == ("Tartus", "HRN")
    assert item.sent_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert item.encoding == "windows-1252"
    assert item.subjects[0].name == "international"
    assert item.warnings == []


def test_the_lines_of_a_teleprinter_become_paragraphs(three):
    assert [paragraph.text for paragraph in three[0].paragraphs] == [
        "The harbour of Tartus opened on Monday after a year of repairs, the port authority said, and the first of the"
        " grain ships came in at dawn.",
        '"It was a long year," said Samir Khoury, who heads the authority. Café owners on the quay gave coffee to the'
        " crews that had waited outside.",
        "Engineers had lifted the fallen crane from the harbour mouth in January.",
    ]


def test_a_further_part_says_what_it_continues(three):
    item = three[1]
    assert (item.slugline, item.version, item.urgency) == ("FOOT-CUP", "1st add", 1)
    assert [warning.split(":")[0] for warning in item.warnings] == ["no_headline", "continues"]
    assert item.subjects[0].code == "medtop:15000000"
    assert len(item.paragraphs) == 2


def test_a_kill_is_a_kill(three):
    assert three[2].standing == Standing.CANCELED
    assert three[2].slugline == "BRIDGE-FALL"
    assert "No bridge has fallen" in three[2].ednote


def test_the_american_form_is_read_too():
    (item,) = parse((SAMPLES / "anpa1312" / "writethru.txt").read_bytes())
    assert item.headline == "Syrian harbor opens after a year of repairs"
    assert (item.slugline, item.version) == ("Harbor-Repairs", "1st ld-writethru")
    assert (item.urgency, item.unmapped["message number"], item.unmapped["words"]) == (3, "a0451", "70")
    assert item.byline.title() == "Lina Haddad"
    assert item.dateline == "Tartus"
    assert item.ednote.startswith("Eds: UPDATES")
    assert item.sent_at == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    assert item.paragraphs[1].text.startswith("“It was a long year,” said Samir Khoury")
    assert len(item.paragraphs) == 3


BODY = "   One paragraph that says something of the quay and its ships today.\r\n   Another.\r\n"


@pytest.mark.parametrize(
    "data, code",
    [
        (b"\x01hrn0001 4 i 0010 QUAY\r\n", "no_text"),
        (message(""), "missing_body"),
        (message("   Half a st", head="hrn0001 4 i 0300 QUAY")[:-30], "truncated_story"),
        (b"\x01a\x02" + b"x" * 3_000_000, "story_too_long"),
        (b"\x01a\x02" + b"\x00" * 3_000_000 + b"\x03\x04", "story_too_long"),
    ],
)
def test_a_bad_message_costs_itself_alone_within_a_second(data, code):
    began = time.process_time()
    first, error, last = parse(message("   A head\r\n\r\n" + BODY) + data + message("   A head\r\n\r\n" + BODY))
    assert time.process_time() - began < 1
    assert (first.headline, last.headline) == ("A head", "A head")
    assert isinstance(error, WireError)
    assert error.code == code


def test_fewer_words_than_the_heading_promises_are_warned_of():
    (item,) = parse(message("   A head\r\n\r\n" + BODY, head="hrn0001 4 i 0300 QUAY"))
    assert any(warning.startswith("words_missing") for warning in item.warnings)


def test_seven_bits_and_arabic_are_read():
    words = "   " + "ميناء طرطوس يعود إلى العمل\r\n\r\n   قالت وزارة النقل إن السفن وصلت إلى الميناء صباح الاثنين.\r\n"
    (item,) = parse(message(words).replace(words.encode(), words.encode("cp1256")))
    assert (item.language, item.direction) == ("ar", "rtl")
    assert item.headline == "ميناء طرطوس يعود إلى العمل"


PARTS = [b"\x01", b"\x02", b"\x03", b"\x04", b"\r\n", b"   ", b"^", b"<", b"QUAY-1ST LD", b"hrn0001 4 i 0010 "]
PARTS += [b"990099 GMT xyz 26", b"a0001", b"u i bc-X", b"\xff", b"\x00", b"words ", b"KILL"]


@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_no_bytes_ever_break_the_reading_and_none_is_lost(parts):
    data = b"".join(parts)
    found = parse(data)
    assert data.startswith(b"".join(one.raw for one in found))
    assert all(isinstance(one, WireError) or one.headline for one in found)
