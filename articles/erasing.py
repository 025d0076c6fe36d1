"""Legal erasure: a passage goes from every revision and release of a story, and a tombstone says that one was there.

The only place where a revision or a release is ever changed. The audit log keeps that it was done, by whom and why, and
never what it was.

Nor can it be looked for in what is saved later. A form that was open meanwhile still holds it: so a save from before an
erasure is refused as long as a tombstone is missing that stands in what it began from (:func:`refuse_what_comes_back`).
Whoever types the passage anew, into a form opened after the erasure, is not stopped, and a browser that was open keeps
its own copy until it is saved or thrown away.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from articles import access, audit, search, writing
from articles.models import Article, Assignment, Autosave, Citation, Event, Note, Notice, Release

TOMBSTONES = {"ar": "[حُذف نص لأسباب قانونية]", "en": "[text removed for legal reasons]"}
SHORTEST = 4
# The keys of a document under which people's words stand; under the others stand codes, and addresses made of words.
_WORDS = {
    *("headline", "standfirst", "body", "slugline", "dateline", "embargo_note", "caption", "alt_text", "alt"),
    *("credit", "credit_raw", "photographer", "as_printed", "text", "name", "name_ar", "note", "passage"),
    *("title", "briefing"),
}
_CREDITS = ("credit", "credit_raw", "photographer")
_BLOCKS = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|blockquote|br|hr|div)\b", re.I)
_HTML = re.compile(r"<[^>]*>|&(?:#\d+|#x[0-9a-f]+|\w+);|.", re.I | re.S)


class NothingToErase(Exception):
    """The passage was given too short, or stands nowhere; the message says which."""


class ErasedSince(Exception):
    """What somebody sends began before an erasure, and may still hold what was erased. Says what to do."""

    def __init__(self, article):
        tombstone = TOMBSTONES.get(article.language, TOMBSTONES["en"])
        super().__init__(
            "Since you opened this story, a passage was removed from it for legal reasons. Put"
            f" “{tombstone}” in its place in your text too, and save again. Nothing was saved."
        )


@dataclass(frozen=True)
class Place:
    """Where the passage stands, in words for an editor, and how often."""

    where: str
    times: int


def pieces_of(passage: str) -> list[str]:
    """What is looked for: each line of the passage by itself, because paragraphs are.

    Raises :class:`NothingToErase` where a line is too short to be told from other text.
    """
    pieces = [" ".join(line.split()) for line in passage.splitlines() if line.strip()]
    if not pieces or any(len(piece) < SHORTEST for piece in pieces):
        raise NothingToErase(f"Give the passage as it stands, each line of it at least {SHORTEST} letters long.")
    return pieces


def find(article: Article, passage: str) -> list[Place]:
    """Where that passage stands in the record of that story. Changes nothing."""
    pieces = pieces_of(passage)
    return [Place(where, times) for where, times, _ in _sweep(article, pieces, "") if times]


@transaction.atomic
def erase(article: Article, by, *, seen: int, passage: str, reason: str) -> list[Place]:
    """Put a tombstone in place of that passage everywhere. Gives where it stood.

    That is the working copy, every revision and release, notes, notices, unsaved drafts, and both search indexes.
    Letters count alike whatever their case, runs of white space as one space, and mark-up inside the passage not at
    all.
    What the wire delivered stays as it was received, under its own retention.

    Raises ``access.NotAllowed``, ``writing.StaleVersion``, :class:`NothingToErase`.
    """
    article = writing.lock(article, seen)
    access.require(by, "erase_text", article, "erase text from the record")
    if not reason.strip():
        raise NothingToErase("Say why, for the record: a judgment, a law, a request.")
    pieces = pieces_of(passage)
    places = []
    itself = Article.objects.filter(pk=article.pk).values("pk")
    search.forget_words(itself)
    tombstone = TOMBSTONES.get(article.language, TOMBSTONES["en"])
    for where, times, write in _sweep(article, pieces, tombstone):
        if times:
            write()
            places.append(Place(where, times))
    if not places:
        raise NothingToErase("That passage stands nowhere in this story, in no revision and no release.")
    writing.new_version(article)
    for release in article.releases.filter(listings__isnull=False).distinct():
        search.forget_release(release)
        search.index_release(release)
    search.settle(itself)
    article = Article.objects.get(pk=article.pk)
    search.index_articles([(article, writing.snapshot(article))])
    audit.log(
        by,
        "erased",
        article,
        reason=reason,
        places=[[place.where, place.times] for place in places],
        length=sum(map(len, pieces)),
        version=article.version,
    )
    return places


def refuse_what_comes_back(article: Article, content: dict, *, seen: int, began: dict) -> None:
    """Raise :class:`ErasedSince` for content from before an erasure that lacks a tombstone which ``began`` has.

    ``seen`` is the version that its writer saw, ``began`` what they began from as the record has it now.
    """
    lacks = any(_tombstones(content.get(name)) < _tombstones(was) for name, was in began.items())
    if lacks and erased_since(article, seen):
        raise ErasedSince(article)


def erased_since(article: Article, version: int) -> bool:
    """Whether anything was erased from that story after that version of it."""
    return Event.objects.about(article).filter(action="erased", data__version__gt=version).exists()


def _tombstones(value):
    words = json.dumps(value, ensure_ascii=False)
    return sum(words.count(tombstone) for tombstone in TOMBSTONES.values())


def _sweep(article, pieces, tombstone) -> Iterator[tuple[str, int, Callable[[], object]]]:
    """Each row of the story's record: its name, how often the passage stands there, and what writes it without."""
    yield _row("The story as it stands", article, _text_fields(article), pieces, tombstone)
    for caption in article.captions.all():
        yield _row("A caption", caption, ("caption", "alt_text", *_CREDITS), pieces, tombstone)
    for citation in Citation.objects.filter(article=article):
        yield _row("A source", citation, ("as_printed",), pieces, tombstone)
    for byline in article.bylines.all():
        yield _row("A byline", byline, ("text",), pieces, tombstone)
    for revision in article.revisions.order_by("number").iterator(chunk_size=100):
        yield _row(f"Revision {revision.number}", revision, ("content", "reason", "name"), pieces, tombstone)
    for release in article.releases.order_by("sequence").iterator(chunk_size=100):
        names = ("document", "picture", "headline", "standfirst", "kicker", "public_note", "cancel_reason")
        row = where, times, write = _row(f"Release {release.sequence}", release, names, pieces, tombstone)
        yield (where, times, lambda write=write, release=release: (write(), _new_slug(release))) if times else row
    for draft in Autosave.objects.filter(article=article):
        yield _row(f"What {draft.user} has typed and not saved", draft, ("form",), pieces, tombstone)
    for note in Note.objects.filter(article=article):
        yield _row("A note", note, ("text", "passage"), pieces, tombstone)
    for notice in Notice.objects.filter(article=article):
        yield _row("A notice", notice, ("text",), pieces, tombstone)
    for assignment in Assignment.objects.filter(article=article):
        yield _row("An assignment", assignment, ("title", "briefing"), pieces, tombstone)


