"""Text -> sources: which agencies and newspapers a story names, and which bodies it cites.

Pure: a ``Directory`` is built from plain ``KnownSource`` rows. ``Directory.agencies`` lives here; reading who is cited
for what is :mod:`articles.attribution`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from articles import attribution
from articles.attribution import Cited
from articles.naming import (
    ARABIC_PREFIXES,
    CLASHING_WORDS,
    DOUBTFUL,
    DOUBTFUL_ARABIC,
    NEEDS_ARTICLE,
    NOT_THE_AGENCY,
    PERSON_LIKE,
    in_arabic_news_context,
    in_news_context,
    is_another_name,
    redefined,
    unlisted_names,
    word_set,
)
from articles.words import Words, folded, words_of

__all__ = ["Cited", "Directory", "KnownSource"]

_ARABIC = re.compile("[\u0621-\u064a]")
_GAP = re.compile(r"[ \u00a0'’.\-‐‑–ـ]{0,3}\Z")
_JOINED_BY = re.compile(r"\s*(?:[,;/&+،]|\band\b|\s-\s)\s*")
_NO_ONE_AGENCY = frozenset({"agencies", "wires", "news agencies", "staff", "وكالات", "الوكالات", "agences"})
_MAY_BE_LOWER = word_set("al el ash as an news agency press newspaper ministry foreign defence defense health students")
_REMEMBERED = 20_000
_PRESS = frozenset({"agency", "newspaper"})


@dataclass(frozen=True)
class KnownSource:
    """One source of the directory, as much of it as reading a text needs."""

    code: str
    name: str
    short_name: str
    kind: str
    aliases: tuple[str, ...] = ()

    @property
    def canonical(self) -> str:
        return self.short_name or self.name


@dataclass(frozen=True)
class Spelling:
    """One way of writing one source's name; ``source`` is None where the words name something else."""

    words: tuple[str, ...]
    surface: tuple[str, ...]
    source: KnownSource | None
    arabic: bool = False
    doubtful: bool = False
    needs_article: bool = False

    @property
    def key(self) -> str:
        return " ".join(self.words)

    def written_as(self, surface: list[str]) -> bool:
        """Whether the words stand in the text in the name's capitals (a line in capitals counts)."""
        if self.arabic:
            return True
        if len(surface) == 1:
            word, wanted = surface[0], self.surface[0]
            return word == wanted or (len(wanted) > 3 and word.isupper())
        return all(
            word[0].isupper() or not wanted[0].isupper() or folded(wanted) in _MAY_BE_LOWER
            for word, wanted in zip(surface, self.surface, strict=True)
        )


@dataclass(frozen=True)
class Found:
    """A known name in a text: words ``first`` to ``last`` - 1."""

    spelling: Spelling
    first: int
    last: int


