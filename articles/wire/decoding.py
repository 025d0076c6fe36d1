"""Bytes as received -> lines of text.

Agency copy comes as UTF-8, UTF-16, Windows-1252 or Windows-1256, now and then two of them in one file. UTF-16 is
turned into UTF-8 while it is read, so that everything after works on bytes with ASCII line ends; ``Received.original``
turns a part of it back, byte for byte.
"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

import ftfy.bad_codecs  # noqa: F401 - registers "sloppy-windows-1252": the five undefined bytes pass through

CHUNK = 64 * 1024
HEAD = 64 * 1024

_MAGIC = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"OggS", "a sound or a video"),
    (b"ID3", "a sound"),
    (b"SQLite format 3", "a database"),
)
_NOT_IN_TEXT = bytes(range(0x09)) + bytes(range(0x0E, 0x1B)) + bytes(range(0x1C, 0x20)) + b"\x7f"
# The share of control bytes above which nothing was ever meant to be read as text.
_CONTROL_SHARE = 0.01

_HIGH = re.compile(rb"[\x80-\xff]")
_ARABIC_RUN = re.compile(rb"[\xc1-\xd6\xd8-\xdf\xe1\xe3-\xe6\xec\xed]{3,}")
_CYRILLIC_RUN = re.compile(rb"[\xc0-\xff]{3,}")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CUT_SEQUENCE = re.compile(rb"(?:[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{1,2})$")


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """Error handler: single bytes that are no UTF-8 are read as Windows-1252."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - codecs calls it for nothing else here
    stray = error.object[error.start : error.end]
    return stray.decode("sloppy-windows-1252"), error.end


codecs.register_error("wire-stray-bytes", _stray_bytes)


def refusal(head: bytes) -> str:
    """Why these first bytes are no text, as words that end a sentence ("a JPEG picture"); "" for text."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    if utf16(head):
        return ""
    controls = too_many_controls(head)
    return "binary data" if controls else ""


def too_many_controls(raw: bytes) -> bool:
    """Whether so many bytes are control characters (NUL above all) that this was never text."""
    controls = len(raw) - len(raw.translate(None, _NOT_IN_TEXT))
    return controls > max(3, len(raw) * _CONTROL_SHARE) or (controls * 4 > len(raw))


def utf16(head: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` if the head says so by its BOM or by where its NUL bytes stand, else ""."""
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return ""  # UTF-32: nobody sends it, and it would be read as text full of NULs
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    even, odd = head[0:4096:2], head[1:4096:2]
    if len(head) >= 8 and odd.count(0) > 0.6 * len(odd) and not even.count(0):
        return "utf-16-le"
    if len(head) >= 8 and even.count(0) > 0.6 * len(even) and not odd.count(0):
        return "utf-16-be"
    return ""


class Received:
    """A binary stream as chunks of ASCII-compatible bytes, whatever it came in.

    ``head`` is the first 64 KB as received; ``wide`` names the UTF-16 it came in, or is "". ``tail`` is the odd last
    byte of broken UTF-16, known once the chunks are read.
    """

    def __init__(self, stream: BinaryIO):
        self._stream = stream
        self.head = self._read(HEAD)
        self.wide = utf16(self.head)
        self.tail = b""

    def _read(self, size: int) -> bytes:
        """``size`` bytes, fewer only at the end: pipes give what they have."""
        parts = io.BytesIO()
        while parts.tell() < size and (part := self._stream.read(size - parts.tell())):
            parts.write(part)
        return parts.getvalue()

    def chunks(self) -> Iterator[bytes]:
        """The whole stream from its first byte, in chunks."""
        if not self.wide:
            yield self.head
            while chunk := self._stream.read(CHUNK):
                yield chunk
            return
        decoder = codecs.getincrementaldecoder(self.wide)("surrogatepass")
        chunk = self.head
        while chunk:
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
            chunk = self._stream.read(CHUNK)
        self.tail = decoder.getstate()[0]

    def original(self, raw: bytes) -> bytes:
        """The bytes as received of a part of what ``chunks`` gave."""
        if not self.wide:
            return raw
        return raw.decode("utf-8", "surrogatepass").encode(self.wide, "surrogatepass")


def decode(lines: list[bytes]) -> tuple[list[str], str]:
    """The lines of one story as text, and the name of the encoding they were in.

    Every line is UTF-8 if it can be. The others are judged together: Windows-1256 where the high bytes stand in Arabic
    words, Windows-1251 where they stand in other words, Windows-1252 otherwise. A line that is mostly good UTF-8 keeps
    it, and only its stray bytes are read as Windows-1252.
    """
    try:
        return list(map(bytes.decode, lines)), "utf-8"
    except UnicodeDecodeError:
        pass
    texts: list[str | None] = []
    legacy: list[int] = []
    for at, line in enumerate(lines):
        line = _CUT_SEQUENCE.sub(b"\xef\xbf\xbd", line)  # the file was cut inside a character
        try:
            texts.append(line.decode())
        except UnicodeDecodeError:
            good = sum(len(sequence) for sequence in _UTF8_SEQUENCE.findall(line))
            if good * 2 > len(_HIGH.findall(line)):
                texts.append(line.decode("utf-8", "wire-stray-bytes"))
            else:
                texts.append(None)
                legacy.append(at)
    encoding = legacy_encoding(b"".join(lines[at] for at in legacy)) if legacy else "utf-8"
    codec = "sloppy-windows-1252" if encoding == "windows-1252" else encoding
    for at in legacy:
        texts[at] = lines[at].decode(codec, "replace")
    return texts, encoding


def legacy_encoding(raw: bytes) -> str:
    high = len(_HIGH.findall(raw))
    if sum(map(len, _ARABIC_RUN.findall(raw))) > 0.55 * high:
        return "windows-1256"
    if sum(map(len, _CYRILLIC_RUN.findall(raw))) > 0.7 * high:
        return "windows-1251"
    return "windows-1252"
