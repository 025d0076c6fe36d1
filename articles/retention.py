"""Retention: which revisions are kept, and which may go."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from articles import audit
from articles.models import Article, Autosave, PreviewLink, Release, Revision

STORIES_AT_ONCE = 200


@dataclass
class Pruned:
    """What went, or would go: revisions by story's public id."""

    revisions: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.revisions.values())


def prunable(before):
    """The revisions made before that instant that nothing needs.

    Kept are those that readers have had or will have, the named, each story's newest, the approved one, what somebody's
    unsaved draft began from, what an outsider's preview shows, and all of a story that is on legal hold.
    """
    story = OuterRef("article")
    newer = Revision.objects.filter(article=story, number__gt=OuterRef("number"))
    return (
        Revision.objects.filter(Exists(newer), created_at__lt=before, name="", article__legal_hold=False)
        .exclude(Exists(Release.objects.filter(revision=OuterRef("pk"))))
        .exclude(Exists(Autosave.objects.filter(article=story, base=OuterRef("number"))))
        .exclude(Exists(PreviewLink.objects.filter(revision=OuterRef("pk"))))
        .exclude(Q(article__approved_number__isnull=False) & Q(article__approved_number=F("number")))
    )


def prune(before, *, by=None, dry_run: bool) -> Pruned:
    """Delete what :func:`prunable` names, story by story, each with its event; with ``dry_run`` only count it.

    Can be stopped at any time and run again.
    """
    report = Pruned()
    ids = prunable(before).order_by("article").values_list("article", flat=True).distinct()
    for article in Article.objects.filter(pk__in=ids).order_by("pk").iterator(chunk_size=STORIES_AT_ONCE):
        with transaction.atomic():
            own = prunable(before).filter(article=article)
            numbers = sorted(own.values_list("number", flat=True))
            if not numbers:
                continue
            report.revisions[article.public_id] = len(numbers)
            if not dry_run:
                own.delete()
                audit.log(by, "pruned", article, reason="Retention", revisions=numbers)
    return report
