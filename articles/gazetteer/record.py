"""What goes into the gazetteer and what comes out of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """One region as the gazetteer needs it. ``names``, ``aliases`` … are lists by language; ``members`` are codes."""

    key: int | str
    code: str
    kind: str
    path: str = ""
    parent_code: str | None = None
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    demonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    capital: Mapping[str, str] = field(default_factory=dict)
    towns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    members: Sequence[str] = ()


@dataclass(frozen=True)
class Mention:
    """A place that the story names.

    ``weight`` (a country's holds that of its provinces and towns), ``count``, ``first`` (offset in its line), ``via``
    (name, alias, demonym, capital, town or actor), and whether the story is ``about`` it. ``within`` is its country.
    ``printed`` are the words that say most of it, and ``where`` they stand (headline, dateline, lead, body or caption).
    """

    code: str
    weight: float
    count: int
    first: int
    via: str
    about: bool
    kind: str = ""
    within: str = ""
    printed: str = ""
    where: str = ""


def countries(found: Iterable[Mention]) -> list[str]:
    """ISO 3166-1 codes of the countries that the story is about or set in, best first."""
    return [mention.code for mention in found if mention.about and mention.kind == "country"]


def regions(found: Iterable[Mention]) -> list[str]:
    """Codes of the narrowest places that the story is about, best first.

    A province where one is, else its country; groupings, sub-regions and continents where they are named.
    """
    about = [mention for mention in found if mention.about]
    narrowed = {mention.within for mention in about if mention.kind in ("province", "city")}
    return [mention.code for mention in about if mention.code not in narrowed]
