"""What has come to a story since somebody opened it, in one sentence for them."""

from django.utils import timezone
from django.utils.text import get_text_list

from articles.models import Event, Revision

from . import reading

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MOST_NAMED = 4


def since(article, number: int, *, user, see_confidential: bool) -> str:
    """What was saved after revision ``number``, by whom and when; or what else was done to the story last."""
    revisions = list(
        article.revisions.filter(number__gte=number).select_related("author").order_by("number")[:200]
        if number
        else article.revisions.order_by("-number").select_related("author")[:1]
    )
    newer = [revision for revision in revisions if revision.number > number and _changed_the_story(revision)]
    if not newer:
        return _last_done(article, user)
    before = revisions[0].content if revisions[0].number == number else None
    what = _what(before, newer[-1].content, see_confidential) if before else ""
    return f"{_who(newer, user)} saved {_which(newer)}{f': {what}' if what else ''}."


def _changed_the_story(revision):
    """Not so a text that is kept beside the story, and the one after it that repeats what stands."""
    return revision.author_id is not None or revision.origin == Revision.Origin.WIRE


def _last_done(article, user):
    event = Event.objects.about(article).first()
    if event is None:
        return "The story has changed since you opened it."
    who = _name(event.actor_name, event.actor == user.get_username())
    return f"{who} {event.words} it at {_clock(event.at)}."


def _who(revisions, user):
    names = dict.fromkeys(_name(one.author_name, one.author_id == user.pk) for one in revisions)
    return get_text_list(list(names), "and")


def _name(name, is_own):
    return "You, in another window," if is_own else name or "The system"


def _which(revisions):
    first, last = revisions[0], revisions[-1]
    at = _clock(last.created_at)
    if first is last:
        return f"revision {last.number} at {at}"
    return f"revisions {first.number} to {last.number}, the last at {at}"


def _what(before, after, see_confidential):
    """“headline, two paragraphs”: the fields that differ, and of the text how much of it."""
    named = []
    for change in reading.changes(before, after, see_confidential=see_confidential):
        if change.name == "body":
            count = sum(any(piece.kind != "=" for piece in line) for line in change.lines)
            named.append(_paragraphs(count) if count else "how the text is set")
        else:
            named.append(change.label.lower())
    rest = len(named) - MOST_NAMED
    return ", ".join(named[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _paragraphs(count):
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} paragraph{'' if count == 1 else 's'}"


def _clock(at):
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local:%H:%M} on {local.day} {local:%B}"
