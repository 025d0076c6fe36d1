"""Caches forget what has changed: exactly that, at the instant at which it changes.

What is to be forgotten is asked for in the transaction of the change, as a task: it runs after that, or at the time of
what was scheduled. A cache that does not answer is asked again, later and later. If none of this runs, a page is stale
for as long as ``readers.http`` lets a cache keep it. Without ``PURGE`` nothing is asked for.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from articles import cache_keys, documents, purge_engines
from articles.models import Article, Listing

# After so many seconds a cache that failed is asked again; then the task has failed, which the dashboard says too.
AGAIN_AFTER = (5, 15, 60, 300, 900, 3600, 3 * 3600, 12 * 3600)
# A purge that has failed so often is told of on the dashboard.
WORRYING = 3
# The clocks of two machines differ: who asks a moment too early would have the old page kept again.
_GRACE = timedelta(seconds=1)
# What is dated earlier than this stands further down in lists than their first pages, perhaps.
_NEW = timedelta(days=1)

logger = logging.getLogger(__name__)


def of_story(article: Article, at: datetime) -> None:
    """Have forgotten what shows, or is to show, that story: at that instant what readers have of it changes."""
    if settings.PURGE:
        _at(purge_story, at).enqueue(article.pk, at.isoformat())


def of_keys(keys: Iterable[str], at: datetime | None = None) -> None:
    """Have what carries any of these keys forgotten, at once or at that instant."""
    keys = list(dict.fromkeys(keys))
    if settings.PURGE and keys:
        _at(purge, at).enqueue(keys)


def of_name(kind: str, codes: Iterable[str]) -> None:
    """Have forgotten what names these regions, topics, sources or authors, or leads to them."""
    editions = [language for language, _name in settings.LANGUAGES]
    indexes = [cache_keys.at_place("home", language) for language in editions]
    of_keys([*(cache_keys.named(kind, code) for code in codes), *indexes])


def of_front(language: str, at: datetime, until: datetime | None = None) -> None:
    """Have the front page of that edition forgotten when a decision begins to hold, and when it ends."""
    for instant in (at, until):
        if instant is not None:
            of_keys([cache_keys.front(language)], instant)


def of_picture(files: Iterable[str], articles: Iterable[Article]) -> None:
    """Have files of a picture forgotten whose rights have ended, and what shows these stories, which had it."""
    if settings.PURGE:
        of_keys(cache_keys.picture(name) for name in files)
        now = timezone.now()
        for article in articles:
            of_story(article, now)


def _at(work, at):
    now = timezone.now()
    return work.using(run_after=at + _GRACE) if at is not None and at > now else work


def keys_of_story(article: Article, since: datetime) -> list[str]:
    """The keys of all that shows that story, or has shown it until that instant."""
    original = article.translation_of_id or article.pk
    same = Article.objects.filter(Q(pk=original) | Q(translation_of=original) | Q(pk=article.pk))
    keys = [cache_keys.story(public_id) for public_id in same.order_by("pk").values_list("public_id", flat=True)]
    rows = Listing.objects.filter(Q(live_until=None) | Q(live_until__gte=since), article=article)
    for place, language, published_at in rows.values_list("place", "language", "published_at").order_by("pk"):
        day = timezone.localdate(published_at)
        keys += [cache_keys.at_place(place, language), cache_keys.search(language)]
        keys.append(cache_keys.calendar(day, language))
        if since - published_at > _NEW and place != documents.day_place(day):
            keys.append(cache_keys.in_month(place, language, day))
    return list(dict.fromkeys(keys))


@task()
def purge_story(article: int, since: str) -> int:
    """Have all forgotten that shows that story, or showed it until then. Gives how many keys that were."""
    found = Article.objects.filter(pk=article).only("translation_of_id").first()
    return purge.func(keys_of_story(found, datetime.fromisoformat(since))) if found else 0


@task()
def purge(keys: list[str], attempt: int = 1, caches: list[str] | None = None) -> int:
    """Have each cache, or these, forget what carries any of those keys; those that fail are asked again later.

    Gives how many keys there were. Raises ``NotPurged`` when it is given up.
    """
    failed = []
    for address in settings.PURGE if caches is None else [one for one in caches if one in settings.PURGE]:
        try:
            purge_engines.purge(address, keys)
        except purge_engines.NotPurged as error:
            logger.warning("not purged (attempt %s): %s", attempt, error)
            failed.append(address)
            last = error
    if failed:
        if attempt > len(AGAIN_AFTER):
            raise last
        later = timezone.now() + timedelta(seconds=AGAIN_AFTER[attempt - 1])
        purge.using(run_after=later).enqueue(keys, attempt + 1, failed)
    return len(keys)
