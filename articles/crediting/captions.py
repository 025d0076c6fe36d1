"""One line of caption -> the caption, its credit, its photographer.

The credit stands at the end, in brackets or bare. ``credit_raw`` is exactly what is taken off there, brackets, dash and
licence notice included and only outer white space and a stray full stop left out, so that the printed line can be put
together again; the caption keeps the full stop of its last sentence.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from .credits import Credit, read_credit

_LONGEST_TAIL = 200


@dataclass(frozen=True)
class Caption:
    """What one line of caption says.

    ``credit`` is the agency or institution alone ("AFP"), ``credit_raw`` the words as printed ("(AFP file)"),
    ``photographer`` the person's name in ordinary capitals ("" if none).
    """

    caption: str
    credit: str = ""
    credit_raw: str = ""
    photographer: str = ""
    is_file_photo: bool = False


_FILE_PREFIX = re.compile(
    r"(?:[\[(]\s*(?:files?|archives?)(?:[ -](?:photo(?:graph)?|picture|image|pic)s?)?\s*[\])]\s*[:–—-]*"
    r"|(?:reuters |afp |ap )?(?:files?|archives?)(?:[ -](?:photo(?:graph)?|picture|image|pic)s?)?\s*(?::|[–—]|-+(?=\s))"
    r"|photo d['’]archives?\s*[:–—-]|صورة (?:أرشيفية|من الأرشيف)\s*[:–—-]|(?:أرشيفية|أرشيف)\s*[:–—-])\s*",
    re.IGNORECASE,
)
_SHOUTED_FILE_PREFIX = re.compile(r"FILE (?:PHOTO|PICTURE|IMAGE)\s+(?=[A-Z])")
_SAYS_FILE = re.compile(
    r"(?:an? |this |in this |in an? )?(?:undated )?file (?:photo|picture|image|photograph)\b"
    r"|صورة (?:أرشيفية|من الأرشيف)\b",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"(?:[\s,/|–-]*\bTPX IMAGES OF THE DAY\b)?[\s,/|–-]*\b(?:(?:Purchase|Acquire) Licensing Rights\b"
    r"(?:[\s,/|–-]*opens new tab)?|TPX IMAGES OF THE DAY)[\s.]*$",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?:[.!?…؟。][\"'”’»)\]]*|[\"”»])\s*$")
# Where a bare credit may begin: after a sentence, a dash, a bar, or at a word that begins credits.
_START = re.compile(
    r"(?<=[.!?…؟”\"»)\]])\s+(?=\S)|\s+(?=[–—|/©]\s*\S)|\s+(?=-+\s)|\s*(?=©)"
    r"|(?:\s|(?<=[.]))(?=(?:REUTERS|AFP|AP|EPA|EPA-EFE|Reuters|Anadolu|Getty|Xinhua|dpa|DPA|Handout|HANDOUT|Courtesy|Photo|PHOTO|Photograph"
    r"|Image|Picture|File|Credit|Crédits?|Foto|Associated|Agence|رويترز|تصوير|عدسة)(?:[ /:-]|\.\.|$))"
    r"|(?<=[,،])\s+(?=\S+$)"
)
# Words that only a credit has, even where no sentence ended before it: "REUTERS/Name", "AFP file".
_MARKED = re.compile(
    r"[/©]|\b(?:photo|pictures?|images?|file|handout|courtesy|via|credit|archives?)\b|تصوير|عدسة", re.IGNORECASE
)
_LEAD = " \t–—|/-:"
_NO_CREDIT = Credit()


@lru_cache(maxsize=256)
def _parsed(line: str) -> tuple[Caption, bool]:
    text = line.strip()
    is_file = _SAYS_FILE.match(text) is not None
    if prefix := _FILE_PREFIX.match(text) or _SHOUTED_FILE_PREFIX.match(text):
        is_file, text = True, text[prefix.end() :]
    caption, raw, credit = _split(text)
    photo = Caption(caption, credit.name, raw, credit.photographer, is_file or credit.is_file)
    return photo, credit.known or bool(prefix)


def read_caption(line: str) -> Caption:
    """What one line of caption says: its words, its credit, its photographer.

    Takes plain text; brackets that hold no credit ("(left)") stay in the caption. Raises nothing: a line that is all
    credit gives a picture with an empty caption, one without a credit an empty credit.
    """
    return _parsed(line)[0]


def ends_in_credit(line: str) -> bool:
    """Whether the line ends (or, "FILE PHOTO:", begins) as only captions do."""
    return len(line) <= 1000 and _parsed(line)[1]


def _split(text: str) -> tuple[str, str, Credit]:
    """Caption, credit as printed, credit as read."""
    licence = _licence(text)
    end = licence.start() if licence else len(text)
    found = _NO_CREDIT
    start = end
    for _ in range(3):  # "(Reuters) (File)"
        split = _bracketed(text[:start]) or (_bare(text[:start]) if not found.name else None)
        if split is None:
            break
        start, credit = split
        found = Credit(
            found.name or credit.name,
            found.photographer or credit.photographer,
            found.is_file or credit.is_file,
            found.known or credit.known,
        )
        if not text[:start].strip():
            break
    if start == end:
        return text, "", _NO_CREDIT
    caption = text[:start].rstrip(_LEAD + ",،;©")
    raw = text[start:].strip()
    if raw.endswith((").", "].")):  # the sentence's own full stop, printed after the credit
        raw = raw[:-1]
        caption += "" if not caption or _STOP.search(caption[-6:]) else "."
    elif raw.endswith(".") and not licence:
        raw = raw[:-1] if not re.search(r"\b(?:[A-Z]|Jr|Inc|Ltd|Co)\.$", raw) else raw
        caption += "" if not caption or _STOP.search(caption[-6:]) else "."
    return caption, raw, found


def _licence(text: str) -> re.Match | None:
    tail = text[-_LONGEST_TAIL:].casefold()
    # Without one of these no notice begins: to look for them saves the search through nearly every caption.
    if "purchase" in tail or "acqu" in tail or "tpx" in tail:
        return _LICENCE.search(text, max(0, len(text) - _LONGEST_TAIL))
    return None


def _bracketed(text: str) -> tuple[int, Credit] | None:
    stripped = text.rstrip(" .،,")
    if not stripped.endswith((")", "]")):
        return None
    opening = _opening(stripped)
    if opening < 0:
        return None
    before = text[:opening]
    credit = read_credit(stripped[opening + 1 : -1], True, not before.strip() or _STOP.search(before[-8:]) is not None)
    return (opening, credit) if credit else None


def _opening(text: str) -> int:
    """Where the bracket opens that closes at the text's end; -1 if it does not, or too far back for a credit."""
    closing, depth = text[-1], 0
    opening = "(" if closing == ")" else "["
    last = text.rfind(opening, max(0, len(text) - _LONGEST_TAIL + 1))
    if last < 0 or closing not in text[last:-1]:
        return last  # nearly always: no brackets inside these
    for at in range(len(text) - 1, max(-1, len(text) - _LONGEST_TAIL), -1):
        depth += (text[at] == closing) - (text[at] == opening)
        if depth == 0:
            return at
    return -1


def _bare(text: str) -> tuple[int, Credit] | None:
    """The longest end of the text that can be nothing but a credit."""
    window = max(0, len(text) - _LONGEST_TAIL)
    starts = [0] if window == 0 else []
    starts += [match.end() for match in _START.finditer(text, window)]
    for start in starts:
        tail = text[start:]
        words = tail.strip(_LEAD)
        if not words or words[0] in "([":
            continue
        before = text[:start].rstrip()
        after_stop = not before or _STOP.search(before[-8:]) is not None or tail.lstrip()[:1] in "–—|/©-"
        credit = read_credit(words, in_brackets=False, after_stop=after_stop)
        if credit is None or not credit.known or (start == 0 and not credit.sure):
            continue
        if after_stop or _MARKED.search(words) or (before[-1] in ",،" and credit.sure):
            return start, credit
    return None
