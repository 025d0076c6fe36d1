"""A feed and what stands in it. Plain data: a feed's ETag is made from it, and every format from nothing else."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.html import escape

from articles.exporting.stories import uri_of
from articles.readers import addresses, pictures, telling, words

# A link into the site itself; elsewhere it would lead nowhere.
_OWN_LINK = re.compile(r'(<a\b[^>]*?\bhref=")(/(?!/))')


@dataclass(frozen=True)
class Image:
    """One picture file, with what a reader of the feed needs to show it."""

    address: str
    width: int
    height: int
    size: int  # in bytes; 0 of releases from before this was kept
    alt: str
    caption: str
    credit: str
    type: str = "image/jpeg"


@dataclass(frozen=True)
class Entry:
    """One story. ``id`` and ``uri`` are its for good; ``since`` is when its release came into force.

    ``updated_at`` is that too, but for a first release: old news that came in today stays dated as it was.
    """

    id: str
    uri: str
    address: str
    title: str
    summary: str  # plain text
    body: str  # sanitised HTML, or empty where feeds give the summary alone
    published_at: datetime
    updated_at: datetime
    since: datetime
    language: str
    authors: list[tuple[str, str]]  # name, absolute address or ""
    tags: list[str]
    notes: list[str]  # corrections in sentences, newest first
    image: Image | None

    @property
    def html(self) -> str:
        """The text with the corrections, as HTML that is safe anywhere; empty where feeds give the summary alone."""
        return self.body and self.body + self._notes

    @property
    def summary_html(self) -> str:
        """The summary with the corrections, as HTML that is safe anywhere."""
        told = escape(self.summary)
        return (f"<p>{told}</p>" if told else "") + self._notes if self.notes else told

    @property
    def _notes(self):
        return "".join(f"<p><em>{escape(note)}</em></p>" for note in self.notes)

    @property
    def plain(self) -> str:
        """The summary with the corrections, as plain text."""
        return "\n\n".join([one for one in (self.summary, *self.notes) if one])


@dataclass(frozen=True)
class Feed:
    title: str
    description: str
    page: str  # absolute addresses: of the list itself, and of the feed
    address: str
    language: str
    site_name: str
    home: str
    updated_at: datetime
    icon: str
    hub: str = ""
    entries: list[Entry] = field(default_factory=list)


def entry(request, release, at) -> Entry:
    """That release, read with its document, as a feed shows it at that instant."""
    document, language = release.document, release.language
    return Entry(
        id=release.public_id,
        uri=uri_of(release.public_id),
        address=addresses.absolute(request, addresses.story(language, release.public_id, release.slug)),
        title=release.headline,
        summary=release.standfirst,
        body=_body(request, document) if settings.FEED_TEXT == "full" else "",
        published_at=release.published_at,
        updated_at=release.live_from if release.is_updated else release.published_at,
        since=release.live_from,
        language=document["language"],
        authors=[_author(request, line, language) for line in document["bylines"]],
        tags=list(dict.fromkeys(one["name"] for one in (*document["regions"], *document["topics"]))),
        notes=[_note(note) for note in telling.notes(document)],
        image=_image(request, release, at),
    )


def changes(release, at) -> datetime:
    """The last instant, until that one, at which the release began, or began or ceased to show its picture."""
    edges = [release.live_from]
    for one in [release.picture, *release.picture.get("next", [])] if release.picture else []:
        edges += [datetime.fromisoformat(one[edge]) for edge in ("from", "until") if one.get(edge)]
    return max(edge for edge in edges if edge <= at)


def _author(request, line, language):
    address = addresses.author(language, line["slug"]) if line["slug"] else ""
    return line["name"], addresses.absolute(request, address) if address else ""


def _body(request, document):
    return _OWN_LINK.sub(rf"\g<1>{addresses.absolute(request, '/')}", document["body"])


def _note(note):
    day = timezone.localtime(note["at"], timezone.get_default_timezone())
    return f"{note['kind']} ({day:%Y-%m-%d %H:%M}): {note['note']}"


def _image(request, release, at):
    shown = pictures.of_card(release.picture, at)
    crop = shown and shown.crops.get("16x9")
    if not crop:
        return None
    return Image(
        address=addresses.absolute(request, crop["file"]),
        width=crop["width"],
        height=crop["height"],
        size=crop.get("size", 0),
        alt=shown.alt,
        caption=shown.caption,
        credit=shown.credit,
    )


def surroundings(language) -> dict:
    """What feeds of that edition say of the site."""
    return {"language": language, "site_name": words.site_name(), "hub": settings.WEBSUB_HUB}
