"""What stands beneath a picture in one story."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .fields import LineField
from .photo import Photo


class PhotoCaption(models.Model):
    """A picture in one story, with what stands beneath it there.

    Without ``photo`` it is a *picture awaited*: agency copy names pictures that it does not carry. It blocks nothing
    and no reader sees it; ``awaited_file`` is what the copy called it. Empty texts fall back to the picture's own.
    ``framing`` is how this story crops it: ``{"focus": [x, y], "keep": [x, y, width, height] or None}`` in fractions;
    None for the picture's own. ``written_over`` holds the picture's own words that this story's took the place of, by
    field: where the picture's are others now, the override is *stale*. It is no part of the story's revisions.
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
    framing = models.JSONField(null=True, blank=True)
    awaited_file = LineField(
        max_length=200, blank=True, editable=False, help_text="The file or number by which the copy named the picture."
    )
    written_over = models.JSONField(default=dict, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    # The texts that a story may have of its own in place of the picture's.
    OVERRIDES = ("caption", "alt_text", "credit", "photographer")

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

    def stale_overrides(self) -> list[str]:
        """The fields in which this story has words of its own that took the place of words which changed since."""
        return [
            name
            for name in self.OVERRIDES
            if self.photo_id and getattr(self, name) and name in self.written_over
            if self.written_over[name] != getattr(self.photo, name)
        ]


def credit_line(photographer: str, credit: str, is_file: bool = False) -> str:
    """Who is credited, by the house style that ``CREDIT_LINE`` sets: “Lina Haddad / AFP”.

    A name that the credit holds is not said twice. ``is_file`` has that said as well, as ``FILE_CREDIT_LINE`` does.
    """
    if not photographer or not credit or photographer.casefold() in credit.casefold():
        line = credit or photographer
    else:
        line = settings.CREDIT_LINE.format(photographer=photographer, agency=credit)
    return settings.FILE_CREDIT_LINE.format(credit=line) if is_file and line else line
