"""Effects that happen after a commit, as rows of the task queue: enqueued in the transaction that needs them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from articles import announcing, arrivals, assigning, mailing, notices, outlets, releasing
from articles.models import Article, Listing, Release, WireBatch
from articles.photos import due

RELISTED_AT_ONCE = 100
MAIL_ATTEMPTS = 5  # over an hour and a quarter


@task()
def make_renditions(public_id: str) -> int:
    """Write the public files of a picture. Gives how many it wrote."""
    return due.prepare.func(public_id)


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


@task()
def mail_notices(once: str | list[str], recipients: list[int], attempt: int = 1) -> int:
    """Mail the notices of one occasion, or of several, to those people.

    Gives how many could not be sent; those are tried again.
    """
    failed = mailing.send(once, recipients)
    if failed and attempt < MAIL_ATTEMPTS:
        later = timezone.now() + timedelta(minutes=5 * 2 ** (attempt - 1))
        mail_notices.using(run_after=later).enqueue(once, failed, attempt + 1)
    return len(failed)


@task()
def tell_of_release(pk: int) -> bool:
    """Tell of a scheduled release at its time, if it did come, and have its outlets asked. Gives whether it had."""
    planned = Release.objects.filter(pk=pk).first()
    release = Release.objects.in_force(planned.public_id) if planned else None
    # An end may have been set again, for the same instant, behind a text that was released meanwhile.
    if release is None or release.live_from != planned.live_from:
        return False
    with transaction.atomic():
        notices.told_of_release(release.article, release, release.created_by)
        outlets.look_when_live(release)
        announcing.announce(release)
    return True


@task()
def bring_in(batch: int) -> dict:
    """Bring an upload in that is too large for a page to wait for. Gives its totals; run again, it goes on."""
    return arrivals.door().bring_in(WireBatch.objects.select_related("created_by").get(pk=batch))


@task()
def tell_of_end(pk: int, at: str) -> bool:
    """Tell that a story is to expire at that instant by an agency's terms, if it still is. Gives whether it is."""
    end = Release.objects.pending().filter(article=pk, kind=Release.Kind.EXPIRY, live_from=at).first()
    if end is None:
        return False
    with transaction.atomic():
        notices.told_of_end_now(end.article, end.live_from)
    return True


@task()
def tell_what_is_due() -> int:
    """Tell of work that is due soon, or late. Gives how many were told; however often it runs, each once."""
    return assigning.tell_what_is_due()
