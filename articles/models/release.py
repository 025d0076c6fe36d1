"""What readers see, where, and from when to when. Written by ``articles.releasing`` alone.

In force at an instant is the release with the highest sequence among those whose window holds it and that were not
cancelled. Nothing has to run for a schedule to come true, and nothing that runs late can leak or hide a story.
"""

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone

from .fields import LineField


def window_holds(at, prefix=""):
    """The condition that [live_from, live_until) holds that instant."""
    until = f"{prefix}live_until"
    return Q(**{f"{prefix}live_from__lte": at}) & (Q(**{until: None}) | Q(**{f"{until}__gt": at}))


class ReleaseQuerySet(models.QuerySet):
    def get_by_natural_key(self, public_id, sequence):
        return self.get(public_id=public_id, sequence=sequence)

    def standing(self):
        """Those that were not cancelled."""
        return self.filter(canceled_at=None)

    def holding(self, at=None):
        """Those whose window holds that instant; of one story the first of these is the one in force."""
        return self.standing().filter(window_holds(at or timezone.now())).order_by("-sequence")

    def pending(self, at=None):
        """Those that are to come."""
        return self.standing().filter(live_from__gt=at or timezone.now())

    def in_force(self, public_id, at=None):
        """What readers see of that story at that instant, or None."""
        return self.holding(at).filter(public_id=public_id).first()


class Release(models.Model):
    """“Revision R is what readers see from then to then.”

    The card's fields are columns, so that lists need no document. ``document`` is everything that the story page needs,
    ready to render; people and places are named in it by lasting codes. Never changed after it was made, but for the
    end of its window and its cancellation.
    """

    class Kind(models.TextChoices):
        FIRST = "first"
        UPDATE = "update"
        CORRECTION = "correction"
        RETRACTION = "retraction"
        EXPIRY = "expiry"

    GONE = (Kind.RETRACTION, Kind.EXPIRY)

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="releases")
    sequence = models.PositiveIntegerField()
    revision = models.ForeignKey("articles.Revision", models.PROTECT, related_name="releases")
    kind = models.CharField(max_length=10, choices=Kind)
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)
    canceled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = LineField(max_length=300, blank=True)
    public_note = models.TextField(blank=True)
    removed_by_law = models.BooleanField(default=False, help_text="The law asks that the story is gone: answer 410.")

    public_id = models.CharField(max_length=16)
    slug = models.CharField(max_length=100)
    language = models.CharField(max_length=8)
    published_at = models.DateTimeField(help_text="The story's first release, or the provider's date.")
    archive_day = models.DateField(help_text="The day of that, in the newsroom's time zone, fixed for good.")
    headline = models.CharField(max_length=300)
    standfirst = models.CharField(max_length=600, blank=True)
    kicker = models.CharField(max_length=120, blank=True)
    picture = models.JSONField(null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(default=4)
    breaking = models.BooleanField(default=False)
    document = models.JSONField()
    no_syndication = models.BooleanField(default=False, help_text="Not to be passed on: left out of every export.")
    no_archive = models.BooleanField(default=False, help_text="Not to be kept: no day of the archive lists it.")
    territories = models.JSONField(default=list, blank=True, help_text="ISO codes of where it may show; empty: all.")
    excluded_territories = models.JSONField(default=list, blank=True)

    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="releases")
    created_by_name = LineField(max_length=160, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["public_id", "-sequence"]),
            models.Index(fields=["live_from"]),
            models.Index(fields=["kind", "article"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "sequence"], name="release_sequence_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=["first", "update", "correction", "retraction", "expiry"]),
                name="release_kind_valid",
            ),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gt=F("live_from")), name="release_window_valid"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["correction", "retraction"]) | ~Q(public_note=""),
                name="release_note_where_due",
            ),
        ]

    def __str__(self):
        return f"{self.public_id} #{self.sequence} ({self.get_kind_display()})"

    def natural_key(self):
        return (self.public_id, self.sequence)

    natural_key.dependencies = ["articles.article", "articles.revision"]

    @property
    def is_gone(self):
        return self.kind in self.GONE

    @property
    def is_updated(self):
        """Whether readers should be told that it changed after it was first published."""
        return self.kind in (self.Kind.UPDATE, self.Kind.CORRECTION)


class ListingQuerySet(models.QuerySet):
    def showing(self, at=None):
        return self.filter(window_holds(at or timezone.now()))

    def at_place(self, place, language, at=None):
        """What that place lists at that instant, newest first: one row a story, whatever the archive's size."""
        return self.showing(at).filter(place=place, language=language).order_by("-published_at", "-public_id")

    @staticmethod
    def together(parts):
        """The rows of several limited ``values_list`` querysets, in one query: each reads its own few index rows.

        Django's own ``union()`` cannot limit its parts on SQLite.
        """
        compiled = [part.query.sql_with_params() for part in parts]
        if not compiled:
            return []
        # Django's own SQL, its values apart.
        selects = [f"SELECT * FROM ({sql}) AS part{number}" for number, (sql, _) in enumerate(compiled)]  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(selects), [value for _, values in compiled for value in values])
            return cursor.fetchall()


class Listing(models.Model):
    """This release shows at this place from then to then.

    A place is a word for what never changes: ``home``, ``region:SY``, ``topic:medtop:04000000``, ``source:afp``,
    ``author:…``, ``day:2026-11-22``. Renaming a region or a topic touches no row here.
    """

    place = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    published_at = models.DateTimeField()
    public_id = models.CharField(max_length=16)
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="listings")
    release = models.ForeignKey(Release, models.CASCADE, related_name="listings")
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-public_id"]
        indexes = [
            models.Index(fields=["place", "language", "-published_at", "-public_id"], name="listing_by_place"),
            # For counting: of a place, the few rows that have an end.
            models.Index(
                fields=["place", "language", "live_until"],
                condition=Q(live_until__isnull=False),
                name="listing_that_ends",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["release", "place", "live_from"], name="listing_once"),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gt=F("live_from")), name="listing_window_valid"
            ),
        ]

    def __str__(self):
        return f"{self.public_id} at {self.place}"


class PlaceSummary(models.Model):
    """What one place has in one edition, counted: for the pages that say so beside their lists.

    Counted again by ``articles.summaries`` alone, from what is in force, whenever something began or ended there. It is
    never asked whether a place has stories: ``Listing`` knows that at every instant.
    """

    place = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    stories = models.PositiveIntegerField(default=0)
    topics = models.JSONField(default=list, help_text="Topics of its stories of late: pairs of a code and a count.")
    sources = models.JSONField(default=list, help_text="Sources that its newest stories rest on: the same.")
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["place", "language"]
        verbose_name_plural = "place summaries"
        indexes = [models.Index(fields=["counted_at"], name="summary_by_age")]
        constraints = [models.UniqueConstraint(fields=["place", "language"], name="summary_once")]

    def __str__(self):
        return f"{self.stories} stories at {self.place} ({self.language})"
