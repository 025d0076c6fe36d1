"""The story editor: what is typed is kept, in order, once, and never over somebody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import writing
from articles.models import Article, Event, Revision

from .desk import form_data, make_staff, page_text, url
from .factories import (
    approve,
    fresh,
    make_article,
    make_author,
    make_desk,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def reporter(client, desk):
    user = make_user("reporter", group="Reporter", desks=[desk])
    client.force_login(user)
    return user


@pytest.fixture
def full(desk):
    """A story with two of everything."""
    regions = [make_region("XA", name="Land A"), make_region("XB", name="Land B")]
    topics = [make_topic("Harbours"), make_topic("Shipping")]
    source, agency, author = make_source(), make_source("Agency One"), make_author()
    first, second = make_photo(), make_photo()
    return make_article(
        desk=desk,
        regions=regions,
        topics=topics,
        captions=[
            {"photo": first.public_id, "caption": "First.", "credit_raw": "(AFP)", "is_lead": True},
            {"photo": second.public_id, "caption": "Second."},
            {"caption": "Awaited.", "credit": "AFP", "credit_raw": "(AFP file)"},
        ],
        citations=[
            {"source": source.code, "use": "quote", "via": agency.code},
            {"as_printed": "the harbour master", "use": "figure"},
        ],
        bylines=[{"author": author.code, "text": ""}, {"author": None, "text": "Agencies"}],
    )


def post(client, article, **changes):
    data = form_data(client.get(url("article_change", article.pk)))
    data.update(changes)
    return client.post(url("article_change", article.pk), data)


def test_saving_a_page_unchanged_makes_no_revision(client, reporter, full):
    before = writing.snapshot(full)
    answer = post(client, full)
    assert answer.status_code == 302, page_text(answer)
    assert full.revisions.count() == 1
    assert fresh(full).version == full.version
    assert writing.snapshot(fresh(full)) == before


def test_a_save_is_a_revision_of_everything(client, reporter, full):
    post(client, full, headline=["A  new\theadline"], body=["<p>New <script>alert(1)</script>text.</p>"])
    full = fresh(full)
    revision = full.revisions.first()
    assert full.headline == "A new headline"
    assert full.body == "<p>New text.</p>"
    assert revision.number == 2
    assert revision.author == reporter
    assert revision.content == writing.snapshot(full)
    assert full.version == 2


def test_the_order_in_which_things_stand_is_kept(client, reporter, full):
    post(
        client,
        full,
        regions=["XB", "XA"],
        topics=[full.ordered_topics()[1].code, full.ordered_topics()[0].code],
        **{"captions-0-ORDER": ["3"], "captions-2-ORDER": ["1"], "bylines-0-ORDER": ["2"], "bylines-1-ORDER": ["1"]},
    )
    content = full.revisions.first().content
    assert content["regions"] == ["XB", "XA"]
    assert [caption["caption"] for caption in content["captions"]] == ["Awaited.", "Second.", "First."]
    assert [caption["credit_raw"] for caption in content["captions"]] == ["(AFP file)", "", "(AFP)"]
    assert [line["text"] for line in content["bylines"]] == ["Agencies", ""]
    assert fresh(full).ordered_topics()[0].name == "Shipping"


def test_two_lead_pictures_are_an_error_on_the_form(client, reporter, full):
    answer = post(client, full, headline=["Typed meanwhile"], **{"captions-1-is_lead": ["on"]})
    assert answer.status_code == 422
    assert "Only one picture can be the lead" in page_text(answer)
    assert "Typed meanwhile" in page_text(answer)
    assert full.revisions.count() == 1


def test_a_picture_is_taken_out_and_another_added(client, reporter, full):
    photo = make_photo(caption="A gull.")
    post(
        client,
        full,
        **{
            "captions-0-DELETE": ["on"],
            "captions-TOTAL_FORMS": ["4"],
            "captions-3-photo": [photo.public_id],
            "captions-3-is_lead": ["on"],
            "captions-3-ORDER": ["9"],
        },
    )
    captions = full.revisions.first().content["captions"]
    assert [caption["caption"] for caption in captions] == ["Second.", "Awaited.", ""]
    assert captions[2] == {**captions[2], "photo": photo.public_id, "is_lead": True}


def test_the_same_source_twice_for_the_same_thing_is_an_error_on_the_form(client, reporter, full):
    data = form_data(client.get(url("article_change", full.pk)))
    data |= {"citations-1-source": data["citations-0-source"], "citations-1-use": ["quote"]}
    answer = client.post(url("article_change", full.pk), data)
    assert answer.status_code == 422
    assert "stands here twice" in page_text(answer)


def test_what_was_not_valid_stays_in_the_form(client, reporter, full):
    answer = post(client, full, headline=[""], body=["<p>Typed for an hour.</p>"])
    assert answer.status_code == 422
    assert "Typed for an hour." in page_text(answer)
    assert fresh(full).headline != ""


def test_a_new_story_is_a_draft_of_its_writers_desk(client, reporter, desk):
    region, topic = make_region(), make_topic()
    data = form_data(client.get(url("article_add")))
    data |= {
        "headline": ["Rain at last"],
        "body": ["<p>It rained.</p>"],
        "regions": [region.code],
        "topics": [topic.code],
    }
    answer = client.post(url("article_add"), data)
    article = Article.objects.get()
    assert answer.url == url("article_change", article.pk)
    assert (article.status, article.desk, article.created_by, article.version) == ("draft", desk, reporter, 1)
    assert article.revisions.get().content == writing.snapshot(article)


def test_a_story_is_not_written_onto_a_desk_one_does_not_belong_to(client, reporter):
    other = make_desk("africa")
    data = form_data(client.get(url("article_add")))
    data |= {"headline": ["Rain"], "desk": [other.code]}
    assert client.post(url("article_add"), data).status_code == 422
    assert not Article.objects.exists()


def test_a_story_is_not_moved_to_a_desk_one_does_not_belong_to(client, reporter, full):
    make_desk("africa")
    assert post(client, full, desk=["africa"]).status_code == 422
    assert fresh(full).desk.code == "world"


def test_nothing_that_the_rules_write_can_be_posted(client, reporter, full):
    release = {
        "status": ["approved"],
        "approved_number": ["1"],
        "approved_by": [str(reporter.pk)],
        "legal_hold": ["on"],
        "legal_hold_reason": ["x"],
        "public_id": ["bbbbbbbbbb"],
        "created_by": [""],
        "provider_date": ["2020-01-01"],
        "id": ["999"],
        "releases-TOTAL_FORMS": ["1"],
        "releases-0-kind": ["first"],
        "citations-1-confidential": ["x"],
        "captions-0-credit_raw": ["forged"],
    }
    post(client, full, headline=["Changed"], **release)
    after = fresh(full)
    for name in ("status", "approved_number", "approved_by", "legal_hold", "public_id", "created_by", "provider_date"):
        assert getattr(after, name) == getattr(full, name), name
    assert after.revisions.first().content["captions"][0]["credit_raw"] == "(AFP)"
    assert after.releases.count() == 0
    assert Article.objects.count() == 1


# --- what else a save does ---------------------------------------------------------------------------------------


def test_saving_an_approved_story_takes_the_approval_away(client, full):
    publisher = make_user(group="Publisher")
    client.force_login(publisher)
    approve(full, editor=publisher)
    post(client, full, headline=["Changed after approval"])
    assert fresh(full).status == "editing"


def test_an_embargo_cancels_what_was_scheduled_before_its_end(client):
    publisher = make_user(group="Publisher")
    client.force_login(publisher)
    article = make_released(publisher=publisher, at=timezone.now() + timedelta(hours=1))
    until = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    post(client, article, embargo_until=[until], embargo_note=["The ministry asked."])
    assert not article.releases.pending().exists()


def test_an_embargo_to_the_second_stays_as_it_is(client, reporter, full):
    full.embargo_until = datetime(2030, 5, 1, 9, 30, 17, tzinfo=UTC)
    full.save()
    writing.record(full, reporter)
    post(client, full)
    assert full.revisions.count() == 2
    post(client, full, embargo_until=["2030-05-01T12:30"])  # the same minute in Beirut
    assert fresh(full).embargo_until.second == 17


@pytest.mark.parametrize(
    "typed, said",
    [
        ("2026-03-29T00:30", "there is no 00:30 on 29 March 2026 in Beirut"),
        ("2026-10-24T23:30", "comes twice in Beirut"),
        ("soon", "Give a day and a time"),
        ("9999-12-31T23:59", "Give a day and a time"),
    ],
)
def test_a_time_that_the_clock_shows_twice_or_never_is_refused(client, reporter, full, typed, said):
    answer = post(client, full, embargo_until=[typed])
    assert answer.status_code == 422
    assert said in page_text(answer)


# --- who may --------------------------------------------------------------------------------------------------------


def test_a_reporter_reads_but_does_not_edit_what_was_submitted(client, reporter, full):
    data = form_data(client.get(url("article_change", full.pk)))
    Article.objects.filter(pk=full.pk).update(status="submitted")
    page = client.get(url("article_change", full.pk))
    assert b'id="story-form"' not in page.content
    assert "Harbour opens after repairs" in page_text(page)
    assert client.post(url("article_change", full.pk), data | {"headline": ["Mine"]}).status_code == 403
    assert fresh(full).headline == "Harbour opens after repairs"


def test_a_confidential_source_stays_though_its_editor_does_not_see_it(client, full):
    from articles.models import ConfidentialSource

    source = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    content = writing.snapshot(full)
    content["citations"].insert(
        1, {**content["citations"][0], "source": None, "confidential": source.code, "via": None}
    )
    writing.apply(full, content)
    writing.record(full, None)
    reporter = make_staff("Reporter", desks=[full.desk])
    client.force_login(reporter)
    page = page_text(client.get(url("article_change", full.pk)))
    assert source.code not in page
    assert "Omar Secret" not in page
    post(client, full, headline=["Changed"])
    assert full.revisions.first().content["citations"] == content["citations"]


def test_what_is_stored_never_runs(client, reporter, full):
    attack = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    post(client, full, headline=[attack], slugline=[attack[:60]], **{"captions-0-caption": [attack]})
    number = full.revisions.first().number
    pages = [
        url("article_changelist"),
        url("article_change", full.pk),
        url("article_history", full.pk),
        url("article_revision", full.pk, number),
        url("article_compare", full.pk) + f"?from=1&to={number}",
    ]
    for address in pages:
        words = page_text(client.get(address))
        assert "onerror" in words, address
        assert "<img src=x" not in words, address
        assert "<script>alert" not in words, address
    preview = client.get(url("article_preview", full.pk), follow=True)
    assert b"<img src=x" not in preview.content
    assert b"<script>alert" not in preview.content


def test_a_save_is_logged(client, reporter, full):
    post(client, full, headline=["Changed"])
    event = Event.objects.about(full).first()
    assert (event.action, event.actor) == ("saved", "reporter")
    assert Revision.objects.filter(article=full).count() == 2
