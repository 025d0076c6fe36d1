"""Public files made from pictures, and which releases show which."""

from django.core.files.storage import storages
from django.db import models
from django.db.models import Q

from .photo import Photo


def rendition_storage():
    return storages["renditions"]


class Rendition(models.Model):
    """A public file made from a picture, under a random 128-bit key that nothing mentions before a release does.

    ``recipe`` stands for all that decided how it came out: the file it was made from, the credit written into it, and,
    of a crop, focal point and the part to keep. Where any of these has changed, it is no rendition of what is wanted
    now, and goes when no release shows it any more.
    """

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="renditions")
    crop = models.CharField(max_length=8, default="full", help_text="“full”, or the ratio it was cut to: “16x9”.")
    format = models.CharField(max_length=5)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="In bytes.")
    recipe = models.CharField(max_length=32, blank=True)
    file = models.FileField(storage=rendition_storage, max_length=120)

    class Meta:
        ordering = ["crop", "format", "width"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "recipe", "crop", "format", "width"], name="rendition_once"),
            models.UniqueConstraint(fields=["file"], name="rendition_file_unique"),
            models.CheckConstraint(condition=Q(format__in=["avif", "webp", "jpeg"]), name="rendition_format_valid"),
        ]

    def __str__(self):
        return f"{self.crop} {self.width}×{self.height} {self.format}"


class ReleasedPhoto(models.Model):
    """This release shows this picture, in files of these recipes. Written with the release."""

    release = models.ForeignKey("articles.Release", models.CASCADE, related_name="photos_shown")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="releases_shown")
    position = models.PositiveSmallIntegerField(help_text="Its place among the pictures of the released document.")
    recipe = models.CharField(max_length=32, blank=True)
    crop_recipe = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["release", "position"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release", "position"], name="releasedphoto_once")]

    def __str__(self):
        return f"{self.photo_id} in {self.release_id}"
