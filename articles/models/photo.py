"""Pictures as the photo desk keeps them: the private original, its words, its rights, and every version of these."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .fields import ChangedAtField, LineField, PublicIdField


def original_storage():
    return storages["originals"]


class PhotoQuerySet(models.QuerySet):
    def get_by_natural_key(self, public_id):
        return self.get(public_id=public_id)

    def usable(self, at=None):
        """Those that may be shown at that instant, as far as time decides it."""
        at = at or timezone.now()
        begun = Q(usable_from=None) | Q(usable_from__lte=at)
        return self.filter(begun, Q(usable_until=None) | Q(usable_until__gt=at))

    def ending(self, before, after=None):
        """Those whose rights end between now (or ``after``) and then, the soonest first."""
        return self.filter(usable_until__gt=after or timezone.now(), usable_until__lte=before).order_by("usable_until")


class Photo(models.Model):
    """A picture: the private original, its base caption, credit, rights and framing.

    ``metadata`` is what the file said when it came in and is never edited; the other fields are the desk's.
    ``version`` counts every change, and every writer names the version that it saw. Each change of the words, the
    rights or the file is kept as a :class:`PhotoRevision`. Fractions count from the upper left of the upright picture.
    """

    class CostClass(models.TextChoices):
        UNKNOWN = "", "not known"
        OWNED = "owned", "our own"
        FREE = "free", "free to use"
        HANDOUT = "handout", "handout"
        SUBSCRIPTION = "subscription", "in a subscription"
        PER_USE = "per_use", "paid for each use"

    class TakenPrecision(models.TextChoices):
        TIME = "time", "to the minute"
        DAY = "day", "the day"
        MONTH = "month", "the month"
        YEAR = "year", "the year"

    public_id = PublicIdField()
    original = models.FileField(storage=original_storage, upload_to="%Y/%m/", max_length=200)
    original_name = LineField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    likeness = models.CharField(
        max_length=80, blank=True, editable=False, help_text="What the picture looks like, in hexadecimal digits."
    )
    width = models.PositiveIntegerField(editable=False, help_text="In pixels, upright.")
    height = models.PositiveIntegerField(editable=False, help_text="In pixels, upright.")
    dominant_colour = models.CharField(max_length=7, default="#888888", editable=False)

    headline = LineField(max_length=200, blank=True)
    caption = LineField(max_length=1000, blank=True)
    alt_text = LineField(
        max_length=400,
        blank=True,
        help_text="What the picture shows, for those who cannot see it. Not the caption again.",
    )
    extended_description = models.TextField(
        blank=True, help_text="For a chart or a map: all that it shows, for those who cannot see it."
    )
    credit = LineField(max_length=120, blank=True, help_text="Agency or institution alone: AFP.")
    photographer = LineField(max_length=120, blank=True)
    is_file_photo = models.BooleanField("file photo", default=False)
    agency = models.ForeignKey("articles.Source", models.PROTECT, null=True, blank=True, related_name="photos")
    people = models.JSONField("people shown", default=list, blank=True, help_text="Names, from left to right.")
    keywords = models.JSONField(default=list, blank=True)
    city = LineField(max_length=120, blank=True)
    region = models.ForeignKey("articles.Region", models.PROTECT, null=True, blank=True, related_name="photos")
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_offset = models.SmallIntegerField(
        null=True, blank=True, editable=False, help_text="Minutes east of UTC where it was taken; empty: not known."
    )
    taken_precision = models.CharField(max_length=5, choices=TakenPrecision, default=TakenPrecision.TIME)
    instructions = models.TextField("special instructions", blank=True)
    provider_id = LineField("supplier’s number", max_length=120, blank=True)
    digital_source = models.CharField(
        max_length=60, blank=True, help_text="IPTC’s word for how it was made: digitalCapture, trainedAlgorithmicMedia."
    )

    supplier = models.ForeignKey(
        "articles.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supplied_photos",
        help_text="Whom the newsroom has it from.",
    )
    cost_class = models.CharField("cost", max_length=12, choices=CostClass, default=CostClass.UNKNOWN, blank=True)
    licence = LineField(max_length=120, blank=True, help_text="“CC BY 4.0”, or the contract.")
    rights_holder = LineField(max_length=200, blank=True)
    usage_terms = models.TextField(blank=True)
    territories = models.JSONField(
        default=list, blank=True, help_text="Codes of the countries where it may be used; none: everywhere."
    )
    excluded_territories = models.JSONField(
        default=list, blank=True, help_text="Codes of the countries where it may not."
    )
    usable_from = models.DateTimeField(null=True, blank=True, help_text="Nobody may use the picture before this.")
    usable_until = models.DateTimeField(
        null=True, blank=True, help_text="From this instant the picture leaves every page by itself."
    )
    files_deleted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When its public files left storage because rights had ended."
    )

    focal_x = models.FloatField(default=0.5, help_text="0 the left edge, 1 the right.")
    focal_y = models.FloatField(default=0.5, help_text="0 the top, 1 the bottom.")
    keep_x = models.FloatField(null=True, blank=True, help_text="Left edge of the part that no crop may cut.")
    keep_y = models.FloatField(null=True, blank=True)
    keep_w = models.FloatField(null=True, blank=True)
    keep_h = models.FloatField(null=True, blank=True)

    metadata = models.JSONField(default=dict, blank=True, editable=False)
    render_problem = LineField(max_length=200, blank=True, editable=False, help_text="Why it could not be prepared.")
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="photos"
    )
    updated_at = ChangedAtField()

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="photo_newest"),
            models.Index(fields=["region", "-created_at", "-id"], name="photo_of_region"),
            models.Index(fields=["supplier", "-created_at", "-id"], name="photo_of_supplier"),
            models.Index(fields=["taken_at"], name="photo_taken"),
            models.Index(fields=["usable_until"], name="photo_ending", condition=Q(usable_until__isnull=False)),
            models.Index(fields=["-created_at", "-id"], name="photo_without_alt", condition=Q(alt_text="")),
            models.Index(fields=["provider_id"], name="photo_by_provider", condition=~Q(provider_id="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="photo_size_positive"),
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1), name="photo_focus_inside"
            ),
            models.CheckConstraint(
                condition=Q(keep_x=None, keep_y=None, keep_w=None, keep_h=None)
                # A little more than 1, for what is lost in rounding.
                | Q(keep_x__gte=0, keep_y__gte=0, keep_w__gt=0, keep_h__gt=0)
                & Q(keep_x__lte=1.0001 - F("keep_w"), keep_y__lte=1.0001 - F("keep_h")),
                name="photo_keep_inside",
            ),
            models.CheckConstraint(
                condition=Q(usable_from=None) | Q(usable_until=None) | Q(usable_until__gt=F("usable_from")),
                name="photo_rights_window_valid",
            ),
        ]

    def __str__(self):
        return self.caption[:80] or self.headline[:80] or self.original_name or self.public_id

    def natural_key(self):
        return (self.public_id,)

    @property
    def keep(self) -> list[float] | None:
        """The part that no crop may cut: left, top, width, height, each a fraction; None for no such part."""
        return None if self.keep_x is None else [self.keep_x, self.keep_y, self.keep_w, self.keep_h]

    def taken_local(self):
        """When it was taken, by the clock of the place where that is known; else in UTC."""
        if self.taken_at is None or self.taken_offset is None:
            return self.taken_at
        return self.taken_at.astimezone(timezone.get_fixed_timezone(self.taken_offset))


class PhotoRevisionQuerySet(models.QuerySet):
    def get_by_natural_key(self, public_id, number):
        return self.get(photo__public_id=public_id, number=number)

    def update(self, **kwargs):
        raise TypeError("A revision is never changed.")


class PhotoRevision(models.Model):
    """A picture's words, rights and framing at one save: who, when, why. The first holds what the file said.

    ``content`` is a JSON document as :func:`articles.photos.keeping.snapshot` makes it; sources and regions are named
    in it by their lasting codes.
    """

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="photo_revisions")
    author_name = LineField(max_length=160, blank=True)
    reason = LineField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PhotoRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["photo", "number"], name="photorevision_number_unique")]

    def __str__(self):
        return f"Version {self.number}"

    def natural_key(self):
        return (*self.photo.natural_key(), self.number)

    natural_key.dependencies = ["articles.photo"]


class FormerFile(models.Model):
    """A file that a picture had before another took its place. Sent again, it is known."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="former_files")
    sha256 = models.CharField(max_length=64, unique=True)
    original = models.FileField(storage=original_storage, max_length=200, blank=True)
    original_name = LineField(max_length=200, blank=True)
    metadata = models.JSONField(default=dict)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-replaced_at"]
        default_permissions = ()

    def __str__(self):
        return self.original_name


class LikenessBand(models.Model):
    """A quarter of what a picture looks like: sixteen bits, numbered by the quarter. Alike pictures share one."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="likeness_bands")
    band = models.IntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["band", "photo"], name="likeness_by_band")]

    def __str__(self):
        return f"{self.band:x}"