def _text_fields(article):
    return [name for name in writing.TEXT_FIELDS if isinstance(getattr(article, name), str) and name != "language"]


def _row(where, row, names, pieces, tombstone):
    changed, times = {}, 0
    for name in names:
        found, after = _in_value(name, getattr(row, name), pieces, tombstone)
        if found:
            changed[name] = after
            times += found
    # Of the base manager: a revision's own refuses to be changed, and this is the one exception.
    return where, times, lambda: type(row)._base_manager.filter(pk=row.pk).update(**changed)


def _new_slug(release):
    headline = Release.objects.values_list("headline", flat=True).get(pk=release.pk)
    Release.objects.filter(pk=release.pk).update(slug=Article(headline=headline).slug)


def _in_value(key, value, pieces, tombstone):
    """How often the passage stands in a value, and the value without it. Goes down into documents."""
    if isinstance(value, str):
        return without(value, pieces, tombstone, is_html=key == "body")
    if isinstance(value, dict):
        parts = {
            name: _in_value(name, inner, pieces, tombstone)
            if name.rpartition("-")[2] in _WORDS or isinstance(inner, dict | list)
            else (0, inner)
            for name, inner in value.items()
        }
        return sum(times for times, _ in parts.values()), {name: inner for name, (_, inner) in parts.items()}
    if isinstance(value, list):
        # A form's values are lists of words under their field's name; other lists hold documents, or codes.
        listed = [
            _in_value(key, inner, pieces, tombstone)
            if key.rpartition("-")[2] in _WORDS or isinstance(inner, dict | list)
            else (0, inner)
            for inner in value
        ]
        return sum(times for times, _ in listed), [inner for _, inner in listed]
    return 0, value


def without(words: str, pieces: list[str], tombstone: str, *, is_html: bool = False) -> tuple[int, str]:
    """How often those pieces stand in that text, and the text with the tombstone in place of each.

    In HTML every tag stays where it is, and the end of a block parts words as a space does.
    """
    times = 0
    for piece in pieces:
        found, words = _without_one(words, piece.casefold(), tombstone, is_html)
        times += found
    return times, words


def _without_one(words, piece, tombstone, is_html):
    tokens = _HTML.findall(words) if is_html else list(words)
    plain, where = [], []  # letters to look through, and the token that each came from
    for number, token in enumerate(tokens):
        if is_html and token.startswith("<") and len(token) > 1:
            shown = " " if _BLOCKS.match(token) else ""
        else:
            shown = html.unescape(token) if is_html else token
        for letter in shown.casefold():
            letter = " " if letter.isspace() else letter
            if letter != " " or (plain and plain[-1] != " "):
                plain.append(letter)
                where.append(number)
    text, start, times = "".join(plain), 0, 0
    gone: set[int] = set()
    marked: set[int] = set()
    while (found := text.find(piece, start)) >= 0:
        start = found + len(piece)
        times += 1
        marked.add(where[found])
        gone.update(
            number
            for number in range(where[found], where[start - 1] + 1)
            if not (is_html and tokens[number].startswith("<") and len(tokens[number]) > 1)
        )
    if not times:
        return 0, words
    put = html.escape(tombstone, quote=False) if is_html else tombstone
    kept = [put if number in marked else "" if number in gone else token for number, token in enumerate(tokens)]
    return times, "".join(kept)
