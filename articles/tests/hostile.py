"""Files that nobody sent in good faith, and what must hold of anything that a parser makes of any bytes."""

import io
import re
import time
from pathlib import Path

from hypothesis import strategies as st

from articles.wire.formats import FORMATS
from articles.wire.items import Standing, WireError, WireItem, told

SAMPLES = Path(__file__).parent / "samples"
STANDARD = ("nitf", "newsml-g2", "newsml1", "ninjs")
MATERIAL = {name: sorted((SAMPLES / name).iterdir()) for name in STANDARD}
# Controls, halves of characters, and what turns the direction of the words round it.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
PIECES = [
    *b'<p> </p> < > & &lt; &x; <![CDATA[ ]]> <!-- <script> <newsItem/> " \\ \\ud800 { } [ ] null true 1e999'.split(),
    *b"9999-12-31T00:00:00Z 2026-03-29T00:30:00 javascript:alert(1) ../../etc/passwd".split(),
    *(b"\0", b"\xff", "\u202e".encode(), "e\u0301".encode() * 50, b"\n\n"),
]


def read(format: str, raw: bytes, beside=lambda name: None) -> list[WireItem | WireError]:
    return list(FORMATS[format].parse(io.BytesIO(raw), beside))


def check(format: str, raw: bytes, seconds: float = 1.0) -> list[WireItem | WireError]:
    """Read it, and hold what must hold of it: items and errors, clean and within the time."""
    begun = time.process_time()
    found = read(format, raw)
    assert time.process_time() - begun < seconds
    assert found
    for one in found:
        if isinstance(one, WireError):
            assert one.code.replace("_", "").isalnum()
            assert one.message.endswith(".")
            assert "Traceback" not in one.message
            continue
        assert one.headline or one.standing != Standing.USABLE
        assert one.paragraphs or one.standing != Standing.USABLE
        lines = [one.headline, one.byline, one.dateline, one.slugline, one.standfirst, one.provider_id, *one.keywords]
        lines += [paragraph.text for paragraph in one.paragraphs]
        lines += [words for photo in one.photos for words in (photo.caption, photo.credit, photo.alt_text)]
        for line in lines:
            assert not _UNSEEN.search(line), line
            line.encode()
        assert "<script" not in one.html.lower()
        assert not re.search(r'<a [^>]*href="(?!https?:|mailto:|tel:)', one.html)
        assert (len(one.provider), len(one.provider_id), len(one.version)) <= (80, 200, 40)
        told(one)
    return found


@st.composite
def damaged(draw, format: str) -> bytes:
    """A sample of that format with a few parts of it cut out, doubled, or replaced by something that hurts."""
    raw = draw(st.sampled_from(MATERIAL[format])).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(raw) - 1)))
        length = draw(st.one_of(st.integers(0, 40), st.integers(0, 1500)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=12), st.just(raw[at : at + length] * 2)))
        raw = raw[:at] + piece + raw[at + length :]
    return raw
