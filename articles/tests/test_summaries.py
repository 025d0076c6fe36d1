"""What each place has, counted: what is in force and nothing else, soon after it changes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import releasing, renaming, summaries
from articles.models import Listing, PlaceSummary, Topic

from .factories import fresh, make_author, make_region, make_released, make_source, make_topic, make_user
from .test_readers_pages import many_more

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


@pytest.fixture
def syria():
    return make_region("SY", name="Syria", parent=make_region("142", name="Asia", kind="continent"))


def counted(place, language="en"):
    """What stands at that place after a minute has passed, as a page may say it."""
    summaries.count_what_changed()
    row = PlaceSummary.objects.filter(place=place, language=language).first()
    return row and (row.stories, [tuple(pair) for pair in row.topics], [tuple(pair) for pair in row.sources])


def truly(at=None):
    """The same counts, from every row of the lists."""
    found = {}
    for place, language in Listing.objects.showing(at).values_list("place", "language"):
        if not place.startswith(("day:", "corrections")):
            found[place, language] = found.get((place, language), 0) + 1
    return found


def all_counted():
    summaries.count_what_changed()
    return {(one.place, one.language): one.stories for one in PlaceSummary.objects.exclude(place="")}


def test_counts_are_those_of_what_is_in_force(publisher, syria, clock):
    ships, repairs = make_topic("Ships"), make_topic("Repairs")
    source = make_source(slug="observatory")
    cited = [{"source": source.code}]
    first = make_released(publisher=publisher, regions=[syria], topics=[ships], citations=cited)
    both = [("SY", (2, [(ships.code, 2), (repairs.code, 1)], [(source.code, 1)]))]
    make_released(publisher=publisher, regions=[syria], topics=[ships, repairs])
    make_released(publisher=publisher, regions=[syria], topics=[ships], language="ar", headline="افتتاح المرفأ")
    for code, expected in both:
        assert counted(f"region:{code}") == expected
    assert counted("region:142")[0] == counted("region:001")[0] == counted("home")[0] == 2
    assert counted("region:SY", "ar")[0] == 1
    # Of a place itself its own name says nothing.
    assert counted(f"topic:{ships.code}")[1] == [(repairs.code, 1)]
    clock.shift(timedelta(hours=1))
    releasing.release(fresh(first), publisher, seen=fresh(first).version, correction="On Monday.")
    assert counted("region:SY")[0] == 2
    assert all_counted() == truly()


def test_a_scheduled_story_is_counted_at_its_time_and_not_before(publisher, syria, clock):
    at = timezone.now() + timedelta(hours=1)
    topic = make_topic("Secret raid")
    article = make_released(publisher=publisher, regions=[syria], topics=[topic], at=at)
    assert counted("region:SY") is None
    assert all_counted() == {}
    clock.move_to(at - timedelta(seconds=1), tick=False)
    assert all_counted() == {}
    clock.move_to(at + timedelta(minutes=1), tick=False)
    assert counted("region:SY")[:2] == (1, [(topic.code, 1)])
    end = at + timedelta(hours=2)
    releasing.expire(fresh(article), publisher, seen=fresh(article).version, at=end)
    assert counted("region:SY")[0] == 1
    clock.move_to(end + timedelta(minutes=1), tick=False)
    assert all_counted() == {}


def test_a_worker_that_slept_for_days_counts_all_that_it_missed(publisher, syria, clock):
    article = make_released(publisher=publisher, regions=[syria])
    assert counted("region:SY")[0] == 1
    for days in (2, 3):
        clock.shift(timedelta(days=days))
        make_released(publisher=publisher, regions=[syria])
    clock.shift(timedelta(days=40))
    assert all_counted() == truly()
    clock.shift(timedelta(days=1))
    # Whatever is old has left the topics of late, though nothing happened there.
    assert counted("region:SY")[:2] == (3, [])
    releasing.retract(fresh(article), publisher, seen=fresh(article).version, note="It was not true.")
    assert counted("region:SY")[0] == 2


def test_a_retraction_is_counted_with_the_task_that_comes_after_it(publisher, syria, clock):
    topic = make_topic("Secret raid")
    article = make_released(publisher=publisher, regions=[syria], topics=[topic])
    make_released(publisher=publisher, regions=[syria], topics=[make_topic("Ships")])
    assert (topic.code, 1) in counted("region:SY")[1]
    clock.shift(timedelta(seconds=5))
    releasing.retract(fresh(article), publisher, seen=fresh(article).version, note="It was not true.")
    from django_tasks_db.models import DBTaskResult

    asked = DBTaskResult.objects.filter(task_path="articles.summaries.recount").get()
    summaries.recount.func(*asked.args_kwargs["args"])
    row = PlaceSummary.objects.get(place="region:SY")
    assert (row.stories, [code for code, _ in row.topics]) == (1, [make_topic("Ships").code])
    assert not PlaceSummary.objects.filter(place=f"topic:{topic.code}").exists()


def test_places_that_moved_or_merged_are_counted_where_they_stand(publisher, syria):
    old, new = make_topic("Boats"), make_topic("Ships")
    make_released(publisher=publisher, regions=[syria], topics=[old])
    make_released(publisher=publisher, regions=[syria], topics=[new])
    levant = make_region("levant", name="Levant", kind="grouping")
    assert counted("region:SY")[1] == sorted([(old.code, 1), (new.code, 1)])
    renaming.merge_topics(old, new, publisher)
    assert counted("region:SY")[1] == [(new.code, 2)]
    levant.members.add(syria)
    for article in {row.article for row in Listing.objects.all()}:
        releasing.relist(article)
    assert counted("region:levant")[0] == 2
    assert all_counted() == truly()


def test_what_it_costs_grows_with_what_changed_and_not_with_the_archive(publisher, syria):
    article = make_released(publisher=publisher, regions=[syria])

    def cost():
        with CaptureQueriesContext(connection) as queries:
            summaries.count_what_changed()
        return len(queries)

    summaries.count_all()
    few = cost()
    many_more(article, 120)
    summaries.count_all()
    assert cost() == few
    assert all_counted() == truly()


def test_pages_say_what_was_counted(client, publisher, syria):
    ships, source, author = make_topic("Ships"), make_source(slug="observatory"), make_author(slug="lina")
    levant = make_region("levant", name="Levant", kind="grouping")
    levant.members.add(syria)
    make_released(
        publisher=publisher,
        regions=[syria],
        topics=[ships, make_topic("Repairs")],
        citations=[{"source": source.code}],
        bylines=[{"author": author.code, "text": ""}],
    )
    for path in ("/regions/asia/syria/", "/regions/", "/topics/", "/sources/"):
        assert client.get(path).status_code == 200  # before anything was counted, too
    summaries.count_what_changed()
    region = client.get("/regions/asia/syria/").text
    assert "1 story" in region
    for address in ("/topics/ships/", "/topics/repairs/", "/sources/observatory/", "/regions/levant/"):
        assert f'href="{address}"' in region.split('<div class="beside">')[1], address
    assert "Syria" in re_within(client.get("/regions/levant/").text)
    for path in ("/topics/ships/", "/sources/observatory/", "/authors/lina/"):
        assert "/topics/repairs/" in client.get(path).text.split('<div class="beside">')[1], path
    # Called by the name that it has now.
    Topic.objects.filter(pk=ships.pk).update(name="Vessels", name_ar="سفن")
    assert "Vessels" in client.get("/regions/asia/syria/").text


def re_within(page):
    return page.split('<nav class="within"')[1].split("</nav>")[0]
