"""Where a story was filed, by whom: "ADEN, April 2 (Reuters) - Text", "Cairo: Nadia Haddad", "By Nadia Haddad".

``run_in`` reads a dateline at the start of a paragraph, ``own_line`` one that fills a line, ``byline_of`` a byline. The
place is the first one alone, in ordinary capitals, without country, date or agency.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from .agencies import agency
from .names import are_persons, has_ordinary_words, is_organisation
from .place_names import as_printed_in_text, is_known, is_label, is_plausible, is_shouted

_WINDOW = 180
_DASH = r"(?:\s*[—–―]\s*|\s+-{1,3}\s+|\s*--\s*|-\s+)"
_WITH_AGENCY = re.compile(rf"([^()\[\]\n]{{0,90}}?)\s*[(\[]([^()\[\]]{{2,50}})[)\]]\s*(?:({_DASH}|[:.]\s+|\s*[-–—]+\s*)|\s*$)?")
_WITH_SLASHES = re.compile(r"([^/\n]{2,60}?)[.\s]*\s*/\s?([^/]{2,30}?)\s?/(?:\s*[-–—:.]+)?\s*")
_PLACE_AND_DASH = re.compile(rf"([^()\[\]:–—\n]{{2,70}}?)(?:{_DASH}|\s*:\s+)(?=\S)")
_AGENCY_NEXT = re.compile(rf"(.{{2,50}}?)(?:{_DASH}|\s*:\s+|\s*$)")

_MONTH = (
    r"jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember)?\.?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال"
)
_DATE_WORD = re.compile(
    rf"(?:\d{{1,4}}(?:st|nd|rd|th)?[.,]?|{_MONTH}|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rsday|rs)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|الأول|الثاني|م|هـ|ه|الموافق|في|ذو|القعدة|الحجة"
    r"|الآخرة|الآخر|السبت|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|gmt)[.,]?",
    re.IGNORECASE,
)
_FIRST_PLACE = re.compile(r"\s*/\s*|\s+(?:and|et|y|und)\s+|\s+AND\s+|\s*&\s*|\s+و\s*(?=\S)|\s*\|\s*")
_PARTS = re.compile(rf"{_DASH}|\s*[:|]\s*|\s*[/,،]\s*")
_BY = re.compile(
    r"(?:(?:story |written |reported |report |words |reporting )?by|author|authors|writer|par|por|von|بقلم|كتب|كتبت|كتبه|الكاتب|الكاتبة|إعداد|تقرير|حوار|تحقيق)"
    r"(?:\s*:\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_NEEDS_COLON = re.compile(r"(?:author|authors|writer|كتب|كتبت|كتبه|الكاتب|الكاتبة|إعداد|تقرير|حوار|تحقيق)\s", re.IGNORECASE)
_AFTER_NAMES = re.compile(r"\s*[,،|/(]\s*|\s+[-–—]+\s+|\s*[–—]\s*|\s+(?:in|for|at|في)\s+(?=\S)", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:staff|senior|special|chief|foreign|political|diplomatic|business|correspondent|writer|reporter|editor|bureau|contributor|مراسل|محرر|كاتب)",
    re.IGNORECASE,
)
_QUOTES = "«»\"“”"


@dataclass(frozen=True)
class Dateline:
    """What a dateline or byline said; ``text`` is what follows it in the paragraph."""

    place: str = ""
    agency: str = ""
    byline: str = ""
    text: str = ""


def run_in(paragraph: str) -> Dateline | None:
    """The dateline that the paragraph begins with and the rest of it, or None: then it begins with its own words."""
    return _before_agency(paragraph) or _between_slashes(paragraph) or _before_dash(paragraph)


def _before_agency(text: str) -> Dateline | None:
    """"ADEN, April 2 (Reuters) - …", "(Reuters) - …"."""
    match = _WITH_AGENCY.match(text[:_WINDOW])
    if match is None:
        return None
    head, printed, dash = match[1].strip(" -–—"), match[2].strip(), match[3]
    known = agency(printed.strip(_QUOTES)) or agency(re.split(r"[/,-]", printed)[0].strip())
    rest = text[match.end() :].strip()
    if not rest:
        return None
    if not head:
        return Dateline("", printed, "", rest) if known and dash else None
    place = _place(head, trusted=bool(known))
    if not place or not (known or (dash and _could_be_agency(printed) and is_shouted(_first(head)))):
        return None
    if not dash and not is_shouted(_first(head)):
        return None
    return Dateline(place, printed.strip(_QUOTES), "", rest)


def _between_slashes(text: str) -> Dateline | None:
    """"MOSCOW, March 3. /TASS/. …", "دبي في 3 مارس / وام / …"."""
    match = _WITH_SLASHES.match(text[:_WINDOW])
    if match is None or not agency(match[2]):
        return None
    place, rest = _place(match[1].strip(" .،,-"), trusted=True), text[match.end() :].strip()
    return Dateline(place, match[2], "", rest) if place and rest else None


def _before_dash(text: str) -> Dateline | None:
    """"PARIS — …", "DUBAI: …", "London – Reuters – …", "لندن - رويترز - …"."""
    match = _PLACE_AND_DASH.match(text[:_WINDOW])
    if match is None:
        return None
    head, mark, rest = match[1].strip(), text[match.end(1) : match.end()].strip(), text[match.end() :].strip()
    following = _AGENCY_NEXT.match(rest[:_WINDOW])
    if following and agency(following[1].strip(_QUOTES + " ")) and rest[following.end() :].strip():
        place = _place(head, trusted=True)
        if place:
            return Dateline(place, following[1].strip(_QUOTES + " "), "", rest[following.end() :].strip())
    if agency(head) and (head.isupper() or mark != ":") and _begins_sentence(rest) and mark != ":":
        return Dateline("", head, "", rest)
    first = _first(head)
    if not _begins_sentence(rest):
        return None
    if is_shouted(first) and (is_known(first) or mark != ":" or len(first) > 3):
        place = _place(head, trusted=False)
        return Dateline(place, "", "", rest) if place else None
    # In ordinary capitals, only a well-known city and a dash with no second one: "Paris – once a village – has …" is prose.
    if mark != ":" and is_known(first) and _place(head, False) and not re.search(r"\s[–—-]\s|[–—]", rest[:120]):
        return Dateline(_place(head, False), "", "", rest)
    return None


@lru_cache(maxsize=1024)
def own_line(line: str) -> Dateline | None:
    """The dateline that the whole line is ("Cairo: Nadia Haddad", "لندن - رويترز", "BEIRUT (AP)"), or None.

    After the place a person gives the byline, an organisation the agency, a country or a date nothing.
    """
    line = line.strip()
    if not line or len(line) > 120 or line.endswith((".", "!", "?", "؟")) and not line.endswith((" Jr.", " D.C.")):
        return None
    if line[0] in _QUOTES and line[-1] in _QUOTES and ":" in line:
        line = line[1:-1]
    core = line.strip(" -–—:").strip()
    if not any(map(str.isalpha, core)):
        return None
    if agency(core.strip(_QUOTES + "() ")) and core:
        return Dateline("", core.strip(_QUOTES + "() "))
    with_agency = _WITH_AGENCY.match(core)
    if with_agency and with_agency[1] and not core[with_agency.end() :].strip():
        printed, head = with_agency[2].strip(_QUOTES + " "), with_agency[1].strip(" -–—,")
        if agency(printed) or (_could_be_agency(printed) and is_shouted(_first(head))):
            if place := _place(head, trusted=bool(agency(printed))):
                return Dateline(place, printed)
            return Dateline("", printed, head) if are_persons(head) else None
    return _several_parts(line, core)


def _several_parts(line: str, core: str) -> Dateline | None:
    parts = [part for part in _PARTS.split(core) if part]
    if not parts:
        return None
    if len(parts) == 1:
        first = _strip_date(core)
        if first and is_known(first) and (first == core or is_shouted(first)):
            return Dateline(as_printed_in_text(first))
        words = core.split()
        for cut in range(len(words) - 1, 0, -1):  # "الرياض 3 مارس 2024 م واس"
            if agency(" ".join(words[cut:])):
                place = _place(" ".join(words[:cut]), trusted=False)
                return Dateline(place, " ".join(words[cut:])) if place and is_known(place) else None
        return None
    colon = ":" in line.split(parts[1])[0]
    place, printed, people = "", "", []
    for at, part in enumerate(parts):
        bare = part.strip(_QUOTES + "() ")
        if agency(bare):
            printed = printed or bare
        elif at == 0 and (_place(part, trusted=True) and not are_persons(part) or is_known(_first(part))):
            place = _place(part, trusted=True)
        elif at and not place and is_known(bare):
            place = as_printed_in_text(bare)
        elif _is_date(part) or (place and is_known(bare)):
            continue
        elif are_persons(bare):
            people.append(bare)
        elif place and (colon or is_known(_first(parts[0]))) and is_organisation(part) and at == len(parts) - 1:
            printed = printed or bare
        elif place and at == 1 and _is_country(part) and (is_shouted(_first(parts[0])) or is_known(_first(parts[0]))):
            if colon and has_ordinary_words(bare):
                return None
            printed = printed or (bare if colon else "")
        else:
            return None
    known = is_known(_first(parts[0]))
    if place and not known and not (colon and (people or printed)) and not (printed and agency(printed)):
        if not (is_shouted(_first(parts[0])) and "," in line):
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


@lru_cache(maxsize=1024)
def byline_of(line: str) -> Dateline | None:
    """Names of a line such as "By Nadia Haddad and John Smith, Associated Press", or None if it is no byline.

    An agency in the names' place ("By Reuters") is given as the agency; a place after "in" as the place.
    """
    if len(line) > 140:
        return None
    line = line.strip()
    match = _BY.match(line)
    if match is None:
        return None
    if _NEEDS_COLON.match(line) and ":" not in match[0]:
        return None
    rest = line[match.end() :].strip(_QUOTES + " ")
    if rest.endswith((".", "؟", "?", "!")) and not rest.endswith(("Jr.", "Sr.")):
        rest = rest.rstrip(".") if match[0].casefold().startswith("by") and len(rest.split()) <= 4 else ""
    names, place, printed = "", "", ""
    for found in _AFTER_NAMES.finditer(rest + " | "):
        candidate = rest[: found.start()].strip()
        if not are_persons(candidate):
            break
        names = candidate
    after = [part.strip(" ()|") for part in _AFTER_NAMES.split(rest[len(names) :]) if part.strip(" ()|")]
    for part in after:
        bare = part.removesuffix(" Staff").removesuffix(" staff")
        if agency(bare):
            printed = printed or bare
        elif names and is_plausible(part) and is_known(_first(part)):
            place = as_printed_in_text(_first(part))
        elif not (names and (_is_date(part) or _ROLE.match(part) or is_organisation(part))):
            return _agency_after_name(rest) if not names else None
    return Dateline(place, printed, names) if names or printed else None


def _agency_after_name(rest: str) -> Dateline | None:
    """"Nadia Haddad Associated Press", without a comma."""
    words = rest.split()
    for cut in range(len(words) - 1, 1, -1):
        if agency(" ".join(words[cut:])) and are_persons(" ".join(words[:cut])):
            return Dateline("", " ".join(words[cut:]), " ".join(words[:cut]))
    return None


def _first(head: str) -> str:
    """The first place of "WASHINGTON/LONDON, April 2"."""
    return _strip_date(_FIRST_PLACE.split(re.split(r"[,،]", head, maxsplit=1)[0].strip(), maxsplit=1)[0].strip())


def _strip_date(words: str) -> str:
    kept = words.split()
    while len(kept) > 1 and (_DATE_WORD.fullmatch(kept[-1])):
        kept.pop()
    return " ".join(kept).rstrip(".") if not words.endswith("D.C.") else words


@lru_cache(maxsize=1024)
def _place(head: str, trusted: bool) -> str:
    """The first place of a dateline's head in ordinary capitals, or "" where the head is none.

    ``trusted``: an agency stands beside it, so that a place we do not know and in ordinary capitals will do.
    """
    first = _first(head)
    if not first or is_label(first) or agency(first):
        return ""
    if not (is_known(first) or is_shouted(first) or (trusted and is_plausible(first) and first[0].isalpha())):
        return ""
    _, *others = re.split(r"\s*[,،]\s*", head.strip(" .,،"))
    if len(others) > 3 or not all(_is_date(part) or _is_country(part) for part in others):
        return ""
    return as_printed_in_text(first)


def _is_date(part: str) -> bool:
    words = part.split()
    return bool(words) and len(words) <= 12 and all(_DATE_WORD.fullmatch(word) for word in words)


def _is_country(part: str) -> bool:
    words = _strip_date(part).split()
    return 1 <= len(words) <= 5 and not is_label(part) and all(not word[0].islower() or word in {"of", "and", "the", "de", "al"} for word in words)


def _could_be_agency(printed: str) -> bool:
    return len(printed) <= 30 and printed[0].isupper() and len(printed.split()) <= 4 and not any(char.isdigit() for char in printed)


def _begins_sentence(rest: str) -> bool:
    return bool(rest) and not rest[0].islower() and (rest[0].isalnum() or rest[0] in "\"“”‘'’«([")
