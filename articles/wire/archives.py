"""Archives of copy: zip, tar, and what gzip, xz or bzip2 has packed, read member by member and never laid out on disk.

Nothing of an archive is believed: paths stay inside it, links and devices are refused, and what unpacks to too much,
to too many, or to too deep a nest is refused as soon as it shows. A member that is refused or damaged costs itself
alone (:class:`Damaged`); an archive that hides a bomb is not read further (:class:`Refused`).
"""

import bz2
import gzip
import io
import lzma
import posixpath
import shutil
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO

from .items import Beside

MOST_MEMBERS = 120_000
MOST_DIRECTORY = 16_000_000  # bytes: the table of contents of a zip, which is held in memory
MOST_UNPACKED = 20 * 2**30  # bytes, of everything inside
RATIO, RATIO_FROM = 200, 16_000_000  # text packs to a twentieth; what unpacks further than this is no text
DEEPEST = 2  # an archive inside an archive
MOST_BESIDE = 50_000_000  # bytes of a picture that lies in the archive
_TAR_HEAD = 2**20  # the longest head of a tar's member that is believed

_PACKED = {"gzip": b"\x1f\x8b\x08", "xz": b"\xfd7zXZ\x00", "bzip2": b"BZh"}
_OPENERS = {"gzip": gzip.open, "xz": lzma.open, "bzip2": bz2.open}
_ENDINGS = (".gz", ".xz", ".bz2")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
# However a module that unpacks says that it cannot.
_TROUBLES = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(ValueError, IndexError, OverflowError, NotImplementedError, RuntimeError, MemoryError),
)


class Damaged(Exception):
    """This member, or this archive, cannot be read, or no further; ``code`` and the sentence say why."""

    def __init__(self, code: str, message: str):
        self.code = code
        super().__init__(message)


class Refused(Damaged):
    """The whole archive is refused, whatever else it holds."""


@dataclass
class Member:
    """One file of an archive; ``open`` raises :class:`Damaged` where it is refused."""

    name: str
    size: int | None
    open: Callable[[], BinaryIO]
    beside: Beside


def kind_of(head: bytes) -> str:
    """Which kind of archive begins so: "zip", "tar", "gzip", "xz", "bzip2"; "" for none."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if _is_tar(head):
        return "tar"
    return next((name for name, magic in _PACKED.items() if head.startswith(magic)), "")


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so is a picture: read where a story names it, and not by itself."""
    return head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")


class Allowance:
    """What may still be unpacked of an archive, with all that is nested in it."""

    def __init__(self):
        self.members = self.unpacked = 0

    def count_member(self):
        self.members += 1
        if self.members > MOST_MEMBERS:
            raise Refused("too_many_members", f"The archive holds more than {MOST_MEMBERS:,} files.")

    def spend(self, size: int) -> None:
        self.unpacked += size
        if self.unpacked > MOST_UNPACKED:
            raise Refused("too_large", f"The archive unpacks to more than {MOST_UNPACKED // 2**30} GB.")

    def weigh(self, unpacked: int, packed: int) -> None:
        if unpacked > RATIO_FROM and unpacked > RATIO * packed:
            raise Refused("unpacks_too_far", f"The archive unpacks to more than {RATIO} times its size: it is a bomb.")


@contextmanager
def members(kind: str, stream: BinaryIO, name: str, allowance: Allowance) -> Iterator[Iterator[Member]]:
    """The files of an archive of that kind, in its order. Hidden ones and pictures' places are told by the caller.

    Raises :class:`Damaged` or :class:`Refused`, here and while they are gone through.
    """
    with _on_disk(stream, allowance) as packed:
        if kind == "zip":
            yield _in_zip(packed, allowance)
        elif kind == "tar":
            yield _in_tar(packed, allowance)
        else:
            unpacked = _Counted(_OPENERS[kind](packed), allowance, packed.tell)
            with _on_disk(_Reader(unpacked), allowance) as whole:
                head = whole.read(512)
                whole.seek(0)
                yield _in_tar(whole, allowance) if _is_tar(head) else _alone(whole, name, allowance)


