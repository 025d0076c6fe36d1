"""A save that overlaps with somebody else's: kept in the history, beside the story, until somebody merges it.

The text that was refused becomes a revision, and right after it the one that stands is repeated word for word. So the
newest revision is always what the story holds, whoever asks for it: approving, releasing and restoring need not know
that such revisions exist. Neither of the two has an author (the name of who typed it is there), because nobody has
written the story by them: the two-person rule asks who wrote it.
"""

from django.utils import timezone

from articles import audit
from articles.models import Article, Event, Revision

# The name keeps it for good: retention takes no revision that has one.
NOT_MERGED = "Not merged"


def keep(article: Article, content: dict, by, *, opened: int, newest: Revision) -> Revision:
    """Keep that content beside the story, which stays as it is, its version and its approval too.

    ``opened`` is the number of the revision that it began from. Call it under the story's lock. Gives the revision
    that keeps it: the same one if the same person sends the same text again.
    """
    name = audit.staff_name(by)
    beside = article.revisions.filter(name=NOT_MERGED, number__gte=newest.number - 1).order_by("-number").first()
    if beside and beside.author_name == name and beside.content == content:
        return beside
    now = timezone.now()
    kept, repeated = Revision.objects.bulk_create(
        [
            Revision(
                article=article,
                number=newest.number + 1,
                content=content,
                author_name=name,
                name=NOT_MERGED,
                reason=f"Begun from revision {opened}; overlaps with revision {newest.number}"[:300],
                created_at=now,
            ),
            Revision(
                article=article,
                number=newest.number + 2,
                content=newest.content,
                origin=newest.origin,
                reason=f"Stands as in revision {newest.number}, while revision {newest.number + 1} is not merged",
                created_at=now,
            ),
        ]
    )
    if article.approved_number == newest.number:
        # Word for word what was approved.
        Article.objects.filter(pk=article.pk).update(approved_number=repeated.number)
        article.approved_number = repeated.number
    audit.log(by, "not_merged", article, revision=kept.number, begun_from=opened, stands=repeated.number)
    return kept


def begun_from(article: Article, kept: Revision | None) -> Revision | None:
    """The revision that a text kept beside the story began from; None if it is not there any more.

    Raises ``LookupError`` for a revision that was not kept so.
    """
    number = kept.number if kept else 0
    event = Event.objects.about(article).filter(action="not_merged", data__revision=number).first()
    if event is None:
        raise LookupError("That revision was not kept beside the story.")
    return article.revisions.filter(number=event.data["begun_from"]).first()


def settled_as(article: Article, kept: Revision) -> int | None:
    """The number of the revision into which a text kept beside the story was merged last; None while it was not."""
    event = Event.objects.about(article).filter(action="saved", data__settles=kept.number).first()
    return event and event.data["revision"]


def who_saved(article: Article, *, after: int, to: int) -> tuple[str, ...]:
    """The names of those who saved the story after that revision up to the other, each once, in order.

    Who was refused is not among them.
    """
    saved = article.revisions.filter(number__gt=after, number__lte=to).exclude(name=NOT_MERGED)
    return tuple(dict.fromkeys(name for name in saved.order_by("number").values_list("author_name", flat=True) if name))
