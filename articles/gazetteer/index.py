"""Names as keys: finds every place name of a text in one pass over its words."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .states import POSTAL, SHORT
from .tokens import TOKEN, Segment, key
from .traps import BLOCKED, PEOPLE
from .words import ACTORS, LEADERS, PREFIXES

_PARTICLES = frozenset(
    {"al", "el", "the", "ar", "as", "ash", "ad", "az", "an", "at", "de", "da", "la", "le", "les", "l", "d"}
)
_SMALL = ("any", "blocked", "person")  # rules that ask for no capital
_ARABIC = re.compile("[\u0621-\u064a]")


@dataclass(frozen=True, slots=True)
class Target:
    """What a printed form stands for: a place, and as what (name, alias, demonym, capital, town, actor)."""

    code: str
    via: str


@dataclass(slots=True)
class Entry:
    """One printed form: the words after its first, what it may stand for, and how it must be printed."""

    rest: tuple[str, ...]
    surface: str
    targets: tuple[Target, ...]
    rule: str = (
        "capital"  # "capital", "exact" (as printed: US, UAE), "any" (Arabic, French adjectives), "prefix", "blocked"
    )
    printed: str = ""
    owners: tuple[str, ...] | None = None  # the countries it may speak of, once somebody asked


@dataclass(slots=True)
class _Head:
    """The forms that begin with one word: those of that word alone, and the longer ones by their second word."""

    alone: list[Entry]
    longer: dict[str, list[Entry]]
    small: bool = False  # whether one of them may be printed with a small first letter


@dataclass(slots=True)
class Hit:
    """One place name found in the copy: tokens ``first`` to ``last`` (exclusive) of a segment."""

    line: Segment
    first: int
    last: int
    entry: Entry
    attached: str = ""  # the Arabic letters printed before the name, joined to it
    factor: float = 1.0
    needs_support: bool = False
    locative: bool = False
    country: str = ""  # the country it turned out to mean
    placed: str = ""  # the country that the name beside it says ("Moscow, Idaho")
    often: int = 0  # as often as this it must be named where nothing else supports it


class Index:
    """Every printed form of one language's places, by first word; ``hits`` reads a line once."""

    def __init__(self, forms: Iterable[tuple[str, Target, bool]], known: Callable[[str], bool], french: bool = False):
        self.french = french
        entries: dict[tuple[str, ...], Entry] = {}
        for form, target, free in forms:
            tokens = tuple(key(word) for word in TOKEN.findall(form))
            if len(tokens) > 1 and tokens[0] == "the" and target.via != "capital":
                tokens = tokens[1:]
            if not tokens or not all(tokens):
                continue
            rule, printed = "capital", ""
            if free:
                rule = "any"
            elif len(letters := form.replace(".", "")) <= 5 and letters.isupper() and letters.isalpha():
                rule, printed = "exact", form
            old = entries.setdefault(
                (*tokens, rule if rule == "exact" else ""), Entry(tokens[1:], " ".join(tokens), (), rule, printed)
            )
            if target not in old.targets:
                old.targets += (target,)
            if rule == "any":
                old.rule = "any"
        self._add_words(entries, known)
        self._heads: dict[str, _Head] = {}
        for entry_key, entry in sorted(entries.items(), key=lambda item: (-len(item[1].rest), item[1].rule != "exact")):
            head = self._heads.setdefault(entry_key[0], _Head([], {}))
            head.small = head.small or entry.rule in _SMALL or entry_key[0] in _PARTICLES
            if entry.rest:
                head.longer.setdefault(entry.rest[0], []).append(entry)
            else:
                head.alone.append(entry)
        self._arabic: dict[str, tuple[tuple[str, _Head], ...]] = {}

    @staticmethod
    def _add_words(entries: dict, known: Callable[[str], bool]) -> None:
        for rule, phrases in (("blocked", BLOCKED), ("person", PEOPLE)):
            for phrase in phrases:
                tokens = tuple(phrase.split())
                entries[(*tokens, "")] = Entry(tokens[1:], phrase, (), rule)
        for phrase, code in (ACTORS | LEADERS).items():
            tokens = tuple(phrase.split())
            if known(code):
                entries.setdefault((*tokens, ""), Entry(tokens[1:], phrase, (Target(code, "actor"),)))
        for tokens, code in ((tuple(short.split()), code) for short, code in (SHORT | POSTAL).items()):
            if known(code):
                entries[(*tokens, "short")] = Entry(tokens[1:], " ".join(tokens), (Target(code, "town"),), "short")
        for prefix, code in PREFIXES.items():
            if known(code):
                entries.setdefault((prefix, ""), Entry((), prefix, (Target(code, "demonym"),), "prefix"))

    def starts_demonym(self, word: str) -> bool:
        """Whether this folded word is a demonym."""
        return word in self._heads and bool(_only_demonyms(self._heads[word]).alone)

    def hits(self, line: Segment) -> Iterator[Hit]:
        """The longest place name at each word, left to right; phrases that only look like one come too."""
        heads, keys = self._heads, line.keys
        if line.text.isascii() or not _ARABIC.search("".join(keys)):
            yield from self._latin_hits(line)
            return
        position, end = 0, len(keys)
        while position < end:
            word = keys[position]
            found = heads.get(word)
            hit = self._match(line, position, found, "") if found else None
            if hit is None and word and "\u0621" <= word[0] <= "\u064a":
                for attached, entries in self._unjoined(word):
                    if hit := self._match(line, position, entries, attached):
                        break
            if hit is None:
                position += 1
                continue
            yield hit
            position = hit.last

    def _latin_hits(self, line: Segment) -> Iterator[Hit]:
        """The same of a line in which no word has Arabic letters joined to its beginning."""
        heads, words, free = self._heads, line.words, 0
        for position in [at for at, word in enumerate(line.keys) if word in heads]:
            if position < free:
                continue
            head = heads[line.keys[position]]
            if not head.small and "a" <= words[position][0] <= "z":
                continue
            if hit := self._match(line, position, head, ""):
                yield hit
                free = hit.last

    def _match(self, line: Segment, position: int, head: _Head, attached: str) -> Hit | None:
        keys = line.keys
        for entry in head.longer.get(line.at(position + 1), ()):
            last = position + 1 + len(entry.rest)
            if tuple(keys[position + 1 : last]) != entry.rest or not _joined(line, position + 1, last):
                continue
            if _printed_right(line, position, last, entry):
                return Hit(line, position, last, entry, attached)
        for entry in head.alone:
            if _printed_right(line, position, position + 1, entry):
                return Hit(line, position, position + 1, entry, attached)
        return None

    def _unjoined(self, word: str) -> tuple[tuple[str, _Head], ...]:
        """The forms an Arabic word may begin with once و ف ب ل ك and ال are taken off it, with what was taken."""
        found = self._arabic.get(word)
        if found is None:
            found = tuple(
                (attached, _only_demonyms(self._heads[rest]) if demonym else self._heads[rest])
                for attached, rest, demonym in _arabic_readings(word)
                if rest in self._heads
            )
            if len(self._arabic) < 65536:
                self._arabic[word] = found
        return found


