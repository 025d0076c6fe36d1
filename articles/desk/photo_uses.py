"""Where a picture stands: the stories of which its viewer may know, and how many others."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.fields.json import KT

from articles import access
from articles.models import PhotoCaption, PhotoRevision, Release

from .story_list import live_state, with_releases

SHOWN = 200
LATELY = 100  # versions of pictures among which corrections that wait are looked for


@dataclass(frozen=True)
class Use:
    """A picture in one story: what stands beneath it there, and whose words these are."""

    story: object
    caption: PhotoCaption
    state: str  # “live since …”, as a mark
    is_live: bool

    @property
    def words(self):
        return self.caption.shown("caption")

    @property
    def own(self) -> list[str]:
        """The texts that the story has of its own, in words."""
        return [_NAMES[name] for name in PhotoCaption.OVERRIDES if getattr(self.caption, name)]

    @property
    def stale(self) -> list[str]:
        """Those of them that took the place of words which the picture does not say any more."""
        return [_NAMES[name] for name in self.caption.stale_overrides()]


_NAMES = {"caption": "caption", "alt_text": "alternative text", "credit": "credit", "photographer": "photographer"}


@dataclass(frozen=True)
class Uses:
    """What somebody may know of the uses of a picture. ``hidden`` stories are counted, and never named."""

    rows: list[Use]
    hidden: int

    @property
    def count(self):
        return len({use.story.pk for use in self.rows}) + self.hidden


def uses_of(photo, user) -> Uses:
    """The uses of that picture, live ones first. Three queries, however many there are."""
    captions = list(PhotoCaption.objects.filter(photo=photo).select_related("photo")[:SHOWN])
    ids = set(PhotoCaption.objects.filter(photo=photo).order_by().values_list("article", flat=True))
    stories = with_releases(access.visible_articles(user).filter(pk__in=ids)).select_related("desk").defer("body")
    known = {story.pk: story for story in stories}
    rows = []
    for caption in captions:
        if story := known.get(caption.article_id):
            is_live = bool(story.live_kind) and story.live_kind not in Release.GONE
            rows.append(Use(story, caption, live_state(story), is_live))
    rows.sort(key=lambda use: (not use.is_live, -use.story.pk))
    return Uses(rows, len(ids - set(known)))


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
