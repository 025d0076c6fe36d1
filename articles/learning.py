"""Topics learned from what the desk has tagged before: which words go with which topic, and how surely.

For each topic, the words that stand in its stories more often than in all others are weighed by their log-odds ratio
with an informative prior (Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16, 2008); a text's score
for a topic is the sum of the weights of its words. How high a score must be is learned on stories that were put aside:
the lowest at which four suggestions in five would have been right. A topic that never gets there is not suggested.

Pure: no database, no settings; what was learned is plain data that fits into JSON.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from zlib import crc32

from articles.subjects import Suggested, words

ENOUGH_STORIES = 20  # of a topic, to learn from
PRECISION = 0.8
LOOKED_AT = 250  # words of a story, from its headline on: its subject stands there
_PRIOR = 10.0  # how many stories' worth of the archive's average each count begins with
_SURE = 2.58  # standard deviations: a word that chance explains in less than one case of a hundred
_WORDS_KEPT = 150  # of a topic
_SHORTEST = 3  # letters of a word
_TOLD = 4


@dataclass(frozen=True)
class Story:
    """One story that the desk tagged: its words, and the codes of its topics. ``key`` is lasting and its own."""

    key: str
    words: frozenset[str]
    topics: frozenset[str]

    @property
    def is_put_aside(self) -> bool:
        """Whether it is one of the fifth on which the scores are learned; always the same ones."""
        return crc32(self.key.encode()) % 5 == 0


def words_of(headline: str, paragraphs: Iterable[str], language: str) -> frozenset[str]:
    """The words by which a story is learned from, and found by what was learned."""
    found: list[str] = []
    for line in (headline, *paragraphs):
        found += words(line, language)
        if len(found) >= LOOKED_AT:
            break
    return frozenset(word for word in found[:LOOKED_AT] if len(word) >= _SHORTEST and not word.isdecimal())


def learn(stories: Iterable[Story]) -> dict:
    """What those stories of one language teach: ``{"topics": {code: {"least": score, "words": {word: weight}}}, …}``.

    With ``stories``, how many there were, and ``precision`` and ``recall`` on those that were put aside. Nothing is
    learned of a topic with fewer than ``ENOUGH_STORIES``; from no stories, nothing at all.
    """
    learned_from, put_aside = [], []
    for story in stories:
        (put_aside if story.is_put_aside else learned_from).append(story)
    weights = _weights(learned_from)
    scored = [(_scores(story.words, weights), story.topics) for story in put_aside]
    topics = {}
    for code, own in weights.items():
        least = _least(((scores.get(code, 0.0), code in right) for scores, right in scored))
        if least is not None:
            topics[code] = {"least": round(least, 3), "words": {word: round(weight, 3) for word, weight in own.items()}}
    given = right = wanted = 0
    for scores, true in scored:
        said = {code for code, topic in topics.items() if scores.get(code, 0.0) >= topic["least"]}
        given, right, wanted = given + len(said), right + len(said & true), wanted + len(true)
    return {
        "topics": topics,
        "stories": len(learned_from) + len(put_aside),
        "precision": round(right / given, 3) if given else None,
        "recall": round(right / wanted, 3) if wanted else None,
    }


def _weights(stories: list[Story]) -> dict[str, dict[str, float]]:
    """The telling words of each topic that has stories enough, with their weights."""
    everywhere: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for story in stories:
        everywhere.update(story.words)
        sizes.update(story.topics)
    chosen = {code for code, size in sizes.items() if size >= ENOUGH_STORIES and 2 * size <= len(stories)}
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    for story in stories:
        for code in story.topics & chosen:
            inside[code].update(story.words)
    found = {}
    for code in sorted(chosen):
        own = {
            word: weight
            for word, count in inside[code].items()
            if count >= 3 and (weight := _log_odds(count, sizes[code], everywhere[word], len(stories)))
        }
        kept = sorted(own, key=lambda word: (-own[word][1], word))[:_WORDS_KEPT]
        if kept:
            found[code] = {word: own[word][0] for word in kept}
    return found


def _log_odds(count: int, size: int, everywhere: int, total: int) -> tuple[float, float] | None:
    """(log-odds ratio, how many standard deviations it is from none) of a word; None where it may be chance."""
    usual = everywhere / total * _PRIOR
    own, others = count + usual, everywhere - count + usual
    without, others_without = size - count + _PRIOR - usual, total - size - (everywhere - count) + _PRIOR - usual
    if min(own, others, without, others_without) <= 0:
        return None
    ratio = log(own / without) - log(others / others_without)
    surely = ratio / sqrt(1 / own + 1 / others)
    return (ratio, surely) if surely >= _SURE else None


def _scores(story: frozenset[str], weights: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    return {code: sum(weight for word, weight in own.items() if word in story) for code, own in weights.items()}


def _least(scored: Iterable[tuple[float, bool]]) -> float | None:
    """The lowest score from which on enough of the suggestions are right; None where there is no such score."""
    given = right = 0
    least = None
    rows = sorted(scored, key=lambda row: -row[0])
    for place, (score, is_right) in enumerate(rows):
        if score <= 0:
            break
        given, right = given + 1, right + is_right
        ends_here = place + 1 == len(rows) or rows[place + 1][0] < score
        if ends_here and right >= 3 and right >= PRECISION * given:
            least = score
    return least


class Learned:
    """What was learned, ready to read texts with."""

    def __init__(self, by_language: Mapping[str, dict]):
        """Of what :func:`learn` gave, by language."""
        self._languages = {language: _ByWord(learned["topics"]) for language, learned in by_language.items()}

    def suggest(
        self, headline: str, paragraphs: Iterable[str], language: str = "en", limit: int = 3
    ) -> list[Suggested]:
        """The topics that stories with such words were filed under, the surest first; none where none is sure."""
        language = language.split("-")[0].lower()
        table = self._languages.get(language)
        return table.suggest(words_of(headline, paragraphs, language), limit) if table else []


class _ByWord:
    def __init__(self, topics: Mapping[str, dict]):
        self.least = {code: topic["least"] for code, topic in topics.items()}
        self.weights: dict[str, list[tuple[str, float]]] = {}
        for code, topic in topics.items():
            for word, weight in topic["words"].items():
                self.weights.setdefault(word, []).append((code, weight))

    def suggest(self, story: frozenset[str], limit: int) -> list[Suggested]:
        said: dict[str, list[tuple[float, str]]] = {}
        for word in story:
            for code, weight in self.weights.get(word, ()):
                said.setdefault(code, []).append((weight, word))
        found = []
        for code, rows in said.items():
            score = sum(weight for weight, _ in rows)
            if score >= self.least[code]:
                rows.sort(key=lambda row: (-row[0], row[1]))
                found.append(
                    Suggested(code, round(score / self.least[code], 2), tuple(word for _, word in rows[:_TOLD]))
                )
        return sorted(found, key=lambda one: (-one.score, one.code))[:limit]
