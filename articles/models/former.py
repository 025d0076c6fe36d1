"""Old addresses, so that links never rot."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class FormerPath(models.Model):
    """``path`` was once the address of that region, topic, source or author; ``code`` says which it is now."""

    class Kind(models.TextChoices):
        REGION = "region"
        TOPIC = "topic"
        SOURCE = "source"
        AUTHOR = "author"

    kind = models.CharField(max_length=8, choices=Kind)
    path = models.CharField(max_length=250)
    code = models.CharField(max_length=40)
    former_code = models.CharField(max_length=40, blank=True, help_text="The code of what was merged into it.")
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["kind", "path"]
        indexes = [models.Index(fields=["kind", "former_code"])]
        constraints = [
            models.UniqueConstraint(fields=["kind", "path"], name="formerpath_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=["region", "topic", "source", "author"]), name="formerpath_kind_valid"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.path} → {self.code}"
