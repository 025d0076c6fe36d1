"""Notes on a story: said about the whole of it, a field, or one paragraph as it then read. Readers never see one.

Whoever may see the story may be mentioned in one, as ``@account``; nobody else is told, or can be.
"""

import hashlib
import re
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from articles import access, audit, notices, text
from articles.models import Article, Note, User
from articles.workflow import Refused

LONGEST = 4000
FIELDS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "body": "Text",
    "captions": "Pictures",
    "citations": "Sources",
    "bylines": "Bylines",
    "regions": "Regions",
    "topics": "Topics",
    "dateline": "Dateline",
    "slugline": "Slugline",
    "embargo_until": "Embargo",
}
_WITH_PASSAGE = ("headline", "standfirst", "dateline", "slugline")
# An account's name after @, where no letter stands before it: an address is nobody's mention.
_MENTION = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")


@dataclass(frozen=True)
class Place:
    """What a note can be about: a field, or one paragraph. ``key`` is what a form sends."""

    key: str
    field: str
    label: str
    passage: str = ""


def places(article: Article) -> list[Place]:
    """Everything in the story that a note can be about, in the order of its page."""
    found = []
    for name, label in FIELDS.items():
        found.append(Place(name, name, label, getattr(article, name) if name in _WITH_PASSAGE else ""))
        if name == "body":
            for number, passage in enumerate(text.paragraphs(article.body), start=1):
                found.append(Place(f"p-{_digest(passage)}", "body", f"Paragraph {number}", passage))
    return found


def _digest(passage):
    return hashlib.sha256(passage.encode()).hexdigest()[:16]


def has_changed(note: Note, article: Article) -> bool:
    """Whether what the note is about reads otherwise now than it did then."""
    if not note.passage:
        return False
    if note.field == "body":
        return note.passage not in text.paragraphs(article.body)
    return note.passage != getattr(article, note.field, "")


def may_note(user, article: Article) -> bool:
    return access.may(user, "add_note", article)


@transaction.atomic
def add(article: Article, by, words: str, *, about: str = "") -> Note:
    """Leave a note; ``about`` is the key of one of :func:`places`, or empty for the whole story.

    Tells whom it mentions, and the story's writers. Raises ``access.NotAllowed``, and ``Refused`` with a sentence for
    an empty note, for a paragraph that is no longer there, and for a mention of somebody who may not see the story.
    """
    access.require(by, "add_note", article, "leave notes")
    words = words.replace("\x00", "").strip()
    if not words:
        raise Refused("The note is empty.")
    if len(words) > LONGEST:
        raise Refused(f"A note has at most {LONGEST} characters; this one has {len(words)}.")
    place = next((one for one in places(article) if one.key == about), None)
    if about and place is None:
        raise Refused("That paragraph has changed since you chose it. Choose again what the note is about.")
    mentioned = _mentioned(words, article)
    note = Note.objects.create(
        article=article,
        text=words,
        field=place.field if place else "",
        passage=place.passage if place else "",
        author=by,
        author_name=audit.staff_name(by),
        created_at=timezone.now(),
    )
    note.mentions.set(mentioned)
    audit.log(by, "noted", article, note=note.pk)
    _tell(note, article, by, {person.pk for person in mentioned})
    return note


def _mentioned(words, article) -> list[User]:
    """The people whom a note names. Raises :class:`Refused` if it names one who may not see the story."""
    names = {name.casefold() for word in _MENTION.findall(words) for name in (word, word.rstrip(".@+-"))}
    if not names:
        return []
    condition = User.objects.none()
    for name in names:
        condition |= User.objects.filter(username__iexact=name)
    named = list(condition.filter(is_active=True))
    allowed = set(access.who_may_see(article).filter(pk__in=[one.pk for one in named]).values_list("pk", flat=True))
    if barred := [audit.staff_name(one) for one in named if one.pk not in allowed]:
        raise Refused(
            f"{', '.join(barred)} may not see this story, so a note on it cannot mention them."
            " Take the name out, or ask an administrator to put them on the desk."
        )
    return named


def _tell(note, article, by, mentioned):
    who = audit.staff_name(by)
    more = {"by": by, "article": article, "address": notices.address_of_note(note)}
    if mentioned:
        words = f"{who} mentioned you in a note on “{article}”."
        notices.told(
            notices.Reason.MENTIONED, notices.people(mentioned), words, once=f"note-{note.pk}-mentioned", **more
        )
    # Whoever is mentioned is told that, and not the same again.
    others = (notices.writers_of(article) | notices.workers_on(article)) & ~notices.people(mentioned)
    notices.told(notices.Reason.NOTED, others, f"{who} left a note on “{article}”.", once=f"note-{note.pk}", **more)


@transaction.atomic
def resolve(note: Note, by) -> Note:
    """Say that what the note asks for is done. Does nothing to one that is resolved."""
    return _turn(note, by, resolved=True)


@transaction.atomic
def reopen(note: Note, by) -> Note:
    """Say that it is not done after all."""
    return _turn(note, by, resolved=False)


def _turn(note, by, *, resolved):
    note = Note.objects.select_for_update(of=("self",)).select_related("article__desk").get(pk=note.pk)
    access.require(by, "change_note", note.article, "resolve notes")
    if (note.resolved_at is not None) == resolved:
        return note
    note.resolved_at, note.resolved_by = (timezone.now(), by) if resolved else (None, None)
    note.save(update_fields=["resolved_at", "resolved_by"])
    audit.log(by, "note_resolved" if resolved else "note_reopened", note.article, note=note.pk)
    return note
