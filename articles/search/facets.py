"""Where what was found stands: the regions, topics and sources that a search can be narrowed to, by name."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection


class Facet(NamedTuple):
    """A place, and how many of the hits stand there."""

    kind: str
    code: str
    path: str  # or slug
    name: str
    name_ar: str
    level: str  # of a region: country and so on
    hits: int

    @property
    def place(self):
        return f"{self.kind}:{self.code}"

    def shown_name(self, language):
        return (self.name_ar if language == "ar" else "") or self.name


def facets(release_ids: Iterable[int], chosen: Iterable[str], language: str, at) -> list[Facet]:
    """The places that list any of these releases at that instant, and those that were chosen, the commonest first.

    Without releases those that were chosen alone. One query, or none.
    """
    ids, chosen = sorted(release_ids), sorted(chosen)
    if not ids and not chosen:
        return []
    at = connection.ops.adapt_datetimefield_value(at)
    parts, values = [], []
    if ids:
        parts.append(
            f"SELECT place, count(*) AS hits FROM articles_listing WHERE release_id IN ({_marks(ids)})"  # noqa: S608
            " AND language = %s AND live_from <= %s AND (live_until IS NULL OR live_until > %s)"
            " AND (place LIKE 'region:%%' OR place LIKE 'topic:%%' OR place LIKE 'source:%%') GROUP BY place"
        )
        values += [*ids, language, at, at]
    parts += ["SELECT CAST(%s AS varchar(64)) AS place, 0 AS hits"] * len(chosen)
    values += chosen
    # Of a name that the house style has another for, that one.
    sql = f"""
        WITH found AS (SELECT place, max(hits) AS hits FROM ({" UNION ALL ".join(parts)}) AS listed GROUP BY place)
        SELECT 'region', code, path, COALESCE(NULLIF(display_name, ''), name), name_ar, kind, hits
        FROM found JOIN articles_region ON code = substr(place, 8) WHERE place LIKE 'region:%%'
        UNION ALL SELECT 'topic', code, slug, name, name_ar, '', hits
        FROM found JOIN articles_topic ON code = substr(place, 7) WHERE place LIKE 'topic:%%'
        UNION ALL SELECT 'source', code, slug, name, name_ar, '', hits
        FROM found JOIN articles_source ON code = substr(place, 8) WHERE place LIKE 'source:%%'
    """  # noqa: S608 - values are parameters, all else words of this module
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = [Facet(*row) for row in cursor.fetchall()]
    return sorted(rows, key=lambda facet: (-facet.hits, facet.name))


def _marks(values):
    return ", ".join(["%s"] * len(values))
