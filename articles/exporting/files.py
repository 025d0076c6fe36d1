"""Where stories go that are exported: lines into a stream, or a file for each story into a folder or a zip archive."""

import zipfile
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from . import newsml, ninjs, nitf
from .stories import Story


@dataclass(frozen=True)
class Writer:
    """How a standard format is written: a document for each story, in files that end so."""

    write: Callable[[Story], bytes]
    ending: str
    content_type: str


WRITERS = {
    "ninjs": Writer(ninjs.write, ".json", "application/json"),
    "newsml": Writer(newsml.write, ".xml", "application/vnd.iptc.g2.newsmessage+xml"),
    "nitf": Writer(nitf.write, ".xml", "application/nitf+xml"),
}


def write_files(stories: Iterable[Story], format: str, put: Callable[[str, bytes], None]) -> int:
    """Put a file for each story; gives how many."""
    writer, count = WRITERS[format], 0
    for story in stories:
        put(f"{story.id}{writer.ending}", writer.write(story))
        count += 1
    return count


@contextmanager
def folder(path: Path):
    """Puts files into that folder, each whole or not at all."""
    path.mkdir(parents=True, exist_ok=True)

    def put(name: str, data: bytes) -> None:
        part = path / f".{name}.part"
        part.write_bytes(data)
        part.replace(path / name)

    yield put


@contextmanager
def archive(stream: BinaryIO):
    """Puts files into a zip archive that is written to that stream."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        yield packed.writestr
