"""Desks: the teams a story belongs to, and the work that is given out and talked over there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from .fields import LineField


class DeskManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Desk(models.Model):
    """A team (Middle East, Africa, Photo …). A story belongs to one; its members work on it."""

    code = models.SlugField(max_length=40, unique=True, help_text="Short and lasting, such as “middle-east”.")
    name = LineField(max_length=80)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="articles.DeskMember", related_name="desks", blank=True
    )

    objects = DeskManager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="desk_name_unique")]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)


class DeskMember(models.Model):
    """Somebody belongs to a desk, in a role. What they may do there is for their groups to say, within that role."""

    class Role(models.TextChoices):
        GUEST = "guest", "Guest: reads and comments, changes nothing"
        MEMBER = "member", "Member"
        LEAD = "lead", "Lead: is told what the desk is told, and gives out work"

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role, default=Role.MEMBER)

    class Meta:
        db_table = "articles_desk_members"
        unique_together = (("desk", "user"),)
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["guest", "member", "lead"]), name="deskmember_role_valid")
        ]

    def __str__(self):
        return f"{self.user} on {self.desk}"


class AssignmentQuerySet(models.QuerySet):
    def open(self):
        """Those still to be done."""
        return self.filter(done_at=None, dropped_at=None)

    def late(self, at=None):
        """Those that should have been done by that instant."""
        return self.open().filter(due_at__lt=at or timezone.now())


class Assignment(models.Model):
    """Somebody is asked to write or work on a story: an idea that has no story yet, or a story that is there."""

    title = LineField(max_length=200, help_text="What the story is.")
    briefing = models.TextField(blank=True, help_text="Angle, people to ring, what the desk expects.")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="assignments")
    article = models.ForeignKey("articles.Article", models.CASCADE, null=True, blank=True, related_name="assignments")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="assignments"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    words = models.PositiveIntegerField(null=True, blank=True, help_text="How long it should be.")
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="given_assignments"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["assignee", "done_at", "due_at"]),
            models.Index(fields=["desk", "done_at", "due_at"]),
        ]

    def __str__(self):
        return self.title

    def is_late(self, at=None) -> bool:
        """Whether it should have been done by then and is not."""
        is_open = self.done_at is None and self.dropped_at is None
        return bool(is_open and self.due_at and self.due_at < (at or timezone.now()))

    @property
    def state(self) -> str:
        """In one word: dropped, done, late, accepted or new."""
        if self.dropped_at:
            return "dropped"
        if self.done_at:
            return "done"
        if self.is_late():
            return "late"
        return "accepted" if self.accepted_at else "new"


class NoteQuerySet(models.QuerySet):
    def open(self):
        """Those not resolved yet."""
        return self.filter(resolved_at=None)


class Note(models.Model):
    """A comment on a story, or on one field or paragraph of it. Readers never see one."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="notes")
    text = models.TextField()
    field = models.CharField(max_length=40, blank=True, help_text="The field it is about; empty for the whole story.")
    passage = models.TextField(blank=True, help_text="The paragraph it is about, as it then read.")
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="notes")
    author_name = LineField(max_length=160, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="resolved_notes"
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["article", "resolved_at", "created_at"])]

    def __str__(self):
        return self.text[:80]
