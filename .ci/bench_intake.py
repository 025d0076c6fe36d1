"""The whole intake of a folder, killed (SIGKILL) when half of it is stored, and run again: how fast, in what memory.

The importer is a process of its own, as it is for whoever types the command; this one only looks on.
"""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IN_A_FILE = 500  # stories
_IMPORTER = """
import django, sys
django.setup()
from articles.wire import intake
print("begun", flush=True)
for event in intake.import_files([sys.argv[1]]):
    pass
"""


def measure_intake(options):
    from bench import at_least, at_most, line, raw_copy, reference_data

    from articles.models import Article, WireRecord
    from articles.search import find_articles

    reference_data()
    count = options.stories
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        _write(folder, raw_copy(count))
        texts = set(_texts(folder))
        first = _Run(folder, until=lambda: WireRecord.objects.count() >= count // 2)
        stored = Article.objects.count()
        second = _Run(folder)
    yield at_least(
        f"Whole intake of a folder, {stored:,} of {count:,} stories", stored / first.seconds, 500, "stories/s"
    )
    yield at_most("… processor time of both its processes for each", first.processor * 1000 / stored, 4, "ms", digits=2)
    yield line("… the rest after it was killed, and what is known again", f"{second.seconds:.0f} s")
    made = WireRecord.objects.filter(outcome__in=["created", "updated"])
    held = set(made.values_list("received_id", flat=True))
    yield at_most("Stories missing after that", len(texts - held), 0)
    stories = made.filter(outcome="created").count()
    doubled = made.count() - len(held) + abs(Article.objects.count() - stories)
    yield at_most(f"Stories twice after that, {stories:,} in all", doubled, 0)
    if not find_articles(made.order_by("-pk")[0].headline, Article.objects.all(), limit=5):
        raise SystemExit("The last story that was imported cannot be found.")
    if memory := [*first.memory, *second.memory]:
        early = memory[: max(1, len(memory) // 2)]
        what = f"Peak memory of both its processes; in the first half {max(early):.0f} MB"
        yield at_most(what, max(memory), 200, "MB")


def _write(folder, stories):
    held = []
    for number, story in enumerate(stories, 1):
        held.append(story)
        if number % IN_A_FILE == 0:
            Path(folder, f"{number:07}.txt").write_bytes(b"".join(held))
            held = []
    if held:
        Path(folder, "last.txt").write_bytes(b"".join(held))


def _texts(folder):
    """What each story's bytes are known by, of those that are stories and stand in their file once."""
    from articles.wire import raw_text
    from articles.wire.items import WireItem

    for file in Path(folder).iterdir():
        with file.open("rb") as stream:
            for item in raw_text.parse(stream):
                if isinstance(item, WireItem):
                    yield hashlib.sha256(item.raw).hexdigest()


class _Run:
    """One import of that folder; with ``until`` it is killed when that is so."""

    def __init__(self, folder, until=None):
        self.memory, self.processor = [], 0.0
        process = subprocess.Popen(
            [sys.executable, "-c", _IMPORTER, folder], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        process.stdout.readline()
        begun, idle = time.monotonic(), _processor(process.pid)
        while process.poll() is None:
            if until and until():
                self.seconds = time.monotonic() - begun
                process.send_signal(signal.SIGKILL)
                process.wait()
                return
            with contextlib.suppress(OSError, IndexError, ValueError):
                both = [process.pid, *_children(process.pid)]
                self.memory.append(sum(map(_memory, both)))
                self.processor = max(self.processor, sum(map(_processor, both)) - idle)
            time.sleep(0.25)
        self.seconds = time.monotonic() - begun
        if until or process.returncode:
            raise SystemExit(f"The importer ended by itself: {process.returncode}")


def _children(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _processor(pid):
    """The processor seconds that it has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid):
    """The process's share of memory, in megabytes: what it shares with others is shared out among them (Linux)."""
    for row in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if row.startswith("Pss:"):
            return int(row.split()[1]) / 1024
    raise ValueError(os.strerror(0))
