"""What one look at a feed brings: parcels, each a file to be read, and what to do once it is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


class Trouble(Exception):
    """The feed could not be looked at; the message says why, in a sentence without anybody's password.

    ``again_in`` are the seconds after which its server wants to be asked again, where it said so.
    """

    def __init__(self, message: str, again_in: float = 0):
        self.again_in = again_in
        super().__init__(message)


@dataclass(frozen=True)
class Parcel:
    """One file. ``name`` is how the record names it; ``settle`` is called when all of it is stored."""

    name: str
    path: Path
    settle: Callable[[], None]
