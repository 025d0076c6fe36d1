"""What each place has, counted: stories in force, topics alive there now, sources heard there. Writes ``PlaceSummary``.

Counts come from what is in force at one instant and nothing else, so a text that is scheduled shows in none before its
time, and one that has ended in none after it. Each count is made anew, never added to: whatever was missed or came
twice is right the next time. Of a large place no story is read, but only the entries of an index.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from django_tasks import task

from articles import search
from articles.documents import CORRECTIONS
from articles.models import Article, Listing, PlaceSummary, Release

# Topics are those of the last so many days, and sources, too, of the newest so many stories.
RECENT = timedelta(days=30)
NEWEST = 200
NAMED = 12
# A release is counted for a while after it began: its transaction may have ended later than that.
AGAIN_FOR = timedelta(minutes=2)
# However quiet a place is, it is counted as often as this, so that what has grown old leaves it; so many each minute.
AT_LEAST_EACH = timedelta(hours=24)
OLDEST = 200
_AT_ONCE = 100  # SQLite puts at most 500 queries together

# The row that says up to when everything is counted.
_UP_TO = ("", "")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_UNCOUNTED = ("day:", CORRECTIONS)

Where = tuple[str, str]  # a place and a language


def count_what_changed() -> int:
    """Count again wherever something began or ended since the last time. Gives how many places that were.

    The first time, everywhere. Its cost grows with what changed, not with the archive.
    """
    at = timezone.now()
    counted = PlaceSummary.objects.filter(place="", language="").first()
    if counted is None:
        return count_all()
    since = min(counted.counted_at, at) - AGAIN_FOR
    # Whatever ends a row of a list is the beginning of another release of its story, be that a notice.
    begun = Release.objects.filter(live_from__gt=since, live_from__lte=at).values("article")
    places = _places_of(begun)
    search.settle(begun)
    old = PlaceSummary.objects.filter(counted_at__lt=at - AT_LEAST_EACH).exclude(place="").order_by("counted_at")
    places |= set(old.values_list("place", "language")[:OLDEST])
    _count(places)
    _say_counted(at)
    return len(places)


def count_all() -> int:
    """Count everywhere, whatever was counted before. Gives how many places that were."""
    at = timezone.now()
    search.rebuild_words()
    everywhere = Listing.objects.order_by().values_list("place", "language").distinct()
    places = {where for where in everywhere.iterator() if _is_counted(*where)}
    _count(places | set(PlaceSummary.objects.exclude(place="").values_list("place", "language")))
    _say_counted(at)
    return len(places)


@task()
def recount(article: int) -> int:
    """Count again wherever that story stood: it was taken from readers. Gives how many places that were."""
    itself = Article.objects.filter(pk=article).values("pk")
    search.settle(itself)
    places = _places_of(itself)
    _count(places)
    return len(places)


def count_soon(places: Iterable[Where]) -> None:
    """Have these places counted the next minute: their rows were changed otherwise than by a release."""
    wanted = sorted(where for where in set(places) if _is_counted(*where))
    PlaceSummary.objects.bulk_create(
        [PlaceSummary(place=place, language=language, counted_at=_LONG_AGO) for place, language in wanted],
        ignore_conflicts=True,
    )
    PlaceSummary.objects.filter(place__in={place for place, _ in wanted}).update(counted_at=_LONG_AGO)


def _is_counted(place, language):
    return not place.startswith(_UNCOUNTED)


def _places_of(articles) -> set[Where]:
    rows = Listing.objects.filter(article__in=articles).order_by().values_list("place", "language").distinct()
    return {where for where in rows if _is_counted(*where)}


def _say_counted(at):
    place, language = _UP_TO
    PlaceSummary.objects.update_or_create(place=place, language=language, defaults={"counted_at": at})


def _count(places: Iterable[Where]) -> None:
    ordered = sorted(places)
    for start in range(0, len(ordered), _AT_ONCE):
        with transaction.atomic():
            _alone()
            _write(ordered[start : start + _AT_ONCE], timezone.now())


def _alone():
    """Whoever counts waits for whoever does: what was counted earlier is never written later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('articles.summaries'))")


def _write(places, at):
    stories = _stories({place for place, _ in places}, at)
    topics, sources = _near(places, at)
    standing = [where for where in places if stories[where]]
    empty = set(places) - set(standing)
    PlaceSummary.objects.bulk_create(
        [
            PlaceSummary(
                place=where[0],
                language=where[1],
                stories=stories[where],
                topics=_most(topics[where]),
                sources=_most(sources[where]),
                counted_at=at,
            )
            for where in standing
        ],
        update_conflicts=True,
        unique_fields=["place", "language"],
        update_fields=["stories", "topics", "sources", "counted_at"],
    )
    before = PlaceSummary.objects.filter(place__in={place for place, _ in empty})
    gone = [pk for pk, *where in before.values_list("pk", "place", "language") if tuple(where) in empty]
    PlaceSummary.objects.filter(pk__in=gone).delete()


def _stories(places, at) -> dict[Where, int]:
    """How many stories each place has at that instant.

    All rows, less those that have ended and those that have not begun: of the many that stand, neither database reads
    more than an index, which does not say from when to when.
    """
    count: dict[Where, int] = defaultdict(int)
    rows = Listing.objects.filter(place__in=places).order_by()
    # Those that are to come are few, and are found by their releases.
    coming = list(Release.objects.pending(at).order_by().values_list("pk", flat=True))
    to_come = rows.filter(release__in=coming, live_from__gt=at)
    for sign, some in ((1, rows), (-1, rows.filter(live_until__lte=at)), (-1, to_come)):
        for place, language, number in some.values_list("place", "language").annotate(number=Count("*")):
            count[place, language] += sign * number
    return count


def _near(places, at):
    """What the newest stories of each place are about, and whom they rest on: counts by code, by place."""
    topics: dict[Where, dict[str, int]] = defaultdict(dict)
    sources: dict[Where, dict[str, int]] = defaultdict(dict)
    parts, values = [], []
    for number, (place, language) in enumerate(places):
        newest = Listing.objects.at_place(place, language, at).values_list("release_id", "published_at")[:NEWEST]
        sql, parameters = newest.query.sql_with_params()
        # Django's own SQL, its values apart. A row is listed elsewhere for as long as it is here.
        parts.append(
            f"SELECT {number} AS number, other.place, COUNT(*),"  # noqa: S608
            " SUM(CASE WHEN newest.published_at >= %s THEN 1 ELSE 0 END)"
            f" FROM ({sql}) AS newest JOIN articles_listing AS other ON other.release_id = newest.release_id"
            " WHERE (other.place LIKE 'topic:%%' OR other.place LIKE 'source:%%')"
            f" AND {_HOLDS} GROUP BY other.place"
        )
        now = connection.ops.adapt_datetimefield_value(at)
        values += [connection.ops.adapt_datetimefield_value(at - RECENT), *parameters, now, now]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, other, all_of_them, recent in cursor.fetchall():
            kind, code = other.split(":", 1)
            if other == places[number][0]:
                continue
            if kind == "source":
                sources[places[number]][code] = all_of_them
            elif recent:
                topics[places[number]][code] = recent
    return topics, sources


_HOLDS = "other.live_from <= %s AND (other.live_until IS NULL OR other.live_until > %s)"


def _most(counts):
    """The most frequent, as a row keeps them."""
    return [list(pair) for pair in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:NAMED]]
