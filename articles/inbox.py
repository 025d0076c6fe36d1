"""What people at the desk do with what came over the wire: take it, attach it to a story, park it, spike it, undo it.

Each is one transaction, under the lock of the record: two people who take one item make one story.
"""

import struct
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles import access, audit, nearness, releasing, usage, wire_holds, writing
from articles.models import Article, Desk, Revision, Status, WireBatch, WireKey, WireRecord, WireStanding
from articles.workflow import Refused

State = WireRecord.State
# What a person may still decide about.
OPEN = (State.NEW, State.PARKED, State.SPIKED)


# --- whose it is -----------------------------------------------------------------------------------------------------


def visible_batches(user):
    """The imports that user may see: those of their desks."""
    batches = WireBatch.objects.all()
    if not user.is_active or not user.has_perm("articles.view_wirebatch"):
        return batches.none()
    return batches if access.spans_desks(user) else batches.filter(desk__in=access.desk_ids(user))


def visible_records(user):
    """What came in that user may see: their desks' own, wherever its story has gone since; but not where that was made
    confidential. Each says in ``is_open`` whether they may see its story."""
    records = WireRecord.objects.all()
    if not user.is_active or not user.has_perm("articles.view_wirerecord"):
        return records.none()
    if not access.spans_desks(user):
        records = records.filter(batch__desk__in=access.desk_ids(user))
    open_to = Exists(access.visible_articles(user).filter(pk=OuterRef("article")))
    return records.annotate(is_open=open_to).filter(~Q(article__confidential=True) | Q(is_open=True))


def may_work(user, record: WireRecord) -> bool:
    """Whether that user may decide about it: by permission, and on that desk as more than a guest."""
    if not user.is_active or not user.has_perm("articles.work_wire"):
        return False
    return access.spans_desks(user) or record.batch.desk_id in access.working_desk_ids(user)


def desks_of(user):
    """The desks on which that user may put a story, their own first."""
    if access.spans_desks(user):
        return Desk.objects.all()
    return Desk.objects.filter(pk__in=access.working_desk_ids(user))


def _locked(record, by, *states):
    locked = WireRecord.objects.select_for_update(of=("self",)).select_related("batch").get(pk=record.pk)
    if not may_work(by, locked):
        raise access.NotAllowed(f"You may not decide about the wire of the {locked.batch.desk} desk.")
    if locked.state not in states:
        raise Refused(f"Somebody has decided about it already: {locked.get_state_display()}.")
    return locked


# --- take, attach, park, spike ---------------------------------------------------------------------------------------


@transaction.atomic
def take(record: WireRecord, by, *, desk: Desk | None = None) -> Article:
    """Make a draft of what waits, on that desk or else on the one that it came to. Gives the story.

    Raises ``access.NotAllowed``, ``workflow.Refused``.
    """
    record = _locked(record, by, *OPEN)
    desk = desk or record.batch.desk
    if not desks_of(by).filter(pk=desk.pk).exists():
        raise access.NotAllowed(f"You do not work on the {desk} desk.")
    access.require(by, "add_article", Article(desk=desk), "begin stories")
    if record.is_offered:
        raise Refused("It is a newer text of a story: take what you want of it there.")
    if record.standing == WireStanding.CANCELED or _is_killed(record):
        raise Refused("Its provider has withdrawn it: no story may be made of it.")
    document = (record.content or {}).get("content")
    if not document:
        raise Refused("There is no text in it that could be a story.")
    given = {**usage.Terms.of(record).fields(), "suggestions": record.content.get("suggestions", [])}
    if record.standing == WireStanding.WITHHELD:
        words = f"{record.provider or 'The agency'} has withheld it. {record.ednote}"
        given |= {"wire_standing": record.standing, "wire_note": words[:500], "wire_changed_at": timezone.now()}
    (article,) = writing.create_many(
        [document], desk=desk, by=by, reason="Taken from the wire", origin=Revision.Origin.WIRE, given=[given]
    )
    _join(record, article, by, State.TAKEN)
    return article


@transaction.atomic
def attach(record: WireRecord, article: Article, by) -> Article:
    """Say that what came belongs to a story that is there: its newer versions are offered to that, its kill stops it.

    The story's text stays; stricter terms and a longer embargo come along. Raises as :func:`take` does.
    """
    record = _locked(record, by, *OPEN)
    article = writing.lock(article, None)
    access.require(by, "change_article", article, "attach to stories")
    if record.is_offered:
        raise Refused("It belongs to a story already.")
    _join(record, article, by, State.ATTACHED)
    changed = usage.tighten(article, usage.Terms.of(record))
    if record.embargo_until and (article.embargo_until is None or article.embargo_until < record.embargo_until):
        Article.objects.filter(pk=article.pk).update(
            embargo_until=record.embargo_until, embargo_note=record.embargo_note
        )
        article.embargo_until = record.embargo_until
        releasing.enforce_embargo(article, by)
        changed = True
    if changed:
        releasing.end_by_terms(article, by)
        writing.new_version(article)
    killed = record.standing == WireStanding.CANCELED or _is_killed(record)
    if killed or record.standing == WireStanding.WITHHELD:
        standing = WireStanding.CANCELED if killed else WireStanding.WITHHELD
        once = f"{record.thread}-{record.provider_version}"
        wire_holds.hold(article, standing, note=record.ednote[:300], who=record.provider, once=once, by=by)
    audit.log(by, "wire_attached", article, reason=str(record)[:300], record=record.pk)
    return article


def _is_killed(record):
    return WireRecord.objects.filter(thread=record.thread, standing=WireStanding.CANCELED).exclude(thread="").exists()


