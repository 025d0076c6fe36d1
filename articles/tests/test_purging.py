"""What caches are told to forget: by the keys that answers carry, with the change itself, and at its instant."""

import http.server
import json
import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import front, purge_engines, purging, releasing, renaming
from articles.desk.alarms import alarms
from articles.models import Region
from articles.readers import addresses

from .factories import approve, fresh, make_article, make_region, make_released, make_topic, make_user
from .test_readers_pages import address_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher", permissions="arrange_front change_region")


@pytest.fixture
def story(publisher):
    asia = make_region("142", name="Asia", kind="continent")
    syria = make_region("SY", name="Syria", parent=asia)
    return make_released(publisher=publisher, regions=[syria], topics=[make_topic("Ships")])


@pytest.fixture
def cache(settings):
    """A cache that keeps what it was asked; ``fails`` makes it refuse."""

    class Cache(http.server.BaseHTTPRequestHandler):
        asked, fails = [], False

        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            type(self).asked.append((self.command, self.path, dict(self.headers), body.decode()))
            self.send_response(503 if self.fails else 200)
            self.end_headers()

        do_PURGE = do_POST = answer

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Cache) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Cache.address = f"127.0.0.1:{server.server_port}"
        settings.PURGE = [f"varnish://{Cache.address}"]
        yield Cache
        server.shutdown()


def work(until=None):
    """Do what is asked for by then, as the worker would. Gives how many tasks that were."""
    done = 0
    until = until or timezone.now()
    while due := [one for one in DBTaskResult.objects.filter(status="READY", task_path__startswith="articles.purging")
                  if one.run_after.year == 9999 or one.run_after <= until]:  # fmt: skip
        for one in due:
            one.delete()
            getattr(purging, one.task_path.rpartition(".")[2]).func(*one.args_kwargs["args"])
            done += 1
    return done


def forgotten(cache):
    keys = {key for _, _, headers, _ in cache.asked for key in headers.get("Surrogate-Key", "").split()}
    cache.asked.clear()
    return keys


def keys_of(client, path):
    return set(client.get(path)["Surrogate-Key"].split())


def correct(story, publisher):
    story = fresh(story)
    return releasing.release(story, publisher, seen=story.version, correction="On Monday, not on Sunday.")


def test_a_correction_has_forgotten_what_shows_the_story_and_nothing_else(client, cache, story, publisher, settings):
    other = make_released(publisher=publisher, regions=[make_region("FR", name="France")], topics=[make_topic("Wine")])
    settings.PURGE = [f"varnish://{cache.address}"]
    DBTaskResult.objects.all().delete()
    day = timezone.localdate()
    shown = ["/", "/latest/", "/regions/asia/", "/regions/asia/syria/", "/regions/world/", "/topics/ships/"]
    shown += [addresses.day("en", day), addresses.month("en", day), "/search/?q=harbour", address_of(story)]
    shown += ["/rss.xml", "/topics/ships/rss.xml", "/sitemap.xml", f"/stories/{story.public_id}/", "/corrections/"]
    others = ["/regions/france/", "/topics/wine/", "/topics/wine/atom.xml", "/ar/", "/ar/search/?q=x", "/ar/latest/"]
    before = {path: keys_of(client, path) for path in (*shown, *others)}
    correct(story, publisher)
    assert not cache.asked  # not before the commit, and by the worker alone
    work()
    keys = forgotten(cache)
    assert [path for path in shown if not before[path] & keys] == []
    assert [path for path in others if before[path] & keys] == []
    assert f"story:{other.public_id}" not in keys


def test_what_is_undone_has_nothing_forgotten(cache, story, publisher):
    DBTaskResult.objects.all().delete()
    with transaction.atomic():
        correct(story, publisher)
        transaction.set_rollback(True)
    assert work() == 0


def test_a_scheduled_release_has_things_forgotten_at_its_time_and_no_sooner(cache, publisher, time_machine):
    time_machine.move_to("2026-11-22T10:00:00+00:00", tick=False)
    article = approve(make_article(regions=[make_region()], topics=[make_topic()]), editor=publisher)
    at = timezone.now() + timedelta(hours=2)
    releasing.release(article, publisher, seen=article.version, at=at)
    assert work(at - timedelta(seconds=1)) == 0
    time_machine.move_to(at + timedelta(seconds=2), tick=False)
    assert work() == 1
    assert {f"story:{article.public_id}", "home@en", "region:XA@en", "day:2026-11-22@en"} <= forgotten(cache)


