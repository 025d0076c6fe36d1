"""Names that a file gives -> the newsroom's regions and sources."""

from django.db.models import Q

from articles import places, text
from articles.models import Region, Source

from .alpha3 import ALPHA2


def region_of(place: dict) -> Region | None:
    """The narrowest region of that place (city, province, country, country_code) which the newsroom knows."""
    country = _country(place)
    if country is None:
        return None
    for name in (place.get("city"), place.get("province")):
        if name and (found := _within(country, name)):
            return found
    return country


def _country(place):
    code = place.get("country_code", "").strip().upper()
    code = ALPHA2.get(code, code)
    countries = Region.objects.filter(kind=Region.Kind.COUNTRY)
    if len(code) == 2 and (region := countries.filter(code=code).first()):
        return region
    name = place.get("country", "")
    if not name:
        return None
    same = Q(name__iexact=name) | Q(display_name__iexact=name) | Q(name_fr__iexact=name) | Q(name_ar=name)
    if region := countries.filter(same).first():
        return region
    named = {one.within or one.code for one in places.load().find(name, []) if one.kind == Region.Kind.COUNTRY}
    return countries.filter(code__in=named).first() if len(named) == 1 else None


def _within(country, name):
    """The province or city of that name, or the one whose capital or town it is."""
    wanted = text.fold(name)
    for region in Region.objects.filter(path__startswith=f"{country.path}/"):
        names = [region.name, region.display_name, region.name_fr, region.name_ar]
        for others in (region.aliases, region.capital, region.towns):
            for value in others.values() if isinstance(others, dict) else ():
                names += value if isinstance(value, list) else [value]
        if any(text.fold(str(one)) == wanted for one in names if one):
            return region
    return None


def source_of(names: list[str]) -> Source | None:
    """The first of those names that is a source's: its name, its short name, its credit, another spelling of it."""
    for name in names:
        name = text.clean_line(name)[:160]
        if not name:
            continue
        same = Q(name__iexact=name) | Q(short_name__iexact=name) | Q(credit__iexact=name)
        if found := Source.objects.filter(same).order_by("pk").first():
            return found
        wanted = text.fold(name)
        for source in Source.objects.filter(kind=Source.Kind.AGENCY).only("aliases", "name"):
            if any(text.fold(str(alias)) == wanted for alias in source.aliases):
                return source
    return None
