"""Who gets our stories as files: what of them, in which form, and what they have had."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .fields import LineField, PublicIdField, WebAddressField


class SubscriberQuerySet(models.QuerySet):
    def called(self):
        """Those whom we call: they have a webhook, and it has not been given up."""
        return self.filter(is_active=True, hook_given_up_at=None).exclude(hook="")


class Subscriber(models.Model):
    """Another newsroom, or a machine of our own, that gets what readers have: by asking, by being called, or both.

    The address of its feed holds a token of which the database keeps the hash alone. What signs its calls is derived
    from ``public_id`` and ``keys`` with the site's own secret, and is kept nowhere.
    """

    class Format(models.TextChoices):
        NINJS = "ninjs", "ninjs 3.1"
        NEWSML = "newsml", "NewsML-G2 2.35"
        NITF = "nitf", "NITF 3.6"

    public_id = PublicIdField()
    name = LineField(max_length=120, unique=True)
    format = models.CharField(max_length=8, choices=Format, default=Format.NINJS)
    languages = models.JSONField(default=list, blank=True)
    regions = models.ManyToManyField("articles.Region", blank=True, help_text="Stories from there; none: from all.")
    topics = models.ManyToManyField("articles.Topic", blank=True, help_text="Stories about these; none: about all.")
    country = models.CharField(
        max_length=2, blank=True, help_text="Where it publishes, as a code: SY. Agencies' terms may leave it out."
    )
    is_active = models.BooleanField(default=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    keys = models.PositiveIntegerField(default=1, editable=False, help_text="How often its keys were made anew.")
    hook = WebAddressField("webhook", max_length=300, blank=True, help_text="An https address that we call.")
    failing_since = models.DateTimeField(null=True, editable=False)
    hook_given_up_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="subscribers"
    )

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(format__in=["ninjs", "newsml", "nitf"]), name="subscriber_format_valid")
        ]

    def __str__(self):
        return self.name


class DeliveryQuerySet(models.QuerySet):
    def due(self, at=None):
        """Those that are to be sent by that instant."""
        return self.filter(state=Delivery.State.WAITING, next_at__lte=at or timezone.now())


class Delivery(models.Model):
    """One release for one subscriber whom we call: sent once, however often it is tried. ``key`` names it to them."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        OVERTAKEN = "overtaken", "overtaken by a newer release"
        FAILED = "failed", "given up"

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="deliveries")
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="deliveries")
    release = models.ForeignKey("articles.Release", models.CASCADE, related_name="deliveries")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_cancellation = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    answer = LineField(max_length=200, blank=True, help_text="What came of the last attempt.")
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["subscriber", "article"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "release", "is_cancellation"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "overtaken", "failed"]), name="delivery_state_valid"
            ),
        ]

    def __str__(self):
        return f"{self.release_id} to {self.subscriber_id}: {self.get_state_display()}"
