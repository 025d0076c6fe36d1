"""Queries over what is listed where, for whoever shows lists to readers or to the desk. They write nothing."""

from datetime import datetime

from django.db import connection

from articles.models import Listing, Release
from articles.prepared import Prepared

CARD = (
    *("public_id", "slug", "language", "published_at", "live_from", "kind", "headline", "standfirst"),
    *("kicker", "picture", "urgency", "breaking"),
)
# A stand-in: a value of a query that is written once and asked many times over with others in its place.
_PLACE = "stand-in"


def newest_at(wanted: dict[str, int], language, at, *, also=()) -> tuple[dict[str, list[Release]], dict[int, Release]]:
    """The newest stories of several places at once, so many of each, by place; and the releases ``also``, by id.

    Two queries, however many places: a small limited query for each, put together by UNION ALL. Each reads a few rows
    of the index, where one query over all the places would read every row that they have. Releases come as cards,
    without their documents.
    """
    rows = Listing.objects.at_place(_PLACE, language, at).values_list("place", "release_id")
    pairs = together(
        [
            (rows[:limit], [{_PLACE: place} for place, count in wanted.items() if count == limit])
            for limit in sorted(set(wanted.values()))
        ]
    )
    ids = {pk for _, pk in pairs} | set(also)
    releases = {release.pk: release for release in _cards(ids=sorted(ids))} if ids else {}
    found = {place: [] for place in wanted}
    for place, pk in pairs:
        if pk in releases:
            found[place].append(releases[pk])
    for listed in found.values():
        listed.sort(key=lambda release: (release.published_at, release.public_id), reverse=True)
    return found, {pk: releases[pk] for pk in also if pk in releases}


@Prepared
def _cards(ids):
    return Release.objects.filter(pk__in=ids).only(*CARD).order_by()


def together(queries):
    """The rows of several limited queries by one UNION ALL, in a form that SQLite takes as well.

    ``queries`` are pairs: a query, and what to put in place of its stand-ins, once for each time it is asked.
    """
    sql, parameters = [], []
    for query, swaps in queries:
        part, template = query.query.sql_with_params()
        for swap in swaps:
            swap = {_adapted(key): _adapted(value) for key, value in swap.items()}
            sql.append(f"SELECT * FROM ({part}) AS part{len(sql)}")  # noqa: S608 - Django's own SQL, values apart
            parameters += [swap.get(value, value) for value in template]
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql), parameters)
        return cursor.fetchall()


def _adapted(value):
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
