"""Sitemaps (https://www.sitemaps.org/protocol.html): one index, a file of stories for each month and edition, one for
the lists of each edition, and one of the news of two days.

No file needs a count or an offset, and each is written as it is read: it takes no more memory at fifty thousand
stories than at one. A month with more than a file may hold is told day by day instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from . import addresses, http, pictures, rows, words
from .views.archive import local_day, months_between, next_month
from .xml import Writer

_NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
    "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
}
MOST = 50_000
NEWS, NEWS_FOR = 1000, timedelta(days=2)
_AT_ONCE = 200  # entries in one piece of a file


@dataclass(frozen=True)
class Entry:
    """One page as a sitemap names it, by absolute addresses."""

    address: str
    changed: datetime | None = None
    image: str = ""
    also: list[tuple[str, str]] = field(default_factory=list)  # the same in each edition, itself among them
    news: tuple[str, str, datetime, str] | None = None  # publication, language, date, title


@http.public()
def index(request, language):
    at = timezone.now()
    names = ["news"]
    for edition, _name in settings.LANGUAGES:
        names.append(f"pages-{edition}")
        if ends := rows.ends(edition, at):
            months = months_between(*(local_day(instant) for instant in ends))
            names += [f"stories-{edition}-{name}" for name in _filled(months, edition, at)]
    xml = Writer()
    with xml.inside("sitemapindex", xmlns=_NAMESPACES["xmlns"]):
        for name in names:
            with xml.inside("sitemap"):
                xml.leaf("loc", addresses.absolute(request, f"/sitemaps/{name}.xml"))
    return HttpResponse(xml.taken(), content_type="application/xml; charset=utf-8")


def _filled(months, edition, at):
    """The names of those months that hold stories; of one that holds too many for a file, of its days."""
    spans = [(month, next_month(month)) for month in months]
    filled = rows.with_stories(spans, edition, at)
    full = rows.fuller_than(MOST, spans, edition)
    days = [
        first + timedelta(days=day)
        for first, end in (spans[number] for number in sorted(full))
        for day in range((end - first).days)
    ]
    with_days = rows.with_stories([(day, day + timedelta(days=1)) for day in days], edition, at)
    yield from (f"{months[number]:%Y-%m}" for number in sorted(filled - full))
    yield from (f"{days[number]:%Y-%m-%d}" for number in sorted(with_days))


@http.public()
def stories(request, language, edition, year, month, day=None):
    at = timezone.now()
    try:
        first = date(int(year), int(month), int(day or 1))
        end = first + timedelta(days=1) if day else next_month(first)
    except (ValueError, OverflowError) as error:
        raise Http404("There is no such month.") from error
    span = rows.day_begins(first), rows.day_begins(end)
    changed = rows.last_change(rows.HOME, edition, at, since=span[0], until=span[1])
    listed = rows.in_sitemap(edition, at, *span)[:MOST]
    if changed is None or not listed.exists():
        raise Http404("Nothing was published then.")
    if pictures_changed := rows.pictures_changed(edition, at, *span):
        changed = max(changed, pictures_changed)
    unchanged = get_conditional_response(request, last_modified=int(changed.timestamp()))
    if unchanged is None:
        also = rows.translations(edition, at, *span)
        unchanged = _answer(_story(request, row, at, also) for row in listed.iterator(chunk_size=1000))
    unchanged["Last-Modified"] = http_date(changed.timestamp())
    return unchanged


def _story(request, row, at, also=None):
    def address(edition, slug, public_id):
        return addresses.absolute(request, addresses.story(edition, public_id, slug))

    own = address(row["language"], row["release__slug"], row["public_id"])
    translated = (also or {}).get(row["public_id"], ())
    others = [(one.language, address(one.language, one.slug, one.public_id)) for one in translated]
    image = _image(row, at)
    return Entry(
        address=own,
        changed=row["live_from"],
        image=image and addresses.absolute(request, addresses.media(image)),
        also=[(row["language"], own), *others] if others else [],
    )


def _image(row, at):
    """The file of the story's picture, or of the next of its pictures that may be shown at that instant."""
    # SQLite gives the word for what JSON says is nothing.
    edges = (None if row[edge] in (None, "null") else row[edge] for edge in ("image_from", "image_until"))
    begins, ends = (edge and datetime.fromisoformat(edge) for edge in edges)
    if row["image"] and (begins is None or begins <= at) and (ends is None or ends > at):
        return row["image"]
    found = next((one for one in row["image_next"] or () if pictures.usable(one, at)), None)
    return found["crops"].get("16x9", {}).get("file", "") if found else ""


@http.public()
def pages(request, language, edition):
    at = timezone.now()
    other = addresses.other_edition(edition)
    fixed = (addresses.home, addresses.latest, addresses.regions, addresses.topics, addresses.sources)
    fixed += (addresses.archive, addresses.corrections, addresses.programs)
    entries = [_page(request, edition, other, address) for address in fixed]
    written = rows.fixed_pages()
    for slug, changed in written[edition].items():
        there = other if slug in written[other] else ""
        entries.append(replace(_page(request, edition, there, addresses.fixed, slug), changed=changed))
    for kind, names in rows.names_heard(edition, at).items():
        there = set(rows.names_heard(other, at, kinds=[kind])[kind])
        for name in names:
            entries.append(_page(request, edition, other if name in there else "", getattr(addresses, kind), name))
    return _answer(entries[:MOST])


def _page(request, edition, other, address, *name):
    own = addresses.absolute(request, address(edition, *name))
    also = [(edition, own), (other, addresses.absolute(request, address(other, *name)))] if other else []
    return Entry(own, also=also)


@http.public()
def news(request, language):
    """What was published in the last two days, the newest first (Google's news sitemap)."""
    at = timezone.now()
    names = {}
    for edition, _name in settings.LANGUAGES:
        with translation.override(edition):
            names[edition] = words.site_name()
    entries = []
    for row in rows.latest_everywhere(at, at - NEWS_FOR)[:NEWS]:
        entry = _story(request, row, at)
        told = (names[row["language"]], row["language"], row["published_at"], row["release__headline"])
        entries.append(Entry(entry.address, entry.changed, entry.image, news=told))
    return _answer(entries)


def _answer(entries: Iterable[Entry]):
    return StreamingHttpResponse(_written(entries), content_type="application/xml; charset=utf-8")


def _written(entries):
    xml = Writer()
    with xml.inside("urlset", **_NAMESPACES):
        for number, entry in enumerate(entries, start=1):
            with xml.inside("url"):
                _write(xml, entry)
            if number % _AT_ONCE == 0:
                yield xml.taken()
    yield xml.taken()


def _write(xml, entry):
    xml.leaf("loc", entry.address)
    if entry.changed:
        xml.leaf("lastmod", entry.changed.isoformat(timespec="seconds"))
    for language, address in entry.also:
        xml.leaf("xhtml:link", rel="alternate", hreflang=language, href=address)
    if entry.image:
        with xml.inside("image:image"):
            xml.leaf("image:loc", entry.image)
    if entry.news:
        name, language, published_at, title = entry.news
        with xml.inside("news:news"):
            with xml.inside("news:publication"):
                xml.leaf("news:name", name)
                xml.leaf("news:language", language)
            xml.leaf("news:publication_date", published_at.isoformat(timespec="seconds"))
            xml.leaf("news:title", title)
