"""What can be done to many stories at once: each action as it is done to one, by the rules that hold for one.

An action is given, as JSON, what it needs: the codes of a desk, topic or region, an urgency, an account's name,
instants in ISO 8601. It says what it did in a few words that follow “will be” and “was”.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime

from articles import access, assigning, audit, releasing, workflow, writing
from articles.models import Article, Desk, Region, Status, Topic, User
from articles.workflow import Refused


@dataclass(frozen=True)
class Action:
    """One action: what it is called, who may ask for it, what it needs, and how it is done to one story."""

    label: str
    permissions: tuple[str, ...]  # any of them
    run: Callable[[Article, User, int, dict, str], str]
    needs: tuple[str, ...] = ()
    releases: bool = False  # whether readers get something by it
    second: bool = False  # a second person always carries it out, in their own name; no list of stories offers it

    def may(self, user) -> bool:
        return any(user.has_perm(f"articles.{permission}") for permission in self.permissions)


def _mover(name, target, words):
    def run(article, by, seen, given, reason):
        article = writing.lock(article, seen)
        transition = workflow.TRANSITIONS.get((article.status, target))
        if transition is not None and transition.name != name:
            # Two moves can lead to one state: what is spiked is not returned, what was submitted not unspiked.
            raise Refused(f"A story that is {article.get_status_display().lower()} cannot be {words}.")
        workflow.move(article, target, by, seen=seen, reason=reason)
        return words

    return run


def _publish(article, by, seen, given, reason):
    releasing.release(article, by, seen=seen)
    return "released to readers"


def _schedule(article, by, seen, given, reason):
    releasing.release(article, by, seen=seen, at=_instant(given, "at"))
    return "scheduled"


def _move_to_desk(article, by, seen, given, reason):
    desk = _find(Desk, given["desk"], "desk")
    if not access.spans_desks(by) and desk.pk not in access.working_desk_ids(by):
        raise access.NotAllowed(f"You do not belong to the {desk} desk, so the story cannot go there.")
    return _revise(article, by, seen, reason, f"moved to the {desk} desk", desk=lambda was: desk.code)


def _set_urgency(article, by, seen, given, reason):
    return _revise(article, by, seen, reason, f"given urgency {given['urgency']}", urgency=lambda was: given["urgency"])


def _adder(name, model):
    def run(article, by, seen, given, reason):
        thing = _find(model, given[name], name)
        words = f"given the {name} {thing}"
        return _revise(article, by, seen, reason, words, **{f"{name}s": lambda was: [*was, thing.code]})

    return run


def _remover(name, model):
    def run(article, by, seen, given, reason):
        thing = _find(model, given[name], name)
        words = f"freed of the {name} {thing}"
        without = {f"{name}s": lambda was: [code for code in was if code != thing.code]}
        return _revise(article, by, seen, reason, words, **without)

    return run


def _revise(article, by, seen, reason, words, **changes):
    """Save the story with those parts of its content changed: a revision, as if somebody had saved the form."""
    article = writing.lock(article, seen)
    if not access.may_edit(by, article):
        raise access.NotAllowed("You may not edit this story as it stands.")
    newest = writing.newest_revision(article)
    if newest is None:
        raise Refused("The story has never been saved.")
    was = writing.snapshot(article)
    content = {**was, **{name: change(was[name]) for name, change in changes.items()}}
    for name in changes:
        if isinstance(content[name], list):
            content[name] = list(dict.fromkeys(content[name]))
    if content == was:
        raise Refused("That is so already.")
    was_approved = article.status == Status.APPROVED
    writing.revise(article, content, by, was=was, newest=newest, reason=reason)
    return f"{words}; its approval falls" if was_approved else words


def _assign(article, by, seen, given, reason):
    article = writing.lock(article, seen)
    assignee = User.objects.filter(username=given["assignee"], is_active=True).first()
    if assignee is None:
        raise Refused("Nobody of that name works here any more.")
    if article.assignments.open().filter(assignee=assignee).exists():
        raise Refused("That is so already.")
    due_at = _instant(given, "due_at")
    assigning.give(by, title=str(article)[:200], desk=article.desk, article=article, assignee=assignee, due_at=due_at)
    return f"given to {audit.staff_name(assignee)}"


def _recaption(article, by, seen, given, reason):
    from articles import captioning  # which makes such orders

    return captioning.release_one(article, by, seen, given, reason)


def _find(model, code, name):
    thing = model.objects.filter(code=code).first()
    if thing is None:
        raise Refused(f"That {name} is no longer there.")
    return thing


def _instant(given, name) -> datetime | None:
    return parse_datetime(given[name]) if given.get(name) else None


_EDIT = ("change_article",)

ACTIONS = {
    "submit": Action("Submit to the desk", ("submit_article",), _mover("submit", Status.SUBMITTED, "submitted")),
    "approve": Action("Approve", ("approve_article",), _mover("approve", Status.APPROVED, "approved")),
    "return": Action(
        "Return to the reporter",
        ("edit_submitted_article",),
        _mover("return", Status.DRAFT, "returned to its reporter"),
        needs=("reason",),
    ),
    "spike": Action("Spike", ("spike_article",), _mover("spike", Status.SPIKED, "spiked"), needs=("reason",)),
    "unspike": Action("Take off the spike", ("spike_article",), _mover("unspike", Status.DRAFT, "taken off the spike")),
    "publish": Action("Publish now", ("publish_article",), _publish, releases=True),
    "schedule": Action("Schedule", ("publish_article",), _schedule, needs=("at",), releases=True),
    "desk": Action("Move to another desk", _EDIT, _move_to_desk, needs=("desk",)),
    "urgency": Action("Set the urgency", _EDIT, _set_urgency, needs=("urgency",)),
    "add_topic": Action("Add a topic", _EDIT, _adder("topic", Topic), needs=("topic",)),
    "remove_topic": Action("Take a topic away", _EDIT, _remover("topic", Topic), needs=("topic",)),
    "add_region": Action("Add a region", _EDIT, _adder("region", Region), needs=("region",)),
    "remove_region": Action("Take a region away", _EDIT, _remover("region", Region), needs=("region",)),
    "assign": Action(
        "Give out as work", ("add_assignment", "change_assignment"), _assign, needs=("assignee", "due_at")
    ),
    "caption": Action("Release a corrected picture", ("publish_article",), _recaption, releases=True, second=True),
}
