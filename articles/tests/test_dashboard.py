"""The desk's first page: the board, what is mine, what is to come, what is wrong."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import releasing, sealing, workflow
from articles.desk import alarms, dashboard, timeline
from articles.models import Article, Assignment, Region, Status

from .desk import make_staff, url
from .factories import (
    approve,
    fresh,
    make_article,
    make_desk,
    make_photo,
    make_region,
    make_released,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
INDEX = "admin:index"


@pytest.fixture
def desk():
    return make_desk("middle-east")


@pytest.fixture
def editor(desk, clock):
    return make_staff("Desk editor", desks=[desk])


def headlines(user, state, **kw):
    column = next(one for one in dashboard.board(user, **kw)["columns"] if one.state == state)
    return [card.story.headline for card in column.cards]


def releasable(**kw):
    region = Region.objects.filter(code="XA").first() or make_region()
    return make_article(regions=[region], topics=[make_topic()], **kw)


def test_each_story_stands_in_the_column_of_its_state(editor, desk):
    make_article(desk=desk, headline="A draft")
    submitted = make_article(desk=desk, headline="Handed in")
    workflow.move(submitted, "submitted", editor, seen=1)
    assert headlines(editor, Status.DRAFT) == ["A draft"]
    assert headlines(editor, Status.SUBMITTED) == ["Handed in"]
    assert headlines(editor, Status.EDITING) == []


def test_the_most_urgent_stand_first(editor, desk):
    for urgency in (5, 1, 3):
        make_article(desk=desk, headline=f"Urgency {urgency}", urgency=urgency)
    assert headlines(editor, Status.DRAFT) == ["Urgency 1", "Urgency 3", "Urgency 5"]


def test_what_readers_have_waits_no_longer_and_what_was_approved_again_does(desk):
    publisher = make_staff("Publisher")
    article = make_released(publisher=publisher, desk=desk, headline="Out")
    assert headlines(publisher, Status.APPROVED) == []
    waiting = approve(releasable(desk=desk, headline="Ready"), editor=publisher)
    assert waiting.status == Status.APPROVED
    assert headlines(publisher, Status.APPROVED) == ["Ready"]
    assert article.status == Status.APPROVED


def test_another_desks_and_a_confidential_story_stand_on_nobody_elses_board(desk, clock):
    reporter = make_staff("Reporter", desks=[desk])
    make_article(desk=make_desk("africa"), headline="Theirs")
    make_article(desk=desk, headline="Secret")
    Article.objects.filter(headline="Secret").update(confidential=True)
    make_article(desk=desk, headline="Ours")
    assert headlines(reporter, Status.DRAFT) == ["Ours"]


def test_the_board_is_narrowed_to_one_desk(client, desk):
    publisher = make_staff("Publisher", desks=[desk])
    make_article(desk=desk, headline="From here")
    make_article(desk=make_desk("africa"), headline="From there")
    assert set(headlines(publisher, Status.DRAFT)) == {"From here", "From there"}
    assert headlines(publisher, Status.DRAFT, desk="africa") == ["From there"]
    client.force_login(publisher)
    page = client.get(reverse(INDEX), {"desk": "africa"}).content.decode()
    assert 'href="?desk=africa" aria-current="page"' in page
    listed = client.get(url("article_changelist"), {"state": "draft", "desk": "africa"}).content.decode()
    assert f"{url('article_changelist')}?state=draft&amp;desk=africa" in page
    assert "From there" in listed
    assert "From here" not in listed
    assert set(headlines(publisher, Status.DRAFT, desk="nowhere")) == {"From here", "From there"}


def test_a_card_offers_the_moves_of_who_looks(client, editor, desk):
    article = make_article(desk=desk)
    client.force_login(editor)
    page = client.get(reverse(INDEX)).content.decode()
    assert f'action="{url("article_move", article.pk)}" data-target="submitted"' in page
    assert f'action="{url("article_move", article.pk)}" data-target="spiked" data-reason' in page
    form = {"version": article.version, "target": "submitted", "back": "board"}
    answer = client.post(url("article_move", article.pk), form)
    assert answer.url == reverse(INDEX)
    assert fresh(article).status == Status.SUBMITTED


def test_the_next_day_in_order(editor, desk):
    publisher = make_staff("Publisher")
    now = timezone.now()
    article = approve(releasable(desk=desk, headline="Scheduled"), editor=publisher)
    releasing.release(article, publisher, seen=article.version, at=now + timedelta(hours=3))
    make_article(desk=desk, headline="Embargoed", embargo_until=now + timedelta(hours=1))
    make_article(desk=desk, headline="Much later", embargo_until=now + timedelta(hours=25))
    Assignment.objects.create(title="Due", desk=desk, due_at=now + timedelta(hours=2), assignee=editor)
    moments = [moment for hour in timeline.hours(editor, now) for moment in hour.moments]
    assert [(moment.words, moment.kind) for moment in moments] == [
        ("Embargoed", "embargo"),
        ("Due", "due"),
        ("Scheduled", "first"),
    ]
    assert moments[0].utc == "10:00"


def test_an_hour_that_comes_twice_is_two_hours(editor, desk, settings, time_machine):
    settings.TIME_ZONE = "Europe/Berlin"
    with timezone.override("Europe/Berlin"):
        time_machine.move_to("2026-10-24T22:00:00Z", tick=False)
        for hour in (0, 1):
            at = timezone.now().replace(hour=hour, minute=15) + timedelta(days=1)
            make_article(desk=desk, headline=f"{hour}", embargo_until=at)
        assert [one.moments[0].utc for one in timeline.hours(editor, timezone.now())] == ["00:15", "01:15"]
        assert {one.begins.hour for one in timeline.hours(editor, timezone.now())} == {2}


def test_who_passed_over_the_two_person_rule_is_shown(client, desk):
    publisher = make_staff("Publisher", first_name="Petra", last_name="Roth")
    article = approve(releasable(desk=desk, by=publisher, headline="Alone"), editor=publisher)
    override = releasing.Override("The building was burning.", frozenset({"one_person"}))
    releasing.release(article, publisher, seen=article.version, override=override)
    shown = [alarm.message for alarm in alarms.alarms(publisher)]
    assert "Petra Roth passed over the two-person rule for “Alone”: The building was burning." in shown
    client.force_login(publisher)
    assert "passed over the two-person rule" in client.get(reverse(INDEX)).content.decode()


def test_a_log_that_is_not_sealed_is_an_alarm(desk, clock):
    publisher = make_staff("Publisher")
    make_article(desk=desk)
    clock.shift(299)
    assert not any("sealed" in alarm.message for alarm in alarms.alarms(publisher))
    clock.shift(2)
    assert any("has not been sealed since" in alarm.message for alarm in alarms.alarms(publisher))
    sealing.seal_events()
    assert not any("sealed" in alarm.message for alarm in alarms.alarms(publisher))


def test_a_worker_that_is_behind_is_an_alarm(desk, clock):
    from django_tasks_db.models import DBTaskResult

    from articles.tasks import make_renditions

    publisher = make_staff("Publisher")
    DBTaskResult.objects.all().delete()
    DBTaskResult.objects.create(
        task_path=make_renditions.module_path,
        args_kwargs={"args": ["x"], "kwargs": {}},
        run_after=timezone.now(),
        backend_name="default",
    )
    assert not any("worker" in alarm.message for alarm in alarms.alarms(publisher))
    clock.shift(61)
    assert any(alarm.level == "stop" and "The worker is behind" in alarm.message for alarm in alarms.alarms(publisher))
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    assert any("“make renditions” has failed once" in alarm.message for alarm in alarms.alarms(publisher))


def test_a_reporter_is_not_told_of_the_machine(desk, clock):
    make_article(desk=desk)
    reporter = make_staff("Reporter", desks=[desk])
    clock.shift(3600)
    assert alarms.alarms(reporter) == []


def test_rights_that_end_while_readers_see_the_picture(desk, clock):
    publisher = make_staff("Publisher")
    ends = timezone.now() + timedelta(days=3)
    photo = make_photo(usable_until=ends)
    other = make_photo(usable_until=ends)
    caption = {"photo": photo.public_id, "caption": "A quay.", "credit": "AFP", "alt_text": "A quay"}
    make_released(publisher=publisher, desk=desk, captions=[caption])
    make_article(desk=desk, captions=[{**caption, "photo": other.public_id}])
    assert alarms.ending_rights(publisher, timezone.now()) == [photo]


def test_work_that_is_late_or_that_nobody_has_taken(editor, desk):
    now = timezone.now()
    colleague = make_user(desks=[desk])
    Assignment.objects.create(title="Mine", desk=desk, assignee=editor)
    Assignment.objects.create(title="Nobody's", desk=desk)
    Assignment.objects.create(title="Late", desk=desk, assignee=colleague, due_at=now - timedelta(hours=1))
    Assignment.objects.create(title="Elsewhere", desk=make_desk("africa"))
    shown = dashboard.board(editor)
    assert [one.title for one in shown["my_work"]] == ["Mine"]
    assert [one.title for one in shown["untaken"]] == ["Nobody's"]
    assert [one.title for one in shown["late"]] == ["Late"]


def test_as_few_queries_however_many_stories(client, desk, django_assert_max_num_queries):
    publisher = make_staff("Publisher", desks=[desk])
    client.force_login(publisher)
    for number in range(25):
        make_article(desk=desk, headline=f"Story {number}", regions=[make_region(f"X{number}")])
    with django_assert_max_num_queries(36):
        page = client.get(reverse(INDEX))
    assert page.content.decode().count("board-card") == dashboard.SHOWN


def test_whoever_belongs_to_nothing_is_told_so(client):
    client.force_login(make_user())
    assert "belong to no group yet" in client.get(reverse(INDEX)).content.decode()
