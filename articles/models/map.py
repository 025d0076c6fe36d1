"""Locator maps, drawn when stories are released so that no reader's request has to."""

from django.db import models
from django.utils import timezone

from .fields import LineField


class LocatorMap(models.Model):
    """The map of a region in one edition. ``markup`` is what stands in its ``svg`` element; empty: none can be drawn.

    Written by ``articles.maps`` alone.
    """

    code = models.CharField(max_length=24, help_text="The region's, which never changes.")
    language = models.CharField(max_length=8)
    name = LineField(max_length=120)
    alt_text = LineField(max_length=400, blank=True, help_text="What it shows, for those who cannot see it.")
    markup = models.TextField(blank=True)
    drawn_with = models.CharField(max_length=16, help_text="The atlas and the hand that drew it.")
    drawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["code", "language"]
        constraints = [models.UniqueConstraint(fields=["code", "language"], name="locator_map_once")]

    def __str__(self):
        return f"{self.name} ({self.language})"
