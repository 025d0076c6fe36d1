"""Pure functions on text: no models, no settings, no request."""

import html
import re
import unicodedata

import nh3

RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "yi", "sd", "ug"})

# What a story's body may hold. Everything else is removed, its text kept (except scripts and styles, removed whole).
BODY_TAGS = {"p", "h2", "h3", "blockquote", "ul", "ol", "li", "strong", "em", "a", "br", "hr", "sub", "sup"}
BODY_ATTRIBUTES = {"a": {"href", "title", "lang", "dir"}, "p": {"lang", "dir"}, "blockquote": {"lang", "dir"}}
URL_SCHEMES = {"http", "https", "mailto", "tel"}

# Directional overrides and isolates, zero-width and other invisible characters that change how text reads.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069\u061c]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069\u061c]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u20d0-\u20ff"
_MARKS_RUN = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|ul|ol|div)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
# Words beyond this are not indexed: PostgreSQL refuses a text with more than a megabyte of them.
LONGEST_INDEXED = 200_000
# Typographic marks that most copy holds, so that the rest of it takes the short way.
_PRINTERS_MARKS = (("’", "'"), ("‘", " "), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", " "), ("\u00a0", " "))
_ARABIC_LETTERS = tuple(zip("أإآٱىةؤئیک", "اااايهوييك", strict=True))
# Of ASCII alone: what is no letter or digit but may join them, and such a join with nothing on one of its sides.
_ASCII_APART = "".join(sign if (sign := chr(code)).isalnum() or sign in "'-" else " " for code in range(128))
_ASCII_LOOSE = re.compile(r"['-](?:(?![a-zA-Z0-9])|(?<![a-zA-Z0-9].))", re.DOTALL)
_FEW = 20


def _tidy(value: str) -> str:
    if value.isascii() and value.isprintable():
        return value  # as most lines are: nothing in it could be changed below
    # Marks first: to normalise a run of thousands of them takes the square of its length.
    return _CONTROL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", _MARKS_RUN.sub(r"\1", value))))


def without_unseen(value: str) -> str:
    """The same without invisible characters and controls; those that count as white space stay."""
    return _UNSEEN.sub("", value)


def clean_line(value: str) -> str:
    """One line of plain text: NFC, controls and invisible characters out, runs of white space made one space."""
    return " ".join(_tidy(value).split())


def sanitise(markup: str) -> str:
    """HTML that is safe to show to anybody: only the tags, attributes and address schemes that a story may use."""
    return nh3.clean(
        _tidy(markup),
        tags=BODY_TAGS,
        attributes=BODY_ATTRIBUTES,
        url_schemes=URL_SCHEMES,
        clean_content_tags={"script", "style"},
        link_rel="noopener",
    ).strip()


def paragraphs(markup: str) -> list[str]:
    """The plain text of each block of sanitised HTML, in order, empty ones left out."""
    text = _TAG.sub("", _BLOCK_END.sub("\n", markup))
    lines = (" ".join(html.unescape(line).split()) for line in text.split("\n"))
    return [line for line in lines if line]


def plain(markup: str) -> str:
    """Sanitised HTML as plain text, one block a line."""
    return "\n".join(paragraphs(markup))


def count_words(text: str) -> int:
    """Words in plain text; works for every script that separates words."""
    return sum(1 for _ in _WORD.finditer(text))


def reading_minutes(words: int) -> int:
    """Whole minutes to read that many words, at 230 a minute, at least one."""
    return max(1, round(words / 230))


def fold(value: str) -> str:
    """The form in which two spellings of one thing are equal.

    Case-folded, accents and Arabic vowel marks out, Arabic letter variants made one, punctuation and white space
    made one space. For keys and matching; never shown.
    """
    # Written for speed: imports fold every line. Of what is ASCII in the end nothing is looked at sign by sign.
    value = value.casefold()
    if not value.isascii():
        for sign, instead in _PRINTERS_MARKS:
            value = value.replace(sign, instead)
        if not value.isascii():
            value = _without_accents(unicodedata.normalize("NFKD", value).casefold())
    if not value.isascii():
        return " ".join(_WORD.findall(value))
    value = value.translate(_ASCII_APART)
    if "'" in value or "-" in value:
        value = _ASCII_LOOSE.sub(" ", value)
    return " ".join(value.split())


def _without_accents(value):
    """Decomposed text without combining marks, its Arabic letter variants made one."""
    marks = [char for char in set(value) if char > "\x7f" and unicodedata.combining(char)]
    if len(marks) <= _FEW:
        for mark in marks:
            value = value.replace(mark, "")
    else:
        value = "".join(char for char in value if not unicodedata.combining(char))
    if value.isascii():
        return value
    value = _ARABIC_MARKS.sub("", value)
    for letter, instead in _ARABIC_LETTERS:
        value = value.replace(letter, instead)
    return value


def indexed(*folded: str) -> str:
    """Folded texts in the words that both databases' full-text indexes are made of, as long as they may be."""
    text = " ".join(folded).replace("'", " ").replace("’", " ").replace("-", " ")
    return " ".join(text.split())[:LONGEST_INDEXED].strip()


def direction(language: str) -> str:
    """``rtl`` or ``ltr`` for an ISO 639-1 language code."""
    return "rtl" if language.split("-")[0].lower() in RTL_LANGUAGES else "ltr"
