"""Raw copy that nobody wrote in good faith: it must neither stop the parser nor stall it nor fill the memory."""

import io
import random
import re
import time
import tracemalloc
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.wire.captions import parse_caption
from articles.wire.items import WireError, WireItem
from articles.wire.raw_text import detect, parse

CODES = {"empty_file", "not_text", "missing_body", "truncated_story", "duplicate_story", "story_too_long"}
TAG = re.compile(r"</?(?:p|b|script|style|a)(?:\s[^<>]*)?>", re.IGNORECASE)
KILOBYTES = 100_000


def check(raw: bytes) -> list[WireItem | WireError]:
    """What holds for any bytes at all."""
    found = list(parse(io.BytesIO(raw)))
    assert found
    assert b"".join(one.raw for one in found) == raw
    for one in found:
        if isinstance(one, WireError):
            assert one.code in CODES
            assert one.message.endswith(".")
            continue
        assert one.headline
        assert one.paragraphs
        fields = [
            one.headline,
            one.dateline,
            one.byline,
            *one.summary,
            *(paragraph.text for paragraph in one.paragraphs),
        ]
        for text in [*fields, *(photo.caption for photo in one.photos)]:
            assert text == " ".join(text.split())
            assert unicodedata.is_normalized("NFC", text)
            assert not any(unicodedata.category(char) in ("Cc", "Cs", "Co") for char in text)
        assert all(paragraph.text for paragraph in one.paragraphs)
    return found


LINES = st.sampled_from(
    [
        "",
        "",
        "",
        " ",
        "\u00a0",
        "TT",
        "20",
        "TT 20",
        "A Ship Sails",
        "A Ship Sails",
        "A ship at the quay. (AFP)",
        "A ship at the quay. (AFP)",
        "Reuters Photo",
        "The ship sailed on Monday, the port authority said.",
        "BEIRUT (Reuters) - The ship sailed.",
        "By Nadia Haddad",
        "Cairo: Nadia Haddad",
        "• A bullet",
        "- A crosshead",
        "READ ALSO: Another ship",
        "Related Stories",
        "(Reporting by Nadia Haddad;",
        "Editing by Karim Saleh)",
        "القاهرة: محمد نبيل",
        "أبحرت السفينة.",
        "<p>The <b>ship</b>",
        "<script>",
        "</script>",
        "&lt;b&gt; &amp;",
        "Ã¢â‚¬â„¢s â€œx",
        "\ufeff\u202e\u200b",
        "\x00",
        "(",
        ")",
        "-",
        "—",
        "[",
        "REUTERS/",
    ]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(LINES | st.text(max_size=60), max_size=40),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
)
def test_no_copy_raises_and_nothing_is_lost(lines, end, encoding):
    check(end.join(lines).encode(encoding, "surrogatepass" if encoding == "utf-16" else "replace"))


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(
        st.sampled_from(
            [b"\n\n\n\n", b"TT\n", b"\xc3", b"\x92", b"A ship sails\n", b"\xd8\xa7", b"\xe2\x80", b"&#", b"<"]
        ),
        max_size=40,
    ).map(b"".join)
)
def test_no_bytes_raise(raw):
    check(raw)
    detect(raw)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_caption_raises(line):
    photo = parse_caption(line)
    assert photo.credit_raw in line


