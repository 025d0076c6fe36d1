"""Subscribers: their feeds, and the calls we make to them."""

import base64
import hashlib
import hmac
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import fetching, housekeeping, passing_on, releasing
from articles.fetching import Answer, Unreachable
from articles.models import Article, Delivery, Event, Notice, Release, Subscriber

from .desk import load_groups
from .factories import approve, fresh, make_region, make_released, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://news.example"


@pytest.fixture
def calls(monkeypatch):
    """What subscribers are sent; ``calls.answers`` are what they say to it, 200 where nothing is set."""

    class Calls(list):
        answers: list = []

        def post(self, address, body, *, headers):
            answer = self.answers.pop(0) if self.answers else 200
            self.append((address, body, headers))
            if isinstance(answer, Exception):
                raise answer
            return Answer(answer, {}, b"", address)

    found = Calls()
    found.answers = []
    monkeypatch.setattr(fetching, "post", found.post)
    return found


def make_subscriber(**kw):
    regions, topics = kw.pop("regions", ()), kw.pop("topics", ())
    kw = {"name": "The Evening Quay", "hook": "https://quay.example/hook", **kw}
    subscriber = Subscriber.objects.create(created_at=timezone.now() - timedelta(days=1), **kw)
    subscriber.regions.set(regions)
    subscriber.topics.set(topics)
    return subscriber


def work():
    """Let the worker do what is due now."""
    passing_on.take_up()
    for pk in list(Delivery.objects.due().values_list("pk", flat=True)):
        passing_on.call.func(pk)


@pytest.fixture
def publisher():
    return make_user(group="Publisher")


def change(article, publisher, **fields):
    from articles import writing

    article = fresh(article)
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    writing.new_version(article)
    writing.record(article, publisher)
    article = approve(article)
    releasing.release(article, publisher, seen=article.version)
    return fresh(article)


# --- calls --------------------------------------------------------------------------------------------------------


