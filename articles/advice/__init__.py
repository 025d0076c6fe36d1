"""What a careful colleague would ask before a story goes out. Advice stops nothing: that is for :mod:`articles.guards`.

Pure: a content document in, advice out; no database. Of pictures it may be given what the document leaves to them.
Written for English and Arabic. Where a rule needs to know the language of the copy and does not, it says nothing:
advice that is wrong half of the time is soon not read at all.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from articles import text
from articles.advice.dates import newest_date
from articles.advice.figures import missing_figures
from articles.advice.names import spelled_two_ways
from articles.advice.quotes import unattributed
from articles.crediting import checks

# The longest that each place shows whole, in characters: a push message, a search engine's list, our own page.
HEADLINE_LIMITS = {"push": 50, "search": 60, "page": 90}
STANDFIRST_LIMITS = {"search": 155, "page": 220}
LONGEST_PARAGRAPH = 100  # words; on a telephone, a screen and a half
MOST_OF_A_KIND = 5


@dataclass(frozen=True)
class Advice:
    """One thing to look at: a code, a sentence, the field to jump to, and the words in it that are meant.

    ``field`` is as in :class:`articles.guards.Problem`; ``passage`` stands in that field as printed, white space apart.
    """

    code: str
    message: str
    field: str
    passage: str = ""


@dataclass(frozen=True)
class _Picture:
    """A caption of the document, with what it leaves to the picture filled in."""

    number: int  # as people count
    field: str  # the beginning of its fields' names
    caption: str
    alt_text: str
    is_file_photo: bool
    taken: date | None
    credit: str
    photographer: str
    people: tuple[str, ...]
    is_there: bool  # readers see nothing of one that is awaited


# What is not told already by the guards, or here.
_ODD = ("no_stop", "credit_doubled", "no_order", "no_date", "file_no_date")


def of(content: dict, *, today: date, pictures: Mapping | None = None) -> list[Advice]:
    """Advice on that content, in the order of the page.

    ``pictures`` maps public ids to pictures (``caption``, ``alt_text``, ``credit``, ``people`` …), for what captions
    leave to them. ``today`` is the day of the story: captions are old as seen from there.
    """
    paragraphs = text.paragraphs(content["body"])
    shown = [
        _picture(row, entry, (pictures or {}).get(entry["photo"])) for row, entry in enumerate(content["captions"])
    ]
    return [
        *_headline(content["headline"]),
        *_figures(content, paragraphs),
        *_standfirst(content["standfirst"], paragraphs),
        *_paragraphs(paragraphs),
        *_quotes(content, paragraphs),
        *_names(content, paragraphs, shown),
        *_captions(shown, today),
        *_odd_captions(shown),
    ]


def length(line: str) -> int:
    """Characters as readers count them: marks that stand on another letter are no letter of their own."""
    return sum(1 for char in line.strip() if not unicodedata.combining(char) and char not in "\u200d\ufe0f")


def _headline(headline):
    over = length(headline) - HEADLINE_LIMITS["page"]
    if over > 0:
        yield Advice("long_headline", f"The headline is {over} characters longer than the page shows well.", "headline")


def _figures(content, paragraphs):
    if not paragraphs:
        return
    told = "\n".join([*paragraphs, content["standfirst"]])
    for printed in missing_figures(content["headline"], told, content["language"])[:MOST_OF_A_KIND]:
        yield Advice("figure_not_in_text", f"The headline says “{printed}”; the text does not.", "headline", printed)


def _standfirst(standfirst, paragraphs):
    # A flash of one paragraph is its own summary.
    if not standfirst.strip() and len(paragraphs) > 1:
        yield Advice("no_standfirst", "There is no standfirst: lists and search results show one.", "standfirst")


def _paragraphs(paragraphs):
    long = [(number, words, one) for number, one in enumerate(paragraphs, 1)
            if (words := text.count_words(one)) > LONGEST_PARAGRAPH]  # fmt: skip
    for number, words, paragraph in long[:MOST_OF_A_KIND]:
        yield Advice(
            "long_paragraph", f"Paragraph {number} has {words} words. Could it be two?", "body", _opening(paragraph)
        )


def _quotes(content, paragraphs):
    sources = [entry["as_printed"] for entry in content["citations"]]
    for number, quote in unattributed(paragraphs, content["language"], sources)[:MOST_OF_A_KIND]:
        yield Advice(
            "unattributed_quote", f"Nobody is named for the quotation in paragraph {number}.", "body", _opening(quote)
        )


def _names(content, paragraphs, shown):
    passages = [("headline", content["headline"]), ("standfirst", content["standfirst"])]
    passages += [("body", paragraph) for paragraph in paragraphs]
    for picture in shown:
        passages += [(f"{picture.field}-caption", picture.caption), (f"{picture.field}-alt_text", picture.alt_text)]
    for usual, other in spelled_two_ways(passages, content["language"])[:MOST_OF_A_KIND]:
        yield Advice(
            "name_two_ways", f"“{usual.printed}” and “{other.printed}”: is that one name?", other.field, other.printed
        )


def _captions(shown, today):
    for picture in shown:
        if picture.caption and text.fold(picture.caption) == text.fold(picture.alt_text):
            yield Advice(
                "alt_is_caption",
                f"The alternative text of picture {picture.number} is its caption again. Say what the picture shows.",
                f"{picture.field}-alt_text",
            )
        said = newest_date(picture.caption)
        day = max((one for one in (said, picture.taken) if one), default=None)
        if day and (today - day).days > 365 and not picture.is_file_photo:
            yield Advice(
                "old_caption",
                f"Picture {picture.number} is of {day.day} {day:%B %Y}, more than a year ago. Is it a file photo?",
                f"{picture.field}-caption",
            )


def _odd_captions(shown):
    """What is odd about each caption by itself, as the photo desk is told it."""
    for picture in shown:
        found = checks.look(
            picture.caption,
            picture.alt_text,
            picture.credit,
            picture.photographer,
            people=picture.people,
            taken_at=picture.taken,
            is_file=picture.is_file_photo,
        )
        for one in found:
            if picture.is_there and one.code in _ODD:
                yield Advice(one.code, f"Picture {picture.number}: {one.message}", f"{picture.field}-{one.field}")


def _picture(row, entry, photo):
    taken = photo.taken_at if photo else None
    return _Picture(
        number=row + 1,
        field=f"captions-{row}",
        caption=entry["caption"] or (photo.caption if photo else ""),
        alt_text=entry["alt_text"] or (photo.alt_text if photo else ""),
        is_file_photo=entry["is_file_photo"] or bool(photo and photo.is_file_photo),
        taken=taken.date() if taken else None,
        credit=entry["credit"] or (photo.credit if photo else ""),
        photographer=entry["photographer"] or (photo.photographer if photo else ""),
        people=tuple(photo.people) if photo else (),
        is_there=photo is not None,
    )


def _opening(passage):
    return passage[:80]
