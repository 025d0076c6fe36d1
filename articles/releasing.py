"""What readers get, and when: the only writer of ``Release`` and ``Listing``.

In force at an instant is the release with the highest sequence whose window holds it. A story has at most one release
to come: whoever releases anything cancels what was scheduled before, so that no older text can come back.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import access, audit, documents, guards, search, writing
from articles.models import Article, Listing, Release


class NotReleasable(Exception):
    """The story may not go to readers as it stands; ``problems`` says what to mend."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


@dataclass(frozen=True)
class Override:
    """Somebody's decision to pass over guards, with the reason that goes into the log."""

    reason: str
    codes: frozenset[str] = field(default_factory=frozenset)


@transaction.atomic
def release(
    article: Article,
    by,
    *,
    seen: int,
    at=None,
    correction: str = "",
    override: Override | None = None,
) -> Release:
    """Give the approved revision to readers, at once or from ``at`` on (an aware datetime to come).

    ``seen`` is the version of the story that the decision was made on: two people who press the button make one
    release. ``correction`` is the public note that makes a release of a live story a correction. ``override`` passes
    over an embargo or the two-person rule, each with its own permission.

    Raises :class:`NotReleasable`, ``access.NotAllowed``, ``writing.StaleVersion``.
    """
    article = writing.lock(article, seen)
    now = _instant()
    at = at and at + timedelta(microseconds=-at.microsecond % 1000)  # never earlier than was asked for
    if at is not None and at <= now:
        past = guards.Problem("past", "That time has passed. Release the story now, or choose a time to come.")
        raise NotReleasable([past])
    live_from = at or now
    access.require(by, "publish_article", article, "release stories")
    if correction:
        access.require(by, "correct_article", article, "send corrections")
    revision = article.revisions.order_by("-number").first()
    photos = guards.photos_of(revision.content) if revision else {}
    _refuse_problems(article, by, revision, photos, live_from, override)

    history = _History(article, now)
    if correction and not history.is_live:
        raise NotReleasable([guards.Problem("not_live", "Only a story that readers have can be corrected.")])
    if history.current is None:
        kind = Release.Kind.FIRST
    else:
        kind = Release.Kind.CORRECTION if correction else Release.Kind.UPDATE
    published_at = history.current.published_at if history.current else _instant(article.provider_date or live_from)
    notes = history.notes()
    if correction:
        notes.insert(0, documents.note(kind, live_from, correction))
    readable = documents.build(article, revision.content, published_at=published_at, photos=photos, corrections=notes)
    if kind == Release.Kind.UPDATE and history.is_live and _shows_the_same(history.current.document, readable.document):
        raise NotReleasable([guards.Problem("no_change", "Readers have exactly this already: nothing would change.")])
    history.cancel_pending(by, "Another release took its place.")
    made = _write(
        article,
        by,
        revision=revision,
        sequence=history.next_sequence,
        kind=kind,
        live_from=live_from,
        now=now,
        note=correction,
        published_at=published_at,
        content=revision.content,
        readable=readable,
    )
    action = "scheduled" if at else {"first": "released", "update": "updated_release"}.get(kind, kind)
    audit.log(
        by,
        action,
        article,
        reason=override.reason if override else correction,
        sequence=made.sequence,
        revision=revision.number,
        live_from=live_from.isoformat(),
        overrides=sorted(override.codes) if override else [],
    )
    return made


@transaction.atomic
def retract(article: Article, by, *, seen: int, note: str, removed_by_law: bool = False) -> Release:
    """Take a story from readers at once and leave a dated notice in its place; cancels what was scheduled.

    With ``removed_by_law`` its address answers 410. Raises as :func:`release` does.
    """
    article = writing.lock(article, seen)
    access.require(by, "retract_article", article, "retract stories")
    now = _instant()
    history = _History(article, now)
    if not history.is_live:
        raise NotReleasable([guards.Problem("not_live", "Readers do not have this story.")])
    if not note.strip():
        raise NotReleasable([guards.Problem("no_note", "Say to readers why the story was retracted.")])
    history.cancel_pending(by, "The story was retracted.")
    kind = Release.Kind.RETRACTION
    earlier = history.current
    made = _write(
        article,
        by,
        revision=earlier.revision,
        sequence=history.next_sequence,
        kind=kind,
        live_from=now,
        now=now,
        note=note,
        published_at=earlier.published_at,
        content={**earlier.document, "urgency": earlier.urgency, "breaking": False},
        readable=documents.gone(earlier.document, [documents.note(kind, now, note), *history.notes()]),
        removed_by_law=removed_by_law,
    )
    audit.log(by, "retracted", article, reason=note, sequence=made.sequence, removed_by_law=removed_by_law)
    return made


@transaction.atomic
def unschedule(article: Article, by, *, seen: int, reason: str = "") -> int:
    """Cancel what is scheduled. Gives how many releases that were. Raises ``StaleVersion`` and ``NotAllowed``."""
    article = writing.lock(article, seen)
    access.require(by, "publish_article", article, "cancel what is scheduled")
    canceled = cancel_pending(article, by, reason=reason or "Unscheduled.")
    if canceled:
        writing.new_version(article)
    return canceled


def cancel_pending(article: Article, by, *, reason: str, now=None) -> int:
    """Cancel every release of that story that is still to come, and give its lists back to what readers have.

    Call it under the story's lock. Gives how many were cancelled.
    """
    return _History(article, now or _instant()).cancel_pending(by, reason)


def _instant(at=None):
    """That instant, or now, to the millisecond: all that a JSON fixture keeps, so that moving one changes nothing."""
    at = at or timezone.now()
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


