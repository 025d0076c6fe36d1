"""A story as lists show it. Plain data: a page's ETag is made from what its template is given."""

from dataclasses import dataclass
from datetime import datetime

from articles.outlet_answers import mark_of

from . import addresses, pictures
from .breaking import is_breaking, stands_since
from .plain import Plain


@dataclass
class Card(Plain):
    release: int
    public_id: str
    address: str
    headline: str
    standfirst: str
    kicker: str
    published_at: datetime
    updated_at: datetime | None
    picture: pictures.Shown | None
    urgency: int
    breaking: bool  # at the instant of the page
    stands_since: datetime
    language: str
    mark: str  # which release it shows, for machines


def card(release, at) -> Card:
    """That release as a list shows it at that instant."""
    return Card(
        release=release.pk,
        public_id=release.public_id,
        address=addresses.story(release.language, release.public_id, release.slug),
        headline=release.headline,
        standfirst=release.standfirst,
        kicker=release.kicker,
        published_at=release.published_at,
        updated_at=release.live_from if release.is_updated else None,
        picture=pictures.of_card(release.picture, at),
        urgency=release.urgency,
        breaking=is_breaking(release, at),
        stands_since=stands_since(release),
        language=release.language,
        mark=mark_of(release),
    )


def cards(releases, at) -> list[Card]:
    return [card(release, at) for release in releases]


@dataclass
class Link(Plain):
    """A name with an address."""

    name: str
    address: str
    kind: str = ""