def test_a_release_is_passed_on_once_and_signed(calls, clock, publisher):
    subscriber = make_subscriber()
    article = make_released(publisher=publisher, headline="Harbour opens")
    work()
    work()
    ((address, body, headers),) = calls
    assert address == "https://quay.example/hook"
    assert json.loads(body)["uri"] == f"https://news.example/stories/{article.public_id}/"
    assert headers["webhook-timestamp"] == str(int(timezone.now().timestamp()))
    key = base64.b64decode(passing_on.secret_of(subscriber).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert Delivery.objects.get().state == "sent"


def test_a_call_that_fails_is_tried_again_under_the_same_id_and_given_up_at_last(calls, clock, publisher):
    make_subscriber()
    make_released(publisher=publisher)
    calls.answers = [Unreachable("The server took too long."), 500, 302, *[503] * 20]
    work()
    assert Delivery.objects.get().answer == "The server took too long."
    work()
    assert len(calls) == 1  # not before its time
    for seconds in passing_on.AGAIN_AFTER:
        clock.shift(seconds + 1)
        work()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("failed", len(passing_on.AGAIN_AFTER) + 1)
    assert len(calls) == delivery.attempts
    assert len({headers["webhook-id"] for _, _, headers in calls}) == 1
    clock.shift(86400)
    work()
    assert len(calls) == delivery.attempts


def test_a_webhook_that_only_fails_is_given_up_with_an_alarm(calls, clock, publisher):
    subscriber = make_subscriber()
    administrator = make_user(permissions="change_user")
    calls.answers = [500] * 50
    make_released(publisher=publisher)
    work()
    clock.shift(passing_on.GIVEN_UP_AFTER.total_seconds() + 1)
    make_released(publisher=publisher)
    work()
    subscriber.refresh_from_db()
    assert subscriber.hook_given_up_at == timezone.now()
    assert Notice.objects.get(recipient=administrator).reason == "alarm"
    assert Event.objects.about(subscriber).filter(action="webhook_given_up").exists()
    count = len(calls)
    make_released(publisher=publisher)
    work()
    assert len(calls) == count


def test_one_that_is_gone_is_given_up_at_once_and_a_success_forgets_failures(calls, clock, publisher):
    subscriber = make_subscriber()
    make_released(publisher=publisher)
    calls.answers = [500, 200, 410]
    work()
    clock.shift(6)
    work()
    subscriber.refresh_from_db()
    assert subscriber.failing_since is None
    make_released(publisher=publisher)
    work()
    subscriber.refresh_from_db()
    assert subscriber.hook_given_up_at is not None


def test_only_what_was_subscribed_to_is_passed_on(calls, clock, publisher):
    land, ports = make_region("XB"), make_topic("Ports")
    make_subscriber(regions=[land], topics=[ports])
    make_released(publisher=publisher, headline="Elsewhere", topics=[ports])
    make_released(publisher=publisher, headline="Of something else", regions=[land])
    make_released(publisher=publisher, headline="Theirs", regions=[land], topics=[ports])
    work()
    assert [json.loads(body)["headlines"][0]["value"] for _, body, _ in calls] == ["Theirs"]


def test_a_retraction_goes_to_who_had_the_story_and_to_nobody_else(calls, clock, publisher):
    land = make_region("XB")
    had, never = make_subscriber(), make_subscriber(name="Inland", hook="https://inland.example/", regions=[land])
    article = make_released(publisher=publisher)
    work()
    had.regions.set([land])  # of what it has since subscribed to, the story is not
    clock.shift(60)
    releasing.retract(article, publisher, seen=article.version, note="It was wrong.")
    work()
    assert [address for address, _, _ in calls] == [had.hook, had.hook]
    held = json.loads(calls[1][1])
    assert (held["pubStatus"], held["edNote"]) == ("canceled", "It was wrong.")
    assert "bodies" not in held
    assert not never.deliveries.exists()


def test_nothing_older_comes_after_something_newer(calls, clock, publisher):
    make_subscriber()
    article = make_released(publisher=publisher, headline="First")
    calls.answers = [500]
    work()
    clock.shift(1)
    releasing.retract(article, publisher, seen=article.version, note="It was wrong.")
    clock.shift(60)
    work()
    assert [json.loads(body)["pubStatus"] for _, body, _ in calls] == ["usable", "canceled"]
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["overtaken", "sent"]


@pytest.mark.parametrize("what", ["confidential", "no_syndication", "killed", "territory"])
def test_what_may_not_go_out_any_more_is_taken_back(calls, clock, publisher, what):
    make_subscriber(country="FR")
    article = make_released(publisher=publisher)
    work()
    release = Release.objects.filter(article=article)
    {
        "confidential": lambda: Article.objects.filter(pk=article.pk).update(confidential=True),
        "no_syndication": lambda: release.update(no_syndication=True),
        "killed": lambda: Article.objects.filter(pk=article.pk).update(wire_standing="canceled"),
        "territory": lambda: release.update(excluded_territories=["FR"]),
    }[what]()
    if what == "territory":
        change(article, publisher, headline="A newer text")
        Release.objects.filter(article=article).update(excluded_territories=["FR"])
    work()
    work()
    assert [json.loads(body)["pubStatus"] for _, body, _ in calls] == ["usable", "canceled"]
    assert "bodies" not in json.loads(calls[1][1])


def test_what_is_scheduled_is_passed_on_when_it_is_live_and_not_before(calls, clock, publisher):
    make_subscriber()
    make_released(publisher=publisher, at=timezone.now() + timedelta(hours=1))
    work()
    assert calls == []
    clock.shift(3601)
    assert not housekeeping.do_what_is_due()
    work()
    assert len(calls) == 1


def test_a_worker_that_died_over_a_call_loses_none(calls, clock, publisher):
    make_subscriber()
    make_released(publisher=publisher)
    passing_on.take_up()
    Delivery.objects.update(attempts=1, next_at=timezone.now() + timedelta(minutes=5))  # counted, and never made
    clock.shift(8 * 60)
    work()
    assert len(calls) == 1


# --- feeds ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def token(publisher):
    return passing_on.new_keys(make_subscriber(hook=""), publisher)[0]


def ask(client, token, query="", **headers):
    answer = client.get(reverse("subscriber_feed", args=[token]) + query, **headers)
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    return answer


def test_a_feed_is_opened_by_its_token_alone(client, token, publisher):
    make_released(publisher=publisher, headline="Harbour opens")
    assert [one["headlines"][0]["value"] for one in ask(client, token).json()] == ["Harbour opens"]
    by_header = client.get(reverse("subscriber_feed_by_header"), headers={"Authorization": f"Bearer {token}"})
    assert by_header.json() == ask(client, token).json()
    assert token not in str(Subscriber.objects.values())
    closed = [ask(client, "x" * 43), client.get(reverse("subscriber_feed_by_header"))]
    Subscriber.objects.update(is_active=False)
    closed.append(ask(client, token))
    assert {(answer.status_code, answer.content) for answer in closed} == {(404, b"There is no such feed.\n")}
    assert client.post(reverse("subscriber_feed", args=[token])).status_code == 405


def test_new_keys_end_the_old_ones(client, token, publisher):
    subscriber = Subscriber.objects.get()
    before = passing_on.secret_of(subscriber)
    again, secret = passing_on.new_keys(subscriber, publisher)
    assert secret != before
    assert ask(client, token).status_code == 404
    assert ask(client, again).status_code == 200


def test_a_feed_gives_what_has_changed_since(client, token, clock, publisher):
    make_released(publisher=publisher, headline="Old")
    gone = make_released(publisher=publisher, headline="Taken back")
    since = f"?since={timezone.now():%Y-%m-%dT%H:%M:%SZ}"
    clock.shift(60)
    releasing.retract(gone, publisher, seen=gone.version, note="It was wrong.")
    make_released(publisher=publisher, headline="New")
    found = {one["headlines"][0]["value"]: one["pubStatus"] for one in ask(client, token, since).json()}
    assert found == {"Taken back": "canceled", "New": "usable"}
    assert ask(client, token, "?since=yesterday").status_code == 400
    assert ask(client, token, "?since=9999-99-99T00:00").status_code == 400


def test_each_form_has_its_feed(client, token, publisher):
    make_released(publisher=publisher, headline="Harbour opens")
    make_released(publisher=publisher, headline="Bakers strike")
    Subscriber.objects.update(format="newsml")
    answer = ask(client, token)
    assert answer["Content-Type"] == "application/vnd.iptc.g2.newsmessage+xml"
    assert answer.content.count(b"<newsItem ") == 2
    Subscriber.objects.update(format="nitf")
    assert len(zipfile.ZipFile(io.BytesIO(ask(client, token).content)).namelist()) == 2


def test_what_terms_keep_from_a_country_is_in_no_feed_there(client, token, publisher):
    article = make_released(publisher=publisher)
    Release.objects.filter(article=article).update(territories=["SY"])
    assert ask(client, token).json() == []
    Subscriber.objects.update(country="SY")
    assert len(ask(client, token).json()) == 1


# --- at the desk -----------------------------------------------------------------------------------------------------


def test_an_administrator_adds_one_and_sees_its_keys_once(client):
    load_groups()
    client.force_login(make_user(permissions="view_subscriber add_subscriber change_subscriber"))
    form = {"name": "The Evening Quay", "format": "nitf", "languages": ["en"], "is_active": "on", "country": "fr"}
    add = reverse("admin:articles_subscriber_add")
    for bad, said in [
        ({"hook": "https://user:pw@quay.example/"}, "A password does not belong"),
        ({"hook": "http://quay.example/"}, "begins with https://"),
        ({"country": "France"}, "two letters"),
    ]:
        answer = client.post(add, form | bad)
        assert said in answer.content.decode() or "at most 2 characters" in answer.content.decode()
    client.post(add, form | {"hook": "https://quay.example/hook"})
    subscriber = Subscriber.objects.get()
    assert (subscriber.country, subscriber.token_hash) == ("FR", None)
    answer = client.post(reverse("admin:articles_subscriber_keys", args=[subscriber.pk]))
    assert "no-store" in answer["Cache-Control"]
    token = answer.context["token"]
    assert token in answer.content.decode()
    subscriber.refresh_from_db()
    assert passing_on.find(token) == subscriber
    page = client.get(reverse("admin:articles_subscriber_change", args=[subscriber.pk])).content.decode()
    assert token not in page
    assert "whsec_" not in page
