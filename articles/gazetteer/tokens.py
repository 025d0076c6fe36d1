"""Copy as tokens: lines, their words as printed and as looked up."""

import re

from ..text import fold
from ..words import where_they_stand, words_of

_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "Œ": "oe"})


_REMEMBERED = 32_768


class _Keys(dict):
    """The key of a word, by the word as printed."""

    def __missing__(self, word):
        if len(self) >= _REMEMBERED:
            self.clear()
        plain = word.isascii() and word.isalnum()
        self[word] = found = word.lower() if plain else fold(word.translate(_PLAIN))
        return found


_keys = _Keys()


def key(word: str) -> str:
    """The form in which a word is looked up: ``text.fold`` and Latin letters that have no accent to take off."""
    return _keys[word]


class Segment:
    """One line of copy as tokens: where it stands ("headline", "lead", "body" …), its words, folded and as printed.

    ``shouted``: printed in capitals throughout; ``titled``: in Title Case throughout, so that a capital says nothing.
    Where the words begin and end is found out when somebody asks: many lines name no place.
    """

    __slots__ = ("ends", "keys", "number", "shouted", "starts", "text", "titled", "where", "words")

    def __init__(self, text: str, where: str, number: int):
        self.text, self.where, self.number = text, where, number
        apart = words_of(text)
        self.words = apart.surface if apart.plain else TOKEN.findall(text)
        self.keys = apart.folded if apart.is_ascii else list(map(_keys.__getitem__, self.words))
        self.shouted = self.titled = False
        if where in ("headline", "caption", "lead"):
            long = [word for word in self.words if len(word) > 3]
            self.shouted = len(long) > 1 and all(word.isupper() for word in long)
            if where == "headline":
                self.titled = bool(long) and sum(word[0].isupper() for word in long) * 10 >= len(long) * 8

    def __getattr__(self, name):
        if name not in ("starts", "ends"):
            raise AttributeError(name)
        apart = words_of(self.text)
        if apart.plain:
            self.starts, self.ends = apart.starts, apart.ends
        else:
            self.starts, self.ends = where_they_stand(self.words, self.text)
        return getattr(self, name)

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
