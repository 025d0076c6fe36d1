"""Many people at once: real threads, each with its own connection, on whichever database the suite runs."""

import random
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from articles import audit, releasing, writing
from articles.desk import saving
from articles.models import Article, Desk, Event, Listing, Release, Revision, User

from . import busy_desk
from .factories import approve, fresh, make_article, make_desk, make_region, make_released, make_topic, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(count, work):
    """Runs ``work(number)`` in that many threads that start together; gives what each returned or raised."""
    outcomes = [None] * count
    ready = threading.Barrier(count)

    def run(number):
        try:
            ready.wait(timeout=60)
            outcomes[number] = work(number)
        except Exception as error:  # noqa: BLE001 - the test looks at what it was
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def kinds(outcomes):
    return Counter(type(outcome).__name__ for outcome in outcomes)


def make_approved(publisher):
    return approve(make_article(regions=[make_region()], topics=[make_topic()]), editor=publisher)


def test_fifty_clicks_on_publish_make_one_release():
    publisher = make_user("publisher", group="Publisher")
    article = make_approved(publisher)

    def click(number):
        return releasing.release(article, User.objects.get(username="publisher"), seen=article.version)

    assert kinds(all_at_once(50, click)) == {"Release": 1, "StaleVersion": 49}
    assert Release.objects.count() == 1
    assert Event.objects.filter(action="released").count() == 1
    assert fresh(article).version == article.version + 1


def test_two_publishers_with_what_they_saw_in_common_do_not_undo_each_other():
    """One retracts, the others schedule a correction of what they see live: only one of them gets their way."""
    publisher = make_user("publisher", group="Publisher")
    article = make_released(publisher=publisher)
    at = timezone.now() + timedelta(hours=1)

    def act(number):
        by = User.objects.get(username="publisher")
        if number == 0:
            return releasing.retract(article, by, seen=article.version, note="The report was wrong.")
        return releasing.release(article, by, seen=article.version, at=at, correction=f"Corrected by {number}.")

    assert kinds(all_at_once(10, act)) == {"Release": 1, "StaleVersion": 9}
    assert_history_is_linear(article)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_mix_of_publishing_scheduling_and_retracting_leaves_one_linear_history(seed):
    publisher = make_user("publisher", group="Publisher")
    article = make_released(publisher=publisher)
    begun = timezone.now()

    def act(number):
        choice = random.Random(seed * 100 + number)
        by = User.objects.get(username="publisher")
        done = Counter()
        for _ in range(6):
            act = choice.choice(["release", "schedule", "schedule", "retract", "unschedule"])
            seen = fresh(article).version
            try:
                if act == "release":
                    releasing.release(article, by, seen=seen)
                elif act == "schedule":
                    later = begun + timedelta(minutes=choice.randint(1, 500))
                    releasing.release(article, by, seen=seen, at=later)
                elif act == "retract":
                    releasing.retract(article, by, seen=seen, note="The report was wrong.")
                else:
                    releasing.unschedule(article, by, seen=seen)
            except writing.StaleVersion:
                act = "stale"
            except releasing.NotReleasable as refusal:
                act = refusal.problems[0].code
            done[act] += 1
        return done

    outcomes = all_at_once(8, act)
    assert kinds(outcomes) == {"Counter": 8}, outcomes
    done = sum(outcomes, Counter())
    assert done["release"] + done["schedule"] + done["retract"] > 3
    assert not set(done) - {"release", "schedule", "retract", "unschedule", "stale", "not_live", "no_change"}

    releases = assert_history_is_linear(article)
    assert len(releases) == 1 + done["release"] + done["schedule"] + done["retract"]
    logged = Counter(Event.objects.values_list("action", flat=True))
    assert logged["released"] + logged["updated_release"] == 1 + done["release"]
    assert (logged["scheduled"], logged["retracted"]) == (done["schedule"], done["retract"])
    canceled = sum(release.canceled_at is not None for release in releases)
    assert logged["schedule_canceled"] == canceled


