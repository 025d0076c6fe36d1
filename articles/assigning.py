"""Work that is given out: ideas that have no story yet, and stories that are there.

Who gives it out on a desk: whoever holds “add assignment” and works there, or spans desks; and a lead of the desk who
may change assignments at all. Who gets it: whoever works on that desk or spans desks, and nobody who is a guest there.
They accept it, decline it with a reason, or finish it; who gave it out may change it, finish it or take it back.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import access, audit, notices, writing
from articles.models import Article, Assignment, Desk, DeskMember, Notice
from articles.workflow import Refused

Reason = notices.Reason
SOON = timedelta(hours=2)
TOLD_LATE_WITHIN = timedelta(days=7)  # older work than that is known to be late


# --- who may ---------------------------------------------------------------------------------------------------------


def visible_assignments(user):
    """The work that user may see: that of their desks, but on stories that they may see alone."""
    work = Assignment.objects.all()
    if not user.is_active or not user.has_perm("articles.view_assignment"):
        return work.none()
    if not access.spans_desks(user):
        work = work.filter(desk__in=access.desk_ids(user))
    return work.filter(Q(article=None) | Q(article__in=access.visible_articles(user)))


def may_give(user, desk_id: int) -> bool:
    """Whether that user gives out work on that desk."""
    if not user.is_active:
        return False
    if user.has_perm("articles.add_assignment"):
        return access.spans_desks(user) or desk_id in access.working_desk_ids(user)
    return user.has_perm("articles.change_assignment") and access.leads(user, desk_id)


def desks_to_give_on(user):
    """The desks on which that user gives out work."""
    if user.has_perm("articles.add_assignment"):
        return (
            Desk.objects.all()
            if access.spans_desks(user)
            else Desk.objects.filter(pk__in=access.working_desk_ids(user))
        )
    if not user.has_perm("articles.change_assignment"):
        return Desk.objects.none()
    return Desk.objects.filter(memberships__user=user, memberships__role=DeskMember.Role.LEAD)


def is_theirs(user, assignment: Assignment) -> bool:
    """Whether it is that user's own work, to accept, decline and finish."""
    return assignment.assignee_id == user.pk and user.is_active and user.has_perm("articles.change_assignment")


# --- giving ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def give(by, *, title: str, desk: Desk, article: Article | None = None, assignee=None, **details) -> Assignment:
    """Give out work: on an idea, or on a story that is there. ``details``: briefing, due_at, words.

    Raises ``access.NotAllowed`` for who may not, ``Refused`` where it cannot be.
    """
    assignment = Assignment(created_by=by)
    _write(assignment, by, title=title, desk=desk, article=article, assignee=assignee, **details)
    _log(by, "work_given", assignment, to=assignee.get_username() if assignee else "")
    return assignment


@transaction.atomic
def change(assignment: Assignment, by, *, title: str, desk: Desk, article=None, assignee=None, **details) -> Assignment:
    """Change work that was given out. Somebody else who gets it has to accept it anew. Raises as :func:`give` does."""
    assignment = _open(assignment)
    _may_direct(by, assignment.desk_id)
    before = assignment.assignee
    if assignee != before:
        assignment.accepted_at = None
    _write(assignment, by, title=title, desk=desk, article=article, assignee=assignee, **details)
    _log(by, "work_changed", assignment, to=assignee.get_username() if assignee else "")
    if before is not None and before != assignee:
        _tell(Reason.ASSIGNED, before.pk, f"{audit.staff_name(by)} gave “{title}” to somebody else.", assignment, by)
    return assignment


def _write(assignment, by, *, title, desk, article, assignee, briefing="", due_at=None, words=None):
    _may_direct(by, desk.pk)
    if article is not None:
        if not access.may_see(by, article):
            raise access.NotAllowed("You may not see that story.")
        if article.desk_id != desk.pk:
            raise Refused(f"That story belongs to the {article.desk} desk: its work is given out there.")
    if assignee is not None and not access.who_may_work_on([desk]).filter(pk=assignee.pk).exists():
        raise Refused(f"{audit.staff_name(assignee)} does not work on the {desk} desk.")
    is_news = assignment.pk is None or assignee != assignment.assignee
    assignment.title, assignment.desk, assignment.article, assignment.assignee = title, desk, article, assignee
    assignment.briefing, assignment.due_at, assignment.words = briefing, due_at, words
    assignment.save()
    if due_at:
        _remind_of(due_at)
    if is_news and assignee is not None:
        _tell(Reason.ASSIGNED, assignee.pk, f"{audit.staff_name(by)} gave you “{title}”.", assignment, by)


def _may_direct(by, desk_id):
    if not may_give(by, desk_id):
        raise access.NotAllowed(f"You may not give out work on the {Desk.objects.get(pk=desk_id)} desk.")


def _open(assignment):
    """The work's row, locked to the end of the transaction. Raises :class:`Refused` if it is over."""
    locked = Assignment.objects.select_for_update(of=("self",)).select_related("desk", "article", "assignee")
    assignment = locked.get(pk=assignment.pk)
    if assignment.done_at or assignment.dropped_at:
        raise Refused(f"That work is {'done' if assignment.done_at else 'taken back'} already.")
    return assignment


