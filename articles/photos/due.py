"""What happens to pictures in the background, as rows of the task queue: enqueued in the transaction that needs it."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import task

from articles.models import Photo, PhotoCaption, Release, ReleasedPhoto, Rendition

from . import renditions

# How long files that nothing shows any more stay: caches may still have pages that name them.
KEPT = timedelta(days=1)
AGAIN = timedelta(days=7)


@task()
def prepare(public_id: str) -> int:
    """Write the public files of a picture that are not there yet. Gives how many it wrote."""
    photo = Photo.objects.filter(public_id=public_id).first()
    if photo is None:
        return 0
    try:
        return renditions.make_renditions(photo)
    except renditions.UnusablePicture:
        return 0  # why stands beside the picture, for the desk


def prepare_again(photo: Photo) -> None:
    """Have the files of a picture made as it is now; those of before go when nothing shows them any more."""
    prepare.enqueue(photo.public_id)
    drop_superseded.using(run_after=timezone.now() + KEPT).enqueue(photo.public_id)


@task()
def make_again(public_id: str) -> int:
    """Make the files of a picture again that storage has lost. Gives how many it wrote."""
    photo = Photo.objects.filter(public_id=public_id).first()
    if photo is None or photo.files_deleted_at:
        return 0
    renditions.forget_missing(photo)
    return prepare.func(public_id)


@task()
def end_rights(public_id: str) -> int:
    """Take the files of a picture out of storage, if its rights have ended. Gives how many there were."""
    from . import rights  # which enqueues this

    photo = Photo.objects.filter(public_id=public_id).first()
    return rights.delete_files(photo) if photo else 0


@task()
def drop_superseded(public_id: str) -> int:
    """Delete the files of a picture that it does not want and no release shows or will show. Gives how many went.

    While some are still shown it comes back for them.
    """
    photo = Photo.objects.filter(public_id=public_id).first()
    if photo is None or photo.files_deleted_at:
        return 0
    wanted = {recipe for recipe, *_ in renditions.wanted(photo)}
    if not renditions.are_ready(photo):
        wanted |= set(photo.renditions.values_list("recipe", flat=True))  # nothing goes before the new ones are there
    shown = _recipes_shown(photo)
    unwanted = [one for one in photo.renditions.all() if one.recipe not in wanted]
    gone = [one for one in unwanted if one.recipe not in shown]
    Rendition.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for one in gone:
        one.file.storage.delete(one.file.name)
    if not shown - wanted - {""}:
        for former in photo.former_files.exclude(original=""):
            former.original.storage.delete(former.original.name)
            former.original = ""
            former.save(update_fields=["original"])
    if len(gone) < len(unwanted):
        drop_superseded.using(run_after=timezone.now() + AGAIN).enqueue(public_id)
    return len(gone)


def _recipes_shown(photo):
    """What the releases show that readers have or are to get."""
    now = timezone.now()
    newer = Release.objects.holding(now).filter(article=OuterRef("article"), sequence__gt=OuterRef("sequence"))
    standing = Release.objects.filter(pk=OuterRef("release"))
    in_force = standing.holding(now).filter(~Exists(newer))
    rows = ReleasedPhoto.objects.filter(photo=photo)
    found = rows.filter(Exists(in_force)) | rows.filter(Exists(standing.pending(now)))
    return {recipe for pair in found.values_list("recipe", "crop_recipe") for recipe in pair}


def for_story(article) -> None:
    """Have the crops made that a story's own framings need. Belongs in the transaction that saves the story."""
    framed = PhotoCaption.objects.filter(article=article, photo__isnull=False, framing__isnull=False)
    for caption in framed.select_related("photo"):
        if caption.framing and not renditions.are_ready(caption.photo, caption.framing):
            prepare.enqueue(caption.photo.public_id)


def prepare_what_has_nothing(at=None) -> int:
    """Ask again for the files of new pictures that have none: the sweep behind the task. Gives how many."""
    at = at or timezone.now()
    files = Rendition.objects.filter(photo=OuterRef("pk"))
    lacking = Photo.objects.filter(~Exists(files), render_problem="", created_at__lt=at - timedelta(minutes=5))
    lacking = lacking.filter(created_at__gt=at - timedelta(days=1), files_deleted_at=None)
    # At each twelfth minute alone: a worker that is behind gets no more of the same.
    if at.minute % 12:
        return 0
    return sum(1 for public_id in lacking.values_list("public_id", flat=True)[:50] if prepare.enqueue(public_id))