class _History:
    """The releases of a story that is locked, read once: what is in force now, what is to come, what was said."""

    def __init__(self, article, now):
        self.article, self.now = article, now
        releases = list(article.releases.defer("document").order_by("-sequence"))
        standing = [one for one in releases if one.canceled_at is None]
        self.next_sequence = releases[0].sequence + 1 if releases else 1
        self.current = next(
            (one for one in standing if one.live_from <= now and (one.live_until is None or one.live_until > now)), None
        )
        self.pending = [one for one in standing if one.live_from > now]
        self.standing = standing

    @property
    def is_live(self):
        return self.current is not None and not self.current.is_gone

    def notes(self):
        """The public notes that readers have been given, newest first. Those of what was cancelled were never given."""
        said = [one for one in self.standing if one.public_note and one not in self.pending]
        return [documents.note(one.kind, one.live_from, one.public_note) for one in said]

    def cancel_pending(self, by, reason):
        for one in self.pending:
            one.listings.all().delete()
            # What it would have replaced shows on: those rows end where it was to begin.
            Listing.objects.filter(article=self.article, live_until=one.live_from).update(live_until=None)
            Release.objects.filter(pk=one.pk).update(canceled_at=self.now, cancel_reason=reason[:300])
            search.forget_release(one)
            audit.log(
                by,
                "schedule_canceled",
                self.article,
                reason=reason,
                sequence=one.sequence,
                scheduled_by=one.created_by_name,
                live_from=one.live_from.isoformat(),
            )
        canceled, self.pending = self.pending, []
        self.standing = [one for one in self.standing if one not in canceled]
        return len(canceled)


@transaction.atomic
def relist(article: Article) -> int:
    """List what readers have, and will have, of a story where its regions and topics now stand in the tree.

    After a region has moved, a grouping got another member, or topics were merged. Changes no release. Gives how many
    rows it began or ended.
    """
    article = writing.lock(article, None)
    now, changed = _instant(), 0
    for one in article.releases.standing():
        rows = list(one.listings.filter(Q(live_until=None) | Q(live_until__gt=now)))
        if not rows:
            continue
        listed = {row.place for row in rows}
        wanted = set(documents.places_of(one.document, one.published_at))
        ended = [row.pk for row in rows if row.place not in wanted]
        Listing.objects.filter(pk__in=ended, live_from__gte=now).delete()
        Listing.objects.filter(pk__in=ended).update(live_until=now)
        first = rows[0]
        begun = Listing.objects.bulk_create(
            Listing(
                place=place,
                language=one.language,
                published_at=one.published_at,
                public_id=one.public_id,
                article=article,
                release=one,
                live_from=max(now, first.live_from),
                live_until=first.live_until,
            )
            for place in sorted(wanted - listed)
        )
        changed += len(ended) + len(begun)
    return changed


@transaction.atomic
def enforce_embargo(article: Article, by) -> int:
    """Cancel what is scheduled for before the embargo ends. Every way of saving an embargo calls this."""
    if not article.embargo_until:
        return 0
    if not article.releases.pending().filter(live_from__lt=article.embargo_until).exists():
        return 0
    return cancel_pending(article, by, reason="The story was put under embargo.")


def _refuse_problems(article, by, revision, photos, at, override):
    if revision is None:
        raise NotReleasable([guards.Problem("no_revision", "The story has never been saved.")])
    problems = guards.problems_of(article, revision, photos, at)
    if override and override.codes:
        if not override.reason.strip():
            raise NotReleasable([guards.Problem("no_reason", "To pass over a rule, say why.")])
        for problem in problems:
            if problem.code in override.codes and problem.override:
                access.require(by, problem.override, article, "pass over this rule")
        problems = [problem for problem in problems if not (problem.override and problem.code in override.codes)]
    if problems:
        raise NotReleasable(problems)


def _write(
    article,
    by,
    *,
    revision,
    sequence,
    kind,
    live_from,
    now,
    note,
    published_at,
    content,
    readable,
    removed_by_law=False,
) -> Release:
    """Write the release and its listings, and end those that it takes the place of: the same few rows at any size."""
    language = documents.edition(content["language"])
    made = Release.objects.create(
        article=article,
        sequence=sequence,
        revision=revision,
        kind=kind,
        live_from=live_from,
        public_note=note,
        removed_by_law=removed_by_law,
        public_id=article.public_id,
        slug=_slug(content["headline"]),
        language=language,
        published_at=published_at,
        archive_day=timezone.localdate(published_at),
        headline=content["headline"],
        standfirst=readable.document["standfirst"],
        kicker=readable.kicker,
        picture=readable.picture,
        urgency=content["urgency"],
        breaking=content["breaking"],
        document=readable.document,
        created_at=now,
        created_by=by,
        created_by_name=audit.staff_name(by),
    )
    open_rows = Listing.objects.filter(Q(live_until=None) | Q(live_until__gt=live_from), article=article)
    if kind != Release.Kind.FIRST:
        # Of the very same instant: what was never to be seen before this.
        open_rows.filter(live_from__gte=live_from).delete()
        open_rows.update(live_until=live_from)
    Listing.objects.bulk_create(
        Listing(
            place=place,
            language=language,
            published_at=published_at,
            public_id=article.public_id,
            article=article,
            release=made,
            live_from=live_from,
        )
        for place in readable.places
    )
    search.index_release(made)
    writing.new_version(article)
    return made


def _shows_the_same(released, to_be_released):
    """Whether readers would see no difference: an “updated” that updates nothing would deceive them."""
    return all(released.get(name) == value for name, value in to_be_released.items() if name != "related")


def _slug(headline):
    return Article(headline=headline).slug
