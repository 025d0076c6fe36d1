"""The words of a picture credit -> agency or institution, photographer, file picture or not."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from .agencies import DISTRIBUTORS, agency
from .names import are_persons, is_institution, is_organisation, ordinary_capitals

_FILE_WORDS = """
file files archive archives archival archivo archiv stock أرشيفية ارشيفية أرشيف الأرشيف ارشيف أرشيفي
"""
_FILE = frozenset(_FILE_WORDS.split())
# Words that stand round names in credits and say nothing of whose the picture is.
_NOISE_WORDS = """
photo photos photograph picture pictures pic image foto fotos photographer by credit credits courtesy of from
via for the ho str stringer - – — & pool handout d'archives d’archives copyright © source video screenshot
screengrab provided released illustration graphic crédit crédits credito crédito bild archivbild
رسم توضيحي توضيحية صورة صور الصورة تصوير عدسة المصدر من خاص عبر
"""
_NOISE = frozenset(_NOISE_WORDS.split())
# A source of its own where nothing better is named.
_LAST_RESORT = {
    "supplied": "Supplied",
    "handout": "Handout",
    "pool": "Pool",
    "provided": "Provided",
    "screenshot": "Screenshot",
    "screengrab": "Screengrab",
}
_SOCIAL = "facebook twitter x instagram telegram youtube tiktok supplied reproduction متداولة إكس تويتر فيسبوك"
_STANDING = frozenset([*_SOCIAL.split(), "social media", "مواقع التواصل"])
_BY = re.compile(
    r"^(?:(?:file )?(?:photo(?:graph)?s?|pictures?|images?|fotos?)(?: taken)? (?:by|par|de|di|von|por)|by|photographer"
    r"|تصوير|عدسة|بعدسة)\b[\s:]*",
    re.IGNORECASE,
)
_STARTER = re.compile(
    r"^(?:©|\(c\)\s+\S|copyright\b|cr[ée]dit[ois]{0,2}(?: photo| fotos?)? ?:|courtesy\b|handout\b"
    r"|(?:hand-?out )?(?:file )?(?:photo(?:graph)?s?|pictures?|images?|fotos?)"
    r"(?: ?credits?)?(?: taken)?(?: (?:by|par|de|di|von|por|courtesy)\b| ?[:/]|(?= \w+ \w+$))"
    r"|source:|by(?= [A-Z])|تصوير|عدسة|المصدر ?:|صورة ?:)",
    re.IGNORECASE,
)
_VIA = re.compile(r"\s*\b(?:via|عبر)\s+", re.IGNORECASE)
_PHOTO_BY = re.compile(r"(?<=\w)\s+(?:photo(?:graph)?s?|pictures?|images?) by\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SEGMENT = re.compile(r"\s*[/|،؛;]+\s*|\s*[-–—]+\s+|\s+[-–—]+\s*|\s*,\s+|\s*:\s*|\s*©\s*")
# Where a person stands in a caption, a date, a club: in brackets, and no credit.
_POSITION = re.compile(
    r"(?:(?:[2-9]|1)(?:st|nd|rd|th)|first|second|third|fourth|far|top|bottom|back|front|upper|lower|center|centre|middle|"
    r"from|in|the|and|on|at|not|left|right|[lrc]|row|pictured|seen|shown|unseen|background|foreground|above|below|"
    r"standing|seated|sitting|wearing|blue|red|white|green|yellow|black|اليمين|اليسار|يمين|يسار|الوسط|وسط|من|إلى|في|"
    r"الثاني|الثالث|الأول|يسارا|يمينا|gauche|droite|centre|de|à|links|rechts|[\d.,:/\- –]+)",
    re.IGNORECASE,
)
_AND = re.compile(r"-|\s+(?:and|et|y|und|&)\s+")
_SENTENCE = re.compile(r"\w{2}[.!?…؟](?:\s|$)")
_LONGEST = 160


@dataclass(frozen=True)
class Credit:
    """What a credit says.

    ``known``: it has a form that only credits have. ``sure``: every word of it is an agency's, a photographer's or one
    of those that credits are made of.
    """

    name: str = ""
    photographer: str = ""
    is_file: bool = False
    known: bool = False
    sure: bool = False


@dataclass
class _Parts:
    agencies: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    is_file: bool = False


@lru_cache(maxsize=1024)
def read_credit(words: str, in_brackets: bool = True, after_stop: bool = True) -> Credit | None:
    """The credit that these words are, or None if they are something else.

    ``in_brackets``: they stood in brackets of their own. ``after_stop``: a finished sentence stood before them. Without
    brackets, or without a sentence's end, only what cannot be anything else is a credit.
    """
    words = words.strip(" .,،")
    if not words or len(words) > _LONGEST:
        return None
    if words.startswith("Credit.."):
        words = "Credit: " + words[6:].lstrip(". ")
    by = _BY.match(words)
    starter = by or _STARTER.match(words)
    *before, last = _VIA.split(_PHOTO_BY.sub(" / ", words) if " by " in words else words)
    parts = _Parts()
    for stretch in before:
        _sort(stretch, parts)
    carriers = _Parts()
    _sort(last, carriers if before else parts)
    if in_brackets and not starter and not before and _is_position(words):
        return None
    return _conclude(parts, carriers, bool(starter or before), in_brackets, after_stop)


def _sort(stretch: str, parts: _Parts) -> None:
    """Say of each segment between slashes and commas what it is."""
    by_name = _BY.match(stretch)
    after_agency = False
    for segment in _SEGMENT.split(stretch[by_name.end() :] if by_name else stretch):
        core = _peel(segment, parts)
        if not core or _YEAR.fullmatch(core):
            continue
        by = _BY.match(segment)
        if found := _agencies(core):
            parts.agencies += found
            after_agency = True
            continue
        person, _, employer = core.partition(" for ")
        if agency(employer) and are_persons(person):
            parts.people.append(person)
            parts.agencies.append(agency(employer))
            continue
        if core.casefold() in _STANDING or (is_institution(core) and not by):
            parts.bodies.append(core)
        elif are_persons(core) or ((after_agency or by or by_name) and _single_name(core)):
            parts.people.append(core)
        else:
            parts.unclear.append(core)
        by_name = None


def _agencies(core: str) -> list[str]:
    """The agencies that a segment names: "AFP", "Reuters TV", "AFP-Yonhap"; none if it names anything else."""
    name = core.removesuffix(" TV").removesuffix(" Video")
    if found := agency(name):
        return [found]
    if core[0] == "ل" and (found := agency(core[1:])):  # "صورة أرشيفية لرويترز"
        return [found]
    several = [agency(part) for part in _AND.split(core)]
    return several if len(several) > 1 and all(several) else []


def _peel(segment: str, parts: _Parts) -> str:
    """The segment without "photo", "file" and the like at its ends, which are noted."""
    words = segment.split()
    for end in (-1, 0):
        while words and (word := words[end].casefold().strip(".:()[]")) in _FILE | _NOISE:
            parts.is_file |= word in _FILE
            parts.flags.add(word)
            words.pop(end)
    return " ".join(words).strip("()[]*")


def _single_name(core: str) -> bool:
    return (
        len(core) > 1
        and len(core.split()) <= 4
        and not any(char.isdigit() for char in core)
        and (core[0].isupper() or not core.isascii())
    )


def _conclude(parts: _Parts, carriers: _Parts, marked: bool, in_brackets: bool, after_stop: bool) -> Credit | None:
    is_file = parts.is_file or carriers.is_file
    person = ordinary_capitals(", ".join(dict.fromkeys(parts.people or carriers.people)))
    agencies = carriers.agencies or parts.agencies
    unclear = [*parts.unclear, *carriers.unclear, *parts.bodies, *carriers.bodies]
    if not in_brackets and any(
        _SENTENCE.search(name) or name[0].islower() or len(name.split()) > 6 for name in unclear
    ):
        return None
    if agencies:
        if in_brackets and not after_stop and not marked and any(name[0].islower() for name in unclear):
            return None
        return Credit(_distributor(agencies), person, is_file, known=True, sure=not unclear)
    if named := carriers.bodies or carriers.unclear or parts.bodies or parts.unclear:
        return _institution(named[-1], person, is_file, marked, in_brackets, after_stop)
    flags = parts.flags | carriers.flags
    if person and (marked or is_file):
        return Credit(_last_resort(flags), person, is_file, known=True, sure=True)
    if person and in_brackets and after_stop:  # a bare name
        if any(name.startswith("ال") for name in parts.people):  # "(البيت الأبيض)": as no person's name begins
            return Credit(parts.people[-1])
        return Credit(_last_resort(flags), person, known=person.isascii())
    if person:
        return None
    return _flags_alone(flags, is_file, in_brackets, after_stop)


def _institution(
    name: str, person: str, is_file: bool, marked: bool, in_brackets: bool, after_stop: bool
) -> Credit | None:
    if marked:
        return Credit(name, person, is_file, known=in_brackets or name[0].isupper()) if len(name) <= 80 else None
    if not in_brackets:
        return None
    if name.casefold() in _STANDING:
        return Credit(name, person, is_file, known=True)
    if name[0].islower() or len(name.split()) > 9:
        return None
    if after_stop or is_file or (is_organisation(name) and len(name.split()) <= 6):
        return Credit(name, person, is_file, known=after_stop and is_organisation(name))
    return None


def _flags_alone(flags: set[str], is_file: bool, in_brackets: bool, after_stop: bool) -> Credit | None:
    if is_file and (in_brackets or after_stop or flags & {"photo", "صورة"}):
        return Credit(is_file=True, known=True, sure=True)
    last_resort = _last_resort(flags)
    if last_resort and (in_brackets or after_stop):
        return Credit(last_resort, known=in_brackets)
    return None


def _last_resort(flags: set[str]) -> str:
    return next((name for flag, name in _LAST_RESORT.items() if flag in flags), "")


def _distributor(agencies: list[str]) -> str:
    """After a slash the distributor: of several, the last that hands out others' pictures, else the last."""
    return next((name for name in reversed(agencies) if name in DISTRIBUTORS), agencies[-1])


def _is_position(words: str) -> bool:
    return all(_POSITION.fullmatch(word.strip("-–.")) for word in re.split(r"[\s,،]+", words))
