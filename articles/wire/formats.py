"""The formats that the wire door reads. A new one is one module beside this and one row here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from articles.wire import raw_text
from articles.wire.items import Beside, WireError, WireItem


@dataclass(frozen=True)
class Format:
    """How a format is told by its first bytes, and how it is read: of a stream, with what lies beside it."""

    detect: Callable[[bytes], bool]
    parse: Callable[[BinaryIO, Beside], Iterator[WireItem | WireError]]


# In the order in which they are asked; raw text, which almost anything looks like, comes last.
FORMATS = {"text": Format(raw_text.detect, lambda stream, beside: raw_text.parse(stream))}


def detect(head: bytes) -> str:
    """The name of the format of a file that begins so. What nothing recognises is left to raw text to refuse."""
    return next((name for name, format in FORMATS.items() if format.detect(head)), "text")
