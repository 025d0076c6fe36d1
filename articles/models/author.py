"""Authors and bylines."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .fields import ChangedAtField, LineField, new_public_id


class AuthorManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Author(models.Model):
    """A name that stands over stories, of somebody on the staff or not. Outlives the person's account."""

    code = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    name = LineField(max_length=120)
    name_ar = LineField("name in Arabic", max_length=120, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="author", verbose_name="account"
    )
    role = LineField(max_length=120, blank=True, help_text="“Correspondent in Beirut”.")
    about = models.TextField(blank=True)
    updated_at = ChangedAtField()

    objects = AuthorManager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)

    def shown_name(self, language="en"):
        return (self.name_ar if language == "ar" else "") or self.name


class Byline(models.Model):
    """One name over one story, in order; ``text`` overrides how it is printed, or stands alone ("Agencies")."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, null=True, blank=True, related_name="bylines")
    text = LineField(max_length=120, blank=True, help_text="How it is printed, where not the author's name.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(author__isnull=False) | ~Q(text=""), name="byline_names_somebody"),
            models.UniqueConstraint(
                fields=["article", "author"], condition=Q(author__isnull=False), name="byline_author_once_a_story"
            ),
        ]

    def __str__(self):
        return self.text or str(self.author)
