"""Stories whose time is over, and stories that go back to an earlier text."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import access, releasing, workflow, writing
from articles.models import Event, Listing, Release

from .factories import approve, fresh, make_photo, make_released, make_user

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def publisher(clock):
    return make_user("publisher", group="Publisher")


def rewritten(article, publisher, headline="Harbour opens after a year"):
    """The story with another headline, approved."""
    article = fresh(article)
    article.headline = headline
    article.save()
    writing.record(article, make_user())
    return approve(fresh(article), editor=publisher)


def page_of(client, article):
    return client.get(f"/stories/{article.public_id}/", follow=True)


def shown_at(article, at):
    """The sequences that lists show at that instant."""
    showing = Listing.objects.showing(at).filter(article=article).exclude(place="corrections")
    return set(showing.values_list("release__sequence", flat=True))


# --- expiry --------------------------------------------------------------------------------------------------------


def test_a_story_expires_now(client, publisher):
    article = make_released(publisher=publisher, headline="Road closed", body="<p>Until Monday.</p>")
    releasing.expire(article, publisher, seen=article.version, note="The road is open again.")
    page = page_of(client, article)
    assert page.status_code == 410
    assert "The road is open again." in page.text
    assert "Until Monday" not in page.text
    assert "Road closed" not in page.text
    assert page_of(client, article)["X-Robots-Tag"] == "noindex"
    assert "Road closed" not in client.get("/").text + client.get("/rss.xml").text
    assert not Listing.objects.showing().exists()
    event = Event.objects.filter(action="expired").get()
    assert (event.actor, event.reason) == ("publisher", "The road is open again.")


def test_a_story_expires_at_its_time_and_not_before(client, publisher, clock):
    article = make_released(publisher=publisher, headline="Road closed")
    at = timezone.now() + HOUR
    releasing.expire(article, publisher, seen=article.version, at=at)
    clock.move_to(at - timedelta(seconds=1), tick=False)
    assert page_of(client, article).status_code == 200
    assert "Road closed" in client.get("/").text
    clock.move_to(at, tick=False)
    assert page_of(client, article).status_code == 410
    assert "Road closed" not in client.get("/").text


def test_releasing_again_brings_an_expired_story_back(client, publisher):
    article = make_released(publisher=publisher, headline="Road closed")
    releasing.expire(article, publisher, seen=article.version, note="It is open again.")
    article = fresh(article)
    releasing.release(article, publisher, seen=article.version)
    page = page_of(client, article)
    assert page.status_code == 200
    assert "It is open again." not in page.text
    assert "Road closed" in client.get("/").text


def test_an_update_does_not_undo_the_end_that_was_set(publisher):
    article = make_released(publisher=publisher)
    end = timezone.now() + 3 * HOUR
    releasing.expire(article, publisher, seen=article.version, at=end, note="Its time is over.")
    article = rewritten(article, publisher)
    releasing.release(article, publisher, seen=article.version)
    assert shown_at(article, timezone.now()) == {3}
    assert shown_at(article, end - timedelta(seconds=1)) == {3}
    assert shown_at(article, end) == set()
    last = Release.objects.in_force(article.public_id, end)
    assert (last.kind, last.sequence, last.public_note) == ("expiry", 4, "Its time is over.")
    assert last.headline == "Harbour opens after a year"


def test_a_text_that_is_scheduled_before_the_end_comes_and_goes_with_it(publisher):
    article = make_released(publisher=publisher)
    article = rewritten(article, publisher)
    change, end = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    releasing.release(article, publisher, seen=article.version, at=change)
    article = fresh(article)
    releasing.expire(article, publisher, seen=article.version, at=end)
    assert [shown_at(article, at) for at in (timezone.now(), change, end)] == [{1}, {2}, set()]


def test_cancelling_the_text_leaves_the_end_and_cancelling_the_end_leaves_the_text(publisher):
    now = timezone.now()
    for canceled, wanted in ((2, [{1}, {1}, set()]), (3, [{1}, {2}, {2}])):
        article = rewritten(make_released(publisher=publisher), publisher)
        releasing.release(article, publisher, seen=article.version, at=now + HOUR)
        article = fresh(article)
        releasing.expire(article, publisher, seen=article.version, at=now + 2 * HOUR)
        article = fresh(article)
        assert releasing.unschedule(article, publisher, seen=article.version, sequence=canceled) == 1
        assert [shown_at(article, at) for at in (now, now + HOUR, now + 2 * HOUR)] == wanted


def test_cancelling_everything_leaves_what_readers_have(publisher):
    now = timezone.now()
    article = rewritten(make_released(publisher=publisher), publisher)
    releasing.release(article, publisher, seen=article.version, at=now + HOUR)
    article = fresh(article)
    releasing.expire(article, publisher, seen=article.version, at=now + 2 * HOUR)
    article = fresh(article)
    assert releasing.unschedule(article, publisher, seen=article.version) == 2
    assert shown_at(article, now + 9 * HOUR) == {1}


def test_a_text_is_not_scheduled_for_after_the_end(publisher):
    article = make_released(publisher=publisher)
    end = timezone.now() + HOUR
    releasing.expire(article, publisher, seen=article.version, at=end)
    article = rewritten(article, publisher)
    for at in (end, end + HOUR):
        with pytest.raises(releasing.NotReleasable, match="expires before that"):
            releasing.release(article, publisher, seen=article.version, at=at)


def test_what_is_scheduled_may_be_given_an_end_before_it_is_out(publisher):
    now = timezone.now()
    article = make_released(publisher=publisher, at=now + HOUR)
    releasing.expire(article, publisher, seen=article.version, at=now + 2 * HOUR)
    assert [shown_at(article, now + n * HOUR) for n in range(3)] == [set(), {1}, set()]
    article = fresh(article)
    # Without the text there is nothing to end.
    assert releasing.unschedule(article, publisher, seen=article.version, sequence=1) == 2
    assert not Release.objects.pending().exists()


def test_a_legal_hold_stops_the_text_and_not_the_end(publisher):
    now = timezone.now()
    article = rewritten(make_released(publisher=publisher), publisher)
    releasing.release(article, publisher, seen=article.version, at=now + HOUR)
    article = fresh(article)
    releasing.expire(article, publisher, seen=article.version, at=now + 2 * HOUR)
    article = fresh(article)
    workflow.set_legal_hold(article, publisher, seen=article.version, reason="A judge asked.")
    assert [shown_at(article, now + n * HOUR) for n in range(3)] == [{1}, {1}, set()]


def test_nothing_expires_that_readers_do_not_have(publisher):
    article = make_released(publisher=publisher)
    releasing.retract(article, publisher, seen=article.version, note="It was wrong.")
    article = fresh(article)
    with pytest.raises(releasing.NotReleasable, match="do not have"):
        releasing.expire(article, publisher, seen=article.version)
    stranger = make_user(group="Desk editor")
    with pytest.raises(access.NotAllowed):
        releasing.expire(article, stranger, seen=article.version)


# --- back to an earlier text ---------------------------------------------------------------------------------------


def test_readers_get_an_earlier_text_again(client, publisher):
    article = make_released(publisher=publisher, headline="Harbour opens")
    article = rewritten(article, publisher, "Harbour sinks")
    releasing.release(article, publisher, seen=article.version)
    article = fresh(article)
    made = releasing.roll_back(article, publisher, seen=article.version, sequence=1, reason="The new text is a mix-up.")
    assert (made.sequence, made.kind, made.revision.number) == (3, "update", 1)
    assert "Harbour opens" in page_of(client, article).text
    assert "Harbour sinks" not in client.get("/").text
    event = Event.objects.filter(action="rolled_back").get()
    assert (event.reason, event.data["to"], event.data["sequence"]) == ("The new text is a mix-up.", 1, 3)


def test_what_was_rolled_back_does_not_go_out_again_without_a_new_approval(publisher):
    article = rewritten(make_released(publisher=publisher), publisher)
    releasing.release(article, publisher, seen=article.version)
    article = fresh(article)
    releasing.roll_back(article, publisher, seen=article.version, sequence=1, reason="A mix-up.")
    article = fresh(article)
    assert article.status == "editing"
    with pytest.raises(releasing.NotReleasable, match="has not been approved"):
        releasing.release(article, publisher, seen=article.version)


def test_readers_are_told_why_a_text_is_back_after_a_correction(publisher):
    article = rewritten(make_released(publisher=publisher), publisher)
    releasing.release(article, publisher, seen=article.version, correction="It opened on Monday.")
    article = fresh(article)
    with pytest.raises(releasing.NotReleasable, match="Say to them why"):
        releasing.roll_back(article, publisher, seen=article.version, sequence=1, reason="It was Sunday after all.")
    made = releasing.roll_back(
        article,
        publisher,
        seen=article.version,
        sequence=1,
        reason="Sunday after all.",
        note="It was Sunday after all.",
    )
    assert made.kind == "correction"
    assert [note["note"] for note in made.document["corrections"]] == [
        "It was Sunday after all.",
        "It opened on Monday.",
    ]


def test_a_retracted_text_comes_back_only_with_a_word_to_readers(client, publisher):
    article = make_released(publisher=publisher)
    releasing.retract(article, publisher, seen=article.version, note="It was wrong.")
    article = fresh(article)
    with pytest.raises(releasing.NotReleasable, match="Say to them why"):
        releasing.roll_back(article, publisher, seen=article.version, sequence=1, reason="It was right.")
    releasing.roll_back(
        article, publisher, seen=article.version, sequence=1, reason="It was right.", note="The report was right."
    )
    assert page_of(client, article).status_code == 200


def test_what_the_law_had_removed_does_not_come_back(publisher):
    article = make_released(publisher=publisher)
    releasing.retract(article, publisher, seen=article.version, note="A court asked.", removed_by_law=True)
    article = fresh(article)
    with pytest.raises(releasing.NotReleasable, match="the law asked"):
        releasing.roll_back(article, publisher, seen=article.version, sequence=1, reason="x", note="Back.")


def test_a_hold_an_ended_right_and_a_missing_reason_stop_it(publisher):
    photo = make_photo()
    article = make_released(publisher=publisher, captions=[{"photo": photo.public_id, "caption": "A quay."}])
    article = rewritten(article, publisher)
    releasing.release(article, publisher, seen=article.version)
    article = fresh(article)

    def back(reason="A mix-up."):
        return releasing.roll_back(fresh(article), publisher, seen=None, sequence=1, reason=reason)

    with pytest.raises(releasing.NotReleasable, match="say why"):
        back(reason=" ")
    photo.usable_until = timezone.now()
    photo.save()
    with pytest.raises(releasing.NotReleasable, match="Picture 1 has rights that end"):
        back()
    photo.usable_until = None
    photo.save()
    workflow.set_legal_hold(article, publisher, seen=article.version, reason="A judge asked.")
    with pytest.raises(releasing.NotReleasable, match="legal hold"):
        back()
    assert Release.objects.in_force(article.public_id).sequence == 2


@pytest.mark.parametrize("sequence", [2, 3, 9])
def test_only_a_text_that_readers_have_had_is_given_again(publisher, sequence):
    """2 was cancelled, 3 is the expiry, 9 never was."""
    article = rewritten(make_released(publisher=publisher), publisher)
    releasing.release(article, publisher, seen=article.version, at=timezone.now() + HOUR)
    article = fresh(article)
    releasing.expire(article, publisher, seen=article.version)
    article = fresh(article)
    with pytest.raises(releasing.NotReleasable, match="readers have had"):
        releasing.roll_back(article, publisher, seen=article.version, sequence=sequence, reason="A mix-up.")


def test_an_end_that_was_set_holds_for_the_earlier_text_too(publisher):
    article = rewritten(make_released(publisher=publisher), publisher)
    releasing.release(article, publisher, seen=article.version)
    article, end = fresh(article), timezone.now() + HOUR
    releasing.expire(article, publisher, seen=article.version, at=end)
    article = fresh(article)
    made = releasing.roll_back(article, publisher, seen=article.version, sequence=1, reason="A mix-up.")
    assert shown_at(article, end - timedelta(seconds=1)) == {made.sequence}
    assert shown_at(article, end) == set()
