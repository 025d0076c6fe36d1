"""Is this item one that we know? By its words: no database here."""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from articles import nearness
from articles.text import fold, indexed
from articles.wire.items import WireItem

SAME_HEADLINE_SHARE = 0.5
OTHER_HEADLINE_SHARE = 0.8


@dataclass(frozen=True)
class Fingerprint:
    """What an item is known by: a hash of the folded headline, one of all the folded text, one of each paragraph.

    ``signature`` is the MinHash of its text (see ``articles.nearness``), by which it is found beside what others tell
    of the same; ``words`` its body and captions as the full-text index has them, which is made of folded text too.
    """

    headline: str
    text: str
    paragraphs: tuple[int, ...]
    signature: bytes = b""
    words: str = ""


def fingerprint(item: WireItem) -> Fingerprint:
    """The fingerprint of a story. Spelling, case, accents, punctuation and white space do not count."""
    folded = [fold(paragraph.text) for paragraph in item.paragraphs]
    captions = [fold(photo.caption) for photo in item.photos]
    head = fold(item.headline)
    whole = "\n".join([head, *folded, "", *captions, *map(fold, item.summary)])
    return Fingerprint(
        _hex(head),
        _hex(whole),
        tuple(_number(line) for line in folded),
        nearness.signature(nearness.shingles(" ".join(folded))),
        indexed(*folded, *captions),
    )


def of_version(item: WireItem, text: str) -> str:
    """What this version of an item is known by, so that it is kept once: its provider, id and version, or its text."""
    if not item.provider_id:
        return text
    return _hex("\0".join([item.provider, item.provider_id, item.version or text]))


def of_item(item: WireItem, text: str) -> str:
    """What all versions of the item are kept under, where it is the first of them."""
    return _hex("\0".join([item.provider, item.provider_id])) if item.provider_id else text


def same_story(new: Sequence[int], known: Sequence[int], *, same_headline: bool) -> bool:
    """Whether two texts, as paragraph hashes, are one story.

    Under an equal headline when at least half of the shorter one's paragraphs stand in the other; under another one
    when at least 80 % of the longer one's do.
    """
    ours, theirs = set(new), set(known)
    if not ours or not theirs:
        return False
    common = len(ours & theirs)
    if same_headline:
        return common >= SAME_HEADLINE_SHARE * min(len(ours), len(theirs))
    return common >= OTHER_HEADLINE_SHARE * max(len(ours), len(theirs))


def may_be_same(common: int, ours: int, *, same_headline: bool) -> bool:
    """Whether a text of so many different paragraphs, of which so many at most are common, can be one with another."""
    return common >= (1 if same_headline else OTHER_HEADLINE_SHARE * ours)


def _hex(value: str) -> str:
    return hashlib.blake2b(value.encode(), digest_size=16).hexdigest()


def _number(value: str) -> int:
    # 63 bits: a positive BIGINT on every database.
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest(), "big") >> 1


def pack(numbers: Sequence[int]) -> bytes:
    """Such numbers as a record keeps them: eight bytes each."""
    return struct.pack(f">{len(numbers)}q", *numbers)


def unpack(held: bytes) -> tuple[int, ...]:
    """What :func:`pack` packed."""
    return struct.unpack(f">{len(held) // 8}q", held)


def keys(item: WireItem, one: Fingerprint) -> set:
    """Everything by which this could be taken for another."""
    ids = [(item.provider, name) for name in (item.provider_id, *item.replaces) if name]
    return {one.headline, one.text, *one.paragraphs, *ids}


def may_be_one(one: Fingerprint, other: Fingerprint, shared: set) -> bool:
    """Whether two of which so many ``keys`` are the same may be versions of one item."""
    if one.text == other.text or any(isinstance(key, tuple) for key in shared):
        return True
    return same_story(one.paragraphs, other.paragraphs, same_headline=one.headline == other.headline)
