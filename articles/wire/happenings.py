"""What happens in an import, as it happens: small values that a command or a screen shows in its own way."""

from dataclasses import dataclass

from articles.wire.files import Opened
from articles.wire.items import WireError
from articles.wire.reading import Reading

__all__ = ["Closed", "Opened", "Progress", "Refused", "Taken", "Totals"]


@dataclass
class Taken:
    """A story that is kept, and what became of it: created, updated, unchanged or duplicate."""

    reading: Reading
    outcome: str
    article: str | None  # public id; none in a trial that would make it
    warnings: list[str]


@dataclass
class Refused:
    """A story, or a whole file, that is not."""

    error: WireError


@dataclass
class Closed:
    """A file ends. ``outcome`` is ok, partial or error (nothing of it was stored)."""

    path: str
    encoding: str
    outcome: str


@dataclass
class Progress:
    """So many bytes of the present file have been read."""

    read: int


@dataclass
class Totals:
    """What happened in a whole run."""

    files: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: int = 0

    def count(self, event):
        """Take one event of the run into account."""
        if isinstance(event, Closed):
            self.files += 1
        elif isinstance(event, Taken):
            name = "duplicates" if event.outcome == "duplicate" else event.outcome
            setattr(self, name, getattr(self, name) + 1)
        elif isinstance(event, Refused):
            name = "duplicates" if event.error.code == "duplicate_story" else "rejected"
            setattr(self, name, getattr(self, name) + 1)
