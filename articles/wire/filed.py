"""What a provider filed a story under -> the newsroom's own topics and regions, each with why it is suggested. Pure."""

from collections.abc import Iterable, Mapping

from articles.gazetteer import Mention
from articles.suggestions import Suggestion
from articles.text import fold

from . import codes
from .items import Subject, WireItem

_NAMED_BY_PROVIDER = 0.5  # of the weight of the place that the story says most of


def topics(item: WireItem, names: Mapping[str, str], by_name: Mapping[str, str]) -> list[Suggestion]:
    """The topics that the item's subjects and keywords stand for, in the provider's order, each once.

    ``names`` are the newsroom's topics by code, ``by_name`` their codes by folded name. A topic that the newsroom does
    not have gives the nearest broader one; where its narrower one is there already, the broader adds nothing.
    """
    found: dict[str, Suggestion] = {}
    broader: set[str] = set()
    for subject in (*item.subjects, *(Subject("", word) for word in item.keywords)):
        line = codes.topics(subject.code)
        code = next((one for one in line if one in names), "") or by_name.get(fold(subject.name), "")
        if code and code not in found:
            why = f"Its provider filed it under {_printed(subject)}."
            found[code] = Suggestion("topics", code, why, subject.name)
            broader.update(line[line.index(code) + 1 :] if code in line else ())
    return [one for code, one in found.items() if code not in broader]


def _printed(subject):
    if not subject.code:
        return f"“{subject.name}”"
    return f"“{subject.name}” ({subject.code})" if subject.name else subject.code


def regions(
    item: WireItem, found: Iterable[Mention], about: list[str], paths: Mapping[str, str]
) -> tuple[list[str], dict[str, Suggestion]]:
    """The regions of the story, best first, and why of those that only the provider names.

    ``about`` is what the text says most of, in its order. What the provider names as a subject weighs half as much as
    the first of these; a place that the text names as well is moved up by it. Where the provider says that it was
    written decides nothing: that may be the desk's own city.
    """
    mentions = {mention.code: mention for mention in found}
    top = max((mention.weight for mention in mentions.values()), default=0.0) or 1.0
    named = _named(item, paths)
    scores = {code: mentions[code].weight / top if code in mentions else 0.0 for code in about}
    why = {}
    for code, printed in named.items():
        # A province that the text is about stands for the country that the provider names.
        inner = [one for one in about if one != code and mentions.get(one) and mentions[one].within == code]
        for one in inner or [code]:
            if one not in scores:
                why[one] = Suggestion("regions", one, f"Its provider names “{printed}” as its subject.", printed)
            weight = mentions[one].weight / top if one in mentions else 0.0
            scores[one] = max(scores.get(one, 0.0), weight) + _NAMED_BY_PROVIDER
    outer = {code.partition("-")[0] for code in scores if "-" in code}
    order = sorted((code for code in scores if code not in outer or code in about), key=lambda code: -scores[code])
    return order, why


def _named(item, paths):
    """The newsroom's codes of the places that the provider names as subjects, with their names."""
    named = {}
    for place in item.places:
        scheme, _, code = place.code.partition(":")
        if place.role != "subject" or not scheme.startswith("iso3166"):
            continue
        known = next((one for one in (code, code.partition("-")[0]) if one in paths), "")
        if known:
            named.setdefault(known, place.name or known)
    return named
