"""Files of copy, read one after the other: every story of them understood, in order. Nothing is written here.

``read_files`` yields ``Opened``, then a ``Piece`` for each story or refused part, then ``Ended``; all plain values, so
that another process may do the reading (see ``apart.py``). Pure, but for the files themselves.
"""

import contextlib
import hashlib
import io
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from articles.text import clean_line
from articles.wire import archives
from articles.wire.formats import FORMATS, detect
from articles.wire.items import Beside, WireError, WireItem, nothing_beside
from articles.wire.reading import Reader, Reading
from articles.wire.safe_xml import root_of

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
    """The file cannot be read, or no further. ``trouble`` as of a piece."""

    error: WireError
    trouble: str = ""


@dataclass
class Ended:
    """There is no more of the file. A member of an archive is a file inside one that has not ended yet."""

    is_member: bool = False


Event = Opened | Piece | Unreadable | Ended


def read_files(
    files: Iterable[Path | None], format: str, reader: Reader, stdin: BinaryIO | None = None
) -> Iterator[Event]:
    """Read each file in turn. None among ``files`` stands for ``stdin``; ``format`` may be ``auto``.

    An archive is opened whatever ``format`` says, which is that of the files in it. Each of these is told of as a file
    of its own, ``archive.zip/member.xml``, and after them the archive. Raises nothing for what a file holds; one that
    cannot be read is ``Unreadable``.
    """
    taken: set[Path] = set()  # what a package found beside it: read with that, and not once more by itself
    for path in files:
        if taken and path and path.resolve() in taken:
            yield Opened(str(path), "beside", None)
            yield Ended()
        else:
            yield from _read_file(path, format, reader, stdin, taken)


def in_order(files: list[Path]) -> list[Path]:
    """The files of a folder in the order in which they are to be read: packages before what they name.

    Pictures are left out: copy names them, and is not made of them.
    """
    kinds = [(_kind(file), file) for file in files]
    return [file for kind in ("package", "") for found, file in kinds if found == kind]


def _kind(file):
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return ""  # to be told of when it is its turn
    if archives.is_picture(head[:12]):
        return "picture"
    return "package" if b"ackageItem" in head and root_of(head) == "packageitem" else ""


def _read_file(path, format, reader, stdin, taken):
    name = str(path) if path else "-"
    try:
        # Standard input is somebody else's to close.
        with path.open("rb") if path else contextlib.nullcontext(stdin) as stream:
            size = path.stat().st_size if path else None
            buffered = stream if hasattr(stream, "peek") else io.BufferedReader(stream)
            beside = _beside(path, taken) if path else nothing_beside
            yield from _Source(name, buffered, size, beside).read(format, reader)
    except OSError as error:
        yield Opened(name, "text" if format == "auto" else format, None)
        yield Unreadable(WireError("unreadable", f"The file cannot be read: {error.strerror or error}."))
    yield Ended()


def _beside(path, taken):
    """Opens what lies in the same folder as that file, or beneath it, and notes it in ``taken``."""
    folder = path.parent.resolve()

    def open_one(name: str) -> bytes | None:
        try:
            other = (folder / name).resolve()
            if not other.is_relative_to(folder) or not other.is_file() or other.stat().st_size > archives.MOST_BESIDE:
                return None
            raw = other.read_bytes()
            taken.add(other)
            return raw
        except (OSError, ValueError):
            return None

    return open_one


@dataclass
class _Source:
    """One file, or one member of an archive, that is to be read."""

    name: str
    stream: BinaryIO
    size: int | None
    beside: Beside
    depth: int = 0
    allowance: archives.Allowance = field(default_factory=archives.Allowance)

    def read(self, format, reader):
        """What it holds. Raises ``archives.Refused`` where it is in an archive that is not to be read further."""
        head = self.stream.peek(_HEAD)[:_HEAD]
        if kind := archives.kind_of(head):
            yield from self._read_archive(kind, format, reader)
            return
        found = detect(head) if format == "auto" else format
        yield Opened(self.name, found, self.size)
        try:
            for parsed in FORMATS[found].parse(self.stream, self.beside):
                yield _understand(parsed, reader)
        except archives.Damaged as error:
            yield Unreadable(WireError(error.code, str(error)))
            if isinstance(error, archives.Refused):
                raise
        except OSError as error:
            yield Unreadable(WireError("unreadable", f"The file cannot be read: {error.strerror or error}."))
        except Exception:  # noqa: BLE001 - a file that no parser expected costs itself alone
            message = "This file could not be read to its end; the log says more."
            yield Unreadable(WireError("not_understood", message), traceback.format_exc())

    def _read_archive(self, kind, format, reader):
        trouble, count = None, 0
        try:
            if self.depth >= archives.DEEPEST:
                raise archives.Damaged("too_deep", "This is an archive inside archives: it is not opened.")
            with archives.members(kind, self.stream, self.name, self.allowance) as members:
                for member in members:
                    count += 1
                    yield from self._read_member(member, kind, format, reader)
        except archives.Damaged as error:
            trouble = error
        if not count and trouble is None:
            trouble = archives.Damaged("empty_archive", "The archive holds no file that could be copy.")
        yield Opened(self.name, kind, self.size)
        if trouble is not None:
            yield Unreadable(WireError(trouble.code, str(trouble)))
        if self.depth and isinstance(trouble, archives.Refused):
            raise trouble

    def _read_member(self, member, kind, format, reader):
        name = f"{self.name}/{clean_line(member.name)}"
        try:
            stream = member.open()
            head = stream.peek(12)[:12]
        except archives.Damaged as error:
            yield Opened(name, kind, member.size)
            yield Unreadable(WireError(error.code, str(error)))
            yield Ended(is_member=True)
            if isinstance(error, archives.Refused):
                raise
            return
        with stream:
            if archives.is_picture(head):
                return
            inner = _Source(name, stream, member.size, member.beside, self.depth + 1, self.allowance)
            try:
                yield from inner.read(format, reader)
            except archives.Refused:
                yield Ended(is_member=True)
                raise
        yield Ended(is_member=True)


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
