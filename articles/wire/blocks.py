"""Tags and text -> the blocks of a story: paragraphs, crossheads, list items, quotations, with their few inline marks.

What stands inside what is kept as far as a story needs it: a list item knows its list, a block its quotation. Tables
become a paragraph for each row, pictures and players are taken out with their captions.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import urljoin

from articles.text import URL_SCHEMES, clean_line, without_unseen

from .tags import HIDDEN, Tag

_STRONG, _EMPHASIS = frozenset({"strong", "b"}), frozenset({"em", "i", "cite", "dfn", "var"})
_MARKS = {
    **dict.fromkeys(_STRONG, "strong"),
    **dict.fromkeys(_EMPHASIS, "em"),
    "sub": "sub",
    "sup": "sup",
}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "hl1": 1, "hl2": 2}
_QUOTES, _LISTS = frozenset({"blockquote", "bq"}), frozenset({"ul", "ol", "dl", "menu"})
_ROWS, _CELLS = frozenset({"tr"}), frozenset({"td", "th"})
_FIGURES = frozenset({"figure", "media"})
_CAPTIONS, _PRODUCERS = frozenset({"figcaption", "media-caption"}), frozenset({"media-producer"})
_PICTURES = {"img": "src", "media-reference": "source"}
_PLAYERS = frozenset({"iframe", "video", "audio", "embed", "source"})
_BLOCK_NAMES = """
p div section article main header footer aside nav address center form fieldset details summary body html block
body.content body.head body.end abstract note li dt dd pre caption table thead tbody tfoot nitf-table
nitf-table-metadata h1 h2 h3 h4 h5 h6 hl1 hl2 hedline tagline byline distributor credit dateline
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split()) | (_QUOTES | _LISTS | _ROWS | _CELLS | _FIGURES | _CAPTIONS | _PRODUCERS)
_ITEMS = frozenset({"li", "dt", "dd"})
_OWN_WORDS = frozenset({"p", "td", "th"}) | _ITEMS | _HEADINGS.keys()  # where a blank line means nothing
_GONE = HIDDEN | {"del", "rp"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_IN_ADDRESSES = re.compile("[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_SPACE = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_EDGES = " \t\r\n\f\v\xa0\u200b\ufeff"
_MOST_ROLES = 40
_BREAK = "\n"  # what <br> is inside a block


class Marks(NamedTuple):
    """How deep the text stands in each inline mark, and the address it links to."""

    strong: int = 0
    em: int = 0
    sub: int = 0
    sup: int = 0
    href: str = ""


class Frame(NamedTuple):
    """What a block is: ``kind`` is "p", "h", "li", "row" or "hr".

    ``group`` tells the list it is an item of, ``quote`` the quotation it stands in (0 for none). ``roles`` are the
    words of the classes and roles of what it stands in, in lower case.
    """

    kind: str = "p"
    level: int = 0
    group: int = 0
    ordered: bool = False
    quote: int = 0
    language: str = ""
    direction: str = ""
    roles: frozenset[str] = frozenset()


_PARAGRAPH = Frame()


@dataclass(slots=True)
class Block:
    """One block of a body: its text in runs, each with its marks, and what kind of block it is."""

    runs: list[tuple[str, Marks]]
    frame: Frame = _PARAGRAPH

    @property
    def lines(self) -> list[str]:
        """Its plain text, a line for each that a <br> ends, empty ones left out."""
        text = "".join(words for words, _ in self.runs)
        return [line for part in text.split(_BREAK) if (line := clean_line(part))]

    @property
    def text(self) -> str:
        """Its plain text as one line."""
        if len(self.runs) == 1:  # as most have: a break is a run of its own
            return clean_line(self.runs[0][0])
        return " ".join(self.lines)


_PLAIN = Marks()


@dataclass
class Picture:
    """A picture or a player inside a body."""

    address: str
    caption: str = ""
    alt_text: str = ""
    credit: str = ""
    kind: str = "image"  # or "player"


@dataclass
class _Figure:
    pictures: list[Picture] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)
    credit: list[str] = field(default_factory=list)


class _Open(NamedTuple):
    """What a block element changes, to be put back when it ends."""

    name: str
    marks: Marks
    frame: Frame


class Builder:
    """Takes tags and text one by one; ``blocks``, ``pictures`` and ``players`` are what they make."""

    def __init__(self, base: str = ""):
        self.base = base
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self._frame = _PARAGRAPH  # what the next block will be
        self._runs: list[tuple[str, Marks]] = []
        self._marks = Marks()
        self._open: list[_Open] = []
        self._depth: dict[str, int] = {}
        self._hidden = 0
        self._preserved = 0
        self._in_block = 0  # inside a paragraph's own element, where blank lines mean nothing
        self._groups = 0
        self._figures: list[_Figure] = []

    def build(self, tags: Iterable[Tag]) -> "Builder":
        for what, name, attributes in tags:
            if what == "text":
                if not self._hidden:
                    self._text(name)
            elif what == "start":
                self._start(name, attributes)
            else:
                self._end(name)
        while self._open:
            self._close(self._open[-1].name)
        self._flush()
        return self

    # --- tags -----------------------------------------------------------------------------------------------------

    def _start(self, name, attributes):
        if name in _GONE:
            self._hidden += 1
            self._depth[name] = self._depth.get(name, 0) + 1
        elif self._hidden:
            pass
        elif name in _BLOCKS:
            self._open_block(name, attributes)
        elif mark := _MARKS.get(name):
            self._marks = self._marks._replace(**{mark: getattr(self._marks, mark) + 1})
        elif name == "a":
            self._marks = self._marks._replace(href=self._address(attributes.get("href", "")))
        elif name == "br":
            self._break()
        elif name == "hr":
            self._flush()
            self._append(Block([], Frame("hr")))
        elif name in _PICTURES:
            self._picture(name, attributes)
        elif name in _PLAYERS and (source := attributes.get("src")):
            self._player(source)
        elif name == "q":
            self._add("“")
        elif name == "rt":
            self._add("(")

    def _end(self, name):
        if name in _GONE:
            if self._depth.get(name):
                self._depth[name] -= 1
                self._hidden -= 1
        elif self._hidden:
            pass
        elif name in _BLOCKS:
            if self._depth.get(name):
                self._close(name)
            else:
                self._flush()
        elif mark := _MARKS.get(name):
            self._marks = self._marks._replace(**{mark: max(0, getattr(self._marks, mark) - 1)})
        elif name == "a":
            self._marks = self._marks._replace(href="")
        elif name == "q":
            self._add("”")
        elif name == "rt":
            self._add(")")
        elif name == "frac-num":
            self._add("/")

    def _open_block(self, name, attributes):
        if name in ("p", *_HEADINGS) and self._depth.get("p"):
            self._close("p")  # no paragraph holds another
        if name in _CELLS and self._frame.kind == "row":
            if self._runs:
                self._add(" | ")
        else:
            self._flush()
        self._open.append(_Open(name, self._marks, self._frame))
        self._depth[name] = self._depth.get(name, 0) + 1
        self._in_block += name in _OWN_WORDS
        changes = {}
        if attributes:
            roles = f"{attributes.get('class', '')} {attributes.get('role', '')}".lower().split()
            if roles and len(self._frame.roles) < _MOST_ROLES:
                changes["roles"] = self._frame.roles | frozenset(roles[:8])
            if name == "p":
                changes |= {"language": attributes.get("lang", ""), "direction": attributes.get("dir", "")}
        if name in _HEADINGS:
            changes |= {"kind": "h", "level": _HEADINGS[name]}
        elif name in _QUOTES:
            changes["quote"] = self._frame.quote or self._new_group()
        elif name in _LISTS:
            changes |= {"group": self._frame.group or self._new_group(), "ordered": name == "ol"}
        elif name in _ITEMS:
            changes |= {"kind": "li", "group": self._frame.group or self._new_group()}
        elif name in _ROWS:
            changes["kind"] = "row"
        elif name == "pre":
            self._preserved += 1
        elif name in _FIGURES:
            self._figures.append(_Figure())
        if changes:
            self._frame = self._frame._replace(**changes)

    def _new_group(self):
        self._groups += 1
        return self._groups

    def _close(self, name):
        """End the innermost open block of that name, and all that is open inside it."""
        while True:
            opened = self._open[-1]
            if opened.name not in _CELLS or opened.frame.kind != "row":
                self._flush()
            self._open.pop()
            self._depth[opened.name] -= 1
            self._frame = opened.frame
            # A mark that the block opened ends with it; one that it closed stays closed.
            if self._marks != opened.marks:
                self._marks = Marks(*map(min, opened.marks[:4], self._marks[:4]), opened.marks.href)
            self._in_block -= opened.name in _OWN_WORDS
            if opened.name == "pre":
                self._preserved -= 1
            elif opened.name in _FIGURES:
                self._end_figure(self._figures.pop())
            if opened.name == name:
                return

    # --- text -----------------------------------------------------------------------------------------------------

    def _text(self, words):
        if self._preserved:
            lines = words.replace("\r\n", "\n").split("\n")
            for at, line in enumerate(lines):
                if at:
                    self._break()
                self._add(_spaced(line))
            return
        if not self._in_block and "\n" in words:
            first, *others = _BLANK_LINE.split(words)
            self._add(_spaced(first))
            for other in others:
                self._flush()
                self._add(_spaced(other))
            return
        self._add(_spaced(words))

    def _add(self, words):
        if words and words[0] == " " and self._runs and self._runs[-1][0].endswith((" ", _BREAK)):
            words = words[1:]
        if words and (self._runs or words.strip(_EDGES)):
            self._runs.append((words, self._marks))

    def _break(self):
        if not self._runs:
            return
        last = next((words for words, _ in reversed(self._runs[-3:]) if words.strip(" \t\xa0") or words == _BREAK), "")
        if last == _BREAK:  # two of them end a paragraph
            self._flush()
        else:
            self._runs.append((_BREAK, self._marks))

    def _flush(self):
        """End the block that is being written, if it holds anything."""
        runs, self._runs = self._runs, []
        while runs and not runs[-1][0].strip(_EDGES):
            runs.pop()
        while runs and not runs[0][0].strip(_EDGES):
            runs.pop(0)
        if not runs:
            return
        runs[0] = (runs[0][0].lstrip(_EDGES), runs[0][1])
        runs[-1] = (runs[-1][0].rstrip(_EDGES), runs[-1][1])
        if not Block(runs).lines:  # invisible characters
            return
        if self._figures and (held := self._held_by_figure()) is not None:
            held.append(Block(runs).text)
        else:
            self._append(Block(runs, self._frame))

    def _append(self, block):
        if block.frame.kind == "hr" and (not self.blocks or self.blocks[-1].frame.kind == "hr"):
            return
        self.blocks.append(block)

    # --- pictures and links ---------------------------------------------------------------------------------------

    def _held_by_figure(self):
        if any(map(self._depth.get, _PRODUCERS)):
            return self._figures[-1].credit
        if any(map(self._depth.get, _CAPTIONS)):
            return self._figures[-1].caption
        return None

    def _picture(self, name, attributes):
        address = attributes.get(_PICTURES[name]) or attributes.get("data-src") or attributes.get("data-location") or ""
        if address.startswith("data:"):
            address = ""
        kind = "image" if not attributes.get("mime-type", "image").startswith(("video", "audio")) else "player"
        alt_text = clean_line(attributes.get("alt") or attributes.get("alternate-text") or "")
        picture = Picture(self._address(address, pictures=True), alt_text=alt_text, kind=kind)
        (self._figures[-1].pictures if self._figures else self.pictures).append(picture)

    def _player(self, source):
        player = Picture(self._address(source, pictures=True), kind="player")
        (self._figures[-1].pictures if self._figures else self.pictures).append(player)

    def _end_figure(self, figure):
        pictures = [picture for picture in figure.pictures if picture.address or picture.kind == "image"]
        caption, credit = " ".join(figure.caption), " ".join(figure.credit)
        if pictures:
            # Several references in one figure are one picture in several sizes.
            chosen = next((one for one in pictures if one.kind == "image"), pictures[0])
            self.pictures.append(replace(chosen, caption=caption, credit=credit))
        else:  # a table or a quotation with words under it
            for words in filter(None, (caption, credit)):
                self._append(Block([(words, Marks())], self._frame))

    def _address(self, printed, *, pictures=False):
        """An address that may stand in a story, "" for any other: of another scheme, or leading nowhere from here."""
        address = _IN_ADDRESSES.sub("", printed)
        if address.startswith("//"):
            address = f"https:{address}"
        if not address or len(address) > 2000:
            return ""
        scheme = _SCHEME.match(address)
        if scheme:
            known = scheme[0][:-1].lower() in (("http", "https") if pictures else URL_SCHEMES)
            return address if known else ""
        if self.base:
            try:
                return urljoin(self.base, address)
            except ValueError:
                return ""
        return address if pictures else ""


def _spaced(words):
    """Runs of white space made one space, what nobody sees taken out before; most words have neither."""
    return words if "  " not in words and words.isprintable() else _SPACE.sub(" ", without_unseen(words))


def render(blocks: list[Block]) -> str:
    """The blocks as HTML, each on a line of its own; the highest headings are h2, those below h3."""
    highest = min((block.frame.level for block in blocks if block.frame.kind == "h"), default=0)
    out, listed, quote = [], (0, False), 0
    for block in [*blocks, None]:
        frame = block.frame if block else Frame("")
        wanted = (frame.group, frame.ordered) if frame.kind == "li" else (0, False)
        if listed[0] and (wanted != listed or frame.quote != quote):
            out.append("</ol>" if listed[1] else "</ul>")
            listed = (0, False)
        if quote and frame.quote != quote:
            out.append("</blockquote>")
        if frame.quote and frame.quote != quote:
            out.append("<blockquote>")
        quote = frame.quote
        if wanted[0] and wanted != listed:
            out.append("<ol>" if wanted[1] else "<ul>")
            listed = wanted
        if frame.kind == "hr":
            out.append("<hr>")
        elif block:
            name = {"h": "h2" if frame.level <= highest else "h3", "li": "li"}.get(frame.kind, "p")
            out.append(f"<{name}{_attributes(frame)}>{_inline(block.runs)}</{name}>")
    return "\n".join(out)


def _attributes(frame):
    attributes = (("lang", frame.language), ("dir", frame.direction)) if frame.kind == "p" else ()
    return "".join(f' {name}="{html.escape(value)}"' for name, value in attributes if value)


def _inline(runs):
    if len(runs) == 1 and runs[0][1] == _PLAIN:  # as most are
        return html.escape(runs[0][0], quote=False)
    out, opened = [], []
    for words, marks in runs:
        if words == _BREAK:
            out.append("<br>")
            continue
        wanted = [name for name in ("strong", "em", "sub", "sup") if getattr(marks, name)]
        if marks.href:
            wanted.insert(0, f'a href="{html.escape(marks.href)}"')
        common = 0
        while common < min(len(wanted), len(opened)) and wanted[common] == opened[common]:
            common += 1
        out += [f"</{name.split(' ')[0]}>" for name in reversed(opened[common:])]
        out += [f"<{name}>" for name in wanted[common:]]
        opened = wanted
        out.append(html.escape(words, quote=False))
    out += [f"</{name.split(' ')[0]}>" for name in reversed(opened)]
    return "".join(out)
