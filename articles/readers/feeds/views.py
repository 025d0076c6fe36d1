"""The feeds of every list: what it shows on its first page, but for what its agency lets nobody pass on."""

from django.http import Http404, HttpResponse
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from articles import cache_keys
from articles import search as fulltext
from articles.models import Author, Region, Source, Topic
from articles.readers import addresses, http, places, rows, words
from articles.readers.asking import LONGEST, Asked
from articles.readers.views.archive import local_day, published_day

from . import entries
from .formats import FORMATS

ITEMS = 30
_FOUND_BY = {
    "region": (Region, "path"),
    "topic": (Topic, "slug"),
    "source": (Source, "slug"),
    "author": (Author, "slug"),
}


@http.public()
def home(request, language, format):
    title = words.site_name()
    return _of_list(request, language, format, rows.HOME, title, _("The latest stories"), addresses.home(language))


@http.public()
def latest(request, language, format):
    """The same as the front page's, under the address of the page that lists everything."""
    title = _titled(_("Latest"))
    return _of_list(request, language, format, rows.HOME, title, _("The latest stories"), addresses.latest(language))


@http.public()
def place(request, language, kind, name, format):
    at = timezone.now()
    model, key = _FOUND_BY[kind]
    thing = model.objects.filter(**{key: name}).first()
    if thing is None:
        thing, rest = places.moved(kind, name)
        known = kind != "author" or rows.heard_anywhere(places.place(kind, thing.code), at)
        if not known:
            raise Http404("Nobody has heard of it yet.")
        now = "/".join(part for part in (getattr(thing, key), rest) if part)
        return http.Moved(addresses.feed(getattr(addresses, kind)(language, now), format))
    title = _titled(thing.shown_name(language))
    here = places.place(kind, thing.code)
    known = places.is_known(kind, thing.code)
    page = getattr(addresses, kind)(language, name)
    return _of_list(request, language, format, here, title, title, page, known=known)


@http.public()
def day(request, language, year, month, day, format):
    here = published_day(year, month, day, timezone.now())
    title = _titled(here.isoformat())
    page = addresses.day(language, here)
    return _of_list(request, language, format, f"day:{here.isoformat()}", title, title, page, known=False)


@http.public()
def search(request, language, format):
    """The newest of what a search finds, narrowed as its page is; of nothing, or too much, nothing."""
    at = timezone.now()
    asked = Asked.read(request.GET).but(sort="")
    query = "" if asked.is_too_long else asked.q
    found = fulltext.find_released(query, language, at=at, within=asked.within, by_time=True)
    releases = rows.passed_on([hit.release_id for hit in found.hits[: ITEMS * 4]], at)[:ITEMS]
    asked = asked.but(q=asked.q[:LONGEST])
    response = _answer(
        request,
        language,
        format,
        releases,
        at,
        title=_titled(f"{_('Search')}: {asked.q}" if asked.q else _("Search")),
        description=_("What was found for a search, the newest first"),
        page=asked.address(language),
        address=asked.feed(language, format),
        changed=max((entries.changes(release, at) for release in releases), default=rows.day_begins(local_day(at))),
        may_go_back=True,
    )
    response["X-Robots-Tag"] = "noindex"
    response.keys = [cache_keys.search(language)]
    return response


def _titled(name):
    return _("%(name)s – %(site)s") % {"name": name, "site": words.site_name()}


def _of_list(request, language, format, where, title, description, page, *, known=True):
    at = timezone.now()
    releases = rows.newest_passed_on(where, language, at, ITEMS)
    if not releases and not known and not rows.heard_anywhere(where, at):
        raise Http404("Nobody has heard of it yet.")
    oldest = releases[-1].published_at if len(releases) == ITEMS else None
    changed = [entries.changes(release, at) for release in releases]
    changed.append(rows.last_change(where, language, at, since=oldest) or rows.day_begins(local_day(at)))
    response = _answer(
        request,
        language,
        format,
        releases,
        at,
        title=title,
        description=description,
        page=page,
        address=addresses.feed(page, format),
        changed=max(changed),
    )
    response.keys = [cache_keys.at_place(where, language)]
    if ":" in where:
        response.keys.append(cache_keys.named(*where.split(":", 1)))
    return response


def _answer(request, language, format, releases, at, *, title, description, page, address, changed, may_go_back=False):
    """The feed of these releases. ``may_go_back``: ``changed`` does not tell of what has left, the ETag does."""
    feed = entries.Feed(
        title=title,
        description=description,
        page=addresses.absolute(request, page),
        address=addresses.absolute(request, address),
        home=addresses.absolute(request, addresses.home(language)),
        updated_at=changed,
        icon=addresses.absolute(request, static(addresses.ICON)),
        entries=[entries.entry(request, release, at) for release in releases],
        **entries.surroundings(language),
    )
    made = FORMATS[format]
    etag = http.etag_of(format, feed)
    last_modified = None if may_go_back else int(changed.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=last_modified)
    if response is None:
        response = HttpResponse(made.write(feed), content_type=f"{made.content_type}; charset=utf-8")
    response["ETag"] = etag
    if last_modified is not None:
        response["Last-Modified"] = http_date(last_modified)
    response["Access-Control-Allow-Origin"] = "*"
    links = [f'<{feed.address}>; rel="self"']
    response["Link"] = ", ".join([f'<{feed.hub}>; rel="hub"', *links] if feed.hub else links)
    return response
