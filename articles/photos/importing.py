"""Bringing in whole folders of picture files: each by itself, whatever becomes of the others."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import opening, taking_in
from .opening import UnusablePicture

# In a folder, files of other kinds are passed over; a file that is named is always tried.
ENDINGS = {".jpg", ".jpeg", ".jpe", ".png", ".webp", ".avif", ".tif", ".tiff", ".heic", ".heif"}


class WrongUse(Exception):
    """There is nothing to bring in at those paths; the message says why."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file: ``new``, ``same``, ``former``, ``alike`` (see ``taking_in.Taken``) or ``refused``.

    ``photo`` is the public id of the picture that it is, or was already, or looks like; "" where there is none.
    """

    path: str
    outcome: str
    photo: str = ""
    message: str = ""


def find(paths: list[str]) -> list[Path]:
    """The files at those paths, folders with all that is in them, in order. Raises :class:`WrongUse`."""
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in ENDINGS)
            hidden = (one for one in inside if any(part.startswith(".") for part in one.relative_to(path).parts))
            left_out = set(hidden)
            # No way out of the folder by a link.
            found |= dict.fromkeys(
                one for one in inside if one not in left_out and one.is_file() and not one.is_symlink()
            )
        elif path.is_file():
            found[path] = None
        else:
            raise WrongUse(f"There is no file or folder “{given}”.")
    if not found:
        raise WrongUse("There are no picture files in there.")
    return list(found)


def bring_in(files: list[Path], *, by=None, keep_both: bool = False, dry_run: bool = False) -> Iterator[Outcome]:
    """Take in each of those files and say what became of it; with ``dry_run`` only look what would."""
    seen: dict[str, str] = {}
    for path in files:
        try:
            data = _bytes(path)
            if not dry_run:
                yield _outcome(path, taking_in.take_in(data, name=path.name, by=by, keep_both=keep_both))
                continue
            digest = hashlib.sha256(data).hexdigest()
            if digest in seen:
                yield Outcome(str(path), "same", "", f"The same file as {seen[digest]}.")
                continue
            seen[digest] = str(path)
            found = taking_in.look(data)
            is_taken = not isinstance(found, taking_in.Taken) or (found.outcome == "alike" and keep_both)
            yield Outcome(str(path), "new") if is_taken else _outcome(path, found)
        except UnusablePicture as error:
            yield Outcome(str(path), "refused", "", str(error))
        except OSError as error:
            yield Outcome(str(path), "refused", "", f"The file cannot be read: {error.strerror or error}.")


def _bytes(path):
    if path.stat().st_size > opening.MAX_BYTES:
        raise UnusablePicture(f"The file is larger than {opening.MAX_BYTES // 1024 // 1024} MB.")
    return path.read_bytes()


def _outcome(path, taken):
    words = {
        "same": f"It is here already, as “{taken.photo}”.",
        "former": f"It was here before, as “{taken.photo}”, which has another file now.",
        "alike": f"It looks like “{taken.photo}”, which is here, and was not taken in. --keep-both takes it in.",
    }
    message = words.get(taken.outcome, " ".join(taken.notes))
    return Outcome(str(path), taken.outcome, taken.photo.public_id, message)
