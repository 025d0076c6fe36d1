"""What is typed and not saved yet, and who has a story open. Neither is part of the story."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .fields import LineField


class Autosave(models.Model):
    """The one unsaved draft of one person and one story: the form as it stood in their browser.

    It is overwritten as they type, makes no revision, and goes when they save or throw it away. A story that was never
    saved has no article yet: its form goes by a ``key`` that the browser made up. With a story, a ``key`` tells what
    came while another draft of it waited to be decided about.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="autosaves")
    article = models.ForeignKey("articles.Article", models.CASCADE, null=True, blank=True, related_name="autosaves")
    key = models.CharField(max_length=32, blank=True)
    base = models.PositiveIntegerField(default=0, help_text="The revision that they began from; 0 for a new story.")
    form = models.JSONField(help_text="The fields by name, each a list of values, as a browser sends them.")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "article", "key"], name="autosave_once_a_story"),
            models.UniqueConstraint(fields=["user", "key"], condition=Q(article=None), name="autosave_once_a_form"),
            models.CheckConstraint(condition=Q(article__isnull=False) | ~Q(key=""), name="autosave_of_one_thing"),
        ]

    def __str__(self):
        return f"What {self.user} typed at {self.saved_at:%H:%M}"


class PresenceQuerySet(models.QuerySet):
    def here(self, at=None):
        """Those whose browser has been heard of lately enough to be there still."""
        return self.filter(seen_at__gt=(at or timezone.now()) - Presence.LASTS)


class Presence(models.Model):
    """Somebody has a story open. Nobody is ever locked out by it; a browser that falls silent is forgotten."""

    LASTS = timezone.timedelta(seconds=45)

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presences")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    is_writing = models.BooleanField(default=False, help_text="They have changed something and not saved it yet.")
    note = LineField(max_length=200, blank=True, help_text="“Please leave me this paragraph.”")
    passage = LineField(max_length=200, blank=True, help_text="How the paragraph that the note is about begins.")

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="presence_once")]

    def __str__(self):
        return f"{self.user} since {self.since:%H:%M}"
