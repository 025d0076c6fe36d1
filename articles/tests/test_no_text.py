"""Characters that stand in no text: no address of the desk breaks on one, and nothing that was typed is lost for it."""

from dataclasses import replace

import pytest
from django.test import Client

from .desk import form_data, load_groups, make_staff, url
from .factories import fresh, make_article, make_desk
from .test_permissions import ADDRESSES, sent, where, world_of

pytestmark = pytest.mark.django_db

NUL = "\0"
FIELDS = (
    *("q", "term", "kind", "ids", "kinds", "desk", "sort", "columns", "region", "before", "draft", "next", "user"),
    *("username", "password", "name", "query", "story", "which", "reason", "note", "text", "slot", "place", "seen"),
    *("version", "headline", "regions", "topics", "public_id", "language", "at", "target", "move", "act", "do", "to"),
    *("from", "id", "window", "keeping-window", "keeping-key", "keeping-mark", "captions-0-photo", "title", "code"),
    *("token", "for_whom", "passage", "field", "about", "people", "mentions", "assignee", "article", "due_at"),
    *("slug", "path", "parent", "alias", "aliases", "photo", "until", "format", "identity", "described_as", "e", "p"),
)


@pytest.fixture
def world(client):
    world = world_of("own")
    # Somebody whom no permission keeps from the code behind it.
    user = make_staff("Publisher", desks=[make_desk("world")])
    user.groups.set(load_groups().values())
    client.force_login(user)
    client.raise_request_exception = False
    return world


def test_an_address_with_a_nul_is_refused_everywhere(client, world):
    for name, address in ADDRESSES.items():
        assert client.get(where(name, address, world), {"q": f"har{NUL}bour"}).status_code == 400, name
    assert client.get(url("article_changelist"), {NUL: "x"}).status_code == 400


def test_no_address_breaks_on_a_nul_in_what_is_sent(client, world):
    words = dict.fromkeys(FIELDS, f"har{NUL}bour")
    broken = []
    for name, address in ADDRESSES.items():
        # What else it wants, it gets, so that the code behind the first check is reached.
        answer = sent(client, name, replace(address, post={**words, **(address.post or {})}), world, "POST")
        broken += [name] if answer.status_code >= 500 else []
    assert not broken


def test_a_nul_in_a_path_or_a_cookie_is_no_fault(client, world):
    assert client.get("/admin/articles/photo/%00/wide/").status_code in (400, 404)
    browser = Client(headers={"cookie": 'sessionid="aaaaaaaaaaaa\\000"'}, raise_request_exception=False)
    assert browser.get("/admin/").status_code == 400


def test_half_of_a_pair_is_no_text_either(client, world):
    """Django reads a form in whatever encoding its sender names; in this one halves can be written."""
    kind = "multipart/form-data; boundary=b; charset=unicode_escape"
    body = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nHarbour\\ud800\r\n--b--\r\n'
    answer = client.post(url("article_view_save"), body, content_type=kind)
    assert answer.status_code < 500
    odd = {"CONTENT_TYPE": "text/plain; charset=unicode_escape", "QUERY_STRING": r"q=\ud800"}
    answer = client.get(url("article_changelist"), **odd)
    assert answer.status_code == 400


def test_what_was_typed_around_a_nul_is_saved(client, world):
    article = make_article(desk=make_desk("world"))
    data = form_data(client.get(url("article_change", article.pk)))
    client.post(url("article_change", article.pk), {**data, "headline": f"Harbour{NUL} opens again"})
    assert fresh(article).headline == "Harbour opens again"
