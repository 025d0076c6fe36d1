"""Revisions: an immutable snapshot of every save."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .fields import LineField


class RevisionQuerySet(models.QuerySet):
    def get_by_natural_key(self, public_id, number):
        return self.get(article__public_id=public_id, number=number)

    def update(self, **kwargs):
        raise TypeError("A revision is never changed.")


class Revision(models.Model):
    """The whole editorial content of a story at one save.

    ``content`` is a JSON document as :func:`articles.writing.snapshot` makes it. It names things by their lasting
    codes, confidential sources by opaque ones.
    """

    class Origin(models.TextChoices):
        DESK = "desk"
        WIRE = "wire"

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    origin = models.CharField(max_length=4, choices=Origin, default=Origin.DESK)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="revisions")
    author_name = LineField(max_length=160, blank=True)
    reason = LineField(max_length=300, blank=True)
    name = LineField(
        max_length=80, blank=True, help_text="“Before the lawyers”: a revision with a name is kept for good."
    )
    created_at = models.DateTimeField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique"),
            models.CheckConstraint(condition=Q(origin__in=["desk", "wire"]), name="revision_origin_valid"),
        ]

    def __str__(self):
        return f"Revision {self.number}"

    def natural_key(self):
        return (*self.article.natural_key(), self.number)

    natural_key.dependencies = ["articles.article"]
