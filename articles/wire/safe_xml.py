"""XML from anybody -> the elements that a parser asks for, one after the other, however long the file.

What the document says of itself is not believed: its charset is tried, entities are never declared or fetched, a
DOCTYPE is passed over. Named entities of HTML (``&nbsp;``) are known in every document. Nothing nests deeper, and no
story is longer, than any agency's.
"""

import codecs
import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError, errors

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .decoding import Received, legacy_encoding
from .items import WireError
from .slices import KEPT_PREFIX
from .tags import local

DEEPEST = 200  # elements inside one another
MOST_ELEMENTS = 100_000  # in one story
LONGEST = 12 * 1024 * 1024  # bytes from one story's end to the next one's: pictures may stand inside
LONGEST_TAG = 1024 * 1024  # or comment

_DECLARATION = re.compile(rb"<\?xml\b[^>]{0,200}\?>\s*")
_DECLARED = re.compile(rb"""encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,30})["']""")
_BEFORE_ROOT = re.compile(rb"(?:\s+|<!--(?:(?!-->).){0,4000}-->|<\?(?:(?!\?>).){0,1000}\?>)*", re.DOTALL)
_DOCTYPE = re.compile(rb"<!DOCTYPE\b", re.IGNORECASE)
# With a DOCTYPE from outside, which is never fetched, expat leaves entities that it does not know to us.
_PROLOGUE = b'<!DOCTYPE x SYSTEM "x">'
_CONTROLS = bytes(range(1, 9)) + b"\x0b\x0c" + bytes(range(14, 32)) + b"\x7f"
_NO_CONTROLS = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_CHUNK = 64 * 1024

_REASONS = {
    errors.XML_ERROR_NO_ELEMENTS: "it ends before it is complete",
    errors.XML_ERROR_UNCLOSED_TOKEN: "it ends in the middle of a tag",
    errors.XML_ERROR_UNCLOSED_CDATA_SECTION: "it ends inside a CDATA section",
    errors.XML_ERROR_PARTIAL_CHAR: "it ends in the middle of a character",
    errors.XML_ERROR_INVALID_TOKEN: "a character stands where XML allows none, perhaps an unescaped & or <",
    errors.XML_ERROR_TAG_MISMATCH: "a tag is closed that is not open there",
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "a tag has the same attribute twice",
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "something follows its end",
    errors.XML_ERROR_UNBOUND_PREFIX: "a prefix is used whose namespace is not declared",
    errors.XML_ERROR_UNDEFINED_ENTITY: "an entity is used that nothing defines",
}
_CUT = {errors.XML_ERROR_NO_ELEMENTS, errors.XML_ERROR_UNCLOSED_TOKEN, errors.XML_ERROR_PARTIAL_CHAR}
_CUT |= {errors.XML_ERROR_UNCLOSED_CDATA_SECTION}


class BadXml(Exception):
    """The document cannot be read, or no further. ``error`` says why, with the bytes that were not read."""

    def __init__(self, error: WireError):
        self.error = error
        super().__init__(error.message)


@dataclass
class Found:
    """One element that was asked for. ``raw`` is everything received since the one before, so that together they are
    the file; of the last one, everything to its end.
    """

    element: Element
    raw: bytes
    line: int
    story: int

    @property
    def name(self) -> str:
        """Its local name, in lower case."""
        return local(self.element.tag)


@dataclass
class Document:
    """What is known of the document besides: the root's local name and attributes, the encoding it was in.

    ``unread`` is all of it where nothing was found that was asked for.
    """

    root: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    warnings: list[str] = field(default_factory=list)
    unread: bytes = b""


def root_of(head: bytes) -> str:
    """The local name of the element that a document beginning so opens with, in lower case; "" if it is no XML."""
    source = Received(_Once(head))
    text = b"".join(source.chunks()).removeprefix(b"\xef\xbb\xbf")
    at = _BEFORE_ROOT.match(text).end()
    if doctype := _DOCTYPE.match(text, at):
        end = re.compile(rb"\[.*?\]\s*>|[^\[>]*>", re.DOTALL).match(text, doctype.end())
        if end is None:  # runs on: it names the root itself
            named = re.compile(rb"\s+([A-Za-z_][\w:.-]*)").match(text, doctype.end())
            return local(named[1].decode()) if named else ""
        at = _BEFORE_ROOT.match(text, end.end()).end()
    named = re.compile(rb"<([A-Za-z_][\w:.-]{0,100})").match(text, at)
    return local(named[1].decode("ascii", "replace")) if named else ""


class _Once:
    def __init__(self, data):
        self.data = data

    def read(self, size=-1):
        part, self.data = self.data[:size], self.data[size:]
        return part