def assert_history_is_linear(article):
    """No sequence twice or left out, at most one release to come, and lists that agree with what is in force."""
    releases = list(Release.objects.filter(article=article).order_by("sequence"))
    assert [release.sequence for release in releases] == list(range(1, len(releases) + 1))
    now = timezone.now()
    assert sum(release.canceled_at is None and release.live_from > now for release in releases) <= 1

    # The same revision each time, so it lists in the same places each time.
    places = {"home", "region:XA", "region:001"} | {f"topic:{make_topic().code}"}
    instants = {release.live_from for release in releases if release.canceled_at is None}
    instants |= {instant - timedelta(microseconds=1) for instant in instants} | {now, now + timedelta(days=300)}
    for at in sorted(instants):
        wanted = what_should_be_listed(releases, at)
        showing = Listing.objects.showing(at).filter(article=article).exclude(place="corrections")
        listed = list(showing.values_list("place", "release__sequence"))
        assert len(listed) == len(set(listed)), f"twice in a list at {at}"
        assert {sequence for _, sequence in listed} == ({wanted} if wanted else set()), f"the wrong release at {at}"
        assert not wanted or places <= {place for place, _ in listed}, f"not in every list at {at}"
    return releases


def what_should_be_listed(releases, at):
    """The sequence that lists show at that instant, worked out from the releases alone; None if there is none."""
    holding = [
        release
        for release in releases
        if release.canceled_at is None
        and release.live_from <= at
        and (release.live_until is None or release.live_until > at)
    ]
    newest = max(holding, key=lambda release: release.sequence, default=None)
    return None if newest is None or newest.is_gone else newest.sequence


def test_of_saves_onto_the_same_version_exactly_one_wins():
    make_user("editor", group="Publisher")
    article = make_article(regions=[make_region()], topics=[make_topic()])
    content = writing.snapshot(article)

    def save(number):
        by = User.objects.get(username="editor")
        saving.save(Article.objects.get(pk=article.pk), {**content, "headline": f"Text {number}"}, by, seen=1)
        return number

    outcomes = all_at_once(20, save)
    assert kinds(outcomes) == {"int": 1, "StaleVersion": 19}
    (winner,) = [outcome for outcome in outcomes if isinstance(outcome, int)]
    assert fresh(article).headline == f"Text {winner}"
    assert list(Revision.objects.filter(article=article).values_list("number", flat=True)) == [2, 1]


def test_whoever_reads_again_before_each_save_loses_nothing():
    make_user("editor", group="Publisher")
    article = make_article(body="<p>Begun.</p>")

    def append(number):
        by = User.objects.get(username="editor")
        written = 0
        while written < 5:
            seen = fresh(article)
            content = writing.snapshot(seen)
            content["body"] += f"<p>Line {number}-{written}.</p>"
            try:
                saving.save(seen, content, by, seen=seen.version)
            except writing.StaleVersion:
                continue
            written += 1
        return written

    assert all_at_once(6, append) == [5] * 6
    body = fresh(article).body
    assert all(f"<p>Line {number}-{line}.</p>" in body for number in range(6) for line in range(5))
    assert Revision.objects.filter(article=article).count() == 31


def test_eight_writers_merge_what_they_save_and_no_text_is_missing():
    """Each has a paragraph of their own, all share one, and nobody reads the story again before a save is due."""
    assert_no_text_is_missing(busy_desk.write(stories=2, writers=8, saves=320, all_at_once=all_at_once), saves=320)


def assert_no_text_is_missing(outcome, *, saves):
    assert outcome.failed == []
    assert outcome.merged + outcome.refused + outcome.unmerged == saves
    assert outcome.merged > 0
    assert outcome.refused > 0
    assert outcome.missing() == []
    assert outcome.breaks() == []


def test_writers_wait_for_one_another():
    """240 transactions that read and then write: on SQLite, deferred ones would fail with “database is locked”."""
    make_desk()

    def write(number):
        for _ in range(10):
            with transaction.atomic():
                audit.log(None, "looked", Desk.objects.get())
        return "written"

    assert kinds(all_at_once(24, write)) == {"str": 24}
    assert Event.objects.filter(action="looked").count() == 240
