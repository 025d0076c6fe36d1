"""Invented raw copy in the form that agencies send, for the tests of its parser."""

import io

from articles.wire.items import WireError, WireItem
from articles.wire.raw_text import parse

HEADLINE = "Harbour Reopens after Three Days of Storm"
CAPTION = "Cargo ships wait outside the northern harbour on Tuesday. (AFP)"
BODY = [
    "The northern harbour reopened on Tuesday after three days of storm, the port authority said.",
    "Forty ships had waited outside, it added in a statement carried by local media.",
    "Crews expect the queue to clear by the end of the week.",
]
SECOND = "Council Votes to Plant Ten Thousand Trees"
SECOND_BODY = [
    "The city council voted on Monday to plant ten thousand trees along the southern ring road.",
    "Work is to begin in the autumn, a spokesman said.",
]


def read(copy: str | bytes) -> list[WireItem | WireError]:
    """Parse the copy, and check what holds for any copy: nothing of it is lost, stories are numbered."""
    raw = copy.encode() if isinstance(copy, str) else copy
    found = list(parse(io.BytesIO(raw)))
    assert b"".join(one.raw for one in found) == raw
    assert [one.story for one in found] == list(range(1, len(found) + 1))
    return found


def only(copy: str | bytes) -> WireItem:
    (item,) = read(copy)
    assert isinstance(item, WireItem), item
    return item


def head(headline=HEADLINE, captions=(CAPTION,), times=2, gap="\n\n") -> str:
    lines = "\n".join(caption for caption in captions for _ in range(times))
    return headline + gap + (lines + gap if lines else "")


def story(headline=HEADLINE, captions=(CAPTION,), body=BODY, widget="TT", gap="\n\n", second=None) -> str:
    again = head(headline, captions, gap=gap) if second is None else second
    return (
        head(headline, captions, gap=gap).rstrip() + "\n" + (widget + gap if widget else gap) + again + gap.join(body)
    )


def texts(item: WireItem) -> list[str]:
    return [paragraph.text for paragraph in item.paragraphs]


def codes(item: WireItem) -> list[str]:
    return [warning.split(":")[0] for warning in item.warnings]
