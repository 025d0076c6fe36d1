"""Pictures, their renditions, and their captions in stories."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .fields import ChangedAtField, LineField, PublicIdField


def original_storage():
    return storages["originals"]


def rendition_storage():
    return storages["renditions"]


class PhotoQuerySet(models.QuerySet):
    def get_by_natural_key(self, public_id):
        return self.get(public_id=public_id)


class Photo(models.Model):
    """A picture as the photo desk keeps it: the private original, its base caption, credit and rights.

    ``metadata`` is what the file said when it came in and is never edited; the other fields are the desk's.
    """

    public_id = PublicIdField()
    original = models.FileField(storage=original_storage, upload_to="%Y/%m/", max_length=200)
    original_name = LineField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False, help_text="In pixels, upright.")
    height = models.PositiveIntegerField(editable=False, help_text="In pixels, upright.")
    dominant_colour = models.CharField(max_length=7, default="#888888", editable=False)

    caption = LineField(max_length=1000, blank=True)
    alt_text = LineField(
        max_length=400,
        blank=True,
        help_text="What the picture shows, for those who cannot see it. Not the caption again.",
    )
    credit = LineField(max_length=120, blank=True, help_text="Agency or institution alone: AFP.")
    photographer = LineField(max_length=120, blank=True)
    is_file_photo = models.BooleanField("file photo", default=False)
    agency = models.ForeignKey("articles.Source", models.PROTECT, null=True, blank=True, related_name="photos")
    region = models.ForeignKey("articles.Region", models.PROTECT, null=True, blank=True, related_name="photos")
    taken_at = models.DateTimeField(null=True, blank=True)
    rights_holder = LineField(max_length=200, blank=True)
    usage_terms = models.TextField(blank=True)
    usable_until = models.DateTimeField(
        null=True, blank=True, help_text="From this instant the picture leaves every page by itself."
    )
    focal_x = models.FloatField(default=0.5, help_text="0 the left edge, 1 the right.")
    focal_y = models.FloatField(default=0.5, help_text="0 the top, 1 the bottom.")
    metadata = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="photos"
    )
    updated_at = ChangedAtField()

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="photo_size_positive"),
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1), name="photo_focus_inside"
            ),
        ]

    def __str__(self):
        return self.caption[:80] or self.original_name or self.public_id

    def natural_key(self):
        return (self.public_id,)


class Rendition(models.Model):
    """A public file made from a picture, under a random 128-bit key that nothing mentions before a release does."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="renditions")
    crop = models.CharField(max_length=8, default="full", help_text="“full”, or the ratio it was cut to: “16x9”.")
    format = models.CharField(max_length=5)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="In bytes.")
    file = models.FileField(storage=rendition_storage, max_length=120)

    class Meta:
        ordering = ["crop", "format", "width"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "crop", "format", "width"], name="rendition_once"),
            models.UniqueConstraint(fields=["file"], name="rendition_file_unique"),
            models.CheckConstraint(condition=Q(format__in=["avif", "webp", "jpeg"]), name="rendition_format_valid"),
        ]

    def __str__(self):
        return f"{self.crop} {self.width}×{self.height} {self.format}"


class PhotoCaption(models.Model):
    """A picture in one story, with what stands beneath it there.

    Without ``photo`` it is a *picture awaited*: agency copy names pictures that it does not carry. It blocks nothing
    and no reader sees it. Empty texts fall back to the picture's own.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="captions")
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, blank=True, related_name="uses")
    caption = LineField(max_length=1000, blank=True)
    alt_text = LineField(max_length=400, blank=True)
    credit = LineField(max_length=120, blank=True)
    credit_raw = LineField(max_length=200, blank=True, editable=False, help_text="The credit as the copy printed it.")
    photographer = LineField(max_length=120, blank=True)
    is_file_photo = models.BooleanField("file photo", default=False)
    is_lead = models.BooleanField("lead", default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article"], condition=Q(is_lead=True), name="caption_one_lead_a_story"),
            models.UniqueConstraint(fields=["article", "position"], name="caption_order_unique"),
            models.CheckConstraint(
                condition=Q(photo__isnull=False) | ~Q(caption=""), name="caption_has_picture_or_text"
            ),
        ]

    def __str__(self):
        return self.shown("caption")[:80] or "Picture"

    def shown(self, name):
        """The story's own text in that field, or else the picture's."""
        return getattr(self, name) or (getattr(self.photo, name) if self.photo else "")

    def credit_line(self):
        """Photographer and agency as readers see them: “Lina Haddad / AFP”."""
        return credit_line(self.shown("photographer"), self.shown("credit"))


def credit_line(photographer: str, credit: str) -> str:
    """Who is credited, as readers see it: “Lina Haddad / AFP”. A name that the credit holds is not said twice."""
    if photographer and photographer.casefold() in credit.casefold():
        return credit
    return " / ".join(part for part in (photographer, credit) if part)
