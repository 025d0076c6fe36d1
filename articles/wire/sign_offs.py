"""The desk's lines under a story: "(Reporting by …; Editing by …)", initials, "ENDS"."""

import re

from articles.crediting.agencies import agency

_WORK = (
    r"(?:additional )?(?:reporting|writing|editing|compiled|written|edited|translated|translation|graphics?|research"
    r"|production|photography|rewriting|interviews?"
    r"|reporting and writing|writing and editing|compilation|copy[- ]editing)"
)
_BRACKETED = re.compile(
    rf"[(\[]\s*(?:{_WORK}\s+(?:by|in|from)\b|{_WORK}:"
    r"|(?:with |by )?(?:inputs?|reporting|files|contributions?) (?:from|by)\b"
    r"|this (?:story|report|article) (?:has|was)\b"
    r"|تغطية|إعداد|اعداد|تحرير|شارك في|شاركت في|كتابة|ترجمة|تقرير من|النشرة العربية"
    r"|reportages?|avec |rédigé|édité|version française|información de|reporte de|reportaje|editado"
    r"|escrito por|traducido|bericht|redaktion)",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"{_WORK}\s+by:?\s+(?=[A-Z])", re.IGNORECASE)
_CONTRIBUTED = re.compile(
    r".{3,200}\bcontributed to this (?:report|story|article)\b.{0,60}"
    r"|(?:The )?(?:Associated Press|AP|AFP|Agence France-Presse|Reuters|Bloomberg)(?:'s|’s)?"
    r" (?:writers?|journalists?|reporters?|correspondents?|video journalists?) .{3,200}\bcontributed\b.{0,60}"
    r"|this (?:story|article|report) (?:has|was) (?:not )?(?:been )?"
    r"(?:edited|published from|(?:auto-?)?generated)\b.{0,140}"
    r"|.{0,60}\b(?:with|additional) (?:inputs?|reporting) (?:from|by) (?:agencies|[A-Z].{0,60})",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"(?=[^/]{1,12}/)(?:[a-z]{2,5}-)?[a-z]{1,5}(?:[-/][a-z]{1,6}){1,5}|(?:[A-Z]{2,3}/){1,3}[A-Z]{2,3}"
)
_END = re.compile(
    r"[-–—#*\s(]*(?:ends?|the end|30|انتهى|النهاية|mf|more to follow|more)[-–—#*\s.)]*|#{2,}"
    r"|(?:\(ends?\) ?|ends?/)[a-z\d./-]{1,14}",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:with )?(?:(?:inputs?|files|reporting|material) from )|with |by |مع ", re.IGNORECASE)
_INITIALS_AFTER_AGENCY = re.compile(
    r"\s*[/-]\s*(?:[a-z]{1,4}(?:[/.-][a-z]{1,4})*|[\u0621-\u064a](?: [\u0621-\u064a]){0,3})"
)
_ARABIC_OPEN = re.compile(r"(?:تغطية صحفية|إعداد|اعداد|تحرير|شارك في التغطية|كتابة|ترجمة)\s*[:：]?\s*\S.{2,120}")
_SMALL_WORDS = """
in and at by for the of with from to de la al bin van von der additional reporting editing writing compiled
edited written translated translation graphics graphic research production newsroom bureau bureaus staff desk
team
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_AT_END = re.compile(rf"[(\[]\s*(?={_WORK}\s+by\b|تغطية صحفية|إعداد |شارك في التغطية|reportages? )", re.IGNORECASE)


def is_sign_off(line: str) -> bool:
    """Whether the line says who reported, wrote and edited: by its shape, wherever it stands."""
    if len(line) > 600:
        return False
    if line[0] in "([" and _BRACKETED.match(line):
        return True
    if "by" in line[:50].casefold() and _OPEN.match(line):
        return _is_credits_only(line)
    may_be = "contributed" in line or line.startswith("This ")
    if may_be and len(line) <= 250 and _CONTRIBUTED.fullmatch(line):
        return True
    if line[0] < "\u0600" or not _ARABIC_OPEN.fullmatch(line):
        return False
    return ";" in line or "؛" in line or "للنشرة" in line or "تحرير" in line[8:]


def is_last_word(line: str) -> bool:
    """Whether the line, as the last one, is an agency's name alone, the desk's initials or an end mark."""
    if len(line) > 60:
        return False
    if _INITIALS.fullmatch(line) or _END.fullmatch(line) or _CONTRIBUTED.fullmatch(line):
        return True
    bare = line.strip(' .()[]-–—*«»"')
    label, colon, _ = bare.partition(":")
    if colon and label.casefold().strip() in {
        "source",
        "sources",
        "agencies",
        "المصدر",
        "المصادر",
        "via",
        "fuente",
        "quelle",
    }:
        return True
    if agency(bare) == "" and (opening := _WITH.match(bare)):
        bare = bare[opening.end() :]
    if (end := _INITIALS_AFTER_AGENCY.search(bare)) and end.end() == len(bare) and agency(bare[: end.start()]):
        return True
    names = re.split(r"\s*(?:[,،/+&–—-]| and | و)\s*", bare) if agency(bare) == "" else [bare]
    return bool(names) and all(
        agency(name) or name.casefold() in {"agencies", "وكالات", "الوكالات", "agences"} for name in names
    )


def opens_bracket(line: str) -> bool:
    """Whether a sign-off runs on to the next line."""
    return line[0] in "([" and line.count("(") + line.count("[") > line.count(")") + line.count("]")


def split_at_end(paragraph: str) -> tuple[str, str]:
    """A paragraph and the sign-off printed in its last line, "" if there is none."""
    start = max(0, len(paragraph) - 500)
    if not paragraph.rstrip(" .").endswith((")", "]")):
        return paragraph, ""
    opening = _AT_END.search(paragraph, start)
    if opening and opening.start():
        return paragraph[: opening.start()].rstrip(), paragraph[opening.start() :]
    return paragraph, ""


def _is_credits_only(line: str) -> bool:
    """Whether nothing but names, places and desk words follows: not "Reporting by aid groups has shown that …"."""
    if ";" in line:
        return True
    words = re.findall(r"[^\W\d_][\w.'’-]*", line)
    return len(words) <= 25 and all(
        word[0].isupper() or word.casefold() in _SMALL or not word.isascii() for word in words
    )
