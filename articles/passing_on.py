"""Stories to subscribers: who gets what, the feeds they ask for, and the calls we make (webhooks).

A call is signed as https://www.standardwebhooks.com has it, tried again for two days, and made at most once for each
release and subscriber as far as they can tell: its id stays the same. Nothing older is ever sent after something newer.
Whoever had a story gets every later release of it, and its cancellation, whatever they have subscribed to.
"""

import base64
import hashlib
import hmac
import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks import task

from articles import audit, fetching, notices
from articles.exporting import stories
from articles.exporting.files import WRITERS
from articles.models import Delivery, Release, Subscriber
from articles.models.working import new_token

# After so many seconds it is tried again; after the last of them it is given up.
AGAIN_AFTER = (5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000)
GIVEN_UP_AFTER = timedelta(days=5)  # a webhook that has only failed for so long is not called any more
LOOKS_BACK = timedelta(days=3)  # what a worker that was dead so long has missed is still sent
AT_ONCE = 500
FEED = 100  # stories in one answer
FEED_LOOKS_BACK = timedelta(days=30)
log = logging.getLogger("newsroom.passing_on")


# --- keys ---------------------------------------------------------------------------------------------------------


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def new_keys(subscriber: Subscriber, by) -> tuple[str, str]:
    """Make the subscriber's token and the secret of its calls anew; the old ones end. Gives both, to be shown once."""
    token = new_token()
    subscriber.token_hash, subscriber.keys = _hash(token), subscriber.keys + 1
    subscriber.save(update_fields=["token_hash", "keys"])
    audit.log(by, "keys_made", subscriber)
    return token, secret_of(subscriber)


def secret_of(subscriber: Subscriber) -> str:
    """What its calls are signed with, as it is told to the subscriber."""
    key = salted_hmac("newsroom.webhook", f"{subscriber.public_id}:{subscriber.keys}", algorithm="sha256").digest()
    return f"whsec_{base64.b64encode(key).decode()}"


def find(token: str) -> Subscriber | None:
    """The subscriber of that token, if its feed is open. Takes the same time whatever the token."""
    wanted = _hash(token)
    subscriber = Subscriber.objects.filter(token_hash=wanted, is_active=True).first()
    held = subscriber.token_hash if subscriber else _hash("")
    return subscriber if hmac.compare_digest(held, wanted) else None


# --- what a subscriber gets -----------------------------------------------------------------------------------------


def subscribed(subscriber: Subscriber, at=None):
    """The releases in force at that instant that the subscriber gets, those that took a story away among them."""
    return stories.select(
        regions=list(subscriber.regions.values_list("code", flat=True)),
        topics=list(subscriber.topics.values_list("code", flat=True)),
        languages=subscriber.languages,
        at=at,
    )


def _may_show(release: Release, subscriber: Subscriber) -> bool:
    """Whether the terms of who sent the story leave it to where the subscriber publishes."""
    if not subscriber.country:
        return not release.territories
    country = subscriber.country.upper()
    return (not release.territories or country in release.territories) and country not in release.excluded_territories


def feed(subscriber: Subscriber, since=None, at=None) -> list[stories.Story]:
    """What a subscriber who asks is given: what has changed since that instant, the oldest first, or the newest."""
    at = at or timezone.now()
    chosen = subscribed(subscriber, at).select_related("article", "revision")
    if since is not None:
        rows = chosen.filter(live_from__gt=since).order_by("live_from", "pk")[:FEED]
    else:
        rows = reversed(chosen.filter(live_from__gt=at - FEED_LOOKS_BACK).order_by("-live_from", "-pk")[:FEED])
    return [stories.story_of(one, at) for one in rows if one.is_gone or _may_show(one, subscriber)]


# --- calls --------------------------------------------------------------------------------------------------------


def take_up() -> int:
    """See to every call that is due, also where a worker has died over it. Gives how many were begun.

    Each minute: what is released is passed on within one, and a release costs nothing more for it.
    """
    now = timezone.now()
    left = Delivery.objects.due(now - timedelta(minutes=2)).values_list("pk", flat=True)[:AT_ONCE]
    for pk in left:
        call.enqueue(pk)
    return len(left) + _take_up(live_from__gt=now - LOOKS_BACK)


def _take_up(**of) -> int:
    """Make a delivery of each of these releases that is in force for each who gets it and has not had it."""
    now, begun = timezone.now(), 0
    newer = Release.objects.holding(now).filter(article=OuterRef("article"), sequence__gt=OuterRef("sequence"))
    in_force = Release.objects.holding(now).filter(**of).filter(~Exists(newer))
    for subscriber in Subscriber.objects.called():
        ours = Delivery.objects.filter(subscriber=subscriber)
        had = ours.filter(article=OuterRef("article"), is_cancellation=False).exclude(state="overtaken")
        told = ours.filter(release=OuterRef("pk"))
        found = in_force.filter(live_from__gte=subscriber.created_at).annotate(
            is_wanted=Exists(subscribed(subscriber, now).filter(pk=OuterRef("pk"))),
            may_go=Exists(stories.may_go_out(now).filter(pk=OuterRef("pk"))),
            was_had=Exists(had),
            was_told=Exists(told),
            was_canceled=Exists(told.filter(is_cancellation=True)),
        )
        # What was sent and may not go out any more, though readers still have it, is taken back from who had it.
        found = found.filter(Q(was_told=False) | Q(may_go=False, was_canceled=False))
        found = found.filter(Q(is_wanted=True) | Q(was_had=True)).select_related("article").defer("document")
        for release in found[:AT_ONCE]:
            cancels = release.is_gone or not release.may_go or not _may_show(release, subscriber)
            if release.was_had or not cancels:
                begun += _begin(subscriber, release, cancels, now)
    return begun


