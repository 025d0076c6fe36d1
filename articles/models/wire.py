"""What came over the wire: the bytes as received, what was made of them, and how one item is known from another."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .fields import LineField, PublicIdField


class WireBatch(models.Model):
    """One run of an import: files given to a command, uploaded at the desk, or fetched from a feed."""

    public_id = PublicIdField()
    name = LineField(max_length=300, blank=True, help_text="What was imported: the paths as given.")
    desk = models.ForeignKey("articles.Desk", models.PROTECT, related_name="batches")
    feed = models.ForeignKey("articles.FeedPoint", models.SET_NULL, null=True, blank=True, related_name="batches")
    waits = models.BooleanField(
        default=False, help_text="What came waits in the inbox until somebody takes it; otherwise it is drafts at once."
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="batches")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When somebody said that it is to be brought in.")
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    totals = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name_plural = "wire batches"
        permissions = [("import_stories", "Can import stories"), ("undo_import", "Can undo an import")]

    def __str__(self):
        return self.name or self.public_id


class WireBytes(models.Model):
    """Bytes as they were received, kept once however often they come."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    class Meta:
        verbose_name_plural = "wire bytes"

    def __str__(self):
        return self.sha256[:12]


class WireUpload(models.Model):
    """A file that somebody gave to the desk to be brought in: looked at first, then read as any other."""

    batch = models.ForeignKey(WireBatch, models.CASCADE, related_name="uploads")
    name = LineField(max_length=200)
    received = models.ForeignKey(WireBytes, models.PROTECT, related_name="uploads")
    size = models.PositiveIntegerField(default=0)
    format = models.CharField(max_length=20, default="auto")

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.name


class WireRecordQuerySet(models.QuerySet):
    def changing(self):
        """Those that brought a text which was not known."""
        return self.filter(outcome__in=[WireRecord.Outcome.CREATED, WireRecord.Outcome.UPDATED])


