"""A story as readers would see it at some instant: what the template of a preview is given."""

from articles import documents, guards, text
from articles.models import Release


def text_of(article, content: dict, at, picture_address) -> dict:
    """That content as if it were released by that instant, for ``{% told_story %}``.

    ``picture_address`` gives the address of a picture from its id.
    """
    current = Release.objects.in_force(article.public_id, at)
    published_at = current.published_at if current else at
    document = documents.build(
        article,
        content,
        published_at=published_at,
        photos=guards.photos_of(content),
        corrections=documents.corrections_of(article, at),
    ).document
    updated_at = at if current and not current.is_gone else None
    return _told(document, at, published_at, updated_at, content["breaking"], picture_address)


def released(article, at, picture_address) -> dict | None:
    """What readers have or will have of that story at that instant: a text, a notice, or None for nothing."""
    release = Release.objects.in_force(article.public_id, at)
    if release is None:
        return None
    updated_at = release.live_from if release.is_updated else None
    told = _told(release.document, at, release.published_at, updated_at, release.breaking, picture_address)
    return {**told, "gone": release if release.is_gone else None}


def _told(document, at, published_at, updated_at, breaking, picture_address):
    language = documents.edition(document["language"])
    return {
        "document": document,
        "at": at,
        "published_at": published_at,
        "updated_at": updated_at,
        "breaking": breaking,
        "pictures": {one["id"]: picture_address(one["id"]) for one in document["pictures"]},
        "language": language,
        "direction": text.direction(language),
    }


def closed(response):
    """An answer that nobody keeps and nobody lists, and whose address no other site hears of."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
