"""Full text: SQLite's FTS5 and PostgreSQL's tsvector behind the same few functions. Four indexes, which never meet.

arrived.py    what waits in the wire inbox
asked.py      what somebody typed, and how either database is asked for it
pictures.py   what the photo desk keeps
released.py   what readers have: releases, found only while they are in force
facets.py     … which places what was found stands at
vocabulary.py … and the words that are said in it
worked_on.py  what the desk works on: working copies, found only by who may see them
"""

from .arrived import find_records, forget_records, index_records, rebuild_records
from .asked import indexed, parse
from .facets import Facet, facets
from .pictures import find_photos, index_photos, rebuild_photos
from .released import (
    Found,
    Hit,
    Older,
    ReleasedText,
    Within,
    find_released,
    forget_release,
    index_release,
    index_released_texts,
    index_releases,
    names_in,
    rebuild_releases,
)
from .vocabulary import forget_words, rebuild_words, settle, suggested
from .worked_on import Words, find_articles, index_articles, index_new, rebuild_articles

__all__ = [
    "Facet",
    "Found",
    "Hit",
    "Older",
    "ReleasedText",
    "Within",
    "Words",
    "facets",
    "find_articles",
    "find_photos",
    "find_records",
    "find_released",
    "forget_records",
    "forget_release",
    "forget_words",
    "index_articles",
    "index_new",
    "index_photos",
    "index_records",
    "index_release",
    "index_released_texts",
    "index_releases",
    "indexed",
    "names_in",
    "parse",
    "rebuild",
    "rebuild_articles",
    "rebuild_photos",
    "rebuild_records",
    "rebuild_releases",
    "rebuild_words",
    "settle",
    "suggested",
]


def rebuild() -> int:
    """Make all indexes anew from what is there. Gives how many things were indexed."""
    return rebuild_releases() + rebuild_articles() + rebuild_photos() + rebuild_records()
