"""The few pages that say who we are: the same in every newsroom by their addresses, and its own by their words."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .fields import ChangedAtField, LineField, ProseField


class FixedPageManager(models.Manager):
    def get_by_natural_key(self, slug, language):
        return self.get(slug=slug, language=language)


class FixedPage(models.Model):
    """One of the fixed pages in one edition. What is saved here readers have at once.

    Django's flat pages would bring a table of sites, know no languages, and sanitise nothing.
    """

    class Slug(models.TextChoices):
        ABOUT = "about", "About us"
        CONTACT = "contact", "Contact"
        STANDARDS = "standards", "Standards and corrections"
        PRIVACY = "privacy", "Privacy"

    slug = models.CharField("page", max_length=12, choices=Slug)
    language = models.CharField("edition", max_length=8, choices=settings.LANGUAGES)
    title = LineField(max_length=120)
    body = ProseField("text", help_text="Readers have it as soon as you save it.")
    updated_at = ChangedAtField()

    objects = FixedPageManager()

    class Meta:
        ordering = ["slug", "-language"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "language"],
                name="fixedpage_once",
                violation_error_message="There is such a page already in that edition: change that one.",
            ),
            models.CheckConstraint(
                condition=Q(slug__in=["about", "contact", "standards", "privacy"]), name="fixedpage_slug_valid"
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.get_language_display()})"

    def natural_key(self):
        return (self.slug, self.language)
