"""The buttons beside a story, its history and its preview."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow, writing
from articles.models import Article, DeskMember, Event, Release

from .desk import page_text, url
from .factories import approve, fresh, make_article, make_desk, make_region, make_released, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    user = make_user("publisher", group="Publisher")
    client.force_login(user)
    return user


@pytest.fixture
def approved(publisher):
    return approve(make_article(regions=[make_region()], topics=[make_topic()]), editor=publisher)


def press(client, article, button, **data):
    return client.post(url(f"article_{button}", article.pk), {"version": article.version, **data})


def local(at):
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def test_a_story_is_moved_by_a_button(client):
    desk = make_desk()
    client.force_login(make_user(group="Reporter", desks=[desk]))
    article = make_article(desk=desk)
    page = page_text(client.get(url("article_change", article.pk)))
    assert "Submit to the desk" in page
    assert "Approve" not in page
    assert "Publish now" not in page
    assert press(client, article, "move", target="submitted").status_code == 302
    assert fresh(article).status == "submitted"


def test_a_move_that_one_may_not_make_is_refused(client):
    desk = make_desk()
    client.force_login(make_user(group="Reporter", desks=[desk]))
    article = make_article(desk=desk)
    workflow.move(article, "submitted", make_user(group="Publisher"), seen=article.version)
    article = fresh(article)
    answer = press(client, article, "move", target="approved")
    assert answer.status_code == 403
    assert "You may not approve" in page_text(answer)
    assert fresh(article).status == "submitted"


def test_a_return_without_a_reason_is_refused_with_a_sentence(client, publisher):
    article = make_article()
    article = workflow.move(article, "submitted", publisher, seen=article.version)
    answer = press(client, article, "move", target="draft")
    assert answer.status_code == 422
    assert "say why" in page_text(answer)
    assert press(client, article, "move", target="draft", reason="Needs a second source").status_code == 302
    assert Event.objects.about(article).first().reason == "Needs a second source"


def test_an_unknown_state_is_refused(client, publisher):
    article = make_article()
    assert press(client, article, "move", target="published").status_code == 422
    assert fresh(article).status == "draft"


def test_a_button_pressed_on_an_old_page_does_nothing(client, approved):
    answer = client.post(url("article_publish", approved.pk), {"version": approved.version - 1})
    assert answer.status_code == 409
    assert "nothing was done" in page_text(answer)
    assert not Release.objects.exists()


def test_publish_now(client, approved):
    assert press(client, approved, "publish").status_code == 302
    current = Release.objects.in_force(approved.public_id)
    assert current.kind == "first"
    page = page_text(client.get(url("article_change", approved.pk)))
    assert f"/stories/{approved.public_id}/{current.slug}/" in page


def test_a_story_that_is_not_ready_is_not_released_and_says_why(client, publisher):
    article = make_article()
    answer = press(client, article, "publish")
    assert answer.status_code == 422
    for words in ("has not been approved", "Name at least one region", "Name at least one topic"):
        assert words in page_text(answer)


def test_a_schedule_is_told_in_newsroom_time_and_in_utc(client, approved, clock):
    answer = press(client, approved, "schedule", at="2026-03-03T14:00")
    assert answer.status_code == 302
    page = page_text(client.get(url("article_change", approved.pk)))
    assert "Tue 3 March 2026, 14:00 Beirut (12:00 UTC)" in page


def test_a_schedule_in_the_hour_that_there_is_not_is_refused(client, approved, clock):
    answer = press(client, approved, "schedule", at="2026-03-29T00:30")
    assert answer.status_code == 422
    assert "The clocks go forward that night" in page_text(answer)
    assert not Release.objects.exists()


def test_a_schedule_without_a_time_is_no_release(client, approved):
    assert press(client, approved, "schedule").status_code == 422
    assert not Release.objects.exists()


def test_a_schedule_is_cancelled(client, approved):
    press(client, approved, "schedule", at=local(timezone.now() + timedelta(days=1)))
    assert press(client, fresh(approved), "unschedule").status_code == 302
    assert not Release.objects.pending().exists()


def test_a_correction_needs_its_note(client, publisher):
    article = make_released(publisher=publisher)
    assert press(client, article, "correct").status_code == 422
    assert press(client, article, "correct", note="It was Monday.").status_code == 302
    assert Release.objects.in_force(article.public_id).kind == "correction"


def test_a_retraction_with_its_notice(client, publisher):
    article = make_released(publisher=publisher)
    assert press(client, article, "retract", note="").status_code == 422
    press(client, article, "retract", note="The report was wrong.", removed_by_law="on")
    current = Release.objects.in_force(article.public_id)
    assert (current.kind, current.removed_by_law) == ("retraction", True)


def test_an_override_needs_its_permission_and_a_reason(client, publisher):
    until = timezone.now() + timedelta(days=1)
    article = make_article(regions=[make_region()], topics=[make_topic()], embargo_until=until)
    article = approve(article, editor=publisher)
    assert "Cross the embargo" not in page_text(client.get(url("article_change", article.pk)))
    assert press(client, article, "publish", override="embargo", reason="It is out.").status_code == 403
    client.force_login(make_user(group="Publisher", permissions="override_embargo"))
    assert "Cross the embargo" in page_text(client.get(url("article_change", article.pk)))
    assert press(client, article, "publish", override="embargo").status_code == 422
    assert press(client, article, "publish", override="embargo", reason="It is out.").status_code == 302
    assert Event.objects.filter(action="released").latest("id").reason == "It is out."


def test_a_legal_hold_is_set_and_lifted(client, approved):
    assert press(client, approved, "hold").status_code == 422
    press(client, approved, "hold", reason="A judge has been asked.")
    held = fresh(approved)
    assert held.legal_hold
    assert press(client, held, "publish").status_code == 422
    press(client, held, "hold", reason="The judge said no.")
    assert not fresh(held).legal_hold


def test_a_story_on_legal_hold_is_not_deleted(client):
    client.force_login(make_user(group="Publisher", permissions="delete_article"))
    article = make_article()
    press(client, article, "hold", reason="A court may ask for it.")
    assert url("article_delete", article.pk) not in page_text(client.get(url("article_change", article.pk)))
    assert client.post(url("article_delete", article.pk), {"post": "yes"}).status_code == 403
    press(client, fresh(article), "hold", reason="It did not.")
    assert client.post(url("article_delete", article.pk), {"post": "yes"}).status_code == 302


def test_a_guest_reads_what_is_confidential_and_does_not_decide_what_is(client):
    desk, guest = make_desk(), make_user(group="Desk editor", permissions="view_confidential_article")
    DeskMember.objects.create(desk=desk, user=guest, role="guest")
    client.force_login(guest)
    for confidential in (False, True):
        article = make_article(desk=desk)
        Article.objects.filter(pk=article.pk).update(confidential=confidential)
        page = client.get(url("article_change", article.pk))
        assert page.status_code == 200
        assert url("article_confidential", article.pk) not in page_text(page)
        assert press(client, article, "confidential", reason="Because.").status_code == 403
        assert fresh(article).confidential == confidential


@pytest.mark.parametrize(
    "button", ["move", "publish", "schedule", "correct", "retract", "unschedule", "hold", "restore"]
)
def test_a_button_is_a_post(client, publisher, button):
    article = make_article()
    arguments = [article.pk, 1] if button == "restore" else [article.pk]
    assert client.get(url(f"article_{button}", *arguments)).status_code == 405


def test_a_button_needs_the_token_of_its_page(publisher, approved):
    from django.test import Client

    outside = Client(enforce_csrf_checks=True)
    outside.force_login(publisher)
    answer = outside.post(url("article_publish", approved.pk), {"version": approved.version})
    assert answer.status_code == 403
    assert not Release.objects.exists()


# --- history --------------------------------------------------------------------------------------------------------


def second_text(article, by=None):
    article.body = "<p>The harbour opened on Tuesday after a year of repairs.</p>"
    article.save()
    writing.new_version(article)
    writing.record(article, by, reason="The day was wrong")
    return fresh(article)


def test_history_tells_who_when_and_why(client, publisher):
    article = second_text(make_article(), publisher)
    page = page_text(client.get(url("article_history", article.pk)))
    assert "The day was wrong" in page
    assert "publisher" in page


def test_two_revisions_are_compared_by_words(client, publisher):
    article = second_text(make_article())
    page = page_text(client.get(url("article_compare", article.pk) + "?from=1&to=2"))
    assert "<del>Monday</del>" in page
    assert "<ins>Tuesday</ins>" in page


@pytest.mark.parametrize("query", ["", "?from=1&to=9", "?from=x&to=1", "?from=٣&to=1", "?from=1"])
def test_a_comparison_with_nothing_is_not_found(client, publisher, query):
    assert client.get(url("article_compare", make_article().pk) + query).status_code == 404


def test_a_revision_is_restored_as_a_new_one(client, publisher):
    article = second_text(make_article())
    answer = client.post(url("article_restore", article.pk, 1), {"version": article.version})
    assert answer.status_code == 302
    assert "Monday" in fresh(article).body
    assert article.revisions.first().number == 3


def test_a_revision_is_not_restored_over_somebody_elses_change(client, publisher):
    article = second_text(make_article())
    assert client.post(url("article_restore", article.pk, 1), {"version": 1}).status_code == 409
    assert "Tuesday" in fresh(article).body


def test_restoring_does_not_take_a_story_to_another_desk(client):
    africa, asia = make_desk("africa"), make_desk("asia")
    article = make_article(desk=africa)
    article.desk = asia
    article = second_text(article)
    client.force_login(make_user(group="Desk editor", desks=[asia]))
    assert client.post(url("article_restore", article.pk, 1), {"version": article.version}).status_code == 403
    assert fresh(article).desk == asia


# --- preview --------------------------------------------------------------------------------------------------------


def preview_address(client, article):
    return client.get(url("article_preview", article.pk)).url


def test_a_preview_shows_the_working_copy_and_is_kept_by_nobody(client, publisher):
    article = make_article(headline="Not out yet")
    answer = client.get(preview_address(client, article))
    assert answer.status_code == 200
    assert "Not out yet" in page_text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_a_preview_is_over_after_an_hour(client, publisher, clock):
    article = make_article()
    address = preview_address(client, article)
    clock.shift(timedelta(minutes=61))
    client.force_login(publisher)
    answer = client.get(address)
    assert answer.status_code == 410
    assert "Harbour" not in page_text(answer).split("<h1>", 1)[-1].split("</h1>")[0]


def test_a_preview_is_over_when_the_story_changes(client, publisher):
    article = make_article()
    address = preview_address(client, article)
    second_text(article)
    assert client.get(address).status_code == 410


def test_a_preview_is_for_the_person_it_was_made_for(client, publisher):
    article = make_article()
    address = preview_address(client, article)
    client.force_login(make_user(group="Publisher"))
    assert client.get(address).status_code == 410
    client.logout()
    assert client.get(address).status_code == 302


def test_a_preview_is_over_when_its_person_may_no_longer_see_the_story(client):
    desk = make_desk()
    user = make_user(group="Reporter", desks=[desk])
    client.force_login(user)
    address = preview_address(client, make_article(desk=desk))
    user.desks.clear()
    assert client.get(address).status_code == 404


def test_a_forged_preview_address_opens_nothing(client, publisher):
    article = make_article()
    assert client.get(url("article_preview_signed", article.pk, "forged:token")).status_code == 410
