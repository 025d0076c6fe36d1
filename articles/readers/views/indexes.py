"""The indexes of regions, topics and sources: those that have a story, each with how many were counted."""

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Region, Source, Topic
from articles.readers import addresses, http, rows, words

from .lists import Counted, told_of


@http.public()
def regions(request, language):
    at = timezone.now()
    found = list(rows.regions_heard(language, at))

    def link(one):
        return Counted(one.shown_name(language), addresses.region(language, one.path), one.kind, one.counted_stories)

    def links(kind, under=""):
        found_so = [link(one) for one in found if one.kind == kind and one.path.startswith(under)]
        return sorted(found_so, key=lambda one: one.name)

    world = next((one.counted_stories for one in found if one.kind == Region.Kind.WORLD), None)
    return http.Page(
        "readers/regions.html",
        {
            "world": addresses.region(language, "world"),
            "stories": world,
            "continents": [
                {"link": link(one), "countries": links(Region.Kind.COUNTRY, f"{one.path}/")}
                for one in found
                if one.kind == Region.Kind.CONTINENT
            ],
            "groupings": links(Region.Kind.GROUPING),
        },
        at=at,
        other=addresses.regions(addresses.other_edition(language)),
        **_index(request, language, _("Regions"), _("The places that our stories are set in."), addresses.regions),
    )


@http.public()
def topics(request, language):
    at = timezone.now()
    heard = rows.heard(Topic.objects.defer("keywords", "description"), "topic", language, at)
    by_parent: dict[int, list] = {}
    for one in rows.counted(heard, "topic", language):
        by_parent.setdefault(one.parent_id or one.pk, []).append(one)

    def link(one):
        return Counted(one.shown_name(language), addresses.topic(language, one.slug), "", one.counted_stories)

    groups = []
    for group in by_parent.values():
        # A story on a topic is listed at its parent too, so the parent is among them.
        head = next((one for one in group if one.parent_id is None), group[0])
        beneath = sorted((link(one) for one in group if one is not head), key=lambda one: one.name)
        groups.append({"link": link(head), "topics": beneath})
    groups.sort(key=lambda group: group["link"].name)
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
    heard = rows.heard(Source.objects.defer("aliases"), "source", language, at).order_by("name")
    by_kind: dict[str, list] = {}
    for one in rows.counted(heard, "source", language):
        link = Counted(one.shown_name(language), addresses.source(language, one.slug), "", one.counted_stories)
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
    return told_of(request, language, title, address(language), [], [(title, address(language))], description)