# --- doing -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def accept(assignment: Assignment, by) -> Assignment:
    """Take the work on. Raises ``NotAllowed`` for anybody but its assignee, ``Refused`` if it is over."""
    assignment = _own(assignment, by)
    if assignment.accepted_at is None:
        assignment.accepted_at = timezone.now()
        assignment.save(update_fields=["accepted_at"])
        _log(by, "work_accepted", assignment)
        _tell_giver(assignment, by, "accepted")
    return assignment


@transaction.atomic
def decline(assignment: Assignment, by, *, reason: str) -> Assignment:
    """Give the work back, with a reason: it is nobody's again. Raises as :func:`accept` does."""
    assignment = _own(assignment, by)
    if not reason.strip():
        raise Refused("Say why you cannot do it, so that the desk can find somebody else.")
    assignment.assignee = assignment.accepted_at = None
    assignment.save(update_fields=["assignee", "accepted_at"])
    _log(by, "work_declined", assignment, reason)
    _tell_giver(assignment, by, "declined", f": {reason}")
    return assignment


@transaction.atomic
def finish(assignment: Assignment, by) -> Assignment:
    """Say that it is done: its assignee, or whoever gives out work on that desk."""
    assignment = _open(assignment)
    if not is_theirs(by, assignment):
        _may_direct(by, assignment.desk_id)
    assignment.done_at = timezone.now()
    assignment.save(update_fields=["done_at"])
    _log(by, "work_done", assignment)
    _tell_giver(assignment, by, "finished")
    return assignment


@transaction.atomic
def drop(assignment: Assignment, by, *, reason: str = "") -> Assignment:
    """Take the work back: it is no longer wanted."""
    assignment = _open(assignment)
    _may_direct(by, assignment.desk_id)
    assignment.dropped_at = timezone.now()
    assignment.save(update_fields=["dropped_at"])
    _log(by, "work_dropped", assignment, reason)
    if assignment.assignee_id:
        because = f": {reason}" if reason.strip() else "."
        words = f"{audit.staff_name(by)} took “{assignment}” back{because}"
        _tell(Reason.ASSIGNED, assignment.assignee_id, words, assignment, by)
    return assignment


@transaction.atomic
def start(assignment: Assignment, by) -> Article:
    """Make the story of an idea: a draft with its title as headline, on its desk, linked to the work.

    Whoever it was given to may, and who gives out work. Where there is a story already, gives that one.
    """
    assignment = _open(assignment)
    if not is_theirs(by, assignment):
        _may_direct(by, assignment.desk_id)
    if assignment.article is not None:
        return assignment.article
    access.require(by, "add_article", Article(desk=assignment.desk), "write stories")
    content = {
        **dict.fromkeys(("standfirst", "body", "slugline", "dateline", "embargo_note"), ""),
        **{name: [] for name in ("regions", "topics", "bylines", "citations", "captions")},
        **dict.fromkeys(("embargo_until", "translation_of")),
        "headline": assignment.title,
        "language": "en",
        "urgency": 4,
        "breaking": False,
    }
    (article,) = writing.create_many(
        [content], desk=assignment.desk, by=by, reason="Started from an idea", origin="desk"
    )
    assignment.article = article
    if is_theirs(by, assignment) and assignment.accepted_at is None:
        assignment.accepted_at = timezone.now()
    assignment.save(update_fields=["article", "accepted_at"])
    _log(by, "idea_started", assignment)
    return article


def _own(assignment, by):
    assignment = _open(assignment)
    if not is_theirs(by, assignment):
        raise access.NotAllowed("That work was not given to you.")
    return assignment


# --- telling ---------------------------------------------------------------------------------------------------------


def _log(by, action, assignment, reason="", **data):
    # Under the story's name where there is one, so that its history tells of its work.
    audit.log(by, action, assignment.article or assignment, reason=reason, assignment=assignment.pk, **data)


def _tell(reason, user_id, words, assignment, by, once=""):
    return notices.told(
        reason,
        notices.people([user_id]),
        words,
        once=once or f"work-{assignment.pk}-{reason}-{timezone.now().timestamp():.6f}",
        by=by,
        article=assignment.article,
        address=notices.address_of_work(assignment),
    )


def _tell_giver(assignment, by, word, more="."):
    words = f"{audit.staff_name(by)} {word} “{assignment}”{more}"
    _tell(Reason.ACCEPTED, assignment.created_by_id, words, assignment, by)


def _remind_of(due_at):
    from articles import tasks  # which imports this module

    for at in (due_at - SOON, due_at + timedelta(seconds=1)):
        if at > timezone.now():
            tasks.tell_what_is_due.using(run_after=at).enqueue()


def tell_what_is_due(at=None) -> int:
    """Tell those whose work is due soon, or late. Gives how many were told: each once for each time it was due."""
    at = at or timezone.now()
    waiting = (
        Assignment.objects.open()
        .filter(assignee__isnull=False, due_at__gt=at - TOLD_LATE_WITHIN, due_at__lte=at + SOON)
        .select_related("article", "desk")
    )
    told = 0
    for assignment in waiting:
        late = assignment.is_late(at)
        words = f"“{assignment}” is late." if late else f"“{assignment}” is due soon."
        once = f"{'late' if late else 'due'}-{assignment.pk}-{assignment.due_at:%Y%m%dT%H%M%S}"
        if not Notice.objects.filter(recipient=assignment.assignee_id, once=once).exists():
            with transaction.atomic():
                told += _tell(Reason.DUE, assignment.assignee_id, words, assignment, None, once)
    return told
