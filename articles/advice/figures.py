"""Figures in a headline that the text does not bear out. Pure; English and Arabic words, digits of every script."""

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from articles import text
from articles.naming import word_set

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH = {word: number for number, word in enumerate(_UNITS.split())}
_ENGLISH |= {word: 10 * number for number, word in enumerate(_TENS.split(), 2)} | {"dozen": 12}
_ARABIC_UNITS = (
    ("ثلاث", "ثلاثة"), ("أربع", "أربعة"), ("خمس", "خمسة"), ("ست", "ستة"), ("سبع", "سبعة"), ("ثماني", "ثمانية", "ثمان"),
    ("تسع", "تسعة"), ("عشر", "عشرة"),
)  # fmt: skip
_ARABIC_TENS = ("عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")
_ARABIC = {text.fold(word): number for number, words in enumerate(_ARABIC_UNITS, 3) for word in words}
_ARABIC |= {
    text.fold(stem + end): ten
    for ten, stem in zip(range(20, 100, 10), _ARABIC_TENS, strict=True)
    for end in ("ون", "ين")
}
_ARABIC |= {text.fold(word): 2 for word in ("اثنان", "اثنين", "اثنتان", "اثنتين")}
_FACTORS = (
    (100, "hundred مئة مائة مئات"),
    (10**3, "k thousand ألف آلاف ألفا"),
    (10**6, "m mn million مليون ملايين مليونا"),
    (10**9, "bn billion مليار مليارات بليون"),
    (10**12, "tn trillion تريليون"),
)
_MANY = {text.fold(word): factor for factor, words in _FACTORS for word in words.split()}
# Two of a thing in one word: they stand for a figure in the text, and are none in a headline.
_DUALS = {text.fold("مئتان"): 200, text.fold("مئتين"): 200, text.fold("ألفان"): 2000, text.fold("ألفين"): 2000}
_DUALS |= {text.fold("مليونان"): 2 * 10**6, text.fold("مليونين"): 2 * 10**6}
_FRACTIONS = word_set(
    "half halves third thirds quarter quarters fourths fifth fifths sixths eighths tenth tenths hundredths"
)
_ABOUT = word_set("nearly almost about around some over under more less least most up roughly")
_ABOUT |= set(map(text.fold, word_set("نحو قرابة حوالي زهاء أكثر أقل ما يقرب يقارب")))
# A number with its group marks and decimals; or a word. Times, scores and types (“F-16”, “G7”) are no figures.
_TOKEN = re.compile(
    r"(?<![\w.,:/-])(?P<number>\d{1,3}(?:[,٬’]\d{3})+(?:[.٫]\d+)?|\d+(?:[.,٫]\d+)?)(?P<unit>bn|tn|mn|[kmKM])?"
    r"(?:st|nd|rd|th)?(?![\w:/]|[.,٫]\d|-\d)|(?P<word>[^\W\d_]+)"
)


def missing_figures(headline: str, told: str, language: str) -> list[str]:
    """The figures of the headline, as printed there, that ``told`` (the text) does not hold in any form.

    “12” is borne out by “twelve” and “3bn” by “three billion”; “nearly 3,000” by anything within a tenth of it.
    """
    # A language whose words for numbers are not known here writes the small ones out.
    least = 0 if language in ("en", "ar") else 20
    asked = [one for one in _figures(headline, language) if not one.is_loose and one.value > least]
    if not asked:
        return []
    held = {one.value for one in _figures(told, language)}
    # And every number by itself, where the whole was not understood: “five” of “five and a half”.
    held |= {number for _, number, _, _ in _tokens(told, language) if number is not None}
    missing = [one.printed for one in asked if one.value not in held and not (one.is_round and _is_near(one, held))]
    return list(dict.fromkeys(missing))


def _is_near(figure, held):
    return any(abs(value - figure.value) * 10 <= figure.value for value in held)


class Figure(NamedTuple):
    """A figure as printed and its value; whether it is said to be round, and whether it may be no figure at all."""

    printed: str
    value: Fraction
    is_round: bool
    is_loose: bool  # “one of them”, “a million reasons”


def _figures(line, language):
    found, run, about = [], [], False
    for printed, number, factor, gap in [*_tokens(line, language), ("", None, None, "\n")]:
        if run and ((number is None and factor is None) or not _joins(run, number, factor, gap)):
            if value := _value(run):
                words = [word for word, *_ in run]
                is_loose = run[0][2] is not None or (len(words) == 1 and words[0].casefold() == "one")
                found.append(Figure(" ".join(words), value, about, is_loose))
            run, about = [], False
        if number is not None or factor is not None:
            run.append((printed, number, factor))
        elif printed:
            folded = text.fold(printed)
            if folded in _FRACTIONS and found and not gap.strip("- "):
                found.pop()  # nine-tenths is no nine
            about = folded in _ABOUT or (about and folded in ("than", "to", "at", "من", "عن"))
    return found


def _tokens(line, language):
    """Word by word: as printed, its number or None, its factor (hundred, million …) or None, and what stood before."""
    line = "".join(str(unicodedata.decimal(char, char)) for char in line)
    words = {"en": _ENGLISH, "ar": _ARABIC}.get(language, {})
    end = 0
    for match in _TOKEN.finditer(line):
        gap, end = line[end : match.start()], match.end()
        if digits := match["number"]:
            digits = re.sub(r"[,٬’](?=\d{3}(?:\D|$))", "", digits).replace("٫", ".").replace(",", ".")
            factor = _MANY[match["unit"].lower()] if match["unit"] else 1
            yield match.group(), Fraction(digits) * factor, None, gap
            continue
        word = match["word"].casefold() if match["word"].isascii() else text.fold(match["word"])
        if (
            language == "ar"
            and word not in words
            and word not in _MANY
            and word[:1] in "وبل"
            and word[1:] in {*words, *_MANY}
        ):
            word, gap = word[1:], gap + ("و" if word[0] == "و" else "")
        number = words.get(word)
        if language == "ar" and number is None:
            number = _DUALS.get(word)
        yield (
            match.group(),
            None if number is None else Fraction(number),
            _MANY.get(word) if len(word) > 2 else None,
            gap,
        )


def _joins(run, number, factor, gap):
    """Whether a word goes on with the number before it: “two hundred”, “sixty-one”, “خمسة وعشرون”."""
    if gap.strip("- و"):
        return False
    if factor is not None:
        return True
    _, last, last_factor = run[-1]
    if last_factor is not None:
        return not any(char.isdigit() for char in run[-1][0]) and number < last_factor
    if "و" in gap:
        return (last < 10 and number % 10 == 0) or last >= 100
    return (last >= 20 and last % 10 == 0 and last < 100 and 0 < number < 10 and run[-1][0].isalpha()) or (
        2 <= last < 10 and number == 10 and not run[-1][0].isascii()
    )


def _value(run):
    whole, part = Fraction(0), Fraction(0)
    for _, number, factor in run:
        if factor is None:
            part += number
        elif factor == 100:
            part = (part or 1) * factor
        else:
            whole, part = whole + (part or 1) * factor, Fraction(0)
    return whole + part
