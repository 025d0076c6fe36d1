"""The record: what the newsroom keeps. Rules and doors import it; it imports none of them.

The desk's working copy is ``article.py`` with ``photo.py``, ``topic.py``, ``region.py``, ``source.py`` and
``author.py``; ``revision.py`` is its history. What readers see is ``release.py`` alone.
"""

from .article import Article, ArticleQuerySet, Status, StoryRegion
from .author import Author, Byline
from .desk import Desk
from .event import Event
from .former import FormerPath
from .photo import Photo, PhotoCaption, Rendition
from .region import Region
from .release import Listing, Release
from .revision import Revision
from .source import Citation, ConfidentialSource, Source
from .staff import User
from .topic import Topic, TopicLink
from .wire import WireBatch, WireBytes, WireParagraph, WireRecord

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Author",
    "Byline",
    "Citation",
    "ConfidentialSource",
    "Desk",
    "Event",
    "FormerPath",
    "Listing",
    "Photo",
    "PhotoCaption",
    "Region",
    "Release",
    "Rendition",
    "Revision",
    "Source",
    "Status",
    "StoryRegion",
    "Topic",
    "TopicLink",
    "User",
    "WireBatch",
    "WireBytes",
    "WireParagraph",
    "WireRecord",
]
