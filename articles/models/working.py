"""How people work at the desk: views of the list that they keep, bulk orders, and previews given to outsiders."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .fields import LineField


class SavedView(models.Model):
    """A list of stories that somebody comes back to: its filters, its columns, its order."""

    name = LineField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    desk = models.ForeignKey(
        "articles.Desk",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_views",
        help_text="The desk that it is shared with; empty for a private one.",
    )
    screen = models.CharField(max_length=10, default="stories", editable=False, help_text="The list that it is of.")
    query = models.TextField(blank=True, help_text="The filters, as they stand in the address.")
    columns = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "screen", "name"], name="savedview_name_unique")]

    def __str__(self):
        return self.name


class BulkOrderQuerySet(models.QuerySet):
    def waiting(self):
        """Those that wait for a second person's word."""
        return self.filter(done_at=None, dropped_at=None)


class BulkOrder(models.Model):
    """One action on many stories, asked for by one person; some wait until a second one confirms.

    ``stories`` are [public id, version] as the asker saw them: nothing else is ever touched. ``results`` say of each
    what became of it.
    """

    action = models.CharField(max_length=20)
    details = models.JSONField(default=dict)
    stories = models.JSONField()
    reason = LineField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_orders")
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="confirmed_orders"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    results = models.JSONField(default=list)

    objects = BulkOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("made_by")), name="bulkorder_second_person"
            )
        ]

    def __str__(self):
        return f"{self.action} {len(self.stories)} stories"


def new_token() -> str:
    """What nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


class PreviewLinkQuerySet(models.QuerySet):
    def open(self, at=None):
        """Those that still open."""
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())


class PreviewLink(models.Model):
    """A story shown before its release to somebody outside, a lawyer say, until it runs out or is taken back.

    The address holds a token of which the database keeps the hash alone.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="preview_links")
    token_hash = models.CharField(max_length=64, unique=True)
    for_whom = LineField(max_length=120, help_text="Who gets it.")
    at = models.DateTimeField(null=True, blank=True, help_text="The instant it shows; empty for the moment of opening.")
    revision = models.ForeignKey(
        "articles.Revision", models.CASCADE, null=True, blank=True, help_text="Empty for the newest."
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preview_links")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"Preview for {self.for_whom}"
