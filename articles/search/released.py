"""The index of what readers have: the text of releases, found only where ``Listing`` says that they are in force.

Nothing is ranked by how often a word comes in the whole index, as bm25 does: that would tell of what is scheduled, and
would read every hit of a common word. Of what is found, the newest thousand are put in order among themselves.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles import text
from articles.models import Listing, Release

from .asked import Asked, fts5, indexed, is_postgresql, parse, tsquery

# Hits are put in order among the newest so many, then among the next: of a common word, no more is read.
RANKED = 1000
# PostgreSQL keeps its index in no order. It first looks through the newest stories one by one: where these hold some
# pages of hits, the word is a common one, and the index is not asked for all of them.
LOOKED_THROUGH = 1000
ENOUGH = 50

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EVER, _NEVER = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_ID_BITS = 30
_MOST_SECONDS = 1 << 33
_LAST_ROW = (1 << 63) - 1


class Hit(NamedTuple):
    """A release in force that matches. The greater of two hits comes first."""

    in_head: bool  # the headline and standfirst hold all that was asked for
    published_at: datetime
    public_id: str
    release_id: int


class Older(NamedTuple):
    """Where a search goes on: with what was published in that second and before."""

    at: datetime
    beginning: bool  # whether its last word is the beginning of one


class Within(NamedTuple):
    """Where and when what is looked for was published: at all of these places, from then on, before that."""

    places: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


EVERYWHERE = Within()


class Found(NamedTuple):
    """The newest of what matches, best first, and where the older hits go on, or None."""

    hits: list[Hit]
    older: Older | None


def index_release(release: Release) -> None:
    """Put a release's text into the index."""
    index_releases([release])


def index_releases(releases: Iterable[Release]) -> None:
    """Put the texts of these releases into the index. One query for any number."""
    index_released_texts(_text_of(release) for release in releases if not release.is_gone)


class ReleasedText(NamedTuple):
    """What the index is given of a release; ``head`` and ``rest`` in the words that ``asked.indexed`` makes."""

    pk: int
    published_at: datetime
    language: str
    head: str
    rest: str


def names_in(document: dict) -> list[str]:
    """What a story is found by besides its own text: captions, places, subjects, who wrote it and who says so."""
    names = [thing["name"] for kind in ("regions", "topics", "bylines", "sources") for thing in document[kind]]
    return [*(picture["caption"] for picture in document["pictures"]), *names]


def _text_of(release):
    head = indexed(release.headline, release.standfirst)
    rest = indexed(text.plain(release.document["body"]), *names_in(release.document))
    return ReleasedText(release.pk, release.published_at, release.language, head, rest)


