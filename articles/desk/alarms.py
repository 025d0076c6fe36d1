"""What has gone wrong, or waits on somebody's word: the lines on top of the desk's first page."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles import access, arrivals, audit, bulk, outlets, purging, sealing, wire_holds
from articles.bulk_actions import ACTIONS
from articles.models import Listing, Photo, PhotoCaption, Release
from articles.photos import rights

from .photo_uses import corrections_waiting
from .times import told

# A worker that is well takes a task up within seconds.
LATE = timedelta(seconds=60)
UNSEALED = timedelta(minutes=5)
FAILED_WITHIN = timedelta(days=1)
OVERRIDDEN_WITHIN = timedelta(days=1)
RIGHTS_WITHIN = timedelta(days=7)
SHOWN = 5
_OVERRIDES = {"one_person": "the two-person rule", "embargo": "an embargo"}


@dataclass(frozen=True)
class Alarm:
    """One line: how bad (``stop`` or ``wait``), the sentence, and where it leads."""

    level: str
    message: str
    address: str = ""


def alarms(user, now=None) -> list[Alarm]:
    """What that user should know of and can see, the worst first."""
    now = now or timezone.now()
    found = [*_killed(user, now), *_silent(user, now), *_not_as_released(user), *_overridden(user, now)]
    found += [*_orders(user), *_not_prepared(user)]
    if user.has_perm("articles.change_photo") or user.has_perm("articles.publish_article"):
        found += _pictures(now)
    if user.has_perm("articles.publish_article") or user.has_perm("articles.view_event"):
        found += [*_queue(now), *_purges(now), *_seals(now)]
    found += _corrections(user)
    return sorted(found, key=lambda alarm: alarm.level != "stop")


def _killed(user, now):
    for story in wire_holds.unsettled(access.visible_articles(user), now)[:SHOWN]:
        killed = story.wire_standing == "canceled"
        has = " Readers still have it." if story.readers_have and story.readers_have not in Release.GONE else ""
        yield Alarm(
            "stop" if killed else "wait",
            f"“{story}” was {'killed' if killed else 'withheld'} by the wire.{has}",
            reverse("admin:articles_article_change", args=[story.pk]),
        )


def _silent(user, now):
    if not user.has_perm("articles.view_wirerecord"):
        return
    for source, last in arrivals.silent(now)[:SHOWN]:
        when = f"since {told(last)}" if last else "yet"
        yield Alarm("wait", f"Nothing has come from {source} {when}.", reverse("admin:articles_wirerecord_changelist"))


def _not_as_released(user):
    for article, checks in outlets.wrong(access.visible_articles(user), SHOWN):
        where = ", ".join(check.outlet for check in checks[:3]) + (" …" if len(checks) > 3 else "")
        yield Alarm(
            "stop",
            f"“{article}” does not show as it was released: {where}.",
            reverse("admin:articles_article_outlets", args=[article.pk]),
        )


def _overridden(user, now):
    if not user.has_perm("articles.view_event"):
        return
    stories = access.visible_articles(user)
    rows = audit.overrides_since(now - OVERRIDDEN_WITHIN, SHOWN, stories=stories)
    seen = stories.filter(public_id__in=[event.thing for event in rows])
    visible = dict(seen.values_list("public_id", "pk"))
    for event in rows:
        if event.thing in visible:
            rules = " and ".join(_OVERRIDES.get(code, code) for code in event.data["overrides"])
            yield Alarm(
                "wait",
                f"{event.actor_name} passed over {rules} for “{event.name}”: {event.reason}",
                reverse("admin:articles_article_history", args=[visible[event.thing]]),
            )


def _orders(user):
    for order in bulk.waiting_for(user)[:SHOWN]:
        yield Alarm(
            "wait",
            f"{order.made_by} asks: {ACTIONS[order.action].label}, {_stories(len(order.stories))}."
            " It waits for a second person’s word.",
            reverse("admin:articles_article_bulk_order", args=[order.pk]),
        )


def _stories(count):
    return "1 story" if count == 1 else f"{count} stories"


def _corrections(user):
    if not user.has_perm("articles.change_photo"):
        return
    stories = corrections_waiting(user)
    if stories:
        count = "1 story says" if stories == 1 else f"{stories} stories say"
        yield Alarm(
            "wait",
            f"{count} in words of their own what was corrected in the picture’s caption since.",
            f"{reverse('admin:articles_photo_changelist')}?waits=stale",
        )


def _queue(now):
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    due = ready.filter(Q(run_after__lt=now - LATE) | Q(run_after__year=9999, enqueued_at__lt=now - LATE))
    oldest = due.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    if oldest:
        yield Alarm("stop", f"The worker is behind: something asked for at {told(oldest)} is not done. Is it running?")
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gt=now - FAILED_WITHIN)
    names = [
        path.rpartition(".")[2] for path in failed.order_by("-finished_at").values_list("task_path", flat=True)[:50]
    ]
    for name in dict.fromkeys(names):
        times = names.count(name)
        often = "once" if times == 1 else f"{times} times"
        yield Alarm(
            "stop", f"“{name.replace('_', ' ')}” has failed {often} since yesterday. The worker’s log says why."
        )


def _purges(now):
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=purging.purge.module_path, args_kwargs__args__1__gt=purging.WORRYING
    )
    oldest = waiting.order_by("enqueued_at").first()
    if oldest:
        _keys, attempt, caches = oldest.args_kwargs["args"]
        where = ", ".join(urlsplit(address).netloc for address in caches)
        yield Alarm(
            "stop",
            f"The cache {where} has failed {attempt - 1} times to forget what readers no longer have."
            " It is asked again; meanwhile it may show that for a minute or two.",
        )


def _seals(now):
    since = sealing.unsealed_since()
    if since and since < now - UNSEALED:
        yield Alarm("wait", f"The log has not been sealed since {told(since)}. Is “every_minute” running?")


def _pictures(now):
    late = rights.ended(now - rights.LATE).order_by("usable_until").first()
    if late:
        yield Alarm(
            "stop",
            f"The rights to “{late}” ended at {told(late.usable_until)}, and its files are still in storage.",
            reverse("admin:articles_photo_change", args=[late.pk]),
        )


def _not_prepared(user):
    if not user.has_perm("articles.change_photo"):
        return
    for photo in Photo.objects.exclude(render_problem="").order_by("-updated_at")[:SHOWN]:
        yield Alarm(
            "wait",
            f"“{photo}” could not be prepared for readers: {photo.render_problem}",
            reverse("admin:articles_photo_change", args=[photo.pk]),
        )


def ending_rights(user, now):
    """Pictures whose rights end within a week and that readers see now, the soonest first."""
    if not user.has_perm("articles.view_photo"):
        return []
    showing = Listing.objects.showing(now).filter(place="home", article=OuterRef("article"))
    uses = PhotoCaption.objects.filter(Exists(showing), photo=OuterRef("pk"), article__in=access.visible_articles(user))
    photos = Photo.objects.filter(usable_until__gt=now, usable_until__lt=now + RIGHTS_WITHIN)
    return list(photos.filter(Exists(uses)).order_by("usable_until")[:SHOWN])
