"""Copy that an agency's terms ask to be deleted: when its time has come it is gone, but for what it is known by."""

import pytest
import time_machine
from django.urls import reverse

from articles import inbox, search, writing
from articles.models import Article, Event, Notice, WireBytes, WireRecord
from articles.wire_retention import delete_what_is_due
from articles.workflow import Refused

from .arriving import AFP, arrive, at, item
from .desk import page_text, url
from .factories import make_desk, make_user

pytestmark = pytest.mark.django_db

PLACES = ("north", "south", "east", "west")
OTHER = [f"Wheat of the {place} plain was brought in by hand this year." for place in PLACES]
WORK = "view_wirerecord view_wirebatch work_wire"
FIVE = [*AFP[:3], "The works cost five million dollars, the transport ministry said in a statement on Sunday evening."]
TERMS = {"delete_by": at(9, day=4)}


@pytest.fixture
def clock():
    with time_machine.travel(at(9), tick=False) as traveller:
        yield traveller


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def test_nothing_goes_before_its_time(clock):
    (record,) = arrive(item("a1", "1", usage=TERMS))
    clock.move_to(at(8, 59, day=4))
    assert delete_what_is_due() == 0
    assert fresh(record).content
    assert record.received.data


def test_text_bytes_and_untouched_draft_go_and_it_is_still_known(clock):
    record, other = arrive(item("a1", "1", usage=TERMS, ednote="Secret"), item("b1", "1", OTHER, "Wheat Comes In"))
    clock.move_to(at(9, day=4))
    assert delete_what_is_due() == 1
    record = fresh(record)
    assert (record.content, record.ednote, record.article) == (None, "", None)
    assert bytes(record.received.data) == b""
    assert record.headline == "Port of Tartus Reopens"
    assert not Article.objects.filter(headline="Port of Tartus Reopens").exists()
    assert fresh(other).content
    assert bytes(other.received.data)
    assert other.article
    assert Event.objects.filter(action="deleted_by_terms").count() == 2  # the item, the draft
    assert delete_what_is_due() == 0
    (again,) = arrive(item("a1", "1", usage=TERMS))
    assert again.outcome == "unchanged"
    assert again.article is None
    (newer,) = arrive(item("a1", "2", FIVE))
    assert (newer.outcome, newer.article.headline) == ("updated", "Port of Tartus Reopens")


def test_what_waited_leaves_queue_and_index_and_is_not_taken(clock, client):
    editor = make_user(group="Desk editor", desks=[make_desk("wire")], permissions=WORK)
    (record,) = arrive(item("a1", "1", usage=TERMS), waits=True)
    assert search.find_records("breakwater", WireRecord.objects.all()) == [record.pk]
    clock.move_to(at(9, day=4))
    delete_what_is_due()
    assert fresh(record).state == WireRecord.State.KNOWN
    assert search.find_records("breakwater", WireRecord.objects.all()) == []
    with pytest.raises(Refused, match="nothing new"):
        inbox.take(fresh(record), editor)
    client.force_login(editor)
    page = page_text(client.get(url("wirerecord_change", record.pk)))
    assert "were deleted on" in page
    assert "breakwater" not in page
    assert client.get(reverse("admin:articles_wirerecord_raw", args=[record.pk])).status_code == 200


def test_a_draft_that_was_worked_on_stays_and_its_desk_is_told_once(clock):
    editor = make_user(group="Desk editor", desks=[make_desk("wire")], permissions=WORK)
    (record,) = arrive(item("a1", "1", usage=TERMS))
    article = writing.lock(record.article, None)
    article.headline = "Our Own Words"
    article.save()
    writing.record(article, editor, reason="Edited")
    clock.move_to(at(9, day=4))
    assert delete_what_is_due() == 1
    assert fresh(article).headline == "Our Own Words"
    assert fresh(record).content is None
    delete_what_is_due()
    assert Notice.objects.filter(recipient=editor, once__startswith="delete-by").count() == 1


def test_bytes_wait_for_what_else_came_in_them_and_was_refused(clock):
    (record,) = arrive(item("a1", "1", usage=TERMS))
    refused = WireRecord.objects.create(
        batch=record.batch,
        received=record.received,
        parser="text",
        outcome="rejected",
        code="missing_body",
        state=WireRecord.State.QUARANTINED,
    )
    clock.move_to(at(9, day=4))
    assert delete_what_is_due() == 0
    assert fresh(record).content is None
    assert bytes(WireBytes.objects.get(pk=record.received_id).data)
    refused.state = WireRecord.State.REPLACED
    refused.save()
    assert delete_what_is_due() == 1
    assert bytes(WireBytes.objects.get(pk=record.received_id).data) == b""
