"""Which stories of the newsroom the items of a chunk may be: a few queries for the whole chunk."""

from articles.models import Article, WireParagraph, WireRecord
from articles.wire import identity
from articles.wire.reading import Reading


class Known:
    """The stories that these items may be, looked up once."""

    # A paragraph that stands in more stories than this is furniture, and says nothing about which story this is.
    COMMON = 40

    def __init__(self, readings: list[Reading]):
        prints = [reading.fingerprint for reading in readings]
        kept = WireRecord.objects.exclude(article=None)
        self.by_text = dict(
            kept.filter(text_key__in={one.text for one in prints}).order_by("id").values_list("text_key", "article_id")
        )
        unknown = [one for one in prints if one.text not in self.by_text]
        self.shared: dict[int, set[int]] = {}  # paragraph key -> articles
        self.headlines: dict[str, set[int]] = {}
        changing = kept.filter(outcome__in=[WireRecord.Outcome.CREATED, WireRecord.Outcome.UPDATED])
        if unknown:
            headline_keys = {one.headline for one in unknown}
            for key, article in changing.filter(headline_key__in=headline_keys).values_list(
                "headline_key", "article_id"
            ):
                self.headlines.setdefault(key, set()).add(article)
            paragraph_keys = {key for one in unknown for key in one.paragraphs}
            for key, article in (
                WireParagraph.objects.filter(key__in=paragraph_keys, record__article__isnull=False)
                .values_list("key", "record__article_id")
                .distinct()
            ):
                self.shared.setdefault(key, set()).add(article)
        candidates = self._candidates(unknown)
        ids = set(self.by_text.values()) | candidates
        self.articles = Article.objects.in_bulk(ids) if ids else {}
        self.paragraphs = self._newest_paragraphs(candidates, changing) if candidates else {}

    def _candidates(self, prints):
        found: set[int] = set()
        for one in prints:
            found |= self._candidates_of(one)
        return found

    def _candidates_of(self, one):
        found = set(self.headlines.get(one.headline, ()))
        for key in one.paragraphs:
            articles = self.shared.get(key, ())
            if len(articles) <= self.COMMON:
                found |= set(articles)
        return found

    @staticmethod
    def _newest_paragraphs(articles, changing):
        newest: dict[int, int] = {}
        for article, record in changing.filter(article__in=articles).order_by("id").values_list("article_id", "id"):
            newest[article] = record
        keys: dict[int, list[int]] = {}
        of_record = {record: article for article, record in newest.items()}
        for record, key in WireParagraph.objects.filter(record__in=of_record).values_list("record_id", "key"):
            keys.setdefault(of_record[record], []).append(key)
        return keys

    def find(self, reading):
        """The story that this item is, and how it is known; (None, "") for a new one."""
        one = reading.fingerprint
        if one.text in self.by_text:
            return self.articles[self.by_text[one.text]], "same_text"
        best, most = None, 0
        for article in self._candidates_of(one):
            theirs = self.paragraphs.get(article, ())
            same_headline = article in self.headlines.get(one.headline, ())
            if identity.same_story(one.paragraphs, theirs, same_headline=same_headline):
                common = len(set(one.paragraphs) & set(theirs))
                if common > most:
                    best, most = article, common
        return (self.articles[best], "same_story") if best else (None, "")
