"""What readers have of a story and what they will get, in words for its page."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from articles import guards
from articles.models import Release

from .times import told


def public_address(article, release=None) -> str:
    """Where readers find the story. Built here: the desk knows nothing of the readers' code."""
    prefix = "/ar" if (release.language if release else article.language) == "ar" else ""
    return f"{prefix}/stories/{article.public_id}/{release.slug if release else article.slug}/"


@dataclass
class State:
    """A story's releases at this moment."""

    current: Release | None
    pending: Release | None
    end: Release | None
    address: str
    now_told: str
    pending_told: str
    end_told: str
    is_live: bool


def state(article) -> State:
    """What is in force, and what is to come. One query."""
    now = timezone.now()
    to_come_or_now = article.releases.standing().filter(Q(live_until=None) | Q(live_until__gt=now))
    standing = list(
        to_come_or_now.annotate(revision_number=F("revision__number")).defer("document").order_by("-sequence")
    )
    current = next((one for one in standing if one.live_from <= now), None)
    pending = min((one for one in standing if one.live_from > now), key=lambda one: one.live_from, default=None)
    end = next((one for one in standing if one.live_from > now and one.is_gone), None)
    return State(
        current,
        pending,
        end,
        public_address(article, current) if current else "",
        told(current.live_from) if current else "",
        told(pending.live_from) if pending else "",
        told(end.live_from) if end else "",
        current is not None and not current.is_gone,
    )


@dataclass
class Check:
    """One line of “Between this story and readers”."""

    problem: guards.Problem
    may_pass: bool  # this user may pass over it, with a reason
