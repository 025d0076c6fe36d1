"""Whether two lines are one line printed twice: the repetition that heads are made of."""

import re
from functools import lru_cache

_LONGEST = 1000
_WORD = re.compile(r"\w+")


def same(a: str, b: str) -> bool:
    """Whether two lines say the same, whatever their case, quotes and spaces."""
    if not -12 <= len(a) - len(b) <= 12:
        return False
    if a == b:
        return True
    if len(a) > 2000 or _opening(a) != _opening(b):
        return False
    return key(a) == key(b) != ""


def similar(a: str, b: str) -> bool:
    """Whether two lines are versions of one: at least half of their words in common."""
    if len(a) > 2 * len(b) + 20 or len(b) > 2 * len(a) + 20 or len(a) > _LONGEST:
        return False
    words, others = _words(a), _words(b)
    return bool(words) and 2 * len(words & others) >= len(words | others)


def key(line: str) -> str:
    """The letters and digits of a line, in lower case."""
    return "".join(_WORD.findall(line.casefold()))


@lru_cache(maxsize=256)  # every line of a head is compared with every other
def _opening(line: str) -> str:
    return key(line[:30])[:9]


@lru_cache(maxsize=64)
def _words(line: str) -> frozenset[str]:
    return frozenset(_WORD.findall(line.casefold()))


def nearly(a: str, b: str) -> bool:
    """Whether two lines differ by a word or two."""
    if abs(len(a) - len(b)) > 60 or len(a) > _LONGEST:
        return False
    words, others = _words(a), _words(b)
    return 4 * len(words & others) >= 3 * len(words | others)
