"""What may go out, as plain values made of what readers have: of releases alone, never of a working copy.

Embargoed, confidential, killed stories and those that may not be passed on stay out. What was taken from readers goes
out as a cancellation, to who may have had it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from articles.models import Listing, Release
from articles.models.article import WireStanding
from articles.models.rendition import rendition_storage

AT_ONCE = 200


@dataclass
class Picture:
    """One picture of a story, with its largest public file."""

    id: str
    address: str
    width: int
    caption: str
    alt_text: str
    credit: str
    is_lead: bool


@dataclass
class Story:
    """One story as it goes out. A cancelled one has its id, its headline and the note, and nothing else."""

    id: str
    sequence: int
    address: str
    headline: str
    language: str
    direction: str
    first_released_at: datetime
    released_at: datetime
    urgency: int
    is_canceled: bool = False
    note: str = ""  # of its correction or cancellation, for readers
    kind: str = "first"
    standfirst: str = ""
    body: str = ""  # sanitised HTML
    dateline: str = ""
    slugline: str = ""
    usage_terms: str = ""
    bylines: list[str] = field(default_factory=list)
    regions: list[dict] = field(default_factory=list)  # code, name
    topics: list[dict] = field(default_factory=list)
    sources: list[dict] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    territories: list[str] = field(default_factory=list)
    words: int = 0

    @property
    def uri(self) -> str:
        """What names the story for good, whatever its headline becomes."""
        return uri_of(self.id)

    @property
    def byline(self) -> str:
        return ", ".join(self.bylines)


def uri_of(public_id: str) -> str:
    """The lasting name of the story of that id."""
    return f"{settings.SITE_URL}/stories/{public_id}/" if settings.SITE_URL else f"urn:newsroom:{public_id}"


def may_go_out(at=None):
    """The releases that may be passed on at that instant: one a story, the one in force; cancelled ones among them."""
    at = at or timezone.now()
    newer = Release.objects.holding(at).filter(article=OuterRef("article"), sequence__gt=OuterRef("sequence"))
    gone = Q(kind__in=Release.GONE)
    return Release.objects.holding(at).filter(~Exists(newer)).filter(gone | ~held_back(at))


def held_back(at, of: str = "") -> Q:
    """The condition that a release may be passed on to nobody, for queries of releases or of what leads to them by
    ``of``, e.g. ``release__``."""
    held = Q(**{f"{of}article__confidential": True}) | Q(**{f"{of}article__legal_hold": True})
    held |= Q(**{f"{of}no_syndication": True}) | Q(**{f"{of}article__embargo_until__gt": at})
    return held | ~Q(**{f"{of}article__wire_standing": WireStanding.USABLE})


def free_to_all(at, of: str = "") -> Q:
    """The condition that anybody anywhere may be given a release that readers have. ``of`` as of :func:`held_back`."""
    return ~held_back(at, of) & Q(**{f"{of}territories": [], f"{of}excluded_territories": []})


def released(
    *, since=None, regions=(), topics=(), languages=(), cancellations: bool | None = None, at=None
) -> Iterator[Story]:
    """The stories that may go out, in the order in which they were released; the same memory for any number.

    ``since`` leaves those that have changed since that instant. ``regions`` and ``topics`` are codes, of which a story
    must have one of each that is asked for, or stand beneath it. ``cancellations`` come where ``since`` is given,
    unless it says otherwise.
    """
    at = at or timezone.now()
    chosen = select(regions=regions, topics=topics, languages=languages, at=at)
    if since is not None:
        chosen = chosen.filter(live_from__gte=since)
    if not (cancellations if cancellations is not None else since is not None):
        chosen = chosen.exclude(kind__in=Release.GONE)
    yield from (story_of(release, at) for release in in_steps(chosen))


def select(*, regions=(), topics=(), languages=(), at=None):
    """Those of :func:`may_go_out` that these filters leave."""
    chosen = may_go_out(at)
    for kind, codes in (("region", regions), ("topic", topics)):
        if codes:
            # Of one that was taken away, the lists that it stood in.
            listed = Listing.objects.filter(article=OuterRef("article"), place__in=[f"{kind}:{code}" for code in codes])
            ours = listed.filter(release=OuterRef("pk"))
            gone = Q(kind__in=Release.GONE)
            chosen = chosen.filter((gone & Exists(listed)) | (~gone & Exists(ours)))
    return chosen.filter(language__in=languages) if languages else chosen


def in_steps(chosen) -> Iterator[Release]:
    """These releases in the order of their ids, a few hundred at a time."""
    last = 0
    while True:
        rows = list(chosen.filter(pk__gt=last).select_related("article", "revision").order_by("pk")[:AT_ONCE])
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].pk


def story_of(release: Release, at=None) -> Story:
    """That release as it goes out to who has agreed with us on it: with the slugline, and with its terms of use."""
    inside = (
        {}
        if release.is_gone
        else {
            "slugline": release.revision.content.get("slugline", ""),
            "usage_terms": release.article.usage_terms,
        }
    )
    return public_story_of(release, at, **inside)


def public_story_of(release: Release, at=None, **inside) -> Story:
    """That release as anybody may have it: made of what readers have, and of no working copy."""
    at = at or timezone.now()
    known = {
        "id": release.public_id,
        "sequence": release.sequence,
        "address": _address(release),
        "headline": release.headline,
        "language": release.document["language"],
        "direction": release.document["direction"],
        "first_released_at": release.published_at,
        "released_at": release.live_from,
        "urgency": release.urgency,
        "note": release.public_note,
        "kind": release.kind,
    }
    if release.is_gone:
        return Story(**known, is_canceled=True)
    document = release.document
    return Story(
        **known,
        standfirst=document["standfirst"],
        body=document["body"],
        dateline=document["dateline"],
        bylines=[line["name"] for line in document["bylines"]],
        regions=document["regions"],
        topics=document["topics"],
        sources=document["sources"],
        pictures=[picture for one in document["pictures"] if (picture := _picture(one, at))],
        related=document["related"],
        territories=release.territories,
        words=document["words"],
        **inside,
    )


def _address(release):
    path = reverse(f"readers-{release.language}:story", kwargs={"public_id": release.public_id, "slug": release.slug})
    return f"{settings.SITE_URL}{path}"


def _picture(held, at) -> Picture | None:
    begins, ends = (datetime.fromisoformat(value) if (value := held.get(edge)) else None for edge in ("from", "until"))
    files = held["files"].get("jpeg") or []
    if (begins and begins > at) or (ends and ends <= at) or not files:
        return None
    width, name = files[-1]
    address = rendition_storage().url(name)
    address = address if "://" in address else f"{settings.SITE_URL}{address}"
    known = {"caption": held["caption"], "alt_text": held["alt"], "credit": held["credit"]}
    return Picture(held["id"], address, width, is_lead=held["is_lead"], **known)
