"""May this picture be shown: credit, time, territory. And what follows when rights end, or begin anew.

Readers' pages leave a picture out by themselves from the instant at which its rights end, for its release says when.
Its public files leave storage within the minute, by a task deferred to that instant and by a sweep each minute.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from articles import access, audit, notices, purging
from articles.models import Article, Notice, Photo, Release, ReleasedPhoto, Rendition

from . import due

# How long before its end the desks are told of it.
TOLD_BEFORE = (timedelta(days=7), timedelta(days=1))
# How late the files of a picture may be in leaving storage before it is an alarm.
LATE = timedelta(seconds=60)


def country_codes(values) -> list[str]:
    """Those codes in capitals, each once, in order; what is no code of a country is left out."""
    codes = (str(one).strip().upper() for one in values)
    return list(dict.fromkeys(code for code in codes if len(code) == 2 and code.isascii() and code.isalpha()))


def problems(photo: Photo, at) -> list[tuple[str, str]]:
    """Why that picture may not be shown at that instant, as (code, what is wrong with it)."""
    found = []
    if photo.usable_until and photo.usable_until <= at:
        found.append(("rights_lapsed", "has rights that end before that"))
    if photo.usable_from and photo.usable_from > at:
        local = timezone.localtime(photo.usable_from)
        found.append(("rights_to_come", f"may be used from {local:%d %B %Y, %H:%M} on, and not before"))
    if where := not_licensed_for(photo):
        found.append(("territory", f"is not licensed for {where}"))
    return found


def not_licensed_for(photo: Photo) -> str:
    """Where this newsroom publishes and that picture may not be shown, in words; "" where it may."""
    ours = country_codes(settings.NEWSROOM_TERRITORIES)
    if not ours:  # it publishes everywhere
        if photo.territories:
            return f"the whole world, where this newsroom publishes, but for {', '.join(photo.territories)} alone"
        return f"{', '.join(photo.excluded_territories)}" if photo.excluded_territories else ""
    missing = [code for code in ours if photo.territories and code not in photo.territories]
    missing += [code for code in ours if code in photo.excluded_territories and code not in missing]
    return ", ".join(missing)


# --- who shows it ----------------------------------------------------------------------------------------------------


def releases_showing(photo: Photo, at=None):
    """The releases in force at that instant that show that picture."""
    at = at or timezone.now()
    newer = Release.objects.holding(at).filter(article=OuterRef("article"), sequence__gt=OuterRef("sequence"))
    shown = ReleasedPhoto.objects.filter(photo=photo, release=OuterRef("pk"))
    return Release.objects.holding(at).filter(Exists(shown), ~Exists(newer))


def follow(photo: Photo) -> None:
    """What a change of the end of a picture's rights comes to. Belongs in the transaction of that change.

    Ended earlier, they end on the pages of stories too, and at once in what is to come. Ended later, the public files
    are made again; readers get the picture back by a release alone.
    """
    from articles import releasing  # which asks these rules before it releases anything

    releasing.end_picture(photo)
    now = timezone.now()
    if photo.usable_until:
        due.end_rights.using(run_after=max(photo.usable_until, now)).enqueue(photo.public_id)
    if photo.files_deleted_at and (photo.usable_until is None or photo.usable_until > now):
        photo.renditions.all().delete()
        Photo.objects.filter(pk=photo.pk).update(files_deleted_at=None)
        photo.files_deleted_at = None
        due.prepare.enqueue(photo.public_id)


def stories_without_it(photo: Photo, at=None) -> list[Article]:
    """The live stories whose released text leaves that picture out sooner than its rights now end.

    They may be offered to be released again.
    """
    at = at or timezone.now()
    until = photo.usable_until.isoformat() if photo.usable_until else None
    found = []
    for release in releases_showing(photo, at).select_related("article"):
        ends = [one["until"] for one in release.document["pictures"] if one["id"] == photo.public_id]
        if any(end and end != until and (until is None or end < until) for end in ends):
            found.append(release.article)
    return found


# --- the end ---------------------------------------------------------------------------------------------------------


def ended(at=None):
    """Pictures whose rights have ended and whose files are still there."""
    files = Rendition.objects.filter(photo=OuterRef("pk"))
    return Photo.objects.filter(Exists(files), usable_until__lte=at or timezone.now(), files_deleted_at=None)


def delete_files(photo: Photo, at=None) -> int:
    """Take the public files of a picture whose rights have ended out of storage. Gives how many there were.

    The rows stay, so that their addresses can say that they are gone. Safe to run twice; raises what storage raises.
    """
    with transaction.atomic():
        locked = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
        at = at or timezone.now()
        if locked.files_deleted_at or locked.usable_until is None or locked.usable_until > at:
            return 0
        files = list(locked.renditions.all())
        for one in files:
            one.file.storage.delete(one.file.name)
        Photo.objects.filter(pk=locked.pk).update(files_deleted_at=at)
        shown = ReleasedPhoto.objects.filter(photo=locked).values("release__article")
        purging.of_picture([one.file.name for one in files], Article.objects.filter(pk__in=shown))
        audit.log(None, "picture_files_deleted", locked, reason="The rights ended.", files=len(files))
    return len(files)


def delete_what_has_ended() -> int:
    """The sweep behind the task: files of every picture whose rights have ended. Gives how many pictures that were."""
    return sum(1 for photo in ended()[:200] if delete_files(photo))


def is_gone(name: str) -> bool:
    """Whether a public file of that name was there once and is gone because the rights to its picture ended."""
    return Rendition.objects.filter(file=name, photo__files_deleted_at__isnull=False).exists()


# --- beforehand ------------------------------------------------------------------------------------------------------


def tell_beforehand(at=None) -> int:
    """Tell the photo desk, and the desks of live stories, which rights end soon. Gives how many were told."""
    at = at or timezone.now()
    told = 0
    for photo in Photo.objects.ending(at + max(TOLD_BEFORE), after=at)[:500]:
        due_now = [before for before in TOLD_BEFORE if photo.usable_until <= at + before]
        once = f"rights-{photo.public_id}-{photo.usable_until:%Y%m%dT%H%M%S}-{min(due_now).days}"
        if not Notice.objects.filter(once=once).exists():
            with transaction.atomic():
                told += _tell(photo, once, at)
    return told


def _tell(photo, once, at):
    local = timezone.localtime(photo.usable_until)
    stories = Article.objects.filter(pk__in=releases_showing(photo, at).values("article")).only("headline", "desk")
    live = list(stories[:20])
    in_stories = f" It stands in {len(live)} live stor{'y' if len(live) == 1 else 'ies'}." if live else ""
    words = f"The rights to “{photo}” end on {local:%d %B %Y at %H:%M}.{in_stories}"
    whom = Q(pk__in=access.who_hold("change_photo").values("pk"))
    for article in live:
        whom |= notices.leads_of(article.desk_id) | notices.writers_of(article)
    address = reverse("admin:articles_photo_change", args=[photo.pk])
    return notices.told(notices.Reason.ALARM, whom, words, once=once, address=address)
