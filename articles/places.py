"""Text -> places, from the regions in the database. The rules are in ``articles.gazetteer``, which needs none."""

import threading
import time

from django.db.models import Count, Max

from .gazetteer import Gazetteer, Mention, Place, countries, regions
from .models import Region

__all__ = ["Gazetteer", "Mention", "Place", "countries", "forget", "load", "regions"]

CHECK_SECONDS = 2.0  # how long a change of a region may stay unseen by this process

_lock = threading.Lock()
_built: Gazetteer | None = None
_stamp: tuple | None = None
_checked = 0.0


def load() -> Gazetteer:
    """The gazetteer of all regions, kept in this process and built anew when a region was added, changed or removed.

    Looks at most every ``CHECK_SECONDS``, with one query; always while there are no regions at all.
    """
    global _built, _stamp, _checked
    now = time.monotonic()
    if _built is not None and _stamp and _stamp[0] and now - _checked < CHECK_SECONDS:
        return _built
    with _lock:
        stamp = tuple(Region.objects.aggregate(count=Count("pk"), last=Max("pk"), newest=Max("updated_at")).values())
        if _built is None or stamp != _stamp:
            _built, _stamp = Gazetteer(_places()), stamp
        _checked = now
        return _built


def forget() -> None:
    """Drops the gazetteer kept in this process, so that the next ``load`` builds it from the database."""
    global _built, _stamp
    with _lock:
        _built = _stamp = None


def _places() -> list[Place]:
    members: dict[int, list[str]] = {}
    for grouping, code in Region.members.through.objects.values_list("from_region_id", "to_region__code"):
        members.setdefault(grouping, []).append(code)
    return [
        Place(
            key=region.pk,
            code=region.code,
            kind=region.kind,
            path=region.path,
            parent_code=region.parent.code if region.parent else None,
            names={
                "en": [name for name in (region.name, region.display_name) if name],
                "fr": [region.name_fr] if region.name_fr else [],
                "ar": [region.name_ar] if region.name_ar else [],
            },
            aliases=region.aliases,
            demonyms=region.demonyms,
            capital=region.capital,
            towns=region.towns,
            members=members.get(region.pk, ()),
        )
        for region in Region.objects.select_related("parent").order_by("pk")
    ]
