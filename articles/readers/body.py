"""A story's text with its pictures between the paragraphs. Pure: sanitised HTML in, pieces out."""

import html
import re
from dataclasses import dataclass

from .pictures import Shown
from .plain import Plain

_BLOCK = re.compile(r"<(/?)(p|h2|h3|blockquote|ul|ol|hr)\b[^>]*>", re.IGNORECASE)
_FIRST_PARAGRAPH = re.compile(r"\s*<p\b[^>]*>", re.IGNORECASE)


@dataclass
class Piece(Plain):
    """A run of the story's HTML, or a picture that stands after it."""

    html: str = ""
    picture: Shown | None = None


def blocks(markup: str) -> list[str]:
    """The outermost blocks of sanitised HTML, in order; joined they are the whole."""
    found, depth, start = [], 0, 0
    for tag in _BLOCK.finditer(markup):
        if tag[2].lower() == "hr":
            closed = depth == 0
        elif tag[1]:
            depth = max(0, depth - 1)
            closed = depth == 0
        else:
            depth += 1
            closed = False
        if closed:
            found.append(markup[start : tag.end()])
            start = tag.end()
    if markup[start:].strip():
        found.append(markup[start:])
    return found


def pieces(markup: str, inline: list[Shown], dateline: str = "") -> list[Piece]:
    """The text in pieces, the pictures spread evenly over it, between paragraphs; never next to a crosshead."""
    parts = blocks(markup)
    if dateline and parts and (opening := _FIRST_PARAGRAPH.match(parts[0])):
        place = f'<span class="dateline">{html.escape(dateline)}</span> '
        parts[0] = opening[0] + place + parts[0][opening.end() :]
    if not inline:
        return [Piece(html="".join(parts))] if parts else []
    texts = [number for number in range(1, len(parts)) if _is_text(parts[number - 1]) and _is_text(parts[number])]
    # Between two paragraphs, if there is room: a list belongs to the words before it, and a pull quote stands alone.
    said = [number for number in texts if _is_said(parts[number - 1]) and _is_said(parts[number])]
    gaps = said if len(said) >= len(inline) else texts
    after: dict[int, list[Shown]] = {}
    for number, picture in enumerate(inline, start=1):
        wish = round(len(parts) * number / (len(inline) + 1))
        free = [gap for gap in gaps if gap not in after]
        place = min(free, key=lambda gap: abs(gap - wish)) if free else len(parts)
        after.setdefault(place, []).append(picture)
    found, run = [], ""
    for number, part in enumerate(parts, start=1):
        run += part
        if number in after:
            found.append(Piece(html=run))
            found += [Piece(picture=picture) for picture in after[number]]
            run = ""
    if run:
        found.append(Piece(html=run))
    return found


def _is_said(block):
    """Whether it is a paragraph, and none that leads over to what follows."""
    return block.lstrip().lower().startswith("<p") and not block.rstrip().endswith(":</p>")


def _is_text(block):
    return not re.match(r"\s*<(?:h2|h3)\b", block, re.IGNORECASE)
