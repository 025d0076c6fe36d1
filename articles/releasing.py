"""What readers get, and when: publish, schedule, correct, retract, expire, roll back. The only writer of ``Release``
and ``Listing``, by way of ``articles.release_history``.

In force at an instant is the release with the highest sequence whose window holds it. A story has at most one text to
come: whoever releases anything cancels the text that was scheduled before, so that no older one can come back.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from articles import access, audit, cache_keys, documents, guards, notices, purging, summaries, usage, writing
from articles.maps import keeping as maps
from articles.models import Article, Listing, Photo, Release, ReleasedPhoto, Status
from articles.photos import due
from articles.release_history import History, instant, not_before


class NotReleasable(Exception):
    """The story may not go to readers as it stands; ``problems`` says what to mend."""

    def __init__(self, problems):
        self.problems = list(problems)
        self.pictures_lost: set[str] = set()
        super().__init__(" ".join(problem.message for problem in self.problems))

    @classmethod
    def because(cls, code, message):
        return cls([guards.Problem(code, message)])


@dataclass(frozen=True)
class Override:
    """Somebody's decision to pass over guards, with the reason that goes into the log."""

    reason: str
    codes: frozenset[str] = field(default_factory=frozenset)


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
    over an embargo or the two-person rule, each with its own permission. An end that was set for the story stays set.

    Raises :class:`NotReleasable`, ``access.NotAllowed``, ``writing.StaleVersion``.
    """
    with _files_made_again(), transaction.atomic():
        return _release(article, by, seen, at, correction, override)


@contextmanager
def _files_made_again():
    """Outside of the transaction that a refusal undoes: have files made again that storage has lost."""
    try:
        yield
    except NotReleasable as error:
        for public_id in error.pictures_lost:
            due.make_again.enqueue(public_id)
        raise


def _release(article, by, seen, at, correction, override):
    article = writing.lock(article, seen)
    now = instant()
    live_from = _to_come(at, now)
    access.require(by, "publish_article", article, "release stories")
    if correction:
        access.require(by, "correct_article", article, "send corrections")
    revision, wrote = guards.latest(article)
    if revision is None:
        raise NotReleasable.because("no_revision", "The story has never been saved.")
    photos = guards.photos_of(revision.content)
    _refuse(article, by, guards.problems_of(article, revision, photos, live_from, wrote), override)
    _refuse_lost_files(revision.content, photos)

    history = History(article, now)
    if correction and not history.is_live:
        raise NotReleasable.because("not_live", "Only a story that readers have can be corrected.")
    if history.current is None:
        kind = Release.Kind.FIRST
    else:
        kind = Release.Kind.CORRECTION if correction else Release.Kind.UPDATE
    made = _give(history, by, kind, revision, photos, live_from, correction)
    end_by_terms(article, by)
    action = "scheduled" if at else {"first": "released", "update": "updated_release"}.get(kind, kind)
    _log(history, by, action, made, override, correction, revision=revision.number)
    return made


@transaction.atomic
def roll_back(
    article: Article,
    by,
    *,
    seen: int,
    sequence: int,
    reason: str,
    note: str = "",
    override: Override | None = None,
) -> Release:
    """Give readers again, at once, the text of a release that they have had. A new release: nothing is undone.

    It was approved once and needs no second approval; ``reason`` goes into the log. ``note`` is for readers: due where
    they were told of a correction or a retraction after that text. What was approved meanwhile must be approved again.
    Embargo, legal hold, rights and markers in the copy are asked as they stand now, and nothing comes back that was
    removed by law. Raises as :func:`release` does.
    """
    article = writing.lock(article, seen)
    now = instant()
    access.require(by, "publish_article", article, "roll stories back")
    if note:
        access.require(by, "correct_article", article, "send corrections")
    if not reason.strip():
        raise NotReleasable.because("no_reason", "To roll a story back, say why, for the log.")
    history = History(article, now)
    earlier = history.had(sequence)
    if earlier is None or earlier.is_gone:
        raise NotReleasable.because("no_such_release", "Choose a release whose text readers have had.")
    since = [one for one in history.standing if one.sequence > sequence and one.live_from <= now]
    if any(one.removed_by_law for one in since):
        raise NotReleasable.because("removed_by_law", "That text was removed because the law asked for it.")
    if not note.strip() and note_is_due(since):
        raise NotReleasable.because(
            "note_due", "Readers were told of a correction or retraction after that text. Say to them why it is back."
        )
    revision = earlier.revision
    photos = guards.photos_of(revision.content)
    problems = guards.text_problems(revision.content) + guards.picture_problems(revision.content, photos, now)
    _refuse(article, by, problems + guards.time_problems(article, now), override)
    _refuse_lost_files(revision.content, photos)
    kind = Release.Kind.CORRECTION if note else Release.Kind.UPDATE
    if article.status == Status.APPROVED and article.approved_number != revision.number:
        history.drop_approval("Readers were given an earlier text again.")
    made = _give(history, by, kind, revision, photos, now, note)
    end_by_terms(article, by)
    _log(history, by, "rolled_back", made, override, reason, revision=revision.number, to=sequence)
    return made


def note_is_due(since: list[Release]) -> bool:
    """Whether readers were told of a correction or a retraction by one of these releases."""
    return any(one.kind in (Release.Kind.CORRECTION, Release.Kind.RETRACTION) for one in since)


def pictures_with(release: Release, photo: Photo, at=None) -> list[dict] | None:
    """The pictures of that release, with this one as it is now under the captions of the released revision.

    None where readers could not tell. Words that the story has of its own stay. Raises :class:`NotReleasable` where
    the picture may not be shown as it is.
    """
    content = release.revision.content
    known = guards.photos_of({"captions": [{"photo": photo.public_id}]})
    captions = [caption for caption in content["captions"] if caption["photo"] in known]
    captions.sort(key=lambda caption: not caption["is_lead"])
    made = iter([documents.picture_of(caption, known[photo.public_id]) for caption in captions])
    was = release.document["pictures"]
    now = [next(made, one) if one["id"] == photo.public_id else one for one in was]
    if now == was:
        return None
    if problems := guards.picture_problems({"captions": captions}, known, at or instant()):
        raise NotReleasable(problems)
    return now


def recaption(article: Article, by, *, photo: Photo, sequence: int, note: str = "", reason: str = "") -> Release:
    """Give readers what they have, with that picture as it is now: the released revision with its caption replaced.

    Nothing of what somebody has begun since is in it. ``sequence`` names the release that was looked at. With a
    ``note`` it is a correction. What was scheduled is cancelled, as by every release: it has the old words. Raises as
    :func:`release` does.
    """
    with _files_made_again(), transaction.atomic():
        article = writing.lock(article, None)
        access.require(by, "publish_article", article, "release stories")
        if note:
            access.require(by, "correct_article", article, "send corrections")
        history = History(article, instant())
        current = history.current
        if not history.is_live or current.sequence != sequence:
            raise NotReleasable.because("other_release", "Readers have another text by now: look at it again.")
        _refuse(article, by, guards.time_problems(article, history.now), None)
        pictures = pictures_with(current, photo, history.now)
        if pictures is None:
            raise NotReleasable.because("no_change", "Readers have exactly this already: nothing would change.")
        captions = [one for one in current.revision.content["captions"] if one["photo"] == photo.public_id]
        known = guards.photos_of({"captions": captions})
        _refuse_lost_files({"captions": captions}, known)
        made = _write_with(history, by, pictures, known[photo.public_id], captions[0], note)
        _log(history, by, "recaptioned", made, None, reason or note, picture=photo.public_id)
        return made


def _write_with(history, by, pictures, photo, caption, note):
    """The next release of a story: what readers have, with those pictures."""
    current = history.current
    kind = Release.Kind.CORRECTION if note else Release.Kind.UPDATE
    notes = [documents.note(kind, history.now, note)] if note else []
    document = {**current.document, "pictures": pictures, "corrections": notes + current.document["corrections"]}
    shown = [(one.photo_id, one.recipe, one.crop_recipe) for one in current.photos_shown.all()]
    shown = [documents.shown_of(caption, photo) if one[0] == photo.pk else one for one in shown]
    readable = documents.Readable(
        document,
        current.kicker,
        documents.card_picture(pictures),
        documents.places_of(document, current.published_at),
        shown,
    )
    history.cancel(
        history.texts_to_come, by, "A caption was corrected; what was scheduled has the old one.", keep_end=True
    )
    return history.write(
        by,
        kind=kind,
        revision_id=current.revision_id,
        live_from=history.now,
        readable=readable,
        content={**document, "urgency": current.urgency, "breaking": current.breaking},
        published_at=current.published_at,
        note=note,
    )


@transaction.atomic
def retract(article: Article, by, *, seen: int, note: str, removed_by_law: bool = False) -> Release:
    """Take a story from readers at once and leave a dated notice in its place; cancels what was scheduled.

    With ``removed_by_law`` its address answers 410. Raises as :func:`release` does.
    """
    article = writing.lock(article, seen)
    access.require(by, "retract_article", article, "retract stories")
    history = History(article, instant())
    if not history.is_live:
        raise NotReleasable.because("not_live", "Readers do not have this story.")
    if not note.strip():
        raise NotReleasable.because("no_note", "Say to readers why the story was retracted.")
    history.cancel(history.pending, by, "The story was retracted.")
    made = _take(history, by, Release.Kind.RETRACTION, history.current, history.now, note, removed_by_law)
    history.log(by, "retracted", reason=note, sequence=made.sequence, removed_by_law=removed_by_law)
    return made


@transaction.atomic
def retract_by_rule(article: Article, *, note: str, reason: str) -> Release | None:
    """Retract a story because a rule that the newsroom made says so, and nobody has to press a button.

    Gives None where readers do not have it. ``note`` is for readers and must not be empty.
    """
    history = History(writing.lock(article, None), instant())
    if not history.is_live:
        return None
    history.cancel(history.pending, None, reason)
    made = _take(history, None, Release.Kind.RETRACTION, history.current, history.now, note)
    history.log(None, "retracted", reason=reason, sequence=made.sequence, removed_by_law=False)
    return made


def end_by_terms(article: Article, by) -> Release | None:
    """Set a story's end where an agency's usage terms ask for one, or bring it forward; whoever it concerns is told.

    Call it under the story's lock. Gives the expiry, None where there is nothing to set.
    """
    if not (article.delete_by or article.no_archive):
        return None
    history = History(article, instant())
    before = history.texts_to_come
    last = before[0] if before else history.current
    if last is None or last.is_gone:
        return None
    end = not_before(usage.end_of(article, last.published_at))
    if history.end and history.end.live_from <= end:
        return None
    # A text that is to come after the end would never be seen.
    late = [one for one in before if one.live_from >= end]
    history.cancel([*late, *([history.end] if history.end else [])], by, "The agency's terms end before that.")
    history.reopen(by)
    last = next((one for one in before if one not in late), history.current)
    if last is None or last.is_gone:
        return None
    made = _take(history, by, Release.Kind.EXPIRY, last, max(end, history.now), "")
    audit.log(by, "ends_by_terms", article, sequence=made.sequence, live_from=made.live_from.isoformat())
    notices.told_of_end(article, made.live_from)
    return made


@transaction.atomic
def expire(article: Article, by, *, seen: int, at=None, note: str = "") -> Release:
    """Take a story from readers, at once or at ``at``, because its time is over and not because it was wrong.

    Its address answers 410 with the note, if there is one, and every list ends at that instant. A text that is
    scheduled for before that comes and goes with it; one for after it is cancelled. Releasing the story again brings
    it back. Raises as :func:`release` does.
    """
    article = writing.lock(article, seen)
    access.require(by, "retract_article", article, "take stories from readers")
    now = instant()
    live_from = _to_come(at, now)
    history = History(article, now)
    before = [one for one in history.texts_to_come if one.live_from < live_from]
    last = before[0] if before else history.current
    if last is None or last.is_gone:
        raise NotReleasable.because("not_live", "Readers do not have this story, and are not to get it before that.")
    dropped = [one for one in history.pending if one not in before]
    history.cancel(dropped, by, "The story was set to expire.", keep_end=True)
    made = _take(history, by, Release.Kind.EXPIRY, last, live_from, note.strip())
    action = "expiry_scheduled" if at else "expired"
    history.log(by, action, reason=note, sequence=made.sequence, live_from=live_from.isoformat())
    return made


@transaction.atomic
def unschedule(article: Article, by, *, seen: int, reason: str = "", sequence: int | None = None) -> int:
    """Cancel what is scheduled: everything, or the one release of that sequence. Gives how many releases that were.

    Raises ``StaleVersion`` and ``NotAllowed``.
    """
    article = writing.lock(article, seen)
    access.require(by, "publish_article", article, "cancel what is scheduled")
    history = History(article, instant())
    chosen = [one for one in history.pending if sequence in (None, one.sequence)]
    canceled = history.cancel(chosen, by, reason or "Unscheduled.")
    history.reopen(by)
    if canceled:
        writing.new_version(article)
    return canceled


def cancel_pending(article: Article, by, *, reason: str) -> int:
    """Cancel every text of that story that is still to come, and give its lists back to what readers have.

    An end that was set for what readers have stays set. Call it under the story's lock. Gives how many were cancelled.
    """
    history = History(article, instant())
    canceled = history.cancel(history.texts_to_come, by, reason)
    history.reopen(by)
    return canceled


@transaction.atomic
def relist(article: Article) -> int:
    """List what readers have, and will have, of a story where its regions and topics now stand in the tree.

    After a region has moved, a grouping got another member, or topics were merged. Changes no release. Gives how many
    rows it began or ended.
    """
    article = writing.lock(article, None)
    now, changed, touched = instant(), 0, set()
    for one in article.releases.standing():
        rows = list(
            one.listings.exclude(place=documents.CORRECTIONS).filter(Q(live_until=None) | Q(live_until__gt=now))
        )
        if not rows:
            continue
        listed = {row.place for row in rows}
        places = documents.places_of(one.document, one.published_at)
        wanted = set(documents.without_archive(places) if one.no_archive else places)
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
        moved = {row.place for row in rows if row.pk in ended} | {row.place for row in begun}
        purging.of_keys(cache_keys.at_place(place, one.language) for place in sorted(moved))
        changed += len(ended) + len(begun)
        touched |= {(place, one.language) for place in wanted ^ listed}
    summaries.count_soon(touched)
    return changed


@transaction.atomic
def enforce_embargo(article: Article, by) -> int:
    """Cancel what is scheduled for before the embargo ends. Every way of saving an embargo calls this."""
    if not article.embargo_until:
        return 0
    texts = article.releases.pending().exclude(kind__in=Release.GONE)
    if not texts.filter(live_from__lt=article.embargo_until).exists():
        return 0
    return cancel_pending(article, by, reason="The story was put under embargo.")


@transaction.atomic
def end_picture(photo: Photo) -> int:
    """Have a picture leave what readers have, and are to get, when its rights end. Gives how many releases that met.

    A release says when each of its pictures ends. Where its rights end sooner than that, this is mended in the release
    itself: no approval stands between a right and its end. What ends later, or not at all, takes a new release.
    """
    until = photo.usable_until
    if until is None:
        return 0
    met = 0
    shown = ReleasedPhoto.objects.filter(photo=photo).values("release")
    for one in Release.objects.standing().filter(pk__in=shown).select_for_update():
        if one.live_until and one.live_until <= instant():
            continue
        ends_later = [
            picture
            for picture in one.document["pictures"]
            if picture["id"] == photo.public_id
            and (picture["until"] is None or datetime.fromisoformat(picture["until"]) > until)
        ]
        for picture in ends_later:
            picture["until"] = until.isoformat()
        if ends_later:
            one.picture = documents.card_picture(one.document["pictures"])
            one.save(update_fields=["document", "picture"])
            met += 1
    return met


def _to_come(at, now):
    """When it is to happen: now, or at that instant, which must be to come."""
    if at is None:
        return now
    at = not_before(at)
    if at <= now:
        raise NotReleasable.because("past", "That time has passed. Do it now, or choose a time to come.")
    return at


def _refuse(article, by, problems, override):
    if override and override.codes:
        if not override.reason.strip():
            raise NotReleasable.because("no_reason", "To pass over a rule, say why.")
        for problem in problems:
            if problem.code in override.codes and problem.override:
                access.require(by, problem.override, article, "pass over this rule")
        problems = [problem for problem in problems if not (problem.override and problem.code in override.codes)]
    if problems:
        raise NotReleasable(problems)


def _refuse_lost_files(content, photos):
    if lost := guards.file_problems(content, photos):
        error = NotReleasable(lost)
        rows = {int(problem.field.split("-")[1]) for problem in lost}
        error.pictures_lost = {content["captions"][row]["photo"] for row in rows}
        raise error


def _give(history, by, kind, revision, photos, live_from, note) -> Release:
    """Make the text of that revision what readers have from then on. Raises :class:`NotReleasable`."""
    article, current = history.article, history.current
    if history.end and live_from >= history.end.live_from:
        raise NotReleasable.because("expires_before", "The story expires before that. Cancel the expiry first.")
    published_at = current.published_at if current else instant(article.provider_date or live_from)
    notes = history.notes()
    if note:
        notes.insert(0, documents.note(kind, live_from, note))
    readable = documents.build(article, revision.content, published_at=published_at, photos=photos, corrections=notes)
    if kind == Release.Kind.UPDATE and history.is_live and _shows_the_same(current.document, readable.document):
        raise NotReleasable.because("no_change", "Readers have exactly this already: nothing would change.")
    history.cancel(history.texts_to_come, by, "Another release took its place.", keep_end=True)
    # Only once it is sure, and not under the story's lock: a map that is late costs nobody a story.
    transaction.on_commit(lambda: maps.ask_for(readable.places), robust=True)
    return history.write(
        by,
        kind=kind,
        revision_id=revision.pk,
        live_from=live_from,
        readable=readable,
        content=revision.content,
        published_at=published_at,
        note=note,
    )


def _take(history, by, kind, last, live_from, note, removed_by_law=False) -> Release:
    """Leave a notice from then on in the place of that release, which is the last that readers will have had."""
    notes = [documents.note(kind, live_from, note)] if note else []
    if live_from <= history.now:
        summaries.recount.enqueue(history.article.pk)
    return history.write(
        by,
        kind=kind,
        revision_id=last.revision_id,
        live_from=live_from,
        readable=documents.gone(last.document, notes + history.notes()),
        content={**last.document, "urgency": last.urgency, "breaking": False},
        published_at=last.published_at,
        note=note,
        removed_by_law=removed_by_law,
    )


def _log(history, by, action, made, override, reason, **data):
    history.log(
        by,
        action,
        reason=override.reason if override else reason,
        sequence=made.sequence,
        live_from=made.live_from.isoformat(),
        overrides=sorted(override.codes) if override else [],
        **data,
    )


def _shows_the_same(released, to_be_released):
    """Whether readers would see no difference: an “updated” that updates nothing would deceive them."""
    return all(released.get(name) == value for name, value in to_be_released.items() if name != "related")
