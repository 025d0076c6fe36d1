"""What datelines are made of: places, dates, countries, and the order they stand in."""

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.crediting.agencies import agency

from .place_names import as_printed_in_text, is_known, is_label, is_plausible, is_shouted

QUOTES = '«»"“”'
_MONTH = (
    r"jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember)?\.?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?"
    r"|janv(?:ier|\.)?|févr(?:ier|\.)?|gen(?:naio|\.)?|febbraio|aprile|mag(?:gio|\.)?|giu(?:gno|\.)?|lug(?:lio|\.)?|set(?:tembre|\.)?|ott(?:obre|\.)?|dic(?:embre|\.)?|ene\.?|abr\.?|ago(?:sto|\.)?|avr\.?|juil\.?|déc\.?"
    r"|januar|februar|märz|juni|juli|oktober|dezember|dez\.?|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال"
)
_DATE_WORD = re.compile(
    rf"(?:\d{{1,4}}(?:st|nd|rd|th)?[.,]?|{_MONTH}|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rsday|rs)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|الأول|الثاني|م|هـ|ه|الموافق|في|ذو|القعدة|الحجة"
    r"|الآخرة|الآخر|السبت|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|gmt)[.,]?",
    re.IGNORECASE,
)
_APOSTROPHE = re.compile(r"\w['’]\w")  # SAN'A is the city, SANA the agency
_FIRST_PLACE = re.compile(r"\s*/\s*|\s+(?:and|et|y|und)\s+|\s+AND\s+|\s*&\s*|\s+و\s*(?=\S)|\s*\|\s*")


@dataclass(frozen=True)
class Dateline:
    """What a dateline or byline said; ``text`` is what follows it in the paragraph."""

    place: str = ""
    agency: str = ""
    byline: str = ""
    text: str = ""


def first_place(head: str) -> str:
    """The first place of "WASHINGTON/LONDON, April 2"."""
    return strip_date(_FIRST_PLACE.split(re.split(r"[,،]", head, maxsplit=1)[0].strip(), maxsplit=1)[0].strip())


def strip_date(words: str) -> str:
    """A place without the date printed after it: "BAGHDAD March 3"."""
    kept = words.split()
    while len(kept) > 1 and (_DATE_WORD.fullmatch(kept[-1])):
        kept.pop()
    return " ".join(kept).rstrip(".") if not words.endswith("D.C.") else words


@lru_cache(maxsize=1024)
def place_in(head: str, trusted: bool) -> str:
    """The first place of a dateline's head in ordinary capitals, or "" where the head is none.

    ``trusted``: an agency stands beside it, so that a place we do not know and in ordinary capitals will do.
    """
    first = first_place(head)
    if not first or is_label(first) or (agency(first) and not _APOSTROPHE.search(first)):
        return ""
    if not (is_known(first) or is_shouted(first) or (trusted and is_plausible(first) and first[0].isalpha())):
        return ""
    _, *others = re.split(r"\s*[,،]\s*", head.strip(" .,،"))
    if len(others) > 3 or not all(is_date(part) or is_country(part) for part in others):
        return ""
    return as_printed_in_text(first)


def agency_after(head: str) -> tuple[str, str]:
    """A dateline's head without the agency at its end, and that: "TEHRAN, Feb 5, IRNA", "TOKYO, Feb 5 Kyodo"."""
    start = max(head.rfind(","), head.rfind("،"))
    last = head[start + 1 :].strip()
    if start > 0 and agency(last) and last != "PA":  # Pennsylvania
        return head[:start].strip(), last
    before, _, last = head.rpartition(" ")
    if agency(last) and _DATE_WORD.fullmatch(before.rpartition(" ")[2]):
        return before.strip(), last
    return head, ""


def is_date(part: str) -> bool:
    """Whether the part is a date."""
    words = part.split()
    return bool(words) and len(words) <= 12 and all(_DATE_WORD.fullmatch(word) for word in words)


def is_country(part: str) -> bool:
    """Whether the part could be the country or state that a place stands in."""
    words = strip_date(part).split()
    return (
        1 <= len(words) <= 5
        and not is_label(part)
        and all(not word[0].islower() or word in {"of", "and", "the", "de", "al"} for word in words)
    )
