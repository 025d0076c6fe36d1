"""ninjs 1.x to 3.1 (iptc.org/std/ninjs), one item, an array of them or one after the other; Superdesk's dialect, too.

Names of properties are read whatever their capitals: 2.x writes "versioncreated", 3.x "versionCreated".
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from .items import Beside, WireError, WireItem
from .json_objects import BadJson, read_objects
from .ninjs_item import Fields, read_item

_OPENS = re.compile(rb"[\s\[{]*\"")
_KEYS = re.compile(
    rb'"(?:\$?standard"\s*:\s*\{\s*"name"\s*:\s*"\w*ninjs|representationtype"|version_?created"|pubstatus"|body_x?html"|body_text"'
    rb'|description_text"|bodies"\s*:\s*\[|headlines"\s*:\s*\[|renditions"\s*:|eventdetails"\s*:|evolvedfrom")',
    re.IGNORECASE,
)
_NAMED = re.compile(rb'"(?:uri|guid|_items)"\s*:', re.IGNORECASE)
_LISTS = ("_items", "items", "newsitems")


def detect(head: bytes) -> bool:
    """Whether a file that begins so is ninjs: JSON with an identifier and properties that nothing else has."""
    head = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not _OPENS.match(head) or b"jsonfeed.org" in head:
        return False
    return _KEYS.search(head) is not None and (_NAMED.search(head) is not None or len(head) >= 4000)


def parse(stream: BinaryIO, beside: Beside) -> Iterator[WireItem | WireError]:
    """The stories of a file in its order; whatever is none of them with its reason."""
    number = 0
    try:
        for read in read_objects(stream):
            for one in _items(read):
                number += 1
                one.story = number
                yield one
    except BadJson as bad:
        bad.error.story = number + 1
        yield bad.error


def _items(read):
    if read.error:
        yield read.error
        return
    values = next((read.value[name] for name in _LISTS if isinstance(read.value.get(name), list)), None)
    for at, value in enumerate([read.value] if values is None else values or [{}]):
        if isinstance(value, dict):
            raw = read.raw if not at else b""
            yield from read_item(Fields(value), raw, read.line, read.encoding)
        else:
            yield WireError("not_a_story", "The list holds something that is no item.", b"" if at else read.raw)
