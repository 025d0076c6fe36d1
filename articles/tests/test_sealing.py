"""Seals over the audit log: what is changed behind the application's back shows."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from articles import audit, housekeeping, sealing
from articles.models import Event, EventSeal

from .factories import make_article, make_desk, make_user

pytestmark = pytest.mark.django_db


@contextmanager
def behind_its_back(table="articles_event"):
    """What somebody may do who owns the tables: set the triggers aside."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield cursor
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            yield cursor
            for _, sql in triggers:
                cursor.execute(sql)


def write_events(count, actor=None):
    desk = make_desk("log")
    return [audit.log(actor, "changed", desk, reason=f"Change {number}", number=number) for number in range(count)]


@pytest.fixture
def sealed(clock):
    """Three seals over three events each."""
    for _ in range(3):
        write_events(3)
        sealing.seal_events()
        clock.shift(60)
    assert [seal.events for seal in EventSeal.objects.all()] == [3, 3, 3]
    return list(Event.objects.order_by("pk"))


def test_a_log_that_nobody_touched_verifies(sealed):
    assert list(sealing.verify()) == []


def test_nothing_new_makes_no_seal(sealed):
    assert sealing.seal_events() == []


@pytest.mark.parametrize("column", ["actor", "actor_name", "action", "kind", "thing", "name", "reason"])
def test_a_changed_word_shows(sealed, column):
    with behind_its_back() as cursor:
        cursor.execute(f"UPDATE articles_event SET {column} = 'forged' WHERE id = %s", [sealed[4].pk])
    assert [broken.seal for broken in sealing.verify()] == [2]


def test_a_changed_time_and_changed_data_show(sealed):
    with behind_its_back() as cursor:
        cursor.execute("UPDATE articles_event SET at = '2020-01-01 00:00:00' WHERE id = %s", [sealed[0].pk])
        cursor.execute("UPDATE articles_event SET data = '{}' WHERE id = %s", [sealed[8].pk])
    assert [broken.seal for broken in sealing.verify()] == [1, 3]


def test_an_event_taken_out_shows(sealed):
    with behind_its_back() as cursor:
        cursor.execute("DELETE FROM articles_event WHERE id = %s", [sealed[0].pk])
    assert "there are 2 now" in next(iter(sealing.verify())).message


def test_an_event_slipped_in_front_shows(sealed):
    first = sealed[0].pk
    Event.objects.create(pk=first - 1, at=sealed[0].at, action="forged", kind="desk", thing="x", name="x")
    assert [broken.seal for broken in sealing.verify()] == [1]


def test_a_seal_taken_away_shows(sealed):
    with behind_its_back("articles_eventseal") as cursor:
        cursor.execute("DELETE FROM articles_eventseal WHERE number = 2")
    assert any("Seal 2 is missing" in broken.message for broken in sealing.verify())


def test_a_chain_made_anew_shows_against_what_was_written_down(sealed):
    written = {seal.number: seal.digest for seal in EventSeal.objects.all()}
    with behind_its_back() as cursor:
        cursor.execute("UPDATE articles_event SET actor = 'forged' WHERE id = %s", [sealed[4].pk])
    with behind_its_back("articles_eventseal") as cursor:
        cursor.execute("DELETE FROM articles_eventseal")
    sealing.seal_events()
    assert list(sealing.verify()) == []
    broken = list(sealing.verify(kept=written))
    assert {one.seal for one in broken} == {1, 2, 3}


@pytest.mark.parametrize("statement", ["UPDATE articles_eventseal SET digest = 'x'", "DELETE FROM articles_eventseal"])
def test_the_database_refuses_to_change_a_seal(sealed, statement):
    before = list(EventSeal.objects.values())
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(EventSeal.objects.values()) == before


def test_seals_hold_after_a_move_to_another_database(sealed):
    """A JSON fixture keeps milliseconds alone, and that must not break the chain."""
    text = serializers.serialize("json", [*Event.objects.all(), *EventSeal.objects.all()])
    rows = [one.object for one in serializers.deserialize("json", text)]
    with behind_its_back() as cursor:
        cursor.execute("DELETE FROM articles_event")
    with behind_its_back("articles_eventseal") as cursor:
        cursor.execute("DELETE FROM articles_eventseal")
    for row in rows:
        row.save(force_insert=True)
    assert list(sealing.verify()) == []


