"""Text -> topics: which topics a story's own words suggest. A suggestion only; the desk decides.

Each topic has words and phrases by language. They are found as whole words, longest first, in any number ("airstrike",
"airstrikes") and, in Arabic, with or without the article. A keyword written in capitals ("WHO") counts only in
capitals. Pure, apart from :func:`load`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import sqrt

from articles.text import fold

_WORD = re.compile(r"[^\W_]+(?:[\u064b-\u0652\u0670][^\W_]*)*")
# Names that hold a keyword and say nothing of the subject.
_MERE_NAMES = {
    "en": ("Observatory for Human Rights", "Office for Human Rights", "High Commissioner for Human Rights",
           "media unit",
           "Network for Human Rights", "social media", "news conference", "Asharq Al-Awsat", "at the school of",
           "Security Council resolution", "Peace Prize"),
    "fr": ("Observatoire syrien des droits de l'homme", "réseaux sociaux", "conférence de presse"),
    "ar": ("المرصد السوري لحقوق الإنسان", "الشبكة السورية لحقوق الإنسان", "مواقع التواصل", "وكالة الصحافة الفرنسية",
           "مؤتمر صحافي", "مؤتمر صحفي"),
}  # fmt: skip

HEADLINE, LEAD, BODY = 2.5, 1.5, 1.0
_ENOUGH = 2.8  # a score below this is chance
_SHARE = 0.35  # of the best topic's score

Keywords = Mapping[str, Iterable[str]]


class Subjects:
    """All topics with their keywords, ready to be found in a text."""

    def __init__(self, topics: Iterable[tuple[str, Keywords]]):
        self._codes: list[str] = []
        self._phrases: dict[str, dict[tuple[str, ...], set[int]]] = {}
        for number, (code, keywords) in enumerate(topics):
            self._codes.append(code)
            for language, words in keywords.items():
                for word in words:
                    key = _key(word, language)
                    if key:
                        self._phrases.setdefault(language, {}).setdefault(key, set()).add(number)
        for language, names in _MERE_NAMES.items():
            for name in names:
                self._phrases.setdefault(language, {})[_key(name, language)] = set()
        self._by_first = {language: _by_first_word(phrases) for language, phrases in self._phrases.items()}

    def suggest(
        self, headline: str, paragraphs: Iterable[str], language: str = "en", limit: int = 4
    ) -> list[tuple[str, float]]:
        """(code, score) of the topics that the text speaks of, best first, at most ``limit``; empty if none is sure.

        A topic needs two different keywords, or one in the headline that the text takes up again. A language without
        keywords is read with the English ones. Never raises.
        """
        language = language.split("-")[0].lower()
        language = language if language in self._by_first else "en"
        phrases = self._by_first.get(language, {})
        hits: dict[tuple[str, ...], list[float]] = {}
        topics_of: dict[tuple[str, ...], set[int]] = {}
        for place, text in enumerate((headline, *paragraphs)):
            weight = HEADLINE if place == 0 else LEAD if place == 1 else BODY
            for key, topics in _found(text, language, phrases):
                hits.setdefault(key, []).append(weight)
                topics_of[key] = topics
        scores: dict[int, float] = {}
        evidence: dict[int, int] = {}
        for key, weights in hits.items():
            strength = _strength(key) * (max(weights) + 0.3 * min(len(weights) - 1, 3)) / sqrt(len(topics_of[key]))
            taken_up = len(weights) > 1 and max(weights) == HEADLINE
            for topic in topics_of[key]:
                scores[topic] = scores.get(topic, 0.0) + strength
                evidence[topic] = evidence.get(topic, 0) + (2 if taken_up else 1)
        sure = [(score, topic) for topic, score in scores.items() if score >= _ENOUGH and evidence[topic] >= 2]
        sure.sort(key=lambda row: (-row[0], row[1]))
        return [(self._codes[topic], round(score, 2)) for score, topic in sure[:limit] if score >= _SHARE * sure[0][0]]


def _strength(key: tuple[str, ...]) -> float:
    """A phrase says more than a word."""
    return 1.0 if len(key) == 1 else 1.6


def _by_first_word(phrases):
    table: dict[str, list] = {}
    for key, topics in phrases.items():
        table.setdefault(key[0], []).append((key, len(key), frozenset(topics)))
    for rows in table.values():
        rows.sort(key=lambda row: -row[1])
    return table


def _found(text: str, language: str, phrases):
    """(keyword, topics) for each keyword in the text, longest first, none inside another."""
    surface = [word for word in _WORD.findall(text) if word not in ("s", "S")]
    capitals = text.isupper()
    stems = [_stem(word, language) for word in surface]
    index, total = 0, len(stems)
    while index < total:
        word = surface[index]
        if not capitals and len(word) > 1 and word.isupper() and word in phrases:
            yield phrases[word][0][0], phrases[word][0][2]
            index += 1
            continue
        for key, length, topics in phrases.get(stems[index], ()):
            if length == 1 or tuple(stems[index : index + length]) == key:
                if topics:
                    yield key, topics
                index += length
                break
        else:
            index += 1


def _key(keyword: str, language: str) -> tuple[str, ...]:
    words = [word for word in _WORD.findall(keyword) if word != "s"]
    if len(words) == 1 and len(words[0]) <= 5 and words[0].isupper() and words[0].isascii() and len(words[0]) > 1:
        return (words[0],)  # matched in capitals only: no stem has any
    return tuple(_stem(word, language) for word in words)


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
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


_loaded: tuple[object, Subjects] | None = None


def load() -> Subjects:
    """The topics from the database, kept in the process until a topic is added, changed or removed."""
    from django.db.models import Count, Max

    from articles.models import Topic

    global _loaded
    state = Topic.objects.aggregate(rows=Count("pk"), changed=Max("updated_at"))
    if _loaded is None or _loaded[0] != state:
        _loaded = state, Subjects(Topic.objects.order_by("code").values_list("code", "keywords"))
    return _loaded[1]
