"""Regions: the tree of places, and the groupings that newsrooms think in."""

from django.db import models
from django.db.models import Q

from .fields import ChangedAtField, LineField


class RegionQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def under(self, region):
        """The region and everything beneath it in the tree."""
        if region.kind == Region.Kind.WORLD:
            return self.exclude(kind=Region.Kind.GROUPING)
        return self.filter(Q(path=region.path) | Q(path__startswith=f"{region.path}/"))


class Region(models.Model):
    """A place: world, continent, sub-region (UN M49), country (ISO 3166-1), province (ISO 3166-2), or a grouping.

    ``code`` never changes and is what everything else refers to; ``path`` is the address and may. A grouping
    (Gulf, Sahel …) stands beside the tree and lists what its ``members`` list.
    """

    class Kind(models.TextChoices):
        WORLD = "world"
        CONTINENT = "continent"
        SUBREGION = "subregion", "sub-region"
        COUNTRY = "country"
        PROVINCE = "province"
        CITY = "city"
        GROUPING = "grouping"

    code = models.CharField(
        max_length=24, unique=True, help_text="UN M49, ISO 3166 or a word of our own; never changes."
    )
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    members = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="groupings")
    slug = models.SlugField(max_length=80)
    path = models.CharField(max_length=250, unique=True, editable=False)
    name = LineField(max_length=120)
    name_fr = LineField("name in French", max_length=120, blank=True)
    name_ar = LineField("name in Arabic", max_length=120, blank=True)
    display_name = LineField(
        max_length=120, blank=True, help_text="How the house style names a contested place to readers; else the name."
    )
    aliases = models.JSONField(default=dict, blank=True, help_text="Other names, by language.")
    demonyms = models.JSONField(default=dict, blank=True, help_text="“Syrian”, “syrien”, «سوري», by language.")
    capital = models.JSONField(default=dict, blank=True, help_text="Capital or seat, by language.")
    towns = models.JSONField(default=dict, blank=True, help_text="Towns inside that copy names, by language.")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    updated_at = ChangedAtField()

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        indexes = [models.Index(fields=["parent", "name"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["world", "continent", "subregion", "country", "province", "city", "grouping"]),
                name="region_kind_valid",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["world", "grouping"], parent=None)
                | (~Q(kind__in=["world", "grouping"]) & Q(parent__isnull=False)),
                name="region_has_parent_unless_root",
            ),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="world"), name="region_one_world"),
            models.CheckConstraint(
                condition=Q(latitude=None) | Q(latitude__gte=-90, latitude__lte=90), name="region_latitude_valid"
            ),
            models.CheckConstraint(
                condition=Q(longitude=None) | Q(longitude__gte=-180, longitude__lte=180), name="region_longitude_valid"
            ),
        ]

    def __str__(self):
        return self.shown_name()

    def natural_key(self):
        return (self.code,)

    def shown_name(self, language="en"):
        """The name readers see: the house style's where it has one, else that of the language, else the English."""
        if language == "ar" and self.name_ar:
            return self.name_ar
        if language == "fr" and self.name_fr:
            return self.name_fr
        return self.display_name or self.name

    def own_path(self):
        """The address that its place in the tree gives it. The world is no part of its continents' addresses."""
        if self.parent is None or self.parent.kind == self.Kind.WORLD:
            return self.slug
        return f"{self.parent.path}/{self.slug}"

    def ancestor_paths(self):
        """The paths of everything above it, nearest last, the world not counted."""
        parts = self.path.split("/")
        return ["/".join(parts[:depth]) for depth in range(1, len(parts))]
