"""The record: what the newsroom keeps. Rules and doors import it; it imports none of them.

The desk's working copy is ``article.py`` with ``caption.py``, ``photo.py``, ``topic.py``, ``region.py``, ``source.py``
and ``author.py``; ``revision.py`` is its history. What readers see is ``release.py`` with the files of
``rendition.py``, and ``front.py`` for the front page.
What people at the desk need beside stories is in ``desk.py``, ``draft.py``, ``notice.py`` and ``working.py``.
"""

from .article import Article, ArticleQuerySet, Status, StoryRegion, WireStanding
from .author import Author, Byline
from .caption import PhotoCaption
from .desk import Assignment, Desk, DeskMember, Note
from .draft import Autosave, Presence
from .event import Event, EventSeal
from .former import FormerPath
from .front import FrontSlot
from .map import LocatorMap
from .notice import Mute, Notice
from .outlet import OutletCheck
from .page import FixedPage
from .photo import FormerFile, LikenessBand, Photo, PhotoRevision
from .region import Region
from .release import Listing, PlaceSummary, Release
from .rendition import ReleasedPhoto, Rendition
from .revision import Revision
from .source import Citation, ConfidentialSource, Source
from .staff import OfferedPermission, SignIn, User
from .subscriber import Delivery, Subscriber
from .topic import LearnedTopics, Topic, TopicLink
from .wire import FeedPoint, WireBatch, WireBytes, WireKey, WireRecord, WireRule, WireUpload
from .working import BulkOrder, PreviewLink, SavedView, new_token

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Assignment",
    "Author",
    "Autosave",
    "BulkOrder",
    "Byline",
    "Citation",
    "ConfidentialSource",
    "Delivery",
    "Desk",
    "DeskMember",
    "Event",
    "EventSeal",
    "FeedPoint",
    "FixedPage",
    "FormerFile",
    "FormerPath",
    "FrontSlot",
    "LearnedTopics",
    "LikenessBand",
    "Listing",
    "LocatorMap",
    "Mute",
    "Note",
    "Notice",
    "OfferedPermission",
    "OutletCheck",
    "Photo",
    "PhotoCaption",
    "PhotoRevision",
    "PlaceSummary",
    "Presence",
    "PreviewLink",
    "Region",
    "Release",
    "ReleasedPhoto",
    "Rendition",
    "Revision",
    "SavedView",
    "SignIn",
    "Source",
    "Status",
    "StoryRegion",
    "Subscriber",
    "Topic",
    "TopicLink",
    "User",
    "WireBatch",
    "WireBytes",
    "WireKey",
    "WireRecord",
    "WireRule",
    "WireStanding",
    "WireUpload",
    "new_token",
]
