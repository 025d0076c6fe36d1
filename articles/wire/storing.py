"""A chunk of items into the database, in one transaction: what each of them is, and what comes of it.

New items become drafts, or wait in the inbox. A newer text is taken by a draft that nobody at the desk has touched, and
offered to any other. What protects comes along at once, whoever has touched the story: a kill, a hold, a later embargo,
stricter usage terms; nothing of these is ever loosened by itself.
"""

import zlib
from collections import defaultdict

from django.db import connection, transaction
from django.utils import timezone

from articles import audit, nearness, releasing, rows, search, usage, wire_holds, writing
from articles.models import (
    Article,
    Revision,
    Source,
    Status,
    WireBatch,
    WireBytes,
    WireRecord,
    WireStanding,
)
from articles.wire import entries as columns
from articles.wire import identity, known, ruling, versions
from articles.wire.entries import Entry
from articles.wire.formats import FORMATS
from articles.wire.known import Found, Known
from articles.wire.reading import Reader
from articles.wire.returning import Returning

Outcome, State = WireRecord.Outcome, WireRecord.State
_WAITING = (State.NEW, State.PARKED)
_LOCK = zlib.crc32(b"wire intake")


class Store:
    """Writes into one batch, for ``by``, the user whose doing it is, or None."""

    def __init__(
        self, batch: WireBatch, by, reader: Reader, *, desk_given: bool = False, mended_from: int | None = None
    ):
        self.batch, self.by, self.desk_given, self.mended_from = batch, by, desk_given, mended_from
        self.rulings = Rulings(reader)

    @transaction.atomic
    def write(self, entries: list[Entry]) -> list:
        """Store a chunk; gives one event for each entry, in order. Raises what the database raises."""
        if connection.vendor == "postgresql":
            # One import writes at a time, as on SQLite: no two processes may take one item for a new one.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        read = [entry for entry in entries if entry.reading]
        here = Known([entry.reading for entry in read if not entry.item.content])
        self.returning = Returning([entry.reading for entry in read])
        for entry in read:
            if entry.item.content:  # of which something may have been left out just now
                entry.warnings = list(entry.reading.warnings)
        new, clusters = [], {}
        for entry in read:
            entry.found = self._come_back(entry) if entry.item.content else here.find(entry.reading)
            entry.source = self.rulings.source(entry.reading)
            self._decide(entry, new)
            entry.cluster = self._cluster(entry, here, clusters)
        self._make_drafts(new)
        self._name_stories(read)
        self._keep(entries, here.too_common)
        self._tell_of_kills(read)
        return [entry.event() for entry in entries]

    def _come_back(self, entry):
        """What a story of our own export is: known by its own id alone."""
        article, how = self.returning.find(entry.reading)
        thread = identity.of_item(entry.item, entry.reading.fingerprint.text)
        if article is None:
            return Found(thread, is_first=False)
        how = versions.SAME if how == "same_text" else versions.NEWER
        return Found(thread, how, article.pk, is_first=False)

    # --- what it is ------------------------------------------------------------------------------------------------

    def _decide(self, entry, new):
        """Say what becomes of an item; ``new`` collects those that become drafts."""
        how, found = entry.found.how, entry.found
        if found.article:
            entry.article_id = found.article
        if found.is_lost and how in (versions.SAME, versions.FACTS, versions.NEWER, versions.CONFLICT):
            how = ""
        if how == versions.KILL:
            self._kill(entry)
        elif how in (versions.OLDER, versions.AFTER_KILL):
            self._put_by(entry, how)
        elif how in (versions.SAME, "duplicate"):
            entry.outcome = Outcome.DUPLICATE if how == "duplicate" else Outcome.UNCHANGED
            entry.state = State.KNOWN
        elif how and found.article:
            self._update(entry)
        else:
            self._bring_in(entry, new)

    def _bring_in(self, entry, new):
        entry.outcome = Outcome.UPDATED if entry.found.how and not entry.found.is_lost else Outcome.CREATED
        rules = self.rulings.of(entry.reading)
        if entry.found.how == versions.CONFLICT:
            entry.warn("conflict: it says that it is a version that is here already, with another text.")
        if why := rules.why_dropped(entry.reading):
            entry.state = State.SPIKED
            entry.warn(f"dropped: by the rules for its source, {why}.")
            return
        entry.reading = rules.applied_to(entry.reading)
        if entry.found.state == State.SPIKED:
            entry.state = State.SPIKED
            entry.warn("dropped: the version before it was spiked.")
        elif self.batch.waits or not entry.reading.item.paragraphs:
            entry.state = State.NEW
        else:
            entry.state, entry.held = State.TAKEN, True
            new.append(entry)

    def _put_by(self, entry, how):
        entry.outcome = Outcome.OUT_OF_DATE
        entry.state = State.KNOWN
        if how == versions.AFTER_KILL:
            entry.state = State.SPIKED
            entry.warn("killed: its provider had withdrawn it before it came.")
        else:
            entry.warn("out_of_date: a newer version of it is here already.")

    def _kill(self, entry):
        entry.outcome, entry.state = Outcome.KILLED, State.NEW
        stories = self._stories_of(entry.found.killed)
        if stories:
            entry.article_id, entry.public_id = stories[-1].pk, stories[-1].public_id
        entry.warn(f"kill: its provider withdraws it; it stops {len(stories)} of our stories.")

    def _stories_of(self, threads):
        made = WireRecord.objects.filter(thread__in=threads, article__isnull=False).order_by()
        return list(Article.objects.filter(pk__in=made.values("article")).order_by("pk"))

    # --- what becomes of a story that is known ---------------------------------------------------------------------

    def _update(self, entry):
        """A newer version of a story: taken by a draft that no editor has touched, offered to any other."""
        entry.outcome, entry.state = Outcome.UPDATED, State.TAKEN
        article = writing.lock(Article(pk=entry.article_id), None)
        entry.public_id = article.public_id
        if entry.found.how == versions.CONFLICT:
            entry.warn("conflict: it says that it is a version that is here already, with another text.")
        entry.reading = self.rulings.of(entry.reading).applied_to(entry.reading)
        looser = self._protect(entry, article)
        if entry.found.how == versions.FACTS or not entry.item.paragraphs:
            entry.offered = looser
            entry.state = State.NEW if looser else State.TAKEN
            return
        newest = article.revisions.order_by("-number").first()
        untouched = newest.origin == Revision.Origin.WIRE and article.status == Status.DRAFT
        if not untouched or looser or article.releases.exists():
            entry.offered, entry.state = True, State.NEW
            why = "it would loosen an embargo" if untouched and looser else "an editor has worked on this story"
            entry.warn(f"offered: {why}, whose text stays; the new one is offered.")
            return
        content = {**entry.reading.content, "desk": article.desk.code}
        article.suggestions = entry.reading.suggestions
        writing.apply(article, content)
        writing.new_version(article)
        writing.record(article, self.by, reason="A newer text came over the wire", origin=Revision.Origin.WIRE)
        entry.held = True

    def _protect(self, entry, article) -> bool:
        """Let what protects come along at once. Whether something of it would be loosened, which nothing does alone."""
        who = entry.item.provider
        if entry.item.standing == WireStanding.WITHHELD:
            once = f"{entry.found.thread}-{entry.item.version}"
            wire_holds.hold(
                article, WireStanding.WITHHELD, note=entry.item.ednote[:300], who=who, once=once, by=self.by
            )
        elif entry.is_usable:
            wire_holds.use_again(article, who=who, by=self.by)
        until, now = entry.item.embargo_until, article.embargo_until
        if until and (now is None or until > now):
            Article.objects.filter(pk=article.pk).update(
                embargo_until=until, embargo_note=entry.item.embargo_note[:200]
            )
            article.embargo_until, article.embargo_note = until, entry.item.embargo_note[:200]
            writing.new_version(article)
            releasing.enforce_embargo(article, self.by)
            audit.log(self.by, "wire_terms", article, embargo_until=until.isoformat())
        if usage.tighten(article, entry.terms):
            writing.new_version(article)
            releasing.end_by_terms(article, self.by)
            audit.log(self.by, "wire_terms", article, terms=usage.in_words(article))
        ahead = now is not None and now > timezone.now()
        if ahead and (until is None or until < now):
            entry.warn(
                "embargo: the story’s embargo ends later than this version says; it stays until somebody decides."
            )
            return True
        return False

    def _tell_of_kills(self, entries):
        """Stop every story made from what was killed, and from what was withheld before it was a story."""
        for entry in entries:
            if entry.outcome != Outcome.KILLED:
                continue
            waiting = WireRecord.objects.filter(thread__in=entry.found.killed, state__in=_WAITING)
            waiting.exclude(outcome=Outcome.KILLED).update(state=State.SPIKED, is_offered=False)
            rules, item = self.rulings.of(entry.reading), entry.item
            note = item.ednote[:300] or item.headline[:300]
            once = f"{entry.found.thread}-{item.version}"
            for article in self._stories_of(entry.found.killed):
                article = wire_holds.hold(
                    article, WireStanding.CANCELED, note=note, who=item.provider, once=once, by=self.by
                )
                if rules.obeys_kills and rules.kill_note:
                    wire_holds.obey(article, note=rules.kill_note, who=item.provider)

    # --- writing ---------------------------------------------------------------------------------------------------

    def _make_drafts(self, new):
        by_desk = defaultdict(list)
        for entry in new:
            own = None if self.desk_given else self.returning.desk(entry.reading) or self.rulings.of(entry.reading).desk
            by_desk[own or self.batch.desk].append(entry)
        for desk, entries in by_desk.items():
            made = writing.create_many(
                [entry.reading.content for entry in entries],
                desk=desk,
                by=self.by,
                reason="Came over the wire",
                origin=Revision.Origin.WIRE,
                given=[self._given(entry) | self.returning.brings(entry.reading) for entry in entries],
                words=[entry.reading.fingerprint.words for entry in entries],
            )
            for entry, article in zip(entries, made, strict=True):
                entry.article, entry.article_id, entry.public_id = article, article.pk, article.public_id
        self.returning.join_originals(new)

    def _given(self, entry):
        """Fields of a new story which its text does not hold: why its places, topics and sources stand in it, too.

        What comes out of an archive keeps the date on which it was first published. The date of live copy is its
        provider's: what the newsroom makes of that is first published here.
        """
        at, facts = entry.item.first_sent_at, {"suggestions": entry.reading.suggestions}
        if FORMATS[entry.file.format].is_archive and at and at <= timezone.now():
            facts["provider_date"] = at
        if entry.terms != usage.Terms():
            facts |= entry.terms.fields()
        if not entry.is_usable:
            words = f"{entry.item.provider or 'The agency'} has withheld it. {entry.item.ednote}"
            facts |= {"wire_standing": entry.item.standing, "wire_note": words[:500], "wire_changed_at": timezone.now()}
        return facts

    def _keep(self, entries, too_common):
        received = {entry.sha256: entry.parsed.raw for entry in entries}
        WireBytes.objects.bulk_create(
            [WireBytes(sha256=sha256, data=raw) for sha256, raw in received.items()], ignore_conflicts=True
        )
        self._give_way(entries)
        kept = [entry.row(self.batch, self.by, self.mended_from) for entry in entries]
        ids = rows.insert(WireRecord, columns.COLUMNS, kept, keys=True)
        found_by, waiting = [], []
        for entry, pk in zip(entries, ids, strict=True):
            if entry.outcome in (Outcome.CREATED, Outcome.UPDATED):
                one = entry.reading.fingerprint
                keys = {*one.paragraphs, *nearness.bands(one.signature)} - too_common
                found_by += [(key, pk) for key in keys]
            if entry.reading and entry.state in (State.NEW, State.SPIKED) and entry.article_id is None:
                waiting.append((pk, f"{entry.item.headline} {entry.item.slugline}", entry.reading.fingerprint.words))
        known.remember(found_by)
        search.index_records(waiting)

    def _give_way(self, entries):
        """Earlier versions leave their place to those that take it."""
        held = [entry for entry in entries if entry.held]
        offered = [entry for entry in entries if entry.offered]
        new = [
            entry
            for entry in entries
            if entry.outcome == Outcome.UPDATED and entry.state == State.NEW and not entry.offered
        ]
        updates = WireRecord.objects.filter(thread__in={entry.found.thread for entry in [*held, *offered, *new]})
        if any(entry.found.how for entry in [*held, *offered, *new]):
            updates.filter(state__in=_WAITING).exclude(outcome=Outcome.KILLED).update(
                state=State.REPLACED, is_offered=False
            )
        known_again = {entry.found.thread for entry in held if entry.found.how}
        if known_again:
            WireRecord.objects.filter(thread__in=known_again, is_held=True).update(is_held=False)
        lost = [entry for entry in entries if entry.found.is_lost and entry.held]
        if lost:
            WireRecord.objects.filter(thread__in={entry.found.thread for entry in lost}).update(is_held=False)

    def _name_stories(self, entries):
        """Say of each item which story it belongs to, by the public id."""
        ids = {entry.article_id for entry in entries if entry.article_id and entry.public_id is None}
        named = dict(Article.objects.filter(pk__in=ids).values_list("pk", "public_id")) if ids else {}
        for entry in entries:
            entry.public_id = entry.public_id or named.get(entry.article_id)

    # --- of whom it is ---------------------------------------------------------------------------------------------

    def _cluster(self, entry, here, clusters):
        """What it shares with others that tell the same: on record, or in this chunk."""
        one = entry.reading.fingerprint
        if not one.signature:
            return entry.found.thread
        found = here.cluster(one)
        if not found:
            bands = nearness.bands(one.signature)
            near = {at: told for band in bands for at, told in clusters.get(band, ())}
            for _, (signature, cluster) in sorted(near.items()):
                if nearness.likeness(one.signature, signature) >= nearness.NEAR:
                    found = cluster
                    break
            told = (len(clusters), (one.signature, found or entry.found.thread))
            for band in bands:
                clusters.setdefault(band, []).append(told)
        return found or entry.found.thread


class Rulings:
    """Whose an item is, and the newsroom's rules for that source."""

    def __init__(self, reader: Reader):
        self.directory = reader.directory
        self.sources = dict(Source.objects.values_list("code", "pk"))
        self.rulings = ruling.load()
        self._named: dict[str, int | None] = {}

    def source(self, reading) -> int | None:
        """The key of the source that sent it, by the name that it gives, or else by the agency that its words name."""
        name = reading.item.provider or next(iter(reading.agencies), "")
        if name and name not in self._named:
            source = self.directory.named(name)
            self._named[name] = self.sources.get(source.code) if source else None
        return self._named.get(name)

    def of(self, reading) -> ruling.Ruling:
        """The rules for that item."""
        return self.rulings.get(self.source(reading)) or _NO_RULES


_NO_RULES = ruling.Ruling()
