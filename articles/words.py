"""A line of copy taken apart into words: once, however many read it for places, sources and topics.

``Copy`` is a string that remembers its words; whoever wants them asks ``words_of``, which takes any string. Pure.
"""

import re
from collections.abc import Iterable

from articles.text import fold

_WORD = re.compile(r"[^\W_]+(?:[\u064b-\u0652\u0670][^\W_]*)*")
# What may stand inside a word beside letters and digits; see also ``articles.gazetteer.tokens``.
_MARK = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_APART = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
# Signs that most copy holds: without them it is ASCII, mostly, which is taken apart in a tenth of the time.
_SIGNS = "’‘“”–—…\u00a0"
_REMEMBERED = 32_768


class _Folded(dict):
    """The folded form of a word, by the word as printed."""

    def __missing__(self, word):
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = found = word.lower() if word.isascii() and word.isalnum() else fold(word)
        return found


_folded = _Folded()
folded = _folded.__getitem__


class Words:
    """The words of one text, as printed (``surface``) and folded. Where they stand is found out when somebody asks.

    ``plain`` says that a word is a run of letters and digits: nothing in the text is a mark on a letter.
    """

    __slots__ = ("ends", "folded", "is_ascii", "plain", "starts", "surface", "text")

    def __init__(self, text: str):
        self.text = text
        bare = text
        if not bare.isascii():
            for sign in _SIGNS:
                bare = bare.replace(sign, " ")
        self.is_ascii = bare.isascii()
        if self.is_ascii:
            self.surface: list[str] = bare.translate(_APART).split()
            self.plain = True
        else:
            self.surface = _WORD.findall(text)
            self.plain = _MARK.search(text) is None
        self.folded: list[str] = list(map(folded, self.surface))

    def __len__(self):
        return len(self.surface)

    def __getattr__(self, name):
        if name not in ("starts", "ends"):
            raise AttributeError(name)
        self.starts, self.ends = where_they_stand(self.surface, self.text)
        return getattr(self, name)

    def gap(self, index: int) -> str:
        """What stands between word ``index - 1`` and word ``index``."""
        return self.text[self.ends[index - 1] : self.starts[index]]


def where_they_stand(words: list[str], text: str) -> tuple[list[int], list[int]]:
    """Where the words of a text begin and end, of which nothing in between could be taken for one."""
    starts, ends, end, find = [], [], 0, text.find
    for word in words:
        start = find(word, end)
        end = start + len(word)
        starts.append(start)
        ends.append(end)
    return starts, ends


class Copy(str):
    """A line of copy that several will read the words of. Beside that it is a string as any other."""

    __slots__ = ("_words",)

    @property
    def words(self) -> Words:
        """Its words, taken apart when somebody asks first."""
        try:
            return self._words
        except AttributeError:
            self._words = words = Words(str(self))
            return words


def words_of(text: str) -> Words:
    """The words of a text, which a :class:`Copy` remembers."""
    return text.words if isinstance(text, Copy) else Words(text)


def first_parts(names: Iterable[str]) -> frozenset[str]:
    """The first word, folded, of each of these names: a text that holds one of the names holds that word."""
    return frozenset(words_of(name).folded[0] for name in names)
