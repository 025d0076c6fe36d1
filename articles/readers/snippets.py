"""The passage of a story that holds what somebody searched for, with the words marked. Pure; everything escaped."""

import re

from django.utils.html import escape, format_html_join
from django.utils.safestring import mark_safe

from articles import search, text

_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"\S+")
_BEFORE, _AFTER = 12, 26


def wanted(query: str) -> tuple[frozenset[str], str]:
    """The words that somebody searched for, folded, and the one that may be half typed, or empty."""
    phrases, _ = search.parse(query)
    words = frozenset(word for phrase in phrases for word in phrase)
    last = phrases[-1][-1] if phrases else ""
    return words, last if len(last) > 2 else ""


def _hits(passage, words, beginning):
    for match in _WORD.finditer(passage):
        folded = text.fold(match.group())
        if folded in words or (beginning and folded.startswith(beginning)):
            yield match.span()


def marked(passage: str, words, beginning=""):
    """The passage as safe HTML, the words in ``<mark>``."""
    pieces, end = [], 0
    for start, stop in _hits(passage, words, beginning):
        pieces.append((escape(passage[end:start]), "mark", passage[start:stop]))
        end = stop
    head = format_html_join("", "{}<{}>{}</mark>", pieces)
    return mark_safe(head + escape(passage[end:]))  # both halves are escaped


def snippet(passage: str, words, beginning=""):
    """Some forty words around the first hit, marked; empty where the passage holds none."""
    first = next(_hits(passage, words, beginning), None)
    if first is None:
        return ""
    spans = [match.span() for match in _TOKEN.finditer(passage)]
    number = next(number for number, span in enumerate(spans) if span[1] > first[0])
    start, stop = max(0, number - _BEFORE), min(len(spans), number + _AFTER)
    cut = passage[spans[start][0] : spans[stop - 1][1]]
    shown = marked(cut, words, beginning)
    before, after = ("… " if start else ""), (" …" if stop < len(spans) else "")
    return mark_safe(f"{before}{shown}{after}")  # marked() escapes