class WireRecord(models.Model):
    """One story, or one refused piece of a file, as it came, and what became of it.

    Versions of one item share a ``thread``; what several agencies tell of one thing shares a ``cluster``. ``identity``
    stands on the first record of each version alone, and is unique: a version is never brought in twice, whoever reads
    it at the same time.
    """

    class Outcome(models.TextChoices):
        CREATED = "created"
        UPDATED = "updated"
        UNCHANGED = "unchanged"
        DUPLICATE = "duplicate"
        OUT_OF_DATE = "out_of_date", "out of date"
        KILLED = "killed", "kill"
        REJECTED = "rejected"

    class State(models.TextChoices):
        """Where it stands in the inbox."""

        NEW = "new", "waits"
        TAKEN = "taken"
        ATTACHED = "attached"
        PARKED = "parked"
        SPIKED = "spiked"
        QUARANTINED = "quarantined"
        REPLACED = "replaced", "a newer one took its place"
        KNOWN = "known", "nothing new"

    class Standing(models.TextChoices):
        """What the provider says of it: may be used, not yet, or never."""

        USABLE = "usable"
        WITHHELD = "withheld"
        CANCELED = "canceled", "killed"

    batch = models.ForeignKey(WireBatch, models.CASCADE, related_name="records")
    path = LineField(max_length=400, blank=True)
    story = models.PositiveIntegerField(default=1, help_text="Its number in the file.")
    line = models.PositiveIntegerField(default=1, help_text="The line of the file it begins on.")
    received = models.ForeignKey(WireBytes, models.PROTECT, related_name="records")
    parser = models.CharField(max_length=20)
    encoding = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome)
    code = models.CharField(max_length=40, blank=True, help_text="Why it was refused.")
    message = LineField(max_length=500, blank=True)
    warnings = models.JSONField(default=list, blank=True)

    headline = LineField(max_length=300, blank=True)
    language = models.CharField(max_length=8, blank=True)
    provider = LineField(max_length=80, blank=True)
    provider_id = LineField(max_length=200, blank=True)
    provider_version = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(
        "articles.Source", models.SET_NULL, null=True, blank=True, related_name="wire_records", help_text="Who sent it."
    )
    slugline = LineField(max_length=120, blank=True)
    genre = LineField(max_length=80, blank=True)
    ednote = models.TextField("note to editors", blank=True)
    urgency = models.PositiveSmallIntegerField(null=True, blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.USABLE)
    embargo_until = models.DateTimeField(null=True, blank=True)
    embargo_note = LineField(max_length=200, blank=True)
    usage_terms = models.TextField(blank=True, help_text="In the provider's words.")
    no_archive = models.BooleanField(default=False)
    no_syndication = models.BooleanField(default=False)
    territories = models.JSONField(default=list, blank=True)
    excluded_territories = models.JSONField(default=list, blank=True)
    delete_by = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When its text and bytes went, as its provider’s terms ask."
    )
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When its provider sent this version.")
    first_sent_at = models.DateTimeField(null=True, blank=True)
    link = models.CharField(max_length=500, blank=True)
    unmapped = models.JSONField(default=dict, blank=True, help_text="What no field holds, as it stood.")

    identity = models.CharField(
        max_length=32, null=True, blank=True, unique=True, help_text="Hash of provider, id and version, or of its text."
    )
    thread = models.CharField(max_length=32, blank=True, help_text="What the versions of one item share.")
    cluster = models.CharField(max_length=32, blank=True, help_text="What the tellings of one story share.")
    headline_key = models.CharField(max_length=32, blank=True, help_text="Hash of the folded headline.")
    text_key = models.CharField(max_length=32, blank=True, help_text="Hash of all of its folded text.")
    paragraphs = models.BinaryField(default=b"", help_text="Hashes of its paragraphs, eight bytes each.")
    signature = models.BinaryField(default=b"", help_text="MinHash of its word shingles, four bytes a bin.")
    content = models.JSONField(null=True, blank=True, help_text="The story as it was read.")

    article = models.ForeignKey("articles.Article", models.SET_NULL, null=True, blank=True, related_name="wire_records")
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    is_offered = models.BooleanField(
        default=False, help_text="A newer text, offered because an editor has worked on the story since."
    )
    is_held = models.BooleanField(default=False, help_text="The version that the desk's story was last made from.")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="taken_records"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    mended_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="mended", help_text="What was repaired by hand."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WireRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["headline_key"], condition=~Q(headline_key=""), name="wirerecord_by_headline"),
            models.Index(fields=["text_key"], condition=~Q(text_key=""), name="wirerecord_by_text"),
            models.Index(
                fields=["provider", "provider_id"], condition=~Q(provider_id=""), name="wirerecord_by_provider_id"
            ),
            models.Index(fields=["outcome", "-id"]),
            models.Index(fields=["thread"], condition=~Q(thread=""), name="wirerecord_by_thread"),
            models.Index(fields=["cluster"], condition=~Q(cluster=""), name="wirerecord_by_cluster"),
            models.Index(
                fields=["state", "-id"],
                condition=Q(state__in=["new", "parked", "quarantined"]),
                name="wirerecord_waiting",
            ),
            models.Index(fields=["source", "-id"], name="wirerecord_by_source"),
            models.Index(
                fields=["delete_by"],
                condition=Q(delete_by__isnull=False, deleted_at=None),
                name="wirerecord_to_delete",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[
                        *("created", "updated", "unchanged", "duplicate", "out_of_date", "killed", "rejected"),
                    ]
                ),
                name="wirerecord_outcome_valid",
            ),
            models.CheckConstraint(condition=Q(outcome="rejected") | Q(code=""), name="wirerecord_code_where_rejected"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        *("new", "taken", "attached", "parked", "spiked", "quarantined", "replaced", "known"),
                    ]
                ),
                name="wirerecord_state_valid",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["usable", "withheld", "canceled"]), name="wirerecord_standing_valid"
            ),
            models.UniqueConstraint(
                fields=["thread", "article"], condition=Q(is_held=True), name="wirerecord_one_held_a_story"
            ),
        ]
        permissions = [("work_wire", "Can take, attach, park, spike and repair what came over the wire")]

    def __str__(self):
        return self.headline or f"{self.path} story {self.story}"


