"""Large imports are read by a second process: the same comes out, whatever becomes of that process."""

import json
import os
import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command

from articles.models import Article, WireRecord
from articles.wire import apart, files, intake, storing
from articles.wire.reference import load_reader

from .machine import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(monkeypatch):
    """Every import is large enough for two processes here, and there are two processors."""
    monkeypatch.setattr(apart, "WORTH_IT", 0)
    monkeypatch.setattr(apart, "_processors", lambda: 2)


@pytest.fixture
def started(monkeypatch):
    """The processes that were started, as they are started."""
    processes, popen = [], subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **kw: processes.append(popen(*args, **kw)) or processes[-1])
    return processes


def story(number):
    paragraphs = (f"Ship {number} came in, the port authority said.", f"It brought {number} tons of grain from Egypt.")
    return "\n".join([f"Grain Ship Number {number} Reaches Tartus", "", *paragraphs]) + "\n\n\n\n"


@pytest.fixture
def folder(tmp_path):
    """Three files: sixty stories, one that is no text, five stories of which one is a head alone."""
    (tmp_path / "a.txt").write_text("".join(map(story, range(60))))
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02\x03" + bytes(200))
    (tmp_path / "c.txt").write_text("".join([*map(story, range(60, 64)), "Only a Head\n\n\n\n", story(64)]))
    return tmp_path


def taken(folder):
    """What an import of that folder tells, without the ids that it gives."""
    events = []
    for event in intake.import_files([str(folder)]):
        if isinstance(event, intake.Taken):
            event.article = bool(event.article)
        events.append(event)
    return events


def stored():
    fields = ("path", "story", "line", "outcome", "code", "headline", "headline_key", "text_key", "content")
    return list(WireRecord.objects.order_by("id").values(*fields, "article__headline", "article__body"))


def test_two_processes_bring_in_what_one_does(folder, monkeypatch, started, django_assert_max_num_queries):
    one_process, rows = taken(folder), stored()
    assert not started
    Article.objects.all().delete()
    WireRecord.objects.all().delete()

    monkeypatch.setattr(apart, "WORTH_IT", 0)
    monkeypatch.setattr(apart, "_processors", lambda: 2)
    assert taken(folder) == one_process
    assert stored() == rows
    assert len(rows) == 67
    (process,) = started
    assert process.returncode == 0


@pytest.mark.parametrize("after", [0, 8, 12, 40])
def test_a_killed_process_loses_nothing(tmp_path, large, started, caplog, after):
    (tmp_path / "a.txt").write_text("".join(map(story, range(5))))
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02\x03" + bytes(200))
    # Too long to be sent all at once: it is still busy when it is killed.
    (tmp_path / "c.txt").write_text("".join(story(n).rstrip() + " Grain." * 3000 + "\n\n\n\n" for n in range(5, 65)))
    paths = sorted(tmp_path.iterdir())
    expected = list(files.read_files(paths, "auto", load_reader()))
    found = []
    for event in apart.read_files_apart(paths, "auto", load_reader()):
        if len(found) == after:
            os.kill(started[0].pid, signal.SIGKILL)
            started[0].wait()
        found.append(event)
    assert found == expected
    assert "signal 9" in caplog.text
    assert "reads the rest" in caplog.text


def test_an_import_whose_second_process_never_begins_is_done_by_the_first(folder, large, monkeypatch, caplog):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    totals = intake.Totals()
    for event in intake.import_files([str(folder)]):
        totals.count(event)
    assert (totals.created, totals.rejected) == (65, 2)
    assert Article.objects.count() == 65


def test_the_second_process_ends_where_the_import_is_broken_off(folder, large, started):
    events = intake.import_files([str(folder)])
    while not isinstance(next(events), intake.Taken):
        pass
    events.close()
    assert started[0].returncode is not None


def test_ctrl_c_says_what_is_stored_and_how_to_go_on(folder, large, started, monkeypatch):
    monkeypatch.setattr(intake, "CHUNK", 20)
    find, calls = storing.Known, []

    def interrupted(readings):
        calls.append(readings)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return find(readings)

    monkeypatch.setattr(storing, "Known", interrupted)
    err = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("import_stories", str(folder), stdout=StringIO(), stderr=err)
    assert end.value.code == 130
    assert "40 stories and no half ones are stored" in err.getvalue()
    assert Article.objects.count() == 40
    assert started[0].returncode is not None

    monkeypatch.setattr(storing, "Known", find)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_stories", str(folder), json=True, stdout=out, stderr=StringIO())
    totals = json.loads(out.getvalue())["totals"]
    assert (totals["created"], totals["unchanged"]) == (25, 40)


def test_the_second_process_hears_nothing_of_ctrl_c(folder, large, started, monkeypatch):
    monkeypatch.setattr(intake, "CHUNK", 1)
    events = intake.import_files([str(folder)])
    while not isinstance(next(events), intake.Taken):
        pass
    assert os.getpgid(started[0].pid) != os.getpgrp()
    events.close()


def test_the_second_process_knows_no_django():
    code = "import sys, articles.wire.apart; sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_a_story_that_cannot_be_understood_there_is_kept_and_logged_here(folder, large, monkeypatch, caplog):
    reader = load_reader()
    reader.limits.pop("headline")  # what it never lacks
    found = list(apart.read_files_apart([folder / "c.txt"], "auto", reader))
    pieces = [event for event in found if isinstance(event, files.Piece)]
    assert {piece.parsed.code for piece in pieces} <= {"not_understood", "missing_body"}
    assert "KeyError" in pieces[0].trouble


@pytest.mark.parametrize(
    ("paths", "processors", "bytes_", "wanted"),
    [(["a.txt"], 2, 0, True), (["a.txt"], 1, 0, False), (["a.txt"], 2, 10**6, False), (["a.txt", None], 2, 0, False)],
)
def test_only_large_files_are_read_apart(folder, monkeypatch, paths, processors, bytes_, wanted):
    monkeypatch.setattr(apart, "WORTH_IT", bytes_)
    monkeypatch.setattr(apart, "_processors", lambda: processors)
    assert apart.is_worth_it([folder / path if path else None for path in paths]) is wanted
