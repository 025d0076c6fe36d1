"""What somebody typed into a search, and how either database is asked for it. Both indexes are made of these words."""

import re
from typing import NamedTuple

from django.db import connection

from articles import text

_TOKEN = re.compile(r'(-?)"([^"]+)"|(-?)(\S+)')
_INSIDE_WORDS = re.compile(r"[\s'’-]+")


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


class Asked(NamedTuple):
    """What somebody typed: phrases that they want and do not want, each a list of folded words."""

    wanted: list[list[str]]
    unwanted: list[list[str]]

    @property
    def may_be_half_typed(self) -> bool:
        """Whether the last word is long enough to stand for all that begin with it."""
        return bool(self.wanted) and len(self.wanted[-1][-1]) > 2


def parse(query: str) -> Asked:
    """What somebody typed. Quotes make a phrase, a leading minus excludes.

    Never raises; punctuation and operators mean nothing.
    """
    asked = Asked([], [])
    for phrase_minus, phrase, word_minus, word in _TOKEN.findall(query[:400]):
        words = _words(phrase or word)
        if words:
            (asked.unwanted if phrase_minus or word_minus else asked.wanted).append(words[:12])
    return Asked(asked.wanted[:12], asked.unwanted[:12])


def _words(value: str) -> list[str]:
    # Folded, a word is of letters and digits alone: neither database could read an operator in it.
    return [word for word in _INSIDE_WORDS.split(text.fold(value)) if word]


def indexed(*parts: str) -> str:
    """That text as both databases are given it, in the words that :func:`parse` makes."""
    return text.indexed(text.fold(" ".join(parts)))


def fts5(asked: Asked, columns: str, *, beginning=False) -> str:
    """FTS5's expression for that, in those columns. ``beginning``: the last word is the beginning of one."""
    phrases = ['"' + " ".join(words) + '"' for words in asked.wanted]
    if beginning:
        phrases[-1] += " *"
    expression = f"{{{columns}}} : ({' AND '.join(phrases)})"
    for words in asked.unwanted:
        expression = f'({expression}) NOT {{{columns}}} : "{" ".join(words)}"'
    return expression


def tsquery(asked: Asked, weight: str = "", *, beginning=False) -> str:
    """PostgreSQL's expression for that, in words of that weight. ``beginning``: as above."""

    def phrase(words, mark):
        marked = [(word, weight) for word in words[:-1]] + [(words[-1], mark)]
        return "(" + " <-> ".join(f"'{word}':{one}" if one else f"'{word}'" for word, one in marked) + ")"

    *others, last = asked.wanted
    parts = [phrase(words, weight) for words in others] + [phrase(last, weight + "*" * beginning)]
    return " & ".join(parts + [f"!{phrase(words, weight)}" for words in asked.unwanted])