def index_released_texts(texts: Iterable[ReleasedText]) -> None:
    """The same for who has the words already."""
    texts = list(texts)
    if not texts:
        return
    with connection.cursor() as cursor:
        if is_postgresql():
            rows = [(one.pk, one.published_at, _edition(one.language), one.head, one.rest) for one in texts]
            cursor.execute(
                "INSERT INTO articles_releasetext (release_id, published_at, words)"
                " SELECT release, published_at, array_to_tsvector(ARRAY[edition])"
                " || setweight(to_tsvector('simple', head), 'A') || setweight(to_tsvector('simple', rest), 'D')"
                " FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::text[])"
                " AS new (release, published_at, edition, head, rest)"
                " ON CONFLICT (release_id) DO UPDATE SET words = excluded.words",
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            cursor.executemany(
                "INSERT OR REPLACE INTO articles_releasetext (rowid, edition, head, rest) VALUES (%s, %s, %s, %s)",
                [(_row_of(one), _edition(one.language), one.head, one.rest) for one in texts],
            )


def _edition(language):
    # A word of the index too, so that another edition's stories are not read. None of a text begins with a colon.
    return f":edition-{language}" if is_postgresql() else language


def _row_of(release):
    """FTS5's row of a release: the second it was published in, then its id. So the newest are the last rows."""
    return _second(release.published_at) << _ID_BITS | release.pk & (1 << _ID_BITS) - 1


def _second(at):
    # From 1697 to 2242: what is beyond stands at that end, so that 64 bits hold it.
    return max(-_MOST_SECONDS, min((at - _EPOCH) // timedelta(seconds=1), _MOST_SECONDS - 1))


def forget_release(release: Release) -> None:
    """Take a release's text out of the index."""
    key, value = ("release_id", release.pk) if is_postgresql() else ("rowid", _row_of(release))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM articles_releasetext WHERE {key} = %s", [value])  # noqa: S608 - one of two words


def find_released(
    query: str, language: str, *, at=None, older: Older | None = None, within: Within = EVERYWHERE, by_time=False
) -> Found:
    """What readers have at that instant that matches, the newest thousand hits at most. One query; none without words.

    Among these, what holds all of it in headline and standfirst stands first; of two such, the newer. With ``by_time``
    the newest is first, wherever it holds it. ``older`` goes on where another search ended. Where nothing holds the
    last word, it is taken for the beginning of one.
    """
    asked = parse(query)
    if not asked.wanted:
        return Found([], None)
    at = at or timezone.now()
    hits, looked_to, beginning = _released(asked, language, at, older, within)
    if by_time:
        hits = [hit._replace(in_head=False) for hit in hits]
    if looked_to is None:
        return Found(sorted(hits, reverse=True), None)
    # What was published in one second is not parted, so that a second says where to go on.
    second = looked_to.replace(microsecond=0)
    whole = [hit for hit in hits if hit.published_at >= second + timedelta(seconds=1)]
    if not whole:
        whole, second = hits, second - timedelta(seconds=1)
    return Found(sorted(whole, reverse=True), Older(second, beginning))


def _released(asked, language, at, older, within):
    """The newest hits in force; the instant down to which there are no others, or None: there are no more; and whether
    the last word was taken for a beginning."""
    beginning = bool(older and older.beginning)
    template, values = _statement(asked, language, at, older, within)
    values |= _words(asked, language, "", beginning=beginning)
    sql = f"SELECT found.*, 0 FROM ({_filled(template, '', within)}) AS found"  # noqa: S608 - words of this module
    if older is None and asked.may_be_half_typed:
        values |= _words(asked, language, "_begun", beginning=True)
        begun = _filled(template, "_begun", within, only_if="AND NOT EXISTS (SELECT 1 FROM whole)")
        sql = (
            f"WITH whole AS MATERIALIZED ({_filled(template, '', within)})"  # noqa: S608
            f" SELECT whole.*, 0 FROM whole UNION ALL SELECT begun.*, 1 FROM ({begun}) AS begun"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    hits = [Hit(bool(in_head), _aware(published_at), *ids) for in_head, published_at, *ids, _, _ in rows]
    looked_to, begun = rows[0][-2:] if rows else (None, 0)
    if len(hits) > RANKED:
        looked_to = min(hit.published_at for hit in hits)
    return hits, looked_to, beginning or bool(begun)


def _statement(asked, language, at, older, within):
    """The template of the search on this database, and its values but for the words."""
    adapted = connection.ops.adapt_datetimefield_value
    place, *others = within.places or ("home",)
    values = {"language": language, "at": adapted(at), "most": RANKED + 1, "place": place}
    values |= {f"place_{number}": other for number, other in enumerate(others)}
    below = min((one for one in (older and older.at + timedelta(seconds=1), within.until) if one), default=None)
    if is_postgresql():
        values |= {"below": below or _NEVER, "above": within.since or _EVER}
        values |= {"looked_through": LOOKED_THROUGH, "enough": ENOUGH}
        return _RELEASED_POSTGRESQL, values
    values |= {"below": _row_at(below) if below else _LAST_ROW}
    values |= {"above": _row_at(within.since) if within.since else -_LAST_ROW}
    return _RELEASED_SQLITE, values


def _row_at(at):
    """The first of FTS5's rows of that second."""
    return min(_second(at) << _ID_BITS, _LAST_ROW)


def _words(asked, language, mark, *, beginning):
    head = Asked(asked.wanted, [])
    if is_postgresql():
        return {
            f"words{mark}": tsquery(asked, beginning=beginning),
            f"head{mark}": tsquery(head, "A", beginning=beginning),
            "edition": f"'{_edition(language)}'",
        }
    words = fts5(asked, "head rest", beginning=beginning)
    return {
        f"words{mark}": f'(edition : "{_edition(language)}") AND ({words})',
        f"head{mark}": fts5(head, "head", beginning=beginning),
    }


def _filled(template, mark, within, only_if=""):
    also = "".join(_ALSO_AT.format(number=number) for number in range(len(within.places[1:])))
    return template.format(mark=mark, only_if=only_if, also=also)


def _aware(published_at):
    """SQLite gives an instant without its zone, which is UTC."""
    return published_at if published_at.tzinfo else published_at.replace(tzinfo=UTC)


_IN_FORCE = """listing.place = %(place)s AND listing.language = %(language)s AND listing.live_from <= %(at)s
    AND (listing.live_until IS NULL OR listing.live_until > %(at)s)"""

# Of a story that must stand at several places: at each of the others, too.
_ALSO_AT = """ AND EXISTS (
        SELECT 1 FROM articles_listing AS other WHERE other.release_id = listing.release_id
        AND other.place = %(place_{number})s AND other.live_from <= %(at)s
        AND (other.live_until IS NULL OR other.live_until > %(at)s)
    )"""

# Rows come from the full-text index newest first, and reading stops at the last that is wanted: CROSS JOIN keeps SQLite
# from beginning at the listings. Whether a hit is in the head is read in one pass over the same stretch of rows.
_RELEASED_SQLITE = f"""
WITH hits AS MATERIALIZED (
    SELECT held.rowid AS place, listing.published_at, listing.public_id, listing.release_id
    FROM articles_releasetext AS held CROSS JOIN articles_listing AS listing
    ON listing.release_id = (held.rowid & {(1 << _ID_BITS) - 1})
    WHERE articles_releasetext MATCH %(words{{mark}})s AND held.rowid < %(below)s AND held.rowid >= %(above)s
    AND {_IN_FORCE}{{also}} {{only_if}}
    ORDER BY held.rowid DESC LIMIT %(most)s
)
SELECT place IN (
    SELECT rowid FROM articles_releasetext WHERE articles_releasetext MATCH %(head{{mark}})s
    AND rowid BETWEEN (SELECT min(place) FROM hits) AND (SELECT max(place) FROM hits)
) AS in_head, published_at, public_id, release_id, NULL AS looked_to FROM hits
"""  # noqa: S608 - values are parameters, all else words of this module

# OFFSET 0 and LIMIT 1 keep the planner from turning the order round: it cannot know how often the words come together.
_RELEASED_POSTGRESQL = f"""
WITH newest AS MATERIALIZED (
    SELECT release_id, published_at, public_id FROM articles_listing AS listing
    WHERE {_IN_FORCE}{{also}} AND listing.published_at < %(below)s AND listing.published_at >= %(above)s {{only_if}}
    ORDER BY published_at DESC, public_id DESC LIMIT %(looked_through)s
), near AS MATERIALIZED (
    SELECT words @@ to_tsquery('simple', %(head{{mark}})s) AS in_head, newest.*
    FROM newest CROSS JOIN LATERAL (
        SELECT words FROM articles_releasetext WHERE release_id = newest.release_id OFFSET 0
    ) AS held WHERE words @@ to_tsquery('simple', %(words{{mark}})s)
), looked AS MATERIALIZED (
    SELECT count(*) < %(looked_through)s AS is_all, min(published_at) AS looked_to,
        count(*) < %(looked_through)s OR (SELECT count(*) FROM near) >= %(enough)s AS is_enough
    FROM newest
), matching AS MATERIALIZED (
    SELECT release_id, published_at FROM articles_releasetext
    WHERE words @@ (%(edition)s::tsquery && to_tsquery('simple', %(words{{mark}})s))
        AND published_at < %(below)s AND published_at >= %(above)s
        AND NOT (SELECT is_enough FROM looked)
), far AS (
    SELECT listed.*, matching.release_id
    FROM (SELECT release_id FROM matching ORDER BY published_at DESC OFFSET 0) AS matching CROSS JOIN LATERAL (
        SELECT published_at, public_id FROM articles_listing AS listing
        WHERE listing.release_id = matching.release_id AND {_IN_FORCE}{{also}} LIMIT 1
    ) AS listed LIMIT %(most)s
)
SELECT in_head, published_at, public_id, release_id, (SELECT looked_to FROM looked WHERE NOT is_all) AS looked_to
FROM near WHERE (SELECT is_enough FROM looked)
UNION ALL
SELECT held.in_head, far.published_at, far.public_id, far.release_id, NULL
FROM far CROSS JOIN LATERAL (
    SELECT words @@ to_tsquery('simple', %(head{{mark}})s) AS in_head FROM articles_releasetext
    WHERE release_id = far.release_id OFFSET 0
) AS held
"""  # noqa: S608 - values are parameters, all else words of this module


def rebuild_releases() -> int:
    """Index again everything that readers have or will have. Gives how many releases that were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_releasetext")
    count = 0
    listed = Exists(Listing.objects.filter(release=OuterRef("pk")))
    for release in Release.objects.filter(listed).order_by("published_at", "pk").iterator(chunk_size=200):
        index_release(release)
        count += 1
    return count
