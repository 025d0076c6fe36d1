"""Others' machines are told of what readers have got, once it is so, and of nothing that is to come."""

import json
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.urls import resolve
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import announcing, fetching, outlets, releasing, tasks
from articles.readers.addresses import FEEDS

from .factories import fresh, make_released, make_topic, make_user

pytestmark = pytest.mark.django_db

SITE, HUB, KEY = "https://news.example.org", "https://hub.example.org/", "0123456789abcdef"


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


@pytest.fixture
def on(settings):
    settings.SITE_URL, settings.WEBSUB_HUB, settings.INDEXNOW_KEY = SITE, HUB, KEY
    return settings


@pytest.fixture
def sent(monkeypatch):
    """What was posted, as (address, body), and what is answered to it: the status codes in ``answers``, then 204."""
    letters, answers = [], []

    def post(address, body, *, headers):
        letters.append((address, body.decode(), headers["Content-Type"]))
        status = answers.pop(0) if answers else 204
        if isinstance(status, Exception):
            raise status
        return fetching.Answer(status, {}, b"", address)

    monkeypatch.setattr(fetching, "post", post)
    return letters, answers


def waiting(path="articles.announcing.tell"):
    return list(DBTaskResult.objects.filter(task_path=path, status="READY").order_by("run_after", "enqueued_at"))


def work(one):
    """Do that task as a worker would."""
    DBTaskResult.objects.filter(pk=one.pk).delete()
    return announcing.tell.func(*one.args_kwargs["args"], **one.args_kwargs["kwargs"])


def told(sent):
    """Do what waits, and give what was posted: the feeds that the hub is told of, and the addresses."""
    letters, _ = sent
    letters.clear()
    for one in waiting():
        work(one)
    feeds = [address for to, body, _ in letters if to == HUB for address in parse_qs(body)["hub.url"]]
    pages = [address for to, body, _ in letters if to != HUB for address in json.loads(body)["urlList"]]
    return feeds, pages


def test_nobody_is_told_unless_the_settings_say_so(publisher, settings):
    make_released(publisher=publisher)
    settings.WEBSUB_HUB = HUB  # but where the site stands is not known
    make_released(publisher=publisher)
    assert waiting() == []


def test_a_release_is_told_with_every_feed_that_lists_it(client, publisher, on, sent):
    article = make_released(publisher=publisher, headline="Harbour opens", topics=[make_topic("Ships")])
    feeds, pages = told(sent)
    assert pages == [f"{SITE}/stories/{article.public_id}/harbour-opens/"]
    for page in ("/", "/latest/", "/regions/land-xa/", "/topics/ships/"):
        for name in FEEDS:
            assert f"{SITE}{page}{name}" in feeds
    assert len(feeds) == len(set(feeds))
    for address in feeds:
        assert resolve(address.removeprefix(SITE)).url_name.endswith("_feed")
        assert article.public_id in client.get(address.removeprefix(SITE)).text
    (hub, engines), _ = sent
    assert parse_qs(hub[1])["hub.mode"] == ["publish"]
    assert hub[2] == "application/x-www-form-urlencoded"
    assert engines[0] == "https://api.indexnow.org/indexnow"
    said = json.loads(engines[1])
    assert (said["host"], said["key"]) == ("news.example.org", KEY)
    key = client.get(said["keyLocation"].removeprefix(SITE))
    assert (key.status_code, key.text.strip(), key["Content-Type"]) == (200, KEY, "text/plain; charset=utf-8")
    assert set(outlets.FEED_FORMATS) == set(FEEDS)


def test_a_correction_and_a_retraction_are_told_and_so_are_lists_that_it_has_left(publisher, on, sent):
    article = make_released(publisher=publisher, headline="Harbour opens", topics=[make_topic("Ships")])
    told(sent)
    releasing.release(article, publisher, seen=article.version, correction="On Monday.")
    assert told(sent)[1] == [f"{SITE}/stories/{article.public_id}/harbour-opens/"]
    releasing.retract(article, publisher, seen=fresh(article).version, note="Wrong.", removed_by_law=True)
    feeds, pages = told(sent)
    assert f"{SITE}/topics/ships/rss.xml" in feeds
    assert pages == [f"{SITE}/stories/{article.public_id}/"]  # what the law had removed is not named


