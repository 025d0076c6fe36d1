"""Gazetteer: which places a story names, and which of them it is about. Pure: no database, no settings.

``Gazetteer(places).find(headline, paragraphs, …)`` gives every place named, with a weight; ``countries`` and
``regions`` cut off what is only mentioned in passing.

    record.py   Place in, Mention out, and what to read off a list of mentions
    lines.py    a story as lines; tokens.py a line as words
    index.py    printed names as keys, one pass over the words
    context.py  what a name weighs where it stands ("US-led", "Michael Jordan", "500 Egyptian pounds")
    arabic.py   names that are ordinary words in Arabic ("diameter", "insists")
    namesakes.py  a name beside its state or in a list ("Moscow, Idaho", "Georgia, Arizona and Nevada")
    finding.py  the passage from a story to its mentions: what an ambiguous name means, what counts
    scoring.py  how much is said of a place, and whether the story is about it
    words.py    the word lists that these rules use; traps.py the phrases that only look like places;
                states.py the states that copy prints after a town
"""

from .finding import Gazetteer
from .record import Mention, Place, countries, regions

__all__ = ["Gazetteer", "Mention", "Place", "countries", "regions"]
