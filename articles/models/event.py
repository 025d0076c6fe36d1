"""The audit log. The database itself refuses to change or delete a row (migration 0002)."""

from django.db import models


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
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name or 'system'}: {self.action} {self.name}"
