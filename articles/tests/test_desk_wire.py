"""The wire inbox: read, looked into, and a newer text taken by an editor's own decision."""

import pytest

from articles import writing
from articles.models import WireBatch, WireBytes, WireRecord

from .desk import page_text, url
from .factories import fresh, make_article, make_desk, make_user

pytestmark = pytest.mark.django_db

RAW = b"Harbour opens\n<script>alert(1)</script>\nTT\n\xff\xfe"


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def article(desk):
    return make_article(desk=desk, headline="The editor's headline", captions=[{"caption": "Kept."}])


@pytest.fixture
def record(article, desk):
    newer = {**writing.snapshot(article), "headline": "The agency's headline", "body": "<p>Newer text.</p>"}
    newer["captions"] = [{**newer["captions"][0], "caption": caption} for caption in ("Kept.", "New picture.")]
    return WireRecord.objects.create(
        batch=WireBatch.objects.create(name="wire.txt", desk=desk),
        received=WireBytes.objects.create(sha256="0" * 64, data=RAW),
        parser="text",
        encoding="utf-8",
        outcome="updated",
        headline="The agency's headline",
        warnings=["offered: an editor has worked on this story"],
        article=article,
        is_offered=True,
        content={"content": newer},
    )


@pytest.fixture
def editor(client, desk):
    user = make_user(group="Desk editor", desks=[desk], permissions="view_wirerecord view_wirebatch")
    client.force_login(user)
    return user


def test_the_inbox_lists_what_came_and_why_it_was_not_taken(client, editor, record):
    page = page_text(client.get(url("wirerecord_changelist")))
    assert "The agency&#x27;s headline" in page
    assert "an editor has worked on this story" in page


def test_bytes_are_shown_as_text_and_never_run(client, editor, record):
    page = page_text(client.get(url("wirerecord_raw", record.pk)))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_an_offer_is_shown_as_a_difference_and_taken(client, editor, record, article):
    page = page_text(client.get(url("wirerecord_offer", record.pk)))
    assert "agency&#x27;s" in page
    assert "Take the new text" in page
    chosen = {"version": article.version, "take": ["headline", "body-1", "captions-1"]}
    assert client.post(url("wirerecord_offer", record.pk), chosen).status_code == 302
    after = fresh(article)
    assert (after.headline, after.body) == ("The agency's headline", "<p>Newer text.</p>")
    assert [caption.caption for caption in after.captions.all()] == ["Kept.", "New picture."]
    assert after.revisions.first().author == editor
    assert after.revisions.get(number=1).content["headline"] == "The editor's headline"
    record.refresh_from_db()
    assert not record.is_offered


def test_an_offer_is_not_taken_over_a_text_that_changed_meanwhile(client, editor, record, article):
    writing.new_version(article)
    stale = {"version": article.version - 1, "take": "headline"}
    answer = client.post(url("wirerecord_offer", record.pk), stale)
    assert answer.status_code == 409
    assert fresh(article).headline == "The editor's headline"


def test_whoever_may_not_edit_may_look_but_not_take(client, desk, record, article):
    client.force_login(make_user(permissions="view_article", desks=[desk]))
    assert "Take the new text" not in page_text(client.get(url("wirerecord_offer", record.pk)))
    assert client.post(url("wirerecord_offer", record.pk), {"version": article.version}).status_code == 403
    assert fresh(article).headline == "The editor's headline"


def test_another_desks_wire_is_not_found(client, record):
    client.force_login(
        make_user(group="Desk editor", desks=[make_desk("asia")], permissions="view_wirerecord view_wirebatch")
    )
    assert client.get(url("wirerecord_raw", record.pk)).status_code == 404
    assert client.get(url("wirerecord_offer", record.pk)).status_code == 404
    assert "agency" not in page_text(client.get(url("wirerecord_changelist")))
