"""Topics, on django-taggit, with real foreign keys."""

from django.db import models
from django.db.models import Q
from taggit.models import ItemBase, TagBase

from articles.text import fold

from .fields import ChangedAtField, LineField, new_public_id


class TopicQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Topic(TagBase):
    """A subject. Two spellings that fold to the same key are one topic, in every script and on every database.

    taggit's own case-insensitive look-up fails for non-ASCII letters on SQLite, hence ``fold_key``.
    """

    code = models.CharField(
        max_length=40,
        unique=True,
        default=new_public_id,
        editable=False,
        help_text="IPTC Media Topic, or our own; never changes.",
    )
    fold_key = models.CharField(max_length=100, unique=True, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name_fr = LineField("name in French", max_length=100, blank=True)
    name_ar = LineField("name in Arabic", max_length=100, blank=True)
    description = models.TextField(blank=True)
    keywords = models.JSONField(default=dict, blank=True, help_text="Words that suggest this topic, by language.")
    updated_at = ChangedAtField()

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(fold_key=""), name="topic_name_has_letters"),
            models.CheckConstraint(condition=~Q(slug=""), name="topic_has_slug"),
        ]

    def save(self, *args, **kwargs):
        self.fold_key = fold(self.name)
        super().save(*args, **kwargs)

    def natural_key(self):
        return (self.code,)

    def shown_name(self, language="en"):
        return {"ar": self.name_ar, "fr": self.name_fr}.get(language) or self.name


class LearnedTopics(models.Model):
    """What was learned of topics from the stories of one language; see ``articles.learning``."""

    language = models.CharField(max_length=8, unique=True)
    learned = models.JSONField(default=dict)
    learned_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "learned topics"

    def __str__(self):
        return f"Topics learned in {self.language}"


class TopicLinkManager(models.Manager):
    def get_by_natural_key(self, public_id, code):
        return self.get(content_object__public_id=public_id, tag__code=code)


class TopicLink(ItemBase):
    """This story is about this topic. ``position`` keeps the desk's order, the first being the chief one."""

    tag = models.ForeignKey(Topic, models.PROTECT, related_name="links")
    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="topic_links")
    position = models.PositiveSmallIntegerField(default=0)

    objects = TopicLinkManager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="topiclink_once_a_story")]

    def __str__(self):
        return str(self.tag)

    def natural_key(self):
        return (self.content_object.public_id, self.tag.code)

    natural_key.dependencies = ["articles.article", "articles.topic"]
