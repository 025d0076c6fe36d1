"""Sitemaps: one index, one file a month and edition, one for the lists. No file needs a count or an offset."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator

from articles.models import Listing, Region, Source, Topic

from . import addresses, http, rows
from .views.archive import local_day, months_between, next_month

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000


@http.public()
def index(request, language):
    at = timezone.now()
    names = []
    for edition, _name in settings.LANGUAGES:
        names.append(f"pages-{edition}")
        if ends := rows.ends(edition, at):
            months = months_between(*(local_day(instant) for instant in ends))
            filled = rows.with_stories([(month, next_month(month)) for month in months], edition, at)
            names += [f"stories-{edition}-{months[number]:%Y-%m}" for number in sorted(filled)]
    entries = [(addresses.absolute(request, f"/sitemaps/{name}.xml"), None) for name in names]
    return _answer("sitemapindex", "sitemap", entries)


@http.public()
def stories(request, language, edition, year, month):
    at = timezone.now()
    try:
        first = date(int(year), int(month), 1)
        end = next_month(first)
    except (ValueError, OverflowError) as error:
        raise Http404("There is no such month.") from error
    listed = (
        Listing.objects.at_place(rows.HOME, edition, at)
        .filter(published_at__gte=rows.day_begins(first), published_at__lt=rows.day_begins(end))
        .values_list("public_id", "release__slug", "live_from")[:MOST]
    )
    entries = [
        (addresses.absolute(request, addresses.story(edition, public_id, slug)), live_from)
        for public_id, slug, live_from in listed
    ]
    if not entries:
        raise Http404("Nothing was published in that month.")
    return _answer("urlset", "url", entries)


@http.public()
def pages(request, language, edition):
    at = timezone.now()
    paths = [addresses.home(edition)]
    paths += [address(edition) for address in (addresses.regions, addresses.topics, addresses.sources)]
    paths += [addresses.archive(edition), addresses.corrections(edition)]
    for model, kind, key in ((Region, "region", "path"), (Topic, "topic", "slug"), (Source, "source", "slug")):
        names = rows.heard(model.objects.order_by(key), kind, edition, at).values_list(key, flat=True)
        paths += [getattr(addresses, kind)(edition, name) for name in names]
    return _answer("urlset", "url", [(addresses.absolute(request, path), None) for path in paths])


def _answer(root, element, entries):
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement(root, {"xmlns": NAMESPACE})
    for address, changed in entries:
        xml.startElement(element, {})
        xml.addQuickElement("loc", address)
        if changed:
            xml.addQuickElement("lastmod", changed.isoformat(timespec="seconds"))
        xml.endElement(element)
    xml.endElement(root)
    xml.endDocument()
    return response
