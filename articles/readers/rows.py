"""The queries that readers' pages make. Each takes the instant, and asks only for what is in force at it."""

from datetime import datetime, time
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.fields.json import KT, KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce, Concat, NullIf
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from articles.exporting.stories import free_to_all
from articles.listings import CARD
from articles.models import FixedPage, Listing, LocatorMap, PlaceSummary, Region, Release, Source, Topic
from articles.prepared import Prepared

HOME, CORRECTIONS = "home", "corrections"
_LISTED = ("published_at", "public_id", *(f"release__{name}" for name in CARD))
# Names in other languages and towns are for matching copy; no page shows them.
_UNSHOWN = ("aliases", "demonyms", "capital", "towns")


def cards_at(place, language, at):
    """What that place lists, newest first, each row with its release's card and without its document."""
    return Listing.objects.at_place(place, language, at).select_related("release").only(*_LISTED)


def page_of(place, language, at, most, *, below=None, above=None) -> list[Listing]:
    """So many of :func:`cards_at` from the top, from below a cursor on, or, the oldest first, from above one on."""
    asked = {"place": place, "language": language, "at": at, "most": most, "way": ""}
    if cursor := below or above:
        asked |= {"way": "below" if below else "above", "published_at": cursor[0], "public_id": cursor[1]}
    return _page_of(**asked)


def _page(place, language, at, most, way, published_at=None, public_id=None):
    rows = cards_at(place, language, at)
    # The first condition is implied by the second, and is what an index can begin at.
    if way == "below":
        further = Q(published_at__lt=published_at) | Q(public_id__lt=public_id)
        rows = rows.filter(Q(published_at__lte=published_at) & further)
    elif way == "above":
        further = Q(published_at__gt=published_at) | Q(public_id__gt=public_id)
        rows = rows.filter(Q(published_at__gte=published_at) & further).order_by("published_at", "public_id")
    return rows[:most]


_page_of = Prepared(_page, fixed=("most", "way"))


def newest_passed_on(place, language, at, count) -> list[Release]:
    """The newest of what that place lists, whole, without what may not be passed on to anybody anywhere. One query."""
    return passed_on_at([place], language, at, count)


def passed_on_at(places, language, at, count, *, since=None, until=None, cursor=None) -> list[Release]:
    """The same of what stands at all of these places, published in that span, below that cursor. One query.

    It reads down the list of the first of them: that should be the shortest.
    """
    first, *others = places
    listed = Listing.objects.at_place(first, language, at).filter(free_to_all(at, "release__"))
    for place in others:
        listed = listed.filter(Exists(Listing.objects.showing(at).filter(release=OuterRef("release"), place=place)))
    if since:
        listed = listed.filter(published_at__gte=since)
    if until:
        listed = listed.filter(published_at__lt=until)
    if cursor:
        listed = listed.filter(cursor.older())
    told = listed.select_related("release").only(*_LISTED, "release__sequence", "release__document")
    return [row.release for row in told[:count]]


def narrowest_first(places, language) -> list[str]:
    """These places, that with the fewest stories first, as they were last counted. One query, or none for one."""
    if len(places) < 2:
        return list(places)
    told = PlaceSummary.objects.filter(place__in=places, language=language)
    counted = dict(told.values_list("place", "stories"))
    return sorted(places, key=lambda place: (counted.get(place, 0), place))


def with_its_freedom(public_id, at) -> Release | None:
    """What readers have of that story, with whether it may be passed on to anybody as ``is_free``. One query."""
    freedom = ExpressionWrapper(free_to_all(at), output_field=BooleanField())
    return Release.objects.holding(at).filter(public_id=public_id).annotate(is_free=freedom).first()


def passed_on(release_ids, at) -> list[Release]:
    """Those of these releases that hold at that instant and may be passed on, whole, in that order. One query."""
    releases = Release.objects.holding(at).filter(free_to_all(at)).in_bulk(release_ids)
    return [releases[pk] for pk in release_ids if pk in releases]


def last_change(place, language, at, *, since=None, until=None):
    """When what that place lists last changed, by that instant, of what was published from ``since`` on; or None.

    What has left counts as much as what has come: the rows of both stand in the same stretch of the index.
    """
    rows = Listing.objects.filter(place=place, language=language).order_by()
    if since:
        rows = rows.filter(published_at__gte=since)
    if until:
        rows = rows.filter(published_at__lt=until)
    told = rows.aggregate(
        come=Max("live_from", filter=Q(live_from__lte=at)), left=Max("live_until", filter=Q(live_until__lte=at))
    )
    return max((instant for instant in told.values() if instant), default=None)


