"""Where a story was filed: "ADEN, April 2 (Reuters) - Text", "Cairo: Nadia Haddad".

``run_in`` reads a dateline at the start of a paragraph, ``own_line`` one that fills a line. The place is the first one
alone, in ordinary capitals, without country, date or agency.
"""

import re
from functools import lru_cache

from articles.crediting.agencies import agency
from articles.crediting.names import are_persons, has_ordinary_words, is_organisation

from .dateline_parts import QUOTES, Dateline, agency_after, first_place, is_country, is_date, place_in, strip_date
from .place_names import as_printed_in_text, is_known, is_on_the_way, is_shouted

_WINDOW = 180
_DASH = r"(?:\s*[—–―]\s*|\s+-{1,3}\s+|\s*--\s*|-\s+)"
_WITH_AGENCY = re.compile(
    rf"([^()\[\]\n]{{0,90}}?)\s*[(\[]([^()\[\]]{{2,50}})[)\]]\s*(?:({_DASH}|\.?[-–—]+\s*|[:.]\s+)|\s*$)?"
)
_WITH_SLASHES = re.compile(r"([^/|\n]{2,60}?)[.\s]*\s*[/|]\s?([^/|]{2,30}?)\s?[/|](?:\s*[-–—:.]+)?\s*")
_PLACE_AND_DASH = re.compile(rf"([^()\[\]:–—\n]{{2,70}}?)(?:{_DASH}|\s*:\s+)(?=\S)")
_LONGEST_HEAD = 80  # a place of seventy characters, and the mark after it
_MARKS = (":", "—", "–", "―", "- ", "--")
_AGENCY_NEXT = re.compile(rf"(.{{2,50}}?)(?:{_DASH}|\s*:\s+|\s*$)")

_PARTS = re.compile(rf"{_DASH}|\s*[:|]\s*|\s*[/,،]\s*")


def run_in(paragraph: str) -> Dateline | None:
    """The dateline that the paragraph begins with and the rest of it, or None: then it begins with its own words."""
    return _before_agency(paragraph) or _between_slashes(paragraph) or _before_dash(paragraph)


def _before_agency(text: str) -> Dateline | None:
    """ "ADEN, April 2 (Reuters) - …", "(Reuters) - …"."""
    match = _WITH_AGENCY.match(text[:_WINDOW]) if "(" in text[:_WINDOW] or "[" in text[:_WINDOW] else None
    if match is None:
        return None
    head, printed, dash = match[1].strip(" -–—"), match[2].strip(), match[3]
    known = agency(printed.strip(QUOTES)) or agency(re.split(r"[/,-]", printed)[0].strip())
    rest = text[match.end() :].strip()
    if not rest:
        return None
    if not head:
        return _agency_first(printed, rest, bool(dash)) if known else None
    place = place_in(head, trusted=bool(known))
    if not place or not (known or (dash and _could_be_agency(printed) and is_shouted(first_place(head)))):
        return None
    if not dash and not is_shouted(first_place(head)):
        return None
    return Dateline(place, printed.strip(QUOTES), "", rest)


def _agency_first(printed: str, rest: str, dash: bool) -> Dateline | None:
    """ "(ANSA) - ROME, FEB 5 - …", "MENA - CAIRO: …": the place, if there is one, stands after the agency."""
    match = _PLACE_AND_DASH.match(rest[:_WINDOW])
    if match and _begins_sentence(rest[match.end() :]) and (dash or is_shouted(first_place(match[1]))):
        head = match[1].strip()
        if (is_known(first_place(head)) or is_shouted(first_place(head))) and (place := place_in(head, False)):
            return Dateline(place, printed, "", rest[match.end() :].strip())
    return Dateline("", printed, "", rest) if dash else None


def _between_slashes(text: str) -> Dateline | None:
    """ "MOSCOW, March 3. /TASS/. …", "دبي في 3 مارس / وام / …"."""
    match = _WITH_SLASHES.match(text[:_WINDOW]) if "/" in text[:_WINDOW] or "|" in text[:_WINDOW] else None
    if match is None or not agency(match[2]):
        return None
    place, rest = place_in(match[1].strip(" .،,-"), trusted=True), text[match.end() :].strip()
    return Dateline(place, match[2], "", rest) if place and rest else None


