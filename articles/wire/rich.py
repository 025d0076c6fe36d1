"""Bodies that come with markup: as clean HTML, and as the paragraphs that identity, places and sources are found by."""

import re

from articles import text

from .items import Paragraph

_BLOCK = re.compile(r"<(p|h2|h3|li|blockquote)\b[^>]*>(.*?)(?=</?(?:p|h2|h3|li|blockquote|ul|ol)\b)", re.DOTALL)
_HEADING = re.compile(r"<(/?)h[1-6]\b([^>]*)>", re.IGNORECASE)
_DIVISION = re.compile(r"<(/?)(?:div|section|article)\b[^>]*>", re.IGNORECASE)


def clean(markup: str) -> str:
    """Markup of whatever origin as a story's body may hold it: headings made crossheads, divisions paragraphs.

    Bare text between blocks is put into paragraphs of its own.
    """
    markup = _DIVISION.sub(r"<\1p>", _HEADING.sub(r"<\1h2>", markup))
    return text.sanitise(markup)


def paragraphs(markup: str) -> list[Paragraph]:
    """The blocks of a clean body as plain text, in order, empty ones left out; headings are crossheads."""
    found = []
    for name, inner in _BLOCK.findall(markup + "<p>"):
        for line in text.paragraphs(inner):
            found.append(Paragraph(line, is_crosshead=name in ("h2", "h3")))
    return found
