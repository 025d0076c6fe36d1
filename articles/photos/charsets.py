"""Text of cameras and agencies that does not say what it is written in. Pure."""

import re

# Letters that Western European words are made of, beside a to z.
_LETTERS = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝžšŽŠ")
_MARKS = frozenset("’‘“”–—…€©®°«»·•¡¿™")
# Three letters and more in a row that are not ASCII: no Western word, an Arabic one rather.
_RUN = re.compile(rb"[\xc0-\xff]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_ESCAPES = {
    b"\x1b%G": "utf-8",
    b"\x1b.A": "latin-1",
    b"\x1b-A": "latin-1",
    b"\x1b.B": "latin-2",
    b"\x1b-G": "iso8859_6",
}


def named(code: bytes | None) -> str:
    """The encoding that IIM's dataset 1:90 names; "" where it names none that we know. After ISO 2022."""
    return _ESCAPES.get((code or b"").strip(b"\x00 "), "")


def guess(data: bytes) -> str:
    """The encoding of all that text together: UTF-8, Windows-1252, Mac OS Roman or Windows-1256 (Arabic)."""
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    high = len(_HIGH.findall(data))
    in_runs = sum(len(run) for run in re.findall(rb"[\xc0-\xff]{3,}", data))
    if _RUN.search(data) and in_runs * 2 > high:
        return "cp1256"
    # Windows first: of two that fit as well, it is the likelier.
    return max(("cp1252", "mac_roman"), key=lambda encoding: _likelihood(data, encoding))


def _likelihood(data, encoding):
    score, before = 0, " "
    for char in data.decode(encoding, "replace"):
        if char > "\x7f":
            if char in _LETTERS:
                # A capital inside of a word of small letters is another encoding's letter.
                score += -1 if char.isupper() and before.islower() else 2
            elif char not in _MARKS:
                score -= 3
            elif before.isalpha() and char in "©®°«•™€¡¿":
                score -= 2
        before = char
    return score


def decode(data: bytes, encoding: str = "") -> str:
    """The text of those bytes, in that encoding or in what it seems to be. Never raises."""
    for candidate in (encoding, "utf-8", guess(data)):
        try:
            return data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")
