"""UTF-8 that somebody read as Windows-1252 (or 1256) and saved again: repaired where it can be, reported where not."""

import re
from collections.abc import Callable

import ftfy

# What the continuation bytes 80-BF of UTF-8 look like when read as Windows-1252; the plain space stands for a lost A0.
_CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ "
# Repair costs a hundred times this look, and of a hundred lines one needs it. A pattern that begins with one class of
# characters, rather than with a choice between two, is searched for faster.
_SUSPECT = re.compile(f"[\u0080-\u009f\u00c2-\u00f4](?:(?<=[\u0080-\u009f])|[{_CONTINUATION}])")
_ARABIC_SUSPECT = re.compile("[طظ][\u0080-\u00bf„…†‡ˆ‰‹‘’“”•–—™›پچژڈگکڑں؟،؛ہ¹]")
_DAMAGE = re.compile(
    "[\u0080-\u009f]|â€|Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹Œ¢£©]|Â[\u00a0-\u00bf]|ï¿½|ï»¿|[ØÙ][\u0080-\u00bf„…†‡ˆ‰Š‹Œ]"
)
# What may as well be a capital and the quote, dash or space after it: "Ã and Â", “LÂ”, MAÇÃ – 5.
_CHANCE = re.compile(r"[\u00c2-\u00df](?<![a-zß-ÿ].)(?:’| (?! )|[‘“”‚„‹›«»•–…](?![^\W\d_])|(?<=\w\w)—|$)")
# "Syria?s": an apostrophe that some system could not store.
_LOST = re.compile(r"[^\W\d_]\?(?:s|t|re|ve|ll|d)\b(?![=\w])")
# A closing quote whose last byte, which Windows-1252 does not define, was dropped on the way: likely, not sure.
_CLOSING_QUOTE = re.compile(r"â€(?=[ \r\n.,;:!?)]|$)")
_LONGEST = 20_000


def has_clear_damage(text: str) -> bool:
    """Whether the text holds damage that cannot be two sound characters that stand together by chance."""
    sure = _CHANCE.sub("", text)
    return _SUSPECT.search(sure) is not None and ftfy.fix_encoding(sure) != sure


def repair(text: str, among_damaged: Callable[[], bool] = lambda: False) -> tuple[str, bool, bool]:
    """The text as it was first written, whether anything was repaired, and whether it still looks damaged.

    Two layers are taken off where there are two. Text that is not damaged comes back as it is; damage that hides what
    was written is left as it stands. A capital before a quote, a dash or a space counts as damage only where
    there is damage beyond doubt, in the text itself or, which ``among_damaged`` is then asked for, round it.
    """
    lost = "?" in text and _LOST.search(text) is not None
    if text.isascii():
        return text, False, lost
    repaired = text
    if "â€" in text:
        text, closed = _CLOSING_QUOTE.subn("â€\x9d", text)
        lost |= closed > 0
    suspect = _SUSPECT.search(text) is not None or "‚Ä" in text  # the latter: read as Mac Roman
    if suspect and _CHANCE.search(text):
        suspect = has_clear_damage(text) or among_damaged()
    if suspect:
        repaired = "".join(ftfy.fix_encoding(part) for part in _parts(text))
    if repaired == text and ("ط" in text or "ظ" in text) and len(_ARABIC_SUSPECT.findall(text[:2000])) > 2:
        repaired = _from_1256(text)
    damaged = lost or "\ufffd" in repaired or (suspect and _DAMAGE.search(repaired) is not None)
    return repaired, repaired != text, damaged


def _parts(text: str) -> list[str]:
    return [text] if len(text) <= _LONGEST else [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)]


def _from_1256(text: str) -> str:
    """ftfy knows no Windows-1256, the Arabic Windows page: taken back here, if the whole text agrees."""
    try:
        return text.encode("windows-1256").decode("utf-8")
    except UnicodeError:
        return text
