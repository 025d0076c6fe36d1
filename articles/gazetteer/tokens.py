"""Copy as tokens: lines, their words as printed and as looked up."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..text import fold

_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "Œ": "oe"})


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """The form in which a word is looked up: ``text.fold`` and Latin letters that have no accent to take off."""
    if word.isascii() and word.isalnum():
        return word.lower()
    return fold(word.translate(_PLAIN))


@dataclass(slots=True)
class Segment:
    """One line of copy as tokens: where it stands ("headline", "lead", "body" …), its words, folded and as printed."""

    text: str
    where: str
    number: int
    words: list[str]
    keys: list[str]
    starts: list[int]
    ends: list[int]
    shouted: bool  # printed in capitals throughout
    titled: bool  # Title Case throughout, so that a capital says nothing

    def gap(self, position: int) -> str:
        """What is printed between the word at ``position`` and the one before it."""
        if position <= 0 or position >= len(self.words):
            return ""
        return self.text[self.ends[position - 1] : self.starts[position]]

    def at(self, position: int) -> str:
        """The folded word at a position, or "" outside the line."""
        return self.keys[position] if 0 <= position < len(self.keys) else ""

    def capital(self, position: int) -> bool:
        return 0 <= position < len(self.words) and self.words[position][0].isupper()


def segment(text: str, where: str, number: int) -> Segment:
    """One line of copy as tokens."""
    spans = [match.span() for match in TOKEN.finditer(text)]
    words = [text[start:end] for start, end in spans]
    long = [word for word in words if len(word) > 3] if where in ("headline", "caption", "lead") else ()
    shouted = len(long) > 1 and all(word.isupper() for word in long)
    titled = bool(long) and sum(word[0].isupper() for word in long) * 10 >= len(long) * 8 and where == "headline"
    keys = [key(word) for word in words]
    return Segment(text, where, number, words, keys, [s for s, _ in spans], [e for _, e in spans], shouted, titled)