def read_elements(stream: BinaryIO, wanted: frozenset[str], document: Document) -> Iterator[Found]:
    """The outermost elements of these local names (lower case), in the order in which they end.

    ``document`` is filled as it is read. Memory holds one of them at a time, and the one before. Raises :class:`BadXml`
    where no more can be read; what was complete until then has been given.
    """
    reading = _Reading(stream, wanted, document)
    held = None
    try:
        for found in reading.elements():
            if held:
                yield held
            held = found
    except BadXml:
        if held:
            yield held
        raise
    if held:
        held.raw += reading.rest()
        yield held
    else:
        document.unread = reading.rest()


class _Reading:
    def __init__(self, stream, wanted, document):
        self.received = Received(stream)
        self.document = document
        self.target = _Target(wanted, document)
        self.parser = DefusedXMLParser(target=self.target, encoding="utf-8", forbid_dtd=False)
        self.parser.entity.update(_ENTITIES)
        self.parser.parser.buffer_text = True
        self.parser.parser.buffer_size = _CHUNK
        self.target.expat = self.parser.parser
        self.codec = ""  # what it was decoded by; "" where it was UTF-8 all along
        self.pending = bytearray()  # what was fed since the last element ended, as UTF-8
        self.before = b""  # what stood before the root, which is not fed
        self.fed = 0  # bytes fed before what is pending
        self.story = 0

    def elements(self):
        try:
            for chunk in self._chunks():
                self.pending += chunk
                self.parser.feed(chunk)
                yield from self._ended()
                if self.fed + len(self.pending) - self.parser.parser.CurrentByteIndex > LONGEST_TAG:
                    raise _TooMuch(f"A tag or a comment is longer than {LONGEST_TAG >> 20} MB.")
                if len(self.pending) > LONGEST:
                    raise self._bad("story_too_long", f"More than {LONGEST >> 20} MB of XML without a story's end.")
            self.parser.close()
            yield from self._ended()
        except ParseError as error:
            yield from self._ended()
            raise self._malformed(error) from None
        except ExpatError as error:
            yield from self._ended()
            raise self._malformed(error) from None
        except DefusedXmlException:
            message = "The XML declares entities of its own. Those may hide anything, and are refused."
            raise self._bad("entities_refused", message) from None
        except _TooMuch as error:
            raise self._bad("xml_too_complex", str(error)) from None

    def _ended(self):
        ended, self.target.ended = self.target.ended, []
        for element, line, end in ended:
            cut = end - self.fed
            raw = bytes(self.pending[:cut])
            del self.pending[:cut]
            self.fed = end
            self.story += 1
            yield Found(element, self._original(self.before + raw), line, self.story)
            self.before = b""

    def rest(self):
        return self._original(self.before + bytes(self.pending)) + self.received.tail

    def _original(self, raw):
        if self.codec == "utf-8" or not self.codec:
            return raw
        try:
            return raw.decode().encode(self.codec, "surrogatepass" if self.codec.startswith("utf-16") else "strict")
        except UnicodeError:
            return raw

    # --- bytes as received -> UTF-8 that begins with the root -------------------------------------------------------

    def _chunks(self):
        chunks = self._decoded()
        head = next(chunks, b"")
        while len(head) < 2 * _CHUNK and (more := next(chunks, None)):
            head += more
        if not head.strip():
            raise self._bad("empty_file", "The file holds nothing.")
        start = 3 if head.startswith(b"\xef\xbb\xbf") else 0
        start += len(head[start:]) - len(head[start:].lstrip())
        if declaration := _DECLARATION.match(head, start):
            start = declaration.end()
        self.before = head[:start]
        self.target.lines_before = self.before.count(b"\n")
        head = head[start:]
        if b"\0" in head:
            raise self._bad("not_xml", "The file holds NUL bytes, which XML does not allow.", head)
        if not _DOCTYPE.match(head, _BEFORE_ROOT.match(head).end()):
            self.parser.feed(_PROLOGUE)
            self.fed = len(_PROLOGUE)
        yield from self._fed(head)
        for chunk in chunks:
            if b"\0" in chunk:
                raise self._bad("not_xml", "The file holds NUL bytes, which XML does not allow.", chunk)
            yield from self._fed(chunk)

    def _fed(self, chunk):
        """The chunk without the control characters that XML forbids, in pieces that cost little if they are refused."""
        clean = chunk.translate(_NO_CONTROLS)
        if clean != chunk:
            self._warn("control_characters: characters that XML does not allow were made spaces.")
        for at in range(0, len(clean), _CHUNK):
            yield clean[at : at + _CHUNK]

    def _decoded(self):
        if self.received.wide:
            self.codec = self.document.encoding = self.received.wide
            yield from self.received.chunks()
            return
        declared = _DECLARED.search(self.received.head[:300])
        self.codec = _real_codec(self.received.head, declared[1].decode() if declared else "")
        self.document.encoding = self.codec.removeprefix("sloppy-")
        said = declared[1].decode().lower() if declared else "utf-8"
        if declared and not _same(said, self.codec):
            self._warn(f"charset: the file says that it is {said}, and is {self.document.encoding}.")
        elif not declared and self.codec != "utf-8":
            self._warn(f"charset: the file does not say so, but is {self.document.encoding}.")
        decoder = codecs.getincrementaldecoder(self.codec)("wire-stray-bytes" if self.codec == "utf-8" else "replace")
        for chunk in self.received.chunks():
            if self.codec == "utf-8" and chunk.isascii() and not decoder.getstate()[0]:
                yield chunk
            else:
                yield decoder.decode(chunk).encode("utf-8", "replace")
        if left := decoder.decode(b"", final=True):
            yield left.encode("utf-8", "replace")

    # --- what can be wrong ------------------------------------------------------------------------------------------

    def _warn(self, warning):
        if warning not in self.document.warnings:
            self.document.warnings.append(warning)

    def _malformed(self, error):
        name = errors.messages.get(error.code, "")
        line = error.position[0] if isinstance(error, ParseError) else error.lineno
        reason = _REASONS.get(name, name or "it is not well-formed")
        code = "truncated_xml" if name in _CUT else "not_xml"
        return self._bad(code, f"The XML cannot be read: at line {line + self.target.lines_before}, {reason}.")

    def _bad(self, code, message, unread=b""):
        raw = self._original(self.before + bytes(self.pending[:KEPT_PREFIX]) + unread[:KEPT_PREFIX])[:KEPT_PREFIX]
        line = self.target.last_line + self.target.lines_before
        return BadXml(WireError(code, message, raw, self.story + 1, line))


