"""Lists of stories, and the front page."""

import json
import re
from datetime import UTC, datetime, timedelta
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
        *("/", "/latest/", "/regions/asia/", "/regions/asia/syria/", "/regions/world/", "/topics/ships/"),
        *("/sources/observatory/", "/authors/lina/", addresses.day("en", day), "/search/?q=harbour"),
    ):
        assert address_of(article) in client.get(path).text, path
    assert "Asia" in client.get("/regions/").text
    assert "Ships" in client.get("/topics/").text
    assert "Harbour Observatory" in client.get("/sources/").text
    archive = client.get("/archive/").text
    assert addresses.month("en", day) in archive
    assert addresses.year("en", day.year) in archive
    assert addresses.day("en", day) in client.get(addresses.year("en", day.year)).text
    assert addresses.day("en", day) in client.get(addresses.month("en", day)).text


def test_a_place_without_stories_says_so(client):
    make_region("142", name="Asia", kind="continent")
    page = client.get("/regions/asia/")
    assert page.status_code == 200
    assert "No stories from here yet" in page.text
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
    codes = {kind: {code for code, _ in rows} for kind, rows in (("region", regions), ("topic", topics))}
    assert all(code in codes[kind] for kind, _, code in places.SEARCHED)
    assert tuple(places.STRIPS) == front.STRIPS
    for place, (_, kind, path) in places.STRIPS.items():
        assert (place.split(":", 1)[1], path) in (regions if kind == "region" else topics)


def test_the_archive_leads_from_each_month_and_year_to_the_nearest_that_have_stories(client, publisher):
    for when in ((2024, 12, 31), (2026, 1, 1), (2026, 3, 9)):
        make_released(publisher=publisher, provider_date=datetime(*when, 9, tzinfo=UTC))
    page = client.get("/archive/2026/01/").text
    assert 'class="pages-newer" href="/archive/2026/03/"' in page
    assert 'class="pages-older" href="/archive/2024/12/"' in page
    year = client.get("/archive/2026/").text
    assert 'class="pages-older" href="/archive/2024/"' in year
    assert "/archive/2026/03/09/" in year
    assert "/archive/2026/02/" not in year
    for path in ("/archive/2025/", "/archive/2026/02/", "/archive/0000/", "/archive/9999/"):
        assert client.get(path).status_code == 404, path


def test_a_page_of_a_list_is_known_by_its_place_in_it_and_nothing_else(client, publisher):
    article = make_released(publisher=publisher, topics=[make_topic("Ships")])
    many_more(article, 60)
    older = re.search(r'class="pages-older" rel="next" href="([^"]+)"', client.get("/topics/ships/").text)[1]
    page = client.get(f"{older}&utm_source=x")
    assert f'<link rel="canonical" href="http://testserver{older}">' in page.text
    assert "X-Robots-Tag" not in page.headers
    deeper = re.search(r'class="pages-older" rel="next" href="([^"]+)"', page.text)[1]
    newer = re.search(r'href="([^"]+after=[^"]+)"', client.get(deeper).text)[1]
    assert client.get(newer)["X-Robots-Tag"] == "noindex"


def test_the_latest_stand_by_day_and_time(client, publisher, clock):
    make_released(publisher=publisher, headline="Of Sunday", provider_date=datetime(2026, 3, 1, 20, tzinfo=UTC))
    make_released(publisher=publisher, headline="Of Monday", provider_date=datetime(2026, 3, 1, 23, tzinfo=UTC))
    page = client.get("/latest/").text  # the newsroom's clock is two hours ahead
    order = ["2 March 2026", "01:00", "Of Monday", "1 March 2026", "22:00", "Of Sunday"]
    places = [page.index(words, page.index("<main")) for words in order]
    assert places == sorted(places)
