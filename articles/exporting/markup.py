"""A story's body, which is sanitised HTML, as a tree that XML can hold; and trees as bytes."""

import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, tostring

BLOCKS = frozenset({"p", "h2", "h3", "blockquote", "ul", "ol", "hr"})
_EMPTY = {"br", "hr"}
_KEPT = ("href", "title")
# What XML 1.0 allows no document to hold, not even as a reference.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Builder(HTMLParser):
    def __init__(self, root):
        super().__init__(convert_charrefs=True)
        self.open = [root]

    def handle_starttag(self, tag, attributes):
        element = SubElement(self.open[-1], tag, {key: value or "" for key, value in attributes if key in _KEPT})
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag):
        if tag not in _EMPTY and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, words):
        add_text(self.open[-1], words)


def add_text(element: Element, words: str | None) -> None:
    """Put these words behind what the element holds already."""
    if not words:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def tree(body: str) -> Element:
    """The body as an element ``body`` of HTML elements; what stands loose between blocks is put into paragraphs."""
    loose = Element("body")
    builder = _Builder(loose)
    builder.feed(body)
    builder.close()
    return with_paragraphs(loose)


def with_paragraphs(element: Element) -> Element:
    """The same element with blocks alone in it."""
    held, run = Element(element.tag, element.attrib), None
    if (element.text or "").strip():
        run = SubElement(held, "p")
        run.text = element.text
    for child in element:
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS:
            held.append(child)
            run = None
        else:
            run = SubElement(held, "p") if run is None else run
            run.append(child)
        if tail and (tail.strip() or run is not None):
            run = SubElement(held, "p") if run is None else run
            add_text(run, tail)
    return held


def to_bytes(element: Element) -> bytes:
    """An XML document, without what XML cannot hold."""
    words = tostring(element, encoding="unicode")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + _NOT_IN_XML.sub("", words).encode() + b"\n"
