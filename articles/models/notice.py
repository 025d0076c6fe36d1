"""Notices: who is told of what, on the desk and by e-mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .fields import LineField


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """One person is told one thing, once.

    Written in the transaction of what it tells of. ``once`` names the occasion, so that nobody is told twice whatever
    is run again; ``mailed_at`` is claimed before a mail goes out.
    """

    class Reason(models.TextChoices):
        SUBMITTED = "submitted", "A story was submitted to a desk I lead"
        RETURNED = "returned", "A story of mine was returned"
        SPIKED = "spiked", "A story of mine, or of a desk I lead, was spiked"
        APPROVED = "approved", "A story of mine was approved"
        RELEASED = "released", "A story of mine went out to readers"
        SCHEDULE_CANCELED = "schedule_canceled", "What I had scheduled was cancelled"
        RETRACTED = "retracted", "A story of mine was retracted"
        ASSIGNED = "assigned", "Work was given to me"
        ACCEPTED = "accepted", "Work that I gave out was accepted or done"
        DUE = "due", "Work of mine is due soon, or late"
        MENTIONED = "mentioned", "Somebody mentioned me in a note"
        NOTED = "noted", "Somebody left a note on a story of mine"
        WIRE = "wire", "The wire changed or killed a story of mine"
        CONFIRM = "confirm", "Something waits for a second person's word"
        ALARM = "alarm", "Something has gone wrong that a desk must know of"

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    reason = models.CharField(max_length=20, choices=Reason)
    text = LineField(max_length=400)
    article = models.ForeignKey("articles.Article", models.CASCADE, null=True, blank=True, related_name="notices")
    address = models.CharField(max_length=200, blank=True, help_text="Where it leads, where that is not a story.")
    once = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    by_mail = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["recipient", "read_at", "-id"])]
        constraints = [models.UniqueConstraint(fields=["recipient", "once"], name="notice_once")]

    def __str__(self):
        return self.text


class Mute(models.Model):
    """Somebody does not want to be told of that, on the desk or by e-mail."""

    class Channel(models.TextChoices):
        DESK = "desk", "on the desk"
        MAIL = "mail", "by e-mail"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    reason = models.CharField(max_length=20, choices=Notice.Reason)
    channel = models.CharField(max_length=4, choices=Channel)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "reason", "channel"], name="mute_once"),
            models.CheckConstraint(condition=Q(channel__in=["desk", "mail"]), name="mute_channel_valid"),
        ]

    def __str__(self):
        return f"{self.user}: no {self.reason} {self.get_channel_display()}"
