"""Two imports of the same items at the same time, and one that is killed half-way and run again: none missing, none
twice."""

import threading

import pytest
from django.db import connection

from articles.models import Article, WireKey, WireRecord
from articles.wire import intake

from .arriving import batch, item, run

pytestmark = pytest.mark.django_db(transaction=True)

STORIES = 24


def items(version="1"):
    """So many items of an agency, half of them without an id."""
    return [
        item(
            f"id{n}" if n % 2 else "",
            version if n % 2 else "",
            [f"Ship {n} came in, the port authority said on day {n}.", f"It brought {n} tons of grain from Egypt."],
            f"Grain ship {n} reaches Tartus",
            provider="AFP" if n % 2 else "",
        )
        for n in range(STORIES)
    ]


def counts():
    records = WireRecord.objects.all()
    first = records.filter(outcome="created")
    return Article.objects.count(), first.count(), records.filter(outcome="unchanged").count()


def test_two_imports_of_the_same_items_at_once_make_each_story_once(monkeypatch):
    monkeypatch.setattr(intake, "CHUNK", 5)
    into, wrong, ready = [batch(), batch()], [], threading.Barrier(2, timeout=60)

    def bring(one):
        try:
            ready.wait()
            wrong.extend(event for event in run(items(), one) if hasattr(event, "error"))
        except Exception as error:  # noqa: BLE001 - told of below
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=bring, args=[one]) for one in into]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not wrong
    assert counts() == (STORIES, STORIES, STORIES)


def test_an_import_that_is_killed_and_run_again_gives_what_one_run_gives(monkeypatch):
    monkeypatch.setattr(intake, "CHUNK", 5)
    killed = run(items(), batch())
    for event in killed:
        if isinstance(event, intake.Taken) and event.reading.item.story == 8:
            break
    killed.close()
    stored = Article.objects.count()
    assert 0 < stored < STORIES
    list(run(items(), batch()))
    assert counts() == (STORIES, STORIES, stored)
    assert WireKey.objects.count() == len(set(WireKey.objects.values_list("key", "record")))