def _begin(subscriber, release, cancels, now) -> int:
    with transaction.atomic():
        delivery, made = Delivery.objects.get_or_create(
            subscriber=subscriber,
            release=release,
            is_cancellation=cancels,
            defaults={"article": release.article, "next_at": now},
        )
        if made:
            call.enqueue(delivery.pk)
    return int(made)


@task()
def call(pk: int) -> str:
    """Make that call, if it is still to be made; gives what became of it."""
    now = timezone.now()
    delivery = (
        Delivery.objects.select_related("subscriber", "release__article", "release__revision").filter(pk=pk).first()
    )
    if delivery is None or delivery.state != Delivery.State.WAITING:
        return "nothing to do"
    # One worker alone: whoever counts this attempt makes it.
    ours = Delivery.objects.filter(pk=pk, state=Delivery.State.WAITING, attempts=delivery.attempts)
    if delivery.next_at > now or not ours.update(attempts=delivery.attempts + 1, next_at=now + timedelta(minutes=5)):
        return "not yet"
    delivery.attempts += 1
    subscriber, release = delivery.subscriber, delivery.release
    current = Release.objects.in_force(release.public_id, now)
    if current is None or current.pk != release.pk:
        return _settle(delivery, Delivery.State.OVERTAKEN, "A newer release took its place.")
    if not (subscriber.is_active and subscriber.hook and subscriber.hook_given_up_at is None):
        return _settle(delivery, Delivery.State.FAILED, "The subscriber is not called any more.")
    if not delivery.is_cancellation and not stories.may_go_out(now).filter(pk=release.pk).exists():
        return _settle(delivery, Delivery.State.OVERTAKEN, "The story may not be passed on any more.")
    try:
        body, headers = _signed(delivery, now)
        answer = fetching.post(subscriber.hook, body, headers=headers)
        status, said = answer.status, f"The subscriber answered {answer.status}."
    except fetching.Unreachable as error:
        status, said = 0, str(error)
    if 200 <= status < 300:
        Subscriber.objects.filter(pk=subscriber.pk).update(failing_since=None)
        return _settle(delivery, Delivery.State.SENT, said, sent_at=now)
    return _failed(delivery, said, now, is_gone=status == 410)


def _signed(delivery, now) -> tuple[bytes, dict]:
    """The body of a call, and its headers."""
    story = stories.story_of(delivery.release, now)
    if delivery.is_cancellation and not story.is_canceled:
        story = stories.Story(
            **{
                name: getattr(story, name)
                for name in ("id", "sequence", "address", "headline", "language", "direction")
            },
            **{name: getattr(story, name) for name in ("first_released_at", "released_at", "urgency")},
            is_canceled=True,
        )
    writer = WRITERS[delivery.subscriber.format]
    body = writer.write(story)
    key, at = f"msg_{delivery.key.hex}", str(int(now.timestamp()))
    return body, {
        "Content-Type": writer.content_type,
        "webhook-id": key,
        "webhook-timestamp": at,
        "webhook-signature": signature(secret_of(delivery.subscriber), key, at, body),
    }


def signature(secret: str, key: str, at: str, body: bytes) -> str:
    """What proves that a call is ours: HMAC-SHA256 over its id, its time and its body."""
    signed = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), f"{key}.{at}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(signed.digest()).decode()}"


def _settle(delivery, state, said, **fields) -> str:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, answer=said[:200], **fields)
    return said


def _failed(delivery, said, now, *, is_gone) -> str:
    subscriber = delivery.subscriber
    log.warning("A call to subscriber %s failed: %s", subscriber.pk, said)
    Subscriber.objects.filter(pk=subscriber.pk, failing_since=None).update(failing_since=now)
    subscriber.refresh_from_db(fields=["failing_since"])
    if is_gone or now - subscriber.failing_since >= GIVEN_UP_AFTER:
        _give_up(subscriber, said, now)
        return _settle(delivery, Delivery.State.FAILED, said)
    if delivery.attempts > len(AGAIN_AFTER):
        return _settle(delivery, Delivery.State.FAILED, said)
    then = now + timedelta(seconds=AGAIN_AFTER[delivery.attempts - 1])
    with transaction.atomic():
        _settle(delivery, Delivery.State.WAITING, said, next_at=then)
        call.using(run_after=then).enqueue(delivery.pk)
    return said


def _give_up(subscriber, said, now) -> None:
    """Call that subscriber no more, and tell those who can mend it."""
    with transaction.atomic():
        if Subscriber.objects.filter(pk=subscriber.pk, hook_given_up_at=None).update(hook_given_up_at=now):
            audit.log(None, "webhook_given_up", subscriber, reason=said)
            notices.told(
                notices.Reason.ALARM,
                notices.administrators(),
                f"“{subscriber}” is not called any more: its webhook has failed for too long. {said}",
                once=f"webhook-{subscriber.pk}-{now:%Y-%m-%d}",
                address=reverse("admin:articles_subscriber_change", args=[subscriber.pk]),
            )
