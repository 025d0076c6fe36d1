"""Why a machine suggests a region, a topic or a source for a story, in a sentence. Pure: no database, no settings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.gazetteer import Mention
from articles.sourcing import Cited
from articles.subjects import Suggested
from articles.text import fold

LISTS = ("regions", "topics", "citations")
OPEN, DROPPED = "open", "dropped"
_KEPT = ("list", "key", "why", "passage", "state")
_WHERE = {"headline": "in the headline", "dateline": "in the dateline", "lead": "in the first paragraph"}
_WHERE |= {"caption": "in a caption"}
_VIA = {"capital": ", its capital", "town": ", a place in it", "demonym": ", its people", "actor": ""}


@dataclass(frozen=True)
class Suggestion:
    """One entry of one of the ``LISTS`` of a story. ``key`` is its code, or "~" and the folded words of a source that
    is in no directory. ``why`` is a sentence, ``passage`` the words of the text that it rests on, as printed."""

    list: str
    key: str
    why: str
    passage: str = ""
    name: str = ""  # of what is offered: the story does not name it yet
    state: str = OPEN


def key_of(entry: dict) -> str:
    """What a citation of a content document is known by."""
    return entry["source"] or (f"~{fold(entry['as_printed'])}" if entry["as_printed"] else "")


def keys_in(content: dict) -> dict[str, list[str]]:
    """The keys of all that stands in a story's content, by list."""
    cited = [key_of(entry) for entry in content["citations"] if not entry["confidential"]]
    return {"regions": list(content["regions"]), "topics": list(content["topics"]), "citations": cited}


def of_regions(found: Iterable[Mention], codes: Sequence[str]) -> list[Suggestion]:
    """Why those regions."""
    mentions = {mention.code: mention for mention in found}
    return [_region(mentions[code]) for code in codes if code in mentions]


def _region(mention):
    times = "" if mention.count < 2 else f"; named {mention.count} times in all"
    where = _WHERE.get(mention.where, "in the text")
    why = f"“{mention.printed}”{_VIA.get(mention.via, '')} {where}{times}."
    return Suggestion("regions", mention.code, why, mention.printed)


def of_topics(found: Iterable[Suggested], learned: Iterable[Suggested] = ()) -> list[Suggestion]:
    """Why those topics: by their own words, or as stories with such words were filed before."""
    own = [Suggestion("topics", one.code, f"{_quoted(one.words)}.", _one_word(one.words)) for one in found]
    said = {one.key for one in own}
    return own + [
        Suggestion("topics", one.code, f"Stories with {_quoted(one.words)} were filed so.", _one_word(one.words))
        for one in learned
        if one.code not in said
    ]


def _quoted(words):
    return ", ".join(f"“{word}”" for word in words) or "The text as a whole"


def _one_word(words):
    return next((word for word in words if " " not in word), "")


def of_sources(citations: Iterable[dict], cited: Iterable[Cited]) -> list[Suggestion]:
    """Why those sources: who is cited how, who speaks, and through whom."""
    bodies = {}
    for body in cited:
        bodies.setdefault(body.known_code or f"~{fold(body.text)}", body)
    return [_source(key_of(entry), bodies.get(key_of(entry))) for entry in citations]


def of_bodies(cited: Iterable[Cited]) -> list[Suggestion]:
    """Why those bodies, of a text that nobody has drawn up citations of."""
    return [_source(body.known_code, body) for body in cited if body.known_code]


def _source(key, body):
    if body is None:
        return Suggestion("citations", key, "The text names it as a source.")
    speaker = ", ".join(part for part in (body.speaker, body.role) if part)
    why = f"“{body.text}”, cited by “{body.phrase}” in paragraph {body.paragraph + 1}"
    why += f"; {speaker} speaks for it" if speaker else ""
    why += f"; told {body.via}" if body.via else ""
    return Suggestion("citations", key, f"{why}.", body.text)


def kept(suggestions: Iterable[Suggestion]) -> list[dict]:
    """As ``Article.suggestions`` keeps them."""
    return [{name: getattr(one, name) for name in _KEPT} for one in suggestions if one.list in LISTS]
