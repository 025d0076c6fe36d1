"""What an agency's terms ask to be deleted, once their time has come.

Of an item past its ``delete_by`` go the text, the note, what no field held, and the bytes it came in; who sent it, its
headline, its id and the hashes that it is known again by stay, so that it is not brought in anew. A draft made from it
goes too unless somebody has worked on it or readers have had it: then its desk is told, and the guards see to it that
it is not released.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles import audit, inbox, notices, search
from articles.models import Article, WireBytes, WireRecord, WireUpload

AT_ONCE = 100  # records

State = WireRecord.State


def delete_what_is_due() -> int:
    """Delete what terms ask for. Gives of how many records everything has gone; may be run again at any time."""
    done, last = 0, 0
    while True:
        due = WireRecord.objects.filter(delete_by__lte=timezone.now(), deleted_at=None, pk__gt=last).order_by("pk")
        ids = list(due.values_list("pk", flat=True)[:AT_ONCE])
        if not ids:
            return done
        for pk in ids:
            with transaction.atomic():
                done += _delete(pk)
        last = ids[-1]


def _delete(pk):
    """Delete what there is of that record; whether all of it has gone."""
    record = WireRecord.objects.select_for_update(of=("self",)).filter(pk=pk, deleted_at=None).first()
    if record is None:
        return False
    first = record.content is not None or bool(record.ednote or record.unmapped)
    record.content, record.ednote, record.unmapped = None, "", {}
    if record.state in (State.NEW, State.PARKED):
        record.state = State.KNOWN
    went = _delete_bytes(record)
    if went:
        record.deleted_at = timezone.now()
    record.save(update_fields=["content", "ednote", "unmapped", "state", "deleted_at"])
    if first:
        search.forget_records([pk])
        audit.log(
            None, "deleted_by_terms", record, reason="Its provider’s terms end", delete_by=record.delete_by.isoformat()
        )
        _delete_draft(record)
    return went


def _delete_bytes(record):
    """Empty the bytes that it came in, unless something else that came in them still waits to be read."""
    same = WireRecord.objects.filter(received=OuterRef("pk"), state=State.QUARANTINED).exclude(pk=record.pk)
    unread = WireUpload.objects.filter(received=OuterRef("pk"), batch__finished_at=None, batch__undone_at=None)
    received = WireBytes.objects.filter(pk=record.received_id)
    if received.filter(Exists(same) | Exists(unread)).exists():
        return False
    received.update(data=b"")
    return True


def _delete_draft(record):
    article = Article.objects.select_for_update(of=("self",)).filter(pk=record.article_id).first()
    if article is None or article.delete_by is None or article.delete_by > timezone.now():
        return
    if inbox.is_untouched(article):
        audit.log(None, "deleted_by_terms", article, reason="The terms of the copy that it was made from have ended")
        article.wire_records.update(state=State.KNOWN, is_held=False)
        inbox.remove(article)
    elif not article.releases.exists():
        notices.told(
            notices.Reason.WIRE,
            notices.writers_of(article) | notices.workers_on(article) | notices.leads_of(article.desk_id),
            f"“{article}”: by the agency’s terms its copy was to be deleted by now. Take it out, or spike the story.",
            once=f"delete-by-{article.public_id}",
            article=article,
        )
