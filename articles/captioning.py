"""The caption desk's rules: who uses a picture, which words of it went stale, and one release of all that show it.

A picture's words are corrected once, at the photo desk. Working copies without words of their own have the new ones at
once. Readers get them by an order that names each live story with the release that was looked at: a second person, who
may release every one of them, carries it out. Each story is released as it was released, with that caption replaced.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from articles import access, audit, bulk, notices, photos, releasing
from articles.models import Article, BulkOrder, Photo, PhotoCaption, Release
from articles.photos import rights
from articles.workflow import Refused

ACTION = "caption"


@dataclass
class Use:
    """One story that uses a picture: in its working copy, in what readers have, or in both."""

    article: Article
    caption: PhotoCaption | None = None  # the working copy's
    release: Release | None = None  # what readers have, if it shows the picture
    shown: dict = field(default_factory=dict)  # the picture in it: caption, alt, credit …

    @property
    def overrides(self) -> list[str]:
        """The fields in which the working copy has words of its own."""
        return [name for name in PhotoCaption.OVERRIDES if self.caption and getattr(self.caption, name)]

    @property
    def stale(self) -> list[str]:
        """Those of them that were written over words which have been corrected since."""
        return self.caption.stale_overrides() if self.caption else []


def uses_of(photo: Photo, articles=None) -> list[Use]:
    """Every story that uses a picture, those that readers have first. Two queries.

    ``articles`` is a queryset that they are to be of: ``access.visible_articles(user)``.
    """
    captions = PhotoCaption.objects.filter(photo=photo).select_related("article__desk").defer("article__body")
    releases = rights.releases_showing(photo).select_related("article__desk").defer("article__body")
    if articles is not None:
        captions, releases = captions.filter(article__in=articles), releases.filter(article__in=articles)
    uses = {}
    for release in releases:
        shown = next((one for one in release.document["pictures"] if one["id"] == photo.public_id), {})
        uses[release.article_id] = Use(release.article, None, release, shown)
    for caption in captions:
        caption.photo = photo
        uses.setdefault(caption.article_id, Use(caption.article)).caption = caption
    return sorted(uses.values(), key=lambda use: (use.release is None, -use.article.pk))


def stale_uses(articles=None, most: int = 200) -> list[PhotoCaption]:
    """Captions of stories whose own words stand over words that have been corrected since, newest story first."""
    captions = PhotoCaption.objects.filter(photo__isnull=False).exclude(written_over={})
    if articles is not None:
        captions = captions.filter(article__in=articles)
    rows = captions.select_related("photo", "article").defer("photo__metadata", "article__body").order_by("-article")
    return [caption for caption in rows[: most * 10] if caption.stale_overrides()][:most]


def settle(caption: PhotoCaption, by) -> None:
    """Somebody has looked at a stale override and keeps it: it stands over the words as they are now."""
    with transaction.atomic():
        caption = (
            PhotoCaption.objects.select_for_update(of=("self",)).select_related("photo", "article").get(pk=caption.pk)
        )
        access.require(by, "change_photocaption", caption.article, "look after captions")
        words = {name: getattr(caption.photo, name) for name in PhotoCaption.OVERRIDES if getattr(caption, name)}
        PhotoCaption.objects.filter(pk=caption.pk).update(written_over=words)
        audit.log(by, "override_kept", caption.article, picture=caption.photo.public_id)


# --- one release of all --------------------------------------------------------------------------------------------


def correct_base(
    photo: Photo, values: dict, by, *, seen: int, note: str = "", reason: str = ""
) -> tuple[photos.keeping.PhotoRevision | None, BulkOrder | None]:
    """Correct a picture's words, and offer the release of the live stories that show the old ones.

    Gives the picture's new version and the order (none where no story would change), which waits for a second person.
    ``note`` is the public note that makes it a correction; without one it is an update. Raises as ``photos.change``.
    """
    with transaction.atomic():
        if not by.has_perm("articles.change_photo"):
            raise access.NotAllowed("You may not change pictures.")
        revision = photos.change(photo, values, by, seen=seen, reason=reason)
        return revision, offer(Photo.objects.get(pk=photo.pk), by, note=note, reason=reason)


def offer(photo: Photo, by, *, note: str = "", reason: str = "", only=None) -> BulkOrder | None:
    """An order to release every live story in which readers would see that picture otherwise than it is now.

    It waits for a second person; none where there is no such story. Stories that ``by`` may not see are not among them.
    ``only`` may hold the public ids of those that are wanted.
    """
    planned, left_out = [], []
    for use in uses_of(photo, access.visible_articles(by)):
        if use.release is None or (only is not None and use.article.public_id not in only):
            continue
        try:
            changed = releasing.pictures_with(use.release, photo)
        except releasing.NotReleasable as error:
            left_out.append([use.article.public_id, str(error)])
            continue
        if changed:
            planned.append((use, changed))
    if not planned:
        return None
    given = {"photo": photo.public_id, "note": note.strip()}
    given["sequences"] = {use.article.public_id: use.release.sequence for use, _ in planned}
    words = "released with the corrected caption" if note.strip() else "released with the picture as it is now"
    with transaction.atomic():
        order = BulkOrder.objects.create(
            action=ACTION,
            details={
                "given": given,
                "plan": [[use.article.public_id, words] for use, _ in planned],
                "left_out": left_out,
            },
            stories=[[use.article.public_id, use.article.version] for use, _ in planned],
            reason=reason[:300],
            made_by=by,
        )
        order = bulk.give(order, by)
        whom = Q(pk__in=access.who_hold("publish_article").values("pk"))
        told = (
            f"{audit.staff_name(by)} corrected “{photo}”: {len(planned)} live stories wait for a second person’s word."
        )
        notices.told(notices.Reason.CONFIRM, whom, told, once=f"caption-{order.pk}", by=by)
    return order


def release_one(article: Article, by, seen: int, given: dict, reason: str) -> str:
    """Release one story of such an order: the second person's act. See ``articles.bulk_actions``."""
    photo = Photo.objects.filter(public_id=given["photo"]).first()
    if photo is None:
        raise Refused("That picture is no longer there.")
    sequence = given["sequences"].get(article.public_id)
    releasing.recaption(article, by, photo=photo, sequence=sequence, note=given["note"], reason=reason)
    return "released with the corrected caption"
