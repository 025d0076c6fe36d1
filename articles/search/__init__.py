"""Full text: SQLite's FTS5 and PostgreSQL's tsvector behind the same few functions. Two indexes, which never meet.

asked.py      what somebody typed, and how either database is asked for it
released.py   what readers have: releases, found only while they are in force
worked_on.py  what the desk works on: working copies, found only by who may see them
"""

from .asked import parse
from .released import Found, Hit, Older, find_released, forget_release, index_release, rebuild_releases
from .worked_on import find_articles, index_articles, rebuild_articles

__all__ = [
    "Found",
    "Hit",
    "Older",
    "find_articles",
    "find_released",
    "forget_release",
    "index_articles",
    "index_release",
    "parse",
    "rebuild",
    "rebuild_articles",
    "rebuild_releases",
]


def rebuild() -> int:
    """Make both indexes anew from what is there. Gives how many releases and stories were indexed."""
    return rebuild_releases() + rebuild_articles()
