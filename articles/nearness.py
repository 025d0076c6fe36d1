"""How much of one text stands in another: word shingles, their MinHash, and the bands by which near ones are found.

Pure. Every three words in a row are a shingle. The signature is a one-permutation MinHash (Li, Owen and Zhang, “One
Permutation Hashing”, 2012): each shingle is hashed once and falls into one of ``BINS`` bins, of which each keeps the
least; an empty bin takes the value of the next one that is not (Shrivastava and Li, “Densifying One Permutation
Hashing”, 2014). Two texts are near where enough bins are equal. ``bands`` are hashes of a few bins each: texts that
have half of their shingles in common share one nine times in ten, texts of a tenth in common one time in fifty.
"""

import re
import struct
import sys
from array import array
from collections.abc import Sequence
from itertools import accumulate
from operator import eq
from zlib import crc32

BINS = 60
ROWS = 3  # bins to a band
FEWEST = 12  # shingles: of a shorter text nothing can be told
NEAR = 0.4  # of all their shingles in common: one story told twice

# Scripts that put no spaces between words: each sign counts as a word.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_MIX = 0x9E3779B97F4A7C15
_LANE = 16  # bytes that each hash has in the one number: no product reaches the next
_MOST = 1 << 45  # more than any
_FORMAT = f">{BINS}I"


def shingles(folded: str) -> set[int]:
    """Hashes of every three words in a row of a folded text (see ``articles.text.fold``)."""
    if _UNSPACED.search(folded):
        folded = _UNSPACED.sub(r" \g<0> ", folded)
    words = folded.encode().split()
    joined = b" ".join(words)
    ends = list(accumulate(map((1).__add__, map(len, words))))
    return set(map(crc32, map(joined.__getitem__, map(slice, [0, *ends], ends[2:]))))


def signature(hashes: set[int]) -> bytes:
    """The signature of a text with those shingles: four bytes a bin; empty where there are too few."""
    if len(hashes) < FEWEST:
        return b""
    least = [_MOST] * BINS
    for one in _mixed(hashes):
        number = one % BINS
        if one < least[number]:
            least[number] = one
    if _MOST in least:
        filled = [number for number, one in enumerate(least) if one < _MOST]
        for number in [number for number, one in enumerate(least) if one == _MOST]:
            after = next((one for one in filled if one > number), filled[0])
            least[number] = least[after] + (after - number) % BINS
    return struct.pack(_FORMAT, *[one // BINS & 0xFFFFFFFF for one in least])


def _mixed(hashes: set[int]) -> list[int]:
    """Each hash times ``_MIX``, the upper 44 of the lower 64 bits of that: all in one multiplication of one number."""
    lanes = array("I", bytes(_LANE * len(hashes)))
    lanes[:: _LANE // 4] = array("I", hashes)
    if sys.byteorder == "big":
        lanes.byteswap()
    product = int.from_bytes(lanes.tobytes(), "little") * _MIX
    mixed = array("Q", product.to_bytes(_LANE * (len(hashes) + 1), "little"))[:-2:2]
    if sys.byteorder == "big":
        mixed.byteswap()
    return [one >> 20 for one in mixed]


def bands(signed: bytes) -> list[int]:
    """The keys of a signature's bands: positive 48-bit numbers, of which the last bits say which band it is."""
    size = ROWS * 4
    starts = range(0, len(signed), size)
    return [crc32(signed[start : start + size]) << 16 | number for number, start in enumerate(starts)]


def likeness(one: bytes, other: bytes) -> float:
    """How much of all the shingles of two texts they have in common, from 0 to 1, by their signatures."""
    return likenesses(one, [other])[0]


def likenesses(one: bytes, others: Sequence[bytes]) -> list[float]:
    """The same of one text and each of several others."""
    ours = struct.unpack(_FORMAT, one) if one else ()
    return [sum(map(eq, ours, struct.unpack(_FORMAT, other))) / BINS if ours and other else 0.0 for other in others]


def share(of: set[int], within: set[int]) -> float:
    """How much of the first text stands in the second, from 0 to 1, by their shingles."""
    return len(of & within) / len(of) if of else 0.0
