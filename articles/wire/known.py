"""Which stories of the newsroom the items of a chunk may be: a few queries for the whole chunk."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import Count

from articles.models import Article, WireKey, WireRecord
from articles.wire import identity
from articles.wire.identity import Fingerprint
from articles.wire.reading import Reading

# A paragraph that stands in more stories than this is furniture, and says nothing about which story this is.
COMMON = 40
# One that has come more often than this is not even looked up, so that an archive of any size costs the same.
TOO_COMMON = 100


class Known:
    """The stories that these items may be, looked up once."""

    def __init__(self, readings: list[Reading]):
        prints = [reading.fingerprint for reading in readings]
        kept = WireRecord.objects.exclude(article=None).order_by("id")
        self._changing = kept.filter(outcome__in=[WireRecord.Outcome.CREATED, WireRecord.Outcome.UPDATED])
        self._by_text = dict(
            kept.filter(text_key__in={one.text for one in prints}).values_list("text_key", "article_id")
        )
        unknown = [one for one in prints if one.text not in self._by_text]
        self._headlines: dict[str, set[int]] = {}
        self._shared: dict[int, set[int]] = {}  # paragraph key -> stories it stands in
        self._too_common: set[int] = set()  # paragraph keys
        if unknown:
            self._look_up_headlines({one.headline for one in unknown})
            self._look_up_paragraphs({key for one in unknown for key in one.paragraphs})
        candidates = {article for one in unknown for article in self._candidates(one)}
        self._paragraphs = self._newest_paragraphs(candidates) if candidates else {}
        found = {one.text: self._story(one) for one in prints}
        articles = Article.objects.only("public_id").in_bulk({article for article, _ in found.values() if article})
        self._found = {text: (articles.get(article), how) for text, (article, how) in found.items()}

    def find(self, reading: Reading) -> tuple[Article | None, str]:
        """The story that this item is, and how it is known; (None, "") for a new one."""
        return self._found[reading.fingerprint.text]

    def _look_up_headlines(self, keys):
        rows = self._changing.filter(headline_key__in=keys).values_list("headline_key", "article_id")
        for key, article in rows:
            self._headlines.setdefault(key, set()).add(article)

    def _look_up_paragraphs(self, keys):
        standing = WireKey.objects.order_by()
        times = dict(standing.filter(key__in=keys).values_list("key").annotate(Count("record")))
        self._too_common = {key for key, count in times.items() if count > TOO_COMMON}
        if telling := times.keys() - self._too_common:
            rows = list(standing.filter(key__in=telling).values_list("key", "record"))
            records = WireRecord.objects.filter(pk__in={record for _, record in rows}, article__isnull=False)
            article_of = dict(records.order_by().values_list("pk", "article_id"))
            for key, record in rows:
                if record in article_of:
                    self._shared.setdefault(key, set()).add(article_of[record])

    def _candidates(self, one: Fingerprint) -> set[int]:
        """The stories that this may be, by all that can be told without their other paragraphs."""
        keys = set(one.paragraphs)
        common = Counter(article for key in keys for article in self._shared.get(key, ()))
        unseen = len(keys & self._too_common)  # may stand in any of them
        telling = {article for key in keys if len(there := self._shared.get(key, ())) <= COMMON for article in there}
        same_headline = self._headlines.get(one.headline, set())
        return {
            article
            for article in telling | same_headline
            if identity.may_be_same(common[article] + unseen, len(keys), same_headline=article in same_headline)
        }

    def _newest_paragraphs(self, articles):
        newest = dict(self._changing.filter(article__in=articles).values_list("article_id", "id"))
        rows = WireRecord.objects.filter(pk__in=newest.values()).order_by()
        return {article: identity.unpack(held) for article, held in rows.values_list("article_id", "paragraphs")}

    def _story(self, one: Fingerprint) -> tuple[int | None, str]:
        if one.text in self._by_text:
            return self._by_text[one.text], "same_text"
        best, most = None, 0
        for article in sorted(self._candidates(one)):
            theirs = self._paragraphs.get(article, ())
            same_headline = article in self._headlines.get(one.headline, ())
            if identity.same_story(one.paragraphs, theirs, same_headline=same_headline):
                common = len(set(one.paragraphs) & set(theirs))
                if common > most:
                    best, most = article, common
        return (best, "same_story") if best else (None, "")


def remember(rows: Iterable[tuple[int, int]]) -> None:
    """Keep (key, id of a record), so that the record is found by them.

    They are thirty times as many as stories. Written without a model instance for each, they cost a tenth.
    """
    table = connection.ops.quote_name(WireKey._meta.db_table)
    rows = sorted(rows)
    with connection.cursor() as cursor:
        if not rows:
            return
        if connection.vendor == "postgresql":
            sql = f"INSERT INTO {table} (key, record) SELECT * FROM unnest(%s::bigint[], %s::bigint[])"  # noqa: S608
            cursor.execute(sql, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(f"INSERT INTO {table} (key, record) VALUES (%s, %s)", rows)  # noqa: S608
