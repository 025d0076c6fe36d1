"""Who is told of what: the right people, once, never the one who did it, and nobody who may not see the story."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import access, assigning, mailing, notices, releasing, tasks, workflow, writing
from articles.models import Author, DeskMember, Mute, Notice, User

from .desk import GROUPS, load_groups, make_staff, page_text, url
from .factories import (
    approve,
    fresh,
    make_article,
    make_desk,
    make_region,
    make_released,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
Reason = Notice.Reason


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def reporter(desk):
    return make_user(
        "rana",
        group="Reporter",
        permissions="change_assignment view_assignment",
        desks=[desk],
        first_name="Rana",
        email="rana@example.org",
    )


@pytest.fixture
def lead(desk):
    return make_lead(desk, "dina", email="dina@example.org")


@pytest.fixture
def article(desk, reporter):
    return make_article(
        headline="Harbour opens", desk=desk, by=reporter, regions=[make_region()], topics=[make_topic()]
    )


def make_lead(desk, name, **kw):
    permissions = f"add_assignment change_assignment view_assignment {kw.pop('permissions', '')}"
    user = make_user(name, group="Desk editor", desks=[desk], permissions=permissions, **kw)
    DeskMember.objects.filter(user=user, desk=desk).update(role="lead")
    return user


def told():
    """(who, reason) of every notice, in order."""
    return list(Notice.objects.order_by("id").values_list("recipient__username", "reason"))


def move(article, target, by, **kw):
    return workflow.move(article, target, by, seen=fresh(article).version, **kw)


def run_tasks(at=None):
    """What a worker would do now: every task whose time has come."""
    while waiting := DBTaskResult.objects.ready().first():
        waiting.task.func(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])
        waiting.delete()


# --- whom ------------------------------------------------------------------------------------------------------------


def test_a_submission_tells_the_leads_of_that_desk_and_nobody_else(desk, reporter, lead, article):
    make_lead(make_desk("africa"), "other-lead")
    make_user("member", group="Desk editor", desks=[desk])
    move(article, "submitted", reporter)
    assert told() == [("dina", Reason.SUBMITTED)]
    assert Notice.objects.get().text == "Rana submitted “Harbour opens” to the World desk."


def test_a_return_tells_its_writer_why(reporter, lead, article):
    move(article, "submitted", reporter)
    move(article, "draft", lead, reason="Needs a second source")
    notice = Notice.objects.get(recipient=reporter)
    assert notice.reason == Reason.RETURNED
    assert notice.text.endswith("returned “Harbour opens”: Needs a second source")


def test_nobody_is_told_of_what_they_did_themselves(desk, lead):
    article = make_article(desk=desk, by=lead)
    move(article, "submitted", lead)
    move(article, "draft", lead, reason="Not yet")
    assert told() == []


def test_an_approval_and_a_release_tell_the_writers(reporter, lead, article):
    publisher = make_user("petra", group="Publisher")
    move(article, "submitted", reporter)
    move(article, "approved", lead)
    releasing.release(article, publisher, seen=fresh(article).version)
    assert told() == [("dina", "submitted"), ("rana", "approved"), ("rana", "released")]


def test_whoever_brought_a_story_in_from_the_wire_is_no_writer_of_it(desk):
    importer = make_user("wafa", group="Desk editor", desks=[desk])
    content = writing.snapshot(make_article(desk=desk))
    (article,) = writing.create_many([content], desk=desk, by=importer, reason="", origin="wire")
    assert not User.objects.filter(notices.writers_of(article)).exists()
    writing.record(article, importer)
    assert User.objects.get(notices.writers_of(article)) == importer


def test_whoever_stands_over_a_story_is_told_of_it(desk, lead):
    person = make_user("lina", group="Reporter", desks=[desk])
    author = Author.objects.create(name="Lina", slug="lina", user=person)
    article = make_article(desk=desk, bylines=[{"author": author.code, "text": ""}])
    move(article, "submitted", lead)
    move(article, "approved", lead)
    assert told() == [("lina", "approved")]


def test_a_retraction_tells_writers_and_leads(desk, reporter, lead):
    publisher = make_user("petra", group="Publisher")
    article = make_released(desk=desk, by=reporter, publisher=publisher)
    releasing.retract(article, publisher, seen=article.version, note="It was wrong.")
    assert {who for who, reason in told() if reason == "retracted"} == {"rana", "dina"}


def test_a_spike_tells_whom_the_story_concerns_and_why(desk, reporter, lead, article):
    worker, other = make_user("wafa", group="Reporter", desks=[desk]), make_user("omar", group="Reporter", desks=[desk])
    assigning.give(lead, title="The port", desk=desk, article=article, assignee=worker)
    Mute.objects.create(user=lead, reason="spiked", channel="desk")
    publisher = make_user("petra", group="Publisher")
    move(article, "spiked", publisher, reason="The minister denied it")
    spiked = Notice.objects.filter(reason="spiked")
    assert {one.recipient.username for one in spiked if one.read_at is None} == {"rana", "wafa"}
    assert spiked.get(recipient=lead).by_mail  # muted on the desk alone
    assert not Notice.objects.filter(recipient__in=[other, publisher]).exists()
    assert spiked.get(recipient=reporter).text == "petra spiked “Harbour opens”: The minister denied it"


def test_whoever_scheduled_a_release_is_told_that_it_was_cancelled(desk, reporter):
    publisher, other = make_user("petra", group="Publisher"), make_user("paul", group="Publisher")
    later = timezone.now() + timedelta(hours=3)
    article = make_released(desk=desk, by=reporter, publisher=publisher, at=later)
    releasing.unschedule(article, other, seen=article.version, reason="The minister has not signed")
    assert ("petra", "schedule_canceled") in told()
    assert "The minister has not signed" in Notice.objects.get(reason="schedule_canceled").text


def test_of_a_scheduled_release_its_writer_is_told_when_it_has_come(desk, reporter, clock):
    at = timezone.now() + timedelta(hours=1)
    make_released(desk=desk, by=reporter, at=at)
    Notice.objects.all().delete()
    run_tasks()
    assert told() == []
    clock.shift(timedelta(hours=1))
    run_tasks()
    assert told() == [("rana", "released")]


def test_of_a_scheduled_release_that_was_cancelled_nobody_is_told_that_it_came(desk, reporter, clock):
    publisher = make_user("petra", group="Publisher")
    article = make_released(desk=desk, by=reporter, publisher=publisher, at=timezone.now() + timedelta(hours=1))
    releasing.unschedule(article, publisher, seen=article.version)
    clock.shift(timedelta(hours=2))
    run_tasks()
    assert "released" not in [reason for _, reason in told()]


def test_who_left_and_who_may_no_longer_see_the_story_are_not_told(desk, reporter, lead, article):
    gone = make_lead(desk, "gone", is_active=False)
    moved = make_lead(desk, "moved")
    moved.groups.clear()
    moved.user_permissions.clear()
    move(article, "submitted", reporter)
    assert told() == [("dina", "submitted")]
    assert not gone.notices.exists()


def test_a_confidential_story_tells_only_who_may_see_it(desk, reporter, lead, article):
    cleared = make_lead(desk, "cleared", permissions="view_confidential_article")
    workflow.set_confidential(article, cleared, seen=article.version, reason="Its source is in danger")
    move(article, "submitted", reporter)
    assert told() == [("cleared", "submitted")]


@pytest.mark.parametrize("confidential", [False, True])
def test_asking_for_everybody_who_may_see_a_story_finds_just_those_who_may(desk, confidential):
    """One query over the staff, and the question put to each: the same people, whoever they are."""
    groups = load_groups()
    elsewhere = make_desk("africa")
    people = []
    for group in [*GROUPS, None]:
        for desks in ([], [desk], [elsewhere]):
            user = make_user(desks=desks)
            if group:
                user.groups.add(groups[group])
            people.append(user)
        guest = make_user(desks=[desk])
        DeskMember.objects.filter(user=guest).update(role="guest")
        if group:
            guest.groups.add(groups[group])
        people.append(guest)
    people.append(make_user(is_superuser=True))
    people.append(make_user(is_superuser=True, is_active=False))
    writer = make_staff("Reporter", desks=[desk])
    worker, dropped = make_staff("Reporter", desks=[desk]), make_staff("Reporter", desks=[desk])
    article = make_article(desk=desk, by=writer)
    type(article).objects.filter(pk=article.pk).update(confidential=confidential)
    article = fresh(article)
    for user in (worker, dropped):
        article.assignments.create(title="x", desk=desk, assignee=user)
    dropped.assignments.update(dropped_at=timezone.now())
    people += [writer, worker, dropped]
    people = [User.objects.get(pk=user.pk) for user in people]
    found = set(access.who_may_see(article))
    assert found == {user for user in people if access.may_see(user, article)}
    assert found == {user for user in people if access.visible_articles(user).filter(pk=article.pk).exists()}
    assert writer in found
    assert (dropped in found) == (not confidential)


# --- once, and as one wants ----------------------------------------------------------------------------------------


def test_nobody_is_told_twice_of_one_occasion(reporter):
    for _ in range(3):
        notices.told(Reason.WIRE, notices.people([reporter.pk]), "The wire changed it.", once="wire-1")
    assert Notice.objects.count() == 1


def test_what_is_undone_was_never_told(reporter, lead, article):
    with transaction.atomic():
        move(article, "submitted", reporter)
        assert told() == [("dina", "submitted")]
        transaction.set_rollback(True)
    assert told() == []
    assert not DBTaskResult.objects.exists()


def test_each_reason_is_muted_for_each_channel(reporter, lead, article):
    Mute.objects.create(user=lead, reason="submitted", channel="desk")
    move(article, "submitted", reporter)
    assert notices.unread_count(lead) == 0
    assert not notices.shown_to(lead).exists()
    run_tasks()
    assert len(mail.outbox) == 1
    move(article, "draft", lead, reason="Not yet")
    Mute.objects.create(user=lead, reason="submitted", channel="mail")
    move(article, "submitted", reporter)
    assert lead.notices.count() == 1
    Mute.objects.filter(channel="desk").delete()
    move(article, "draft", lead, reason="Not yet")
    move(article, "submitted", reporter)
    run_tasks()
    assert notices.unread_count(lead) == 1
    assert [message.to for message in mail.outbox].count(["dina@example.org"]) == 1


def test_telling_many_costs_three_queries(desk, article):
    for number in range(12):
        make_lead(desk, f"lead{number}", email=f"lead{number}@example.org")
    article.refresh_from_db()
    with CaptureQueriesContext(connection) as queries:
        notices.told(Reason.SUBMITTED, notices.leads_of(desk), "x", once="x", article=article)
    assert Notice.objects.count() == 12
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 3


def test_a_release_with_people_to_tell_keeps_to_its_queries(desk, reporter, lead, django_assert_max_num_queries):
    publisher = make_user("petra", group="Publisher")
    article = make_article(desk=desk, by=reporter, regions=[make_region()], topics=[make_topic()])
    article = approve(article, editor=publisher)
    with django_assert_max_num_queries(25):
        releasing.release(article, User.objects.get(pk=publisher.pk), seen=article.version)
    assert ("rana", "released") in told()


# --- on the desk -----------------------------------------------------------------------------------------------------


def test_the_bell_counts_what_is_unread_in_one_query(client, reporter, lead, article):
    move(article, "submitted", reporter)
    client.force_login(lead)
    with CaptureQueriesContext(connection) as queries:
        page = page_text(client.get(url("notice_settings")))
    assert "<b>1</b>" in page
    assert len([query for query in queries if "articles_notice" in query["sql"]]) == 1


def test_a_notice_is_listed_and_leads_to_its_story(client, reporter, lead, article):
    move(article, "submitted", reporter)
    client.force_login(lead)
    assert "Rana submitted “Harbour opens”" in page_text(client.get(url("notice_changelist")))
    notice = Notice.objects.get()
    answer = client.get(url("notice_open", notice.pk))
    assert answer.url == url("article_change", article.pk)
    assert notices.unread_count(lead) == 0


def test_a_notice_of_a_story_that_one_may_no_longer_see_is_not_shown(client, desk, reporter, lead, article):
    move(article, "submitted", reporter)
    lead.desks.clear()
    client.force_login(lead)
    page = page_text(client.get(url("notice_changelist")))
    assert "Harbour opens" not in page
    assert "<b>1</b>" not in page


def test_another_persons_notice_is_neither_opened_nor_marked(client, reporter, lead, article):
    move(article, "submitted", reporter)
    notice = Notice.objects.get()
    client.force_login(make_user(group="Publisher"))
    assert client.get(url("notice_open", notice.pk)).status_code == 404
    client.post(url("notice_read"), {"notice": notice.pk})
    client.post(url("notice_read"))
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize("wanted", ["x", "-1", "٣", "9" * 30])
def test_a_notice_that_is_no_number_is_not_found(client, reporter, wanted):
    client.force_login(reporter)
    assert client.post(url("notice_read"), {"notice": wanted}).status_code == 404


def test_all_are_marked_as_read(client, reporter, lead, article):
    move(article, "submitted", reporter)
    client.force_login(lead)
    assert client.post(url("notice_read")).status_code == 302
    assert notices.unread_count(lead) == 0
    assert "Rana submitted" in page_text(client.get(url("notice_changelist")))


def test_settings_show_and_keep_what_one_wants(client, reporter):
    client.force_login(reporter)
    everything = [f"{reason}-{channel}" for reason in Reason for channel in Mute.Channel]
    client.post(url("notice_settings"), {"tell": [one for one in everything if one != "noted-mail"]})
    assert list(reporter.mutes.values_list("reason", "channel")) == [("noted", "mail")]
    page = page_text(client.get(url("notice_settings")))
    assert 'value="noted-desk" aria-label="Somebody left a note on a story of mine, on the desk" checked' in page
    assert 'value="noted-mail" aria-label="Somebody left a note on a story of mine, by e-mail">' in page
    client.post(url("notice_settings"), {"tell": everything})
    assert not reporter.mutes.exists()


# --- by e-mail -------------------------------------------------------------------------------------------------------


def test_a_mail_is_plain_and_leads_to_the_story(settings, reporter, lead, article):
    settings.SITE_URL = "https://news.example.org"
    move(article, "submitted", reporter)
    assert mail.outbox == []  # after the commit, by a worker
    run_tasks()
    (message,) = mail.outbox
    assert message.to == ["dina@example.org"]
    assert message.subject == "Rana submitted “Harbour opens” to the World desk."
    assert f"https://news.example.org{url('notice_open', Notice.objects.get().pk)}" in message.body
    assert message.content_subtype == "plain"


def test_a_mail_goes_out_once_however_often_its_task_is_run(reporter, lead, article):
    move(article, "submitted", reporter)
    notice = Notice.objects.get()
    for _ in range(3):
        tasks.mail_notices.func(notice.once, [lead.pk])
    run_tasks()
    call_command("send_notices", verbosity=0)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "guard",
    [{"confidential": True}, {"legal_hold": True}, {"embargo_until": timezone.now() + timedelta(days=900)}],
    ids=lambda guard: next(iter(guard)),
)
def test_no_mail_names_a_story_that_is_confidential_held_or_embargoed(reporter, lead, article, guard):
    lead.user_permissions.set(lead.user_permissions.all() | _permission("view_confidential_article"))
    move(article, "submitted", reporter)
    type(article).objects.filter(pk=article.pk).update(**guard)
    run_tasks()
    (message,) = mail.outbox
    assert "Harbour" not in message.subject + message.body
    assert "may not name" in message.subject
    assert "Harbour" in Notice.objects.get().text


def _permission(name):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename=name)


@pytest.mark.parametrize("change", ["left the desk", "left", "muted it", "has no address", "became confidential"])
def test_whether_one_may_be_mailed_is_asked_again_at_the_moment_of_sending(reporter, lead, article, change):
    move(article, "submitted", reporter)
    if change == "left the desk":
        lead.desks.clear()
    elif change == "left":
        User.objects.filter(pk=lead.pk).update(is_active=False)
    elif change == "muted it":
        Mute.objects.create(user=lead, reason="submitted", channel="mail")
    elif change == "has no address":
        User.objects.filter(pk=lead.pk).update(email="")
    else:
        type(article).objects.filter(pk=article.pk).update(confidential=True)
    run_tasks()
    assert mail.outbox == []
    assert Notice.objects.get(recipient=lead).mailed_at is None


class Broken:
    """A mail server that refuses the first so many."""

    def __init__(self, times):
        self.times, self.asked = times, 0

    def __call__(self, message):
        self.asked += 1
        if self.asked <= self.times:
            raise ConnectionRefusedError
        mail.outbox.append(message)
        return 1


def test_a_mail_that_could_not_be_sent_is_tried_again_and_raises_an_alarm(
    reporter, lead, article, clock, monkeypatch, caplog
):
    admin = make_staff("Administrator", username="amal", email="amal@example.org")
    server = Broken(2)
    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", lambda message: server(message))
    move(article, "submitted", reporter)
    run_tasks()
    assert server.asked == 1
    assert "could not be mailed" in caplog.text
    assert "Harbour" not in caplog.text
    alarm = Notice.objects.get(recipient=admin)
    assert (alarm.reason, alarm.by_mail) == ("alarm", False)
    clock.shift(timedelta(minutes=6))
    run_tasks()
    clock.shift(timedelta(minutes=11))
    run_tasks()
    assert [message.to for message in mail.outbox] == [["dina@example.org"]]
    assert Notice.objects.filter(reason="alarm").count() == 1
    clock.shift(timedelta(days=1))
    run_tasks()
    assert len(mail.outbox) == 1


def test_what_no_worker_has_sent_is_mailed_by_the_command(reporter, lead, article, clock):
    move(article, "submitted", reporter)
    DBTaskResult.objects.all().delete()  # the queue was lost
    call_command("send_notices", verbosity=0)
    assert mail.outbox == []  # the task may yet come
    clock.shift(mailing.LEFT_AFTER + timedelta(minutes=1))
    call_command("send_notices", verbosity=0)
    call_command("send_notices", verbosity=0)
    assert len(mail.outbox) == 1


# --- what is due -----------------------------------------------------------------------------------------------------


def test_work_that_is_due_soon_and_late_is_told_once_each(desk, reporter, lead, clock):
    due = timezone.now() + timedelta(hours=5)
    assigning.give(lead, title="The port", desk=desk, assignee=reporter, due_at=due)
    Notice.objects.all().delete()
    run_tasks()
    assert told() == []
    clock.shift(timedelta(hours=3, minutes=1))
    run_tasks()
    call_command("send_notices", verbosity=0)
    assert [notice.text for notice in reporter.notices.all()] == ["“The port” is due soon."]
    clock.shift(timedelta(hours=2))
    run_tasks()
    call_command("send_notices", verbosity=0)
    assert [notice.text for notice in reporter.notices.order_by("id")][1:] == ["“The port” is late."]


def test_of_work_that_is_done_or_taken_back_nobody_is_reminded(desk, reporter, lead, clock):
    due = timezone.now() + timedelta(hours=1)
    done = assigning.give(lead, title="Done", desk=desk, assignee=reporter, due_at=due)
    gone = assigning.give(lead, title="Gone", desk=desk, assignee=reporter, due_at=due)
    assigning.finish(done, reporter)
    assigning.drop(gone, lead)
    Notice.objects.all().delete()
    clock.shift(timedelta(hours=2))
    run_tasks()
    assert told() == []