class WireKey(models.Model):
    """A number by which a record is found again: the hash of one of its paragraphs, or of a band of its signature.

    There are some thirty for each story, so that it holds no more than it must: no row id and no foreign key. Those of
    records that were deleted mean nothing.
    """

    pk = models.CompositePrimaryKey("key", "record")
    key = models.BigIntegerField()
    record = models.BigIntegerField()

    def __str__(self):
        return f"{self.key:x}"


class WireRule(models.Model):
    """What the newsroom does with what comes from a source, before anybody has looked at it."""

    source = models.OneToOneField("articles.Source", models.CASCADE, related_name="wire_rule")
    desk = models.ForeignKey(
        "articles.Desk", models.PROTECT, null=True, blank=True, help_text="Where it goes; empty for the wire desk."
    )
    topics = models.ManyToManyField("articles.Topic", blank=True, help_text="Given to each of its stories.")
    regions = models.ManyToManyField("articles.Region", blank=True, help_text="Given to each of its stories.")
    urgency = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Where it gives none: 1 the most urgent, 8 the least."
    )
    replacements = models.TextField(
        blank=True, help_text="One a line, “find → put”; in headline, standfirst, body and captions, case counts."
    )
    keep_words = models.TextField(blank=True, help_text="One a line. Kept only if one of them is in it. Empty: all.")
    drop_words = models.TextField(blank=True, help_text="One a line. What holds one of them is spiked on arrival.")
    keep_categories = models.TextField(blank=True, help_text="Codes or names of its subjects and genres, one a line.")
    drop_categories = models.TextField(blank=True, help_text="Codes or names of its subjects and genres, one a line.")
    obeys_kills = models.BooleanField(
        default=False,
        help_text="A kill retracts what readers have at once, with the note below. Otherwise a person does.",
    )
    kill_note = models.CharField(
        max_length=300,
        blank=True,
        default="This story has been withdrawn because the agency that it came from withdrew it.",
        help_text="What readers are told then.",
    )
    silent_after = models.PositiveIntegerField(
        null=True, blank=True, help_text="Minutes without anything from it after which the desk is told."
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["source__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(urgency=None) | Q(urgency__gte=1, urgency__lte=8), name="wirerule_urgency_valid"
            )
        ]

    def __str__(self):
        return f"Rules for {self.source}"


class FeedPoint(models.Model):
    """Where a source's copy is fetched from by itself: an address on the web, a watched folder, or a mailbox.

    What lets the newsroom in is never kept here: ``secret_name`` is the name of an environment variable.
    """

    class Kind(models.TextChoices):
        WEB = "web", "address on the web"
        FOLDER = "folder", "watched folder"
        MAILBOX = "mailbox"

    source = models.ForeignKey("articles.Source", models.CASCADE, related_name="feeds")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.WEB)
    address = models.CharField(max_length=500, help_text="https://…, a folder, or imaps://host/folder.")
    login = LineField(max_length=160, blank=True)
    secret_name = models.CharField(
        max_length=80, blank=True, help_text="The environment variable that holds its password or token."
    )
    format = models.CharField(max_length=20, default="auto")
    desk = models.ForeignKey("articles.Desk", models.PROTECT, null=True, blank=True, related_name="feeds")
    waits = models.BooleanField(
        "waits in the inbox", default=True, help_text="Until somebody takes it; otherwise each item is a draft at once."
    )
    is_active = models.BooleanField(default=True)
    every = models.PositiveIntegerField(default=5, help_text="Minutes between two looks.")
    silent_after = models.PositiveIntegerField(
        null=True, blank=True, help_text="Minutes without a new item after which the desk is told."
    )

    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    seen = models.JSONField(default=dict, blank=True, editable=False, help_text="Where the last look ended.")
    next_at = models.DateTimeField(null=True, blank=True, editable=False)
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_item_at = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    last_error = LineField(max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["source__name", "id"]
        indexes = [models.Index(fields=["is_active", "next_at"])]
        constraints = [
            models.UniqueConstraint(fields=["kind", "address", "login"], name="feedpoint_once"),
            models.CheckConstraint(condition=Q(kind__in=["web", "folder", "mailbox"]), name="feedpoint_kind_valid"),
        ]

    def __str__(self):
        return f"{self.source}: {self.address}"
