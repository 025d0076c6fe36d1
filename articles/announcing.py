"""Telling machines of others at once that something was released, corrected or taken back, where the settings say so.

``websub``    the hub that our feeds name: it fetches those that the story stands or stood in, and gives them on
              (https://www.w3.org/TR/websub/)
``indexnow``  search engines: the address of the story (https://www.indexnow.org/documentation)

They are told what readers have already, never what is to come: a scheduled release is announced when its time has come,
and a task that finds another release in force says nothing.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from articles import fetching, outlets
from articles.models import Release

# After so many seconds it is tried again; after the last of them it is given up.
AGAIN_AFTER = (30, 300, 1800, 7200, 21_600)
# What a server may answer that will not be otherwise next time.
_FOR_GOOD = frozenset(range(400, 500)) - {408, 425, 429}
log = logging.getLogger("newsroom.announcing")


@dataclass(frozen=True)
class Receiver:
    """Somebody who is told: whether the settings name one, and what is sent to where, with which headers."""

    is_on: Callable[[], bool]
    letter: Callable[[Release], tuple[str, bytes, dict]]


def announce(release: Release) -> None:
    """Have everybody told of a release that readers have from now on. Belongs in the transaction that makes it so."""
    if settings.SITE_URL:
        for name, receiver in RECEIVERS.items():
            if receiver.is_on():
                tell.enqueue(name, release.public_id, release.sequence)


@task()
def tell(name: str, public_id: str, sequence: int, tries: int = 0) -> str:
    """Tell one of them of that release, if readers have it still. Gives what became of it."""
    receiver = RECEIVERS[name]
    release = Release.objects.in_force(public_id)
    if release is None or release.sequence != sequence or not (settings.SITE_URL and receiver.is_on()):
        return "nothing to tell"
    address, body, headers = receiver.letter(release)
    try:
        status = fetching.post(address, body, headers=headers).status
        said, for_good = f"It answered {status}.", status in _FOR_GOOD
    except fetching.Unreachable as error:
        status, said, for_good = 0, str(error), isinstance(error, fetching.Forbidden)
    if 200 <= status < 300:
        return said
    log.warning("Telling %s of a release failed: %s", name, said)
    if not for_good and tries < len(AGAIN_AFTER):
        later = timezone.now() + timedelta(seconds=AGAIN_AFTER[tries])
        tell.using(run_after=later).enqueue(name, public_id, sequence, tries + 1)
    return said


def _to_hub(release):
    feeds = [f"{settings.SITE_URL}{path}" for path in outlets.feeds_of(release.article)]
    body = urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)])
    return settings.WEBSUB_HUB, body.encode(), {"Content-Type": "application/x-www-form-urlencoded"}


def _to_search_engines(release):
    told = {
        "host": urlsplit(settings.SITE_URL).netloc,
        "key": settings.INDEXNOW_KEY,
        "keyLocation": f"{settings.SITE_URL}/{settings.INDEXNOW_KEY}.txt",
        "urlList": [f"{settings.SITE_URL}{outlets.page_of(release)}"],
    }
    return settings.INDEXNOW_SERVER, json.dumps(told).encode(), {"Content-Type": "application/json; charset=utf-8"}


RECEIVERS = {
    "websub": Receiver(lambda: bool(settings.WEBSUB_HUB), _to_hub),
    "indexnow": Receiver(lambda: bool(settings.INDEXNOW_KEY), _to_search_engines),
}
