"""Lists of stories by place: everything by its time, region, topic, source, author."""

from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import cache_keys
from articles.models import Author, Source, Topic
from articles.readers import addresses, cursors, http, jsonld, places, rows, sharing, words
from articles.readers.cards import Link, cards

ALIASES = 12  # of a source, those that its page tells


@dataclass
class Counted(Link):
    """A name with an address, and how many stories stand there; None where nobody has counted them yet."""

    stories: int | None = None


def list_page(
    request,
    language,
    at,
    *,
    template,
    place,
    address,
    other,
    title,
    context=None,
    known=True,
    steps=(),
    names=(),
    **told,
):
    """The page of one list, wherever it is: its stretch, its neighbours, its feed.

    ``known`` is :func:`articles.readers.places.is_known` of the place: whether it is there without any story. ``title``
    and ``description`` are for links to it, ``about`` (and ``kind``) for ``jsonld.collection``. ``names`` are the cache
    keys of what it names, where that is more than its place.
    """
    try:
        stretch = cursors.stretch(partial(rows.page_of, place, language, at), request.GET)
    except cursors.AtTop:
        return http.Moved(address, status=302)
    if not stretch.releases and not known and not rows.heard_anywhere(place, at):
        raise Http404("Nobody has heard of it yet.")
    listed = cards(stretch.releases, at)
    canonical = address + cursors.asked(request.GET)
    keys = [cache_keys.at_place(place, language)] if stretch.is_first else further_down(place, language, listed)
    return http.Page(
        template,
        {
            "cards": listed,
            "lead": listed[0] if listed and stretch.is_first and listed[0].picture else None,
            "list_address": address,
            "older": stretch.older,
            "newer": stretch.newer,
            "is_first": stretch.is_first,
            "steps": [Link(name, step) for name, step in steps],
            **(context or {}),
        },
        at=at,
        other=other if stretch.is_first else "",
        feed=addresses.feed(address),
        canonical=canonical,
        # An empty list is nothing that a search engine should send people to, nor one read upwards, whose stories
        # stand on the pages read downwards.
        noindex=not listed or "after" in request.GET,
        keys=[*keys, *(names or [cache_keys.named(*place.split(":", 1))] if ":" in place else [])],
        **told_of(request, language, title, canonical, listed, steps, **told),
    )


def further_down(place, language, listed) -> list[str]:
    """The cache keys of a page of that list below its first."""
    keys = [cache_keys.story(one.public_id) for one in listed]
    months = {timezone.localdate(one.published_at, timezone.get_default_timezone()).replace(day=1) for one in listed}
    return [*(cache_keys.in_month(place, language, month) for month in sorted(months)), *keys]


def told_of(request, language, title, address, listed, steps, description="", about=None, kind="CollectionPage"):
    """What a list says of itself to machines, and to whoever shows a link to it."""
    site = jsonld.Site.of(request, language)
    url = site.absolute(address)
    described = [
        jsonld.collection(site, name=title, url=url, cards=listed, about=about and about(site), kind=kind),
        jsonld.breadcrumb([(name, site.absolute(step)) for name, step in steps]),
    ]
    image = sharing.first_image(request, listed)
    return {
        "share": sharing.Share(f"{title} – {words.site_name()}", description, image),
        "described": described,
    }


@http.public()
def latest(request, language):
    at = timezone.now()
    address = addresses.latest(language)
    page = list_page(
        request,
        language,
        at,
        template="readers/latest.html",
        place=rows.HOME,
        address=address,
        other=addresses.latest(addresses.other_edition(language)),
        context={"name": _("Latest")},
        steps=[(_("Latest"), address)],
        title=_("Latest"),
        description=_("Every story by the time at which it was published, the newest first."),
    )
    if isinstance(page, http.Page):
        listed = page.context["cards"]
        days = groupby(listed, key=lambda one: timezone.localdate(one.published_at, timezone.get_default_timezone()))
        page.context |= {"days": [(day, list(same)) for day, same in days], "lead": None}
    return page


@http.public()
def region(request, language, path):
    at = timezone.now()
    line = rows.region_line(path, language)
    if not line:
        thing, rest = places.moved("region", path)
        return http.Moved(addresses.region(language, f"{thing.path}/{rest}" if rest else thing.path))
    here = line[-1]
    address = addresses.region(language, path)
    steps = [(_("Regions"), addresses.regions(language))]
    steps += [(one.shown_name(language), addresses.region(language, one.path)) for one in line]
    return list_page(
        request,
        language,
        at,
        template="readers/region.html",
        place=places.place("region", here.code),
        address=address,
        other=addresses.region(addresses.other_edition(language), path),
        context={
            "name": here.shown_name(language),
            "kind": str(words.REGION_KINDS[here.kind]),
            "code": here.code,
            "above": Link(*steps[-2]),
            "map": rows.map_of(here),
            **_beside(here, language, at, region=here),
        },
        steps=steps,
        names=[cache_keys.named("region", one.code) for one in line],
        title=here.shown_name(language),
        description=_("News from %(name)s: the latest stories.") % {"name": here.shown_name(language)},
        about=lambda site: jsonld.place(
            site, {"code": here.code, "path": here.path, "name": here.shown_name(language)}
        ),
    )


