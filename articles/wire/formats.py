"""The formats that the wire door reads. A new one is one module beside this and one row here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from articles.wire import (
    feeds,
    json_lines,
    newsml1,
    newsml_g2,
    ninjs,
    nitf,
    raw_text,
    tables,
    telegrams,
    unknown_xml,
    wordpress,
)
from articles.wire.items import Beside, WireError, WireItem


@dataclass(frozen=True)
class Format:
    """How a format is told by its first bytes, and how it is read: of a stream, with what lies beside it.

    What an archive holds was published before, on its ``first_sent_at``, and keeps that date.
    """

    detect: Callable[[bytes], bool]
    parse: Callable[[BinaryIO, Beside], Iterator[WireItem | WireError]]
    is_archive: bool = False


# In the order in which they are asked; raw text, which almost anything looks like, comes last.
FORMATS = {
    "newsml-g2": Format(newsml_g2.detect, newsml_g2.parse),
    "newsml1": Format(newsml1.detect, newsml1.parse),
    "nitf": Format(nitf.detect, nitf.parse),
    "wxr": Format(wordpress.detect, wordpress.parse, is_archive=True),
    "rss": Format(feeds.detect, feeds.parse),
    "ninjs": Format(ninjs.detect, ninjs.parse),
    "jsonfeed": Format(feeds.detect_json, feeds.parse_json),
    "jsonl": Format(json_lines.detect, json_lines.parse, is_archive=True),
    "csv": Format(tables.detect, tables.parse, is_archive=True),
    "iptc7901": Format(telegrams.detect, telegrams.parse),
    "xml": Format(unknown_xml.detect, unknown_xml.parse),
    "text": Format(raw_text.detect, lambda stream, beside: raw_text.parse(stream)),
}


def detect(head: bytes) -> str:
    """The name of the format of a file that begins so. What nothing recognises is left to raw text to refuse."""
    return next((name for name, format in FORMATS.items() if format.detect(head)), "text")
