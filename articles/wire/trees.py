"""Looking things up in a tree of XML by local names, whatever its namespaces; None in gives nothing out."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from articles.text import clean_line

from .tags import HIDDEN, local, walk


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The direct children of these local names (lower case), in order; all of them if none is given."""
    for one in element if element is not None else ():
        if isinstance(one.tag, str) and (not names or local(one.tag) in names):
            yield one


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, and in it the first of the next name, and so on."""
    for name in path:
        element = next(children(element, name), None)
    return element


def descend(element: Element | None, *names: str) -> Iterator[Element]:
    """All that stand anywhere inside the element and have one of these names, in order."""
    if element is not None:
        for one in element.iter():
            if one is not element and local(one.tag) in names:
                yield one


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its local name, as one clean line; "" if it is not there."""
    if element is None:
        return ""
    if name in element.attrib:
        return clean_line(element.attrib[name])
    return next((clean_line(value) for key, value in element.attrib.items() if local(key) == name), "")


def words(element: Element | None, without: tuple[str, ...] = ()) -> str:
    """All the text inside the element as one plain line, but for what stands in elements of these names."""
    if element is None:
        return ""
    parts, hidden = [], 0
    for what, name, _ in walk(element):
        if what == "text":
            if not hidden:
                parts.append(name)
        elif name in without or (name in HIDDEN and name != local(element.tag)):
            hidden += 1 if what == "start" else -1
        elif name == "br":
            parts.append(" ")
    return clean_line("".join(parts))


def texts(element: Element | None, *names: str) -> list[str]:
    """The words of each direct child of these names, those without any left out."""
    return [line for one in children(element, *names) if (line := words(one))]
