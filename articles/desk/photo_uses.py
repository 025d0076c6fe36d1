"""Where a picture stands: the stories of which its viewer may know, and how many others."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.fields.json import KT

from articles import access, captioning
from articles.models import PhotoCaption, PhotoRevision
from articles.photos import rights

from .story_list import live_state, with_releases

LATELY = 100  # versions of pictures among which corrections that wait are looked for

NAMES = {"caption": "caption", "alt_text": "alternative text", "credit": "credit", "photographer": "photographer"}


@dataclass(frozen=True)
class Use:
    """A picture in one story: what stands beneath it there, and whose words these are."""

    story: object
    found: captioning.Use
    state: str  # “live since …”, as a mark

    @property
    def caption(self):
        """The working copy's; None where readers alone still have the picture."""
        return self.found.caption

    @property
    def words(self):
        return self.caption.shown("caption") if self.caption else self.found.shown.get("caption", "")

    @property
    def own(self) -> list[str]:
        """The texts that the story has of its own, in words."""
        return [NAMES[name] for name in self.found.overrides]

    @property
    def stale(self) -> list[str]:
        """Those of them that took the place of words which the picture does not say any more."""
        return [NAMES[name] for name in self.found.stale]


@dataclass(frozen=True)
class Uses:
    """What somebody may know of the uses of a picture. ``hidden`` stories are counted, and never named."""

    rows: list[Use]
    hidden: int

    @property
    def count(self):
        return len(self.rows) + self.hidden


def uses_of(photo, user) -> Uses:
    """The uses of that picture, live ones first. As many queries however many there are."""
    visible = access.visible_articles(user)
    found = captioning.uses_of(photo, visible)
    stories = with_releases(visible.filter(pk__in=[use.article.pk for use in found]))
    known = stories.select_related("desk").defer("body").in_bulk()
    rows = [
        Use(known[use.article.pk], use, live_state(known[use.article.pk])) for use in found if use.article.pk in known
    ]
    every = set(PhotoCaption.objects.filter(photo=photo).order_by().values_list("article", flat=True))
    every |= set(rights.releases_showing(photo).order_by().values_list("article", flat=True))
    return Uses(rows, len(every - set(known)))


def stale_uses():
    """Captions in stories whose own words took the place of words that the picture does not say any more."""
    uses = PhotoCaption.objects.exclude(photo=None).exclude(written_over={})
    stale = Q()
    for name in PhotoCaption.OVERRIDES:
        uses = uses.alias(**{f"was_{name}": KT(f"written_over__{name}")})
        stale |= ~Q(**{name: ""}) & Q(**{f"was_{name}__isnull": False}) & ~Q(**{f"was_{name}": F(f"photo__{name}")})
    return uses.filter(stale)


def corrections_waiting(user) -> int:
    """How many of that user's stories still say the old words of what was lately corrected in a picture; 100 at most.

    Looked for among the newest versions of pictures, so that it costs the same whatever there is.
    """
    newest = PhotoRevision.objects.filter(number__gt=1).order_by("-id").values_list("photo", flat=True)[:LATELY]
    uses = stale_uses().filter(photo__in=set(newest))
    stories = access.visible_articles(user).active()
    return len(set(uses.filter(article__in=stories).values_list("article", flat=True)[:100]))
