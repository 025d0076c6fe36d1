"""Every reason for which a story that readers have is not passed on: what says so, and where it stands."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article, Release
from articles.models.article import WireStanding

HELD_BACK = {
    "no_syndication": (Release, {"no_syndication": True}),
    "territories": (Release, {"territories": ["LB"]}),
    "excluded": (Release, {"excluded_territories": ["US"]}),
    "confidential": (Article, {"confidential": True}),
    "legal hold": (Article, {"legal_hold": True}),
    "embargo": (Article, {"embargo_until": timezone.now() + timedelta(days=9)}),
    "killed": (Article, {"wire_standing": WireStanding.CANCELED}),
}
