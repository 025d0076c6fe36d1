"""IPTC-IIM: the datasets that agencies have written into pictures since 1991. After the IIM 4.2 specification. Pure."""

import hashlib
import re
from collections.abc import Iterator

from articles import text

from . import charsets

MOST_BYTES, MOST_DATASETS, LONGEST = 1_000_000, 2000, 4000
_RESOURCE, _DIGEST = 0x0404, 0x0425  # Photoshop's image resources
_TIFF_TAG = 33723
# Record 2, by dataset. Those that may be repeated become lists.
NAMES = {
    5: "title",
    25: "keywords",
    30: "release_date",
    35: "release_time",
    37: "expiry_date",
    38: "expiry_time",
    40: "instructions",
    55: "date_created",
    60: "time_created",
    80: "byline",
    85: "byline_title",
    90: "city",
    92: "sublocation",
    95: "province",
    100: "country_code",
    101: "country",
    103: "job",
    105: "headline",
    110: "credit",
    115: "source",
    116: "copyright",
    118: "contact",
    120: "caption",
    122: "writer",
}
_REPEATED = {25, 80, 118}
_MOST_OCTETS = {5: 64, 25: 64, 80: 32, 85: 32, 90: 32, 92: 32, 95: 32, 101: 64, 103: 32, 105: 256, 110: 32, 115: 32}
_MOST_OCTETS |= {40: 256, 116: 128, 118: 128, 120: 2000, 122: 32}
LIMITS = {NAMES[number]: most for number, most in _MOST_OCTETS.items()}


def read(image) -> dict:
    """The datasets of a picture by name: text, or a list of texts where one may stand several times. Never raises."""
    return parse(block(image))


def block(image) -> bytes:
    """The IIM block of a picture as it stands in the file."""
    found = b""
    if image.format in ("JPEG", "MPO"):
        found = (image.info.get("photoshop") or {}).get(_RESOURCE, b"")
    elif image.format == "TIFF":
        found = image.tag_v2._tagdata.get(_TIFF_TAG, b"")
        if found[:1] != b"\x1c" and len(found) % 4 == 0:  # said to be of 32-bit numbers, and so turned round
            turned = b"".join(found[at : at + 4][::-1] for at in range(0, min(len(found), MOST_BYTES), 4))
            found = turned if turned[:1] == b"\x1c" else found
    elif image.format == "PNG":
        found = _raw_profile(str(image.info.get("Raw profile type iptc") or ""))
    return found[:MOST_BYTES] if isinstance(found, bytes) else b""


def _raw_profile(value):
    """As ImageMagick writes it into a PNG: a name, a length, hexadecimal digits; perhaps Photoshop's block around."""
    digits = re.sub(r"\s+", "", "".join(value.strip().split("\n")[2:]))[: 2 * MOST_BYTES]
    try:
        data = bytes.fromhex(digits)
    except ValueError:
        return b""
    start = data.find(b"8BIM\x04\x04")
    return data[start + 12 :] if start >= 0 else data


def is_newer_than_xmp(image) -> bool:
    """Whether a program that knows no XMP changed the datasets: the digest that was kept of them is another's.

    After the Metadata Working Group's guidelines, section 5.
    """
    kept = (image.info.get("photoshop") or {}).get(_DIGEST) if image.format in ("JPEG", "MPO") else None
    if not isinstance(kept, bytes) or len(kept) != 16 or not any(kept):
        return False
    return hashlib.md5(block(image), usedforsecurity=False).digest() != kept


def parse(data: bytes) -> dict:
    """The same of a block of datasets."""
    found: dict[int, list[bytes]] = {}
    encoding = ""
    for record, number, value in datasets(data):
        if (record, number) == (1, 90):
            encoding = charsets.named(value)
        elif record == 2 and number in NAMES and value.strip(b"\x00 "):
            found.setdefault(number, []).append(value[:LONGEST])
    encoding = encoding or charsets.guess(b" ".join(value for values in found.values() for value in values))
    fields = {}
    for number, values in found.items():
        words = [text.clean_line(charsets.decode(value, encoding)) for value in values[:200]]
        words = [word for word in dict.fromkeys(words) if word]
        if words:
            fields[NAMES[number]] = words if number in _REPEATED else words[0]
    return fields


def datasets(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(record, dataset, value) of each dataset, as far as the block is sound."""
    at, count = 0, 0
    while at + 5 <= len(data) and data[at] == 0x1C and count < MOST_DATASETS:
        record, number = data[at + 1], data[at + 2]
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        at += 5
        if size & 0x8000:  # an extended one: so many bytes say how long it is
            more = size & 0x7FFF
            size = int.from_bytes(data[at : at + more], "big") if more <= 4 else len(data)
            at += more
        if at + size > len(data):
            return
        yield record, number, data[at : at + size]
        at, count = at + size, count + 1
