"""Drawing the maps of regions, and keeping them. At a release, in the background; never in a reader's request."""

from django.conf import settings
from django.db.models import Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from articles.models import LocatorMap, Region

from . import drawing
from .atlas import atlas
from .seats import SEATS

# Whoever changes the atlas or how a map is drawn gives it another name: every map is then drawn anew.
DRAWN_WITH = "2026-12"
AT_ONCE = 8  # regions that one task draws: some seconds, after which others have their turn
_ONE = (Region.Kind.COUNTRY, Region.Kind.PROVINCE, Region.Kind.CITY)


def ask_for(places: list[str]) -> list[str]:
    """Have the maps drawn of those of a release's places that have none, or one from before a region was changed.

    ``places`` are those of ``Listing``. The drawing is a task's. Gives the codes of the regions asked for. One query
    where all are there.
    """
    codes = [code for kind, _, code in (place.partition(":") for place in places) if kind == "region"]
    wanted = outdated(codes)
    for first in range(0, len(wanted), AT_ONCE):
        draw_maps.enqueue(wanted[first : first + AT_ONCE])
    return wanted


def outdated(codes: list[str]) -> list[str]:
    """Of those regions the ones that lack a fresh map in some edition."""
    changed = Region.objects.order_by("-updated_at").values("updated_at")[:1]
    fresh = LocatorMap.objects.filter(code__in=codes, drawn_with=DRAWN_WITH, drawn_at__gte=Subquery(changed))
    drawn = set(fresh.values_list("code", "language"))
    languages = [language for language, _name in settings.LANGUAGES]
    return [code for code in dict.fromkeys(codes) if any((code, language) not in drawn for language in languages)]


@task(priority=-10)  # whatever else waits is more urgent
def draw_maps(codes: list[str]) -> int:
    """Draw the maps of those regions in every edition. Gives how many it drew: none that were drawn meanwhile.

    Many releases ask for the same region before the first task has had its turn.
    """
    wanted = outdated(codes)
    return len(draw(wanted)) if wanted else 0


def draw(codes: list[str]) -> list[LocatorMap]:
    """Draw those maps and keep them in place of what was there."""
    now = timezone.now()
    tree = Tree()
    maps = [
        map_of(tree, tree.regions[code], language, now)
        for code in dict.fromkeys(codes)
        if code in tree.regions
        for language, _name in settings.LANGUAGES
    ]
    LocatorMap.objects.bulk_create(
        maps,
        update_conflicts=True,
        unique_fields=["code", "language"],
        update_fields=["name", "alt_text", "markup", "drawn_with", "drawn_at"],
    )
    return maps


class Tree:
    """Every region by its code, and what lies within which. Two queries."""

    def __init__(self):
        fields = ("code", "kind", "parent", "path", "name", "name_ar", "name_fr", "display_name", "capital")
        rows = {region.pk: region for region in Region.objects.only(*fields, "latitude", "longitude")}
        parents = {region.code: rows.get(region.parent_id) for region in rows.values()}
        members: dict[str, list[Region]] = {}
        for holder, member in Region.members.through.objects.values_list("from_region", "to_region"):
            members.setdefault(rows[holder].code, []).append(rows[member])
        self.hold({region.code: region for region in rows.values()}, parents, members)

    def hold(self, regions, parents, members):
        self.regions, self.parents, self.members = regions, parents, members
        self.countries = [region for region in regions.values() if region.kind == Region.Kind.COUNTRY]

    def country(self, region) -> Region | None:
        """The country that it is or lies in."""
        while region is not None and region.kind != Region.Kind.COUNTRY:
            region = self.parents[region.code]
        return region

    def within(self, region) -> list[Region]:
        """The countries that a region is made of, each once."""
        if region.kind == Region.Kind.WORLD:
            return self.countries
        if region.kind == Region.Kind.GROUPING:
            found = [country for member in self.members.get(region.code, []) for country in self.within(member)]
            return list({country.code: country for country in found}.values())
        if country := self.country(region):
            return [country]
        return [country for country in self.countries if country.path.startswith(f"{region.path}/")]

    def names(self, language) -> dict[str, str]:
        return {country.code: country.shown_name(language) for country in self.countries}


def map_of(tree, region, language, now):
    subject = subject_of(tree, region, language)
    shapes = atlas()
    markup = drawing.draw(subject, shapes, tree.names(language)) if drawing.can_draw(subject, shapes) else ""
    return LocatorMap(
        code=region.code,
        language=language,
        name=subject.name,
        alt_text=_words(tree, region, language) if markup else "",
        markup=markup,
        drawn_with=DRAWN_WITH,
        drawn_at=now,
    )


def subject_of(tree, region, language) -> drawing.Subject:
    is_one = region.kind in _ONE
    capital = region.capital.get(language, "") if region.kind == Region.Kind.COUNTRY else ""
    seat = SEATS.get(region.code)
    if seat is None and region.latitude is not None and region.longitude is not None:
        seat = (region.longitude, region.latitude)
    if region.kind == Region.Kind.COUNTRY and not region.capital and region.code in atlas().countries:
        seat = None  # that of its middle would be taken for a town
    return drawing.Subject(
        code=region.code,
        name=region.shown_name(language),
        countries=tuple(country.code for country in tree.within(region)),
        province=region.code if is_one and region.kind != Region.Kind.COUNTRY else "",
        seat=seat if is_one else None,
        seat_name=capital,
        is_one=is_one,
    )


def _words(tree, region, language):
    """The text alternative: “Map showing Syria in Western Asia”."""
    parent = tree.parents[region.code]
    with translation.override(language):
        if parent is None or parent.kind == Region.Kind.WORLD:
            return _("Map showing %(place)s") % {"place": region.shown_name(language)}
        return _("Map showing %(place)s in %(larger)s") % {
            "place": region.shown_name(language),
            "larger": parent.shown_name(language),
        }