class _TooMuch(Exception):
    pass


class _Target:
    """Builds the elements that are wanted, and forgets the others."""

    def __init__(self, wanted, document):
        self.wanted, self.document = wanted, document
        self.expat = None
        self.depth = 0
        self.lines_before = 0
        self.last_line = 1  # where the last element that was wanted ended
        self.count = 0
        self.open: list[Element] = []
        self.begun = 0
        self.words: list[str] = []
        self.last: Element | None = None
        self.ended: list[tuple[Element, int, int]] = []

    def start(self, tag, attributes):
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST:
            raise _TooMuch(f"The XML nests more than {DEEPEST} elements inside one another.")
        if self.count > MOST_ELEMENTS:
            raise _TooMuch(f"The XML has more than {MOST_ELEMENTS:,} elements without a story's end.")
        if self.depth == 1:
            self.document.root = local(tag)
            self.document.attributes = {local(name): value for name, value in attributes.items()}
        if not self.open:
            if local(tag) not in self.wanted:
                return
            self.begun = self.expat.CurrentLineNumber + self.lines_before
        self._put_words()
        element = Element(tag, attributes)
        if self.open:
            self.open[-1].append(element)
        self.open.append(element)
        self.last = None

    def end(self, tag):
        self.depth -= 1
        if not self.open:
            return
        self._put_words()
        self.last = self.open.pop()
        if not self.open:
            end = self.expat.CurrentByteIndex + self._length_of_end_tag()
            self.ended.append((self.last, self.begun, end))
            self.count, self.last = 0, None
            self.last_line = self.expat.CurrentLineNumber

    def _length_of_end_tag(self):
        context = self.expat.GetInputContext() or b""
        return context.find(b">") + 1 if context.startswith(b"</") else 0  # of <a/>, it has ended already

    def data(self, words):
        if self.open:
            self.words.append(words)

    def _put_words(self):
        if not self.words:
            return
        words, self.words = "".join(self.words), []
        if self.last is not None:
            self.last.tail = (self.last.tail or "") + words
        else:
            self.open[-1].text = (self.open[-1].text or "") + words

    def close(self):
        return None


def _real_codec(head, declared):
    """The codec that the bytes are in: what is valid UTF-8 is UTF-8, whatever it is declared to be."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        pass
    else:
        if not head.isascii() or not declared:
            return "utf-8"
        return _known(declared) or "utf-8"
    if (known := _known(declared)) and known != "utf-8":
        return known
    high = sum(byte > 0x7F for byte in head)
    good = len(head.decode("utf-8", "ignore").encode()) - (len(head) - high)
    if good * 2 > high:
        return "utf-8"  # with a few stray bytes
    legacy = legacy_encoding(head)
    return "sloppy-windows-1252" if legacy == "windows-1252" else legacy


def _known(declared):
    """The codec of that name, "" if there is none or it is not one that keeps ASCII."""
    try:
        name = codecs.lookup(declared).name
        if "<?xml ".encode(name) != b"<?xml ":
            return ""
    except (LookupError, TypeError, UnicodeError, ValueError):
        return ""
    # What calls itself Latin-1 or ASCII holds Windows' quotation marks as often as not.
    return "sloppy-windows-1252" if name in ("iso8859-1", "cp1252", "ascii") else name


def _same(said, codec):
    try:
        name = codecs.lookup(said).name
    except (LookupError, TypeError, ValueError):
        return False
    if codec == "sloppy-windows-1252":
        return name in ("iso8859-1", "cp1252", "ascii")
    return name == codecs.lookup(codec).name or (codec == "utf-8" and name == "ascii")


_ENTITIES = {name: chr(number) for name, number in html.entities.name2codepoint.items()}
