"""Two people saved the same story: both texts side by side, nothing lost, and a choice for each field."""

from dataclasses import dataclass

from articles.models import Event, Revision

from . import reading


@dataclass(frozen=True)
class Disputed:
    """A field that differs: what this editor wrote, what stands now, and who of the two changed it."""

    name: str
    label: str
    mine: list[str]
    theirs: list[str]
    only_theirs: bool  # this editor did not touch it: theirs is the newer text

    @property
    def lines(self):
        return reading.compare_lines(self.theirs, self.mine)


@dataclass(frozen=True)
class Conflict:
    """All that the page needs to show a refused save."""

    version: int
    revision: int
    fields: list[Disputed]
    events: list[Event]


def between(article, mine: dict, theirs: dict, *, seen_revision: int | None, see_confidential: bool) -> Conflict:
    """Compare a refused save with the story as it stands. ``seen_revision`` is what the editor had opened."""
    opened = Revision.objects.filter(article=article, number=seen_revision or 0).first()
    base = opened.content if opened else None
    newest = article.revisions.order_by("-number").first()
    fields = [
        Disputed(
            change.name,
            change.label,
            mine=change.after,
            theirs=change.before,
            only_theirs=base is not None and base.get(change.name) == mine.get(change.name),
        )
        for change in reading.changes(theirs, mine, see_confidential=see_confidential)
    ]
    since = opened.created_at if opened else None
    events = Event.objects.about(article)
    if since:
        events = events.filter(at__gt=since)
    return Conflict(article.version, newest.number if newest else 0, fields, list(events[:8]))


def settle(mine: dict, theirs: dict, take: list[str]) -> dict:
    """This editor's document with the fields named in ``take`` as they stand now."""
    return mine | {name: theirs[name] for name in take if name in reading.LABELS and name in theirs}