@contextmanager
def _on_disk(stream, allowance):
    """That stream where one can go back and forth in it: a temporary file that has no name, unless it can already."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        while data := stream.read(shutil.COPY_BUFSIZE):
            if not isinstance(stream, _Reader):
                allowance.spend(len(data))
            file.write(data)
        file.seek(0)
        yield file


class _Reader(io.BufferedReader):
    """A stream whose bytes have been counted."""


def _alone(file, name, allowance):
    """What was packed by itself: stories.jsonl.gz holds stories.jsonl."""
    base = posixpath.basename(name.replace("\\", "/"))
    inner = next((base.removesuffix(ending) for ending in _ENDINGS if base.endswith(ending)), base) or "unpacked"
    allowance.count_member()
    yield Member(inner, file.seek(0, io.SEEK_END), lambda: _from_start(file), lambda name: None)


def _from_start(file):
    file.seek(0)
    return _Reader(_Window(file, 0, file.seek(0, io.SEEK_END)))


# --- what all have in common -----------------------------------------------------------------------------------------


class _Counted(io.RawIOBase):
    """What comes out of an unpacker, counted as it comes; whatever goes wrong is a :class:`Damaged`."""

    def __init__(self, unpacker, allowance, packed: Callable[[], int]):
        self.unpacker, self.allowance, self.packed, self.count = unpacker, allowance, packed, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        try:
            data = self.unpacker.read(len(buffer))
        except _TROUBLES as error:
            raise Damaged("damaged", "This part of the archive is damaged or incomplete.") from error
        self.count += len(data)
        self.allowance.spend(len(data))
        self.allowance.weigh(self.count, self.packed())
        buffer[: len(data)] = data
        return len(data)

    def close(self):
        if not self.closed:
            with suppress(*_TROUBLES):
                self.unpacker.close()
        super().close()


class _Window(io.RawIOBase):
    """A part of a file that others read too."""

    def __init__(self, file, start, size):
        self.file, self.at, self.end = file, start, start + size

    def readable(self):
        return True

    def readinto(self, buffer):
        self.file.seek(self.at)
        data = self.file.read(min(len(buffer), self.end - self.at))
        if not data and self.at < self.end:
            raise Damaged("damaged", "The archive ends in the middle of this file.")
        self.at += len(data)
        buffer[: len(data)] = data
        return len(data)


def _outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0][:2] or "\0" in name


def _is_passed_over(name: str) -> bool:
    """Hidden files, as in folders, and what macOS leaves in archives."""
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(".") and part not in (".", "..") for part in parts) or parts[0] == "__MACOSX"


def _refusing(code, message):
    def opened():
        raise Damaged(code, message)

    return opened


_OUTSIDE = _refusing("outside", "This file of the archive names a place outside of it.")
_LINK = _refusing("link", "This entry of the archive is a link or a device, not a file: those are not followed.")


def _beside(name: str, known, read: Callable[[object], bytes]) -> Beside:
    """Opens what lies beside that member, in the archive and nowhere else."""
    folder = posixpath.dirname(name.replace("\\", "/"))

    def open_one(other: str) -> bytes | None:
        if _outside(other) and not other.startswith(".."):
            return None
        wanted = posixpath.normpath(posixpath.join(folder, other.replace("\\", "/")))
        try:
            return read(known[wanted]) if wanted in known else None
        except Refused:
            raise
        except (Damaged, *_TROUBLES):
            return None

    return open_one


# --- zip -------------------------------------------------------------------------------------------------------------


def _in_zip(file, allowance):
    _look_at_directory(file)
    size = file.seek(0, io.SEEK_END)
    try:
        archive = zipfile.ZipFile(file)
    except _TROUBLES as error:
        raise Damaged(
            "damaged", "The archive is damaged or incomplete: its table of contents cannot be read."
        ) from error
    unpacked = 0

    def opened(info, allowance):
        try:
            inner = archive.open(info)
        except NotImplementedError as error:
            raise Damaged("unknown_packing", "This file was packed in a way that is not known here.") from error
        except RuntimeError as error:
            raise Damaged("locked", "This file of the archive is locked by a password.") from error
        except _TROUBLES as error:
            raise Damaged("damaged", "This part of the archive is damaged or incomplete.") from error
        return _Reader(_Counted(inner, allowance, lambda: info.compress_size))

    def read(info):
        if info.file_size > MOST_BESIDE or _kind_in_zip(info) not in (0, stat.S_IFREG):
            return None
        with opened(info, Allowance()) as inner:
            return inner.read(MOST_BESIDE)

    def opened_once(info):
        # By the archive's size beside its own packed one: entries may overlap, so that the same bytes count many times.
        nonlocal unpacked
        unpacked += info.file_size
        allowance.weigh(unpacked, size)
        return opened(info, allowance)

    with archive:
        for info in archive.infolist():
            if info.is_dir() or _is_passed_over(info.filename):
                continue
            allowance.count_member()
            if _outside(info.filename):
                how = _OUTSIDE
            elif _kind_in_zip(info) not in (0, stat.S_IFREG):
                how = _LINK
            else:
                how = lambda info=info: opened_once(info)  # noqa: E731
            yield Member(info.filename, info.file_size, how, _beside(info.filename, archive.NameToInfo, read))


def _kind_in_zip(info):
    """The kind of file that Unix made it of; 0 where the archive does not say."""
    return stat.S_IFMT(info.external_attr >> 16)


def _look_at_directory(file):
    """Refuse a zip whose table of contents is too long to be held (APPNOTE 4.3.16, 4.3.14), before it is read."""
    size = file.seek(0, io.SEEK_END)
    start = max(0, size - 65_557)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < 22:
        return
    length = struct.unpack_from("<L", tail, at + 12)[0]
    if at >= 20 and tail[at - 20 :].startswith(b"PK\6\7"):
        file.seek(min(struct.unpack_from("<Q", tail, at - 12)[0], size))
        record = file.read(56)
        if len(record) == 56:
            length = struct.unpack_from("<Q", record, 40)[0]
    file.seek(0)
    if MOST_DIRECTORY < length <= size:
        raise Refused("too_many_members", f"The archive holds more than {MOST_MEMBERS:,} files.")


# --- tar -------------------------------------------------------------------------------------------------------------


def _is_tar(head: bytes) -> bool:
    """By the sum that each head of a tar carries, which the oldest tars have too."""
    if len(head) < 512 or not head[0]:
        return False
    try:
        said = int(head[148:156].strip(b"\0 ") or b"x", 8)
    except ValueError:
        return False
    return said == sum(head[:148]) + 256 + sum(head[156:512])


class _Heads(io.RawIOBase):
    """A tar's file for whoever reads its heads alone: no head is as long as it may claim."""

    def __init__(self, file):
        self.file = file

    def read(self, size=-1):
        if size < 0 or size > _TAR_HEAD:
            raise tarfile.ReadError("a head too long")
        return self.file.read(size)

    def seek(self, offset, whence=io.SEEK_SET):
        return self.file.seek(offset, whence)

    def tell(self):
        return self.file.tell()


