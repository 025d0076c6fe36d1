"""An embargo is no schedule: no way of giving readers a story crosses it, but by its own permission and a reason."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from articles import access, releasing, writing
from articles.desk import saving
from articles.models import Article, Event, Release
from articles.wire import intake

from .factories import approve, fresh, make_article, make_desk, make_region, make_released, make_topic, make_user

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def publisher(clock):
    return make_user("publisher", group="Publisher")


@pytest.fixture
def chief(publisher):
    return make_user("chief", group="Publisher", permissions="override_embargo")


def embargoed(publisher):
    """An approved story that nobody may release before tomorrow."""
    until = timezone.now() + DAY
    article = make_article(regions=[make_region()], topics=[make_topic()], embargo_until=until)
    return approve(article, editor=publisher)


def embargoed_while_live(publisher):
    """A story that readers have in its second text, and that was put under embargo since."""
    article = make_released(publisher=publisher)
    article.headline = "Harbour opens after a year"
    article.save()
    writing.record(article, make_user())
    article = approve(fresh(article), editor=publisher)
    releasing.release(article, publisher, seen=article.version)
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + DAY)
    return fresh(article)


def publish(article, by, **kw):
    return releasing.release(article, by, seen=article.version, **kw)


def schedule(article, by, **kw):
    return releasing.release(article, by, seen=article.version, at=timezone.now() + DAY / 2, **kw)


def correct(article, by, **kw):
    return releasing.release(article, by, seen=article.version, correction="It was Monday.", **kw)


def roll_back(article, by, **kw):
    return releasing.roll_back(article, by, seen=article.version, sequence=1, reason="A mix-up.", **kw)


WAYS = [
    (publish, embargoed, "released"),
    (schedule, embargoed, "scheduled"),
    (correct, embargoed_while_live, "correction"),
    (roll_back, embargoed_while_live, "rolled_back"),
]


@pytest.mark.parametrize(("way", "story", "action"), WAYS, ids=lambda one: getattr(one, "__name__", ""))
def test_no_way_of_releasing_crosses_it(publisher, chief, way, story, action):
    article = story(publisher)
    before = list(Release.objects.values_list("pk", flat=True))
    for by in (publisher, chief):  # whoever may pass over it must say so
        with pytest.raises(releasing.NotReleasable, match="under embargo until 03 March 2026"):
            way(article, by)
    assert list(Release.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(("way", "story", "action"), WAYS, ids=lambda one: getattr(one, "__name__", ""))
def test_each_way_is_open_to_who_may_pass_over_it_with_a_reason(publisher, chief, way, story, action):
    article = story(publisher)
    with pytest.raises(access.NotAllowed):
        way(article, publisher, override=releasing.Override("It is out.", frozenset({"embargo"})))
    with pytest.raises(releasing.NotReleasable, match="say why"):
        way(article, chief, override=releasing.Override(" ", frozenset({"embargo"})))
    way(article, chief, override=releasing.Override("The ministry has published it.", frozenset({"embargo"})))
    event = Event.objects.filter(action=action).latest("id")
    assert (event.actor, event.reason) == ("chief", "The ministry has published it.")
    assert event.data["overrides"] == ["embargo"]


def test_the_instant_at_which_it_ends_is_free(publisher):
    article = embargoed(publisher)
    made = releasing.release(article, publisher, seen=article.version, at=article.embargo_until)
    assert made.live_from == article.embargo_until


def test_an_embargo_that_comes_later_cancels_the_text_and_keeps_the_end(publisher):
    article = make_released(publisher=publisher)
    article.headline = "Harbour opens after a year"
    article.save()
    writing.record(article, make_user())
    article = approve(fresh(article), editor=publisher)
    schedule(article, publisher)
    article = fresh(article)
    end = timezone.now() + DAY * 0.75
    releasing.expire(article, publisher, seen=article.version, at=end)
    article = fresh(article)
    content = {**writing.snapshot(article), "embargo_until": (timezone.now() + DAY).isoformat()}
    saving.save(article, content, publisher, seen=article.version)
    assert [one.kind for one in Release.objects.pending()] == ["expiry"]
    assert Release.objects.in_force(article.public_id, end - timedelta(seconds=1)).sequence == 1


def test_taking_a_story_away_is_no_crossing(publisher):
    article = embargoed_while_live(publisher)
    releasing.retract(article, publisher, seen=article.version, note="It came too early.")
    assert Release.objects.in_force(article.public_id).kind == "retraction"


def test_an_import_brings_drafts_and_nothing_to_readers(clock, tmp_path):
    make_desk("world")
    file = tmp_path / "copy.txt"
    file.write_text("EMBARGOED UNTIL 4 MARCH 2026\n\nHarbour opens\n\nBEIRUT (AFP) - The harbour opened on Monday.\n")
    list(intake.import_files([str(file)]))
    assert Article.objects.count() == 1
    assert Article.objects.get().status == "draft"
    assert not Release.objects.exists()


def test_a_fixture_that_crosses_it_is_not_loaded(publisher, tmp_path):
    article = make_released(publisher=publisher)
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + DAY)
    dump = dumped(tmp_path)
    emptied()
    with pytest.raises(CommandError, match="before the embargo ends"):
        call_command("loaddata", dump, stdout=io.StringIO())
    assert not Release.objects.exists()


def test_a_fixture_whose_crossing_was_allowed_is_loaded(publisher, chief, tmp_path):
    article = embargoed_while_live(publisher)
    correct(article, chief, override=releasing.Override("It is out.", frozenset({"embargo"})))
    article = fresh(article)
    releasing.retract(article, publisher, seen=article.version, note="It was wrong after all.")
    dump = dumped(tmp_path)
    emptied()
    call_command("loaddata", dump, stdout=io.StringIO())
    assert Release.objects.in_force(article.public_id).kind == "retraction"


def dumped(folder):
    path = folder / "stories.json"
    models = ("desk", "user", "region", "topic", "article", "revision", "release", "listing")
    call_command(
        "dumpdata",
        *(f"articles.{name}" for name in models),
        natural_foreign=True,
        output=str(path),
        stdout=io.StringIO(),
    )
    assert json.loads(path.read_text())
    return str(path)


def emptied():
    for model in (Release, Article):
        model.objects.all().delete()
