"""What the story's page is made of: few queries, advice on what is typed, a palette that shows each only their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import releasing, writing
from articles.models import Article, WireBatch, WireBytes, WireRecord

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


def to_come(article, publisher):
    """An update of a live story, scheduled for three hours from now."""
    article = fresh(article)
    article.headline = "Harbour closes"
    article.save()
    writing.record(article, publisher)
    article = approve(article)
    releasing.release(article, publisher, seen=article.version, at=timezone.now() + timedelta(hours=3))
    return fresh(article)


@pytest.fixture
def rich(desk):
    """A live story with an update to come, a newer text from the wire, and several of everything."""
    publisher = make_user(group="Publisher")
    sources = [make_source(f"Source {number}") for number in range(6)]
    article = make_released(
        publisher=publisher,
        desk=desk,
        translation_of=make_article(desk=desk),
        regions=[make_region(f"X{letter}", name=f"Land {letter}") for letter in "ABCDE"],
        topics=[make_topic(f"Topic {number}") for number in range(5)],
        captions=[{"photo": make_photo().public_id} for _ in range(3)],
        citations=[{"source": source.code, "via": sources[5].code} for source in sources[:5]],
        bylines=[{"author": make_author(f"Author {number}").code, "text": ""} for number in range(2)],
    )
    article = to_come(article, publisher)
    received = WireBytes.objects.create(sha256="0" * 64, data=b"A story.")
    batch = WireBatch.objects.create(name="wire.txt", desk=desk)
    for _ in range(2):
        WireRecord.objects.create(
            batch=batch,
            received=received,
            parser="text",
            outcome="updated",
            article=article,
            is_offered=True,
            content={"content": {"headline": "Newer", "body": "<p>Newer.</p>", "captions": []}},
        )
    return article


@pytest.mark.parametrize("group", ["Reporter", "Desk editor", "Publisher", "Administrator"])
def test_the_page_of_a_story_takes_at_most_20_queries(client, desk, rich, group, django_assert_max_num_queries):
    client.force_login(make_staff(group, desks=[desk]))
    client.get(url("article_change", rich.pk))  # what is read once a process
    with django_assert_max_num_queries(20):
        answer = client.get(url("article_change", rich.pk))
    words = page_text(answer)
    for shown in ("Land E", "Topic 4", "Source 4", "Author 1", "Newer text from the wire", "live"):
        assert shown in words


def test_more_of_everything_takes_no_more_queries(client, desk, django_assert_max_num_queries):
    client.force_login(make_staff("Desk editor", desks=[desk]))
    article = make_article(
        desk=desk,
        captions=[{"photo": make_photo().public_id} for _ in range(12)],
        citations=[{"source": make_source(f"Source {number}").code} for number in range(12)],
    )
    client.get(url("article_change", article.pk))
    with django_assert_max_num_queries(20):
        client.get(url("article_change", article.pk))


def test_a_look_at_a_story_waits_for_no_writer(client, desk, rich, django_assert_max_num_queries):
    """No transaction: on SQLite each would take the only lock there is."""
    client.force_login(make_staff("Desk editor", desks=[desk]))
    with django_assert_max_num_queries(60) as asked:
        client.get(url("article_change", rich.pk))
    assert not [
        one for one in asked.captured_queries if one["sql"].startswith(("BEGIN", "SAVEPOINT", "UPDATE", "INSERT"))
    ]


# --- advice ---------------------------------------------------------------------------------------------------------


def advice(client, article, **typed):
    data = form_data(client.get(url("article_change", article.pk)))
    return client.post(url("article_advise", article.pk), {**data, **typed})


def test_advice_is_on_what_is_typed_and_nothing_is_kept(client, desk):
    client.force_login(make_staff("Reporter", desks=[desk]))
    article = make_article(desk=desk)
    answer = advice(client, article, headline=["Storm kills 13"])
    assert "The headline says “13”; the text does not." in page_text(answer)
    assert 'href="#field-headline"' in page_text(answer)
    article = fresh(article)
    assert (article.headline, article.version, article.revisions.count()) == ("Harbour opens after repairs", 1, 1)


def test_advice_is_on_pictures_as_they_are_chosen(client, desk):
    client.force_login(make_staff("Reporter", desks=[desk]))
    taken = timezone.now() - timedelta(days=500)
    old = make_photo(caption="Boats", alt_text="boats", taken_at=taken, renditions=False)
    article = make_article(desk=desk, captions=[{"caption": "Awaited."}])
    words = page_text(advice(client, article, **{"captions-0-photo": [old.public_id], "captions-0-caption": [""]}))
    assert "The alternative text of picture 1 is its caption again." in words
    assert 'href="#field-captions-0-alt_text"' in words
    assert "more than a year ago. Is it a file photo?" in words


def test_what_is_typed_is_text_and_no_markup(client, desk):
    client.force_login(make_staff("Reporter", desks=[desk]))
    attack = "<p>“&lt;img src=x onerror=alert(1)&gt; is what stands there now”</p>"
    words = page_text(advice(client, make_article(desk=desk), body=[attack]))
    assert "Nobody is named for the quotation" in words
    assert "<img" not in words


@pytest.mark.parametrize(
    "data",
    [{}, {"captions-TOTAL_FORMS": "x"}, {"captions-TOTAL_FORMS": "99999999", "captions-0-photo": "\x00" * 500}],
)
def test_half_a_form_is_answered_too(client, desk, data):
    client.force_login(make_staff("Reporter", desks=[desk]))
    article = make_article(desk=desk)
    assert client.post(url("article_advise", article.pk), data).status_code == 200


def test_advice_on_a_new_story_is_for_who_may_write_one(client, desk):
    client.force_login(make_staff("Reporter", desks=[desk]))
    answer = client.post(url("article_advise_new"), {"headline": "Storm kills 13", "body": "<p>Many died.</p>"})
    assert "The headline says “13”" in page_text(answer)
    client.force_login(make_staff("Photo editor", desks=[desk]))
    assert client.post(url("article_advise_new"), {}).status_code == 403


def test_advice_is_for_who_may_edit_the_story_as_it_stands(client, desk):
    reporter = make_staff("Reporter", desks=[desk])
    client.force_login(reporter)
    assert client.post(url("article_advise", approve(make_article(desk=desk)).pk), {}).status_code == 403
    assert client.post(url("article_advise", make_article(desk=make_desk("africa")).pk), {}).status_code == 404
    assert client.get(url("article_advise", make_article(desk=desk).pk)).status_code == 405


# --- the palette ----------------------------------------------------------------------------------------------------


def everything(client, words):
    answer = client.get("/admin/autocomplete/", {"kind": "everything", "q": words})
    return answer.json()["results"]


def test_the_palette_finds_a_few_of_each_kind_with_their_addresses(client, desk):
    client.force_login(make_staff("Administrator", desks=[desk]))
    region, source = make_region(name="Harbour Land"), make_source("Harbour Office")
    photo = make_photo(caption="A harbour.", renditions=False)
    article = make_article(desk=desk)
    for number in range(9):
        make_topic(f"Harbour {number}")
    found = everything(client, "harbour")
    addresses = {one["kind"]: one["address"] for one in reversed(found)}
    assert addresses == {
        "story": url("article_change", article.pk),
        "region": url("region_change", region.pk),
        "topic": addresses["topic"],
        "source": url("source_change", source.pk),
        "photo": url("photo_change", photo.pk),
    }
    assert [one["kind"] for one in found].count("topic") == 6


def test_who_may_not_open_a_region_is_led_to_its_stories(client, desk):
    client.force_login(make_staff("Reporter", desks=[desk]))
    region = make_region(name="Harbour Land")
    [one] = [one for one in everything(client, "harbour land") if one["kind"] == "region"]
    answer = client.get(one["address"])
    assert answer.status_code == 200
    assert region.code in one["address"] or str(region.pk) in one["address"]


def test_the_palette_shows_no_story_of_another_desk(client, desk):
    client.force_login(make_staff("Reporter", desks=[desk]))
    make_article(desk=make_desk("africa"), headline="Harbour of another desk")
    assert everything(client, "another desk") == []


def test_the_palette_is_for_staff_with_something_to_find(client):
    client.force_login(make_user())
    assert client.get("/admin/autocomplete/", {"kind": "everything", "q": "a"}).status_code == 403


# --- what readers have ----------------------------------------------------------------------------------------------


def test_an_update_to_come_stands_beside_what_readers_have(client, desk, clock):
    publisher = make_user(group="Publisher")
    to_come(make_released(publisher=publisher, desk=desk), publisher)
    client.force_login(make_staff("Publisher", desks=[desk]))
    words = page_text(client.get(url("article_change", Article.objects.get().pk)))
    assert "Mon 2 March 2026, 14:00 Beirut (12:00 UTC)" in words
    assert "Harbour opens after repairs</a>" in words
