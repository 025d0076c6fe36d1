"""Reading by a second process, while the first one writes: what large imports gain is nearly half of their time.

The second process knows neither Django nor the database: it gets a ``Reader`` and the names of files, and sends back
what ``files.read_files`` yields there, in the same order, a few stories at a time and never far ahead. It ends with
the first, however that ends; and where it is killed itself, the first reads the rest.
"""

import contextlib
import gc
import logging
import multiprocessing
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from articles.wire.files import Ended, Event, Piece, read_files
from articles.wire.reading import Reader

WORTH_IT = 1_000_000  # bytes: what another process takes to begin, half a second, is more than it saves below
_BATCH, _BATCH_BYTES = 25, 500_000  # stories, and bytes of them, that are sent together
_AHEAD = 8  # batches that may wait to be fetched
_logger = logging.getLogger(__name__)


def is_worth_it(files: list[Path | None]) -> bool:
    """Whether there is enough to read, and a second processor for it. Standard input is read where it comes in."""
    if None in files or _processors() < 2 or not sys.executable:
        return False
    total = 0
    for path in files:
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total >= WORTH_IT


def _processors():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_files_apart(files: list[Path], format: str, reader: Reader) -> Iterator[Event]:
    """The same as ``files.read_files``, read by a second process; if that one dies, the rest by this one."""
    files, seen = list(files), 0
    process = _Process()
    try:
        for event in process.events(files, format, reader):
            seen += 1
            if isinstance(event, Ended) and not event.is_member:
                seen = 0
                del files[0]
            yield event
        return
    except (EOFError, OSError):
        how = process.end()
        _logger.warning("The process that reads stories for this import has ended (%s). This one reads the rest.", how)
    finally:
        process.end()
    # Its file from the beginning: what has been taken from it already is passed over.
    yield from islice(read_files(files, format, reader), seen, None)


class _Process:
    def __init__(self):
        self.connection, theirs = multiprocessing.Pipe()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(theirs.fileno())],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
                pass_fds=[theirs.fileno()],
                process_group=0,  # so that Ctrl-C is heard by us alone, who end it
            )

    def events(self, *job):
        """What it reads. Raises EOFError or OSError if it dies over it."""
        with _without_collection():
            self.connection.send(job)
        while batch := self.connection.recv():
            yield from batch

    def end(self):
        """End it, if it has not ended by itself within a second; says how it ended."""
        self.connection.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=1)
        self.process.kill()
        code = self.process.wait()
        return f"signal {-code}" if code < 0 else f"exit code {code}"


@contextlib.contextmanager
def _without_collection():
    """Python's search for cyclic garbage trebles the time that it takes to send a gazetteer, and finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# --- in the second process ----------------------------------------------------------------------------------------


def _work(connection):
    with _without_collection():
        files, format, reader = connection.recv()
    gc.freeze()  # it stays to the end: nothing of it need be looked at again and again
    waiting = queue.Queue(_AHEAD)
    sender = threading.Thread(target=_send, args=(connection, waiting), daemon=True)
    sender.start()
    for batch in _batches(read_files(files, format, reader)):
        waiting.put(batch)
    waiting.put(None)
    sender.join()


def _send(connection, waiting):
    try:
        while batch := waiting.get():
            connection.send(batch)
        connection.send(None)
    except OSError:  # nobody listens any more
        os._exit(1)


def _batches(events):
    batch, size = [], 0
    for event in events:
        batch.append(event)
        size += len(event.parsed.raw) if isinstance(event, Piece) else 0
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


if __name__ == "__main__":
    _work(Connection(int(sys.argv[1])))
