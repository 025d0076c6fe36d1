"""Sources: who says so, and which story rests on whom."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .fields import ChangedAtField, LineField, WebAddressField, new_public_id


class SourceQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Source(models.Model):
    """An agency, newspaper, monitor, ministry, body or person that stories rest on. Known to readers.

    A source that must stay unknown to them is a :class:`ConfidentialSource`.
    """

    class Kind(models.TextChoices):
        AGENCY = "agency", "news agency"
        NEWSPAPER = "newspaper"
        BROADCASTER = "broadcaster"
        MONITOR = "monitor"
        GOVERNMENT = "government"
        OFFICIAL = "official"
        INTERNATIONAL = "international", "international body"
        COMPANY = "company"
        COURT = "court"
        DOCUMENT = "document"
        NGO = "ngo", "non-governmental body"
        EYEWITNESS = "eyewitness"
        PERSON = "person"
        OTHER = "other"

    code = models.CharField(max_length=40, unique=True, default=new_public_id, editable=False)
    name = LineField(max_length=160, unique=True)
    short_name = LineField(max_length=60, blank=True, help_text="As it stands in a line of copy: AFP, SOHR.")
    name_ar = LineField("name in Arabic", max_length=160, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.OTHER)
    aliases = models.JSONField(default=list, blank=True, help_text="Other spellings, as printed, in any language.")
    credit = LineField(max_length=80, blank=True, help_text="How its pictures are credited.")
    region = models.ForeignKey("articles.Region", models.PROTECT, null=True, blank=True, related_name="sources")
    website = WebAddressField(blank=True)
    description = models.TextField(blank=True, help_text="What readers should know about it.")
    updated_at = ChangedAtField()

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("agency", "newspaper", "broadcaster", "monitor", "government", "official", "international"),
                        *("company", "court", "document", "ngo", "eyewitness", "person", "other"),
                    ]
                ),
                name="source_kind_valid",
            ),
        ]

    def __str__(self):
        return self.short_name or self.name

    def natural_key(self):
        return (self.code,)

    def shown_name(self, language="en"):
        return (self.name_ar if language == "ar" else "") or self.name


class ConfidentialSourceManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class ConfidentialSource(models.Model):
    """Somebody whom the newsroom protects.

    ``code`` is opaque and is all that a story, a revision or an event ever holds; ``described_as`` is what readers
    may be told ("a senior official"); ``identity`` is read by permission alone, and reading it is an event.
    """

    code = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    described_as = LineField(max_length=160, help_text="What readers may be told: “a senior official”.")
    identity = models.TextField(help_text="Who it is, how to reach them, what was promised. Reading this is logged.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConfidentialSourceManager()

    class Meta:
        permissions = [("read_identity", "Can read who a confidential source is")]

    def __str__(self):
        return f"Confidential source {self.code}"

    def natural_key(self):
        return (self.code,)


class Citation(models.Model):
    """This story rests on this source, for this. Named or confidential: one of the two, never both."""

    class Use(models.TextChoices):
        REPORT = "report"
        QUOTE = "quote"
        FIGURE = "figure"
        STATEMENT = "statement"
        PICTURE = "picture"
        DOCUMENT = "document"

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="citations")
    confidential = models.ForeignKey(
        ConfidentialSource, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    as_printed = LineField(max_length=200, blank=True, help_text="How the copy names it, where it is no known source.")
    use = models.CharField("for", max_length=10, choices=Use, default=Use.REPORT)
    via = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="relayed_citations", help_text="“told AFP”: AFP."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False, confidential=None)
                | Q(source=None, confidential__isnull=False)
                | (Q(source=None, confidential=None) & ~Q(as_printed="")),
                name="citation_names_one_source",
            ),
            models.CheckConstraint(
                condition=Q(use__in=["report", "quote", "figure", "statement", "picture", "document"]),
                name="citation_use_valid",
            ),
            models.UniqueConstraint(
                fields=["article", "source", "use"], condition=Q(source__isnull=False), name="citation_once_a_use"
            ),
        ]

    def __str__(self):
        return str(self.source or self.confidential or self.as_printed)