def corrections(language, at):
    """What readers were told was wrong, the last first, each row with the release that told it."""
    told = ("kind", "live_from", "public_id", "public_note")
    listed = Listing.objects.at_place(CORRECTIONS, language, at).select_related("release")
    return listed.only("published_at", "public_id", *(f"release__{name}" for name in told))


def in_force(public_ids, at) -> dict[str, Release]:
    """What stands at the address of each of those stories at that instant, a notice of its retraction included."""
    releases = Release.objects.holding(at).filter(public_id__in=public_ids).only(*CARD, "sequence", "removed_by_law")
    return {release.public_id: release for release in releases.order_by("sequence")}


def heard_anywhere(place, at) -> bool:
    """Whether that place lists anything in any edition."""
    return Listing.objects.showing(at).filter(place=place).exists()


def resolved(public_ids, at) -> dict[str, Release]:
    """The cards of those stories that readers have at that instant, by id, in whatever edition. One query.

    Stories are kept in one another as ids alone; one that was retracted, or is not out yet, is not among these.
    """
    if not public_ids:
        return {}
    return {release.public_id: release for release in _shown(public_ids, at).only(*CARD)}


def _shown(public_ids, at):
    """What readers have of those stories, in whatever edition."""
    listed = Listing.objects.showing(at).filter(place=HOME, release=OuterRef("pk"))
    return Release.objects.holding(at).filter(Exists(listed), public_id__in=public_ids)


def with_newest(public_ids, place, language, at, *, most) -> tuple[dict[str, Release], list[Release]]:
    """What :func:`resolved` gives of those stories, and the newest that a place lists. One query for both."""
    found = (
        _near_and_newest(public_ids=list(public_ids), place=place, language=language, at=at, most=most)
        if public_ids
        else _newest(place=place, language=language, at=at, most=most)
    )
    return (
        {release.public_id: release for release in found if not release.newest},
        sorted(
            (release for release in found if release.newest),
            key=lambda release: (release.published_at, release.public_id),
            reverse=True,
        ),
    )


def _newest_at(place, language, at, most):
    newest = Listing.objects.at_place(place, language, at).values("release")[:most]
    return Release.objects.holding(at).only(*CARD).order_by().filter(pk__in=newest).annotate(newest=Value(True))


def _near_and_newest_at(public_ids, place, language, at, most):
    near = _shown(public_ids, at).only(*CARD).order_by().annotate(newest=Value(False))
    return near.union(_newest_at(place, language, at, most), all=True)


_newest = Prepared(_newest_at, fixed=("most",))
_near_and_newest = Prepared(_near_and_newest_at, fixed=("most",))


def documents(release_ids, at) -> list[Release]:
    """Those of these releases that hold at that instant, whole, in that order."""
    releases = Release.objects.holding(at).in_bulk(release_ids)
    return [releases[pk] for pk in release_ids if pk in releases]


def published_at(language, at):
    """When the stories that readers have were published, the newest first."""
    return Listing.objects.at_place(HOME, language, at).values_list("published_at", flat=True)


def ends(language, at):
    """When the oldest and the newest story that readers have were published, or None. Two queries."""
    published = published_at(language, at)
    oldest = published.order_by("published_at", "public_id").first()
    return (oldest, published.first()) if oldest else None


def with_stories(spans, language, at) -> set[int]:
    """Which of these ``(first day, day after the last)`` hold any story, by their number. One query, however many."""
    now = connection.ops.adapt_datetimefield_value(at)
    return _spans_with(
        "live_from <= %s AND (live_until IS NULL OR live_until > %s) LIMIT 1", [now, now], spans, language
    )


def fuller_than(most, spans, language) -> set[int]:
    """In which of these more rows stand than that, what has left among them: the index alone is read. One query."""
    return _spans_with("TRUE ORDER BY published_at DESC, public_id DESC LIMIT 1 OFFSET %s", [most], spans, language)


def _spans_with(condition, values, spans, language):
    """The numbers of those spans in which a row of home keeps that condition, words of ours."""
    if not spans:
        return set()
    adapted = connection.ops.adapt_datetimefield_value
    bounds = [
        value for number, days in enumerate(spans) for value in (number, *(adapted(day_begins(day)) for day in days))
    ]
    # A limited subquery is asked span by span, each time at its place in the index; nothing else is read.
    sql = f"""
        WITH spans (number, begins, ends) AS (VALUES {", ".join(["(%s, %s, %s)"] * len(spans))})
        SELECT number, (
            SELECT 1 FROM articles_listing
            WHERE place = %s AND language = %s AND published_at >= begins AND published_at < ends AND {condition}
        ) FROM spans
    """  # noqa: S608 - values are parameters
    with connection.cursor() as cursor:
        cursor.execute(sql, [*bounds, HOME, language, *values])
        return {number for number, holds in cursor.fetchall() if holds}


