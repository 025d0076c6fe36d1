"""Retention: what nothing needs any more goes, and only that."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import releasing, retention, workflow, writing
from articles.models import Autosave, Event, PreviewLink, Revision

from .factories import approve, fresh, make_article, make_region, make_topic, make_user

pytestmark = pytest.mark.django_db


def save(article, headline):
    article = fresh(article)
    article.headline = headline
    article.save()
    writing.new_version(article)
    return writing.record(article, None)


def numbers(article):
    return sorted(article.revisions.values_list("number", flat=True))


@pytest.fixture
def story(clock):
    """Ten revisions, a day apart; the second was released."""
    article = make_article(regions=[make_region()], topics=[make_topic()])
    save(article, "The second")
    approve(article)
    publisher = make_user(group="Publisher")
    releasing.release(fresh(article), publisher, seen=fresh(article).version)
    for number in range(3, 11):
        clock.shift(timedelta(days=1))
        save(article, f"Headline {number}")
    return fresh(article)


def test_released_and_newest_stay(story):
    report = retention.prune(timezone.now() + timedelta(days=1), dry_run=False)
    assert numbers(story) == [2, 10]
    assert (report.total, report.revisions) == (8, {story.public_id: 8})


def test_a_trial_changes_nothing_and_counts_the_same(story):
    before = timezone.now() + timedelta(days=1)
    assert retention.prune(before, dry_run=True).total == 8
    assert numbers(story) == list(range(1, 11))


def test_younger_ones_stay(story):
    retention.prune(timezone.now() - timedelta(days=3, hours=12), dry_run=False)
    assert numbers(story) == [2, 7, 8, 9, 10]


def test_all_of_a_story_on_legal_hold_stay(story):
    chief = make_user(group="Publisher")
    workflow.set_legal_hold(story, chief, seen=story.version, reason="A court may ask for it.")
    later = timezone.now() + timedelta(days=1)
    assert retention.prune(later, dry_run=False).total == 0
    workflow.lift_legal_hold(fresh(story), chief, seen=fresh(story).version, reason="It did not.")
    assert retention.prune(later, dry_run=False).total == 8


def test_named_ones_stay(story):
    Revision._base_manager.filter(article=story, number=4).update(name="Before the lawyers")
    retention.prune(timezone.now() + timedelta(days=1), dry_run=False)
    assert numbers(story) == [2, 4, 10]


def test_what_somebody_works_from_and_what_an_outsider_reads_stay(story):
    user = make_user()
    Autosave.objects.create(user=user, article=story, base=5, form={}, saved_at=timezone.now())
    PreviewLink.objects.create(
        article=story,
        token_hash="x",
        for_whom="A lawyer",
        revision=story.revisions.get(number=6),
        made_by=user,
        expires_at=timezone.now(),
    )
    retention.prune(timezone.now() + timedelta(days=1), dry_run=False)
    assert numbers(story) == [2, 5, 6, 10]


def test_the_log_keeps_that_they_went(story):
    retention.prune(timezone.now() + timedelta(days=1), dry_run=False)
    assert Event.objects.get(action="pruned").data["revisions"] == [1, 3, 4, 5, 6, 7, 8, 9]


def test_again_finds_nothing(story):
    retention.prune(timezone.now() + timedelta(days=1), dry_run=False)
    assert retention.prune(timezone.now() + timedelta(days=1), dry_run=False).total == 0


def test_the_command_shows_first(story, clock, capsys):
    clock.shift(timedelta(days=400))
    call_command("prune_revisions")
    assert "Would delete: 8 revisions of 1 stories" in capsys.readouterr().out
    assert len(numbers(story)) == 10
    call_command("prune_revisions", "--yes")
    assert "Deleted: 8 revisions" in capsys.readouterr().out
    assert numbers(story) == [2, 10]


def test_the_command_refuses_no_time_at_all():
    with pytest.raises(CommandError, match="at least one day"):
        call_command("prune_revisions", "--older-than", "0")


def test_drafts_that_nobody_came_back_to_go(story, clock, capsys):
    user = make_user()
    Autosave.objects.create(user=user, article=story, base=10, form={}, saved_at=timezone.now())
    clock.shift(timedelta(days=89))
    call_command("prune_revisions", "--yes")
    assert Autosave.objects.exists()
    clock.shift(timedelta(days=2))
    call_command("prune_revisions")
    assert "Would delete: 1 unsaved drafts, untouched for 90 days." in capsys.readouterr().out
    call_command("prune_revisions", "--yes")
    assert not Autosave.objects.exists()
