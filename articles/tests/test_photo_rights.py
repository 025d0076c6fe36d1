"""Rights: what stops a release, and what happens when they end, or begin anew."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from articles import housekeeping, photos, releasing
from articles.models import Notice, Release
from articles.photos import due, rights

from .factories import approve, fresh, make_article, make_photo, make_region, make_released, make_topic, make_user

pytestmark = pytest.mark.django_db


def released_with(photo, **kw):
    return make_released(captions=[{"photo": photo.public_id, "caption": "A quay.", "is_lead": True}], **kw)


def refusal(publisher, photo, **kw):
    captions = [{"photo": photo.public_id}]
    kw |= {"regions": [make_region("XB")], "topics": [make_topic()]}
    article = approve(make_article(captions=captions, **kw), editor=publisher)
    with pytest.raises(releasing.NotReleasable) as refused:
        releasing.release(article, publisher, seen=article.version)
    return {problem.code for problem in refused.value.problems}, str(refused.value)


@pytest.mark.parametrize(
    ("fields", "ours", "code", "words"),
    [
        ({"credit": "", "photographer": "Lina Haddad"}, [], "no_credit", "no credit"),
        ({"usable_until": timezone.now() - timedelta(days=1)}, [], "rights_lapsed", "end before that"),
        ({"usable_from": timezone.now() + timedelta(days=400)}, [], "rights_to_come", "not before"),
        ({"territories": ["FR"]}, ["LB", "FR"], "territory", "not licensed for LB"),
        ({"excluded_territories": ["LB"]}, ["LB", "FR"], "territory", "not licensed for LB"),
        ({"territories": ["FR"]}, [], "territory", "the whole world"),
    ],
)
def test_a_picture_that_may_not_be_shown_stops_the_release(settings, fields, ours, code, words):
    settings.NEWSROOM_TERRITORIES = ours
    codes, sentence = refusal(make_user(group="Publisher"), make_photo(**fields))
    assert code in codes
    assert words in sentence


def test_a_picture_licensed_where_the_newsroom_publishes_stops_nothing(settings):
    settings.NEWSROOM_TERRITORIES = ["LB"]
    assert rights.problems(make_photo(territories=["LB", "FR"], excluded_territories=["DE"]), timezone.now()) == []


def test_rights_that_end_take_the_picture_from_pages_at_once_and_its_files_from_storage(client, clock):
    photo = make_photo()
    article = released_with(photo)
    address = f"/stories/{article.public_id}/{article.slug}/"
    names = list(photo.renditions.values_list("file", flat=True))
    assert "/media/" in client.get(address).text
    ends = timezone.now() + timedelta(hours=1)
    photos.change(photo, {"usable_until": ends}, make_user(), seen=photo.version)
    assert "/media/" in client.get(address).text

    clock.move_to(ends)
    for page in (address, "/", "/rss.xml", "/sitemap.xml", f"/sitemaps/en/{timezone.localdate():%Y/%m}.xml"):
        assert "/media/" not in client.get(page).text, page
    assert client.get(f"/media/{names[0]}").status_code == 200  # the worker has not come by yet
    assert due.end_rights.func(photo.public_id) == len(names)
    assert not any(storages["renditions"].exists(name) for name in names)
    assert client.get(f"/media/{names[0]}").status_code == 410
    assert client.get(f"/media/00/{'0' * 32}.jpeg").status_code == 404
    assert rights.delete_what_has_ended() == 0


def test_the_sweep_deletes_what_the_task_left(clock):
    photo = make_photo()
    photos.change(photo, {"usable_until": timezone.now() + timedelta(minutes=1)}, make_user(), seen=None)
    clock.shift(timedelta(minutes=1))
    assert rights.ended().exists()
    assert housekeeping.do_what_is_due() == []
    assert not rights.ended().exists()
    photo.refresh_from_db()
    assert photo.files_deleted_at


def test_extended_rights_make_files_again_and_offer_the_stories(clock):
    photo, publisher = make_photo(), make_user(group="Publisher")
    photos.change(photo, {"usable_until": timezone.now() + timedelta(hours=1)}, publisher, seen=None)
    article = released_with(photo)
    clock.shift(timedelta(hours=1))
    due.end_rights.func(photo.public_id)
    photos.change(photo, {"usable_until": None}, publisher, seen=None)
    photo.refresh_from_db()
    assert photo.files_deleted_at is None
    assert due.prepare.func(photo.public_id) > 10
    assert rights.stories_without_it(photo) == [article]
    article = approve(article_rewritten(article, publisher), editor=make_user(group="Publisher"))
    releasing.release(article, publisher, seen=article.version)
    assert rights.stories_without_it(photo) == []


def article_rewritten(article, by):
    from articles import writing

    article = fresh(article)
    writing.record(article, by, reason="again")
    return article


def test_rights_ended_early_end_in_what_is_scheduled_too(clock):
    photo = make_photo()
    article = released_with(photo, at=timezone.now() + timedelta(days=1))
    until = timezone.now() + timedelta(hours=2)
    photos.change(photo, {"usable_until": until}, make_user(), seen=None)
    release = Release.objects.get(article=article)
    assert release.document["pictures"][0]["until"] == until.isoformat()
    assert release.picture["until"] == until.isoformat()


def test_the_desks_are_told_a_week_and_a_day_before_each_once(clock):
    editor = make_user(group="Photo editor", permissions="view_photo change_photo")
    photo = make_photo(usable_until=timezone.now() + timedelta(days=9))
    released_with(photo)
    told = []
    for days in (1, 1.5, 5, 0.6, 0.1):
        clock.shift(timedelta(days=days))
        rights.tell_beforehand()
        told.append(Notice.objects.filter(recipient=editor, once__startswith="rights-").count())
    assert told == [0, 1, 1, 2, 2]
    assert "It stands in 1 live story." in Notice.objects.filter(recipient=editor).latest("pk").text


def test_a_file_that_storage_has_lost_stops_the_release_and_is_made_again():
    photo, publisher = make_photo(), make_user(group="Publisher")
    lost = photo.renditions.first()
    lost.file.storage.delete(lost.file.name)
    codes, sentence = refusal(publisher, photo)
    assert codes == {"file_missing"}
    assert "not in storage" in sentence
    assert due.make_again.func(photo.public_id) == 1
    assert releasing.guards.file_problems({"captions": [{"photo": "x"}]}, {"x": fresh_photo(photo)}) == []


def fresh_photo(photo):
    return type(photo).objects.get(pk=photo.pk)
