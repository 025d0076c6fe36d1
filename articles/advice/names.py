"""Names that a story spells in two ways: “Haddad” and “Hadad”, “Abi Khalil” and “Abi-Khalil”. Pure.

Names are told by their capitals, so this is for languages that give capitals to names alone and do not bend them:
Arabic has none, German has too many, Russian and Turkish bend names by their place in the sentence.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from articles import text
from articles.attribution.words import DAYS, HEADS, MONTHS, ROLES
from articles.naming import PEOPLES, word_set

LANGUAGES = frozenset({"en", "fr", "es", "pt", "it"})
MOST_NAMES = 400
MOST_ALIKE = 20
SHORTEST = 5  # letters, from which one may be wrong
LONG = 9  # letters, from which two may
LONGEST = 24
_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ]s?$|(?<=s)['’ʼ]$")
_OPENS = re.compile(r"[.!?…:;“”\"«»()\n–—•]")
_TITLES = word_set("mr mrs ms dr st gen col prof sen rep lt capt gov sgt mme")
# What a word becomes when it means the people, the language or more of them.
_ENDINGS = word_set("s es n an ian ians ans ns i is ni nis ese ish y ic al e er ers k c ist ists")
_LOWLY = word_set(
    "ministry minister ministers ministries president presidents prince princess council counsel northern"
    " southern eastern western north south there these those their other others under after since until about"
    " above where while which whose would could should three thirty state states street"
)
_NO_NAMES = HEADS | ROLES | PEOPLES | MONTHS | DAYS | _LOWLY
# Different things that look like one.
_DISTINCT = (
    ("ireland", "iceland"),
    ("slovakia", "slovenia"),
    ("austria", "australia"),
    ("austrian", "australian"),
    ("mauritius", "mauritania"),
    ("guinea", "guyana"),
    ("georgia", "georgina"),
    ("sudan", "sedan"),
)
_PAIRS = {frozenset(pair) for pair in _DISTINCT}


@dataclass
class Spelling:
    """One way in which a name is printed: how often, where first, and beside which other names."""

    printed: str
    field: str
    key: str
    count: int = 0
    is_firm: bool = False  # capitals in the middle of a sentence: a name for certain
    beside: set = field(default_factory=set)


def spelled_two_ways(passages: list[tuple[str, str]], language: str) -> list[tuple[Spelling, Spelling]]:
    """Pairs of spellings that are likely one name: the usual one, and the other.

    ``passages`` are (field, text), in the order of the page.
    """
    if language not in LANGUAGES:
        return []
    small = {word for _, passage in passages for word in _TOKEN.findall(passage) if word.islower()}
    spellings, joined = _read(passages)
    names = [
        one for one in spellings.values() if len(one.key) >= 4 and one.key not in _NO_NAMES and one.key not in small
    ]
    names = sorted(names, key=lambda one: -one.count)[:MOST_NAMES]
    pairs, of_key = [], {}
    for one in [*names, *joined.values()]:
        other = of_key.setdefault(one.key, one)
        if other is not one and _letters(other.printed) != _letters(one.printed) and len(one.key) >= 5:
            pairs.append(_ordered(other, one))
    pairs += [_ordered(one, other) for one, other in _alike(names) if _may_be_one(one, other)]
    return pairs


def _alike(names):
    """The pairs that a few letters left out make the same: all that can be near one another, and few that are not."""
    left = defaultdict(list)
    for place, one in enumerate(names):
        for cut in _cuts(one.key):
            left[cut].append(place)
    found = {pair for places in left.values() for pair in combinations(places[:MOST_ALIKE], 2)}
    return [(names[first], names[second]) for first, second in sorted(found)]


def _cuts(key):
    if len(key) > LONGEST:
        return set()
    once = {key[:at] + key[at + 1 :] for at in range(len(key))}
    twice = {cut[:at] + cut[at + 1 :] for cut in once for at in range(len(cut))} if len(key) >= LONG else set()
    return {key} | once | twice


def _ordered(one, other):
    return (one, other) if one.count >= other.count else (other, one)


def _letters(printed):
    return printed.casefold().replace("’", "'").replace("ʼ", "'")


def _key(printed):
    return re.sub(r"[\s'’ʼ-]", "", text.fold(printed))


def _read(passages):
    """All spellings of single names by what is printed, and of two names in a row, which may be printed as one."""
    spellings, joined = {}, {}
    for where, passage in passages:
        for run in _runs(passage, loose=where == "headline"):
            keys = {_key(printed) for printed, _ in run}
            for printed, is_firm in run:
                one = spellings.setdefault(printed, Spelling(printed, where, _key(printed)))
                one.count += 1
                one.is_firm |= is_firm
                one.beside |= keys - {one.key}
            for (first, _), (second, _) in pairwise(run):
                both = f"{first} {second}"
                one = joined.setdefault(both, Spelling(both, where, _key(both)))
                one.count += 1
    return spellings, joined


def _runs(passage, *, loose):
    """Names that stand side by side: lists of (as printed, whether that is a name for certain)."""
    runs, run, end, before = [], [], 0, ""
    for match in _TOKEN.finditer(passage):
        word, gap = match.group(), passage[end : match.start()]
        end = match.end()
        opens = not before or (bool(_OPENS.search(gap)) and before.casefold() not in _TITLES)
        if run and gap != " ":
            runs.append(run)
            run = []
        printed = _POSSESSIVE.sub("", word)
        if _is_name(printed):
            run.append((printed, not opens and not loose))
        elif run:
            runs.append(run)
            run = []
        if printed != word and run:  # “Haddad's Beirut” is two names
            runs.append(run)
            run = []
        before = word
    return [*runs, run] if run else runs


def _is_name(word):
    parts = word.split("-")
    return any(part[:1].isupper() for part in parts) and not word.isupper() and (word[0].isupper() or len(parts) > 1)


def _may_be_one(one, other):
    a, b = one.key, other.key
    if a == b or not (one.is_firm or other.is_firm) or min(len(a), len(b)) < SHORTEST:
        return False
    if a[0] != b[0] and not (a[0] in "aeiou" and b[0] in "aeiou"):
        return False
    if one.beside and other.beside and not one.beside & other.beside:
        return False  # Anna Hansen and Peter Hanson
    short, long = sorted((a, b), key=len)
    if long.startswith(short) and long[len(short) :] in _ENDINGS and long[len(short)] != short[-1]:
        return False
    if frozenset((a, b)) in _PAIRS:
        return False
    most = 2 if len(short) >= LONG else 1
    return len(long) - len(short) <= most and _distance(a, b, most) <= most


def _distance(a: str, b: str, most: int) -> int:
    """How many letters to put in, take out, change or swap with their neighbour; anything over ``most`` is too many."""
    earlier, row = None, list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            best = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (x != y))
            if earlier and i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, earlier[j - 2] + 1)
            new.append(best)
        if min(new) > most:
            return most + 1
        earlier, row = row, new
    return row[-1]