def region_line(path: str, language) -> list[Region]:
    """The region at that path after everything above it; empty where there is none. One query.

    Each is given with its map in that edition, as :func:`map_of` reads it, and with its counts as :func:`counted` does.
    """
    parts = path.split("/")
    paths = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
    line = sorted(_region_line(paths=paths, language=language), key=lambda region: len(region.path))
    return line if line and line[-1].path == path else []


@Prepared
def _region_line(paths, language):
    mapped = LocatorMap.objects.filter(code=OuterRef("code"), language=language)
    regions = counted(Region.objects.filter(path__in=paths), "region", language)
    return regions.defer(*_UNSHOWN).annotate(**_of_map(mapped))


def standing(public_id: str, at) -> Release | None:
    """What readers have of that story at that instant, with the map of its first region as ``map_markup`` and so on."""
    return next(iter(_standing(public_id=public_id, at=at)), None)


@Prepared
def _standing(public_id, at):
    mapped = LocatorMap.objects.filter(code=OuterRef("first_region"), language=OuterRef("language"))
    releases = Release.objects.holding(at).filter(public_id=public_id)
    return releases.annotate(first_region=KT("document__regions__0__code")).annotate(**_of_map(mapped))[:1]


def _of_map(mapped):
    return {f"map_{name}": Subquery(mapped.values(name)[:1]) for name in ("name", "alt_text", "markup")}


def map_of(row) -> dict | None:
    """The map that was read with a story or a region, as a page shows it."""
    if not row.map_markup:
        return None
    return {"name": row.map_name, "alt_text": row.map_alt_text, "markup": row.map_markup}


def locator_map(document, language) -> dict | None:
    """The map of the first of a document's regions, for a page of the desk. One query."""
    codes = [region["code"] for region in document["regions"][:1]]
    drawn = LocatorMap.objects.filter(code__in=codes, language=language).exclude(markup="")
    return drawn.values("name", "alt_text", "markup").first()


class Named(NamedTuple):
    """A region, topic or source as a list beside the stories shows it."""

    kind: str  # region, topic or source; "grouping" where a region belongs to that
    code: str
    path: str  # or slug
    name: str
    name_ar: str
    region_kind: str
    stories: int | None

    def shown_name(self, language):
        return (self.name_ar if language == "ar" else "") or self.name


def counted(things, kind, language):
    """These regions, topics, sources or authors with what was counted of each.

    As ``counted_stories``, ``counted_topics`` and ``counted_sources``: None where nothing was counted yet.
    """
    names = ("stories", "topics", "sources")
    return things.annotate(**{f"counted_{name}": _summed(kind, language, name) for name in names})


def around(language, at, *, region=None, topics=(), sources=()) -> list[Named]:
    """What stands beside a list: the places within a region and the groupings it is in, topics and sources by code.

    Of regions those that have a story, each with how many were counted. One query.
    """
    asked = {"topics": list(topics), "sources": list(sources)}
    asked = {name: codes for name, codes in asked.items() if codes}
    if region is not None:
        asked |= {"region": region.pk, "is_grouping": region.kind == Region.Kind.GROUPING}
    if not asked:
        return []
    return [Named(*row) for row in _around(language=language, at=at, shape=tuple(asked), **asked)]


def _around_it(language, at, shape, region=None, is_grouping=False, topics=(), sources=()):
    parts = []
    if region is not None and is_grouping:
        parts.append(_heard_regions(Region.objects.filter(groupings=region), "region", language, at))
    elif region is not None:
        parts.append(_heard_regions(Region.objects.filter(parent_id=region), "region", language, at))
        parts.append(_heard_regions(Region.objects.filter(members=region), "grouping", language, at))
    if topics:
        parts.append(_named(Topic.objects.filter(code__in=topics), "topic", "slug", language))
    if sources:
        parts.append(_named(Source.objects.filter(code__in=sources), "source", "slug", language))
    first, *others = (part.order_by() for part in parts)
    return first.union(*others, all=True)


_around = Prepared(_around_it, fixed=("shape", "is_grouping"))


def _heard_regions(regions, kind, language, at):
    return _named(heard(regions, "region", language, at), kind, "path", language)


def _named(things, kind, path, language):
    """Those as rows of :class:`Named`."""
    of_region = things.model is Region
    shown = things.annotate(
        is_a=Value(kind, CharField()),
        at_path=F(path),
        shown=Coalesce(NullIf("display_name", Value("")), "name") if of_region else F("name"),
        region_kind=F("kind") if of_region else Value("", CharField()),
        in_all=_summed("region", language, "stories") if of_region else Value(None, IntegerField()),
    )
    return shown.values_list("is_a", "code", "at_path", "shown", "name_ar", "region_kind", "in_all")


