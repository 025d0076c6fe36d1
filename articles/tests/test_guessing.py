"""Guessing passwords: slowed down for who guesses, and for nobody else."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import guessing, housekeeping
from articles.models import SignIn

from .factories import make_user

pytestmark = pytest.mark.django_db

RIGHT = "a long pass phrase"
HERE, THERE = "192.0.2.1", "198.51.100.7"
TOO_MANY = "Too many wrong passwords came from here. Try again at"


@pytest.fixture
def rana(clock):
    return make_user("rana", first_name="Rana")


def sign_in(client, address=HERE, **typed):
    return client.post(reverse("admin:login"), {"username": "rana", "password": "wrong", **typed}, REMOTE_ADDR=address)


def guess(client, times, **kw):
    for _ in range(times):
        answer = sign_in(client, **kw)
    return answer.content.decode()


def test_of_a_thousand_guesses_ten_are_heard(client, rana):
    with patch.object(MD5PasswordHasher, "verify", return_value=False) as looked_at:
        page = guess(client, 100)
    assert looked_at.call_count == 10
    assert "Try again at 11:16 (Beirut time)" in page  # it is 11:00 there
    assert sign_in(client, password=RIGHT).status_code == 200  # a right guess is not told from a wrong one
    assert "_auth_user_id" not in client.session


def test_after_the_wait_it_is_heard_again_and_guesses_meanwhile_lengthen_it_not(client, rana, clock):
    guess(client, 10)
    clock.shift(guessing.WINDOW - timedelta(seconds=1))
    assert TOO_MANY in guess(client, 30)
    clock.shift(timedelta(seconds=1))
    assert sign_in(client, password=RIGHT).status_code == 302


def test_guesses_at_many_accounts_from_one_address_are_counted_together(client, rana):
    for number in range(10):
        sign_in(client, username=f"person{number}")
    assert TOO_MANY in guess(client, 1, username="somebody")
    assert sign_in(client, password=RIGHT).status_code == 200


def test_an_outsider_shuts_nobody_out_but_themselves(client, rana):
    assert TOO_MANY in guess(client, 11, address=THERE)
    assert sign_in(client, password=RIGHT, address=HERE).status_code == 302


def test_a_colleague_who_mistypes_shuts_out_nobody_who_works_there(client, rana):
    make_user("sami")
    for account in ("rana", "sami"):
        assert sign_in(client, username=account, password=RIGHT).status_code == 302
        client.logout()
    assert TOO_MANY in guess(client, 11, username="sami")
    assert sign_in(client, password=RIGHT).status_code == 302
    client.logout()
    make_user("tara")
    assert sign_in(client, username="tara", password=RIGHT).status_code == 302  # nor who comes for the first time


def test_to_get_in_clears_what_was_mistyped_before(client, rana):
    for _ in range(3):
        guess(client, 9)
        assert sign_in(client, password=RIGHT).status_code == 302
        client.logout()


def test_signing_in_within_a_page_is_counted_as_well(client, rana):
    data = {"username": "rana", "password": "wrong", "user": rana.pk}
    for _ in range(10):
        client.post(reverse("admin:sign_in"), data)
    answer = client.post(reverse("admin:sign_in"), {**data, "password": RIGHT})
    assert (answer.status_code, TOO_MANY in answer.json()["problem"]) == (422, True)


@pytest.mark.parametrize("password", ["wrong", RIGHT])
def test_who_is_known_and_who_is_not_cost_the_same(client, rana, password):
    """The same questions to the database, the same work on the password, the same answer; right or wrong alike."""
    make_user("lina", is_active=False)
    costs = set()
    for account in ("rana" if password == "wrong" else "lina", "nobody", "lina"):
        with (
            CaptureQueriesContext(connection) as queries,
            patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as worked,
        ):
            page = sign_in(client, username=account, password=password).content.decode().replace(account, "x")
        costs.add((len(queries), worked.call_count, re.search(r"errornote.*?<form", page, re.DOTALL)[0]))
    assert len(costs) == 1


def test_the_session_is_another_one_after_signing_in(client, rana):
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in(client, password=RIGHT)
    assert client.session.session_key != session.session_key


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        (HERE, HERE),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),  # one person has all of that
        ("::ffff:192.0.2.1", HERE),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_of_an_address_the_network_is_counted(address, counted_as):
    guessing.begin("rana", address)
    assert SignIn.objects.get().address == counted_as


def test_what_was_typed_as_a_name_is_nowhere_kept(client, rana):
    sign_in(client, username="my secret password")
    assert "secret" not in SignIn.objects.get().account


def test_what_is_old_is_forgotten(client, rana, clock):
    guess(client, 3)
    sign_in(client, password=RIGHT)
    guess(client, 3, address=THERE)
    clock.shift(timedelta(hours=1))
    assert housekeeping.do_what_is_due() == []
    assert SignIn.objects.get().got_in
    guessing.forget_old(timezone.now() + guessing.REMEMBERED)
    assert not SignIn.objects.exists()
