"""What stands on the front page, and when. Written by ``articles.front`` alone; no row is ever changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .fields import LineField
from .release import window_holds


class FrontSlotQuerySet(models.QuerySet):
    def standing(self, at=None, known=None):
        """Every decision that holds at that instant, the last made of each slot first.

        ``known`` is the instant up to which decisions count; what was made or withdrawn after it is not heeded, so
        that the front of yesterday is what readers then saw.
        """
        at = at or timezone.now()
        known = known or at
        withdrawn = FrontSlot.objects.filter(withdraws=models.OuterRef("pk"), made_at__lte=known)
        made = self.filter(window_holds(at), made_at__lte=known, withdraws=None)
        return made.exclude(models.Exists(withdrawn)).order_by("slot", "-id")


class FrontSlot(models.Model):
    """“From then to then, this stands in that slot”, as somebody decided it.

    In force in a slot is the newest decision whose window holds and that no later row withdraws. A slot holds a story
    (``public_id``) or, where it is a strip, the place that fills it (``place``: ``region:SY``). A slot that nothing
    holds falls back to the latest stories.
    """

    slot = models.CharField(max_length=40, help_text="lead, secondary-1 …, strip-1 …, strip-1-story-1 …")
    language = models.CharField(max_length=8)
    public_id = models.CharField(max_length=16, blank=True)
    place = models.CharField(max_length=64, blank=True)
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)
    withdraws = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="withdrawn_by")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="front_slots")
    made_by_name = LineField(max_length=160, blank=True)

    objects = FrontSlotQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["language", "slot", "-id"]), models.Index(fields=["language", "live_until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gt=F("live_from")), name="frontslot_window_valid"
            ),
            models.CheckConstraint(condition=Q(live_from__gte=F("made_at")), name="frontslot_never_of_the_past"),
            models.CheckConstraint(
                condition=Q(withdraws__isnull=False) | ~Q(public_id="") | ~Q(place=""), name="frontslot_holds_something"
            ),
        ]
        permissions = [("arrange_front", "Can arrange the front page")]

    def __str__(self):
        return f"{self.slot}: {self.public_id or self.place or 'withdrawn'}"
