"""A story as lines: headline, dateline, paragraphs without their sign-offs, captions."""

import re
from collections.abc import Sequence

from .tokens import Segment

_SIGN_OFF = re.compile(r"\W*(?:Additional )?(?:Reporting|Writing|Editing|Compiled) by\b")
_DATELINE = re.compile(r"[^\W\d_][\w ,.'’\-/]{1,60}?\s*(?:\([^()]{2,30}\)\s*)?(?:—|–(?=\s)|-{1,2}(?=\s)|:(?=\s))")


def read_lines(headline: str, paragraphs: Sequence[str], dateline: str, captions: Sequence[str]) -> list[Segment]:
    lines = [Segment(headline, "headline", 0)] if headline else []
    if dateline:
        lines.append(Segment(dateline, "dateline", 0))
    for number, paragraph in enumerate(text for text in paragraphs if not _SIGN_OFF.match(text)):
        where = ("lead", "second")[number] if number < 2 else "body"
        start = _DATELINE.match(paragraph) if number == 0 else None
        if start and not paragraph[0].islower() and _is_dateline(start.group()):
            lines.append(Segment(start.group(), "dateline", 0))
            paragraph = paragraph[start.end() :]
        lines.append(Segment(paragraph, where, number))
    lines += [Segment(caption, "caption", number) for number, caption in enumerate(captions)]
    return lines


def _is_dateline(text: str) -> bool:
    first = text.split()[0].strip(",(—–-:")
    return (len(first) > 2 and (first.isupper() or "(" in text)) or len(text.split()) <= 3
