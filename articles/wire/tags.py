"""HTML and XML markup as it comes -> a stream of tags and text, in linear time, whatever is wrong with it.

``read_markup`` reads a string as browsers do, roughly: what is no tag is text, what is never closed ends by itself.
``walk`` gives the same for a tree that an XML parser made.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from .markup import unescape

# ("start", name, attributes), ("end", name, None), ("text", words, None); names in lower case without a prefix.
Tag = tuple[str, str, dict[str, str] | None]

_SIMPLE = re.compile(r"<(/?)([a-z][a-z0-9]{0,20})(/?)>")  # most tags
_NAME = re.compile(r"</?([a-zA-Z][\w:.-]{0,80})")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s=<>/"']{1,200})(?:\s{0,20}=\s{0,20}("[^"]*"|'[^']*'|[^\s"'<>]+))?""")
_END_OF_TAG = re.compile(r"[\s/]*[^<>]*>?")
# Never closed: everything else that is opened is closed by its own end tag or by that of what it stands in.
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
VOID = frozenset(_VOID_NAMES.split())
# What holds no words for readers.
_HIDDEN_NAMES = "script style head title noscript template svg math object textarea select button media-object"
HIDDEN = frozenset(_HIDDEN_NAMES.split())
# Inside these nothing is a tag.
_RAW = frozenset({"script", "style", "textarea", "title"})


@lru_cache(maxsize=4096)  # a document has few names, and asks for each of them often
def local(name: object) -> str:
    """``{http://…}P`` and ``xhtml:p`` are ``p``; "" for comments and the like."""
    return name.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(name, str) else ""


def read_markup(markup: str) -> Iterator[Tag]:
    """The tags and the text of a string of markup, entities decoded; comments, scripts and styles left out."""
    at, missing = 0, set()
    length = len(markup)
    while at < length:
        opening = markup.find("<", at)
        if opening < 0:
            yield "text", unescape(markup[at:]), None
            return
        if opening > at:
            yield "text", unescape(markup[at:opening]), None
        if markup.startswith(("<!", "<?"), opening):
            words, at = _declaration(markup, opening, missing)
            if words:
                yield "text", words, None
            continue
        if simple := _SIMPLE.match(markup, opening):
            (is_end, name, is_empty), at, attributes = simple.groups(), simple.end(), {}
        elif named := _NAME.match(markup, opening):
            name, is_end = local(named[1]), markup[opening + 1] == "/"
            attributes, at, is_empty = _attributes(markup, named.end())
        else:
            yield "text", "<", None
            at = opening + 1
            continue
        if is_end:
            yield "end", name, None
            continue
        if name in _RAW:
            at = _after(markup, name, at, missing)
            continue
        yield "start", name, attributes
        if is_empty or name in VOID:
            yield "end", name, None


def _declaration(markup, opening, missing):
    """The text of a CDATA section, "" for a comment or another declaration, and where it ends."""
    for start, end in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<", ">")):
        if markup.startswith(start, opening):
            found = -1 if end in missing else markup.find(end, opening + len(start))
            if found < 0:  # never closed: it costs its own line
                missing.add(end)
                found = markup.find("\n", opening)
                return "", len(markup) if found < 0 else found
            return markup[opening + 9 : found] if start == "<![CDATA[" else "", found + len(end)
    raise AssertionError  # pragma: no cover - the last start always fits


def _attributes(markup, at):
    """The attributes of the tag, where it ends, and whether it says itself that it is empty."""
    attributes = {}
    while found := _ATTRIBUTE.match(markup, at):
        if len(attributes) < 50:
            value = found[2] or ""
            value = value[1:-1] if value[:1] in ("'", '"') else value
            attributes.setdefault(local(found[1]), unescape(value[:4000]))
        at = found.end()
    end = _END_OF_TAG.match(markup, at).end()
    return attributes, end, markup[max(at, end - 2) : end] == "/>"


def _after(markup, name, at, missing):
    """Where the element's end tag ends; the end of its line if there is none."""
    closing = f"</{name}"
    found = None if closing in missing else re.compile(closing, re.IGNORECASE).search(markup, at)
    if found is None:
        missing.add(closing)
        end = markup.find("\n", at)
        return len(markup) if end < 0 else end
    end = markup.find(">", found.end())
    return len(markup) if end < 0 else end + 1


def walk(element) -> Iterator[Tag]:
    """The same of an element of a tree and all that it holds, however deep; its own tag included."""
    waiting = [(element, iter(element))]
    yield from _opened(element)
    while waiting:
        parent, children = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
            if name := local(parent.tag):
                yield "end", name, None
            if waiting and parent.tail:
                yield "text", parent.tail, None
            continue
        yield from _opened(child)
        waiting.append((child, iter(child)))


def _opened(element):
    if name := local(element.tag):
        yield "start", name, {local(key): value for key, value in element.attrib.items()}
        if element.text:
            yield "text", element.text, None