class Directory:
    """All known sources, ready to be found in a text."""

    def __init__(self, known: Iterable[KnownSource]):
        self.sources = {source.code: source for source in known}
        self._by_first: dict[str, list[Spelling]] = {}
        self._phrases: dict[str, tuple[str, str]] = {}  # what phrases of earlier stories named
        self._exact: dict[str, KnownSource] = {}
        for source in self.sources.values():
            for name in dict.fromkeys((source.name, source.short_name, *source.aliases)):
                self._learn(name, source)
        for name in NOT_THE_AGENCY:
            self._learn(name, None)
        for spellings in self._by_first.values():
            spellings.sort(key=lambda spelling: -len(spelling.words))

    def _learn(self, name: str, source: KnownSource | None) -> None:
        words = Words(name)
        article = len(words) > 1 and words.folded[0] == "the"
        surface, keys = (tuple(part[1:] if article else part) for part in (words.surface, words.folded))
        keys = tuple(keys)
        if not keys or not all(keys):
            return
        if source:
            self._exact.setdefault("".join(keys), source)
        arabic = bool(_ARABIC.search(name))
        key = " ".join(keys)
        if arabic:
            short = len(keys) == 1 and len(keys[0]) <= 4
            letters = len(keys) == 2 and all(len(part) == 1 for part in keys)
            doubtful = key in DOUBTFUL_ARABIC or short or letters
        else:
            capitals = len(keys) == 1 and surface[0].isupper()
            doubtful = key in DOUBTFUL or (not capitals and len(keys) == 1 and key in PERSON_LIKE)
        spelling = Spelling(keys, tuple(surface), source, arabic, doubtful, key in NEEDS_ARTICLE)
        for first in _first_words(keys[0]) if arabic else (keys[0],):
            self._by_first.setdefault(first, []).append(spelling)

    def names(self, words: Words) -> Iterator[Found]:
        """Every known name in the text, longest first where several begin together, none inside another."""
        by_first, total, free = self._by_first, len(words), 0
        for index in [at for at, word in enumerate(words.folded) if word in by_first]:
            if index < free:
                continue
            for spelling in by_first[words.folded[index]]:
                last = index + len(spelling.words)
                if last <= total and self._matches(spelling, words, index, last):
                    yield Found(spelling, index, last)
                    free = last
                    break

    @staticmethod
    def _matches(spelling: Spelling, words: Words, first: int, last: int) -> bool:
        if last - first > 1:
            if words.folded[first + 1] != spelling.words[1]:
                return False
            if tuple(words.folded[first + 1 : last]) != spelling.words[1:]:
                return False
            if not all(_GAP.match(words.gap(index)) for index in range(first + 1, last)):
                return False
        return spelling.written_as(words.surface[first:last])

    def named(self, text: str) -> KnownSource | None:
        """The source whose whole name this is, in any spelling and case; None if there is none."""
        words = words_of(text)
        keys = words.folded[1:] if len(words) > 1 and words.folded[0] == "the" else words.folded
        return self._exact.get("".join(keys))

    def agencies(self, headline: str, paragraphs: Iterable[str], dateline_agency: str = "") -> list[str]:
        """The canonical short names of the news agencies and newspapers that the story names, as they appear.

        The headline comes first, then the dateline, then the paragraphs. Never raises.
        """
        texts = [headline, *paragraphs]
        clashes = _Clashes(texts)
        read = list(map(words_of, texts))
        other_meanings = set().union(*(redefined(words, self._is_press_name) for words in read))
        seen: dict[str, KnownSource | None] = {}
        for number, words in enumerate(read):
            for _, name, source in sorted(self._press_in(words, clashes, other_meanings), key=lambda row: row[0]):
                shortened = source is None or not any(
                    folded(other).endswith(" " + folded(name).removeprefix("the ")) for other in seen
                )
                if shortened:
                    seen.setdefault(name, source)
            if number == 0:
                seen.update((name, None) for name in self._dateline(dateline_agency) if name not in seen)
        return list(seen)

    def _press_in(
        self, words: Words, clashes: "_Clashes", other_meanings: set[str]
    ) -> Iterator[tuple[int, str, object]]:
        taken = set()
        for found in self.names(words):
            source = found.spelling.source
            meant = source and source.kind in _PRESS and self._is_meant(found, words, clashes, other_meanings)
            if meant or found.last - found.first > 1:
                taken.update(range(found.first, found.last))
            if meant:
                yield found.first, source.canonical, source if found.spelling.doubtful else None
        for first, name in unlisted_names(words, taken):
            yield first, name, None

    def _is_meant(self, found: Found, words: Words, clashes: "_Clashes", other_meanings: set[str]) -> bool:
        """Whether the name stands there for the agency or newspaper, and not for a place, a person or a thing."""
        spelling, key = found.spelling, found.spelling.key
        if spelling.arabic:
            return not spelling.doubtful or in_arabic_news_context(
                words, found.first, found.last, spelling.source.kind, key
            )
        if key in other_meanings or is_another_name(words, found.first, found.last, key):
            return False
        strict = key in CLASHING_WORDS and clashes[key]
        if not spelling.doubtful and not strict:
            return True
        person_like = key in PERSON_LIKE and not words.surface[found.first].isupper()
        return in_news_context(
            words, found.first, found.last, person_like=person_like, strict=strict, article=spelling.needs_article
        )

    def _is_press_name(self, words: Words, last: int, acronym: str) -> bool:
        """Whether the words before ``last`` end with the full name of the agency that ``acronym`` stands for."""
        source = self._exact.get(folded(acronym))
        for first in range(max(0, last - 8), last - 1):
            for spelling in self._by_first.get(words.folded[first], ()):
                if first + len(spelling.words) == last and spelling.source is source is not None:
                    return self._matches(spelling, words, first, last)
        return False

    def _dateline(self, printed: str) -> Iterator[str]:
        whole = self.named(printed)
        for part in [printed] if whole else _JOINED_BY.split(printed):
            name = part.strip(" .()[]«»\"'“”")
            if not name or name.casefold() in _NO_ONE_AGENCY:
                continue
            source = self.named(name)
            if source is None:
                found = next((found for found in self.names(Words(name)) if found.spelling.source), None)
                source = found and found.spelling.source
            if source is None:
                yield name
            elif source.kind in _PRESS:
                yield source.canonical

    def cited(self, paragraphs: Iterable[str], language: str = "en") -> list[Cited]:
        """The bodies and offices that the text cites, in order of appearance; see :mod:`articles.attribution`.

        ``via`` comes as a canonical short name. Never raises.
        """
        found = attribution.cited(list(paragraphs), language, self._name_for_attribution)
        return [replace(body, via=self._canonical(body.via)) if body.via else body for body in found]

    def codes_by_short_name(self) -> dict[str, str]:
        """The code of each source by the short name that :meth:`agencies` and ``Cited.via`` give."""
        return {source.canonical: source.code for source in self.sources.values()}

    def _canonical(self, printed: str) -> str:
        code, _ = self._name_for_attribution(printed)
        return self.sources[code].canonical if code else printed

    def _name_for_attribution(self, text: str) -> tuple[str, str]:
        """(code, kind) of the source that the phrase names, or that makes up half of it or more; else empty."""
        known = self._phrases.get(text)
        if known is None:
            source = self.named(text) or self._half_named(text)
            known = (source.code, source.kind) if source else ("", "")
            if len(self._phrases) >= _REMEMBERED:
                self._phrases.clear()
            self._phrases[text] = known
        return known

    def _half_named(self, text: str) -> KnownSource | None:
        words = words_of(text)
        for found in self.names(words):
            source = found.spelling.source
            share = 2 * (found.last - found.first) >= len(words)
            if source is None:
                continue
            if found.spelling.doubtful:  # "state media SPA" is the agency
                if source.kind in _PRESS and words.folded[found.first - 1] in ("media", "agency"):
                    return source
            elif share or source.kind in _PRESS:
                return source
        return None


class _Clashes(dict):
    """For each doubtful short name: whether the story speaks of its other meaning ("Palestinian" for PA)."""

    def __init__(self, texts: list[str]):
        super().__init__()
        self.texts, self.text = texts, ""

    def __missing__(self, key: str) -> bool:
        self.text = self.text or "\n".join(self.texts).casefold()
        self[key] = any(word in self.text for word in CLASHING_WORDS[key])
        return self[key]


def _first_words(word: str) -> Iterator[str]:
    """An Arabic first word with the prefixes that are written together with it: and, by, to, like."""
    yield word
    for prefix in ARABIC_PREFIXES:
        yield prefix + word
    if word.startswith("ال"):
        yield "لل" + word[2:]
        yield "ولل" + word[2:]
