"""What is typed and not saved yet is kept for whom it belongs to; and who else has a story open is known."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Autosave, Presence

# How often a browser says that it is there still: nothing is written for less.
HEARTBEAT = timedelta(seconds=15)
# Whoever leaves may be turning a page of the same story, or have it open in a second window.
PARTING = timedelta(seconds=20)
# The form's entry that says which window of the browser typed it.
WINDOW = "window"


class Waiting(Exception):
    """An unsaved draft that another window typed waits to be decided about: it is not written over."""

    def __init__(self, draft: Autosave):
        self.draft = draft
        super().__init__("Another unsaved draft of yours waits.")


def find(user, *, article=None, key: str = "") -> Autosave | None:
    """The unsaved draft of that person and story, or of that form of a story that was never saved.

    With a story, ``key`` tells what came while another draft of it waited; the other one has none.
    """
    return Autosave.objects.filter(user=user, article=article, key=key).first()


def of_story(user, article) -> list[Autosave]:
    """The unsaved drafts of that person and story: one, and what came while that one waited."""
    return list(Autosave.objects.filter(user=user, article=article))


def begun(user):
    """The unsaved drafts of stories that this person began and never saved, the newest first."""
    return Autosave.objects.filter(user=user, article=None)


def keep(
    user, form: dict, *, window: str, mark: datetime | None = None, base: int = 0, article=None, key: str = "", at=None
) -> datetime:
    """Write what stands in the form over the unsaved draft of that person and story; no revision comes of it.

    ``window`` names the window that typed it. What another window typed is written over only by who has it in the
    form: ``mark`` is the time that it was kept at. Gives the time that this was kept at, which is the next mark.
    Raises :class:`Waiting`.
    """
    at = at or timezone.now()
    whose = {"user": user, "article": article, "key": key}
    values = {"form": {**form, WINDOW: [window]}, "base": base, "saved_at": at}
    for _ in range(3):
        if _typed_by(window, mark).filter(**whose).update(**values):
            return at
        try:
            with transaction.atomic():
                Autosave.objects.create(**whose, **values)
        except IntegrityError:
            if other := find(user, article=article, key=key):
                raise Waiting(other) from None
            # It went between the two statements: there is room now.
        else:
            return at
    raise RuntimeError("The unsaved draft could not be kept.")


def forget(user, *, window: str = "", mark: datetime | None = None, article=None, key: str = "") -> bool:
    """Throw that window's unsaved draft away, or the one that was kept at ``mark``. Gives whether there was one."""
    gone, _ = _typed_by(window, mark).filter(user=user, article=article, key=key).delete()
    return bool(gone)


def _typed_by(window, mark):
    condition = Q(**{f"form__{WINDOW}__0": window}) if window else Q(pk=None)
    return Autosave.objects.filter(condition | Q(saved_at=mark) if mark else condition)


def forget_old(before: datetime) -> int:
    """Throw away the unsaved drafts that nobody has typed into since. Gives how many; who left goes as well."""
    Presence.objects.filter(seen_at__lt=before).delete()
    gone, _ = Autosave.objects.filter(saved_at__lt=before).delete()
    return gone


# --- who has it open ----------------------------------------------------------------------------------------------


def be_seen(user, article, *, writing: bool, note: tuple[str, str] | None = None, at=None) -> list[Presence]:
    """That person has the story open. Gives everybody who has, themselves among them, longest first.

    ``writing``: they have changed something and not saved it. ``note`` is what they ask of the others and how the
    paragraph begins that it is about, or None where it stays as it is.
    """
    at = at or timezone.now()
    here = list(Presence.objects.here(at).filter(article=article).select_related("user"))
    own = next((one for one in here if one.user_id == user.pk), None)
    if own is None:
        return [*here, _arrive(user, article, writing, note or ("", ""), at)]
    _stay(own, writing, (own.note, own.passage) if note is None else note, at)
    return here


def _arrive(user, article, writing, note, at):
    Presence.objects.filter(seen_at__lte=at - Presence.LASTS).delete()
    own = Presence(article=article, user=user, since=at, seen_at=at, is_writing=writing, note=note[0], passage=note[1])
    Presence.objects.bulk_create(
        [own],  # two windows of one person may come at once
        update_conflicts=True,
        unique_fields=["article", "user"],
        update_fields=["seen_at", "is_writing"],
    )
    return own


def _stay(own, writing, note, at):
    if own.is_writing and not writing:
        # Another window of theirs may hold what is not saved.
        writing = Autosave.objects.filter(user=own.user_id, article=own.article_id).exists()
    same = (own.is_writing, own.note, own.passage) == (writing, *note)
    if same and at - own.seen_at < HEARTBEAT:
        return
    own.seen_at, own.is_writing, own.note, own.passage = at, writing, *note
    Presence.objects.filter(pk=own.pk).update(seen_at=at, is_writing=writing, note=note[0], passage=note[1])


def leave(user, article, *, at=None) -> None:
    """A window with the story was closed. They are gone soon, unless another one is heard of."""
    soon = (at or timezone.now()) - Presence.LASTS + PARTING
    Presence.objects.filter(user=user, article=article, seen_at__gt=soon).update(seen_at=soon)
