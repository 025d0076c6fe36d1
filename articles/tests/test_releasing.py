"""What readers get, and when."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import access, guards, releasing, renaming, workflow, writing
from articles.models import Event, Listing, Release, Revision, User

from .factories import (
    approve,
    fresh,
    make_article,
    make_desk,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def changed(article, publisher, headline="Harbour opens after a year"):
    """The story with another headline, approved."""
    article = fresh(article)
    article.headline = headline
    article.save()
    writing.record(article, make_user())
    return approve(fresh(article), editor=publisher)


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


def test_a_release_is_in_force_at_once(publisher):
    article = make_released(publisher=publisher)
    current = Release.objects.in_force(article.public_id)
    assert current.kind == "first"
    assert current.headline == article.headline


def test_a_draft_is_not_released(publisher):
    article = make_article(regions=[make_region()], topics=[make_topic()])
    with pytest.raises(releasing.NotReleasable, match="has not been approved"):
        releasing.release(article, publisher, seen=article.version)


def test_whoever_wrote_a_story_cannot_be_its_only_approver(publisher):
    article = make_article(by=publisher, regions=[make_region()], topics=[make_topic()])
    article = approve(article, editor=publisher)
    with pytest.raises(releasing.NotReleasable, match="cannot be the only one"):
        releasing.release(article, publisher, seen=article.version)


def test_a_scheduled_story_shows_at_its_time_and_not_before(publisher):
    at = (timezone.now() + timedelta(hours=2)).replace(microsecond=0)
    article = make_released(publisher=publisher, at=at)
    assert Release.objects.in_force(article.public_id) is None
    assert not Listing.objects.at_place("home", "en").exists()
    assert Release.objects.in_force(article.public_id, at).headline == article.headline
    assert Listing.objects.at_place("home", "en", at).count() == 1


def test_a_second_click_on_the_same_version_makes_no_second_release(publisher):
    article = approve(make_article(regions=[make_region()], topics=[make_topic()]), editor=publisher)
    releasing.release(article, publisher, seen=article.version)
    with pytest.raises(writing.StaleVersion):
        releasing.release(article, publisher, seen=article.version)
    assert Release.objects.count() == 1


def test_a_retraction_takes_the_story_from_every_list(publisher):
    article = make_released(publisher=publisher)
    releasing.retract(article, publisher, seen=article.version, note="The report was wrong.")
    current = Release.objects.in_force(article.public_id)
    assert current.kind == "retraction"
    assert current.document["body"] == ""
    assert list(Listing.objects.showing().values_list("place", flat=True)) == ["corrections"]


def test_a_retraction_cancels_what_was_scheduled(publisher):
    article = make_released(publisher=publisher)
    article = changed(article, publisher)
    at = timezone.now() + timedelta(hours=1)
    releasing.release(article, publisher, seen=article.version, at=at)
    article = fresh(article)
    releasing.retract(article, publisher, seen=article.version, note="The report was wrong.")
    assert Release.objects.in_force(article.public_id, at + timedelta(days=1)).kind == "retraction"
    assert not Listing.objects.showing(at + timedelta(days=1)).exclude(place="corrections").exists()


def test_unscheduling_gives_the_lists_back_to_what_readers_have(publisher):
    article = make_released(publisher=publisher)
    article = changed(article, publisher)
    at = timezone.now() + timedelta(hours=1)
    releasing.release(article, publisher, seen=article.version, at=at)
    article = fresh(article)
    assert releasing.unschedule(article, publisher, seen=article.version) == 1
    later = Listing.objects.at_place("home", "en", at + timedelta(days=1))
    assert [row.release.sequence for row in later] == [1]


def test_a_correction_carries_its_dated_note_on_the_same_address(publisher):
    article = make_released(publisher=publisher)
    releasing.release(article, publisher, seen=article.version, correction="The harbour opened on Monday, not Sunday.")
    current = Release.objects.in_force(article.public_id)
    assert current.kind == "correction"
    assert current.document["corrections"][0]["note"].startswith("The harbour opened")
    assert current.public_id == article.public_id


def test_an_embargo_is_not_crossed_even_by_a_schedule(publisher):
    until = timezone.now() + timedelta(days=1)
    article = make_article(regions=[make_region()], topics=[make_topic()], embargo_until=until)
    article = approve(article, editor=publisher)
    with pytest.raises(releasing.NotReleasable, match="under embargo"):
        releasing.release(article, publisher, seen=article.version, at=until - timedelta(minutes=1))
    releasing.release(article, publisher, seen=article.version, at=until)


def test_an_embargo_is_crossed_only_with_its_own_permission_and_a_reason(publisher):
    until = timezone.now() + timedelta(days=1)
    article = make_article(regions=[make_region()], topics=[make_topic()], embargo_until=until)
    article = approve(article, editor=publisher)
    override = releasing.Override("The ministry has published it.", frozenset({"embargo"}))
    with pytest.raises(access.NotAllowed):
        releasing.release(article, publisher, seen=article.version, override=override)
    chief = make_user(group="Publisher", permissions="override_embargo")
    releasing.release(article, chief, seen=article.version, override=override)
    event = Event.objects.filter(action="released").latest("id")
    assert event.data["overrides"] == ["embargo"]
    assert event.reason == "The ministry has published it."


@pytest.mark.parametrize("marker", ["HOLD - lawyers", "DO NOT PUBLISH", "NOT FOR PUBLICATION", "hold", "ليس للنشر"])
def test_copy_marked_as_held_is_not_released(publisher, marker):
    article = make_article(regions=[make_region()], topics=[make_topic()], body=f"<p>Boats.</p><p>{marker}</p>")
    article = approve(article, editor=publisher)
    with pytest.raises(releasing.NotReleasable, match="still stands in the copy"):
        releasing.release(article, publisher, seen=article.version)


def test_a_story_may_quote_somebody_who_says_hold():
    content = {
        "headline": "Talks on hold",
        "standfirst": "",
        "slugline": "",
        "captions": [],
        "bylines": [],
        "regions": [1],
        "topics": [1],
    }
    assert (
        guards.text_problems({**content, "body": "<p>“Do not publish it,” she told them. They put it on hold.</p>"})
        == []
    )


def test_a_picture_without_credit_blocks_release(publisher):
    photo = make_photo(credit="")
    article = make_article(
        regions=[make_region()], topics=[make_topic()], captions=[{"photo": photo.public_id, "caption": "A quay."}]
    )
    article = approve(article, editor=publisher)
    with pytest.raises(releasing.NotReleasable, match="Picture 1 has no credit"):
        releasing.release(article, publisher, seen=article.version)


def test_a_picture_awaited_blocks_nothing_and_is_not_shown(publisher):
    article = make_released(publisher=publisher, captions=[{"caption": "A quay at dawn.", "credit": "AFP"}])
    assert Release.objects.in_force(article.public_id).document["pictures"] == []


def test_saving_after_approval_takes_the_approval_away(publisher):
    article = approve(make_article(), editor=publisher)
    writing.record(article, publisher)
    assert fresh(article).status == "editing"
    assert fresh(article).approved_number is None


def test_a_story_is_listed_in_its_region_and_everything_above_it(publisher):
    continent = make_region("142", name="Asia", kind="continent")
    country = make_region("SY", name="Syria", parent=continent)
    province = make_region("SY-DY", name="Deir ez-Zor", parent=country, kind="province")
    levant = make_region("levant", name="Levant", kind="grouping")
    levant.members.add(country)
    make_released(publisher=publisher, regions=[province])
    for code in ("SY-DY", "SY", "142", "001", "levant"):
        assert Listing.objects.at_place(f"region:{code}", "en").count() == 1, code


def test_an_edit_of_a_live_story_changes_nothing_for_readers(publisher):
    article = make_released(publisher=publisher)
    article.headline = "Another headline"
    article.save()
    writing.record(article, publisher)
    assert Release.objects.in_force(article.public_id).headline == "Harbour opens after repairs"


def test_an_illegal_move_is_refused_with_a_sentence(publisher):
    article = make_article()
    with pytest.raises(workflow.Refused, match="A story that is draft cannot become approved"):
        workflow.move(article, "approved", publisher, seen=article.version)


def test_a_reporter_of_another_desk_may_not_submit():
    reporter = make_user(group="Reporter", desks=[make_desk("africa")])
    article = make_article(desk=make_desk("middle-east"))
    with pytest.raises(access.NotAllowed):
        workflow.move(article, "submitted", reporter, seen=article.version)


def test_a_revision_is_never_updated():
    make_article()
    with pytest.raises(TypeError):
        Revision.objects.all().update(reason="x")


def test_releasing_costs_the_same_few_queries_however_large_the_archive(publisher, django_assert_max_num_queries):
    region, topic, photo = make_region(), make_topic(), make_photo()
    for _ in range(15):
        make_released(publisher=publisher, regions=[region], topics=[topic])
    article = make_article(
        regions=[region],
        topics=[topic],
        captions=[{"photo": photo.public_id}],
        citations=[{"source": make_source().code}],
    )
    article = approve(article, editor=publisher)
    with django_assert_max_num_queries(25):
        releasing.release(article, User.objects.get(pk=publisher.pk), seen=article.version)


def test_a_note_that_was_cancelled_with_its_release_is_never_given(publisher):
    article = make_released(publisher=publisher)
    at = timezone.now() + timedelta(hours=1)
    releasing.release(article, publisher, seen=article.version, at=at, correction="Withdrawn before it was sent.")
    article = fresh(article)
    releasing.unschedule(article, publisher, seen=article.version)
    article = fresh(article)
    releasing.release(article, publisher, seen=article.version, correction="Given.")
    notes = Release.objects.in_force(article.public_id).document["corrections"]
    assert [note["note"] for note in notes] == ["Given."]


def test_an_update_that_would_change_nothing_is_refused(publisher):
    article = make_released(publisher=publisher)
    with pytest.raises(releasing.NotReleasable, match="nothing would change"):
        releasing.release(article, publisher, seen=article.version)
    article = changed(article, publisher)
    releasing.release(article, publisher, seen=article.version)
    assert Release.objects.in_force(article.public_id).kind == "update"


def test_a_moved_region_lists_its_stories_where_it_now_stands(publisher):
    asia = make_region("142", name="Asia", kind="continent")
    africa = make_region("002", name="Africa", kind="continent")
    country = make_region("EG", name="Egypt", parent=asia)
    article = make_released(publisher=publisher, regions=[country])
    country.parent = africa
    renaming.save_region(country, publisher)
    run_tasks()
    assert Listing.objects.at_place("region:002", "en").get().public_id == article.public_id
    assert not Listing.objects.at_place("region:142", "en").exists()
    assert Listing.objects.at_place("region:EG", "en").count() == 1
    assert releasing.relist(article) == 0


def test_a_scheduled_story_of_a_moved_region_shows_there_at_its_time_only(publisher):
    country = make_region("EG", name="Egypt", parent=make_region("142", name="Asia", kind="continent"))
    at = (timezone.now() + timedelta(hours=2)).replace(microsecond=0)
    make_released(publisher=publisher, regions=[country], at=at)
    country.parent = make_region("002", name="Africa", kind="continent")
    renaming.save_region(country, publisher)
    run_tasks()
    assert not Listing.objects.at_place("region:002", "en").exists()
    assert Listing.objects.at_place("region:002", "en", at).count() == 1
    assert not Listing.objects.at_place("region:142", "en", at).exists()


def test_merged_topics_list_their_stories_under_the_one_that_stays(publisher):
    parent = make_topic("Transport")
    new = make_topic("Ports", parent=parent)
    old = make_topic("Harbours")
    make_released(publisher=publisher, topics=[old])
    renaming.merge_topics(old, new, publisher)
    run_tasks()
    for place in (f"topic:{new.code}", f"topic:{parent.code}"):
        assert Listing.objects.at_place(place, "en").count() == 1


def test_restoring_needs_leave_to_edit(publisher):
    article = make_article()
    stranger = make_user(group="Reporter", desks=[make_desk("elsewhere")])
    with pytest.raises(access.NotAllowed):
        writing.restore(article, article.revisions.get(), stranger, seen=article.version)


def run_tasks():
    """What a worker would do: every task that waits."""
    while waiting := DBTaskResult.objects.ready().first():
        waiting.task.func(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])
        waiting.delete()


def test_two_releases_at_one_instant_leave_the_later_one(publisher, time_machine):
    time_machine.move_to("2026-05-04T10:00:00+00:00", tick=False)
    article = make_released(publisher=publisher)
    article = changed(article, publisher)
    releasing.release(article, publisher, seen=article.version)
    row = Listing.objects.at_place("home", "en").get()
    assert row.release.sequence == 2
    article = fresh(article)
    releasing.retract(article, publisher, seen=article.version, note="Both were wrong.")
    assert list(Listing.objects.showing().values_list("place", flat=True)) == ["corrections"]
    assert Release.objects.in_force(article.public_id).kind == "retraction"
