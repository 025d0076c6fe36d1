"""What stands beside a story besides its own facts: the notes on it, and the work given out on it."""

from dataclasses import dataclass
from itertools import groupby

from articles import access, assigning, notes
from articles.models import Article, Note


@dataclass(frozen=True)
class ShownNote:
    """A note as the page shows it: with the name of what it is about, and whether that reads otherwise now."""

    note: Note
    about: str
    has_changed: bool


def of(user, article: Article) -> dict:
    """Both panels of a story, by the names that the templates use. Two queries."""
    return {"notes": notes_on(article, user), "work": work_on(article, user)}


def notes_on(article, user, *, words: str = "", about: str = "", problem: str = "") -> dict | None:
    """The notes on a story, open ones first, and the form for one more; None for who may not read them.

    ``words``, ``about`` and ``problem``: what was typed, and why it was refused.
    """
    if not access.may(user, "view_note", article):
        return None
    shown = [
        ShownNote(note, notes.FIELDS.get(note.field, ""), notes.has_changed(note, article))
        for note in article.notes.select_related("resolved_by")
    ]
    places = notes.places(article)
    return {
        "open": [one for one in shown if one.note.resolved_at is None],
        "resolved": [one for one in shown if one.note.resolved_at is not None],
        "may_add": notes.may_note(user, article),
        "may_turn": access.may(user, "change_note", article),
        "places": [
            (kind, list(group))
            for kind, group in groupby(
                sorted(places, key=lambda place: place.key.startswith("p-")),
                key=lambda place: "Paragraphs" if place.key.startswith("p-") else "Fields",
            )
        ],
        "longest": notes.LONGEST,
        "words": words,
        "about": about,
        "problem": problem,
    }


def work_on(article, user) -> dict | None:
    """The work that was given out on a story; None where that user sees none and may give none."""
    may_give = assigning.may_give(user, article.desk_id)
    if not user.has_perm("articles.view_assignment"):
        return None
    work = article.assignments.filter(dropped_at=None).select_related("assignee")
    work = list(work.order_by("done_at", "due_at", "id"))
    return {"work": work, "may_give": may_give} if work or may_give else None
