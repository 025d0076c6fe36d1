"""Correcting a picture's words: every story that uses it, the overrides gone stale, one release of all."""

import pytest

from articles import bulk, captioning, photos, releasing, writing
from articles.access import NotAllowed
from articles.crediting import checks
from articles.models import Photo, PhotoCaption, Release, Status

from .factories import fresh, make_article, make_caption, make_photo, make_released, make_user

pytestmark = pytest.mark.django_db
PHOTO_EDITOR = "view_article view_photo change_photo change_photocaption span_desks"


@pytest.fixture
def people():
    return make_user("photo", permissions=PHOTO_EDITOR), make_user("chief", group="Publisher")


@pytest.fixture
def photo():
    return make_photo(caption="Boats on Monday.")


def story(photo, publisher, headline, **caption):
    return make_released(publisher=publisher, headline=headline, captions=[{"photo": photo.public_id, **caption}])


def shown(article, name="caption"):
    return Release.objects.in_force(article.public_id).document["pictures"][0][name]


def test_one_release_of_every_live_story_without_words_of_its_own(people, photo, client):
    editor, chief = people
    plain = [story(photo, chief, f"Story {number}") for number in range(3)]
    own = story(photo, chief, "Own words", caption="Our boats.")
    make_article(headline="A draft", captions=[{"photo": photo.public_id}])
    # Somebody has begun to rewrite one of them: not a word of that may go out.
    half = writing.lock(plain[0], None)
    half.headline = "Half-done"
    half.save()
    writing.record(half, editor)

    _, order = captioning.correct_base(
        photo, {"caption": "Boats on Sunday."}, editor, seen=photo.version, note="It was Sunday."
    )
    assert [public_id for public_id, _ in order.stories] == [one.public_id for one in reversed(plain)]
    assert bulk.waits(order)
    assert shown(plain[0]) == "Boats on Monday."
    with pytest.raises(NotAllowed):
        bulk.give(order, make_user(group="Reporter"))
    assert bulk.give(order, editor).done_at is None  # who asked cannot confirm

    order = bulk.give(order, chief)
    assert [one["done"] for one in order.results] == [True] * 3
    for article in plain:
        release = Release.objects.in_force(article.public_id)
        assert (release.kind, release.public_note) == ("correction", "It was Sunday.")
        assert release.document["pictures"][0]["caption"] == "Boats on Sunday."
        assert release.headline == article.headline
        assert release.created_by == chief
    assert shown(own) == "Our boats."
    page = client.get(f"/stories/{plain[0].public_id}/{plain[0].slug}/").text
    assert "Boats on Sunday." in page
    assert "Half-done" not in page
    assert captioning.offer(Photo.objects.get(pk=photo.pk), editor) is None


def test_an_override_is_stale_when_the_words_it_took_the_place_of_were_corrected(people, photo):
    editor, chief = people
    article = story(photo, chief, "Own words", caption="Our boats on Monday.")
    assert captioning.stale_uses() == []
    photos.change(photo, {"caption": "Boats on Sunday."}, editor, seen=None)
    (caption,) = captioning.stale_uses()
    assert (caption.article, caption.stale_overrides()) == (article, ["caption"])
    # Saving something else of the story changes nothing of that; new words are written over the new ones.
    article = resave(article, editor, headline="Another headline")
    assert captioning.stale_uses()
    article = resave(article, editor, captions=[make_caption(photo=photo.public_id, caption="Our boats on Sunday.")])
    assert captioning.stale_uses() == []
    photos.change(photo, {"caption": "Boats on Saturday."}, editor, seen=None)
    captioning.settle(PhotoCaption.objects.get(), editor)
    assert captioning.stale_uses() == []


def test_the_words_of_copy_stand_over_those_of_the_picture_that_came_for_it(people, photo):
    from articles.desk import saving

    editor, _ = people
    article = make_article(headline="Wire", captions=[{"caption": "Boats, the copy says."}])
    saving.put_picture(article.captions.get(), photo, editor)
    assert captioning.stale_uses() == []
    photos.change(photo, {"caption": "Boats on Sunday."}, editor, seen=None)
    assert [one.article for one in captioning.stale_uses()] == [article]


def resave(article, by, **changes):
    article = writing.lock(article, None)
    was = writing.snapshot(article)
    writing.revise(article, was | changes, by, was=was, newest=writing.newest_revision(article))
    return fresh(article)


def test_a_story_that_was_released_meanwhile_is_left_out(people, photo):
    editor, chief = people
    article = story(photo, chief, "Harbour")
    _, order = captioning.correct_base(photo, {"caption": "Boats on Sunday."}, editor, seen=photo.version)
    resave(article, editor, headline="Newer")
    article = fresh(article)
    type(article).objects.filter(pk=article.pk).update(
        status=Status.APPROVED, approved_number=writing.newest_revision(article).number, approved_by=chief
    )
    releasing.release(fresh(article), chief, seen=article.version)
    results = bulk.give(order, chief).results
    assert not results[0]["done"]
    assert "another text" in results[0]["said"]


def test_who_uses_a_picture_is_told_with_the_words_of_each(people, photo):
    _, chief = people
    live = story(photo, chief, "Live", alt_text="Our own description")
    draft = make_article(headline="A draft", captions=[{"photo": photo.public_id}])
    uses = captioning.uses_of(photo)
    assert [(use.article, use.release is not None, use.overrides) for use in uses] == [
        (live, True, ["alt_text"]),
        (draft, False, []),
    ]
    assert uses[0].shown["caption"] == "Boats on Monday."


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ({"caption": "Boats in Sidon on 3 May 2026."}, set()),
        ({"caption": "Boats in Sidon on 3 May 2026"}, {"no_stop"}),
        ({"caption": "Boats in Sidon."}, {"no_date"}),
        ({"caption": "Boats in Sidon.", "is_file": True, "taken_at": 1}, {"file_no_date"}),
        ({"caption": "Six boats on Monday.", "alt_text": "Six boats on monday"}, {"alt_is_caption"}),
        ({"caption": "Boats on Monday.", "alt_text": ""}, {"no_alt_text"}),
        ({"caption": "Boats on Monday. (AFP)"}, {"no_stop", "credit_doubled"}),
        ({"caption": "Boats on Monday, by Lina Haddad", "photographer": "Lina Haddad"}, {"no_stop", "credit_doubled"}),
        ({"caption": "Lina Haddad and Omar Said on Monday."}, {"no_order"}),
        ({"caption": "Lina Haddad, left, and Omar Said on Monday."}, set()),
        ({"caption": "Two ministers on Monday.", "people": ["Lina Haddad", "Omar Said"]}, {"no_order"}),
        ({"caption": "قوارب في ميناء صيدا يوم الاثنين."}, set()),
    ],
)
def test_soft_checks_of_a_caption(words, codes):
    words = {"alt_text": "Six boats at a quay", "credit": "AFP", **words}
    assert {one.code for one in checks.look(**words)} == codes
