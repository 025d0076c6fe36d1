"""What may be asked of the API. Each parameter is checked by the same row that describes it."""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404

from articles import text
from articles.readers import results
from articles.readers.asking import LONGEST
from articles.readers.cursors import Cursor

from .problems import Problem, wrong

MOST, USUAL = 100, 25
_NAME = re.compile(r"[\w:./-]{1,200}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True)
class Parameter:
    """One thing that may be asked. ``read`` makes a value of the words, or raises ``ValueError`` with a sentence."""

    name: str
    description: str
    read: Callable[[str], Any]
    schema: dict = field(default_factory=lambda: {"type": "string"})
    default: Any = None


def read(parameters, given) -> dict:
    """The values of a request's query by name. Raises :class:`Problem` for what is unknown, twice there, or wrong."""
    known = {one.name: one for one in parameters}
    values = {one.name: one.default for one in parameters}
    for name, words in given.lists():
        if name not in known:
            names = ", ".join(sorted(known)) or "none"
            raise Problem(400, f"There is a parameter that nothing here is asked by. Those there are: {names}.")
        if len(words) > 1:
            raise wrong(name, f"“{name}” can be asked once.")
        try:
            values[name] = known[name].read(words[0])
        except ValueError as error:
            raise wrong(name, str(error)) from error
    return values


# --- how words are read ---------------------------------------------------------------------------------------------


def _name(words):
    if not _NAME.fullmatch(words):
        raise ValueError("This is no code, path or slug: they hold letters, digits and - _ : . / alone.")
    return words.strip("/")


def _instant(words):
    if not _INSTANT.fullmatch(words):
        raise ValueError("An instant is written as 2026-11-22T14:05:00Z, with its zone; a + in it as %2B.")
    try:
        at = datetime.fromisoformat(words).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("The calendar has no such instant.") from error
    if not 1800 <= at.year <= 2999:
        raise ValueError("An instant lies between the years 1800 and 2999.")
    return at


def _limit(words):
    if not re.fullmatch(r"[0-9]{1,4}", words) or not 1 <= int(words) <= MOST:
        raise ValueError(f"“limit” is a number from 1 to {MOST}.")
    return int(words)


def _among(name, words):
    def read(value):
        if value not in words:
            raise ValueError(f"“{name}” is one of: {', '.join(words)}.")
        return value

    return read


def _query(words):
    words = text.clean_line(words)
    if not words or len(words) > LONGEST:
        raise ValueError(f"Search for some words, of {LONGEST} characters at most.")
    return words


# --- cursors --------------------------------------------------------------------------------------------------------

# A cursor says where a list goes on. Whoever makes one up learns nothing by it: it names a place, not a story.
_CURSORS = {"t": Cursor.read, "q": results.Place.read, "c": _name}


def cursor(kind: str, place) -> str:
    """The cursor of that place in a list: ``t`` by time, ``q`` of a search, ``c`` by code."""
    return base64.urlsafe_b64encode(f"{kind}{place}".encode()).decode().rstrip("=")


def _cursor(kinds):
    def read(words):
        try:
            if not re.fullmatch(r"[A-Za-z0-9_-]{2,300}", words):
                raise ValueError
            told = base64.urlsafe_b64decode(words + "=" * (-len(words) % 4)).decode("ascii")
            if told[0] not in kinds or cursor(told[0], told[1:]) != words:
                raise ValueError
            return told[0], _CURSORS[told[0]](told[1:])
        except (ValueError, Http404, binascii.Error, UnicodeDecodeError) as error:
            message = "This cursor is none that the list has given. Leave it out to begin at the top."
            raise ValueError(message) from error

    return read


# --- the parameters -------------------------------------------------------------------------------------------------

_EDITIONS = [code for code, _name_of in settings.LANGUAGES]


def _listed(what, kinds):
    return (
        Parameter(
            "limit",
            f"How many {what} at most.",
            _limit,
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
            USUAL,
        ),
        Parameter("cursor", "Where to go on: what the page before gave as its cursor.", _cursor(kinds)),
    )


LANGUAGE = Parameter(
    "language",
    "The edition: the language that its stories and names are in.",
    _among("language", _EDITIONS),
    {"type": "string", "enum": _EDITIONS, "default": settings.LANGUAGE_CODE},
    settings.LANGUAGE_CODE,
)
FORMAT = Parameter(
    "format",
    "Plain JSON, or ninjs 3.1 as the IPTC has it.",
    _among("format", ("json", "ninjs")),
    {"type": "string", "enum": ["json", "ninjs"], "default": "json"},
    "json",
)
STORIES = (
    LANGUAGE,
    Parameter("region", "Stories set in that region, within it, or in a member of it: its code or path.", _name),
    Parameter("topic", "Stories on that topic or one beneath it: its code or slug.", _name),
    Parameter("source", "Stories that rest on that source: its code or slug.", _name),
    Parameter("author", "Stories by that author: the code or slug.", _name),
    Parameter(
        "since",
        "Stories first published at that instant or later (RFC 3339).",
        _instant,
        {"type": "string", "format": "date-time"},
    ),
    Parameter(
        "until",
        "Stories first published before that instant (RFC 3339).",
        _instant,
        {"type": "string", "format": "date-time"},
    ),
    Parameter(
        "q",
        "Words to search for, “phrases” in quotes, -not this. The best come first among the newest thousand.",
        _query,
        {"type": "string", "maxLength": LONGEST},
    ),
    FORMAT,
    *_listed("stories", "tq"),
)
PLACES = (LANGUAGE, *_listed("of them", "c"))