NASTY = {
    "one long word": "x" * KILOBYTES,
    "spaces": "A" + " " * KILOBYTES + "B",
    "opening brackets": "(" * KILOBYTES,
    "closing brackets": ")" * KILOBYTES,
    "brackets in turn": "(a) " * (KILOBYTES // 4),
    "opening tags": "<a " * (KILOBYTES // 3),
    "tag in tag": "<" * (KILOBYTES // 2) + "b>" * (KILOBYTES // 4),
    "scripts that never end": "<script>" * (KILOBYTES // 8),
    "comments that never end": "<!--" * (KILOBYTES // 4),
    "quotes in a tag": "<a x=" + "\"'" * (KILOBYTES // 2),
    "ampersands": "&" * KILOBYTES,
    "numeric entity without end": "&#" + "9" * KILOBYTES + ";",
    "entities": "&amp;" * (KILOBYTES // 5),
    "combining marks": "a" + "\u0301\u0316" * (KILOBYTES // 4),
    "arabic marks": "ا" + "\u064b\u0651" * (KILOBYTES // 4),
    "mojibake": "Ã¢â‚¬â„¢" * (KILOBYTES // 16),
    "mojibake lead bytes": "Ã" * (KILOBYTES // 2),
    "windows-1256 mojibake": "ط§" * (KILOBYTES // 4),
    "widgets": "TT\n" * (KILOBYTES // 3),
    "widgets and captions": "A\nA\nTT\n" * (KILOBYTES // 7),
    "one line again and again": "A ship sails\n" * (KILOBYTES // 13),
    "two lines in turn": "A ship sails\nAnother ship sails\n" * (KILOBYTES // 32),
    "lines that differ by a number": "\n".join(f"A ship sails {n} times" for n in range(KILOBYTES // 22)),
    "headlines without bodies": "\n\n\n\n".join(f"A ship sails {n}" for n in range(KILOBYTES // 20)),
    "credits": "A ship. (AFP)\n" * (KILOBYTES // 14),
    "credits that differ": "\n".join(f"A ship {n}. (AFP)" for n in range(KILOBYTES // 18)),
    "slashes": "Head\n" + "REUTERS/" * (KILOBYTES // 8),
    "slash segments": "Head\nA / " + "/ " * (KILOBYTES // 2) + "AFP",
    "dashes": "Head\n" + "- " * (KILOBYTES // 2),
    "commas": "Head\n" + "A, " * (KILOBYTES // 3),
    "capitals": "Head\n" + "BEIRUT, " * (KILOBYTES // 8) + "(",
    "dates": "Head\nUpdated " + "3 March " * (KILOBYTES // 8),
    "bullets": "Head\n" + "• a\n" * (KILOBYTES // 6),
    "related": "Head\nText.\n" + "Related Stories\nA\n" * (KILOBYTES // 18),
    "sign-offs": "Head\nText.\n" + "(Reporting by A;\n" * (KILOBYTES // 17),
    "blank lines": "\n" * KILOBYTES,
    "blank lines with spaces": "\u00a0 \n" * (KILOBYTES // 4),
    "carriage returns": "a\r\r\n" * (KILOBYTES // 4),
    "line separators": "a\u2028" * (KILOBYTES // 4),
    "question marks": "a?s " * (KILOBYTES // 4),
    "agency names": "Head\n" + "AFP " * (KILOBYTES // 4),
    "names": "Head\nBy " + "Nadia Haddad and " * (KILOBYTES // 17),
    "colons": "Head\n" + "Cairo: " * (KILOBYTES // 7),
    "zero-width": "\u200d" * (KILOBYTES // 3),
}


@pytest.mark.parametrize("copy", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize(
    "shape", ["{}", "Head\n\n{}", "Head\n\nA ship. (AFP)\nA ship. (AFP)\nTT\n\nHead\n\n{}\n\nText follows here."]
)
def test_a_hundred_kilobytes_take_less_than_a_second(copy, shape):
    raw = shape.replace("{}", copy).encode()
    start = time.process_time()
    check(raw)
    assert time.process_time() - start < 1


def test_a_hundred_kilobytes_of_noise_take_less_than_a_second():
    noise = random.Random(7)
    alphabet = "ab AB.,:;-–—()[]«»<>&#/\\\n\r\u00a0\u200b\u0301اب12•TTâ€™Ã"
    raw = "".join(noise.choice(alphabet) for _ in range(KILOBYTES)).encode()[:KILOBYTES]
    start = time.process_time()
    check(raw)
    assert time.process_time() - start < 1


class Endless(io.RawIOBase):
    """A file of ``size`` bytes that is never in memory as a whole."""

    def __init__(self, block: bytes, size: int):
        self.block, self.left = block * (64 * 1024 // len(block) + 1), size

    def read(self, size=-1):
        part = self.block[: min(size, self.left, len(self.block))]
        self.left -= len(part)
        return part


def test_line_of_a_gigabyte_is_refused_without_being_held():
    tracemalloc.start()
    (error,) = parse(Endless(b"x", 1_000_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.code == "story_too_long"
    assert len(error.raw) <= 64 * 1024
    assert peak < 40_000_000


def test_gigabyte_of_zero_bytes_is_refused_at_once():
    stream = Endless(b"\0", 1_000_000_000)
    (error,) = parse(stream)
    assert error.code == "not_text"
    assert stream.left > 900_000_000


@pytest.mark.parametrize("gap", [b"\n\n\n\n", b"\n"])
def test_file_of_many_stories_is_never_held(gap):
    """However long the file, one story at a time."""
    head = b"A Ship Sails\nA ship. (AFP)\nA ship. (AFP)\n"
    copy = head + b"TT\n" + head + b"The ship sailed on Monday, the port said.\n"
    tracemalloc.start()
    found = sum(1 for _ in parse(Endless(copy + b"It is the %s one.\n" * 30 + gap, 600_000)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found > 600
    assert peak < 15_000_000
