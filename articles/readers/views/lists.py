"""Lists of stories by place: region, topic, source, author. And the indexes of the first three."""

from dataclasses import asdict

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Author, Region, Source, Topic
from articles.readers import addresses, cursors, http, jsonld, places, rows, sharing, words
from articles.readers.cards import Link, cards


def list_page(
    request, language, at, *, template, place, address, other, title, context=None, known=True, steps=(), **told
):
    """The page of one list, wherever it is: its stretch, its neighbours, its feed.

    ``known`` is :func:`articles.readers.places.is_known` of the place: whether it is there without any story. ``title``
    and ``description`` are for links to it, ``about`` (and ``kind``) for ``jsonld.collection``.
    """
    try:
        stretch = cursors.stretch(rows.cards_at(place, language, at), request.GET)
    except cursors.AtTop:
        return http.Moved(address, status=302)
    if not stretch.releases and not known and not rows.heard_anywhere(place, at):
        raise Http404("Nobody has heard of it yet.")
    query = f"?{request.GET.urlencode()}" if not stretch.is_first else ""
    listed = cards(stretch.releases, at)
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
        canonical=address + query,
        # An empty list is nothing that a search engine should send people to.
        noindex=not listed,
        **_told(request, language, title, address + query, listed, steps, **told),
    )


def _told(request, language, title, address, listed, steps, description="", about=None, kind="CollectionPage"):
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
    within = [
        Link(one.shown_name(language), addresses.region(language, one.path), one.kind)
        for one in rows.regions_within(here, language, at)
    ]
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
            "within": [asdict(link) for link in within],
            "map": rows.map_of(here),
        },
        steps=steps,
        title=here.shown_name(language),
        description=_("News from %(name)s: the latest stories.") % {"name": here.shown_name(language)},
        about=lambda site: jsonld.place(
            site, {"code": here.code, "path": here.path, "name": here.shown_name(language)}
        ),
    )


@http.public()
def topic(request, language, slug):
    at = timezone.now()
    here = Topic.objects.filter(slug=slug).defer("keywords").first()
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
        context={"name": name, "description": here.description if language == settings.LANGUAGE_CODE else ""},
        steps=[(_("Topics"), addresses.topics(language)), (name, address)],
        title=name,
        description=(here.description if language == settings.LANGUAGE_CODE else "")
        or _("%(name)s: the latest stories.") % {"name": name},
        about=lambda site: jsonld.topic(site, {"code": here.code, "slug": here.slug, "name": name}),
    )


@http.public()
def source(request, language, slug):
    at = timezone.now()
    here = Source.objects.filter(slug=slug).defer("aliases").first()
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
            "short_name": here.short_name if here.short_name != name else "",
            "kind": str(words.SOURCE_KINDS[here.kind]),
            "credit": here.credit,
            "website": here.website,
            "description": here.description if language == settings.LANGUAGE_CODE else "",
        },
        steps=[(_("Sources"), addresses.sources(language)), (name, address)],
        title=name,
        description=_("Stories that rest on %(name)s.") % {"name": name},
        about=lambda site: jsonld.source(site, {"name": name, "slug": here.slug, "kind": here.kind}),
    )


@http.public()
def author(request, language, slug):
    at = timezone.now()
    here = Author.objects.filter(slug=slug).first()
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
        context={"name": name, "role": here.role, "about": here.about},
        steps=[(name, address)],
        title=name,
        description=_("Stories by %(name)s.") % {"name": name},
        about=lambda site: {"@type": "Person", "name": name, "url": site.absolute(address)},
        kind="ProfilePage",
    )


@http.public()
def regions(request, language):
    at = timezone.now()
    found = list(rows.regions_heard(language, at))

    def links(kind, under=""):
        return [
            asdict(Link(one.shown_name(language), addresses.region(language, one.path)))
            for one in found
            if one.kind == kind and one.path.startswith(under)
        ]

    continents = [
        {
            **asdict(Link(one.shown_name(language), addresses.region(language, one.path))),
            "countries": links(Region.Kind.COUNTRY, f"{one.path}/"),
        }
        for one in found
        if one.kind == Region.Kind.CONTINENT
    ]
    return http.Page(
        "readers/regions.html",
        {
            "world": addresses.region(language, "world"),
            "continents": continents,
            "groupings": links(Region.Kind.GROUPING),
        },
        at=at,
        other=addresses.regions(addresses.other_edition(language)),
        **_index(request, language, _("Regions"), _("The places that our stories are set in."), addresses.regions),
    )


@http.public()
def topics(request, language):
    at = timezone.now()
    found = list(rows.heard(Topic.objects.defer("keywords", "description"), "topic", language, at))
    by_parent: dict[int, list] = {}
    for one in found:
        by_parent.setdefault(one.parent_id or one.pk, []).append(one)
    groups = []
    for group in by_parent.values():
        # A story on a topic is listed at its parent too, so the parent is among them.
        head = next((one for one in group if one.parent_id is None), group[0])
        groups.append(
            {
                **asdict(Link(head.shown_name(language), addresses.topic(language, head.slug))),
                "topics": [
                    asdict(Link(one.shown_name(language), addresses.topic(language, one.slug)))
                    for one in group
                    if one is not head
                ],
            }
        )
    groups.sort(key=lambda group: group["name"])
    return http.Page(
        "readers/topics.html",
        {"groups": groups},
        at=at,
        other=addresses.topics(addresses.other_edition(language)),
        **_index(request, language, _("Topics"), _("What our stories are about."), addresses.topics),
    )


@http.public()
def sources(request, language):
    at = timezone.now()
    found = rows.heard(Source.objects.defer("aliases"), "source", language, at).order_by("name")
    by_kind: dict[str, list] = {}
    for one in found:
        link = asdict(Link(one.shown_name(language), addresses.source(language, one.slug), one.short_name))
        by_kind.setdefault(one.kind, []).append(link)
    groups = [
        {"name": str(label), "sources": by_kind[kind]}
        for kind, label in words.SOURCE_KINDS_PLURAL.items()
        if kind in by_kind
    ]
    return http.Page(
        "readers/sources.html",
        {"groups": groups},
        at=at,
        other=addresses.sources(addresses.other_edition(language)),
        **_index(
            request,
            language,
            _("Our sources"),
            _("Whom our stories rest on. Each story names its own at its end."),
            addresses.sources,
        ),
    )


def _index(request, language, title, description, address):
    """What an index of lists says of itself to machines."""
    return _told(request, language, title, address(language), [], [(title, address(language))], description)
