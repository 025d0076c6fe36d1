"""What came over the wire: the bytes as received, what was made of them, and how one item is known from another."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .fields import LineField, PublicIdField


class WireBatch(models.Model):
    """One run of an import."""

    public_id = PublicIdField()
    name = LineField(max_length=300, blank=True, help_text="What was imported: the paths as given.")
    desk = models.ForeignKey("articles.Desk", models.PROTECT, related_name="batches")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="batches")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    totals = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name_plural = "wire batches"
        permissions = [("import_stories", "Can import stories")]

    def __str__(self):
        return self.name or self.public_id


class WireBytes(models.Model):
    """Bytes as they were received, kept once however often they come."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    class Meta:
        verbose_name_plural = "wire bytes"

    def __str__(self):
        return self.sha256[:12]


class WireRecord(models.Model):
    """One story, or one refused piece of a file, as it came, and what became of it."""

    class Outcome(models.TextChoices):
        CREATED = "created"
        UPDATED = "updated"
        UNCHANGED = "unchanged"
        DUPLICATE = "duplicate"
        REJECTED = "rejected"

    batch = models.ForeignKey(WireBatch, models.CASCADE, related_name="records")
    path = LineField(max_length=400, blank=True)
    story = models.PositiveIntegerField(default=1, help_text="Its number in the file.")
    line = models.PositiveIntegerField(default=1, help_text="The line of the file it begins on.")
    received = models.ForeignKey(WireBytes, models.PROTECT, related_name="records")
    parser = models.CharField(max_length=20)
    encoding = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    code = models.CharField(max_length=40, blank=True, help_text="Why it was refused.")
    message = LineField(max_length=500, blank=True)
    warnings = models.JSONField(default=list, blank=True)

    headline = LineField(max_length=300, blank=True)
    language = models.CharField(max_length=8, blank=True)
    provider = LineField(max_length=80, blank=True)
    provider_id = LineField(max_length=200, blank=True)
    provider_version = models.CharField(max_length=40, blank=True)
    headline_key = models.CharField(max_length=32, blank=True, help_text="Hash of the folded headline.")
    text_key = models.CharField(max_length=32, blank=True, help_text="Hash of all of its folded text.")
    content = models.JSONField(null=True, blank=True, help_text="The story as it was read.")
    article = models.ForeignKey("articles.Article", models.SET_NULL, null=True, blank=True, related_name="wire_records")
    is_offered = models.BooleanField(
        default=False, help_text="A newer text, offered because an editor has worked on the story since."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["headline_key"], condition=~Q(headline_key=""), name="wirerecord_by_headline"),
            models.Index(fields=["text_key"], condition=~Q(text_key=""), name="wirerecord_by_text"),
            models.Index(
                fields=["provider", "provider_id"], condition=~Q(provider_id=""), name="wirerecord_by_provider_id"
            ),
            models.Index(fields=["outcome", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["created", "updated", "unchanged", "duplicate", "rejected"]),
                name="wirerecord_outcome_valid",
            ),
            models.CheckConstraint(condition=Q(outcome="rejected") | Q(code=""), name="wirerecord_code_where_rejected"),
        ]

    def __str__(self):
        return self.headline or f"{self.path} story {self.story}"


class WireParagraph(models.Model):
    """A paragraph that a record holds, as a 63-bit hash of its folded text: finds the same story under another head."""

    record = models.ForeignKey(WireRecord, models.CASCADE, related_name="paragraph_keys")
    key = models.BigIntegerField(db_index=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.key:x}"
