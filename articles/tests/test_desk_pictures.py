"""The photo desk in the admin: the library, a picture's page, many at once, files in, pictures awaited."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image, ImageDraw

from articles import photos
from articles.models import Event, Photo

from .desk import form_data, make_staff, page_text, url
from .factories import (
    fresh,
    make_article,
    make_desk,
    make_photo,
    make_region,
    make_source,
    make_user,
    picture_bytes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def photo_editor(client, desk):
    user = make_staff("Photo editor", desks=[desk], first_name="Nour", last_name="Saab")
    client.force_login(user)
    return user


def drawn(seed, *, size=(900, 600), quality=90):
    """A picture that looks like something: another seed, another picture."""
    image = Image.new("RGB", (900, 600), (20 * seed % 200, 90, 160))
    pen = ImageDraw.Draw(image)
    for step in range(12):
        left, top = (seed * 97 + step * 131) % 800, (seed * 53 + step * 71) % 500
        pen.rectangle([left, top, left + 120, top + 90], fill=((seed + step) * 37 % 256, step * 20, 255 - step * 20))
    buffer = io.BytesIO()
    image.resize(size).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def file_of(data, name="a.jpg"):
    return SimpleUploadedFile(name, data)


def make_kept(**words):
    """A picture whose words the desk has written, in a version of its own."""
    photo = make_photo(renditions=False)
    photos.change(photo, words, None, seen=photo.version)
    return Photo.objects.get(pk=photo.pk)


def take(client, data, name="a.jpg", decision=""):
    return client.post(url("photo_take"), {"file": file_of(data, name), "decision": decision})


def library(client, **query):
    return client.get(url("photo_changelist"), query)


def shown(answer):
    return [photo.caption for photo in answer.context["photos"]]


# --- the library ------------------------------------------------------------------------------------------------------


def test_the_library_is_narrowed_by_what_a_picture_is_and_lacks(client, photo_editor):
    now = timezone.now()
    asia = make_region("142", name="Asia", kind="continent")
    lebanon, source = make_region("LB", name="Lebanon", parent=asia), make_source("AFP", slug="afp")
    used = make_photo(renditions=False, caption="Used", region=lebanon, supplier=source)
    make_photo(renditions=False, caption="Lapsed", usable_until=now - timedelta(days=1), is_file_photo=True)
    make_photo(renditions=False, caption="Ending", usable_until=now + timedelta(days=2), alt_text="")
    make_photo(
        renditions=False, caption="Mine", created_by=photo_editor, credit="", taken_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    make_article(captions=[{"photo": used.public_id}])
    for query, expected in [
        ({}, ["Mine", "Ending", "Lapsed", "Used"]),
        ({"rights": "usable"}, ["Mine", "Ending", "Used"]),
        ({"rights": "lapsed"}, ["Lapsed"]),
        ({"rights": "ending", "sort": "ending"}, ["Ending"]),
        ({"region": "142"}, ["Used"]),
        ({"supplier": source.code}, ["Used"]),
        ({"used": "no"}, ["Mine", "Ending", "Lapsed"]),
        ({"used": "yes"}, ["Used"]),
        ({"lacks": "alt"}, ["Ending"]),
        ({"lacks": "credit"}, ["Mine"]),
        ({"whose": "mine"}, ["Mine"]),
        ({"kind": "file"}, ["Lapsed"]),
        ({"taken_from": "2026-02-28T00:00", "taken_to": "2026-03-02T00:00"}, ["Mine"]),
        ({"q": "lapsed"}, ["Lapsed"]),
        ({"q": "lebanon"}, ["Used"]),
        ({"q": "lapsed", "rights": "usable"}, []),
        ({"sort": "oldest"}, ["Used", "Lapsed", "Ending", "Mine"]),
    ]:
        assert shown(library(client, **query)) == expected, query


def test_a_picture_says_what_is_to_be_known_of_it(client, photo_editor):
    soon = timezone.now() + timedelta(days=2)
    photo = make_photo(renditions=False, alt_text="", usable_until=soon, is_file_photo=True, photographer="Lina Daou")
    make_article(captions=[{"photo": photo.public_id}])
    page = page_text(library(client))
    for words in ("no alt text", "file photo", "in 1 story", "Lina Daou / Newsroom", "until <time"):
        assert words in page


def test_a_filter_that_is_not_understood_lists_nothing_and_says_so(client, photo_editor):
    make_photo(renditions=False)
    page = page_text(library(client, rights="whatever"))
    assert "not understood" in page
    assert "Boats in the harbour." not in page


def test_pictures_come_page_by_page_each_once(client, photo_editor, monkeypatch):
    monkeypatch.setattr("articles.desk.photo_library.SHOWN", 3)
    for number in range(7):
        make_photo(renditions=False, caption=f"Boat {number}")
    for query in ({}, {"q": "boat"}):
        seen, address = [], f"{url('photo_changelist')}?" + "&".join(f"{name}={value}" for name, value in query.items())
        while address:
            answer = client.get(address)
            seen += shown(answer)
            address = f"{url('photo_changelist')}?{answer.context['older']}" if answer.context["older"] else ""
        assert seen == [f"Boat {number}" for number in range(6, -1, -1)], query


def test_a_page_of_the_library_costs_the_same_with_one_picture_and_with_many(client, photo_editor):
    costs = []
    for more in (1, 8):
        for _ in range(more):
            make_article(captions=[{"photo": make_photo(renditions=False).public_id}])
        with CaptureQueriesContext(connection) as queries:
            library(client)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 9  # two of them for the views that are kept of it


def test_a_picture_whose_correction_a_story_has_not_taken_is_found(client, photo_editor):
    photo = make_photo(renditions=False, caption="Six boats.")
    make_article(captions=[{"photo": photo.public_id, "caption": "Six boats at dawn."}])
    make_photo(renditions=False, caption="Another")
    assert shown(library(client, waits="stale")) == []
    photos.change(photo, {"caption": "Seven boats."}, photo_editor, seen=photo.version)
    assert shown(library(client, waits="stale")) == ["Seven boats."]


# --- many at once ----------------------------------------------------------------------------------------------------


def batch(client, chosen, **data):
    sent = {"photo": [f"{one.public_id}:{one.version}" for one in chosen], **data}
    return client.post(url("photo_batch"), sent)


def test_a_batch_shows_what_would_change_and_then_changes_each_picture_by_itself(client, photo_editor):
    one = make_photo(renditions=False, credit="AP", photographer="Lina Daou", people=["Omar Aziz"])
    two = make_photo(renditions=False, credit="Reuters")
    stale = make_photo(renditions=False)
    change = {"credit": "Reuters", "people": "Lina Haddad", "empty": ["photographer"], "reason": "The agency wrote"}
    preview = batch(client, [one, two, stale], step="preview", **change)
    assert preview.context["will_change"] == 3
    assert Photo.objects.get(pk=one.pk).credit == "AP"
    photos.change(stale, {"caption": "New words."}, None, seen=stale.version)
    answer = batch(client, [one, two, stale], step="do", **change)
    assert [row.done for row in answer.context["rows"]] == [True, True, False]
    assert "Changed since it was chosen" in page_text(answer)
    after = Photo.objects.get(pk=one.pk)
    assert (after.credit, after.photographer, after.people) == ("Reuters", "", ["Omar Aziz", "Lina Haddad"])
    assert Photo.objects.get(pk=stale.pk).credit == "Newsroom"
    assert [len(Event.objects.about(photo).filter(action="picture_changed")) for photo in (one, two)] == [1, 1]
    assert one.revisions.first().reason == "The agency wrote"


@pytest.mark.parametrize(
    "data, words",
    [
        ({}, "Fill in what is to be changed."),
        ({"credit": "AFP", "empty": ["credit"]}, "cannot be filled in and emptied"),
        ({"usable_until": "soon"}, "Give a day and a time"),
        ({"cost_class": "dear"}, "Select a valid choice"),
    ],
)
def test_a_batch_that_says_nothing_sensible_changes_nothing(client, photo_editor, data, words):
    photo = make_photo(renditions=False)
    answer = batch(client, [photo], step="do", **data)
    assert answer.status_code == 422
    assert words in page_text(answer)
    assert Photo.objects.get(pk=photo.pk).version == photo.version


# --- files in --------------------------------------------------------------------------------------------------------


def test_each_file_has_an_outcome_of_its_own(client, photo_editor):
    assert 'data-outcome="new"' in page_text(take(client, drawn(1)))
    first = Photo.objects.get()
    assert first.created_by == photo_editor
    again = page_text(take(client, drawn(1), "b.jpg"))
    assert 'data-outcome="same"' in again
    assert f'data-photo="{first.public_id}"' in again
    refused = take(client, b"<svg onload=alert(1)>", "b.jpg")
    assert refused.status_code == 422
    assert "or it is damaged" in page_text(refused)
    assert Photo.objects.count() == 1


def test_a_file_that_looks_like_a_picture_is_kept_only_where_its_sender_says_so(client, photo_editor):
    take(client, drawn(1))
    first = Photo.objects.get()
    smaller = drawn(1, size=(600, 400), quality=60)
    asked = page_text(take(client, smaller))
    assert 'data-outcome="alike"' in asked
    assert f'data-decide="use:{first.public_id}"' in asked
    assert Photo.objects.count() == 1
    assert 'data-outcome="new"' in page_text(take(client, smaller, decision="keep"))
    assert Photo.objects.count() == 2


def test_a_file_takes_the_place_of_another_and_the_words_stay(client, photo_editor):
    take(client, drawn(1))
    photo = Photo.objects.get()
    photos.change(photo, {"caption": "My words."}, photo_editor, seen=photo.version)
    photo.refresh_from_db()
    smaller = drawn(1, size=(600, 400), quality=60)
    stale = take(client, smaller, decision=f"replace:{photo.public_id}:{photo.version - 1}")
    assert "Nothing was replaced" in page_text(stale)
    done = take(client, smaller, decision=f"replace:{photo.public_id}:{photo.version}")
    assert 'data-outcome="replaced"' in page_text(done)
    after = Photo.objects.get()
    assert (after.caption, after.width) == ("My words.", 600)


def test_without_a_script_several_files_are_sent_at_once_and_lead_to_the_sheet(client, photo_editor):
    files = [file_of(drawn(1)), file_of(b"x", "bad.jpg"), file_of(drawn(1, size=(600, 400)), "small.jpg")]
    answer = client.post(url("photo_add"), {"files": files}, follow=True)
    page = page_text(answer)
    assert "a.jpg was taken in." in page
    assert "bad.jpg: This is not a" in page
    assert "small.jpg was not kept: it looks like" in page
    assert answer.redirect_chain[0][0].startswith(url("photo_sheet"))


def test_a_reporter_may_add_pictures_and_replace_none(client, desk):
    client.force_login(make_staff("Reporter", desks=[desk]))
    take(client, drawn(1))
    photo = Photo.objects.get()
    again = drawn(1, size=(600, 400))
    assert "Replace its file" not in page_text(take(client, again))
    assert take(client, again, decision=f"replace:{photo.public_id}:{photo.version}").status_code == 403


def test_the_sheet_saves_each_picture_and_shows_both_texts_where_somebody_else_wrote(client, photo_editor):
    one, two = make_kept(caption="One."), make_kept(caption="Two.")
    address = f"{url('photo_sheet')}?photo={one.public_id}&photo={two.public_id}"
    data = sheet_data(client.get(address))
    photos.change(two, {"caption": "Two by Rana."}, make_user(), seen=two.version)
    data[f"{one.public_id}-caption"] = "One, said better."
    data[f"{two.public_id}-caption"] = "Two, said better."
    answer = client.post(url("photo_sheet"), data)
    assert answer.status_code == 409
    page = page_text(answer)
    assert "Two, said better." in page
    assert "Two by Rana." in page
    assert Photo.objects.get(pk=one.pk).caption == "One, said better."
    assert Photo.objects.get(pk=two.pk).caption == "Two by Rana."
    assert client.post(url("photo_sheet"), sheet_data(answer)).status_code == 302
    assert Photo.objects.get(pk=two.pk).caption == "Two, said better."


def sheet_data(answer):
    return form_data(answer, "sheet-form")


# --- one picture -----------------------------------------------------------------------------------------------------


def opened(client, photo):
    return form_data(client.get(url("photo_change", photo.pk)), "photo-form")


def saved(client, photo, data, **changes):
    return client.post(url("photo_change", photo.pk), {**data, **changes})


def test_words_rights_and_framing_are_saved_with_a_version_and_logged(client, photo_editor):
    photo = make_photo(renditions=False)
    changes = {"caption": "A gull.", "focal_x": "0.2", "focal_y": "0.4", "usable_until": "2030-01-01T12:00"}
    changes |= {"keep_x": "0.1", "keep_y": "0.1", "keep_w": "0.5", "keep_h": "0.5", "people": "Lina Haddad\nOmar Aziz"}
    forged = {"sha256": "forged", "width": "1", "metadata": '{"a": 1}'}
    assert saved(client, photo, opened(client, photo), **changes, **forged).status_code == 302
    after = Photo.objects.get(pk=photo.pk)
    assert (after.caption, after.focal_x, after.usable_until.hour) == ("A gull.", 0.2, 10)
    assert (after.keep, after.people) == ([0.1, 0.1, 0.5, 0.5], ["Lina Haddad", "Omar Aziz"])
    assert (after.sha256, after.width, after.metadata) == (photo.sha256, photo.width, photo.metadata)
    assert after.version == photo.version + 1
    event = Event.objects.about(photo).first()
    assert (event.action, event.actor) == ("picture_changed", photo_editor.username)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"focal_x": "2"}, "less than or equal to 1"),
        ({"keep_x": "0.5"}, "all four numbers, or none"),
        ({"keep_x": "0.8", "keep_y": "0", "keep_w": "0.5", "keep_h": "0.5"}, "stands out of the picture"),
        ({"usable_from": "2030-01-02T00:00", "usable_until": "2030-01-01T00:00"}, "end before they begin"),
        ({"territories": ["001"]}, "Only countries can stand here"),
    ],
)
def test_what_is_no_right_and_no_crop_is_an_error_on_the_form(client, photo_editor, changes, words):
    make_region("001")
    photo = make_photo(renditions=False)
    answer = saved(client, photo, opened(client, photo), **changes)
    assert answer.status_code == 422
    assert words in page_text(answer)
    assert Photo.objects.get(pk=photo.pk).version == photo.version


def test_two_people_save_and_what_does_not_overlap_is_both_theirs(client, photo_editor):
    photo = make_kept(caption="Boats.", alt_text="Boats at a quay")
    data = opened(client, photo)
    photos.change(photo, {"alt_text": "Six boats at a quay"}, make_user(), seen=photo.version)
    assert saved(client, photo, data, caption="Six boats.").status_code == 302
    after = Photo.objects.get(pk=photo.pk)
    assert (after.caption, after.alt_text) == ("Six boats.", "Six boats at a quay")


def test_two_people_change_the_same_words_and_neither_is_lost(client, photo_editor):
    photo = make_kept(caption="Boats.")
    data = opened(client, photo)
    photos.change(photo, {"caption": "Seven boats.", "city": "Tyre"}, make_user(), seen=photo.version)
    answer = saved(client, photo, data, caption="Six boats.")
    assert answer.status_code == 409
    page = page_text(answer)
    assert "Seven boats." in page
    again = form_data(answer, "photo-form")
    assert (again["caption"], again["city"]) == (["Six boats."], ["Tyre"])
    assert Photo.objects.get(pk=photo.pk).caption == "Seven boats."
    assert saved(client, photo, again).status_code == 302
    assert Photo.objects.get(pk=photo.pk).caption == "Six boats."


def test_what_the_file_said_is_taken_over_without_a_script(client, photo_editor):
    exif = Image.Exif()
    exif[0x010E] = "The file's own caption."
    take(client, picture_bytes(exif=exif))
    photo = Photo.objects.get()
    assert photo.caption == "The file's own caption."
    photos.change(photo, {"caption": "Mine."}, photo_editor, seen=photo.version)
    data = opened(client, photo)
    answer = saved(client, photo, data, take="caption")
    assert form_data(answer, "photo-form")["caption"] == ["The file's own caption."]
    assert Photo.objects.get().caption == "Mine."


def test_versions_are_compared_and_restored(client, photo_editor):
    photo = make_kept(caption="First words.")
    words = {"caption": "Second words.", "supplier": make_source("Harbour Agency")}
    photos.change(photo, words, photo_editor, seen=photo.version)
    photo.refresh_from_db()
    newest = photo.revisions.first().number
    page = page_text(client.get(url("photo_history", photo.pk), {"from": newest - 1, "to": newest}))
    assert "<del>First</del>" in page
    assert "<ins>Second</ins>" in page
    assert "<ins>Harbour Agency</ins>" in page
    restore = url("photo_restore", photo.pk, newest - 1)
    assert client.post(restore, {"version": photo.version - 1}).status_code == 409
    assert client.post(restore, {"version": photo.version}).status_code == 302
    assert Photo.objects.get(pk=photo.pk).caption == "First words."


@pytest.mark.parametrize("renditions", [True, False])
def test_what_the_desk_shows_was_written_anew(client, photo_editor, renditions):
    photo = make_photo(renditions=renditions)
    for address in (url("photo_thumb", photo.pk), url("photo_wide", photo.public_id)):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert Image.open(io.BytesIO(answer.content)).width <= 1280
        with photo.original.open("rb") as original:
            assert answer.content != original.read()


def test_the_original_is_a_download_for_photo_editors(client, photo_editor, desk):
    photo = make_photo(renditions=False)
    answer = client.get(url("photo_original", photo.pk))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert Event.objects.filter(action="original_downloaded").count() == 1
    client.force_login(make_staff("Reporter", desks=[desk]))
    assert client.get(url("photo_original", photo.pk)).status_code == 403


def test_a_picture_in_use_is_not_deleted_and_says_by_what(client, photo_editor, desk):
    photo = make_photo(renditions=False)
    make_article(desk=desk, headline="Needs it", captions=[{"photo": photo.public_id}])
    page = page_text(client.get(url("photo_delete", photo.pk)))
    assert "Needs it" in page
    client.post(url("photo_delete", photo.pk), {"post": "yes"})
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_another_desks_story_is_not_named_where_its_picture_is_shown(client, photo_editor):
    photo = make_photo(renditions=False)
    captions = [{"photo": photo.public_id, "caption": "Words of theirs."}]
    make_article(desk=make_desk("africa"), headline="Secret of theirs", captions=captions)
    for name in ("photo_change", "photo_delete", "photo_correct"):
        page = page_text(client.get(url(name, photo.pk)))
        assert "Secret of theirs" not in page
        assert "Words of theirs" not in page
    assert "1 not open to you" in page_text(client.get(url("photo_change", photo.pk)))


# --- pictures awaited -------------------------------------------------------------------------------------------------


def test_pictures_awaited_are_those_of_ones_own_desks_or_of_one(client, photo_editor, desk):
    asia = make_desk("asia")
    photo_editor.desks.add(asia)
    make_article(desk=desk, captions=[{"caption": "A quay at dawn."}])
    make_article(desk=asia, captions=[{"caption": "A temple."}])
    make_article(desk=make_desk("africa"), captions=[{"caption": "Not ours."}])
    page = page_text(client.get(url("photo_awaited")))
    assert "A quay at dawn." in page
    assert "Not ours." not in page
    of_one = page_text(client.get(url("photo_awaited"), {"desk": "asia"}))
    assert "A temple." in of_one
    assert "A quay at dawn." not in of_one


def test_pictures_that_may_be_the_awaited_one_are_offered(client, photo_editor, desk):
    named = make_photo(renditions=False, caption="Something else.")
    Photo.objects.filter(pk=named.pk).update(original_name="AFP_4711.JPG")
    like = make_photo(renditions=False, caption="Fishermen mend their nets at the quay at dawn.")
    make_photo(renditions=False, caption="Fishermen elsewhere.")
    awaited = {"caption": "Fishermen mend nets at the quay at dawn.", "awaited_file": "AFP_4711.jpg"}
    article = make_article(desk=desk, captions=[awaited])
    page = client.get(url("photo_fulfil", article.captions.get().pk))
    assert page.context["candidates"] == [named, like]
    assert "A picture of that name is here" in page_text(client.get(url("photo_awaited")))


def test_a_file_fulfils_what_a_story_awaits(client, photo_editor, desk):
    article = make_article(desk=desk, captions=[{"caption": "A quay at dawn.", "credit": "AFP", "credit_raw": "(AFP)"}])
    caption = article.captions.get()
    answer = client.post(url("photo_fulfil", caption.pk), {"file": file_of(drawn(1))})
    assert answer.status_code == 302
    article = fresh(article)
    held = article.revisions.first().content["captions"][0]
    assert held["photo"] == Photo.objects.get().public_id
    assert (held["caption"], held["credit_raw"]) == ("A quay at dawn.", "(AFP)")
    assert (article.version, article.revisions.count()) == (2, 2)
    assert client.get(url("photo_fulfil", caption.pk)).status_code == 404


def test_a_file_that_looks_like_a_picture_here_is_first_asked_about(client, photo_editor, desk):
    take(client, drawn(1))
    article = make_article(desk=desk, captions=[{"caption": "A quay at dawn."}])
    address = url("photo_fulfil", article.captions.get().pk)
    answer = client.post(address, {"file": file_of(drawn(1, size=(600, 400)))})
    assert answer.status_code == 422
    assert "Use this one" in page_text(answer)
    client.post(address, {"photo": Photo.objects.get().public_id})
    assert article.captions.get().photo == Photo.objects.get()


def test_a_picture_that_is_there_fulfils_what_a_story_awaits(client, photo_editor, desk):
    photo = make_photo(renditions=False)
    article = make_article(desk=desk, captions=[{"caption": "A quay at dawn."}])
    address = url("photo_fulfil", article.captions.get().pk)
    assert client.post(address, {}).status_code == 422
    client.post(address, {"photo": photo.public_id})
    assert article.captions.get().photo == photo


def test_a_reporter_takes_no_picture_to_another_desks_story(client):
    client.force_login(make_user(group="Reporter", permissions="change_photocaption", desks=[make_desk("asia")]))
    article = make_article(desk=make_desk("africa"), captions=[{"caption": "A quay at dawn."}])
    assert client.get(url("photo_fulfil", article.captions.get().pk)).status_code == 404


# --- a crop of a story's own -----------------------------------------------------------------------------------------


def test_a_story_crops_a_picture_in_its_own_way_and_lets_go_of_it_again(client, desk):
    writer = make_staff("Reporter", desks=[desk])
    client.force_login(writer)
    photo = make_photo(renditions=False)
    article = make_article(desk=desk, by=writer, captions=[{"photo": photo.public_id}])
    address = url("article_change", article.pk)
    data = form_data(client.get(address))
    assert client.post(address, {**data, "captions-0-focal_x": "0.2", "captions-0-focal_y": "0.3"}).status_code == 302
    held = fresh(article).revisions.first().content["captions"][0]
    assert held["framing"] == {"focus": [0.2, 0.3], "keep": None}
    data = form_data(client.get(address))
    assert data["captions-0-focal_x"] == ["0.2"]
    client.post(address, {**data, "captions-0-focal_x": "", "captions-0-focal_y": ""})
    assert "framing" not in fresh(article).revisions.first().content["captions"][0]
