"""What an agency allows to be done with a story that came from it: its usage terms, as the newsroom obeys them.

``delete by``       readers have it until that instant and no longer: its release ends by itself, told a day before;
                    it is not released after it
``no archive``      news of the day: no day of the archive lists it, and its release ends ``KEPT_WITHOUT_ARCHIVE`` after
                    readers first had it
``no syndication``  readers have it here; every export and feed to others leaves it out (``Release.no_syndication``)
``territories``     the site is read everywhere, so that a story which may not be is not released, unless somebody who
                    holds ``override_usage`` says why; what is passed on to others is told (``Release.territories``)

Terms of several agencies, or of a later version, add up: the stricter holds, and no later one loosens it by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from articles.models import Article, Release

KEPT_WITHOUT_ARCHIVE = timedelta(days=7)
FIELDS = ("no_archive", "no_syndication", "territories", "excluded_territories", "delete_by")


@dataclass(frozen=True)
class Terms:
    """Usage terms. Territories are ISO 3166-1 alpha-2 codes; none means everywhere."""

    no_archive: bool = False
    no_syndication: bool = False
    territories: tuple[str, ...] = ()
    excluded_territories: tuple[str, ...] = ()
    delete_by: datetime | None = None
    words: str = ""

    @classmethod
    def of(cls, thing) -> "Terms":
        """Those that stand on a story, or on a record of the wire."""
        return cls(
            thing.no_archive,
            thing.no_syndication,
            tuple(thing.territories),
            tuple(thing.excluded_territories),
            thing.delete_by,
            thing.usage_terms,
        )

    def fields(self) -> dict:
        """As fields of a story."""
        return {
            "no_archive": self.no_archive,
            "no_syndication": self.no_syndication,
            "territories": list(self.territories),
            "excluded_territories": list(self.excluded_territories),
            "delete_by": self.delete_by,
            "usage_terms": self.words,
        }

    def with_those_of(self, other: "Terms") -> "Terms":
        """Both at once: of each, the stricter."""
        if self.territories and other.territories:
            # Where neither allows a place that the other does, nowhere is left: the stricter list stands.
            territories = tuple(code for code in self.territories if code in other.territories) or self.territories
        else:
            territories = self.territories or other.territories
        ends = [at for at in (self.delete_by, other.delete_by) if at]
        words = [one for one in dict.fromkeys((self.words, other.words)) if one]
        return Terms(
            self.no_archive or other.no_archive,
            self.no_syndication or other.no_syndication,
            territories,
            tuple(dict.fromkeys(self.excluded_territories + other.excluded_territories)),
            min(ends, default=None),
            "\n".join(words),
        )


def end_of(article: Article, published_at) -> datetime | None:
    """When readers are to have it no more, for a story that they first had at that instant."""
    ends = [article.delete_by] if article.delete_by else []
    if article.no_archive:
        ends.append(published_at + KEPT_WITHOUT_ARCHIVE)
    return min(ends, default=None)


def of_release(article: Article) -> dict:
    """What a release of that story says of its use: see ``Release``."""
    return {name: getattr(article, name) for name in FIELDS if name != "delete_by"}


def tighten(article: Article, terms: Terms) -> bool:
    """Add terms to those of a story, and to what is released of it; whether that changed anything.

    Call it under the story's lock; whoever does looks to its end (``releasing.end_by_terms``).
    """
    before = Terms.of(article)
    after = before.with_those_of(terms)
    if after == before:
        return False
    for name, value in after.fields().items():
        setattr(article, name, value)
    Article.objects.filter(pk=article.pk).update(**after.fields())
    Release.objects.filter(article=article).update(**of_release(article))
    return True


def in_words(thing) -> list[str]:
    """Terms in sentences, as the desk is told them."""
    said = []
    if thing.delete_by:
        said.append(f"Delete by {timezone.localtime(thing.delete_by):%d %B %Y, %H:%M}.")
    if thing.no_archive:
        said.append("Not for the archive.")
    if thing.no_syndication:
        said.append("Not to be passed on to others.")
    if thing.territories:
        said.append(f"For {', '.join(thing.territories)} alone.")
    if thing.excluded_territories:
        said.append(f"Not for {', '.join(thing.excluded_territories)}.")
    return said
