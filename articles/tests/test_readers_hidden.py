"""Nothing that is not released is visible: not on any public page, feed, sitemap or error, nor by an ETag."""

from datetime import timedelta

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils import timezone

from articles import photos, releasing, summaries, workflow, writing
from articles.models import Listing, Photo, Release
from articles.readers import addresses

from .factories import (
    approve,
    fresh,
    make_article,
    make_author,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"
SLIP = "zzcanrayzz"


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


@pytest.fixture
def stage(publisher):
    """A region, a topic, a source and an author with one story that readers have."""
    asia = make_region("142", name="Asia", kind="continent")
    things = {
        "regions": [make_region("SY", name="Syria", parent=asia)],
        "topics": [make_topic("Ships")],
    }
    author, source = make_author(slug="lina"), make_source(slug="observatory")
    rest = {"bylines": [{"author": author.code, "text": ""}], "citations": [{"source": source.code}]}
    released = make_released(publisher=publisher, headline="Harbour opens", **things, **rest)
    return released, {**things, **rest}


def public_addresses(*stories):
    """Every public address that the stage has, and those of these stories by id, in both editions."""
    at = timezone.now()
    days = [timezone.localdate(at), timezone.localdate(at + timedelta(days=1))]
    paths = []
    for language in ("en", "ar"):
        lists = [
            addresses.home(language),
            addresses.latest(language),
            *(addresses.region(language, path) for path in ("asia", "asia/syria", "world")),
            addresses.topic(language, "ships"),
            addresses.source(language, "observatory"),
            addresses.author(language, "lina"),
            *(addresses.day(language, day) for day in days),
        ]
        paths += lists + [addresses.feed(page, name) for page in lists for name in addresses.FEEDS]
        paths += [f"{page}?before=29000101T000000000000Z-zzzzzzzzzz" for page in lists]
        paths += [index(language) for index in (addresses.regions, addresses.topics, addresses.sources)]
        paths += [addresses.fixed(language, slug) for slug in addresses.FIXED]
        paths += [addresses.programs(language), addresses.corrections(language), addresses.archive(language)]
        paths += [addresses.year(language, day.year) for day in days]
        paths += [addresses.offline(language), addresses.manifest(language)]
        paths += [addresses.month(language, day) for day in days]
        paths += [
            f"{addresses.search(language)}?q={word}"
            for word in (CANARY, f"-{CANARY}", CANARY[:5], SLIP, "harbour", '"opens"', "harbour&region=SY&sort=newest")
        ]
        paths += [addresses.search_feed(language, f"q={word}", "atom.xml") for word in (CANARY, "harbour")]
        paths += [addresses.story(language, story.public_id, slug) for story in stories for slug in ("", "x", CANARY)]
    day = days[0]
    paths += [
        "/sitemap.xml",
        "/robots.txt",
        "/sw.js",
        "/favicon.ico",
        "/nowhere/",
        "/ar/nowhere/",
        "/readyz",
        "/healthz",
    ]
    paths += [f"/sitemaps/pages-{language}.xml" for language in ("en", "ar")]
    paths += [f"/sitemaps/stories-{language}-{day:%Y-%m}.xml" for language in ("en", "ar")]
    paths += [f"/sitemaps/stories-en-{day:%Y-%m-%d}.xml", "/sitemaps/news.xml"]
    paths += ["/.well-known/security.txt", "/0123456789abcdef.txt"]
    api = ["", "openapi.json", "nothing/", "regions/", "topics/", "sources/", "stories/", "stories/?format=ninjs"]
    api += [f"stories/?q={CANARY}", "stories/?q=harbour", "stories/?region=SY&topic=ships", "stories/?author=lina"]
    api += [
        "regions/SY/",
        "topics/ships/",
        "sources/observatory/",
        *(f"stories/{story.public_id}/" for story in stories),
    ]
    paths += [f"/api/v1/{path}" for path in api]
    return paths


def answers(client, paths):
    """What every address answers: status, ETag, and the words without the address itself."""
    found = {}
    for path in paths:
        answer = client.get(path)
        body = answer.getvalue()
        found[path] = (answer.status_code, answer.get("ETag"), answer.get("Location"), body)
    return found


def hidden_story(publisher, things, how):
    """A story with the canary in every field, at some stage before its release."""
    photo = Photo.objects.first() or make_photo(caption=f"{CANARY} caption", alt_text=f"{CANARY} alt", credit=CANARY)
    words = {
        "headline": f"{CANARY} headline",
        "standfirst": f"{CANARY} standfirst",
        "body": f"<p>{CANARY} body</p>",
        "dateline": CANARY,
        "captions": [{"photo": photo.public_id, "caption": f"{CANARY} caption", "credit": CANARY}],
        "citations": [*things["citations"], {"as_printed": CANARY, "use": "quote"}],
    }
    kw = {**things, **words}
    if how == "draft":
        return make_article(**kw)
    if how == "submitted":
        article = make_article(**kw)
        return workflow.move(article, "submitted", publisher, seen=article.version)
    if how == "approved":
        return approve(make_article(**kw), editor=publisher)
    if how == "spiked":
        article = make_article(**kw)
        return workflow.move(article, "spiked", publisher, seen=article.version, reason="No.")
    if how == "canceled":
        article = make_released(publisher=publisher, at=timezone.now() + timedelta(hours=1), **kw)
        releasing.unschedule(article, publisher, seen=article.version)
        return fresh(article)
    return make_released(publisher=publisher, at=timezone.now() + timedelta(hours=1), **kw)


def test_an_unreleased_story_changes_no_public_answer(client, publisher, stage, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    released, things = stage
    shape = make_article(headline="Only to have an id")
    summaries.count_all()
    before = answers(client, public_addresses(released, shape))
    for how in ("draft", "submitted", "approved", "spiked", "canceled", "scheduled"):
        story = hidden_story(publisher, things, how)
        summaries.count_all()
        for path, answer in answers(client, public_addresses(released, story)).items():
            assert answer == before[path.replace(story.public_id, shape.public_id)], (how, path)
            # A search says back what was asked for, which was the same before.
            assert "search" in path or CANARY.encode() not in answer[3], (how, path)
        assert client.get(f"/stories/{story.public_id}/").status_code == 404


def test_an_edit_of_a_live_story_changes_no_public_answer(client, publisher, stage, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    released, _ = stage
    path = addresses.story("en", released.public_id, "harbour-opens")
    before = answers(client, [path, *public_addresses(released)])
    released.headline, released.body = f"{CANARY} headline", f"<p>{CANARY}</p>"
    released.save()
    writing.record(released, publisher)
    article = approve(released)
    assert answers(client, [path, *public_addresses(released)]) == before
    at = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    releasing.release(article, publisher, seen=article.version, at=at)
    assert answers(client, [path, *public_addresses(released)]) == before
    time_machine.move_to(at, tick=False)
    assert CANARY in client.get("/").text


def test_a_scheduled_story_is_there_at_its_time_and_not_before(client, publisher, stage, time_machine):
    _, things = stage
    at = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    story = make_released(publisher=publisher, headline=CANARY, at=at, **things)
    path = addresses.story("en", story.public_id, CANARY)
    time_machine.move_to(at - timedelta(seconds=1), tick=False)
    assert client.get(path).status_code == 404
    assert CANARY not in client.get("/").text
    time_machine.move_to(at, tick=False)
    assert client.get(path).status_code == 200
    for one in ("/", "/regions/asia/syria/", "/topics/ships/", "/authors/lina/", "/rss.xml", "/search/?q=" + CANARY):
        assert path in client.get(one).text, one
    summaries.count_all()
    assert CANARY in client.get(f"/search/?q={SLIP}").text
    assert path.encode() in client.get(f"/sitemaps/stories-en-{timezone.localdate():%Y-%m}.xml").getvalue()


def test_the_lifetime_in_caches_says_nothing_of_what_is_scheduled(client, publisher, stage):
    _, things = stage
    before = client.get("/")["Cache-Control"]
    make_released(publisher=publisher, headline=CANARY, at=timezone.now() + timedelta(seconds=20), **things)
    answer = client.get("/")
    assert answer["Cache-Control"] == before
    assert not answer.has_header("Expires")


def test_the_page_of_a_story_to_come_is_that_of_one_that_never_was(client, publisher, stage, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    _, things = stage
    story = make_released(publisher=publisher, headline=CANARY, at=timezone.now() + timedelta(hours=1), **things)
    to_come, never = client.get(f"/stories/{story.public_id}/x/"), client.get("/stories/zzzzzzzzzz/x/")
    assert to_come.status_code == never.status_code == 404
    assert to_come.content == never.content
    assert to_come.headers == never.headers


def test_related_ids_of_a_story_to_come_are_not_resolved(client, publisher, stage):
    released, things = stage
    story = make_released(publisher=publisher, headline=CANARY, at=timezone.now() + timedelta(hours=1), **things)
    release = Release.objects.in_force(released.public_id)
    # As a document could hold them: the ids alone, which are resolved through what is in force.
    document = {**release.document, "related": [story.public_id], "translations": [story.public_id]}
    Release.objects.filter(pk=release.pk).update(document=document)
    assert CANARY not in client.get(addresses.story("en", released.public_id, release.slug)).text


def test_a_public_page_says_nothing_of_confidential_sources(client, publisher, stage):
    from articles.models import ConfidentialSource

    _, things = stage
    secret = ConfidentialSource.objects.create(described_as=f"{CANARY} an official", identity=f"{CANARY} name")
    story = make_released(
        publisher=publisher, **{**things, "citations": [{"confidential": secret.code, "use": "quote"}]}
    )
    release = Release.objects.in_force(story.public_id)
    page = client.get(addresses.story("en", story.public_id, release.slug))
    assert page.status_code == 200
    assert CANARY not in page.text
    assert secret.code not in page.text


def test_every_address_of_the_readers_package_is_in_the_crawl(stage):
    """A new public address must be added to ``public_addresses`` above; this names the one that was forgotten."""
    from django.urls import resolve

    def names(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if "admin" not in str(pattern.pattern) and "desk" not in str(pattern.urlconf_name):
                    yield from names(pattern.url_patterns)
            elif pattern.callback.__module__.startswith("articles.readers"):
                yield pattern.name

    released, _ = stage
    crawled = {resolve(path.split("?")[0]).url_name for path in public_addresses(released)}
    assert set(names(get_resolver().url_patterns)) - crawled == {"media"}


def test_the_layer_holds_for_listings_of_other_stories(stage):
    # What is crawled above would be empty, and prove nothing, if the stage were not listed.
    released, _ = stage
    places = set(Listing.objects.showing().filter(public_id=released.public_id).values_list("place", flat=True))
    assert {"home", "region:SY", "region:142", "region:001"} <= places
