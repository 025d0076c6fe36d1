"""The caption desk: who still says the old words of a picture, and how each comes to say the new ones."""

import pytest

from articles import photos, writing
from articles.models import BulkOrder, Photo, Release

from .desk import make_staff, page_text, url
from .factories import fresh, make_article, make_desk, make_photo, make_released, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def photo_editor(client, desk):
    user = make_staff("Photo editor", desks=[desk])
    user.groups.add(*make_staff("Desk editor").groups.all())
    client.force_login(user)
    return user


@pytest.fixture
def photo():
    found = make_photo()
    photos.change(found, {"caption": "Six boats at Tyre."}, None, seen=found.version)
    return Photo.objects.get(pk=found.pk)


def corrected(photo, **words):
    photos.change(photo, words or {"caption": "Six boats at Sidon."}, None, seen=photo.version)
    photo = Photo.objects.get(pk=photo.pk)
    photos.make_renditions(photo)
    return photo


def open_page(client, photo):
    return client.get(url("photo_correct", photo.pk))


def headlines(rows):
    return [row.story.headline for row in rows]


def test_every_use_is_where_it_belongs(client, photo_editor, photo, desk):
    leaves_it = [{"photo": photo.public_id}]
    own_words = [{"photo": photo.public_id, "caption": "Boats of ours."}]
    make_released(headline="Live", desk=desk, captions=leaves_it)
    make_released(headline="Live with its own", desk=desk, captions=own_words)
    make_article(headline="Draft", desk=desk, captions=leaves_it)
    make_article(headline="Draft with its own", desk=desk, captions=own_words)
    make_article(headline="Hidden", desk=make_desk("africa"), captions=own_words)
    before = open_page(client, photo)
    assert (before.context["behind"], before.context["stale"]) == ([], [])
    answer = open_page(client, corrected(photo))
    assert headlines(answer.context["behind"]) == ["Live"]
    assert sorted(headlines(answer.context["stale"])) == ["Draft with its own", "Live with its own"]
    assert [use.story.headline for use in answer.context["others"]] == ["Draft"]
    page = page_text(answer)
    assert "<del>Tyre.</del><ins>Sidon.</ins>" in page
    assert "1 not open to you" in page
    assert "Hidden" not in page


def test_a_credit_and_an_alternative_text_are_compared_as_readers_have_them(client, photo_editor, photo, desk):
    make_released(headline="Live", desk=desk, captions=[{"photo": photo.public_id, "credit": "AP"}])
    answer = open_page(client, corrected(photo, credit="EPA", photographer="Lina Daou", alt_text="Boats"))
    (row,) = answer.context["behind"]
    assert [(one.label, one.after) for one in row.differences] == [
        ("Alternative text", "Boats"),
        ("Credit", "Lina Daou / AP"),
    ]


def test_a_story_takes_the_new_words_in_its_working_copy_alone(client, photo_editor, photo, desk):
    captions = [{"photo": photo.public_id, "caption": "Boats of ours.", "credit": "AP"}]
    article = make_article(headline="Draft", desk=desk, by=make_user(), captions=captions)
    photo = corrected(photo)
    chosen = {"story": f"{article.public_id}:{article.version}", "take": "1"}
    stale = {**chosen, "story": f"{article.public_id}:{article.version + 7}"}
    assert "Changed since it was shown here" in page_text(client.post(url("photo_correct", photo.pk), stale))
    assert "takes the new words" in page_text(client.post(url("photo_correct", photo.pk), chosen))
    held = fresh(article).revisions.first().content["captions"][0]
    assert (held["caption"], held["credit"]) == ("", "AP")
    assert article.captions.get().shown("caption") == "Six boats at Sidon."


def test_a_story_that_one_may_not_edit_is_left_alone_with_the_reason(client, photo, desk):
    client.force_login(make_staff("Photo editor", desks=[desk]))
    captions = [{"photo": photo.public_id, "caption": "Boats of ours."}]
    article = make_article(headline="Draft", desk=desk, captions=captions)
    photo = corrected(photo)
    answer = client.post(url("photo_correct", photo.pk), {"story": f"{article.public_id}:1", "take": "1"})
    assert "You may not edit this story" in page_text(answer)
    assert article.captions.get().caption == "Boats of ours."


def test_a_story_keeps_its_own_words_and_is_flagged_no_more(client, photo_editor, photo, desk):
    captions = [{"photo": photo.public_id, "caption": "Boats of ours."}]
    article = make_article(headline="Draft", desk=desk, captions=captions)
    photo = corrected(photo)
    chosen = {"story": f"{article.public_id}:{article.version}", "keep": "1"}
    answer = client.post(url("photo_correct", photo.pk), chosen)
    assert "keeps its own words" in page_text(answer)
    assert answer.context["stale"] == []
    assert article.captions.get().caption == "Boats of ours."


# --- one release of all ----------------------------------------------------------------------------------------------


def order(client, photo, *stories, **data):
    chosen = [f"{one.public_id}:{one.version}" for one in stories]
    return client.post(url("photo_correct", photo.pk), {"story": chosen, "release": "1", "how": "update", **data})


def in_force(article):
    return Release.objects.in_force(article.public_id)


def test_chosen_stories_are_released_with_the_new_words_by_a_second_person(client, photo_editor, photo, desk):
    captions = [{"photo": photo.public_id}]
    told, other = (make_released(headline=name, desk=desk, captions=captions) for name in ("Told", "Not chosen"))
    told.body = "<p>Half done.</p>"
    told.save()
    writing.record(told, photo_editor)
    photo = corrected(photo)
    said = {"how": "correction", "note": "The caption named the wrong port."}
    answer = order(client, photo, told, **said)
    assert answer.status_code == 302
    assert in_force(told).document["pictures"][0]["caption"] == "Six boats at Tyre."
    client.post(answer.url + "give/")
    assert in_force(told).sequence == 1  # not on one's own word
    client.force_login(make_staff("Publisher", desks=[desk]))
    page = page_text(client.get(answer.url))
    for words in ("Confirm for", "Six boats at Sidon.", "The caption named the wrong port."):
        assert words in page
    client.post(answer.url + "give/")
    released = in_force(told)
    assert released.document["pictures"][0]["caption"] == "Six boats at Sidon."
    assert "Half done" not in released.document["body"]
    assert released.public_note == "The caption named the wrong port."
    assert in_force(other).sequence == 1


def test_a_correction_says_to_readers_what_was_wrong(client, photo_editor, photo, desk):
    article = make_released(headline="Live", desk=desk, captions=[{"photo": photo.public_id}])
    photo = corrected(photo)
    answer = order(client, photo, article, how="correction")
    assert answer.status_code == 422
    assert "Say to readers what was wrong." in page_text(answer)
    assert "Choose the stories first." in page_text(order(client, photo))
    assert not BulkOrder.objects.exists()
