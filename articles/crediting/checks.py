"""What is odd about a picture's caption, alternative text and credit: advice for whoever writes them. Pure."""

import re
from dataclasses import dataclass

from articles import text

from .captions import read_caption
from .names import is_person


@dataclass(frozen=True)
class Check:
    """One thing to look at: a code, a sentence, the field that it is about."""

    code: str
    message: str
    field: str


_ENDS = re.compile(r"[.!?…؟。][\"'”’»)\]]*$")
_ORDER = re.compile(
    r"\b(?:left|right|l-?r|clockwise|from top|front row|back row|centre|center|middle|second|third|beside|"
    r"gauche|droite|links|rechts)\b|يمين|يسار|الوسط",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:\d{4}|\d{1,2}[ ./-](?:\d{1,2}|\w+)|today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?|[٠-٩]|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_a-z][\w'’-]+ ){1,3}[^\W\d_a-z][\w'’-]+")


def look(
    caption: str, alt_text: str, credit: str, photographer: str = "", *, people=(), taken_at=None, is_file=False
) -> list[Check]:
    """What is odd about those words, as readers will see them. ``people`` are the names of whom the picture shows."""
    found = []

    def say(code, message, field):
        found.append(Check(code, message, field))

    if caption and not _ENDS.search(caption.strip()):
        say("no_stop", "The caption does not end in a full stop.", "caption")
    if not alt_text:
        say("no_alt_text", "There is no alternative text: say what the picture shows.", "alt_text")
    elif caption and text.fold(alt_text) == text.fold(caption):
        say("alt_is_caption", "The alternative text is the caption again: say what the picture shows.", "alt_text")
    if caption and _credit_doubled(caption, credit, photographer):
        say("credit_doubled", "The credit stands in the caption too: readers would see it twice.", "caption")
    shown = list(people) or _names(caption)
    if len(shown) > 1 and caption and not _ORDER.search(caption):
        say("no_order", "It names several people: say who stands where, from left to right.", "caption")
    if caption and not taken_at and not _DATE.search(caption):
        say("no_date", "Neither the caption nor the picture says when it was taken.", "caption")
    if caption and is_file and not _DATE.search(caption):
        say("file_no_date", "It is a file picture: say in the caption when it was taken.", "caption")
    return found


def _credit_doubled(caption, credit, photographer):
    if read_caption(caption).credit_raw:
        return True
    tail = text.fold(caption[-120:])
    names = [text.fold(name) for name in (credit, photographer) if name and len(name) > 2]
    return any(tail.endswith(name) for name in names)


def _names(caption):
    """The names of persons in a caption, each once."""
    return list(dict.fromkeys(name for name in _NAME.findall(caption) if is_person(name)))
