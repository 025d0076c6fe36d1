"""RSS 2.0 of every list: what it shows on its first page, but for what its agency lets nobody pass on."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.translation import gettext as _

from articles.models import Author, Region, Source, Topic

from . import addresses, cards, http, places, rows, words
from .views.archive import local_day, published_day

ITEMS = 30
_FOUND_BY = {
    "region": (Region, "path"),
    "topic": (Topic, "slug"),
    "source": (Source, "slug"),
    "author": (Author, "slug"),
}


class Feed(Rss201rev2Feed):
    """RSS 2.0 with each picture's address, and the language of the edition."""

    content_type = "application/rss+xml; charset=utf-8"

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", item["changed"].isoformat(timespec="milliseconds"))

    def latest_post_date(self):
        # Of an empty feed Django would say "now", which no cache could ever find unchanged.
        return super().latest_post_date() if self.items else self.feed["began"]


@http.public()
def home(request, language):
    title = words.site_name()
    return _feed(request, language, rows.HOME, title, _("The latest stories"), addresses.home(language))


@http.public()
def place(request, language, kind, name):
    at = timezone.now()
    model, key = _FOUND_BY[kind]
    thing = model.objects.filter(**{key: name}).first()
    if thing is None:
        thing, rest = places.moved(kind, name)
        known = kind != "author" or rows.heard_anywhere(places.place(kind, thing.code), at)
        if not known:
            raise Http404("Nobody has heard of it yet.")
        now = "/".join(part for part in (getattr(thing, key), rest) if part)
        return http.Moved(addresses.feed(getattr(addresses, kind)(language, now)))
    shown = thing.shown_name(language)
    title = _("%(name)s – %(site)s") % {"name": shown, "site": words.site_name()}
    here = places.place(kind, thing.code)
    known = places.is_known(kind, thing.code)
    return _feed(request, language, here, title, title, getattr(addresses, kind)(language, name), known=known)


@http.public()
def day(request, language, year, month, day):
    here = published_day(year, month, day, timezone.now())
    title = _("%(name)s – %(site)s") % {"name": here.isoformat(), "site": words.site_name()}
    return _feed(request, language, f"day:{here.isoformat()}", title, title, addresses.day(language, here), known=False)


def _feed(request, language, where, title, description, address, *, known=True):
    at = timezone.now()
    # A feed passes stories on: those that may not be are read here alone.
    passed_on = rows.cards_at(where, language, at).filter(release__no_syndication=False)
    releases = [row.release for row in passed_on[:ITEMS]]
    if not releases and not known and not rows.heard_anywhere(where, at):
        raise Http404("Nobody has heard of it yet.")
    listed = cards.cards(releases, at)
    feed = Feed(
        title=title,
        link=addresses.absolute(request, address),
        description=description,
        language=language,
        feed_url=addresses.absolute(request, addresses.feed(address)),
        ttl="5",
        began=rows.day_begins(local_day(at)),
    )
    for item, release in zip(listed, releases, strict=True):
        picture = item.picture.crops.get("16x9") if item.picture else None
        feed.add_item(
            title=item.headline,
            link=addresses.absolute(request, item.address),
            description=item.standfirst,
            pubdate=item.published_at,
            changed=release.live_from,
            unique_id=item.public_id,
            unique_id_is_permalink=False,
            categories=[item.kicker] if item.kicker else [],
            enclosures=[_enclosure(request, picture)] if picture else [],
        )
    etag = http.etag_of(feed.feed, listed)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(content_type=Feed.content_type)
        feed.write(response, "utf-8")
    response["ETag"] = etag
    return response


def _enclosure(request, picture):
    size = str(picture.get("size", 0))  # releases of before this was kept have none
    return Enclosure(addresses.absolute(request, picture["file"]), size, "image/jpeg")