def _join(record, article, by, state):
    """Let the record, and every other version of its item, belong to that story."""
    same = WireRecord.objects.filter(thread=record.thread).exclude(thread="") if record.thread else None
    if same is not None:
        same.filter(article=None).update(article=article)
        same.filter(is_held=True, article=article).update(is_held=False)
        same.filter(state__in=(State.NEW, State.PARKED)).exclude(pk=record.pk).update(state=State.REPLACED)
    WireRecord.objects.filter(pk=record.pk).update(
        article=article, state=state, is_held=True, taken_by=by, taken_at=timezone.now()
    )


_WORDS = {State.PARKED: "wire_parked", State.SPIKED: "wire_spiked", State.NEW: "wire_back"}


@transaction.atomic
def put(record: WireRecord, state: str, by, *, reason: str = "") -> WireRecord:
    """Park it, spike it, or put it back into the queue. Raises as :func:`take` does."""
    record = _locked(record, by, *OPEN)
    if record.state == state:
        raise Refused(f"It is {record.get_state_display()} already.")
    WireRecord.objects.filter(pk=record.pk).update(state=state, taken_by=by, taken_at=timezone.now())
    record.state = state
    audit.log(by, _WORDS[state], record, reason=reason, headline=record.headline)
    return record


# --- undo a batch ----------------------------------------------------------------------------------------------------


@dataclass
class Undone:
    """What an undone import came to: how many stories went, and those that stay because somebody has touched them."""

    removed: int = 0
    restored: int = 0  # stories that have their text of before the import again
    records: int = 0
    kept: list[Article] = field(default_factory=list)


@transaction.atomic
def undo(batch: WireBatch, by, *, dry_run: bool = False) -> Undone:
    """Take away what an import made and nobody has touched since; with ``dry_run`` only say what that would be.

    What was touched stays, with its records, and is listed: an edit, a move, a release, a note, work given out. Where
    the import put a newer text into an older draft, the text before it comes back. The bytes stay as long as a record
    needs them. Raises ``access.NotAllowed``, ``workflow.Refused``.
    """
    batch = WireBatch.objects.select_for_update(of=("self",)).select_related("desk").get(pk=batch.pk)
    if not may_undo(by, batch):
        raise access.NotAllowed(f"You may not undo imports of the {batch.desk} desk.")
    if batch.undone_at:
        raise Refused("It was undone already.")
    records = batch.records.all()
    ids = records.filter(article__isnull=False).values_list("article", flat=True)
    report = Undone()
    stays = set()
    for article in Article.objects.filter(pk__in=set(ids)).order_by("pk").iterator(chunk_size=200):
        if _made_by(article, batch) and is_untouched(article):
            report.removed += 1
            if not dry_run:
                remove(article)
        elif not _made_by(article, batch) and not records.filter(article=article, is_held=True).exists():
            continue  # nothing of the import is in it
        elif not _made_by(article, batch) and is_untouched(article) and (before := _text_before(article, batch)):
            report.restored += 1
            if not dry_run:
                _bring_back(article, before, by)
        else:
            report.kept.append(article)
            stays.add(article.pk)
    going = records.exclude(article__in=stays) if stays else records
    report.records = going.count()
    if not dry_run:
        forget(going)
        WireBatch.objects.filter(pk=batch.pk).update(undone_at=timezone.now())
        audit.log(by, "batch_undone", batch, removed=report.removed, kept=[one.public_id for one in report.kept])
    return report


def may_undo(user, batch: WireBatch) -> bool:
    """Whether that user may undo that import."""
    if not user.is_active or not user.has_perm("articles.undo_import"):
        return False
    return access.spans_desks(user) or batch.desk_id in access.working_desk_ids(user)


def _made_by(article, batch):
    first = article.wire_records.order_by("pk").values_list("batch_id", flat=True).first()
    return first == batch.pk


def is_untouched(article: Article) -> bool:
    """Whether it is still as the wire made it: nobody has edited, moved, released, noted or assigned it."""
    if article.status != Status.DRAFT or article.legal_hold or article.releases.exists():
        return False
    if article.revisions.exclude(origin=Revision.Origin.WIRE).exists():
        return False
    if article.notes.exists() or article.assignments.exists() or article.autosaves.exists():
        return False
    return not article.captions.filter(photo__isnull=False).exists()


def _text_before(article, batch):
    return article.revisions.filter(created_at__lt=batch.created_at).order_by("-number").first()


def _bring_back(article, revision, by):
    article = writing.lock(article, None)
    writing.apply(article, revision.content)
    writing.new_version(article)
    writing.record(article, by, reason="The import that brought a newer text was undone", origin=Revision.Origin.WIRE)


def remove(article: Article) -> None:
    """Delete a story that nobody needs, with its revisions: see :func:`is_untouched`."""
    article.revisions.all().delete()
    article.delete()


def forget(records) -> int:
    """Delete those records with the numbers that they are found by. Gives how many they were."""
    ids = list(records.values_list("pk", flat=True))
    table = connection.ops.quote_name(WireKey._meta.db_table)
    for first in range(0, len(ids), 500):
        some = WireRecord.objects.filter(pk__in=ids[first : first + 500]).order_by()
        keys = [
            (key, pk)
            for pk, paragraphs, signature in some.values_list("pk", "paragraphs", "signature")
            for key in _numbers(bytes(paragraphs)) | {*nearness.bands(bytes(signature))}
        ]
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {table} WHERE key = %s AND record = %s", keys)  # noqa: S608 - its name
        some.delete()
    return len(ids)


def _numbers(held):
    """The hashes of paragraphs, as a record holds them: eight bytes each."""
    return {*struct.unpack(f">{len(held) // 8}q", held)}
