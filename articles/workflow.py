"""Who may move a story where. ``move()`` is the only writer of ``Article.status``, but for an approval that falls."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from articles import access, audit, guards, notices, releasing, writing
from articles.models import Article, PreviewLink, Status


class Refused(Exception):
    """A move that the rules do not allow, said in a sentence an editor understands."""


@dataclass(frozen=True)
class Transition:
    """One permitted move: what the button says, the permission it needs, and whether a reason must be given."""

    name: str
    label: str
    permission: str
    needs_reason: bool = False
    guards: tuple = ()


class Move(NamedTuple):
    source: Status
    target: Status


_SUBMIT = Transition("submit", "Submit to the desk", "submit_article", guards=(guards.has_text,))
_TAKE = Transition("take", "Start editing", "edit_submitted_article")
_RETURN = Transition("return", "Return to the reporter", "edit_submitted_article", needs_reason=True)
_APPROVE = Transition("approve", "Approve", "approve_article", guards=(guards.has_text,))
_REOPEN = Transition("reopen", "Take approval back", "approve_article", needs_reason=True)
_SPIKE = Transition("spike", "Spike", "spike_article", needs_reason=True, guards=(guards.is_not_live,))
_UNSPIKE = Transition("unspike", "Take off the spike", "spike_article")

TRANSITIONS = {
    Move(Status.DRAFT, Status.SUBMITTED): _SUBMIT,
    Move(Status.SUBMITTED, Status.EDITING): _TAKE,
    Move(Status.SUBMITTED, Status.APPROVED): _APPROVE,
    Move(Status.EDITING, Status.APPROVED): _APPROVE,
    Move(Status.SUBMITTED, Status.DRAFT): _RETURN,
    Move(Status.EDITING, Status.DRAFT): _RETURN,
    Move(Status.APPROVED, Status.EDITING): _REOPEN,
    Move(Status.DRAFT, Status.SPIKED): _SPIKE,
    Move(Status.SUBMITTED, Status.SPIKED): _SPIKE,
    Move(Status.EDITING, Status.SPIKED): _SPIKE,
    Move(Status.APPROVED, Status.SPIKED): _SPIKE,
    Move(Status.SPIKED, Status.DRAFT): _UNSPIKE,
}


def moves_for(user, article: Article) -> list[tuple[Status, Transition]]:
    """What that user may do next with that story, in the order of the table. Guards are not asked here."""
    return [
        (move.target, transition)
        for move, transition in TRANSITIONS.items()
        if move.source == article.status and access.may(user, transition.permission, article)
    ]


@transaction.atomic
def move(article: Article, target: str, by, *, seen: int, reason: str = "") -> Article:
    """Move a story to another status, as that user, and log it. Gives the story as it then is.

    ``seen`` is the version that the user looked at. Raises :class:`Refused` for a move that is not in the table or that
    a guard stops, ``access.NotAllowed`` for somebody who may not, ``writing.StaleVersion`` if the story has changed.
    """
    article = writing.lock(article, seen)
    transition = TRANSITIONS.get((article.status, target))
    if transition is None:
        raise Refused(
            f"A story that is {article.get_status_display().lower()} cannot become {Status(target).label.lower()}."
        )
    access.require(by, transition.permission, article, transition.label.lower() if transition.label else target)
    if transition.needs_reason and not reason.strip():
        raise Refused(f"To {transition.name} a story, say why.")
    if problems := [problem for guard in transition.guards for problem in guard(article)]:
        raise Refused(" ".join(problem.message for problem in problems))

    before = article.status
    newest = article.revisions.order_by("-number").values_list("number", flat=True).first()
    approved = target == Status.APPROVED
    article.status = target
    article.approved_number = newest if approved else None
    article.approved_by = by if approved else None
    article.updated_at = timezone.now()
    article.version += 1
    Article.objects.filter(pk=article.pk).update(
        status=target,
        approved_number=article.approved_number,
        approved_by=article.approved_by,
        updated_at=article.updated_at,
        version=article.version,
    )
    if target == Status.SPIKED:
        releasing.cancel_pending(article, by, reason="The story was spiked.")
    audit.log(by, transition.name, article, reason=reason, before=before, after=target, revision=newest)
    _tell(transition, article, by, reason)
    return article


def _tell(transition, article, by, reason):
    """Tell whom it concerns: the desk's leads of what was submitted, the writers of what became of their story.

    Of a story that is spiked all of them are told, and who began it or is at work on it.
    """
    who, once = audit.staff_name(by), f"{transition.name}-{article.public_id}-{article.version}"
    more = {"once": once, "by": by, "article": article}
    if transition is _SUBMIT:
        words = f"{who} submitted “{article}” to the {article.desk} desk."
        notices.told(notices.Reason.SUBMITTED, notices.leads_of(article.desk_id), words, **more)
    elif transition is _RETURN:
        words = f"{who} returned “{article}”: {reason}"
        notices.told(notices.Reason.RETURNED, notices.writers_of(article), words, **more)
    elif transition is _SPIKE:
        words = f"{who} spiked “{article}”: {reason}"
        whom = notices.writers_of(article) | notices.workers_on(article) | notices.leads_of(article.desk_id)
        whom |= notices.people([article.created_by_id])
        notices.told(notices.Reason.SPIKED, whom, words, **more)
    elif transition is _APPROVE:
        notices.told(notices.Reason.APPROVED, notices.writers_of(article), f"{who} approved “{article}”.", **more)


@transaction.atomic
def set_legal_hold(article: Article, by, *, seen: int, reason: str) -> Article:
    """Put a story on legal hold: nothing of it is released, and what was scheduled is cancelled."""
    return _hold(article, by, seen=seen, reason=reason, hold=True)


@transaction.atomic
def lift_legal_hold(article: Article, by, *, seen: int, reason: str) -> Article:
    """Lift a legal hold. What it cancelled stays cancelled."""
    return _hold(article, by, seen=seen, reason=reason, hold=False)


def _hold(article, by, *, seen, reason, hold):
    article = writing.lock(article, seen)
    access.require(by, "set_legal_hold", article, "set or lift a legal hold")
    if not reason.strip():
        raise Refused("Say why, for the record.")
    article.legal_hold, article.legal_hold_reason = hold, reason if hold else ""
    Article.objects.filter(pk=article.pk).update(
        legal_hold=hold, legal_hold_reason=article.legal_hold_reason, updated_at=timezone.now()
    )
    writing.new_version(article)
    if hold:
        releasing.cancel_pending(article, by, reason="The story was put on legal hold.")
    audit.log(by, "legal_hold" if hold else "legal_hold_lifted", article, reason=reason)
    return article


@transaction.atomic
def set_confidential(article: Article, by, *, seen: int, reason: str, confidential: bool = True) -> Article:
    """Mark a story confidential, or open it to its desk again.

    While it is, only those see it whom ``access.visible_articles`` names; previews given to outsiders end at once, and
    do not open again with the story. Raises as :func:`move` does.
    """
    article = writing.lock(article, seen)
    access.require(by, "view_confidential_article", article, "mark stories confidential")
    if not reason.strip():
        raise Refused("Say why, for the record.")
    if article.confidential == confidential:
        raise Refused(
            "The story is confidential already." if confidential else "The story is open to its desk already."
        )
    article.confidential = confidential
    Article.objects.filter(pk=article.pk).update(confidential=confidential)
    writing.new_version(article)
    ended = 0
    if confidential:
        ended = PreviewLink.objects.open().filter(article=article).update(revoked_at=timezone.now())
    audit.log(
        by, "confidential" if confidential else "confidential_lifted", article, reason=reason, previews_ended=ended
    )
    return article
