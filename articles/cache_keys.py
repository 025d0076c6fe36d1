"""The words by which a cache is told what to forget: each public answer carries those of all that it shows. Pure.

A page that lists a place first carries the place's key. One further down does not change when something new comes on
top: it carries the keys of its stories and of the months that it spans.
"""

from collections.abc import Iterable
from datetime import date

# A header of more keys than this could be refused on its way; see ``bounded``.
MOST = 60


def story(public_id: str) -> str:
    return f"story:{public_id}"


def at_place(place: str, language: str) -> str:
    """What is listed first at that place in that edition: ``region:SY@en``."""
    return f"{place}@{language}"


def in_month(place: str, language: str, day: date) -> str:
    """What that place lists of a month, wherever it stands."""
    return f"{place}@{language}/{day:%Y-%m}"


def calendar(day: date, language: str) -> str:
    """The calendar of that day's year, which says on which days there is something."""
    return f"year:{day:%Y}@{language}"


def front(language: str) -> str:
    return f"front@{language}"


def search(language: str) -> str:
    return f"search@{language}"


def named(kind: str, code: str) -> str:
    """Whatever says the name, or the address, of that region, topic, source or author."""
    return f"named:{kind}:{code}"


def page(slug: str) -> str:
    """A fixed page in every edition: each says whether the others have it."""
    return f"page:{slug}"


def picture(name: str) -> str:
    """A public picture file: ``ab/abcd….avif``."""
    return f"picture:{name.rpartition('/')[2].partition('.')[0]}"


def bounded(keys: Iterable[str], instead: str) -> list[str]:
    """Those keys, each once; where they are too many for a header, ``instead``, which is forgotten far more often."""
    found = list(dict.fromkeys(keys))
    return found if len(found) <= MOST else [*found[: MOST - 1], instead]
