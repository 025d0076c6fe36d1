"""What stories say that nobody wrote: words that come as often as those of a language do, in English or Arabic letters.

Three words come as often as is said here, so that a search for them is a search for a known part of the archive.
"""

from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from articles.search import indexed
from articles.text import count_words

# In one story of two, in one of a hundred, in one of five thousand.
HALF, HUNDREDTH, RARE = "harbour", "aqueduct", "zephyrine"
_EVERY = {HALF: 2, HUNDREDTH: 100, RARE: 5000}
# The same in the Arabic edition.
_ARABIC = {HALF: "ميناء", HUNDREDTH: "قناطر", RARE: "نسيمية"}

VOCABULARY, SENTENCES = 30_000, 20_000
_SMALL_WORDS = {
    "en": "the of and to in a that for on said with as by at from was it were has be who after its are had this an",
    "ar": "في من على ان الى عن مع التي هذا بعد قال بين كما قبل وقد لم حتى او هو هي",
}
_LETTERS = {
    "en": (("b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl"), "aeiou", "lnrst"),
    "ar": (tuple("بتجحدرزسشصطعغفقكلمن"), "اوي", "رسلمن"),
}


@cache
def vocabulary(language: str) -> tuple[list[str], list[float]]:
    """The words of that language, the most frequent first, with their frequencies added up: those of Zipf's law."""
    chance = Random(f"vocabulary {language}")
    first, middle, last = _LETTERS[language]
    words = dict.fromkeys(_SMALL_WORDS[language].split())
    known = {*_EVERY, *_ARABIC.values()}
    while len(words) < VOCABULARY:
        syllables = "".join(chance.choice(first) + chance.choice(middle) for _ in range(chance.choice((1, 2, 2, 3))))
        word = syllables + (chance.choice(last) if chance.random() < 0.5 else "")
        if word not in known:
            words[word] = None
    return list(words), list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))


def known_words(number: int, language: str) -> list[str]:
    """Those of the three words that the story of that number holds."""
    held = [word for word, every in _EVERY.items() if number % every == every // 2]
    return held if language == "en" else [_ARABIC[word] for word in held]


class Sentence(NamedTuple):
    text: str
    folded: str  # as an index is given it
    words: int


@cache
def sentences(language: str) -> list[Sentence]:
    """All that is ever said in that language. A story puts some of it together."""
    chance = Random(f"sentences {language}")
    words, weights = vocabulary(language)
    said = []
    for _ in range(SENTENCES):
        text = " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(14, 30))).capitalize() + "."
        said.append(Sentence(text, indexed(text), count_words(text)))
    return said


class Text(NamedTuple):
    """What one story says."""

    headline: str
    standfirst: str
    body: str
    words: int  # of the body
    folded_head: str
    folded_body: str


def story(chance: Random, language: str, number: int) -> Text:
    """The words of the story of that number, some 250 in its body; none of them is mark-up."""
    said = sentences(language)
    chosen = [said[int(chance.random() * SENTENCES)] for _ in range(chance.randint(9, 17))]
    # A headline is what begins two sentences; a standfirst is one.
    heads = [said[int(chance.random() * SENTENCES)] for _ in range(3)]
    headline = " ".join((*heads[0].text.split()[:5], *heads[1].text.split()[1:6])).rstrip(".")
    known = known_words(number, language)
    texts = [one.text for one in chosen]
    if known:
        texts[-1] = f"{' '.join(known)} {texts[-1]}"
    body = "".join(f"<p>{' '.join(texts[place : place + 2])}</p>" for place in range(0, len(texts), 2))
    return Text(
        headline,
        heads[2].text,
        body,
        sum(one.words for one in chosen) + len(known),
        f"{indexed(headline)} {heads[2].folded}",
        " ".join([*(one.folded for one in chosen[:-1]), *map(indexed, known), chosen[-1].folded]),
    )
