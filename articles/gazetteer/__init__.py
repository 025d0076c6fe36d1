"""Gazetteer: which places a story names, and which of them it is about. Pure: no database, no settings.

``Gazetteer(places).find(headline, paragraphs, …)`` gives every place named, with a weight; ``countries`` and
``regions`` cut off what is only mentioned in passing.

    record.py   Place in, Mention out, and what to read off a list of mentions
    index.py    printed names as keys, copy as tokens, one pass over the words
    context.py  what a name weighs where it stands ("US-led", "Michael Jordan", "500 Egyptian pounds")
    finding.py  the passage from a story to its mentions: what an ambiguous name means, what counts
    scoring.py  how much is said of a place, and whether the story is about it
    words.py    the word lists that these rules use; traps.py the phrases that only look like places
"""

from .finding import Gazetteer
from .record import Mention, Place, countries, regions

__all__ = ["Gazetteer", "Mention", "Place", "countries", "regions"]
