"""The releases of one story, read once under its lock, and the writing of the next. For ``articles.releasing`` alone.

To come there is at most one text, and at most one end (an expiry), which is later than that text. A text that is
released meanwhile is given the same end again under its own number, so that the highest sequence always decides.
"""

from datetime import timedelta

from django.db.models import Case, F, JSONField, Q, Subquery, TextField, Value, When
from django.utils import timezone

from articles import announcing, audit, documents, notices, outlets, purging, search, usage, writing
from articles.models import Article, Listing, Release, ReleasedPhoto


def instant(at=None):
    """That instant, or now, to the millisecond: all that a JSON fixture keeps, so that moving one changes nothing."""
    at = at or timezone.now()
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def not_before(at):
    """The first whole millisecond that is not before that instant: nothing goes out earlier than was asked for."""
    return at + timedelta(microseconds=-at.microsecond % 1000)


class History:
    """What is in force of a locked story at ``now``, what is to come, and what readers were told."""

    def __init__(self, article: Article, now):
        self.article, self.now = article, now
        releases = _read(article, now)
        self.next_sequence = releases[0].sequence + 1 if releases else 1
        self.standing = [one for one in releases if one.canceled_at is None]
        self.current = next(
            (one for one in self.standing if one.live_from <= now and (one.live_until is None or one.live_until > now)),
            None,
        )
        if self.current is not None:
            self.current.document = self.current.held
        self._freed = []  # instants at which rows of lists end though nothing takes their place there any more
        self._unlogged, self._untold, self._unstruck = [], [], []
        self._along = {}  # fields of the story that are written with its version

    @property
    def is_live(self):
        return self.current is not None and not self.current.is_gone

    @property
    def pending(self):
        return [one for one in self.standing if one.live_from > self.now]

    @property
    def texts_to_come(self):
        return [one for one in self.pending if not one.is_gone]

    @property
    def end(self):
        """The expiry that is to come, or None."""
        return next((one for one in self.pending if one.is_gone), None)

    def had(self, sequence) -> Release | None:
        """That release, if readers have had it."""
        had = (one for one in self.standing if one.live_from <= self.now)
        return next((one for one in had if one.sequence == sequence), None)

    def notes(self):
        """The public notes that readers have been given, newest first. Those of what was cancelled were never given.

        Why a story had expired is said while it is gone, and is no correction of it.
        """
        said = [one for one in self.standing if one.public_note and one.live_from <= self.now]
        return [
            documents.note(one.kind, one.live_from, one.public_note) for one in said if one.kind != Release.Kind.EXPIRY
        ]

    def cancel(self, releases, by, reason, *, keep_end=False) -> int:
        """Cancel these, which are to come; with the last text also the end of it, unless another text follows.

        Gives how many that were. The lists are given back by :meth:`reopen`, or by the :meth:`write` that follows; it
        is written, told and logged with what follows too.
        """
        canceled = list(releases)
        left = [one for one in self.texts_to_come if one not in canceled]
        if self.end and not (keep_end or self.is_live or left or self.end in canceled):
            canceled.append(self.end)
        self._strike(canceled, reason)
        for one in canceled:
            said = {"sequence": one.sequence, "release_kind": one.kind, "scheduled_by": one.created_by_name}
            said["live_from"] = one.live_from.isoformat()
            self._unlogged.append(("schedule_canceled", reason, said))
            self._untold.append(notices.of_cancellation(self.article, one, by, reason))
        return len(canceled)

    def _strike(self, releases, reason):
        if not releases:
            return
        texts = [one for one in releases if not one.is_gone]
        if texts:
            Listing.objects.filter(release__in=texts).delete()
            for one in texts:
                search.forget_release(one)
        self._unstruck += [(one.pk, reason[:300]) for one in releases]
        self._freed += [one.live_from for one in releases]
        self.standing = [one for one in self.standing if one not in releases]

    def _write_struck(self):
        """Write that these were cancelled, each for its reason. One query."""
        if not self._unstruck:
            return
        reasons = Case(*(When(pk=pk, then=Value(reason)) for pk, reason in self._unstruck), output_field=TextField())
        struck = Release.objects.filter(pk__in=[pk for pk, _ in self._unstruck])
        struck.update(canceled_at=self.now, cancel_reason=reasons)
        self._unstruck = []

    def drop_approval(self, reason):
        """Let the story's approval fall along with the next release."""
        self._along |= writing.UNAPPROVED
        self._unlogged.append(("approval_fell", reason, {}))

    def log(self, by, action, *, reason="", **data):
        """Log what was done to the story, behind what was cancelled for it. One query."""
        audit.log_each(by, self.article, [*self._unlogged, (action, reason, data)])
        self._unlogged = []

    def reopen(self, by):
        """Give the lists back to what readers have: its rows end when the next release comes, or not at all."""
        self._write_struck()
        notices.told_each(self._untold, by=by, article=self.article)
        for freed in self._freed:
            until = min((one.live_from for one in self.pending if one.live_from > freed), default=None)
            self._rows().filter(live_until=freed).update(live_until=until)
        audit.log_each(by, self.article, self._unlogged)
        self._freed, self._unlogged, self._untold = [], [], []

    def _rows(self):
        # What was corrected stays listed as that for good: no later release ends those rows.
        return Listing.objects.filter(article=self.article).exclude(place=documents.CORRECTIONS)

    def write(
        self, by, *, kind, revision_id, live_from, readable, content, published_at, note="", removed_by_law=False
    ) -> Release:
        """Write the next release with its listings, and end those that it takes the place of.

        ``content`` gives headline, language, urgency and breaking. A fixed number of rows, whatever the archive's size.
        """
        end = self.end if kind not in Release.GONE else None
        if end:
            self._strike([end], f"Set again behind release {self.next_sequence}.")
        self._write_struck()
        same = {"public_id": self.article.public_id, "published_at": published_at, "revision_id": revision_id}
        same |= {"archive_day": timezone.localdate(published_at), "created_at": self.now}
        same |= _told_of(content) | usage.of_release(self.article)
        made = self._next(
            readable,
            **same,
            kind=kind,
            live_from=live_from,
            public_note=note,
            removed_by_law=removed_by_law,
            created_by=by,
            created_by_name=audit.staff_name(by),
        )
        added = [made]
        if end:
            # Decided by whom it was decided, and looked for when that said. Rows of lists end there already.
            notes = [documents.note(end.kind, end.live_from, end.public_note)] if end.public_note else []
            again = self._next(
                documents.gone(readable.document, notes + readable.document["corrections"]),
                **{**same, "breaking": False},
                kind=end.kind,
                live_from=end.live_from,
                public_note=end.public_note,
                created_by_id=end.created_by_id,
                created_by_name=end.created_by_name,
            )
            added.append(again)
        Release.objects.bulk_create(added)
        ReleasedPhoto.objects.bulk_create(
            ReleasedPhoto(release=made, photo_id=photo, position=position, recipe=recipe, crop_recipe=crop_recipe)
            for position, (photo, recipe, crop_recipe) in enumerate(readable.shown)
        )
        search.index_release(made)
        if kind != Release.Kind.FIRST:
            self._give_way(live_from)
        self._list(made, readable, until=end.live_from if end else None)
        self.standing = [*reversed(added), *self.standing]
        writing.new_version(self.article, **self._along)
        purging.of_story(self.article, made.live_from)
        # What is scheduled is told of at its time, and looked for then.
        if made.live_from <= self.now:
            outlets.look_when_live(made)
            announcing.announce(made)
        notices.told_of_release(self.article, made, by, self._untold)
        self._untold = []
        return made

    def _next(self, readable, **fields):
        made = Release(
            article=self.article,
            sequence=self.next_sequence,
            standfirst=readable.document["standfirst"],
            kicker=readable.kicker,
            picture=readable.picture,
            document=readable.document,
            **fields,
        )
        self.next_sequence += 1
        return made

    def _give_way(self, live_from):
        """End the rows of lists that would show on from then, whatever they were to end at."""
        if any(one.live_from >= live_from for one in self.standing):
            # Of the very same instant: what was never to be seen before this.
            self._rows().filter(live_from__gte=live_from).delete()
        shows_then = Q(live_until=None) | Q(live_until__gt=live_from) | Q(live_until__in=self._freed)
        self._rows().filter(shows_then).update(live_until=live_from)
        self._freed = []

    def _list(self, made, readable, until):
        places = documents.without_archive(readable.places) if made.no_archive else readable.places
        rows = [(place, made.published_at, until) for place in places]
        if made.kind in (Release.Kind.CORRECTION, Release.Kind.RETRACTION) and not made.removed_by_law:
            rows.append((documents.CORRECTIONS, made.live_from, None))
        Listing.objects.bulk_create(
            Listing(
                place=place,
                language=made.language,
                published_at=at,
                public_id=made.public_id,
                article=self.article,
                release=made,
                live_from=made.live_from,
                live_until=live_until,
            )
            for place, at, live_until in rows
        )


def _read(article, now):
    """Every release of the story, the last first; only of the one in force its document, as ``held``. One query."""
    newest = article.releases.holding(now).values("pk")[:1]
    held = Case(When(pk=Subquery(newest), then=F("document")), default=None, output_field=JSONField())
    return list(
        article.releases.select_related("created_by").defer("document").annotate(held=held).order_by("-sequence")
    )


def _told_of(content):
    return {
        "headline": content["headline"],
        "slug": Article(headline=content["headline"]).slug,
        "language": documents.edition(content["language"]),
        "urgency": content["urgency"],
        "breaking": content["breaking"],
    }
