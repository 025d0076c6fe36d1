"""The few places that every page names, and where what has moved stands now."""

import re

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from articles.models import Author, FormerPath, Region, Source, Topic
from articles.models.fields import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH

from . import addresses
from .cards import Link

# Constants, so that no page asks the database for them; a test holds them to the reference fixtures.
NAV_REGIONS = (
    (_("World"), "world"),
    (_("Middle East"), "middle-east"),
    (_("Africa"), "africa"),
    (_("Asia"), "asia"),
    (_("Europe"), "europe"),
    (_("Americas"), "americas"),
)
NAV_TOPICS = (
    (_("Politics"), "politics"),
    (_("Economy"), "economy-business-and-finance"),
    (_("Environment"), "environment"),
    (_("Science"), "science-and-technology"),
    (_("Culture"), "arts-culture-entertainment-and-media"),
    (_("Sport"), "sport"),
)

# What the strips of the front page are called that nobody has chosen: label, kind, address of the list.
STRIPS = {
    "region:middle-east": (_("Middle East"), "region", "middle-east"),
    "region:002": (_("Africa"), "region", "africa"),
    "region:142": (_("Asia"), "region", "asia"),
    "region:150": (_("Europe"), "region", "europe"),
    "region:019": (_("Americas"), "region", "americas"),
    "topic:medtop:13000000": (_("Science"), "topic", "science-and-technology"),
    "topic:medtop:01000000": (_("Culture"), "topic", "arts-culture-entertainment-and-media"),
    "topic:medtop:15000000": (_("Sport"), "topic", "sport"),
}

# What the search's form always offers: kind, label, code.
SEARCHED = (
    ("region", _("Middle East"), "middle-east"),
    ("region", _("Africa"), "002"),
    ("region", _("Asia"), "142"),
    ("region", _("Europe"), "150"),
    ("region", _("Americas"), "019"),
    ("topic", _("Politics"), "medtop:11000000"),
    ("topic", _("Economy"), "medtop:04000000"),
    ("topic", _("Environment"), "medtop:06000000"),
    ("topic", _("Science"), "medtop:13000000"),
    ("topic", _("Culture"), "medtop:01000000"),
    ("topic", _("Sport"), "medtop:15000000"),
)

# A topic or source that the desk made has a random code; one of the reference fixtures has a word for one.
_MADE_AT_DESK = re.compile(f"[{PUBLIC_ID_ALPHABET}]{{{PUBLIC_ID_LENGTH}}}")

_MODELS = {"region": Region, "topic": Topic, "source": Source, "author": Author}


def navigation(language) -> list[Link]:
    """The sections that stand in every page's head."""
    links = [Link(str(label), addresses.region(language, path)) for label, path in NAV_REGIONS]
    return links + [Link(str(label), addresses.topic(language, slug)) for label, slug in NAV_TOPICS]


def place(kind, code) -> str:
    """The word under which that region, topic, source or author lists its stories."""
    return f"{kind}:{code}"


def is_known(kind, code) -> bool:
    """Whether that place is there for readers without any story: what the reference fixtures name is.

    An author, or a topic or source that the desk made up, would tell of a story that is not out yet.
    """
    return kind == "region" or (kind != "author" and not _MADE_AT_DESK.fullmatch(code))


def moved(kind: str, path: str):
    """What stands now where ``path`` once led, and the rest of the path beneath it. Raises ``Http404``.

    A region that moved took everything beneath it along, so its longest former beginning counts.
    """
    parts = path.split("/")
    beginnings = ["/".join(parts[:depth]) for depth in range(len(parts), 0, -1)]
    formers = {former.path: former for former in FormerPath.objects.filter(kind=kind, path__in=beginnings)}
    for beginning in beginnings:
        if former := formers.get(beginning):
            if thing := _MODELS[kind].objects.filter(code=former.code).first():
                return thing, path[len(beginning) :].strip("/")
            break
    raise Http404("Nothing stands here.")
