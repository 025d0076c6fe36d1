"""The audit log. The database itself refuses to change or delete a row (migration 0002)."""

from django.db import models

# What is done in a newsroom, as people say it.
WORDS = {
    "created": "came in",
    "saved": "saved",
    "not_merged": "saved a text that is not merged yet into",
    "submit": "submitted",
    "permissions_given": "gave new permissions to",
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
    "rolled_back": "rolled back to an earlier release",
    "expired": "let expire",
    "expiry_scheduled": "set when it expires",
    "preview_given": "gave an outsider a preview of",
    "preview_revoked": "took back a preview of",
    "preview_opened": "opened from outside: a preview of",
    "retracted": "retracted",
    "legal_hold": "put on legal hold",
    "legal_hold_lifted": "lifted the legal hold",
    "wire_killed": "stopped, for the agency killed it:",
    "wire_withheld": "stopped, for the agency withheld it:",
    "wire_freed": "freed, for the agency gave it free:",
    "wire_hold_lifted": "used again, though the wire stopped it:",
    "wire_terms": "took over the agency’s terms for",
    "wire_attached": "attached a wire story to",
    "wire_parked": "parked the wire story",
    "wire_spiked": "spiked the wire story",
    "wire_back": "took back into the inbox the wire story",
    "wire_repaired": "repaired the wire story",
    "batch_undone": "undid the import",
    "ends_by_terms": "set the end that the agency’s terms ask for of",
    "erased": "erased a passage from the record of",
    "pruned": "let old revisions go of",
    "revision_named": "named a revision of",
    "confidential": "marked confidential",
    "confidential_lifted": "opened to the desk again",
    "work_given": "gave out work",
    "work_changed": "changed the work",
    "work_accepted": "accepted the work",
    "work_declined": "declined the work",
    "work_done": "finished the work",
    "work_dropped": "took back the work",
    "idea_started": "started the story from an idea",
    "noted": "left a note",
    "note_resolved": "resolved a note",
    "note_reopened": "reopened a note",
    "front_arranged": "arranged the front page:",
    "front_withdrawn": "took back from the front page:",
    "identity_read": "read who the source is",
    "original_downloaded": "took a copy of the original",
    "picture_added": "added the picture",
    "added": "added",
    "changed": "changed",
    "renamed": "renamed",
    "merged": "merged",
    "deleted": "deleted",
    "list_exported": "took a list of stories as a file; account:",
    "bulk_asked": "asked for a second person for the bulk order",
    "bulk_confirmed": "confirmed a colleague’s bulk order:",
    "bulk_dropped": "gave up the bulk order",
    "bulk_done": "carried out the bulk order",
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
        indexes = [
            models.Index(fields=["kind", "thing", "-id"]),
            models.Index(fields=["action", "-id"], name="event_by_action"),
        ]

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
