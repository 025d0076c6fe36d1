"""The photo desk's index: pictures by caption, headline, credit, people, place, dates and names of files."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Photo

from .asked import fts5, indexed, is_postgresql, parse, tsquery

_LAST_ID = (1 << 63) - 1


def index_photos(photos: Iterable[Photo]) -> None:
    """Put pictures into the index, in place of what it held of them.

    Call it in the transaction that saves them. A picture that is deleted leaves the index by itself.
    """
    sql = (
        "INSERT INTO articles_phototext (photo_id, words) VALUES (%s, to_tsvector('simple', %s))"
        " ON CONFLICT (photo_id) DO UPDATE SET words = excluded.words"
        if is_postgresql()
        else "INSERT OR REPLACE INTO articles_phototext (rowid, words) VALUES (%s, %s)"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(photo.pk, words_of(photo)) for photo in photos])


def words_of(photo: Photo) -> str:
    """Everything by which somebody may look for a picture, folded."""
    names = [thing.name for thing in (photo.agency, photo.supplier) if thing]
    if photo.region:
        names += [photo.region.name, photo.region.name_ar]
    taken = photo.taken_local()
    if taken:
        names += [f"{taken:%Y-%m-%d}", f"{taken:%Y}", f"{taken:%B}"]
    lists = [str(one) for one in (*photo.people, *photo.keywords)]
    words = (photo.headline, photo.caption, photo.alt_text, photo.extended_description, photo.credit)
    words += (photo.photographer, photo.city, photo.rights_holder, photo.provider_id, photo.original_name)
    return indexed(*words, *lists, *names, photo.public_id)


def find_photos(query: str, photos: QuerySet, *, before: int | None = None, limit: int = 60) -> list[int]:
    """Ids of the pictures that match, the newest first; empty where nothing was asked.

    ``photos`` is what may be found, with whatever filters; ``before`` is the last id of the page above. Where nothing
    holds the last word, it is taken for the beginning of one.
    """
    asked = parse(query)
    if not asked.wanted:
        return []
    found = _matching(asked, photos, before, limit, beginning=False)
    if found or not asked.may_be_half_typed:
        return found
    if before is not None and _matching(asked, photos, None, 1, beginning=False):
        return []  # the end of what holds the whole word
    return _matching(asked, photos, before, limit, beginning=True)


def _matching(asked, photos, before, limit, *, beginning):
    if is_postgresql():
        key, condition, words = "photo_id", "words @@ to_tsquery('simple', %s)", tsquery(asked, beginning=beginning)
    else:
        key, condition, words = "rowid", "articles_phototext MATCH %s", fts5(asked, "words", beginning=beginning)
    before = _LAST_ID if before is None else before
    sql = f"SELECT {key} FROM articles_phototext WHERE {condition} AND {key} < %s"  # noqa: S608 - names of ours
    hits = RawSQL(sql, [words, before])  # noqa: S611 - values are parameters
    return list(photos.filter(pk__in=hits).order_by("-pk").values_list("pk", flat=True)[:limit])


def rebuild_photos() -> int:
    """Index every picture again. Gives how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_phototext")
    count, chunk = 0, []
    photos = Photo.objects.select_related("agency", "supplier", "region").defer("metadata").order_by("pk")
    for photo in photos.iterator(chunk_size=200):
        chunk.append(photo)
        if len(chunk) == 200:
            index_photos(chunk)
            count, chunk = count + len(chunk), []
    index_photos(chunk)
    return count + len(chunk)
