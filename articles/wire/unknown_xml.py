"""XML that no format of ours is: refused with what it is, rather than read as if its tags were copy."""

from collections.abc import Iterator
from typing import BinaryIO

from .decoding import HEAD, Received
from .items import Beside, WireError
from .safe_xml import root_of
from .slices import KEPT_PREFIX


def detect(head: bytes) -> bool:
    """Whether a file that begins so declares itself to be XML, or names a namespace in its first tag."""
    root = root_of(head)
    return bool(root) and root not in ("html", "body", "p", "div") and (_says_xml(head) or b"xmlns" in _first_tag(head))


def parse(stream: BinaryIO, beside: Beside) -> Iterator[WireError]:
    """One error that names the root."""
    head = Received(stream).head[:HEAD]
    root = root_of(head)
    message = f"This is XML of a kind that is not read here: it begins with <{root}>."
    yield WireError("unknown_format", message, head[:KEPT_PREFIX])


def _says_xml(head):
    return b"<?xml" in head.replace(b"\0", b"")[:200].lower()


def _first_tag(head):
    return head.replace(b"\0", b"").partition(b">")[0]