def test_what_is_scheduled_is_told_at_its_time_and_not_before(publisher, on, sent, time_machine):
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    article = make_released(publisher=publisher, headline="Harbour opens", at=now + timedelta(hours=1))
    assert waiting() == []
    assert announcing.tell.func("indexnow", article.public_id, 1) == "nothing to tell"
    (due,) = waiting("articles.tasks.tell_of_release")
    assert due.run_after == now + timedelta(hours=1)
    time_machine.move_to(due.run_after, tick=False)
    assert tasks.tell_of_release.func(*due.args_kwargs["args"])
    feeds, pages = told(sent)
    assert pages == [f"{SITE}/stories/{article.public_id}/harbour-opens/"]
    assert feeds


def test_a_list_that_a_coming_text_will_stand_in_is_not_told(publisher, on, sent):
    article = make_released(publisher=publisher, headline="Harbour opens", topics=[make_topic("Ships")])
    told(sent)
    article.topics.set([make_topic("Ports")])
    feeds = outlets.feeds_of(article)
    assert not any("ports" in address for address in feeds)


def test_who_does_not_answer_is_told_again_later_and_later(publisher, on, sent, time_machine):
    on.INDEXNOW_KEY = ""
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    make_released(publisher=publisher)
    _, answers = sent
    for after in announcing.AGAIN_AFTER:
        answers.append(503 if after != 300 else fetching.Unreachable("The server took too long."))
        (one,) = waiting()
        work(one)
        (again,) = waiting()
        assert again.run_after == timezone.now() + timedelta(seconds=after)
    answers.append(429)
    work(again)
    assert waiting() == []


@pytest.mark.parametrize("answer", [403, 422, fetching.Forbidden("It is a machine inside our own network.")])
def test_who_refuses_for_good_is_not_asked_again(publisher, on, sent, answer):
    on.WEBSUB_HUB = ""
    make_released(publisher=publisher)
    sent[1].append(answer)
    (one,) = waiting()
    work(one)
    assert waiting() == []


def test_a_release_that_another_has_followed_is_not_told(publisher, on, sent):
    article = make_released(publisher=publisher)
    first = waiting()
    releasing.release(article, publisher, seen=article.version, correction="On Monday.")
    assert [work(one) for one in first] == ["nothing to tell", "nothing to tell"]
    assert sent[0] == []


def test_a_machine_inside_our_own_network_is_not_told(publisher, on):
    on.WEBSUB_HUB, on.INDEXNOW_KEY = "http://127.0.0.1:9/hub", ""
    make_released(publisher=publisher)
    (one,) = waiting()
    assert "inside our own network" in work(one)
    assert waiting() == []


# --- what stands for machines at fixed addresses ----------------------------------------------------------------------


def test_no_other_key_is_served(client, settings):
    for name in ("0123456789abcdef", "None", "security", "humans00"):
        assert client.get(f"/{name}.txt").status_code == 404
    settings.INDEXNOW_KEY = KEY
    assert client.get(f"/{KEY}.txt").status_code == 200
    assert client.get(f"/{KEY}x.txt").status_code == 404


def test_whom_to_tell_of_a_weakness(client, settings):
    """RFC 9116: Contact and Expires once, an instant with its zone; where nobody is named, nothing is said."""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = ["mailto:security@example.org", "https://example.org/report"]
    settings.SECURITY_EXPIRES = timezone.now().date().replace(year=2027, month=6, day=30)
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[:3] == [
        "Contact: mailto:security@example.org",
        "Contact: https://example.org/report",
        "Expires: 2027-06-30T00:00:00Z",
    ]
    assert "Preferred-Languages: en, ar" in lines
    assert "Canonical: http://testserver/.well-known/security.txt" in lines


def test_robots_are_led_to_the_sitemaps_and_away_from_searches(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /admin/", "Disallow: /search/", "Disallow: /ar/search/"} <= set(lines)
    assert [line for line in lines if line.startswith("Sitemap")] == [
        "Sitemap: http://testserver/sitemap.xml",
        "Sitemap: http://testserver/sitemaps/news.xml",
    ]