def _only_demonyms(head: _Head) -> _Head:
    def kept(entries: list[Entry]) -> list[Entry]:
        return [entry for entry in entries if any(target.via == "demonym" for target in entry.targets)]

    return _Head(kept(head.alone), {word: kept(entries) for word, entries in head.longer.items()})


def _arabic_readings(word: str) -> Iterator[tuple[str, str, bool]]:
    bare = [("", word)]
    if word[0] in "وف" and len(word) > 3:
        bare.append((word[0], word[1:]))
    for attached, rest in list(bare):
        if rest[0] in "بلك" and len(rest) > 3:
            bare.append((attached + rest[0], rest[1:]))
        if rest.startswith("لل") and len(rest) > 4:
            bare.append((attached + "ل", "ال" + rest[2:]))
    for attached, rest in bare:
        if attached:
            yield attached, rest, False
    for attached, rest in bare:
        if rest.startswith("ال") and len(rest) > 4:
            yield attached + "ال", rest[2:], True


def _joined(line: Segment, first: int, last: int) -> bool:
    """Whether the words stand together: only a space, hyphen, apostrophe or full stop between them."""
    return all(
        len(gap := line.gap(position)) <= 2 and not gap.strip(" -‐‑'’‘`.\u00a0") for position in range(first, last)
    )


def _printed_right(line: Segment, first: int, last: int, entry: Entry) -> bool:
    if entry.rule == "any":
        return True
    if entry.rule == "exact":
        printed = line.text[line.starts[first] : line.ends[last - 1]]
        return printed == entry.printed.rstrip(".") and not (line.shouted and printed in ("US", "CAR"))
    if entry.rule in ("blocked", "person"):
        return True
    if entry.rule == "short":
        return _is_short(line, first, last, entry)
    for position in range(first, last):
        word, particle = line.words[position], line.keys[position] in _PARTICLES
        if particle and position < last - 1:  # "La réunion" is a meeting, "la Réunion" an island
            continue
        if word[0].isupper() or unicodedata.category(word[0]) == "Lo" or word[0].isdigit():
            return True
        if not particle:
            return False
    return False


def _is_short(line: Segment, first: int, last: int, entry: Entry) -> bool:
    """Whether this is a state after its town, as in "Gary, Ind." and "Gary, IN", and no word."""
    if not line.capital(first) or line.gap(first).strip() not in (",", "(") or not line.capital(first - 1):
        return False
    if entry.surface in SHORT and line.text[line.ends[last - 1] : line.ends[last - 1] + 1] == ".":
        return True
    return line.gap(first)[0] == "," and entry.surface in POSTAL and line.words[first].isupper() and not line.shouted
