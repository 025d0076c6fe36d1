"""An import that is killed in the middle and run again: nothing missing, nothing twice, on either database."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from articles.models import Article, Event, Revision, WireKey, WireRecord
from articles.search import find_articles
from articles.wire import intake

from .killed_import import WRITTEN
from .machine import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

STORIES, CHUNK = 240, 25


def story(number):
    """A story of its own: no paragraph of it stands in another."""
    return "\n".join(
        [
            f"Grain Ship Number {number} Reaches Tartus",
            "",
            f"Ship {number} came in on day {number}, the port authority said.",
            f"It brought {number} tons of grain from Egypt in {number + 7} holds.",
        ]
    )


def killed(where, folder):
    """Import that folder in another process until it is killed."""
    held = connection.settings_dict
    if connection.vendor == "postgresql":
        at = f"{held['USER']}:{held['PASSWORD']}@" if held["PASSWORD"] else f"{held['USER']}@" if held["USER"] else ""
        address = f"postgres://{at}{held['HOST']}:{held['PORT'] or 5432}/{held['NAME']}"
    else:
        address = f"sqlite:///{held['NAME']}"
    done = subprocess.run(
        [sys.executable, "-m", "articles.tests.killed_import", where, str(CHUNK), str(folder)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "articles.tests.settings", "TEST_DATABASE_URL": address},
        stderr=subprocess.PIPE,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize(("where", "whole"), [("transaction", WRITTEN), ("commit", WRITTEN + 1)])
def test_what_was_killed_is_run_again_with_nothing_missing_and_nothing_twice(tmp_path: Path, where, whole):
    (tmp_path / "a.txt").write_text("\n\n\n\n".join(map(story, range(STORIES // 2))))
    (tmp_path / "b.txt").write_text("\n\n\n\n".join(map(story, range(STORIES // 2, STORIES))))
    killed(where, tmp_path)
    assert Article.objects.count() == whole * CHUNK  # whole stories alone

    totals = intake.Totals()
    for event in intake.import_files([str(tmp_path)]):
        totals.count(event)
    assert (totals.created, totals.unchanged, totals.rejected) == (STORIES - whole * CHUNK, whole * CHUNK, 0)
    made = WireRecord.objects.filter(outcome="created")
    wanted = {f"Grain Ship Number {number} Reaches Tartus" for number in range(STORIES)}
    for headlines in (Article.objects.values_list("headline", flat=True), made.values_list("headline", flat=True)):
        assert len(headlines) == STORIES
        assert set(headlines) == wanted
    assert Revision.objects.count() == Event.objects.filter(action="created").count() == STORIES
    assert not WireKey.objects.exclude(record__in=made.values("pk")).exists()
    assert len(find_articles("tartus", Article.objects.all(), limit=2 * STORIES)) == STORIES
