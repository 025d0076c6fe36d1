"""What the newsroom does with what comes from a source before anybody has looked at it. Pure but for ``load``."""

from dataclasses import dataclass, replace

from articles import text
from articles.models import Desk, WireRule
from articles.text import fold
from articles.wire.reading import Reading

_ARROWS = ("→", "=>")


@dataclass(frozen=True)
class Ruling:
    """The rules of one source (see ``WireRule``), ready to be applied."""

    desk: Desk | None = None
    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    urgency: int | None = None
    replacements: tuple[tuple[str, str], ...] = ()
    keep_words: tuple[str, ...] = ()
    drop_words: tuple[str, ...] = ()
    keep_categories: frozenset[str] = frozenset()
    drop_categories: frozenset[str] = frozenset()
    obeys_kills: bool = False
    kill_note: str = ""

    def why_dropped(self, reading: Reading) -> str:
        """Why the rules do not want that item, in words; "" where they do."""
        categories = {fold(name) for name in _categories(reading.item)}
        if unwanted := self.drop_categories & categories:
            return f"filed under {sorted(unwanted)[0]}"
        if self.keep_categories and not self.keep_categories & categories:
            return "filed under nothing that is kept"
        if not (self.keep_words or self.drop_words):
            return ""
        words = f" {fold(reading.item.headline)} {reading.fingerprint.words} "
        if unwanted := next((word for word in self.drop_words if f" {word} " in words), ""):
            return f"it holds “{unwanted}”"
        if self.keep_words and not any(f" {word} " in words for word in self.keep_words):
            return "it holds none of the words that are kept"
        return ""

    def applied_to(self, reading: Reading) -> Reading:
        """The item as the rules want it; its bytes, and what it is known by, stay as they came."""
        content = dict(reading.content)
        if self.urgency and reading.item.urgency is None:
            content["urgency"] = self.urgency
        content["topics"] = list(dict.fromkeys([*content["topics"], *self.topics]))
        content["regions"] = list(dict.fromkeys([*content["regions"], *self.regions]))
        print_ = reading.fingerprint
        if self.replacements:
            for name in ("headline", "standfirst"):
                content[name] = self._replaced(content[name])
            content["body"] = text.sanitise(self._replaced(content["body"]))
            content["captions"] = [{**one, "caption": self._replaced(one["caption"])} for one in content["captions"]]
            words = [text.plain(content["body"]), *(one["caption"] for one in content["captions"])]
            print_ = replace(print_, words=text.indexed(fold(" ".join(words))))
        return replace(reading, content=content, fingerprint=print_)

    def _replaced(self, words):
        for find, put in self.replacements:
            words = words.replace(find, put)
        return words


def load() -> dict[int, Ruling]:
    """The rulings by the key of their source."""
    rules = WireRule.objects.select_related("desk").prefetch_related("topics", "regions")
    return {rule.source_id: ruling_of(rule) for rule in rules}


def ruling_of(rule: WireRule) -> Ruling:
    """What that rule says, read."""
    return Ruling(
        desk=rule.desk,
        topics=tuple(topic.code for topic in rule.topics.all()),
        regions=tuple(region.code for region in rule.regions.all()),
        urgency=rule.urgency,
        replacements=tuple(replacements(rule.replacements)),
        keep_words=tuple(_folded(rule.keep_words)),
        drop_words=tuple(_folded(rule.drop_words)),
        keep_categories=frozenset(_folded(rule.keep_categories)),
        drop_categories=frozenset(_folded(rule.drop_categories)),
        obeys_kills=rule.obeys_kills,
        kill_note=rule.kill_note,
    )


def replacements(lines: str) -> list[tuple[str, str]]:
    """“find → put”, one a line, as pairs."""
    pairs = []
    for line in lines.splitlines():
        arrow = next((one for one in _ARROWS if one in line), "")
        find, _, put = line.partition(arrow) if arrow else ("", "", "")
        if find.strip():
            pairs.append((find.strip(), put.strip()))
    return pairs


def _folded(lines):
    return [words for line in lines.splitlines() if (words := text.indexed(fold(line)))]


def _categories(item):
    yield from (name for subject in item.subjects for name in (subject.code, subject.name) if name)
    yield from filter(None, (item.genre, *item.keywords))
