"""Stories by the thousand: the rows of one that the rules made, under ids, times and words of their own.

Whatever column a table has or gets, a copy has what its original has there, so that what the rules write stands in the
copies too. Only what makes a story that story is its own: ids, times, headline, standfirst, text, what is related.
"""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from django.db import transaction
from django.utils import timezone

from articles import documents, rows, search
from articles.models import Article, Listing, PhotoCaption, Release, ReleasedPhoto, Revision
from articles.text import reading_minutes

from . import words
from .beats import LATER, Beat, public_id
from .multiplying import PARTS

_NAMED = Article()  # a story has the address of its headline


class Original:
    """A story that the rules made, as rows that are ready to be copied."""

    def __init__(self, beat: Beat):
        self.beat, self.article = beat, beat.article
        self.revisions = list(self.article.revisions.order_by("number"))
        self.releases = list(self.article.releases.order_by("sequence"))
        self.listings = list(Listing.objects.filter(article=self.article).order_by("pk"))
        self.pictures = list(ReleasedPhoto.objects.filter(release__in=self.releases))
        self.parts = {
            model: list(descriptor.__get__(self.article).all().order_by("pk")) for model, descriptor in PARTS.items()
        }
        # What it is found by besides its text, as an index is given it.
        self.captions = [search.indexed(one.caption) for one in self.parts[PhotoCaption] if one.caption]
        self.names = {one.pk: search.indexed(*search.names_in(one.document)) for one in self.releases}
        self.recent: deque[str] = deque(maxlen=documents.RELATED_MAX)  # what the next copy is related to
        self.day = documents.day_place(self.releases[0].archive_day)


class Copy:
    """One copy: its words, its times, and the ids that it is given on the way."""

    def __init__(self, original: Original, chance: Random, number: int, published_at: datetime):
        self.original, self.published_at, self.public_id = original, published_at, public_id(chance)
        self.text = words.story(chance, original.beat.language, number)
        _NAMED.headline = self.text.headline
        self.slug = _NAMED.slug
        self.related = list(original.recent)[::-1]
        original.recent.append(self.public_id)
        # Later releases follow at their own distance; what ends, ends when one of these begins.
        self.instants = {one.live_from: published_at + place * LATER for place, one in enumerate(original.releases)}
        self.day = documents.day_place(timezone.localdate(published_at))

    def told(self, content: dict) -> dict:
        """A snapshot or a document in the words of this copy; what has no text has none here either."""
        text = self.text
        told = {**content, "headline": text.headline}
        if content["body"]:
            told |= {"standfirst": text.standfirst, "body": text.body}
        if "related" in content:
            told["corrections"] = [
                {**one, "at": self.instants[datetime.fromisoformat(one["at"])].isoformat()}
                for one in content["corrections"]
            ]
            if content["body"]:
                told |= {"related": self.related, "words": text.words, "minutes": reading_minutes(text.words)}
        return told


@transaction.atomic
def write(copies: list[Copy]) -> None:
    """Write these copies with everything that belongs to them, and put them into both indexes."""
    articles = _insert(Article, [(copy, copy.original.article, _article(copy)) for copy in copies])
    of_article = dict(zip(map(id, copies), articles, strict=True))
    for model, descriptor in PARTS.items():
        owner = descriptor.rel.field.attname
        _insert(model, [(c, one, {owner: of_article[id(c)]}) for c in copies for one in c.original.parts[model]])
    drafts = [(copy, one, _revision(copy, one, of_article)) for copy in copies for one in copy.original.revisions]
    revisions = _by_original(drafts, _insert(Revision, drafts))
    made = [
        (copy, one, _release(copy, one, of_article, revisions)) for copy in copies for one in copy.original.releases
    ]
    releases = _by_original(made, _insert(Release, made))
    shown = [(copy, one) for copy in copies for one in copy.original.pictures]
    _insert(ReleasedPhoto, [(c, one, {"release_id": releases[id(c), one.release_id]}) for c, one in shown])
    listed = [(copy, one) for copy in copies for one in copy.original.listings]
    _insert(Listing, [(c, one, _listing(c, one, of_article, releases)) for c, one in listed])
    _index(copies, of_article, drafts, made, releases)


def _insert(model, given) -> list[int]:
    """Rows like these originals but for what is given. Gives their ids."""
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    return rows.insert(
        model, names, [[own[name] if name in own else getattr(one, name) for name in names] for _, one, own in given],
        keys=True,
    )  # fmt: skip


def _by_original(given, ids):
    return {(id(copy), one.pk): pk for (copy, one, _), pk in zip(given, ids, strict=True)}


def _article(copy):
    began = copy.published_at - timedelta(hours=1)
    return {
        "public_id": copy.public_id,
        "headline": copy.text.headline,
        "standfirst": copy.text.standfirst,
        "body": copy.text.body,
        "provider_date": copy.published_at,
        "created_at": began,
        "updated_at": max(copy.instants.values()),
    }


def _revision(copy, one, of_article):
    at = copy.published_at + (one.number - 1) * LATER - timedelta(minutes=30)
    return {"article_id": of_article[id(copy)], "content": copy.told(one.content), "created_at": at}


def _release(copy, one, of_article, revisions):
    live_from = copy.instants[one.live_from]
    return {
        "article_id": of_article[id(copy)],
        "revision_id": revisions[id(copy), one.revision_id],
        "public_id": copy.public_id,
        "slug": copy.slug,
        "headline": copy.text.headline,
        "standfirst": copy.text.standfirst if one.standfirst else "",
        "document": copy.told(one.document),
        "published_at": copy.published_at,
        "archive_day": timezone.localdate(copy.published_at),
        "live_from": live_from,
        "live_until": copy.instants.get(one.live_until),
        "created_at": live_from,
    }


def _listing(copy, one, of_article, releases):
    return {
        "place": copy.day if one.place == copy.original.day else one.place,
        # What was corrected is listed by when readers were told, all else by when it was published.
        "published_at": copy.instants.get(one.published_at, copy.published_at),
        "public_id": copy.public_id,
        "article_id": of_article[id(copy)],
        "release_id": releases[id(copy), one.release_id],
        "live_from": copy.instants[one.live_from],
        "live_until": copy.instants.get(one.live_until),
    }


def _index(copies, of_article, drafts, made, releases):
    newest = {id(copy): own["content"] for copy, _, own in drafts}
    things = [Article(pk=of_article[id(c)], public_id=c.public_id, desk_id=c.original.article.desk_id) for c in copies]
    known = [" ".join((copy.text.folded_body, *copy.original.captions)).strip() for copy in copies]
    search.index_new(things, [newest[id(copy)] for copy in copies], known)
    search.index_released_texts(
        search.ReleasedText(
            releases[id(copy), one.pk],
            copy.published_at,
            one.language,
            copy.text.folded_head,
            f"{copy.text.folded_body} {copy.original.names[one.pk]}",
        )
        for copy, one, _ in made
        if not one.is_gone
    )


def numbered(originals: list[Original], chance: Random, first: int, times: Iterator[datetime]) -> Iterator[Copy]:
    """Copies of these originals, one for each of those instants, each beat as often as it is written about."""
    weights = list(accumulate(original.beat.weight for original in originals))
    for number, published_at in enumerate(times, start=first):
        yield Copy(chance.choices(originals, cum_weights=weights)[0], chance, number, published_at)
