"""The article: the desk's working copy of a story. Nothing that a reader can reach ever queries it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from taggit.managers import TaggableManager

from articles import text

from .fields import ChangedAtField, LineField, ProseField, PublicIdField


class Status(models.TextChoices):
    """Where the working copy stands. Live, scheduled, embargoed, retracted are facts of releases, never a status."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    EDITING = "editing"
    APPROVED = "approved"
    SPIKED = "spiked"


class WireStanding(models.TextChoices):
    """What the agency that a story came from says of it: may be used, not yet, or never."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled", "killed"


class ArticleQuerySet(models.QuerySet):
    def get_by_natural_key(self, public_id):
        return self.get(public_id=public_id)

    def active(self):
        """Everything that has not been spiked."""
        return self.exclude(status=Status.SPIKED)


class Article(models.Model):
    """A story as the desk works on it.

    ``version`` counts every change, and every writer names the version it saw (optimistic locking). An approval
    names one revision, in ``approved_number``. Readers see :class:`~articles.models.release.Release` alone.
    """

    public_id = PublicIdField()
    headline = LineField(max_length=300)
    standfirst = LineField(max_length=600, blank=True, help_text="One or two sentences that sum the story up.")
    body = ProseField(blank=True)
    language = models.CharField(max_length=8, choices=settings.COPY_LANGUAGES, default="en")
    slugline = LineField(max_length=80, blank=True, help_text="The desk's working name: SYRIA-TALKS.")
    dateline = LineField(max_length=80, blank=True, help_text="Where it was reported from.")
    urgency = models.PositiveSmallIntegerField(default=4, help_text="1 the most urgent, 8 the least.")
    breaking = models.BooleanField(default=False)

    desk = models.ForeignKey("articles.Desk", models.PROTECT, related_name="articles")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    approved_number = models.PositiveIntegerField("approved revision", null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="approved_articles"
    )

    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="No way of releasing crosses this instant, a schedule least of all."
    )
    embargo_note = LineField(max_length=200, blank=True, help_text="Who set it, and for what.")
    confidential = models.BooleanField(
        default=False, editable=False, help_text="Only who wrote it, who works on it, and who may see such stories."
    )
    legal_hold = models.BooleanField(default=False, editable=False)
    legal_hold_reason = LineField(max_length=300, blank=True, editable=False)
    wire_standing = models.CharField(
        max_length=10,
        choices=WireStanding,
        default=WireStanding.USABLE,
        editable=False,
        help_text="What the agency that it came from says of it. Anything else stands between the story and readers.",
    )
    wire_note = LineField(max_length=500, blank=True, editable=False, help_text="Why, in the agency's words.")
    wire_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    usage_terms = models.TextField(blank=True, editable=False, help_text="In the agency's words.")
    no_archive = models.BooleanField(default=False, editable=False)
    no_syndication = models.BooleanField(default=False, editable=False)
    territories = models.JSONField(default=list, blank=True, editable=False, help_text="ISO codes; empty: everywhere.")
    excluded_territories = models.JSONField(default=list, blank=True, editable=False)
    delete_by = models.DateTimeField(null=True, blank=True, editable=False)
    provider_date = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When an imported archive story was first published."
    )

    regions = models.ManyToManyField("articles.Region", through="StoryRegion", related_name="articles", blank=True)
    topics = TaggableManager(through="articles.TopicLink", blank=True, related_name="articles")
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        help_text="The original of this one.",
    )

    suggestions = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="What a machine put into the story and nobody has looked at, and what was dropped. No content.",
    )

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="created_articles"
    )
    updated_at = ChangedAtField()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]
        indexes = [
            models.Index(fields=["-updated_at", "-id"]),
            models.Index(fields=["desk", "status", "-updated_at"]),
            models.Index(fields=["status", "-updated_at", "-id"]),
            models.Index(fields=["desk", "-updated_at", "-id"]),
            models.Index(fields=["language", "-updated_at", "-id"]),
            models.Index(fields=["urgency", "-updated_at", "-id"]),
            models.Index(fields=["-created_at", "-id"]),
            models.Index(fields=["-updated_at", "-id"], condition=Q(confidential=True), name="article_confidential"),
            models.Index(fields=["-wire_changed_at"], condition=~Q(wire_standing="usable"), name="article_wire_hold"),
        ]
        permissions = [
            ("submit_article", "Can submit stories"),
            ("edit_submitted_article", "Can edit stories that were submitted"),
            ("approve_article", "Can approve stories"),
            ("publish_article", "Can release and schedule stories"),
            ("correct_article", "Can send corrections to readers"),
            ("retract_article", "Can retract stories"),
            ("spike_article", "Can spike stories and take them back"),
            ("set_legal_hold", "Can set and lift a legal hold"),
            ("override_two_persons", "Can release without a second person, with a reason"),
            ("override_embargo", "Can release before an embargo ends, with a reason"),
            ("override_usage", "Can release against an agency's usage terms, with a reason"),
            ("lift_kill", "Can use a story again that the wire killed or withheld, with a reason"),
            ("view_confidential_article", "Can see and mark confidential stories"),
            ("export_article", "Can export lists of stories"),
            ("share_preview", "Can give outsiders a preview"),
            ("erase_text", "Can erase a passage from every revision and release"),
            ("name_revision", "Can name revisions"),
            ("span_desks", "Can work on every desk"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "editing", "approved", "spiked"]),
                name="article_status_valid",
            ),
            models.CheckConstraint(condition=Q(urgency__gte=1, urgency__lte=8), name="article_urgency_valid"),
            models.CheckConstraint(
                condition=Q(status="approved", approved_number__isnull=False)
                | (~Q(status="approved") & Q(approved_number=None)),
                name="article_approval_names_revision",
            ),
            models.CheckConstraint(
                condition=Q(wire_standing__in=["usable", "withheld", "canceled"]), name="article_wire_standing_valid"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="article_version_positive"),
        ]

    def __str__(self):
        return self.headline or f"Untitled story {self.public_id}"

    def natural_key(self):
        return (self.public_id,)

    natural_key.dependencies = ["articles.desk"]

    @property
    def direction(self):
        return text.direction(self.language)

    @property
    def slug(self):
        """What follows the id in the address; decides nothing. Letters of any script stay."""
        return slugify(self.headline, allow_unicode=True)[:80].rstrip("-") or "story"

    def ordered_regions(self):
        return [link.region for link in self.region_links.all()]

    def ordered_topics(self):
        # Through the relation: taggit's own names() ignores what was prefetched.
        return [link.tag for link in self.topic_links.all()]


class StoryRegion(models.Model):
    """This story is set in, or about, this region. The first is the chief one."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="region_links")
    region = models.ForeignKey("articles.Region", models.PROTECT, related_name="story_links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "region"], name="storyregion_once_a_story")]

    def __str__(self):
        return str(self.region)
