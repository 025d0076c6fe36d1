"""What web pages leave in copied text: scripts, tags and entities out, invisible characters out, one clean line in."""

import html
import re
import unicodedata

from articles.text import clean_line

# A break inside a line (from <br>, </p>): not a newline, so that lines keep the numbers they have in the file.
BREAK = "\x0b"

_HIDDEN = re.compile(r"<(?:(script|style)\b|!--)", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|hr|li|ul|ol|h[1-6]|blockquote|tr|table|section|article|figure|figcaption)(?=[\s/>])", re.I
)
_TAG = re.compile(r"""<[/!?]?[a-zA-Z][a-zA-Z0-9:-]*(?:[\s/](?:"[^"<]*"|'[^'<]*'|[^<>"'])*)?>""")
_LOOSE_TAG = re.compile(r"<[/!?]?[a-zA-Z][a-zA-Z0-9:-]*(?:[\s/][^<>]*)?>")
_BREAKS = re.compile("[\x0b\x0c\u2028\u2029]")

# Printable, never combining, the same in every normal form: a line of these alone needs no further look.
_USUAL = re.compile("[ -~¡-¬®-ʯΆ-ώА-яѐ-џ؛؟ء-غـ-ي٠-٬پچڈژکگیא-ת‐-‧‰-⁞€™،]*")
_PLAIN = re.compile("[ -~‘’“”–—…]*")
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
_MARKS_RUN = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
# The non-joiner is spelling inside Persian and Indic words, the joiner in those and in emoji; elsewhere both are noise.
_STRAY_JOINER = re.compile(
    "(?<![\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u2190-\u2bff\U0001f000-\U0001faff])"
)
_DROPPED = {"Cc", "Cf", "Cs", "Co"}


def is_plain(text: str) -> bool:
    """Whether nothing but printable ASCII, typographic quotes and dashes is in the text: nothing that needs repair."""
    return text.isprintable() if text.isascii() else _PLAIN.fullmatch(text) is not None


def strip_tags(text: str) -> str:
    """The text without scripts, styles, comments and tags; as many newlines as before, breaks where blocks end."""
    text = _strip_hidden(text)
    for _ in range(4):  # what the removal of one tag puts together may be another
        text, pairs = _TAG.subn(_tag_out, text)
        text, loose = _LOOSE_TAG.subn(_tag_out, text)
        if not pairs and not loose:
            break
    else:
        text = _LOOSE_TAG.sub(_tag_out, text.replace("<<", ""))
    return text


def _strip_hidden(text: str) -> str:
    """Without scripts, styles and comments. One that is never closed costs its own line, not the rest of the story."""
    out, at = [], 0
    missing = set()  # closings that do not come any more: looked for once, not once for each opening
    while opening := _HIDDEN.search(text, at):
        out.append(text[at : opening.start()])
        closing = f"</{opening[1].lower()}" if opening[1] else "-->"
        end = -1 if closing in missing else _find(text, closing, opening.end())
        if end < 0:
            missing.add(closing)
            at = text.find("\n", opening.end())
            at = len(text) if at < 0 else at
        else:
            at = text.find(">", end) + 1 or len(text)
            out.append("\n" * text.count("\n", opening.start(), at))
    return "".join(out) + text[at:]


def _find(text: str, closing: str, start: int) -> int:
    if closing[0] != "<":
        return text.find(closing, start)
    found = re.compile(re.escape(closing), re.IGNORECASE).search(text, start)
    return found.start() if found else -1


def _tag_out(tag: re.Match) -> str:
    return "\n" * tag[0].count("\n") or (BREAK if _BLOCK_TAG.match(tag[0]) else "")


def unescape(text: str) -> str:
    """HTML entities decoded, once: ``&amp;lt;`` is ``&lt;``."""
    try:
        return html.unescape(text)
    except ValueError:  # a numeric entity of thousands of digits
        return text


def inner_lines(text: str) -> list[str]:
    """The lines that one line of the file holds: mostly one."""
    if BREAK in text or "\u2028" in text or "\u2029" in text or "\f" in text:
        return _BREAKS.split(text)
    return [text]


def tidy(text: str) -> str:
    """One line of plain text: white space made single spaces, NFC, no controls, nothing invisible."""
    text = " ".join(text.split())
    if (text.isascii() and text.isprintable()) or _USUAL.fullmatch(text):
        return text
    if text.isprintable() and not _MARKS_RUN.search(text) and unicodedata.is_normalized("NFC", text):
        return text  # Arabic with vowel marks
    # Before anything else: normalising thousands of combining marks takes quadratic time.
    text = _MARKS_RUN.sub(r"\1", text.replace("\uf0b7", "•"))
    text = _STRAY_JOINER.sub("", clean_line(text))
    if not text.isprintable():
        text = "".join(char for char in text if char.isprintable() or _is_kept(char))
    return " ".join(text.split())


def _is_kept(char: str) -> bool:
    if char in "\u200c\u200d":
        return True
    return unicodedata.category(char) not in _DROPPED and ord(char) & 0xFFFE != 0xFFFE
