"""Effects that happen after a commit, as rows of the task queue: enqueued in the transaction that needs them."""

from django_tasks import task

from articles import photos, releasing
from articles.models import Article, Listing, Photo

RELISTED_AT_ONCE = 100


@task()
def make_renditions(public_id: str) -> int:
    """Write the public files of a picture. Gives how many it wrote."""
    photo = Photo.objects.filter(public_id=public_id).first()
    return photos.make_renditions(photo) if photo else 0


@task()
def relist(place: str, after: int = 0) -> int:
    """List every story of a place anew, where its regions and topics now stand; see ``releasing.relist``.

    Goes in steps, each a task of its own, so that a stopped worker goes on where it was. Gives how many stories this
    step took.
    """
    ids = list(
        Listing.objects.filter(place=place, article__gt=after)
        .order_by("article")
        .values_list("article", flat=True)
        .distinct()[:RELISTED_AT_ONCE]
    )
    for article in Article.objects.filter(pk__in=ids):
        releasing.relist(article)
    if len(ids) == RELISTED_AT_ONCE:
        relist.enqueue(place, ids[-1])
    return len(ids)