def _summed(kind, language, name):
    place = Concat(Value(f"{kind}:"), OuterRef("code"))
    return Subquery(PlaceSummary.objects.filter(place=place, language=language).values(name)[:1])


def heard(things, kind, language, at):
    """Of regions, topics, sources or authors, those that have a story in that edition."""
    listed = Listing.objects.at_place(Concat(Value(f"{kind}:"), OuterRef("code")), language, at)
    return things.filter(Exists(listed))


def regions_heard(language, at):
    """The world and every continent, grouping and country that has a story, counted."""
    kinds = (Region.Kind.WORLD, Region.Kind.CONTINENT, Region.Kind.GROUPING, Region.Kind.COUNTRY)
    regions = Region.objects.filter(kind__in=kinds).defer(*_UNSHOWN).order_by("name")
    return heard(regions, "region", language, at).annotate(counted_stories=_summed("region", language, "stories"))


# --- sitemaps -------------------------------------------------------------------------------------------------------

# Of a picture, what a sitemap needs: the document is not read for it.
_PICTURE = "release__picture"
_IN_SITEMAP = {
    "image": KeyTextTransform("file", KeyTransform("16x9", KeyTransform("crops", _PICTURE))),
    "image_from": KeyTextTransform("from", _PICTURE),
    "image_until": KeyTextTransform("until", _PICTURE),
    "image_next": KeyTransform("next", _PICTURE),
}
_TOLD = ("public_id", "language", "live_from", "published_at", "release__slug", "release__headline", *_IN_SITEMAP)


def in_sitemap(language, at, since, until):
    """The stories published in that span, as a sitemap names them."""
    return _published(language, at, since, until).annotate(**_IN_SITEMAP).values(*_TOLD)


def _published(language, at, since, until):
    return Listing.objects.at_place(HOME, language, at).filter(published_at__gte=since, published_at__lt=until)


def pictures_changed(language, at, since, until) -> datetime | None:
    """When, until that instant, a story published in that span last began or ceased to show one of its pictures."""
    # Instants are written alike, so that their words stand in their order; "null" stands behind all of them.
    edges = [KeyTextTransform(edge, _PICTURE) for edge in ("from", "until")]
    passed = Q(LessThanOrEqual(edges[0], at.isoformat())) | Q(LessThanOrEqual(edges[1], at.isoformat()))
    some = _published(language, at, since, until).filter(passed)
    edges = []
    for picture in some.values_list(_PICTURE, flat=True):
        for one in [picture, *picture.get("next", [])]:
            edges += [datetime.fromisoformat(one[edge]) for edge in ("from", "until") if one.get(edge)]
    return max((edge for edge in edges if edge <= at), default=None)


def latest_everywhere(at, since):
    """The same of every edition, published after that."""
    listed = Listing.objects.showing(at).filter(place=HOME, published_at__gt=since)
    listed = listed.filter(language__in=[code for code, _name in settings.LANGUAGES])
    return listed.order_by("-published_at", "-public_id").annotate(**_IN_SITEMAP).values(*_TOLD)


def translations(language, at, since, until) -> dict[str, list[Release]]:
    """Of the stories published in that span, those that readers have in other languages, by id. Two queries, or one."""
    listed = Listing.objects.at_place(HOME, language, at).filter(published_at__gte=since, published_at__lt=until)
    told = listed.exclude(release__document__translations=[]).order_by()
    named = dict(told.values_list("public_id", "release__document__translations"))
    ids = sorted({one for others in named.values() for one in others})
    found = {}
    for start in range(0, len(ids), 5000):
        releases = _shown(ids[start : start + 5000], at).only("public_id", "slug", "language")
        found |= {release.public_id: release for release in releases}
    return {
        public_id: [found[one] for one in others if one in found and found[one].language != language]
        for public_id, others in named.items()
    }


def fixed_pages() -> dict[str, dict]:
    """When each of the fixed pages was last written, by edition and by what stands in its address. One query."""
    found = {code: {} for code, _name in settings.LANGUAGES}
    for slug, language, updated_at in FixedPage.objects.values_list("slug", "language", "updated_at"):
        found.setdefault(language, {})[slug] = updated_at
    return found


def names_heard(language, at, kinds=("region", "topic", "source")) -> dict[str, list[str]]:
    """What stands in the addresses of the regions, topics and sources that have a story in that edition."""
    known = {"region": (Region, "path"), "topic": (Topic, "slug"), "source": (Source, "slug")}
    return {
        kind: list(heard(model.objects.order_by(key), kind, language, at).values_list(key, flat=True))
        for kind, (model, key) in known.items()
        if kind in kinds
    }


def day_begins(day):
    """The instant at which that day of the newsroom's calendar begins."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
