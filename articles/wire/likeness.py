"""Whether two lines are one line printed twice: the repetition that heads are made of."""

import re

_LONGEST = 1000
_WORD = re.compile(r"\w+")


def same(a: str, b: str) -> bool:
    """Whether two lines say the same, whatever their case, quotes and spaces."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 12 or len(a) > 2000 or key(a[:30])[:9] != key(b[:30])[:9]:
        return False
    return key(a) == key(b) != ""


def similar(a: str, b: str) -> bool:
    """Whether two lines are versions of one: at least half of their words in common."""
    if len(a) > 2 * len(b) + 20 or len(b) > 2 * len(a) + 20 or len(a) > _LONGEST:
        return False
    words, others = set(_WORD.findall(a.casefold())), set(_WORD.findall(b.casefold()))
    return bool(words) and 2 * len(words & others) >= len(words | others)


def key(line: str) -> str:
    """The letters and digits of a line, in lower case."""
    return "".join(_WORD.findall(line.casefold()))


def nearly(a: str, b: str) -> bool:
    """Whether two lines differ by a word or two."""
    if abs(len(a) - len(b)) > 60 or len(a) > _LONGEST:
        return False
    words, others = set(_WORD.findall(a.casefold())), set(_WORD.findall(b.casefold()))
    return 4 * len(words & others) >= 3 * len(words | others)
