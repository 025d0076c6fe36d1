"""Lines that say who wrote: "By Nadia Haddad and John Smith, Associated Press", «بقلم نادية حداد»."""

import re
from functools import lru_cache

from articles.crediting.agencies import agency
from articles.crediting.names import are_persons, is_organisation

from .dateline_parts import QUOTES, Dateline, first_place, is_date
from .place_names import as_printed_in_text, is_known, is_plausible

_BY = re.compile(
    r"(?:(?:story |written |reported |report |words |reporting )?by|author|authors|writer|par|por|von"
    r"|بقلم|كتب|كتبت|كتبه|الكاتب|الكاتبة|إعداد|تقرير|حوار|تحقيق)"
    r"(?:\s*:\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_NEEDS_COLON = re.compile(
    r"(?:author|authors|writer|كتب|كتبت|كتبه|الكاتب|الكاتبة|إعداد|تقرير|حوار|تحقيق)\s", re.IGNORECASE
)
_AFTER_NAMES = re.compile(r"\s*[,،|/(]\s*|\s+[-–—]+\s+|\s*[–—]\s*|\s+(?:in|for|at|في)\s+(?=\S)", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:staff|senior|special|chief|foreign|political|diplomatic|business|correspondent|writer|reporter|editor|bureau|contributor|مراسل|محرر|كاتب)",
    re.IGNORECASE,
)


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
    rest = line[match.end() :].strip(QUOTES + " ")
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
        elif names and is_plausible(part) and is_known(first_place(part)):
            place = as_printed_in_text(first_place(part))
        elif not (names and (is_date(part) or _ROLE.match(part) or is_organisation(part))):
            return _agency_after_name(rest) if not names else None
    return Dateline(place, printed, names) if names or printed else None


def _agency_after_name(rest: str) -> Dateline | None:
    """ "Nadia Haddad Associated Press", without a comma."""
    words = rest.split()
    for cut in range(len(words) - 1, 1, -1):
        if agency(" ".join(words[cut:])) and are_persons(" ".join(words[:cut])):
            return Dateline("", " ".join(words[cut:]), " ".join(words[:cut]))
    return None
