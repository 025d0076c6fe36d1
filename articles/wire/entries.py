"""One item of a chunk on its way into the database: what it came as, what it is, and the row that is kept of it."""

from dataclasses import dataclass

from django.utils import timezone

from articles import usage
from articles.models import Article, WireRecord
from articles.text import clean_line
from articles.wire import identity, versions
from articles.wire.happenings import Refused, Taken
from articles.wire.items import Standing, told
from articles.wire.known import Found

Outcome, State = WireRecord.Outcome, WireRecord.State
_KEPT_CONTENT = (Outcome.CREATED, Outcome.UPDATED, Outcome.OUT_OF_DATE, Outcome.KILLED)
# What the report of an import calls the outcomes that only the record tells apart.
_REPORTED = {Outcome.OUT_OF_DATE: "unchanged", Outcome.KILLED: "updated"}

COLUMNS = (
    *("batch_id", "path", "story", "line", "received_id", "parser", "outcome", "state", "code", "message"),
    *("warnings", "article_id", "is_offered", "is_held", "taken_by_id", "taken_at", "created_at", "mended_from_id"),
    *("encoding", "headline", "language", "provider", "provider_id", "provider_version", "source_id", "slugline"),
    *("genre", "ednote", "urgency", "standing", "embargo_until", "embargo_note", "usage_terms", "no_archive"),
    *("no_syndication", "territories", "excluded_territories", "delete_by", "sent_at", "first_sent_at", "link"),
    *("unmapped", "identity", "thread", "cluster", "headline_key", "text_key", "paragraphs", "signature", "content"),
)


@dataclass
class File:
    """The file that items come from."""

    path: str
    format: str
    encoding: str = ""
    read: int = 0
    stored: int = 0
    refused: int = 0

    def outcome(self):
        if not self.refused:
            return "ok"
        return "partial" if self.stored else "error"


class Entry:
    """One item, or one refused piece. ``reading`` is None for what is refused."""

    def __init__(self, parsed, reading, sha256: str, file: File):
        self.parsed, self.reading, self.sha256, self.file = parsed, reading, sha256, file
        self.as_read = reading
        self.found = Found("")
        self.outcome, self.state = Outcome.REJECTED, State.QUARANTINED
        self.article: Article | None = None  # one that was made of it
        self.article_id: int | None = None
        self.public_id: str | None = None
        self.source: int | None = None
        self.cluster = ""
        self.offered = self.held = False
        self.warnings = list(reading.warnings) if reading else []

    def anew(self, refused=None) -> "Entry":
        """The same as it was before anything was decided of it; or as refused, for that reason."""
        if refused:
            return Entry(refused, None, self.sha256, self.file)
        return Entry(self.parsed, self.as_read, self.sha256, self.file)

    @property
    def item(self):
        return self.reading.item

    @property
    def is_usable(self):
        return self.item.standing == Standing.USABLE

    @property
    def version(self):
        return versions.of(self.item, self.reading.fingerprint.text)

    @property
    def terms(self):
        """The usage terms that it came with."""
        given = self.item.usage
        return usage.Terms(
            given.no_archive,
            given.no_syndication,
            tuple(given.territories),
            tuple(given.excluded_territories),
            given.delete_by,
            given.terms,
        )

    def warn(self, words):
        self.warnings.append(words)

    def event(self):
        if self.reading is None:
            return Refused(self.parsed)
        outcome = _REPORTED.get(self.outcome, str(self.outcome))
        if self.public_id is None and outcome != Outcome.DUPLICATE:
            outcome = outcome if self.state == State.NEW else "unchanged"
        return Taken(self.reading, outcome, self.public_id, self.warnings)

    def row(self, batch, by, mended_from=None):
        """The values of ``COLUMNS``."""
        taken = self.state == State.TAKEN
        now = timezone.now()
        common = [
            *(batch.pk, self.file.path[-400:], self.parsed.story, self.parsed.line, self.sha256, self.file.format),
            *(str(self.outcome), str(self.state)),
        ]
        later = [
            *(self.warnings, self.article_id, self.offered, self.held, by.pk if taken and by else None),
            *(now if taken else None, now, mended_from),
        ]
        if self.reading is None:
            return [
                *common,
                *(self.parsed.code, clean_line(self.parsed.message)[:500]),
                *later,
                *("", "", "", "", "", "", None, "", "", "", None, "usable", None, "", "", False),
                *(False, [], [], None, None, None, "", {}, None, "", "", "", "", b"", b"", None),
            ]
        item, one, terms = self.item, self.reading.fingerprint, self.item.usage
        kept = self.outcome in _KEPT_CONTENT
        changed = self.outcome in (Outcome.CREATED, Outcome.UPDATED)
        return [
            *common,
            *("", ""),
            *later,
            *(item.encoding[:20], item.headline[:300], item.language[:8], item.provider[:80], item.provider_id[:200]),
            *(item.version[:40], self.source, item.slugline[:120], item.genre[:80], item.ednote, item.urgency),
            *(item.standing, item.embargo_until, item.embargo_note[:200], terms.terms, terms.no_archive),
            *(terms.no_syndication, list(terms.territories), list(terms.excluded_territories), terms.delete_by),
            *(item.sent_at, item.first_sent_at, item.link[:500], dict(item.unmapped)),
            identity.of_version(item, one.text) if kept and self.found.is_first else None,
            *(self.found.thread, self.cluster, one.headline, one.text),
            *((identity.pack(one.paragraphs), one.signature) if changed else (b"", b"")),
            self._content() if kept else None,
        ]

    def _content(self):
        """The story as it was read, with what a story made of it later is told."""
        return {
            "content": self.reading.content,
            "sign_off": self.item.sign_off,
            "item": told(self.item),
            "suggestions": self.reading.suggestions,
        }
