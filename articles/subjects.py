"""Text -> topics: which topics a story's own words suggest. A suggestion only; the desk decides.

Each topic has words and phrases by language. They are found as whole words, longest first, in any number ("airstrike",
"airstrikes") and, in Arabic, with or without the article. A keyword written in capitals ("WHO") counts only in
capitals. Pure: ``Subjects`` is built from plain rows.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import sqrt
from types import MappingProxyType
from typing import NamedTuple

from articles.naming import word_set
from articles.text import fold
from articles.words import words_of

_WORD = re.compile(r"[^\W_]+(?:[\u064b-\u0652\u0670][^\W_]*)*")
# Names that hold a keyword and say nothing of the subject.
_MERE_NAMES = {
    "en": ("Observatory for Human Rights", "Office for Human Rights", "High Commissioner for Human Rights",
           "media unit", "golf ball",
           "Network for Human Rights", "social media", "news conference", "Asharq Al-Awsat", "at the school of",
           "Security Council resolution", "Peace Prize"),
    "fr": ("Observatoire syrien des droits de l'homme", "réseaux sociaux", "conférence de presse"),
    "ar": ("المرصد السوري لحقوق الإنسان", "الشبكة السورية لحقوق الإنسان", "مواقع التواصل", "وكالة الصحافة الفرنسية",
           "مؤتمر صحافي", "مؤتمر صحفي"),
}  # fmt: skip

# Words that say little alone: they name a thing in passing, or mean something else as often as the topic.
_SLIGHT = {
    "en": word_set(
        "fan league coach player goal penalty cup lap defender striker winger champion derby arena spectator golf"
        " ruling judge hearing sentence raid suspect seized stolen theft prison inmate detention checkpoint"
        " tradition library monument ruin restoration temple shrine church mosque cathedral prayer faith doctrine verse"
        " coffee tea fashion dam forest species wildlife habitat boy girl youth teenager elderly chip battery app"
        " computer engineer rocket medicine treatment screening dose doctor infection virus stroke depression forecast"
        " outlook fog frost gale lightning magnitude rubble dog horse camel pet occupied tank fighter drone troop rally"
        " coup curfew siege invasion clash fighting offensive trader barrel bond stock ounce retail insurance hotel"
        " shipping oil crude steel export import budget tariff pension salary wage job hiring union negotiation truce"
        " hezbollah hamas houthi explosion blast crash sank sinking blaze fire expert findings laboratory researcher"
        " experiment cleric priest pastor hostage envoy ambassador sanction summit visa migrant refugee census"
        " journalist newspaper novel song painting painter concert opening exhibition premiere anniversary birthday"
        " wedding funeral marriage parade ceremony hunger poverty solidarity philanthropy school university college"
        " campus faculty classroom lesson teacher senator minister cabinet mayor governor parliament deputy bill"
        " satellite bird whale fish boat ship port bridge road truck bus train bank tax water power price charity"
        " museum hospital clinic nurse rescue rescuer evacuated ambulance amnesty pardon bail trial law patent detained"
        " legislation constitution independence rat mouse protest strike vote seat camp reconstruction rebuild"
        " market housing estate sport violence tower storm snow rain sugar gold silver iron copper"
        " campaign poll track plan approve approved scheme programme extend mission agreement accord shared border"
        " crossing territory visit visited delegation record award awarded hero village villager community tour holiday"
        " fair tree bell heat ice wind cold dust star space study survey sample discovered research right government"
        " council speaker appointed women families parent driver car vehicle passenger store shop visitor bean fruit"
        " vegetable milk meat pay paid staff shift loan deal contract company firm brand target front weapon army"
        " military soldier letter mark marks king queen prince fortune mine plant factory industry industrial"
        " construction builder developer worker workshop ancient historic traditional author writer editor publisher"
        " statue photography charge charged charges appeal guilty lawyer prosecutor inspector officer patrol wanted"
        " volunteer foundation party opposition lobby population birth run runner race final title medal trophy shoes"
        " cook dish dishes cheese beer toy cafe beach sailing climber mountain lagoon crater nest nesting bear fox wolf"
        " bat seal eagle owl animal bull cow pig flower rose oak garden blanket disabled online internet cable phone"
        " digital electronic robot invention wage employment tax rent shelter poor bread displaced passport boycott"
        " quit resigned resigns exile saint mission approval inaugurates inaugurated unveils ceremony procession"
        " heritage archive palace castle relic tomb carpet loom dead killed kill injured death sale buyer"
    ),
}  # fmt: skip

HEADLINE, LEAD, BODY = 2.5, 1.5, 1.0
_ENOUGH = 2.4  # a score below this is chance
_BETTER_THAN_NONE = 1.8  # enough for the best one where none is sure: a story needs a topic
_SHARE = 0.4  # of the best topic's score
_CHILD = 0.8  # what the score of a narrower topic counts for its parent
_BODY_MOST = 2.5  # what all the words together that only the body has can bring a topic
_CHANCE = 100  # a topic of more keywords than this meets some of them in any long text
_GENERAL = 0.7  # the strength of a parent's own words: "economy" says less than "inflation"

_REMEMBERED = 32_768  # words
_WORDS_TOLD = 5


class Suggested(NamedTuple):
    """A topic that a text speaks of, how strongly, and the words that say so, as the topic has them."""

    code: str
    score: float
    words: tuple[str, ...] = ()


class Subjects:
    """All topics with their keywords, ready to be found in a text."""

    def __init__(self, topics: Iterable[tuple]):
        """Of rows (code, keywords) or (code, keywords, code of the parent or None)."""
        rows = list(topics)
        self._codes: list[str] = [row[0] for row in rows]
        self._phrases: dict[str, dict[tuple[str, ...], set[int]]] = {}
        numbers = {code: number for number, code in enumerate(self._codes)}
        self._parents = {n: numbers[row[2]] for n, row in enumerate(rows) if len(row) > 2 and row[2] in numbers}
        self._tops = frozenset(self._parents.values())
        for number, (_, keywords, *_) in enumerate(rows):
            for language, words in keywords.items():
                for word in words:
                    key = _key(word, language)
                    if key:
                        self._phrases.setdefault(language, {}).setdefault(key, set()).add(number)
        for language, names in _MERE_NAMES.items():
            for name in names:
                self._phrases.setdefault(language, {})[_key(name, language)] = set()
        self._slight = {language: frozenset((stem(w, language),) for w in words) for language, words in _SLIGHT.items()}
        self._by_first = {
            language: _Beginnings(_by_first_word(phrases), language) for language, phrases in self._phrases.items()
        }
        counts: dict[tuple[str, int], int] = {}
        for language, phrases in self._phrases.items():
            for topics_of in phrases.values():
                for topic in topics_of:
                    counts[language, topic] = counts.get((language, topic), 0) + 1
        self._by_chance = {row: min(1.0, sqrt(_CHANCE / count)) for row, count in counts.items()}

    def suggest(
        self, headline: str, paragraphs: Iterable[str], language: str = "en", limit: int = 4
    ) -> list[Suggested]:
        """The topics that the text speaks of, best first, at most ``limit``; empty if none is sure.

        A topic needs two different keywords, or a telling one in the headline. Where several narrower topics are
        hinted at and none is sure, their parent is suggested; where nothing is sure at all, the best guess alone. A
        parent goes with its narrower topic only on two keywords of its own, and after it. A language without
        keywords is read with the English ones. Never raises.
        """
        language = language.split("-")[0].lower()
        language = language if language in self._by_first else "en"
        beginnings = self._by_first[language] if language in self._by_first else _Beginnings({}, "en")
        slight = self._slight.get(language, frozenset())
        hits: dict[tuple[str, ...], list[float]] = {}
        topics_of: dict[tuple[str, ...], frozenset[int]] = {}
        for place, text in enumerate((headline, *paragraphs)):
            weight = HEADLINE if place == 0 else LEAD if place == 1 else BODY
            for key, topics in _found(text, beginnings):
                if key in hits:
                    hits[key].append(weight)
                else:
                    hits[key], topics_of[key] = [weight], topics
        scores: dict[int, float] = {}
        in_body: dict[int, float] = {}
        evidence: dict[int, float] = {}
        for key, weights in hits.items():
            vague = key in slight
            strength = (
                _strength(key, vague) * (max(weights) + 0.3 * min(len(weights) - 1, 3)) / sqrt(len(topics_of[key]))
            )
            telling = max(weights) == HEADLINE and (not vague or len(weights) > 1)
            for topic in topics_of[key]:
                own = strength * _GENERAL if topic in self._tops else strength
                if max(weights) == BODY:
                    in_body[topic] = in_body.get(topic, 0.0) + own * self._by_chance[language, topic]
                else:
                    scores[topic] = scores.get(topic, 0.0) + own
                evidence[topic] = evidence.get(topic, 0) + (2 if telling and topic not in self._tops else 1)
        for topic, score in in_body.items():
            scores[topic] = scores.get(topic, 0.0) + min(score, _BODY_MOST)
        best = self._best(scores, evidence, limit)
        return [
            Suggested(self._codes[topic], round(score, 2), self._said(topic, hits, topics_of)) for topic, score in best
        ]

    def _said(self, topic, hits, topics_of) -> tuple[str, ...]:
        """The keywords of that topic, or of its narrower ones, that the text has: the weightiest first."""
        family = {topic, *(child for child, parent in self._parents.items() if parent == topic)}
        keys = [key for key in hits if not family.isdisjoint(topics_of[key])]
        keys.sort(key=lambda key: (topic not in topics_of[key], -sum(hits[key]), key))
        return tuple(" ".join(key) for key in keys[:_WORDS_TOLD])

    def _best(self, scores: dict[int, float], evidence: dict[int, float], limit: int) -> list[tuple[int, float]]:
        parents, tops = self._parents, self._tops
        sure = {topic: score for topic, score in scores.items() if score >= _ENOUGH and evidence[topic] >= 2}
        narrowed = {parents[topic] for topic in sure if topic in parents}
        sure = {topic: score for topic, score in sure.items() if topic not in narrowed or evidence[topic] >= 2}
        if not sure and scores:
            sure = self._guess(scores, evidence)
        above = max(sure.values(), default=0.0)
        rows = [(topic, score) for topic, score in sure.items() if score >= _SHARE * above]
        rows.sort(key=lambda row: (row[0] in tops and row[0] in narrowed, -row[1], row[0]))
        return rows[:limit]

    def _guess(self, scores: dict[int, float], evidence: dict[int, float]) -> dict[int, float]:
        """The best topic of a story with none that is sure: one with some evidence, or a parent with much of it."""
        best = max(scores, key=lambda topic: (scores[topic], -topic))
        if scores[best] >= _BETTER_THAN_NONE:
            return {best: scores[best]}
        whole, hints = dict(scores), dict(evidence)
        for topic, score in scores.items():
            if topic in self._parents:
                parent = self._parents[topic]
                whole[parent] = whole.get(parent, 0.0) + _CHILD * score
                hints[parent] = hints.get(parent, 0) + evidence[topic]
        best = max(whole, key=lambda topic: (whole[topic], -topic))
        return {best: whole[best]} if whole[best] >= _BETTER_THAN_NONE and hints[best] >= 2 else {}


def _strength(key: tuple[str, ...], vague: bool) -> float:
    """A phrase says more than a word, and a vague word less."""
    return 1.6 if len(key) > 1 else 0.6 if vague else 1.0


class _Keywords(NamedTuple):
    """The keywords that begin with one word: that word alone, and the longer ones by their second, longest first."""

    alone: tuple = ()  # (keyword, topics)
    longer: Mapping[str, list] = MappingProxyType({})  # of (keyword, the words after its first, topics)


def _by_first_word(phrases) -> dict[str, _Keywords]:
    table: dict[str, _Keywords] = {}
    for key, topics in sorted(phrases.items(), key=lambda item: -len(item[0])):
        beginning = table.setdefault(key[0], _Keywords((), {}))
        if len(key) > 1:
            beginning.longer.setdefault(key[1], []).append((key, key[1:], frozenset(topics)))
        else:
            table[key[0]] = beginning._replace(alone=(key, frozenset(topics)))
    return table


class _Beginnings(dict):
    """For a word as it stands in a text: its stem, and the keywords that begin with it, or None."""

    def __init__(self, by_stem: dict[str, _Keywords], language: str):
        super().__init__()
        self.by_stem, self.language = by_stem, language

    def __missing__(self, word: str):
        root = stem(word, self.language)
        in_capitals = self.by_stem.get(word) if len(word) > 1 and word.isupper() else None
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = found = (root, in_capitals or self.by_stem.get(root))
        return found


def _found(text: str, beginnings: _Beginnings) -> list[tuple]:
    """(keyword, topics) for each keyword in the text, longest first, none inside another."""
    surface = words_of(text.lower() if text.isupper() else text).surface
    if "s" in surface or "S" in surface:
        surface = [word for word in surface if word not in ("s", "S")]
    if not surface:
        return []
    stems, begun = zip(*map(beginnings.__getitem__, surface), strict=True)
    found, free, last = [], 0, len(stems) - 1
    for index in [at for at, keywords in enumerate(begun) if keywords]:
        if index < free:
            continue
        alone, longer = begun[index]
        if longer and index < last:
            for key, rest, topics in longer.get(stems[index + 1], ()):
                free = index + 1 + len(rest)
                if stems[index + 1 : free] == rest:
                    if topics:
                        found.append((key, topics))
                    break
            else:
                free = index + 1
                if alone and alone[1]:
                    found.append(alone)
        elif alone and alone[1]:
            found.append(alone)
    return found


def _key(keyword: str, language: str) -> tuple[str, ...]:
    words = [word for word in _WORD.findall(keyword) if word != "s"]
    if len(words) == 1 and len(words[0]) <= 5 and words[0].isupper() and words[0].isascii() and len(words[0]) > 1:
        return (words[0],)  # matched in capitals only: no stem has any
    return tuple(stem(word, language) for word in words)


def words(text: str, language: str) -> list[str]:
    """The words of a text by their stems, in order, as topics are found by them."""
    return [stem(word, language) for word in _WORD.findall(text)]


@lru_cache(maxsize=32_768)
def stem(word: str, language: str) -> str:
    """The folded word without its plural ending, in Arabic without article and joined "and"."""
    word = fold(word)
    if language == "ar":
        return _arabic_stem(word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if language == "fr":
            return word[:-1]
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        if word.endswith(("sses", "shes", "ches", "xes", "zes")):
            return word[:-2]
        return word[:-1]
    if language == "fr" and len(word) > 4 and word.endswith("aux"):
        return word[:-3] + "al"
    return word


_PREFIXES = ("وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال")
_ENDINGS = (("ات", "ه"), ("ين", ""), ("ون", ""), ("يه", "ي"))


def _arabic_stem(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            word = word[len(prefix) :]
            break
    else:
        if word.startswith("و") and len(word) >= 5:
            word = word[1:]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + instead
    return word
