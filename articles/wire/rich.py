"""Bodies that come with markup: as clean HTML, and as the paragraphs that identity, places and sources are found by.

``read`` takes HTML, XHTML or NITF as a string, ``read_tree`` as an element of a tree, ``read_text`` text without
markup; all give a ``Rich``. How the tags are read stands in ``tags.py``, what becomes of them in ``blocks.py``.
"""

import re
from dataclasses import dataclass, field

from articles import text

from .blocks import Block, Builder, Marks, Picture, render
from .items import Paragraph
from .tags import read_markup, walk

_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|b|i|strong|em|a|span|table|figure|img)\b[^<>]*>", re.I)
_BLANK_LINES = re.compile(r"\n[ \t\xa0]*\n\s*")
_NARROW, _WIDE = 40, 100  # between them is a line that was broken by a machine


@dataclass
class Rich:
    """A body that was read: its blocks in order, and the pictures and players that stood between them."""

    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    @property
    def html(self) -> str:
        """The body as a story may hold it: see ``articles.text.sanitise``."""
        return text.sanitise(render(self.blocks))

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its lines as plain text, in order; headings are crossheads."""
        return [Paragraph(line, block.frame.kind == "h") for block in self.blocks for line in block.lines]


def read(markup: str, base: str = "") -> Rich:
    """Markup of whatever origin: no word is lost but those of scripts, styles and what is struck out.

    Links that lead nowhere from here are taken off their words, unless ``base``, the address that the markup came from,
    says where they lead.
    """
    built = Builder(base).build(read_markup(markup))
    return Rich(built.blocks, built.pictures)


def read_tree(element, base: str = "") -> Rich:
    """The same of an element of a tree: of XHTML or NITF, whatever its namespace."""
    built = Builder(base).build(walk(element))
    return Rich(built.blocks, built.pictures)


def read_text(words: str) -> Rich:
    """Text without markup. Blank lines part paragraphs; so does every line end, unless a machine broke the lines."""
    lines = []
    for part in _BLANK_LINES.split(words.replace("\r\n", "\n").replace("\r", "\n").strip("\n")):
        printed = part.split("\n")
        broken = len(printed) > 1 and all(_NARROW <= len(line.rstrip()) <= _WIDE for line in printed[:-1])
        lines += [" ".join(printed)] if broken else printed
    return Rich([Block([(line, Marks())]) for line in map(text.clean_line, lines) if line])


def read_any(words: str, base: str = "") -> Rich:
    """Words that may or may not be markup: as fields are filled that ought to hold one of the two."""
    return read(words, base) if is_markup(words) else read_text(words)


def is_markup(words: str) -> bool:
    """Whether the words hold tags of HTML."""
    return _MARKUP.search(words) is not None


def clean(markup: str) -> str:
    """Markup of whatever origin as a story's body may hold it."""
    return read(markup).html


def paragraphs(markup: str) -> list[Paragraph]:
    """The blocks of a body as plain text, in order, empty ones left out; headings are crossheads."""
    return read(markup).paragraphs


def plain_line(markup: str) -> str:
    """Words with perhaps a few tags and entities in them, as one plain line: a headline, a caption."""
    return " ".join(block.text for block in read(markup).blocks)
