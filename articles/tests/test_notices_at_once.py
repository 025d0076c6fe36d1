"""Workers that race: real threads, each with its own connection, on whichever database the suite runs."""

import pytest
from django.core import mail

from articles import notices, tasks, workflow
from articles.models import Notice, User

from .factories import make_article, make_desk, make_user
from .test_concurrency import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting():
    """One occasion that five people are to be mailed of."""
    people = [make_user(email=f"person{number}@example.org") for number in range(5)]
    ids = [person.pk for person in people]
    notices.told("alarm", notices.people(ids), "The wire is silent.", once="silent")
    return ids


def test_ten_workers_with_the_same_task_send_each_mail_once(waiting):
    all_at_once(10, lambda number: tasks.mail_notices.func("silent", waiting))
    assert sorted(message.to[0] for message in mail.outbox) == [f"person{number}@example.org" for number in range(5)]
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_a_worker_that_fails_leaves_the_mail_to_the_others_and_nobody_sends_twice(waiting, monkeypatch):
    send = mail.EmailMessage.send
    refused = []

    def sometimes(message, *args, **kw):
        if message.to[0] not in refused:
            refused.append(message.to[0])
            raise ConnectionResetError
        return send(message, *args, **kw)

    monkeypatch.setattr(mail.EmailMessage, "send", sometimes)
    all_at_once(6, lambda number: tasks.mail_notices.func("silent", waiting, attempt=tasks.MAIL_ATTEMPTS))
    tasks.mail_notices.func("silent", waiting)
    assert sorted(message.to[0] for message in mail.outbox) == [f"person{number}@example.org" for number in range(5)]


def test_who_is_told_by_many_at_once_is_told_once():
    person = make_user()
    outcomes = all_at_once(
        10, lambda number: notices.told("wire", notices.people([person.pk]), "Killed.", once="kill-1")
    )
    assert outcomes == [1] * 10
    assert Notice.objects.count() == 1


def test_of_many_who_return_a_story_at_once_its_writer_is_told_by_one():
    desk = make_desk()
    writer = make_user(group="Reporter", desks=[desk])
    make_user("editor", group="Desk editor", desks=[desk])
    article = make_article(desk=desk, by=writer)
    article = workflow.move(article, "submitted", writer, seen=article.version)

    def give_back(number):
        by = User.objects.get(username="editor")
        return workflow.move(article, "draft", by, seen=article.version, reason=f"Reason {number}")

    all_at_once(8, give_back)
    assert Notice.objects.filter(recipient=writer, reason="returned").count() == 1
