"""Effects that happen after a commit, as rows of the task queue: enqueued in the transaction that needs them."""

from django_tasks import task

from articles import photos
from articles.models import Photo


@task()
def make_renditions(public_id: str) -> int:
    """Write the public files of a picture. Gives how many it wrote."""
    photo = Photo.objects.filter(public_id=public_id).first()
    return photos.make_renditions(photo) if photo else 0
