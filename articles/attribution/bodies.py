"""Where a body stands in a phrase: "a spokeswoman for the port authority in Tyre" -> "port authority in Tyre".

Every function takes a :class:`Line` and positions of words in it (``last`` is the one after), and gives positions.
"""

import re
from collections.abc import Callable

from articles.attribution.words import (
    BYSTANDERS,
    COUNTRIES,
    DAYS,
    DETERMINERS,
    DOCUMENTS,
    HEADS,
    KNOWN_FIRMS,
    LINKS,
    LOOSE,
    MONTHS,
    NAME_ENDS,
    NAMED,
    NO_BODY,
    OFFICES,
    OFFICIALS,
    PAIRED,
    PARTICIPLES,
    PLACES_WITH_OFFICIALS,
    ROLES,
    SKIPPED,
    SOMEBODY,
    TITLES,
    UNNAMED,
)
from articles.naming import PEOPLES
from articles.words import where_they_stand

UNNAMED_BEFORE = frozenset(("military", "security", "intelligence"))  # their officials are nobody

Namer = Callable[[str], tuple[str, str]]  # a phrase -> (code, kind) of the source it names, or two empty strings

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’\-‑–&][^\W_]+)*['’]?")


class Line:
    """The words of one paragraph for reading attributions: whole words with their hyphens, and what stands between."""

    __slots__ = ("ends", "lower", "starts", "surface", "text")

    def __init__(self, text: str):
        self.text = text
        self.surface = _WORD.findall(text)
        self.lower = list(map(str.lower, self.surface))
        if "’" in text:
            self.lower = [word.replace("’", "'") if "’" in word else word for word in self.lower]

    def __getattr__(self, name):
        # Where the words stand is found out when somebody asks: not every line cites somebody.
        if name not in ("starts", "ends"):
            raise AttributeError(name)
        self.starts, self.ends = where_they_stand(self.surface, self.text)
        return getattr(self, name)

    def __len__(self):
        return len(self.surface)

    def breaks(self, index: int, marks: str = ',.;:!?()[]"“”«»—\n') -> bool:
        """Whether a mark stands between word ``index - 1`` and word ``index``."""
        gap = self.text[self.ends[index - 1] : self.starts[index]]
        if gap == " " or (gap == ". " and self.lower[index - 1] in TITLES):
            return False
        return any(sign in marks for sign in gap) or " - " in gap or " – " in gap

    def phrase(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.ends[last - 1]]

    def capital(self, index: int) -> bool:
        return self.surface[index][0].isupper()


def person_in(line: Line, first: int, last: int) -> str:
    """The phrase if it is somebody's name: two to five capitalised words and no body among them."""
    names = range(first, last)
    if not 2 <= last - first <= 5 or any(line.lower[index] in HEADS or line.lower[index] in ROLES for index in names):
        return ""
    joins = ("al", "el", "bin", "ben", "de", "van", "von", "bint", "abu")
    if all(line.capital(index) or line.lower[index] in joins for index in names):
        return line.phrase(first, last)
    return ""


def spelled_out(line: Line) -> dict[str, str]:
    """The short forms that the text explains itself: "the Palestinian Authority (PA)"."""
    found = {}
    for at in range(2, len(line)):
        short = line.surface[at]
        if not (2 <= len(short) <= 6 and short.isupper() and short.isalpha() and line.breaks(at, "(")):
            continue
        first, letters = at, list(short)
        while first and letters and at - first < 12 and not line.breaks(first, '.,;:)"”'):
            first -= 1
            if line.surface[first][0] == letters[-1]:
                letters.pop()
            elif line.lower[first] not in LINKS:
                break
        if not letters:
            found[short] = line.phrase(first, at)
    return found


def body_in(name: Namer, line: Line, first: int, last: int) -> tuple[int, int, str, str] | None:
    """(first, last, role, speaker) of the body in a phrase, article left off; None if it holds none."""
    lower = line.lower
    while first < last and (lower[first] in DETERMINERS or lower[first] in LINKS or lower[first] in SKIPPED):
        first += 1
    if last - first > 2 and lower[first] == "office" and lower[first + 1] == "of":
        inner = _plain_body(name, line, first + 2, last)
        if inner and "ministry" in lower[inner[0] : inner[1]]:
            return (*inner, "", "")
        return first, last, "", ""
    office = _minister(line, first, last)
    if office and line.capital(office[1] - 1) and lower[office[1] - 1] == "secretary":
        return office
    # What follows a role or a document: "spokesman for the port authority", "a statement by the ministry".
    role_at = next(
        (
            at
            for at in range(first, last)
            if (lower[at] in ROLES or _is_document(line, at)) and not (at + 1 < last and lower[at + 1] in HEADS)
        ),
        None,
    )
    if role_at is not None:
        role = "" if lower[role_at] in DOCUMENTS else lower[role_at]
        after = role_at + 1
        while after < last and lower[after] in ROLES:
            after += 1
        if after < last and lower[after] in ("of", "for", "at", "from", "with", "by", "in"):
            inner = _plain_body(name, line, after + 1, last)
            if inner:
                start, end = inner
                return start, end, role, person_in(line, end, last)
        if (
            lower[role_at] in OFFICIALS
            and role_at > first
            and lower[role_at - 1] in PLACES_WITH_OFFICIALS - UNNAMED_BEFORE
        ):
            return _trim(line, first, role_at), role_at + 1, "", ""
        before = _plain_body(name, line, first, role_at, role.startswith("spokes"))
        if before and (role not in UNNAMED or lower[before[0] : role_at] not in (["military"], ["security"])):
            return *before, role, person_in(line, after, last)
        return None
    office = _minister(line, first, last)
    if office:
        return office
    inner = _plain_body(name, line, first, last, True)
    return (*inner, "", "") if inner else None


def _minister(line: Line, first: int, last: int):
    """The office in "Interior Minister X", cited through the person who holds it."""
    lower = line.lower
    for at in range(first + 1, last):
        if lower[at] in ("minister", "secretary") and lower[at - 1] in OFFICES:
            start = at
            start -= 1
            while start > first and at - start < 5 and line.capital(start - 1) and not line.breaks(start):
                if lower[start - 1] in DETERMINERS or lower[start - 1] in LINKS:
                    break
                start -= 1
            return start, at + 1, lower[at], person_in(line, at + 1, last)
    return None


def _is_document(line: Line, at: int) -> bool:
    """A statement or a report, unless the word belongs to a name ("Geological Survey", "for the Study of War")."""
    return line.lower[at] in DOCUMENTS and not (at and line.capital(at) and _goes_on(line, at))


def _goes_on(line: Line, at: int) -> bool:
    """Whether a capitalised word stands before, with nothing but "of", "for the" … between."""
    before = at - 1
    while before > 0 and at - before < 4 and line.lower[before] in _WITHIN:
        before -= 1
    return line.capital(before) and line.lower[before] not in _WITHIN and not line.breaks(at)


_WITHIN = ("of", "for", "the", "and", "to", "on", "in", "against", "without")


def _trim(line: Line, first: int, last: int) -> int:
    while first < last - 1 and (line.lower[first] in DETERMINERS or line.lower[first] in LOOSE):
        first += 1
    if first < last - 1 and line.lower[first] == "group's":
        first += 1  # "the group's military"
    if first < last - 1 and line.lower[first].endswith("-based") and line.capital(first + 1):
        first += 1  # "the Britain-based Syrian Observatory"
    return first


def _plain_body(name: Namer, line: Line, first: int, last: int, alone: bool = False) -> tuple[int, int] | None:
    """Where the body's own name stands in a phrase that holds no role: from its modifiers to the end of its name."""
    lower = line.lower
    first = _trim(line, first, last)
    if first >= last:
        return None
    if lower[first] in DETERMINERS:
        first += 1
        if first >= last:
            return None
    if any(lower[at] in BYSTANDERS for at in range(first, min(first + 3, last - 1))):
        return None  # "Passengers at the airport said"
    head = next((at for at in range(first, last) if _is_head(line, at)), None)
    if head is None:
        return _known_body(name, line, first, last) or (_named_by_article(line, first, last) if alone else None)
    at = head + 1
    while at < last and lower[at] not in LINKS and lower[at] not in PARTICIPLES:
        head = at if _is_head(line, at) else head
        at += 1
    # The phrase's start: after the last word that links it to something before ("On Friday the ministry").
    start = first
    for at in range(head - 1, first - 1, -1):
        if lower[at] in DETERMINERS or (
            lower[at] in LINKS and not _inside_name(line, at) and not joins_adjectives(line, at)
        ):
            start = at + 1
            break
    start = _trim(line, start, head + 1)
    end = head + 1
    if end < last and (_is_somebody(line, end) or (alone and lower[head].endswith("'s") and not line.capital(end))):
        return None  # "a school teacher said"
    if end < last and lower[end] in (
        "of",
        "for",
        "in",
        "at",
        "run",
        "affiliated",
        "linked",
        "known",
        "on",
        "against",
        "to",
        "without",
    ):
        end = _tail(line, end, last)
    elif end < last and (
        line.capital(end) or line.surface[end].isdigit()
    ):  # "the agency OCHA", "rights group Al-Haq", "the Quds Force"
        while end < last and (line.capital(end) or line.surface[end].isdigit()) and end - head < 5:
            end += 1
    return start, end


def _is_somebody(line: Line, at: int) -> bool:
    word = line.lower[at]
    if line.capital(at) or line.breaks(at) or word in HEADS or word in LINKS or word in ROLES:
        return False
    somebody = word.removesuffix("s").endswith(("er", "or", "ist", "ian", "man", "men", "student"))
    return word in SOMEBODY or (len(word) > 4 and somebody)


def _tail(line: Line, first: int, last: int) -> int:
    """Where "of Health", "for Human Rights", "run by Hezbollah", "in Gaza" after a head ends."""
    at = first
    while at < last and at - first < 9:
        word = line.lower[at]
        if word in DAYS or (word in ("on", "in", "at") and at > first and not line.capital(min(at + 1, last - 1))):
            break
        if word in ("on", "in", "at") and (
            at + 1 >= last or not line.capital(at + 1) or line.lower[at + 1] in MONTHS | DAYS
        ):
            break
        at += 1
    while at > first and line.lower[at - 1] in LINKS:
        at -= 1
    return at


def joins_adjectives(line: Line, at: int) -> bool:
    """Whether "and" stands inside one name: "the meteorological and hydrological service"."""
    return (
        line.lower[at] == "and"
        and 0 < at < len(line) - 2
        and line.lower[at + 2] in HEADS
        and line.lower[at + 1] not in DETERMINERS
        and line.lower[at - 1] not in HEADS
    )


def _inside_name(line: Line, at: int) -> bool:
    return (
        0 < at < len(line) - 1
        and line.capital(at - 1)
        and line.capital(at + 1)
        and line.lower[at] in ("of", "for", "and")
    )


def _is_head(line: Line, at: int) -> bool:
    word = line.lower[at].removesuffix("'s").rstrip("'")
    if word in PAIRED and at and not line.breaks(at) and line.lower[at - 1] in PAIRED[word]:
        return True
    if word in KNOWN_FIRMS:
        return line.capital(at) and not _is_surname(line, at)
    if word in NAME_ENDS and line.capital(at) and at and line.capital(at - 1) and not line.breaks(at):
        return word in HEADS or line.lower[at - 1] not in DETERMINERS
    if word in NAMED:
        return line.capital(at) and (word not in ("who", "un", "eu") or line.surface[at].rstrip("'’s").isupper())
    if word in HEADS:
        return True
    surface = line.surface[at]
    after_article = at and line.lower[at - 1] == "the"
    return (
        (2 if after_article else 3) <= len(surface) <= 6
        and surface.isupper()
        and surface.isascii()
        and surface.isalpha()
        and word not in COUNTRIES
    )


def _is_surname(line: Line, at: int) -> bool:
    """Whether a first name stands before: "Tim Apple"."""
    if not at or line.breaks(at) or not line.capital(at - 1):
        return False
    before = line.lower[at - 1]
    return not (
        before.endswith("'s") or before in PEOPLES or before in DETERMINERS or before in DAYS or before in LINKS
    )


def _known_body(name: Namer, line: Line, first: int, last: int) -> tuple[int, int] | None:
    """A body that only the directory knows: "Human Rights Watch", "Aramco", "the White House"."""
    if not line.capital(last - 1):
        return None
    start = last - 1
    while start > first and (line.capital(start - 1) or line.lower[start - 1] in ("of", "the", "without")):
        start -= 1
    while start < last and line.lower[start] in LINKS:
        start += 1
    code, _ = name(line.phrase(start, last)) if start < last else ("", "")
    return (start, last) if code else None


def _named_by_article(line: Line, first: int, last: int) -> tuple[int, int] | None:
    """A name that the article shows to be no person's: "The Kremlin", "the Polisario Front", "the Elysee Palace"."""
    if not first or line.lower[first - 1] != "the" or line.breaks(first) or last - first > 6:
        return None
    words = line.lower[first:last]
    if (
        all(word in PEOPLES for word in words)
        or words[-1] in NO_BODY
        or words[0] in NO_BODY
        or words[0] in TITLES
        or words[-1].endswith(_PEOPLE_ENDINGS)
    ):
        return None
    if all(line.capital(at) or line.lower[at] in _WITHIN for at in range(first, last)) and line.capital(first):
        return None if any(line.breaks(at) for at in range(first + 1, last)) else (first, last)
    return None


_PEOPLE_ENDINGS = ("ians", "eans", "ans", "ese", "ites", "ists", "ian", "ean", "iard", "iards", "family")
