"""The one way to write the audit log."""

from django.utils import timezone

from articles.models import Event
from articles.models.event import event_id


def staff_name(user) -> str:
    """How the log names a member of staff: their full name, or else their account."""
    return (user.get_full_name() or user.get_username()) if user else ""


def log(by, action: str, thing, *, reason: str = "", at=None, **data) -> Event:
    """Write that ``by`` (a user, or None for the system) did ``action`` to ``thing``.

    Belongs in the transaction of the change itself, so that there is never the one without the other. ``data`` must
    be JSON.
    """
    event = _event(by, action, thing, reason, at or timezone.now(), data)
    event.save(force_insert=True)
    return event


def log_many(by, action: str, things, *, reason: str = "", **data) -> None:
    """Write the same of many things, in one query."""
    now = timezone.now()
    Event.objects.bulk_create(_event(by, action, thing, reason, now, data) for thing in things)


def _event(by, action, thing, reason, at, data):
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
