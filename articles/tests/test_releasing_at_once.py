"""Fifty people at one story at the same moment: one decision, one release, one event, and lists that agree."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import releasing, writing
from articles.models import Event, Listing, Release, User

from .factories import approve, fresh, make_released, make_user
from .test_concurrency import all_at_once, assert_history_is_linear, kinds

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 50


@pytest.fixture(autouse=True)
def _a_public_address(settings):
    settings.SITE_URL = "http://127.0.0.1:1"  # so that each release asks for its outlets to be looked at


def make_changed(publisher):
    """A story that readers have, with another text approved."""
    article = make_released(publisher=publisher)
    article.headline = "Harbour opens after a year"
    article.save()
    writing.record(article, make_user())
    return approve(fresh(article), editor=publisher)


def acts(begun):
    """Everything that may be done to a story's releases, each by (what is logged, how)."""

    def later(minutes):
        return begun + timedelta(minutes=minutes)

    return {
        "publish": lambda article, by, seen, n: releasing.release(article, by, seen=seen),
        "schedule": lambda article, by, seen, n: releasing.release(article, by, seen=seen, at=later(60 + n)),
        "correct": lambda article, by, seen, n: releasing.release(article, by, seen=seen, correction=f"Note {n}."),
        "retract": lambda article, by, seen, n: releasing.retract(article, by, seen=seen, note=f"Wrong, {n}."),
        "expire": lambda article, by, seen, n: releasing.expire(article, by, seen=seen, at=later(600 + n)),
        "roll back": lambda article, by, seen, n: releasing.roll_back(
            article, by, seen=seen, sequence=1, reason="A mix-up.", note=f"Back, {n}."
        ),
        "unschedule": lambda article, by, seen, n: releasing.unschedule(article, by, seen=seen),
    }


LOGGED = {
    "publish": ("released", "updated_release"),
    "schedule": ("scheduled",),
    "correct": ("correction",),
    "retract": ("retracted",),
    "expire": ("expiry_scheduled",),
    "roll back": ("rolled_back",),
}
REFUSALS = {"not_live", "no_change", "no_such_release", "expires_before", "not_approved"}


def test_of_fifty_who_saw_the_same_page_one_has_their_way():
    publisher = make_user("publisher", group="Publisher")
    article = make_changed(publisher)
    before = Counter(Event.objects.values_list("action", flat=True))
    # What is scheduled is looked for when it is told of, at its time.
    looks = DBTaskResult.objects.filter(task_path__in=["articles.outlets.look", "articles.tasks.tell_of_release"])
    looked = looks.count()
    do = acts(timezone.now())
    names = [name for name in do if name != "unschedule"]  # with nothing scheduled it is no decision

    def act(number):
        by = User.objects.get(username="publisher")
        return do[names[number % len(names)]](article, by, article.version, number)

    outcomes = all_at_once(PEOPLE, act)
    assert kinds(outcomes) == {"Release": 1, "StaleVersion": PEOPLE - 1}, outcomes
    assert Release.objects.count() == 2
    logged = Counter(Event.objects.values_list("action", flat=True)) - before
    assert sum(logged[action] for actions in LOGGED.values() for action in actions) == 1
    assert looks.count() - looked == 1
    assert fresh(article).version - article.version == 1
    assert_ends_agree(article)


@pytest.mark.parametrize("seed", [11, 12])
def test_fifty_who_read_again_before_each_step_leave_one_linear_history(seed):
    publisher = make_user("publisher", group="Publisher")
    article = make_changed(publisher)
    do = acts(timezone.now())

    def act(number):
        choice, done = random.Random(seed * 1000 + number), Counter()
        by = User.objects.get(username="publisher")
        for _ in range(2):
            name = choice.choice(list(do))
            try:
                made = do[name](article, by, fresh(article).version, number)
            except writing.StaleVersion:
                done["stale"] += 1
            except releasing.NotReleasable as refusal:
                done[refusal.problems[0].code] += 1
            else:
                done[name] += 1 if made else 0
        return done

    outcomes = all_at_once(PEOPLE, act)
    assert kinds(outcomes) == {"Counter": PEOPLE}, outcomes
    done = sum(outcomes, Counter())
    assert not set(done) - {*do, *REFUSALS, "stale"}
    decided = sum(done[name] for name in LOGGED)
    assert decided > 1

    releases = assert_ends_agree(article)
    logged = Counter(Event.objects.values_list("action", flat=True))
    for name, actions in LOGGED.items():
        # The story was first published by its factory.
        assert sum(logged[action] for action in actions) == done[name] + (name == "publish"), name
    # Besides the decisions, only ends that were set again behind a text; nobody is told that those were cancelled.
    again = [one for one in releases if one.cancel_reason.startswith("Set again")]
    assert len(releases) == 1 + decided + len(again)
    canceled = [one for one in releases if one.canceled_at and one not in again]
    assert logged["schedule_canceled"] == len(canceled)


def assert_ends_agree(article):
    """One linear history; at most one text and one end to come, the end behind the text; lists hold to both."""
    releases = list(Release.objects.filter(article=article).order_by("sequence"))
    assert [release.sequence for release in releases] == list(range(1, len(releases) + 1))
    now = timezone.now()
    to_come = [one for one in releases if one.canceled_at is None and one.live_from > now]
    texts, ends = [one for one in to_come if not one.is_gone], [one for one in to_come if one.is_gone]
    assert len(texts) <= 1
    assert len(ends) <= 1
    assert not (texts and ends) or texts[0].live_from < ends[0].live_from
    standing = [one for one in releases if one.canceled_at is None]
    for at in sorted({one.live_from for one in standing} | {now, now + timedelta(days=300)}):
        holding = [one for one in standing if one.live_from <= at]
        wanted = max(holding, key=lambda one: one.sequence, default=None)
        listed = Listing.objects.showing(at).filter(article=article).exclude(place="corrections")
        places = list(listed.values_list("place", flat=True))
        assert len(places) == len(set(places)), f"twice in a list at {at}"
        sequences = set(listed.values_list("release__sequence", flat=True))
        assert sequences == (set() if wanted is None or wanted.is_gone else {wanted.sequence}), at
        # The same revisions each time, which are listed in the same places.
        assert not sequences or {"home", "region:XA", "region:001"} <= set(places)
    return releases


def test_the_worker_and_fifty_people_do_not_publish_the_scheduled_story_twice():
    """Nothing runs when a schedule comes true; whoever presses the button at that moment makes the next release."""
    publisher = make_user("publisher", group="Publisher")
    article = make_released(publisher=publisher, at=timezone.now() + timedelta(seconds=1))
    # Time passes by itself: the instant is moved into the past, as the clock would.
    past = timezone.now() - timedelta(seconds=1)
    Release.objects.update(live_from=past)
    Listing.objects.update(live_from=past)

    def click(number):
        return releasing.release(article, User.objects.get(username="publisher"), seen=article.version)

    outcomes = all_at_once(PEOPLE, click)
    assert kinds(outcomes) == {"NotReleasable": PEOPLE}  # readers have exactly this already
    assert Release.objects.count() == 1
    assert_history_is_linear(article)