def test_no_answer_tells_of_what_is_to_come(client, story, publisher):
    article = approve(
        make_article(regions=[Region.objects.get(code="SY")], topics=[make_topic("Ships")]), editor=publisher
    )
    releasing.release(article, publisher, seen=article.version, at=timezone.now() + timedelta(hours=1))
    for path in ("/", "/topics/ships/", "/regions/asia/syria/", address_of(story), f"/stories/{article.public_id}/"):
        answer = client.get(path)
        assert article.public_id not in str(answer.headers).replace(f"/stories/{article.public_id}/", ""), path


def test_retraction_expiry_front_and_names_have_things_forgotten(cache, story, publisher):
    work()
    forgotten(cache)
    front.arrange(publisher, "en", [front.Wish("lead", story.public_id)], seen=None)
    work()
    assert forgotten(cache) == {"front@en"}
    assert work(timezone.now() + front.LONGEST + timedelta(minutes=1)) == 1  # when its time on the front is over
    region = Region.objects.get(code="SY")
    region.name = "The Syrian coast"
    forgotten(cache)
    renaming.save_region(region, publisher)
    work()
    assert forgotten(cache) == {"named:region:SY", "home@en", "home@ar"}
    story = fresh(story)
    publisher.user_permissions.add(*publisher.user_permissions.model.objects.filter(codename="retract_article"))
    releasing.retract(story, type(publisher).objects.get(pk=publisher.pk), seen=story.version, note="It was not so.")
    work()
    assert {f"story:{story.public_id}", "region:SY@en", "region:142@en", "home@en", "corrections@en"} <= forgotten(
        cache
    )


def test_an_old_page_of_a_list_goes_with_its_stories(client, cache, story, publisher, monkeypatch):
    from articles.readers import cursors

    monkeypatch.setattr(cursors, "PAGE", 1)
    monkeypatch.setattr(cursors.stretch, "__defaults__", (1,))
    make_released(publisher=publisher, regions=[Region.objects.get(code="SY")], topics=[make_topic("Ships")])
    page = client.get("/topics/ships/").text
    older = "/topics/ships/?before=" + page.partition("?before=")[2].partition('"')[0]
    keys = keys_of(client, older)
    assert f"story:{story.public_id}" in keys
    assert "topic:" not in " ".join(key for key in keys if key.endswith("@en"))
    work()
    forgotten(cache)
    make_released(publisher=publisher, regions=[Region.objects.get(code="SY")], topics=[make_topic("Ships")])
    work()
    assert not keys & forgotten(cache)
    correct(story, publisher)
    work()
    assert keys & forgotten(cache)


def test_a_cache_that_fails_is_asked_again_and_the_desk_is_told(cache, story, publisher, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    work()
    forgotten(cache)
    cache.fails = True
    correct(story, publisher)
    chief = make_user(permissions="view_event")
    for attempt, seconds in enumerate(purging.AGAIN_AFTER[:4], start=1):
        assert work() >= 1
        told = [alarm.message for alarm in alarms(chief) if "to forget" in alarm.message]
        assert bool(told) == (attempt >= purging.WORRYING), attempt
        assert cache.address not in "".join(told) or f"failed {attempt} times" in told[0]
        time_machine.shift(seconds)
    cache.fails = False
    forgotten(cache)
    work()
    assert f"story:{story.public_id}" in forgotten(cache)
    assert not [alarm for alarm in alarms(chief) if "to forget" in alarm.message]


def test_it_is_given_up_in_the_end_and_fails_for_all_to_see(cache):
    cache.fails = True
    with pytest.raises(purge_engines.NotPurged, match="503"):
        purging.purge.func(["home@en"], len(purging.AGAIN_AFTER) + 1)


def test_each_kind_of_cache_is_asked_in_its_own_way(settings, monkeypatch):
    settings.PURGE_TOKEN = "secret"
    sent = []
    monkeypatch.setattr(purge_engines, "_send", sent.append)
    keys = [f"story:{number}" for number in range(40)]
    for address in ("varnish://cache:6081", "http://one.example:80/x", "fastly://abc", "cloudflare://zone"):
        purge_engines.purge(address, keys)
    own, other, fastly, *cloudflare = sent
    assert (own.method, own.server, own.headers["Surrogate-Key"]) == ("PURGE", "http://cache:6081", " ".join(keys))
    assert (other.server, other.path) == ("http://one.example:80", "/x")
    assert (fastly.path, fastly.headers["Fastly-Key"]) == ("/service/abc/purge", "secret")
    assert [len(json.loads(one.body)["tags"]) for one in cloudflare] == [30, 10]
    assert cloudflare[0].path == "/client/v4/zones/zone/purge_cache"


def test_without_caches_nothing_is_asked_for(story, publisher, settings):
    settings.PURGE = []
    DBTaskResult.objects.all().delete()
    correct(story, publisher)
    assert work() == 0
