"""Lists of stories, and the front page."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from articles import front
from articles.readers import addresses, places

from .factories import (
    make_author,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)
from .test_readers_pages import address_of, many_more

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


def test_a_story_is_on_the_pages_of_all_that_it_is_about(client, publisher):
    asia = make_region("142", name="Asia", kind="continent")
    syria = make_region("SY", name="Syria", parent=asia)
    author, source = make_author(slug="lina"), make_source(slug="observatory")
    article = make_released(
        publisher=publisher,
        headline="Harbour opens",
        regions=[syria],
        topics=[make_topic("Ships")],
        bylines=[{"author": author.code, "text": ""}],
        citations=[{"source": source.code}],
    )
    day = timezone.localdate()
    for path in (
        *("/", "/regions/asia/", "/regions/asia/syria/", "/regions/world/", "/topics/ships/"),
        *("/sources/observatory/", "/authors/lina/", addresses.day("en", day), "/search/?q=harbour"),
    ):
        assert address_of(article) in client.get(path).text, path
    assert "Asia" in client.get("/regions/").text
    assert "Ships" in client.get("/topics/").text
    assert "Harbour Observatory" in client.get("/sources/").text
    assert addresses.month("en", day) in client.get("/archive/").text
    assert addresses.day("en", day) in client.get(addresses.month("en", day)).text


def test_a_place_without_stories_says_so(client):
    make_region("142", name="Asia", kind="continent")
    page = client.get("/regions/asia/")
    assert page.status_code == 200
    assert "No stories yet." in page.text
    assert "noindex" in page["X-Robots-Tag"]


def test_a_region_names_the_places_within_that_have_stories(client, publisher):
    asia = make_region("142", name="Asia", kind="continent")
    make_released(publisher=publisher, regions=[make_region("SY", name="Syria", parent=asia)])
    make_region("JP", name="Japan", parent=asia)
    page = client.get("/regions/asia/").text
    assert "/regions/asia/syria/" in page
    assert "/regions/asia/japan/" not in page


def test_one_reads_a_list_down_to_its_end_and_up_again(client, publisher):
    article = make_released(publisher=publisher, headline="Newest", topics=[make_topic("Ships")])
    expected = [article.public_id, *(release.public_id for release in many_more(article, 70))]
    seen, path = [], "/topics/ships/"
    paths = []
    while path:
        page = client.get(path).text
        paths.append(path)
        seen += re.findall(r'card-head" dir="auto"><a href="/stories/(\w+)/', page)
        older = re.search(r'class="pages-older" rel="next" href="([^"]+)"', page)
        path = older and older[1]
    assert seen == expected
    newer = re.search(r'class="pages-newer" rel="prev" href="([^"]+)"', client.get(paths[2]).text)[1]
    up = client.get(newer).text
    assert re.findall(r'card-head" dir="auto"><a href="/stories/(\w+)/', up) == expected[24:48]
    top = client.get(re.search(r'class="pages-newer" rel="prev" href="([^"]+)"', up)[1])
    assert (top.status_code, top.get("Location")) == (302, "/topics/ships/")


@pytest.mark.parametrize(
    "cursor",
    [
        *("x", "", "0", "-1", "../..", "' OR 1=1 --", "20261122T190000000000Z", "20261122T190000000000Z-"),
        *("20261322T190000000000Z-bcdfghjkmn", "99991231T235959999999Z-bcdfghjkmn", "20261122T190000000000Z-<b>"),
        *(
            "00010101T000000000000Z-bcdfghjkmn",
            "20261122T190000000000Z-" + "b" * 400,
            "\x00",
            "٢٠٢٦١١٢٢T190000000000Z-b",
        ),
    ],
)
def test_a_broken_cursor_is_not_found_and_breaks_nothing(client, cursor):
    make_region("142", name="Asia", kind="continent")
    for name in ("before", "after"):
        assert client.get("/regions/asia/", {name: cursor}).status_code == 404


def test_a_cursor_may_name_a_story_that_never_was(client, publisher):
    make_released(publisher=publisher, topics=[make_topic("Ships")])
    page = client.get("/topics/ships/?before=29000101T000000000000Z-zzzzzzzzzz")
    assert page.status_code == 200
    assert "Harbour opens" in page.text


def test_an_author_without_a_story_in_force_is_not_found(client, publisher):
    author = make_author(slug="lina")
    assert client.get("/authors/lina/").content == client.get("/authors/nobody/").content
    at = timezone.now() + timedelta(hours=1)
    make_released(publisher=publisher, bylines=[{"author": author.code, "text": ""}], at=at)
    assert client.get("/authors/lina/").status_code == 404
    assert client.get("/authors/lina/rss.xml").status_code == 404


def test_a_topic_that_the_desk_made_up_is_there_only_with_a_story(client, publisher):
    topic = make_topic("Secret raid")
    reference = make_topic("Conflict", code="medtop:16000000")
    assert client.get(f"/topics/{topic.slug}/").status_code == 404
    assert client.get(f"/topics/{reference.slug}/").status_code == 200
    make_released(publisher=publisher, topics=[topic])
    assert client.get(f"/topics/{topic.slug}/").status_code == 200
    assert client.get(f"/ar/topics/{topic.slug}/").status_code == 200


def test_the_most_urgent_story_of_the_day_leads_the_front_page(client, publisher):
    make_released(publisher=publisher, headline="Urgent", urgency=1)
    make_released(publisher=publisher, headline="Later and lesser", urgency=5)
    page = client.get("/").text
    assert page.index(">Urgent<") < page.index(">Later and lesser<")


def test_a_breaking_story_is_in_the_banner_while_it_is_that(client, publisher, time_machine):
    time_machine.move_to(timezone.now())
    make_released(publisher=publisher, headline="Ship aground", breaking=True)
    assert 'class="breaking"' in client.get("/").text
    time_machine.shift(timedelta(hours=7))
    assert 'class="breaking"' not in client.get("/").text


def test_the_sections_that_every_page_names_are_in_the_fixtures():
    def paths(name, field):
        fixture = json.loads((Path(settings.BASE_DIR) / "fixtures" / name).read_text("utf-8"))
        return {(row["fields"]["code"], row["fields"][field]) for row in fixture}

    regions, topics = paths("regions.json", "path"), paths("topics.json", "slug")
    assert {path for _, path in places.NAV_REGIONS} <= {path for _, path in regions}
    assert {slug for _, slug in places.NAV_TOPICS} <= {slug for _, slug in topics}
    assert tuple(places.STRIPS) == front.STRIPS
    for place, (_, kind, path) in places.STRIPS.items():
        assert (place.split(":", 1)[1], path) in (regions if kind == "region" else topics)
