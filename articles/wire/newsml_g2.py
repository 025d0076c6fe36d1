"""NewsML-G2 2.x (iptc.org/std/nar): a newsItem, a packageItem, or a newsMessage of any number of them.

Text items are stories. A picture goes with the story whose package or link names it; alone it is an item of its own. A
package finds its items in the same message or in files beside it. A message of any length is read a few items at a
time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO
from xml.etree.ElementTree import Element

from .blocks import Picture
from .g2_item import address_of, is_picture, read_item, read_photo
from .items import Beside, Standing, WireError, WireItem, WirePhoto
from .safe_xml import BadXml, Document, Found, read_elements, root_of
from .subbing import photo_of
from .times import UnclearTime
from .trees import attribute, child, children, descend, texts, words

_ITEMS = frozenset({"newsitem", "packageitem"})
# What NewsML-G2 conveys besides news.
_OTHERS = {
    "conceptitem": "a concept",
    "knowledgeitem": "a list of concepts",
    "planningitem": "a plan of coverage",
    "catalogitem": "a catalogue of code lists",
}
# Parts of an item that cannot stand alone.
_PARTS = frozenset({"contentset", "contentmeta", "groupset", "itemmeta", "itemset"})
_WANTED = _ITEMS | _OTHERS.keys() | {"header"}
_ROOTS = _ITEMS | _OTHERS.keys() | _PARTS | {"newsmessage"}
_TOGETHER, _BYTES_TOGETHER = 100, 8_000_000  # so much of a message is looked at together
_MOST_REFERENCES = 100


def detect(head: bytes) -> bool:
    """Whether a file that begins so is NewsML-G2, or a part of it."""
    return root_of(head) in _ROOTS and b"newsml.dtd" not in head.lower()


def parse(stream: BinaryIO, beside: Beside) -> Iterator[WireItem | WireError]:
    """The stories of a file, in its order; whatever is none of them with its reason."""
    document = Document()
    message = _Message(document, beside)
    try:
        for found in read_elements(stream, _WANTED, document):
            yield from message.take(found)
        yield from message.flush()
    except BadXml as bad:
        yield from message.flush()
        yield message.numbered(bad.error)
        return
    if not message.number:
        what = f"<{document.root}>" if document.root in _PARTS else "no item"
        said = "which is only a part of an item" if document.root in _PARTS else "only the envelope of one"
        yield message.numbered(
            WireError("not_a_story", f"The file holds {what}, {said}.", message.carried + document.unread)
        )


@dataclass
class _Piece:
    """An item on its way: its element, and the bytes that it came in."""

    element: Element
    name: str
    raw: bytes
    line: int
    guid: str = ""
    used: bool = False
    photos: list[WirePhoto] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)


class _Message:
    def __init__(self, document, beside):
        self.document, self.beside = document, beside
        self.carried = b""  # bytes of what is no item, kept with the next
        self.held: list[_Piece] = []
        self.size = 0
        self.number = 0
        self.priority = ""
        self.opened: set[str] = set()  # files beside this one

    def numbered(self, one):
        self.number += 1
        one.story = self.number
        return one

    def take(self, found: Found):
        raw, self.carried = self.carried + found.raw, b""
        if found.name == "header":
            self.priority = words(child(found.element, "priority"))
            self.carried = raw
        elif found.name in _OTHERS:
            yield from self.flush()
            said = f"The item is {_OTHERS[found.name]} (<{found.name}>), not a story."
            yield self.numbered(WireError("not_a_story", said, raw, line=found.line))
        else:
            self.held.append(_Piece(found.element, found.name, raw, found.line, attribute(found.element, "guid")))
            self.size += len(raw)
            if len(self.held) >= _TOGETHER or self.size >= _BYTES_TOGETHER:
                yield from self.flush()

    def flush(self):
        """The stories of what is held, pictures put to them."""
        pieces, self.held, self.size = self.held, [], 0
        if not pieces:
            return
        by_guid = {piece.guid: piece for piece in pieces if piece.guid}
        errors = []
        for package in [piece for piece in pieces if piece.name == "packageitem"]:
            errors += self._open_package(package, pieces, by_guid)
        self._link_pictures(pieces, by_guid)
        for piece in pieces:
            if piece.used or piece.name == "packageitem":
                continue
            item = self._item(piece)
            read = read_item(piece.element, item, piece.photos, self.beside)
            item.related += piece.packages
            if isinstance(read, WireItem) and read.urgency is None and self.priority in tuple("12345678"):
                read.urgency = int(self.priority)
            yield self.numbered(read)
        yield from map(self.numbered, errors)

    def _item(self, piece):
        return WireItem(
            headline="",
            paragraphs=[],
            raw=piece.raw,
            line=piece.line,
            encoding=self.document.encoding,
            language="",
            warnings=list(self.document.warnings),
        )

    # --- packages -------------------------------------------------------------------------------------------------

    def _open_package(self, package, pieces, by_guid):
        """Put what the package names together; gives the errors that come of it."""
        if package.used:
            return []
        package.used = True
        references, members, photos, missing, errors = list(descend(package.element, "itemref")), [], [], [], []
        for reference in references[:_MOST_REFERENCES]:
            piece = by_guid.get(attribute(reference, "residref"))
            if piece is None and attribute(reference, "contenttype").startswith("image/"):
                photos.append(_named_photo(reference))
                continue
            if piece is None:
                found = self._beside(reference, errors)
                pieces += found
                for one in found:
                    by_guid.setdefault(one.guid, one)
                piece = by_guid.get(attribute(reference, "residref")) or next(iter(found), None)
            if piece is None:
                missing.append(_title(reference))
            elif piece.name == "packageitem":
                errors += self._open_package(piece, pieces, by_guid)
            else:
                members.append(piece)
        texts = [piece for piece in members if not is_picture(piece.element)]
        if texts:
            texts[0].photos += photos
            for piece in members:
                if is_picture(piece.element):
                    self._put_photo(piece, texts[0])
        for piece in texts:
            piece.packages.append(package.guid or "a package")
        keeper = next((piece for piece in [*members, *pieces] if piece.name == "newsitem" and not piece.used), None)
        if keeper is not None:
            keeper.raw = package.raw + keeper.raw
        elif not errors:
            said = f": {'; '.join(missing[:5])}" if missing else ""
            message = f"The package names {len(references)} items, of which none came with it{said}."
            errors.append(WireError("package_empty", message, package.raw, line=package.line))
        else:
            errors[0].raw = package.raw + errors[0].raw
        return errors

    def _beside(self, reference, errors):
        """All items of the file beside this one that the reference means, under one of the names it may have."""
        for name in _file_names(reference):
            if name in self.opened:
                return []
            raw = self.beside(name) if len(self.opened) < _MOST_REFERENCES else None
            if raw is None:
                continue
            self.opened.add(name)
            pieces = []
            try:
                for found in read_elements(BytesIO(raw), _ITEMS, Document()):
                    guid = attribute(found.element, "guid")
                    pieces.append(_Piece(found.element, found.name, found.raw, found.line, guid))
            except BadXml as bad:
                bad.error.message = f"{name}, which a package names: {bad.error.message}"
                errors.append(bad.error)
            return pieces
        return []

    # --- pictures -------------------------------------------------------------------------------------------------

    def _link_pictures(self, pieces, by_guid):
        texts = [piece for piece in pieces if piece.name == "newsitem" and not is_picture(piece.element)]
        pictures = [piece for piece in pieces if piece.name == "newsitem" and is_picture(piece.element)]
        for piece in texts:
            for link in children(child(piece.element, "itemmeta"), "link"):
                picture = by_guid.get(attribute(link, "residref") or attribute(link, "guidref"))
                if picture is not None and picture.name == "newsitem" and is_picture(picture.element):
                    self._put_photo(picture, piece)
        if len(texts) == 1 and len(pieces) - len(pictures) <= 2:
            # One story and its pictures in one message: nothing else can be meant.
            for picture in pictures:
                self._put_photo(picture, texts[0])

    def _put_photo(self, picture, text):
        if picture.used or picture is text:
            return
        taken = self._item(picture)
        try:
            photo = read_photo(picture.element, taken)
        except UnclearTime:
            return  # it is refused as an item of its own
        if taken.standing != Standing.USABLE or taken.embargo_until:
            return  # what may not be used, or not yet, goes with nothing
        picture.used = True
        text.photos.append(photo)
        text.raw += picture.raw


def _title(reference):
    return (words(child(reference, "title")) or attribute(reference, "residref") or address_of(reference))[:120]


def _named_photo(reference):
    """A picture that a package names without an item of its own."""
    caption = " ".join(texts(reference, "description")) or words(child(reference, "title"))
    photo = photo_of(Picture(address_of(reference), caption))
    photo.provider_id = attribute(reference, "residref")[:200]
    return photo


def _file_names(reference):
    """The names under which a file may lie that an itemRef means, likeliest first."""
    names = []
    for printed in (address_of(reference), attribute(reference, "residref")):
        if not printed or "://" in printed:
            continue
        last = printed.rpartition(":")[2]
        names += [printed, f"{printed}.xml", last, f"{last}.xml", f"{printed.replace(':', '_')}.xml"]
    return list(dict.fromkeys(name for name in names if ":" not in name and len(name) < 200))
