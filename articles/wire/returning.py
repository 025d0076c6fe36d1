"""Stories of our own export that come back: which stories they are, and what they bring with them.

They are known by their id alone, whatever else has the same words.
"""

import re

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import writing
from articles.models import Article, Desk, Photo

_PUBLIC_ID = re.compile(r"[0-9a-z]{4,16}")
# What an export says of a story and a text cannot show: which desk has it, which original it translates.
_FACTS = ("desk", "translation_of")


class Returning:
    """Those of these readings that are our own stories, looked up once for all of them."""

    def __init__(self, readings):
        own = [reading for reading in readings if reading.item.content]
        ids = {reading.item.provider_id for reading in own}
        originals = {reading.content["translation_of"] for reading in own} - {None}
        self._articles = {}
        if ids | originals:
            self._articles = {one.public_id: one for one in Article.objects.filter(public_id__in=ids | originals)}
        codes = {reading.content["desk"] for reading in own} - {None}
        self._desks = {desk.code: desk for desk in Desk.objects.filter(code__in=codes)} if codes else {}
        photos = {caption["photo"] for reading in own for caption in reading.content["captions"]} - {None}
        self._photos = set()
        if photos:
            self._photos = set(Photo.objects.filter(public_id__in=photos).values_list("public_id", flat=True))
        for reading in own:
            self._settle(reading)

    def _settle(self, reading):
        """Leave out of its content what is not here."""
        content = reading.content
        if content["desk"] not in self._desks:
            content["desk"] = None
        for caption in content["captions"]:
            if caption["photo"] and caption["photo"] not in self._photos:
                caption["photo"] = None
                reading.warnings.append("picture_awaited: the story names a picture that is not here.")
        content["captions"] = [one for one in content["captions"] if one["photo"] or one["caption"]]

    def find(self, reading) -> tuple[Article | None, str]:
        """The story that it is, as ``Known.find`` gives it."""
        article = self._articles.get(reading.item.provider_id)
        if article is None:
            return None, ""
        held = writing.newest_revision(article).content
        same = all(held.get(name) == value for name, value in reading.content.items() if name not in _FACTS)
        return article, "same_text" if same else "same_story"

    def desk(self, reading) -> Desk | None:
        """The desk that had it, if there is such a one."""
        return self._desks.get(reading.content["desk"]) if reading.item.content else None

    def brings(self, reading) -> dict:
        """Fields of the new story that it brings along."""
        if not reading.item.content:
            return {}
        brought = {}
        if _PUBLIC_ID.fullmatch(reading.item.provider_id):
            brought["public_id"] = reading.item.provider_id
        made = parse_datetime(reading.item.content["created_at"] or "")
        if made and made <= timezone.now():
            brought["created_at"] = made
        return brought

    def join_originals(self, new) -> None:
        """Make each new story the translation of its original, if that is here. ``new`` are entries of the intake."""
        self._articles |= {entry.article.public_id: entry.article for entry in new}
        translations = []
        for entry in new:
            wanted = entry.reading.content["translation_of"]
            original = self._articles.get(wanted)
            if original is not None and original.pk != entry.article.pk:
                entry.article.translation_of = original
                translations.append(entry.article)
            elif wanted:
                entry.warnings.append("no_original: the story that this one translates is not here.")
        if translations:
            Article.objects.bulk_update(translations, ["translation_of"])
