"""What readers have of a story and what they will get, in words for its page."""

from dataclasses import dataclass

from django.utils import timezone

from articles import access, guards
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
    address: str
    now_told: str
    pending_told: str
    is_live: bool


def state(article) -> State:
    """What is in force, and what is to come. Two queries."""
    now = timezone.now()
    current = Release.objects.in_force(article.public_id, now)
    pending = article.releases.pending(now).order_by("live_from").first()
    return State(
        current,
        pending,
        public_address(article, current) if current else "",
        told(current.live_from) if current else "",
        told(pending.live_from) if pending else "",
        current is not None and not current.is_gone,
    )


@dataclass
class Check:
    """One line of “Between this story and readers”."""

    problem: guards.Problem
    may_pass: bool  # this user may pass over it, with a reason


def checklist(article, user) -> list[Check]:
    """The guards' problems as things stand, and which of them this user may override."""
    return [
        Check(problem, bool(problem.override) and access.may(user, problem.override, article))
        for problem in guards.between_story_and_readers(article)
    ]
