"""The audit log. The database itself refuses to change or delete a row (migration 0002)."""

from django.db import models

# What is done in a newsroom, as people say it.
WORDS = {
    "created": "came in",
    "saved": "saved",
    "submit": "submitted",
    "take": "started editing",
    "return": "returned",
    "approve": "approved",
    "reopen": "took the approval back",
    "spike": "spiked",
    "unspike": "took off the spike",
    "approval_fell": "approval fell",
    "released": "released",
    "scheduled": "scheduled",
    "updated_release": "released an update",
    "correction": "sent a correction to readers",
    "schedule_canceled": "cancelled the schedule",
    "retracted": "retracted",
    "legal_hold": "put on legal hold",
    "legal_hold_lifted": "lifted the legal hold",
    "erased": "erased a passage from the record of",
    "pruned": "let old revisions go of",
    "revision_named": "named a revision of",
    "identity_read": "read who the source is",
    "original_downloaded": "took a copy of the original",
    "picture_added": "added the picture",
    "added": "added",
    "changed": "changed",
    "renamed": "renamed",
    "merged": "merged",
    "deleted": "deleted",
    "demo_opened": "opened the demo",
}


class EventQuerySet(models.QuerySet):
    def about(self, thing):
        """What happened to that object, newest first."""
        return self.filter(kind=thing._meta.model_name, thing=event_id(thing)).order_by("-id")


def event_id(thing):
    """The lasting name under which the log knows an object."""
    return str(thing.natural_key()[0] if hasattr(thing, "natural_key") else thing.pk)


class Event(models.Model):
    """Somebody did something to something, and why.

    It holds no foreign key: ids and names stand here as they were, whatever happens to the things themselves.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=150, blank=True, help_text="The account's name; empty for the system.")
    actor_name = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=160)
    name = models.CharField(max_length=300)
    reason = models.CharField(max_length=600, blank=True)
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["kind", "thing", "-id"])]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name or 'system'}: {self.words} {self.name}"

    @property
    def words(self):
        """What was done, as people say it."""
        return WORDS.get(self.action, self.action.replace("_", " "))


class EventSeal(models.Model):
    """The hash of a run of events and of the seal before it. A change made behind the log's back breaks it.

    ``digest`` is SHA-256 over the previous digest and the events' canonical JSON; see ``articles.sealing``.
    """

    number = models.PositiveIntegerField(unique=True)
    first_event = models.PositiveBigIntegerField()
    last_event = models.PositiveBigIntegerField()
    events = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        default_permissions = ("view",)

    def __str__(self):
        return f"Seal {self.number}"