def _before_dash(text: str) -> Dateline | None:
    """ "PARIS — …", "DUBAI: …", "London – Reuters – …", "لندن - رويترز - …"."""
    if not any(mark in text[:_LONGEST_HEAD] for mark in _MARKS):
        return None  # most paragraphs: the pattern would be tried at each of their first letters
    match = _PLACE_AND_DASH.match(text[:_WINDOW])
    if match is None:
        return None
    head, mark, rest = match[1].strip(), text[match.end(1) : match.end()].strip(), text[match.end() :].strip()
    following = _AGENCY_NEXT.match(rest[:_WINDOW])
    if following and agency(following[1].strip(QUOTES + " ")) and rest[following.end() :].strip():
        place = place_in(head, trusted=True)
        if place:
            return Dateline(place, following[1].strip(QUOTES + " "), "", rest[following.end() :].strip())
    if not _begins_sentence(rest):
        return None
    if agency(head):
        return _agency_first(head, rest, True) if mark != ":" else None
    head, printed = agency_after(head)
    first = first_place(head)
    if is_shouted(first) and (is_known(first) or mark != ":" or len(first) > 3):
        place = place_in(head, trusted=False)
        return Dateline(place, printed, "", rest) if place else None
    # In ordinary capitals, only a known city and a dash with no second one: "Paris – once a village – has …" is prose.
    is_prose = not printed and re.search(r"\s[–—-]\s|[–—]", rest[:120])
    if mark != ":" and is_known(first) and not is_prose and (place := place_in(head, False)):
        return Dateline(place, printed, "", rest)
    return None


@lru_cache(maxsize=1024)
def own_line(line: str) -> Dateline | None:
    """The dateline that the whole line is ("Cairo: Nadia Haddad", "لندن - رويترز", "BEIRUT (AP)"), or None.

    After the place a person gives the byline, an organisation the agency, a country or a date nothing.
    """
    line = line.strip()
    if not line or len(line) > 120 or (line.endswith((".", "!", "?", "؟")) and not line.endswith((" Jr.", " D.C."))):
        return None
    if line[0] in QUOTES and line[-1] in QUOTES and ":" in line:
        line = line[1:-1]
    core = line.strip(" -–—:").strip()
    if not any(map(str.isalpha, core)):
        return None
    if agency(core.strip(QUOTES + "() ")) and core:
        return Dateline("", core.strip(QUOTES + "() "))
    with_agency = _WITH_AGENCY.match(core)
    if with_agency and with_agency[1] and not core[with_agency.end() :].strip():
        printed, head = with_agency[2].strip(QUOTES + " "), with_agency[1].strip(" -–—,")
        if agency(printed) or (_could_be_agency(printed) and is_shouted(first_place(head))):
            if place := place_in(head, trusted=bool(agency(printed))):
                return Dateline(place, printed)
            return Dateline("", printed, head) if are_persons(head) else None
        if is_known(printed) and are_persons(head):
            return Dateline(as_printed_in_text(printed), "", head)
    return _several_parts(line, core)


def _several_parts(line: str, core: str) -> Dateline | None:
    parts = [part for part in _PARTS.split(core) if part]
    if not parts:
        return None
    if len(parts) == 1:
        first = strip_date(core)
        if first and ((is_known(first) and (first == core or is_shouted(first))) or is_on_the_way(first)):
            return Dateline(as_printed_in_text(first))
        words = core.split()
        for cut in range(len(words) - 1, 0, -1):  # "الرياض 3 مارس 2024 م واس"
            if agency(" ".join(words[cut:])):
                place = place_in(" ".join(words[:cut]), trusted=False)
                return Dateline(place, " ".join(words[cut:])) if place and is_known(place) else None
        return None
    colon = ":" in line.split(parts[1])[0]
    place, printed, people = "", "", []
    for at, part in enumerate(parts):
        bare = part.strip(QUOTES + "() ")
        if agency(bare):
            printed = printed or bare
        elif at == 0 and ((place_in(part, trusted=True) and not are_persons(part)) or is_known(first_place(part))):
            place = place_in(part, trusted=True)
        elif at and not place and is_known(bare):
            place = as_printed_in_text(bare)
        elif is_date(part) or (place and is_known(bare)):
            continue
        elif are_persons(bare):
            people.append(bare)
        elif place and (colon or is_known(first_place(parts[0]))) and is_organisation(part) and at == len(parts) - 1:
            printed = printed or bare
        elif (
            place
            and at == 1
            and is_country(part)
            and (is_shouted(first_place(parts[0])) or is_known(first_place(parts[0])))
        ):
            if colon and has_ordinary_words(bare):
                return None
            printed = printed or (bare if colon else "")
        else:
            return None
    known = is_known(first_place(parts[0]))
    marked = (colon and (people or printed)) or agency(printed) or (is_shouted(first_place(parts[0])) and "," in line)
    if place and not known and not marked and not (people and parts[0].strip(QUOTES + "() ") in people):
        return None
    if people and not place and not printed:
        return None
    return Dateline(place, printed, _as_printed(core, people))


def _as_printed(line: str, people: list[str]) -> str:
    """The names with the words between them as they stand in the line."""
    if not people:
        return ""
    printed = line[line.index(people[0]) : line.rindex(people[-1]) + len(people[-1])]
    return ", ".join(people) if ":" in printed else printed


def _could_be_agency(printed: str) -> bool:
    return (
        len(printed) <= 30
        and printed[0].isupper()
        and len(printed.split()) <= 4
        and not any(char.isdigit() for char in printed)
    )


def _begins_sentence(rest: str) -> bool:
    return bool(rest) and not rest[0].islower() and (rest[0].isalnum() or rest[0] in "\"“”‘'’«([")
