"""Where a story shows, as it was last looked up there."""

from django.db import models


class OutletCheck(models.Model):
    """One public address, asked as a reader would ask it: which release of the story it carried, if any."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="outlet_checks")
    outlet = models.CharField(max_length=80, help_text="“Story page”, “Home”, “Region: Syria”, “RSS: Syria” …")
    address = models.CharField(max_length=400)
    expected = models.PositiveIntegerField(null=True, help_text="The release that should show there; empty for none.")
    found = models.PositiveIntegerField(null=True, help_text="The release that showed there; empty for none.")
    is_right = models.BooleanField()
    problem = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["article", "address"], name="outletcheck_once")]
        indexes = [models.Index(fields=["is_right", "checked_at"])]

    def __str__(self):
        return f"{self.outlet}: {'right' if self.is_right else 'wrong'}"