@http.public()
def topic(request, language, slug):
    at = timezone.now()
    here = rows.counted(Topic.objects.filter(slug=slug).defer("keywords"), "topic", language).first()
    if here is None:
        thing, _rest = places.moved("topic", slug)
        return http.Moved(addresses.topic(language, thing.slug))
    name = here.shown_name(language)
    address = addresses.topic(language, slug)
    return list_page(
        request,
        language,
        at,
        template="readers/topic.html",
        place=places.place("topic", here.code),
        address=address,
        other=addresses.topic(addresses.other_edition(language), slug),
        known=places.is_known("topic", here.code),
        context={
            "name": name,
            "code": here.code,
            "description": here.description if language == settings.LANGUAGE_CODE else "",
            **_beside(here, language, at),
        },
        steps=[(_("Topics"), addresses.topics(language)), (name, address)],
        title=name,
        description=(here.description if language == settings.LANGUAGE_CODE else "")
        or _("%(name)s: the latest stories.") % {"name": name},
        about=lambda site: jsonld.topic(site, {"code": here.code, "slug": here.slug, "name": name}),
    )


@http.public()
def source(request, language, slug):
    at = timezone.now()
    here = rows.counted(Source.objects.filter(slug=slug).select_related("region"), "source", language).first()
    if here is None:
        thing, _rest = places.moved("source", slug)
        return http.Moved(addresses.source(language, thing.slug))
    name = here.shown_name(language)
    address = addresses.source(language, slug)
    return list_page(
        request,
        language,
        at,
        template="readers/source.html",
        place=places.place("source", here.code),
        address=address,
        other=addresses.source(addresses.other_edition(language), slug),
        known=places.is_known("source", here.code),
        context={
            "name": name,
            "code": here.code,
            "short_name": here.short_name if here.short_name != name else "",
            "kind": str(words.SOURCE_KINDS[here.kind]),
            "credit": here.credit,
            "website": here.website,
            "description": here.description if language == settings.LANGUAGE_CODE else "",
            "aliases": [str(one) for one in here.aliases if one not in (name, here.short_name)][:ALIASES],
            "based": Link(here.region.shown_name(language), addresses.region(language, here.region.path))
            if here.region
            else None,
            **_beside(here, language, at),
        },
        steps=[(_("Sources"), addresses.sources(language)), (name, address)],
        title=name,
        description=_("Stories that rest on %(name)s.") % {"name": name},
        about=lambda site: jsonld.source(site, {"name": name, "slug": here.slug, "kind": here.kind}),
    )


@http.public()
def author(request, language, slug):
    at = timezone.now()
    here = rows.counted(Author.objects.filter(slug=slug), "author", language).first()
    if here is None:
        thing, _rest = places.moved("author", slug)
        # Whom nobody has read yet, nobody is led to either.
        if not rows.heard_anywhere(places.place("author", thing.code), at):
            raise Http404("Nobody has heard of it yet.")
        return http.Moved(addresses.author(language, thing.slug))
    name = here.shown_name(language)
    address = addresses.author(language, slug)
    return list_page(
        request,
        language,
        at,
        template="readers/author.html",
        place=places.place("author", here.code),
        address=address,
        other=addresses.author(addresses.other_edition(language), slug),
        known=False,
        context={"name": name, "role": here.role, "about": here.about, **_beside(here, language, at)},
        steps=[(name, address)],
        title=name,
        description=_("Stories by %(name)s.") % {"name": name},
        about=lambda site: {"@type": "Person", "name": name, "url": site.absolute(address)},
        kind="ProfilePage",
    )


def _beside(here, language, at, *, region=None) -> dict:
    """What was counted at that place, and what stands beside its list: every name as it is called now."""
    topics, sources = (dict(counted or ()) for counted in (here.counted_topics, here.counted_sources))
    named = rows.around(language, at, region=region, topics=list(topics), sources=list(sources))
    found = {kind: [one for one in named if one.kind == kind] for kind in ("region", "grouping", "topic", "source")}

    def linked(kind, address, stories):
        links = [
            Counted(one.shown_name(language), address(language, one.path), one.region_kind, stories(one))
            for one in found[kind]
        ]
        return sorted(links, key=lambda link: (-(link.stories or 0), link.name))

    return {
        "stories": here.counted_stories,
        "within": linked("region", addresses.region, lambda one: one.stories),
        "groupings": linked("grouping", addresses.region, lambda one: one.stories),
        "topics_here": linked("topic", addresses.topic, lambda one: topics[one.code]),
        "sources_here": linked("source", addresses.source, lambda one: sources[one.code]),
    }
