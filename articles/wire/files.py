"""Files of copy, read one after the other: every story of them understood, in order. Nothing is written here.

``read_files`` yields ``Opened``, then a ``Piece`` for each story or refused part, then ``Ended``; all plain values, so
that another process may do the reading (see ``apart.py``). Pure, but for the files themselves.
"""

import contextlib
import hashlib
import io
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from articles.wire.formats import FORMATS, detect
from articles.wire.items import WireError, WireItem, nothing_beside
from articles.wire.reading import Reader, Reading

_HEAD = 4096


@dataclass
class Opened:
    """A file begins. ``size`` is in bytes, None where nobody knows."""

    path: str
    format: str
    size: int | None


@dataclass
class Piece:
    """One story of a file as it was understood, or one part of it that is refused."""

    parsed: WireItem | WireError
    reading: Reading | None
    sha256: str  # of the bytes it came in
    trouble: str = ""  # where the story could not be understood: what the log should say


@dataclass
class Unreadable:
    """The file cannot be read, or no further."""

    error: WireError


@dataclass
class Ended:
    """There is no more of the file."""


Event = Opened | Piece | Unreadable | Ended


def read_files(
    files: Iterable[Path | None], format: str, reader: Reader, stdin: BinaryIO | None = None
) -> Iterator[Event]:
    """Read each file in turn. None among ``files`` stands for ``stdin``; ``format`` may be ``auto``.

    Raises nothing for what a file holds; one that cannot be read is ``Unreadable``.
    """
    for path in files:
        yield from _read_file(path, format, reader, stdin)


def _read_file(path, format, reader, stdin):
    name, opened = str(path) if path else "-", False
    try:
        # Standard input is somebody else's to close.
        with path.open("rb") if path else contextlib.nullcontext(stdin) as stream:
            buffered = stream if hasattr(stream, "peek") else io.BufferedReader(stream)
            found = detect(buffered.peek(_HEAD)[:_HEAD]) if format == "auto" else format
            yield Opened(name, found, path.stat().st_size if path else None)
            opened = True
            for parsed in FORMATS[found].parse(buffered, nothing_beside):
                yield _understand(parsed, reader)
    except OSError as error:
        if not opened:
            yield Opened(name, "text" if format == "auto" else format, None)
        yield Unreadable(WireError("unreadable", f"The file cannot be read: {error.strerror or error}."))
    yield Ended()


def _understand(parsed, reader):
    sha256 = hashlib.sha256(parsed.raw).hexdigest()
    if isinstance(parsed, WireError):
        return Piece(parsed, None, sha256)
    try:
        return Piece(parsed, reader.read(parsed), sha256)
    except Exception:  # noqa: BLE001 - a story that cannot be understood costs itself alone, and is kept
        message = "This story could not be understood. It is kept as it came; the log says more."
        error = WireError("not_understood", message, parsed.raw, parsed.story, parsed.line)
        return Piece(error, None, sha256, traceback.format_exc())
