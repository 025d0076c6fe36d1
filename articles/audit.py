"""The one way to write the audit log."""

import sys
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.utils import timezone

from articles import rows
from articles.models import Article, Event, Release
from articles.models.event import event_id

# From where what happens now is done: the client's address, or the command that runs.
_COMMAND = " ".join(["manage.py", *sys.argv[1:2]]) if Path(sys.argv[0]).name == "manage.py" else ""
_whence: ContextVar[str] = ContextVar("whence", default=_COMMAND)


@contextmanager
def coming_from(words: str):
    """Everything logged inside is said to have been done from there."""
    token = _whence.set(words[:120])
    try:
        yield
    finally:
        _whence.reset(token)


def whence() -> str:
    """From where what happens now is done."""
    return _whence.get()


def staff_name(user) -> str:
    """How the log names a member of staff: their full name, or else their account."""
    return (user.get_full_name() or user.get_username()) if user else ""


def log(by, action: str, thing, *, reason: str = "", at=None, **data) -> Event:
    """Write that ``by`` (a user, or None for the system) did ``action`` to ``thing``.

    Belongs in the transaction of the change itself, so that there is never the one without the other. ``data`` must
    be JSON; from where it was done is put into it (see :func:`coming_from`).
    """
    event = _event(by, action, thing, reason, at or timezone.now(), data)
    event.save(force_insert=True)
    return event


def log_many(by, action: str, things, *, reason: str = "", **data) -> None:
    """Write the same of many things, in one query."""
    now = timezone.now()
    if whence := _whence.get():
        data = {**data, "from": whence}
    who = [by.get_username() if by else "", staff_name(by)]
    rows.insert(
        Event,
        ["at", "actor", "actor_name", "action", "reason", "data", "kind", "thing", "name"],
        (
            [now, *who, action, reason[:600], data, thing._meta.model_name, event_id(thing), str(thing)[:300]]
            for thing in things
        ),
    )


def log_each(by, thing, entries) -> None:
    """Write several things that were done to one, in one query and in order; each is (action, reason, data)."""
    now = timezone.now()
    Event.objects.bulk_create(_event(by, action, thing, reason, now, data) for action, reason, data in entries)


def overrides_since(at, most: int = 20, *, stories=None) -> list[Event]:
    """The releases by which somebody passed over a rule since that instant, the newest first.

    ``stories`` are those that may be told of, where not all. Found by the releases of that time, which are few: the log
    itself may be very long.
    """
    released = Release.objects.filter(live_from__gte=at)
    if stories is not None:
        released = released.filter(article__in=stories)
    events = Event.objects.filter(kind=Article._meta.model_name, thing__in=released.values("public_id"), at__gte=at)
    return list(events.filter(data__has_key="overrides").exclude(data__overrides=[])[:most])


def _event(by, action, thing, reason, at, data):
    if whence := _whence.get():
        data = {**data, "from": whence}
    return Event(
        at=at,
        actor=by.get_username() if by else "",
        actor_name=staff_name(by),
        action=action,
        kind=thing._meta.model_name,
        thing=event_id(thing),
        name=str(thing)[:300],
        reason=reason[:600],
        data=data,
    )