def test_many_events_are_sealed_in_parts(monkeypatch):
    monkeypatch.setattr(sealing, "SEALED_AT_ONCE", 4)
    write_events(10)
    assert [seal.events for seal in sealing.seal_events()] == [4, 4, 2]
    assert list(sealing.verify()) == []


def test_what_is_not_sealed_yet_is_known(clock, sealed):
    assert sealing.unsealed_since() is None
    event = write_events(1)[0]
    assert sealing.unsealed_since() == event.at


def test_the_command_says_what_it_found(sealed, capsys):
    call_command("verify_log")
    assert f"All 3 seals hold, up to event {sealed[-1].pk}." in capsys.readouterr().out
    with behind_its_back() as cursor:
        cursor.execute("UPDATE articles_event SET actor = 'forged' WHERE id = %s", [sealed[4].pk])
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_log")
    assert stopped.value.code == 1
    assert "Seal 2 does not fit" in capsys.readouterr().err


def test_the_command_refuses_what_is_no_seal():
    with pytest.raises(CommandError, match="NUMBER:DIGEST"):
        call_command("verify_log", kept=["seven"], stdout=StringIO())


def test_every_minute_seals_and_goes_on_after_a_fault(monkeypatch):
    def fail():
        raise OSError("The disk is full.")

    write_events(2)
    monkeypatch.setattr(housekeeping, "DUE", {"Failing": fail, "Sealing": sealing.seal_events})
    assert [name for name, _ in housekeeping.do_what_is_due()] == ["Failing"]
    assert EventSeal.objects.get().events == 2


@pytest.mark.django_db(transaction=True)
def test_events_written_while_sealing_are_all_sealed_once():
    """An id is given before its row is committed: a seal must not pass over one that is still to come."""
    desk = make_desk("busy")

    def write(number):
        try:
            with transaction.atomic():
                audit.log(None, "changed", desk, number=number)
                audit.log(None, "changed", desk, number=number)
        finally:
            connection.close()

    def seal(_):
        try:
            sealing.seal_events()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        work = [pool.submit(seal if number % 4 == 0 else write, number) for number in range(120)]
    for one in work:
        one.result()
    sealing.seal_events()
    assert list(sealing.verify()) == []
    assert sum(seal.events for seal in EventSeal.objects.all()) == Event.objects.count() == 180


def test_the_log_says_from_where():
    user = make_user("somebody", permissions="view_article add_article change_article", desks=[make_desk("home")])
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.force_login(user)
    article = make_article(desk=make_desk("home"), by=user)
    page = client.get(f"/admin/articles/article/{article.pk}/change/")
    assert page.status_code == 200
    from .desk import form_data

    client.post(f"/admin/articles/article/{article.pk}/change/", {**form_data(page), "headline": "Another headline"})
    event = Event.objects.about(article).first()
    assert (event.action, event.data["from"]) == ("saved", "192.0.2.7")


def test_behind_a_proxy_the_log_believes_its_last_word_alone(settings):
    settings.BEHIND_PROXY = True
    seen = []
    from newsroom.middleware import log_whence

    respond = log_whence(lambda request: seen.append(audit.log(None, "changed", make_desk("x")).data["from"]))
    from django.test import RequestFactory

    respond(RequestFactory().get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.4"}))
    assert seen == ["198.51.100.4"]


def test_without_a_client_nothing_is_said():
    with audit.coming_from(""):
        assert audit.log(None, "changed", make_desk("x"), why=1).data == {"why": 1}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_puts_sealing_off_and_breaks_nothing(monkeypatch):
    monkeypatch.setattr(sealing, "_WAIT", "50ms")
    write_events(2)

    def seal():
        try:
            return sealing.seal_events()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        write_events(1)
        assert pool.submit(seal).result() == []
    assert [seal.events for seal in sealing.seal_events()] == [3]
    assert list(sealing.verify()) == []
