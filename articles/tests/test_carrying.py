"""A story sent after its writer was signed out, without a script: carried through the door, to nobody else's eyes."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from articles import keeping
from articles.models import Article, Autosave, Revision

from .desk import form_data, make_staff, page_text, url
from .factories import fresh, make_article, make_desk

pytestmark = pytest.mark.django_db

RIGHT = "a long pass phrase"
HOSTILE = '"><script>alert(1)</script>'
TYPED = {"headline": f"Harbour opens {HOSTILE}", "body": "<p>Typed in the dark.</p>\r\n<p>Twice.</p>"}


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def rana(desk):
    return make_staff("Reporter", username="rana", first_name="Rana", desks=[desk])


@pytest.fixture
def sami(desk):
    return make_staff("Reporter", username="sami", first_name="Sami", desks=[desk])


@pytest.fixture
def article(desk, rana):
    return make_article(desk=desk, by=rana)


def send(client, address, **typed):
    """The story's form sent from a page of who is signed in, whose session has ended meanwhile. Gives the door."""
    data = {**form_data(client.get(address)), **TYPED, **typed}
    client.logout()
    return client.post(address, data)


def sign_in(client, door, username="rana", password=RIGHT, **more):
    data = form_data(door, "login-form")
    return client.post(reverse("admin:login"), {**data, "username": username, "password": password, **more})


def test_a_save_after_the_session_ended_is_the_writer_s_unsaved_draft_and_offered(client, rana, article):
    client.force_login(rana)
    door = send(client, url("article_change", article.pk))
    assert door.status_code == 403
    page = page_text(door)
    assert "What you typed is still here" in page
    assert HOSTILE not in page
    assert "no-store" in door["Cache-Control"]
    assert not Autosave.objects.exists()  # nobody has signed in yet
    answer = sign_in(client, door)
    assert answer.url == url("article_change", article.pk)
    offered = page_text(client.get(answer.url))
    assert "it is not saved" in offered
    assert "Typed in the dark." in offered
    taken = form_data(client.get(f"{answer.url}?draft=1"))
    assert taken["headline"] == [f"Harbour opens {HOSTILE}"]
    assert "Twice." in taken["body"][0]
    client.post(answer.url, taken)
    assert fresh(article).headline == f"Harbour opens {HOSTILE}"


def test_a_wrong_password_loses_nothing(client, rana, article):
    client.force_login(rana)
    door = send(client, url("article_change", article.pk))
    for _ in range(2):
        door = sign_in(client, door, password="wrong")
        assert door.status_code == 200
    sign_in(client, door)
    assert "Typed in the dark." in Autosave.objects.get(user=rana).form["body"][0]


def test_a_new_story_is_carried_as_well(client, rana):
    client.force_login(rana)
    answer = sign_in(client, send(client, url("article_add")))
    assert answer.url == url("article_add")
    assert "Typed in the dark." in page_text(client.get(answer.url))
    assert not Article.objects.exists()


def test_nobody_but_who_typed_it_can_go_on_with_it(client, rana, sami, article):
    client.force_login(rana)
    door = send(client, url("article_change", article.pk))
    refused = sign_in(client, door, username="sami")
    assert "What is typed on this page is Rana’s" in page_text(refused)
    assert "_auth_user_id" not in client.session
    assert not Autosave.objects.exists()
    # Nor by the address where one who is signed in keeps what an old page sent.
    client.force_login(sami)
    carried = form_data(door, "login-form")["carried"]
    client.post(reverse("admin:drafts"), {"carried": carried})
    assert not Autosave.objects.exists()


@pytest.mark.parametrize(
    "carried", ["", "x", "[]", "{}", '{"form": 1, "user": 1, "article": 1}', '{"form": {"a": 1}}', "[" * 5000]
)
def test_what_cannot_be_read_is_a_plain_sign_in(client, rana, carried):
    answer = client.post(reverse("admin:login"), {"username": "rana", "password": RIGHT, "carried": carried})
    assert (answer.status_code, Autosave.objects.count()) == (302, 0)


