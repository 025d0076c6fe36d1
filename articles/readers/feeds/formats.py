"""The formats of feeds, by the names that their addresses end in."""

from collections.abc import Callable
from dataclasses import dataclass

from articles.readers.addresses import FEEDS

from . import atom, json_feed, rss
from .entries import Feed


@dataclass(frozen=True)
class Format:
    content_type: str
    write: Callable[[Feed], str]


_WRITERS = {"rss.xml": rss.write, "atom.xml": atom.write, "feed.json": json_feed.write}
FORMATS = {name: Format(content_type, _WRITERS[name]) for name, content_type in FEEDS.items()}
