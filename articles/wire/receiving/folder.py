"""A watched folder: files are read in the order in which they came, and put aside under ``received``.

A file counts as whole when it has not been written to for a few seconds; whoever sends large ones writes them under a
name that begins with a dot, or ends with ``.part`` or ``.tmp``, and renames them. Links are passed over.
"""

import shutil
import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from .parcel import Parcel, Trouble

ASIDE = "received"
WHOLE_AFTER = 3  # seconds without a write
MOST_AT_ONCE = 1000
_UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload", ".writing")


def parcels(point, secret: str, folder: Path) -> Iterator[Parcel]:
    """The whole files of the folder, the oldest first. Raises :class:`Trouble`."""
    watched = Path(point.address)
    try:
        if not watched.is_dir():
            raise Trouble("There is no such folder.")
        files = sorted(_whole(watched, time.time()))
    except OSError as error:
        raise Trouble(f"The folder cannot be read: {error.strerror or error}.") from error
    for _, path in files[:MOST_AT_ONCE]:
        yield Parcel(path.name, path, lambda path=path: _put_aside(watched, path))


def _whole(watched, now):
    for path in watched.iterdir():
        if path.name.startswith(".") or path.name.lower().endswith(_UNFINISHED):
            continue
        try:
            state = path.lstat()
        except FileNotFoundError:  # somebody has taken it meanwhile
            continue
        if stat.S_ISREG(state.st_mode) and state.st_mtime <= now - WHOLE_AFTER:
            yield (state.st_mtime_ns, path)


def _put_aside(watched, path):
    day = watched / ASIDE / datetime.now(UTC).strftime("%Y-%m-%d")
    day.mkdir(parents=True, exist_ok=True)
    target, number = day / path.name, 1
    while target.exists():  # another file of that name came the same day: both are kept
        target, number = day / f"{path.stem}-{number}{path.suffix}", number + 1
    shutil.move(path, target)