def test_only_the_story_s_own_fields_come_through(client, rana, article):
    told = {"form": {"headline": ["Mine"], "password": ["x"], "status": ["approved"]}, "user": rana.pk}
    client.force_login(rana)
    client.post(reverse("admin:drafts"), {"carried": json.dumps({**told, "article": article.pk})})
    assert set(Autosave.objects.get().form) == {"headline", keeping.WINDOW}


def test_a_draft_that_waits_stays_and_the_other_is_offered_beside_it(client, rana, article):
    keeping.keep(rana, {"headline": ["Zanzibar"]}, window="w", base=1, article=article)
    client.force_login(rana)
    answer = sign_in(client, send(client, url("article_change", article.pk)))
    assert answer.url == reverse("admin:drafts")
    for page in (page_text(client.get(answer.url)), page_text(client.get(url("article_change", article.pk)))):
        assert "Zanzibar" in page
        assert "Typed in the dark." in page
    other = Autosave.objects.exclude(key="").get()
    address = url("article_change", article.pk)
    taken = client.get(f"{address}?draft={other.key}")
    assert "Typed in the dark." in form_data(taken)["body"][0]
    client.post(address, {**form_data(taken), "keeping-key": other.key, "keeping-mark": other.saved_at.isoformat()})
    assert [one.key for one in Autosave.objects.all()] == [""]


def test_a_draft_of_a_story_that_moved_away_is_offered_in_words_alone(client, rana, article):
    client.force_login(rana)
    door = send(client, url("article_change", article.pk))
    Article.objects.filter(pk=article.pk).update(desk=make_desk("africa"), headline="Secret of Africa")
    answer = sign_in(client, door)
    page = page_text(client.get(answer.url))
    assert answer.url == reverse("admin:drafts")
    assert "Typed in the dark." in page
    assert "not open to you any more" in page
    assert "Secret of Africa" not in page
    assert url("article_change", article.pk) not in page


def test_drafts_are_their_writer_s_alone_and_can_be_thrown_away_there(client, rana, sami, article):
    keeping.keep(rana, {"headline": ["Of Rana alone"]}, window="w", base=1, article=article)
    draft = Autosave.objects.get()
    sent = {"draft": draft.pk, "mark": draft.saved_at.isoformat()}
    client.force_login(sami)
    assert "Of Rana alone" not in page_text(client.get(reverse("admin:drafts")))
    client.post(reverse("admin:drafts"), sent)
    client.force_login(rana)
    client.post(reverse("admin:drafts"), {**sent, "mark": "2020-01-01T00:00:00Z"})
    assert Autosave.objects.exists()
    client.post(reverse("admin:drafts"), sent)
    assert not Autosave.objects.exists()


def test_other_addresses_are_shut_as_ever(client, article):
    answer = client.post(url("article_move", article.pk), {"headline": "x", "keeping-user": 1})
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))


# --- signed in again in another window: the page's token is an old one ---------------------------------------------


def strict(user=None):
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    return client


def test_a_page_older_than_the_sign_in_is_not_thrown_away(rana, sami, article):
    address = url("article_change", article.pk)
    data = {**form_data(strict(rana).get(address)), **TYPED}
    browser = strict(rana)
    page = browser.post(address, data, headers={"origin": "http://testserver"})
    assert page.status_code == 403
    assert "What you typed is still here" in page_text(page)
    assert HOSTILE not in page_text(page)
    token = browser.cookies["csrftoken"].value
    carried = page.context["carried"].words
    answer = browser.post(reverse("admin:drafts"), {"carried": carried, "csrfmiddlewaretoken": token})
    assert answer.url == address
    assert Autosave.objects.get(user=rana).form["body"] == [TYPED["body"]]
    theirs = page_text(strict(sami).post(address, data, headers={"origin": "http://testserver"}))
    assert "opened by Rana" in theirs
    assert "Typed in the dark." not in theirs


@pytest.mark.parametrize("origin", [{}, {"origin": "http://evil.example"}, {"origin": "null"}])
def test_a_forged_story_gets_no_page_of_ours(rana, article, origin):
    data = {**TYPED, "keeping-user": rana.pk}
    for browser in (strict(rana), strict()):
        answer = browser.post(url("article_change", article.pk), data, headers=origin)
        assert answer.status_code == 403
        assert b"Typed in the dark" not in answer.content
    assert not Autosave.objects.exists()
    assert Revision.objects.count() == 1
