"""What is typed and not saved is kept for whom it belongs to, and for nobody else; and who is at a story is known."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import keeping, workflow, writing
from articles.desk import saving
from articles.models import Article, Autosave, ConfidentialSource, Presence, Revision

from .desk import form_data, page_text, url
from .factories import fresh, make_article, make_desk, make_photo, make_region, make_source, make_topic, make_user

pytestmark = pytest.mark.django_db
WINDOW = "a1b2c3"


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def rana(desk):
    return make_user("rana", group="Reporter", desks=[desk], first_name="Rana", last_name="Aoun")


@pytest.fixture
def dina(desk):
    return make_user("dina", group="Desk editor", desks=[desk], first_name="Dina", last_name="Saad")


@pytest.fixture
def article(desk):
    return make_article(desk=desk, headline="Harbour opens", body="<p>The harbour opened.</p><p>Boats came.</p>")


def page_of(client, article):
    return client.get(url("article_change", article.pk) if article else url("article_add"))


def said(user, window=WINDOW, **more):
    return {f"keeping-{name}": str(value) for name, value in {"user": user.pk, "window": window, **more}.items()}


def keep(client, user, article, *, window=WINDOW, mark="", key="", again="", **changes):
    """Type that into the page as it stands, and let the page keep it."""
    data = form_data(page_of(client, article)) | {name: [value] for name, value in changes.items()}
    data |= said(user, window, mark=mark, typed="1", key=key, again=again)
    return client.post(url("article_keep", article.pk) if article else url("article_keep_new"), data)


def beat(client, user, article, **more):
    return client.post(url("article_keep", article.pk), said(user, **more))


# --- keeping ------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_once_and_is_no_revision(client, rana, article, clock):
    client.force_login(rana)
    answer = keep(client, rana, article, headline="Harbour opens ag")
    assert answer.json()["kept"]["at"] == "11:00"
    clock.shift(timedelta(seconds=4))
    keep(client, rana, article, headline="Harbour opens again")
    draft = Autosave.objects.get()
    assert (draft.user, draft.article, draft.base) == (rana, article, 1)
    assert draft.form["headline"] == ["Harbour opens again"]
    assert draft.saved_at == timezone.now()
    assert article.revisions.count() == 1
    assert fresh(article).headline == "Harbour opens"
    assert fresh(article).version == article.version


def test_only_fields_of_the_story_are_kept(client, rana, article):
    client.force_login(rana)
    keep(client, rana, article, headline="Harbour\x00", password="hunter2", csrfmiddlewaretoken="x")
    form = Autosave.objects.get().form
    assert form["headline"] == ["Harbour"]
    assert not {"password", "csrfmiddlewaretoken", "keeping-user"} & form.keys()


def test_nobody_sees_the_draft_of_another(client, rana, dina, article):
    client.force_login(rana)
    keep(client, rana, article, headline="Something nobody should read yet")
    administrator = make_user("adam", is_superuser=True)
    for other in (dina, administrator):
        client.force_login(other)
        assert "nobody should read" not in page_text(page_of(client, article))
        assert client.get(url("article_draft", article.pk)).status_code == 204
        assert "nobody should read" not in page_text(client.get(url("article_change", article.pk) + "?draft=1"))
    assert client.get("/admin/articles/autosave/").status_code == 404


def test_a_draft_is_kept_only_by_who_may_edit_the_story(client, rana, dina, article):
    client.force_login(rana)
    data = form_data(page_of(client, article)) | said(rana, typed="1")
    workflow.move(article, "submitted", dina, seen=article.version)
    answer = client.post(url("article_keep", article.pk), data)
    assert answer.status_code == 403
    assert "may not edit this story" in answer.json()["problem"]
    other = make_article(desk=make_desk("africa"))
    assert client.post(url("article_keep", other.pk), data).status_code == 404
    assert not Autosave.objects.exists()


def test_nothing_is_kept_for_somebody_else_who_signed_in_meanwhile(client, rana, dina, article):
    client.force_login(dina)
    answer = keep(client, rana, article, headline="Typed by Rana")
    assert answer.status_code == 409
    assert answer.json() == {"other": "Dina Saad"}
    assert not Autosave.objects.exists()


def test_which_confidential_source_it_rests_on_is_kept_only_by_who_may_know(client, rana, article):
    code = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret").code
    rows = {"citations-TOTAL_FORMS": "1", "citations-0-confidential": code, "citations-0-use": "report"}
    client.force_login(rana)
    keep(client, rana, article, **rows)
    assert "citations-0-confidential" not in Autosave.objects.get().form
    knows = make_user(group="Reporter", desks=[article.desk], permissions="view_confidentialsource")
    client.force_login(knows)
    keep(client, knows, article, **rows)
    assert Autosave.objects.get(user=knows).form["citations-0-confidential"] == [code]
    assert code in page_text(page_of(client, article))


def test_a_source_that_one_may_no_longer_know_is_not_given_back(client, article):
    code = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret").code
    knows = make_user(group="Reporter", desks=[article.desk], permissions="view_confidentialsource")
    rows = {"citations-TOTAL_FORMS": "1", "citations-0-confidential": code, "citations-0-use": "report"}
    client.force_login(knows)
    keep(client, knows, article, headline="New headline", **rows)
    knows.user_permissions.remove(*knows.user_permissions.filter(codename="view_confidentialsource"))
    assert "<ins>headline</ins>" in page_text(page_of(client, article))
    for query in ("", "?draft=1"):
        assert code not in page_text(client.get(url("article_change", article.pk) + query))


def test_another_window_does_not_write_over_a_draft(client, rana, article, clock):
    client.force_login(rana)
    mark = keep(client, rana, article, headline="Typed in one window").json()["kept"]["mark"]
    clock.shift(timedelta(minutes=5))
    answer = keep(client, rana, article, window="other", headline="Typed in another")
    assert answer.json()["waiting"] == "11:00"
    assert Autosave.objects.get().form["headline"] == ["Typed in one window"]
    # Who has taken it into the form goes on with it.
    assert keep(client, rana, article, window="other", mark=mark, headline="Typed on").json()["kept"]
    assert Autosave.objects.get().form["headline"] == ["Typed on"]


def test_a_draft_that_differs_in_nothing_is_in_nobodys_way(client, rana, article):
    client.force_login(rana)
    assert keep(client, rana, article).json()["kept"]  # typed, and taken back again
    assert keep(client, rana, article, window="other", headline="Typed in another").json()["kept"]
    assert Autosave.objects.get().form["headline"] == ["Typed in another"]


def test_a_draft_that_came_after_its_own_save_is_in_nobodys_way(client, rana, article):
    client.force_login(rana)
    data = form_data(page_of(client, article)) | {"headline": ["Saved"]} | said(rana, typed="1")
    client.post(url("article_change", article.pk), data)
    assert client.post(url("article_keep", article.pk), data).json()["kept"] is None  # it was on its way
    assert keep(client, rana, article, window="other", headline="Typed on").json()["kept"]
    assert Autosave.objects.get().form["headline"] == ["Typed on"]


def test_an_answer_that_was_lost_on_the_way_stops_nothing(client, rana, article, clock):
    client.force_login(rana)
    keep(client, rana, article, headline="One")
    clock.shift(timedelta(seconds=5))
    assert keep(client, rana, article, mark="", headline="Two").json()["kept"]


def test_a_save_makes_the_draft_needless_and_only_that_one(client, rana, article):
    client.force_login(rana)
    keep(client, rana, article, headline="Typed here")
    data = form_data(page_of(client, article))
    client.post(url("article_change", article.pk), data | {"headline": ["Saved elsewhere"]} | said(rana, "other"))
    assert Autosave.objects.get().form["headline"] == ["Typed here"]
    data = form_data(page_of(client, article))
    client.post(url("article_change", article.pk), data | {"headline": ["Saved here"]} | said(rana))
    assert fresh(article).headline == "Saved here"
    assert not Autosave.objects.exists()


def test_what_is_sent_after_the_story_was_taken_from_its_writer_is_their_draft(client, rana, dina, article):
    client.force_login(rana)
    data = form_data(page_of(client, article)) | {"standfirst": ["Typed in the last second"]}
    workflow.move(article, "submitted", dina, seen=article.version)
    refused = client.post(url("article_change", article.pk), data)
    assert refused.status_code == 403
    assert "Typed in the last second" in page_text(refused)
    assert "Typed in the last second" in page_text(page_of(client, article))
    assert "Typed in the last second" not in fresh(article).standfirst


def test_what_is_sent_to_a_story_that_went_to_another_desk_is_given_back(client, rana, article):
    client.force_login(rana)
    typed = {
        "standfirst": ["Typed <in> the last second"],
        "body": ["<p>Boats &amp; men.</p><script>alert(1)</script>"],
        "captions-TOTAL_FORMS": ["1"],
        "captions-0-caption": ["A quay."],
    }
    data = form_data(page_of(client, article)) | typed
    Article.objects.filter(pk=article.pk).update(desk=make_desk("africa"), headline="Theirs")
    answer = client.post(url("article_change", article.pk), data)
    assert answer.status_code == 404
    page = page_text(answer)
    for words in ("Typed &lt;in&gt; the last second", '<p dir="auto">Boats &amp; men.</p>', "A quay."):
        assert words in page
    assert "alert(1)" not in page
    assert "Theirs" not in page


def test_a_draft_stays_when_the_save_is_refused(client, rana, dina, article):
    client.force_login(rana)
    keep(client, rana, article, headline="Mine")
    data = form_data(page_of(client, article)) | {"headline": ["Mine"]} | said(rana)
    saving.save(article, {**writing.snapshot(article), "headline": "Theirs"}, dina, seen=article.version)
    answer = client.post(url("article_change", article.pk), data | {"urgency": ["99"]})
    assert answer.status_code == 422
    mark = Autosave.objects.get().saved_at.isoformat()
    assert f'data-mark="{mark}"' in page_text(answer)


@pytest.mark.django_db(transaction=True)
def test_many_typing_at_once_stop_nobody(desk, article):
    people = [make_user(desks=[desk]) for _ in range(6)]

    def type_on(person):
        try:
            for number in range(20):
                form = {"headline": [f"{person.pk} {number}"]}
                keeping.keep(person, form, window=f"of {person.pk}", article=article)
                keeping.be_seen(person, article, writing=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(type_on, people))  # gives back what was raised
    assert {draft.user_id: draft.form["headline"] for draft in Autosave.objects.all()} == {
        person.pk: [f"{person.pk} 19"] for person in people
    }
    assert Presence.objects.count() == len(people)


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_begin_at_once_make_one_draft(desk, rana, article):
    def type_in(window):
        try:
            return keeping.keep(rana, {"headline": [window]}, window=window, article=article)
        except keeping.Waiting as waiting:
            return waiting
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(type_in, "abcdefgh"))
    assert sum(isinstance(end, keeping.Waiting) for end in ends) == 7
    assert Autosave.objects.count() == 1


def test_a_keep_is_cheap(client, rana, article, clock, django_assert_max_num_queries):
    client.force_login(rana)
    data = form_data(page_of(client, article)) | said(rana, typed="1", told=article.version)
    client.post(url("article_keep", article.pk), data)
    clock.shift(timedelta(seconds=20))
    # Four say who asks and what they may: session, user, their permissions and their groups'.
    with django_assert_max_num_queries(4 + 6) as queries:
        assert client.post(url("article_keep", article.pk), data).json()["kept"]
    writes = [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert len(writes) == 2
    clock.shift(timedelta(seconds=5))
    with django_assert_max_num_queries(4 + 4) as queries:
        beat(client, rana, article)
    assert not [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


# --- giving back --------------------------------------------------------------------------------------------------


def test_a_draft_is_offered_beside_the_saved_text(client, rana, article):
    client.force_login(rana)
    keep(client, rana, article, headline="Harbour opens again", body="<p>The harbour opened.</p><p>No boats came.</p>")
    page = page_text(page_of(client, article))
    assert "You did not save what you typed" in page
    assert "Harbour opens<ins> again</ins>" in page
    assert "<del>Boats</del><ins>No boats</ins> came." in page
    assert 'value="Harbour opens again"' not in page
    assert form_data(page_of(client, article))["headline"] == ["Harbour opens"]


def test_a_draft_taken_into_the_form_is_there_as_it_was_typed(client, rana, article):
    region, topic, source, photo = make_region("LB", name="Lebanon"), make_topic(), make_source(), make_photo()
    client.force_login(rana)
    typed = {
        "headline": "Harbour opens ag",
        "body": "<p>Half a sen</p>",
        "regions": region.code,
        "topics": topic.code,
        "embargo_until": "2099-03-02T14:00",
        "captions-TOTAL_FORMS": "3",
        "captions-0-photo": photo.public_id,
        "captions-0-ORDER": "2",
        "captions-1-caption": "Boats.",
        "captions-1-ORDER": "1",
        "captions-2-caption": "Taken out.",
        "captions-2-DELETE": "on",
        "citations-TOTAL_FORMS": "1",
        "citations-0-source": source.code,
        "citations-0-use": "quote",
        "bylines-TOTAL_FORMS": "1",
        "bylines-0-text": "Agencies",
    }
    keep(client, rana, article, **typed)
    answer = client.get(url("article_change", article.pk) + "?draft=1")
    form = form_data(answer)
    wanted = {name: [value] for name, value in typed.items() if not name.startswith("captions")}
    assert {name: form[name] for name in wanted} == wanted
    assert [form[f"captions-{row}-caption"] for row in (0, 1)] == [["Boats."], [""]]
    assert form["captions-1-photo"] == [photo.public_id]
    assert form["captions-TOTAL_FORMS"] == ["2"]
    assert "is in the form below. It is not saved yet" in page_text(answer)
    assert fresh(article).headline == "Harbour opens"


def test_a_half_typed_form_comes_back_where_a_save_would_be_refused(client, rana, article):
    client.force_login(rana)
    keep(client, rana, article, headline="", embargo_until="2099-03", urgency="x", **{"captions-TOTAL_FORMS": "²"})
    answer = client.get(url("article_change", article.pk) + "?draft=1")
    assert form_data(answer)["headline"] == [""]
    assert form_data(answer)["urgency"] == ["4"]
    assert "errorlist" not in page_text(answer)


def test_a_draft_answers_to_the_version_that_it_began_from(client, rana, dina, article):
    client.force_login(rana)
    keep(client, rana, article, headline="Mine")
    body = "<p>The harbour opened.</p><p>Boats came in.</p>"
    saving.save(article, {**writing.snapshot(article), "body": body}, dina, seen=article.version)
    page = page_text(page_of(client, article))
    assert "Dina Saad saved revision 2" in page
    assert "one paragraph" in page
    assert "<ins>in.</ins>" not in page  # hers is not shown as if it were typed
    form = form_data(client.get(url("article_change", article.pk) + "?draft=1"))
    assert (form["version"], form["revision"]) == (["1"], ["1"])
    assert form["headline"] == ["Mine"]


def test_a_draft_is_thrown_away_when_its_writer_says_so(client, rana, article, clock):
    client.force_login(rana)
    mark = keep(client, rana, article, headline="Mine").json()["kept"]["mark"]
    clock.shift(timedelta(seconds=5))
    newer = keep(client, rana, article, headline="Mine, typed on").json()["kept"]["mark"]
    answer = client.post(url("article_draft", article.pk), said(rana, "", mark=mark), follow=True)
    assert "Nothing was thrown away" in page_text(answer)
    assert Autosave.objects.exists()
    answer = client.post(url("article_draft", article.pk), said(rana, "", mark=newer), follow=True)
    assert "was thrown away" in page_text(answer)
    assert not Autosave.objects.exists()


def test_what_cannot_go_into_the_form_is_still_shown(client, rana, dina, article):
    client.force_login(rana)
    keep(client, rana, article, headline="Typed before it was submitted")
    workflow.move(article, "submitted", dina, seen=article.version)
    page = page_text(page_of(client, article))
    assert "Typed before it was submitted" in page.replace("<ins>", "").replace("</ins>", "")
    assert "You may not edit the story as it stands" in page
    assert "Take it into the form" not in page


def test_what_was_saved_already_is_not_offered(client, rana, dina, article):
    client.force_login(rana)
    data = form_data(page_of(client, article)) | {"headline": ["Saved"]}
    client.post(url("article_change", article.pk), data | said(rana))
    # The browser had sent the same once more, and it came in after the save.
    answer = client.post(url("article_keep", article.pk), data | said(rana, typed="1"))
    assert answer.json()["kept"] is None
    assert not Autosave.objects.exists()
    saved = fresh(article)
    saving.save(saved, {**writing.snapshot(saved), "standfirst": "Hers"}, dina, seen=saved.version)
    assert "You did not save" not in page_text(page_of(client, article))
    assert client.get(url("article_draft", article.pk)).status_code == 204
    answer = client.post(url("article_keep", article.pk), data | said(rana, typed="1", again="1"))
    assert answer.json()["kept"] is None
    assert not Autosave.objects.exists()


def test_a_new_story_is_kept_before_it_was_ever_saved(client, rana):
    client.force_login(rana)
    keep(client, rana, None, key="k1", headline="Harbour burns")
    keep(client, rana, None, key="k2", window="other", headline="Another")
    page = page_text(page_of(client, None))
    assert "Harbour burns" in page
    assert "Another" in page
    answer = client.get(url("article_add") + "?draft=k1")
    assert form_data(answer)["headline"] == ["Harbour burns"]
    assert 'data-key="k1"' in page_text(answer)
    data = form_data(answer) | said(rana, key="k1")
    assert client.post(url("article_add"), data).status_code == 302
    assert [draft.key for draft in Autosave.objects.all()] == ["k2"]


def test_old_drafts_are_let_go_of(rana, article, clock):
    keeping.keep(rana, {"headline": ["Old"]}, window="a", article=article)
    keeping.be_seen(rana, article, writing=True)
    clock.shift(timedelta(days=40))
    keeping.keep(rana, {"headline": ["New"]}, window="b", key="k")
    assert keeping.forget_old(timezone.now() - timedelta(days=30)) == 1
    assert Autosave.objects.get().key == "k"
    assert not Presence.objects.exists()


# --- who is here --------------------------------------------------------------------------------------------------


def test_each_is_told_who_else_is_here(client, rana, dina, article, clock):
    client.force_login(dina)
    assert beat(client, dina, article, writing="1").json()["here"] == []
    clock.shift(timedelta(seconds=30))
    client.force_login(rana)
    others = beat(client, rana, article).json()["here"]
    assert [(one["name"], one["since"], one["writing"]) for one in others] == [("Dina Saad", "11:00", True)]


def test_a_second_window_of_ones_own_is_no_stranger(client, rana, article):
    client.force_login(rana)
    beat(client, rana, article, window="one")
    assert beat(client, rana, article, window="two").json()["here"] == []
    assert Presence.objects.count() == 1


def test_a_second_window_does_not_hide_what_the_first_has_not_saved(client, rana, dina, article):
    client.force_login(rana)
    client.post(
        url("article_keep", article.pk),
        form_data(page_of(client, article)) | said(rana, "one", typed="1", writing="1"),
    )
    beat(client, rana, article, window="two", writing="")
    assert Presence.objects.get().is_writing
    Autosave.objects.all().delete()
    beat(client, rana, article, window="two", writing="")
    assert not Presence.objects.get().is_writing


def test_who_falls_silent_is_forgotten(client, rana, dina, article, clock):
    client.force_login(dina)
    beat(client, dina, article)
    clock.shift(timedelta(seconds=46))
    client.force_login(rana)
    assert beat(client, rana, article).json()["here"] == []
    assert not Presence.objects.filter(user=dina).exists()
    client.force_login(dina)
    beat(client, dina, article)
    assert Presence.objects.get(user=dina).since == timezone.now()


def test_who_leaves_is_gone_soon_unless_they_come_back(client, rana, dina, article, clock):
    client.force_login(dina)
    beat(client, dina, article)
    since = Presence.objects.get().since
    beat(client, dina, article, leave="1")
    clock.shift(timedelta(seconds=10))
    beat(client, dina, article)  # the page was only turned
    assert Presence.objects.get().since == since
    clock.shift(timedelta(seconds=1))
    beat(client, dina, article, leave="1")
    clock.shift(timedelta(seconds=21))
    client.force_login(rana)
    assert beat(client, rana, article).json()["here"] == []


def test_each_is_told_what_has_been_saved_since(client, rana, dina, article, clock):
    client.force_login(rana)
    assert "news" not in beat(client, rana, article, told=1, revision=1).json()
    content = {**writing.snapshot(article), "headline": "Harbour open", "body": "<p>It opened.</p><p>Boats left.</p>"}
    saving.save(article, content, dina, seen=article.version)
    news = beat(client, rana, article, told=1, revision=1).json()["news"]
    assert news == {"version": 2, "words": "Dina Saad saved revision 2 at 11:00: headline, two paragraphs."}
    assert "news" not in beat(client, rana, article, told=2, revision=1).json()
    assert Revision.objects.count() == 2


def test_each_is_told_that_the_story_was_moved(client, rana, dina, article, clock):
    client.force_login(rana)
    workflow.move(article, "submitted", dina, seen=article.version)
    assert beat(client, rana, article, told=1, revision=1).json()["news"]["words"] == "Dina Saad submitted it at 11:00."


def test_a_paragraph_is_asked_for_and_given_back(client, rana, dina, article):
    client.force_login(dina)
    asked = {"words": "Please leave me  this paragraph.", "passage": "Boats came."}
    assert beat(client, dina, article, note="1", **asked).json()["asked"]["passage"] == "Boats came."
    client.force_login(rana)
    other = beat(client, rana, article).json()["here"][0]
    assert (other["words"], other["passage"]) == ("Please leave me this paragraph.", "Boats came.")
    client.force_login(dina)
    assert beat(client, dina, article).json()["asked"]["words"]  # a heartbeat does not take it back
    beat(client, dina, article, note="1", words="", passage="")
    client.force_login(rana)
    assert beat(client, rana, article).json()["here"][0]["words"] == ""


# --- signing in again ---------------------------------------------------------------------------------------------


def test_the_desk_says_who_is_signed_in(client, rana):
    assert client.get("/admin/sign-in/").json()["user"] is None
    client.force_login(rana)
    answer = client.get("/admin/sign-in/")
    assert answer.json()["user"] == rana.pk
    assert answer.json()["token"]
    assert "no-store" in answer["Cache-Control"]


def sign_in(client, username, expected, **more):
    data = {"username": username, "password": "a long pass phrase", "user": expected.pk}
    return client.post("/admin/sign-in/", data | more)


def test_the_pages_own_person_signs_in_again(client, rana):
    answer = sign_in(client, "rana", rana)
    assert answer.json()["user"] == rana.pk
    assert client.get("/admin/").status_code == 200


def test_nobody_else_signs_in_to_the_page_of_another(client, rana, dina):
    answer = sign_in(client, "dina", rana)
    assert answer.status_code == 409
    assert "Rana Aoun" in answer.json()["problem"]
    assert client.get("/admin/sign-in/").json()["user"] is None


@pytest.mark.parametrize("whose", ["", "x", "9" * 30, "9" * 5000])
def test_a_page_that_names_nobody_takes_nobody(client, rana, whose):
    answer = sign_in(client, "rana", rana, user=whose)
    assert answer.status_code == 409
    assert "somebody else" in answer.json()["problem"]


def test_a_wrong_password_is_said_to_be_wrong(client, rana):
    answer = sign_in(client, "rana", rana, password="wrong")
    assert answer.status_code == 422
    assert "correct username and password" in answer.json()["problem"]
    reader = make_user("reader")
    type(reader).objects.filter(pk=reader.pk).update(is_staff=False)
    assert sign_in(client, "reader", reader).status_code == 422


def test_signing_in_here_takes_a_token_of_the_page(rana):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    data = {"username": "rana", "password": "a long pass phrase", "user": rana.pk}
    assert client.post("/admin/sign-in/", data).status_code == 403
    token = client.get("/admin/sign-in/").json()["token"]
    answer = client.post("/admin/sign-in/", data, headers={"X-CSRFToken": token})
    assert answer.status_code == 200
    assert answer.json()["token"] != token


def test_a_mark_is_a_time(client, rana, article):
    client.force_login(rana)
    mark = keep(client, rana, article, headline="x").json()["kept"]["mark"]
    assert parse_datetime(mark) == Autosave.objects.get().saved_at
    for forged in ("2026-99-99", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-02T09:00:00"):
        assert keep(client, rana, article, window="other", mark=forged, headline="y").json()["waiting"]
