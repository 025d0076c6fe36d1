"""Quotations that nobody is named for. Pure; English, Arabic and French copy, others are left alone."""

import re

from articles import text
from articles.attribution.words import SAYING
from articles.naming import word_set

# “…”, «…», „…“, "…"; one that is not closed goes on to the end of its paragraph.
_QUOTE = re.compile(r"“([^“”]*)(?:”|$)|«([^«»]*)(?:»|$)|„([^„“”]*)(?:[“”]|$)|\"([^\"]*)(?:\"|$)")
FEWEST_WORDS = 5  # fewer are a phrase, a title or a word in doubt

_ENGLISH = SAYING | word_set(
    "according asked asks answers answered shouted shouting chanted chanting chants sang sings recalled"
    " recalls remembered joked quipped whispered testified read reads reading written titled entitled called"
    " dubbed named saying telling adding asking warning insisting citing quoting statement slogan motto banner"
    " sign message letter words spokesman spokeswoman spokesperson talking spoke speaking agreed continued"
    " continues thinks believes wonders wondered exclaimed cried put laughs laughed smiles"
)
_ARABIC = frozenset(
    map(
        text.fold,
        word_set(
            "قال قالت قالوا قائلا قائلة يقول تقول يقولون أضاف أضافت مضيفا مضيفة يضيف تضيف أكد أكدت مؤكدا مؤكدة يؤكد"
            " تؤكد أوضح أوضحت موضحا موضحة يوضح صرح صرحت ذكر ذكرت أشار أشارت مشيرا مشيرة كتب كتبت نقل نقلت نقلا أعلن"
            " أعلنت بحسب حسب وفق وفقا لفت لفتت لافتا شدد شددت مشددا تابع تابعت متابعا رأى رأت يرى ترى اعتبر اعتبرت"
            " معتبرا جاء بيان عبارة عنوان بعنوان شعار هتف هتفوا سأل سألت رد ردت علق علقت تساءل روى يروي تروي حكى كلمات"
            " تصريح اختتم ختم ختمت بيّن حذر حذرت محذرا دعا دعت سمى وصف"
        ),
    )
)
_FRENCH = frozenset(
    map(
        text.fold,
        word_set(
            "dit dits dite disent disait déclaré déclare affirmé affirme ajouté ajoute expliqué explique selon"
            " indiqué indique précisé précise estimé estime assuré assure confirmé raconte raconté souligné souligne"
            " écrit lancé lance confié confie regretté regrette répondu répond demandé demande rappelé rappelle"
            " intitulé communiqué témoigne résume poursuit poursuivi conclut conclu insiste insisté prévient averti"
        ),
    )
)
_SPEECH = {"en": _ENGLISH, "ar": _ARABIC, "fr": _FRENCH}


def unattributed(paragraphs: list[str], language: str, sources=()) -> list[tuple[int, str]]:
    """The quotations that nothing in their paragraph attributes: (number of the paragraph, from 1; the quotation).

    A verb of saying, a colon before it or the name of one of ``sources`` attributes a quotation. So does the paragraph
    before, where a speaker goes on: it quotes somebody who is named there, and this one opens with the quotation.
    """
    speech = _SPEECH.get(language)
    if speech is None:
        return []
    found, speaking = [], False  # whether somebody who is named was speaking at the end of the paragraph before
    for number, paragraph in enumerate(paragraphs, start=1):
        quotes = [match for match in _QUOTE.finditer(paragraph) if _is_speech("".join(filter(None, match.groups())))]
        told = _is_told(paragraph, speech, sources)
        goes_on = speaking and bool(quotes) and not paragraph[: quotes[0].start()].strip()
        if quotes and not told and not goes_on:
            found += [(number, next(filter(None, match.groups())).strip()) for match in quotes
                      if not paragraph[: match.start()].rstrip().endswith(":")][:1]  # fmt: skip
        speaking = bool(quotes) and (told or goes_on)
    return found


def _is_speech(quoted):
    words = quoted.split()
    if len(words) < FEWEST_WORDS:
        return False
    # “War and Peace in the Modern Novel” is a title.
    return sum(word[:1].isupper() for word in words) <= len(words) * 0.6


def _is_told(paragraph, speech, sources):
    around = text.fold(_QUOTE.sub(" ", paragraph))
    if any((name := text.fold(source)) and name in around for source in sources):
        return True
    return any(word in speech or (word[:1] in "وف" and word[1:] in speech) for word in around.split())