def _in_tar(file, allowance):
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    known, found = {}, []
    trouble = None
    try:
        with tarfile.open(fileobj=_Heads(file), mode="r:", errorlevel=1) as archive:
            at = -1
            while (info := archive.next()) is not None:
                archive.members.clear()  # it would keep them all
                if info.size < 0 or info.offset <= at:
                    raise tarfile.ReadError("a head that leads back")
                at = info.offset
                if info.isdir() or _is_passed_over(info.name):
                    continue
                allowance.count_member()
                is_file = info.isreg() and not info.issparse()
                found.append((info.name, info.offset_data, info.size if is_file else -1))
                if is_file:
                    known[posixpath.normpath(info.name)] = (info.offset_data, info.size)
    except Refused:
        raise
    except _TROUBLES as error:
        trouble = error

    def read(place):
        return _Reader(_Window(file, *place)).read() if place[1] <= MOST_BESIDE else None

    for name, start, length in found:
        if _outside(name):
            how = _OUTSIDE
        elif length < 0:
            how = _LINK
        else:
            how = lambda start=start, length=length: _Reader(_Window(file, start, length))  # noqa: E731
        yield Member(name, max(length, 0), how, _beside(name, known, read))
    ends = max((start + length for _, start, length in found), default=0)
    if trouble is not None or ends > size:
        raise Damaged(
            "damaged", "The archive is damaged or incomplete: what follows in it cannot be read."
        ) from trouble
