"""XML written piece by piece, so that a long document takes no more memory than a short one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 can hold in no form, escaped or not.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Writer:
    """Collects an XML document; :meth:`taken` hands over what there is of it so far."""

    def __init__(self):
        self._parts = ['<?xml version="1.0" encoding="utf-8"?>\n']

    def leaf(self, name: str, text: str = "", **attributes: str) -> None:
        """An element with that text, or without any. Attributes whose names are no Python words go by ``{}``."""
        begun = f"<{name}{_attributes(attributes)}"
        self._parts.append(f"{begun}>{escape(cleaned(text))}</{name}>" if text else f"{begun}/>")

    @contextmanager
    def inside(self, name: str, **attributes: str) -> Iterator[None]:
        """An element around what is written meanwhile."""
        self._parts.append(f"<{name}{_attributes(attributes)}>")
        yield
        self._parts.append(f"</{name}>\n")

    def taken(self) -> str:
        """What was written since this was last asked."""
        words = "".join(self._parts)
        self._parts = []
        return words


def cleaned(words: str) -> str:
    """The same without characters that no XML document may hold."""
    return _NOT_IN_XML.sub("", words)


def _attributes(attributes):
    return "".join(f" {name}={quoteattr(cleaned(str(value)))}" for name, value in attributes.items() if value != "")
