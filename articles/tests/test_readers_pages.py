"""What readers get at each public address."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils import timezone

from articles import releasing, summaries
from articles.models import Article, FormerPath, Listing, Release
from articles.readers import addresses
from articles.search import index_release

from .factories import (
    fresh,
    make_author,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


def address_of(article):
    release = Release.objects.in_force(article.public_id)
    return addresses.story(release.language, release.public_id, release.slug)


def many_more(article, count):
    """So many stories like that one, each an hour older than the one before; rows alone, for speed."""
    release = Release.objects.in_force(article.public_id)
    listings = list(release.listings.all())
    articles = Article.objects.bulk_create(
        Article(desk=article.desk, headline=f"{article.headline} {number}") for number in range(count)
    )
    releases, rows = [], []
    for number, one in enumerate(articles, start=1):
        at = release.published_at - timedelta(hours=number)
        copy = Release(**{field.attname: getattr(release, field.attname) for field in Release._meta.concrete_fields})
        copy.pk, copy.article_id, copy.public_id, copy.headline = None, one.pk, one.public_id, one.headline
        copy.published_at = copy.live_from = at
        releases.append(copy)
    for copy in Release.objects.bulk_create(releases):
        index_release(copy)
        rows += [
            Listing(
                place=row.place,
                language=row.language,
                published_at=copy.published_at,
                public_id=copy.public_id,
                article_id=copy.article_id,
                release=copy,
                live_from=copy.live_from,
            )
            for row in listings
        ]
    Listing.objects.bulk_create(rows)
    return releases


# --- what each page costs ------------------------------------------------------------------------------------------


@pytest.fixture(params=[4, 199], ids=["5 stories", "200 stories"])
def archive(request, publisher):
    continent = make_region("142", name="Asia", kind="continent")
    country = make_region("SY", name="Syria", parent=continent)
    levant = make_region("levant", name="Levant", kind="grouping")
    levant.members.add(country)
    author, source = make_author(slug="lina-haddad"), make_source(slug="observatory")
    make_topic("Ships", code="medtop:20000001")
    article = make_released(
        publisher=publisher,
        headline="Harbour opens",
        regions=[country],
        topics=[make_topic("Harbours")],
        bylines=[{"author": author.code, "text": ""}],
        citations=[{"source": source.code}],
    )
    others = many_more(article, request.param)
    article = make_released(publisher=publisher, headline="Harbour closes", regions=[country])
    document = Release.objects.in_force(article.public_id).document
    assert document["related"]
    return article, others


QUERIES = {
    "/": 3,
    "/regions/": 3,
    "/regions/asia/": 3,
    "/regions/asia/syria/": 3,
    "/regions/world/": 3,
    "/regions/levant/": 3,
    "/topics/": 3,
    "/topics/harbours/": 3,
    "/topics/ships/": 3,
    "/sources/": 3,
    "/sources/observatory/": 3,
    "/authors/lina-haddad/": 3,
    "/latest/": 3,
    "/archive/": 3,
    "/search/?q=harbour": 3,
    "/search/?q=harbour&after=29000101T000000Z.1.28000101T000000000000Z-zzzzzzzzzz": 3,
    "/rss.xml": 3,
    "/regions/asia/rss.xml": 3,
    "/ar/": 3,
    "/ar/regions/asia/": 3,
    "/corrections/": 3,
    "/ar/corrections/": 3,
    "/robots.txt": 0,
    "/sw.js": 0,
    "/offline/": 0,
    "/ar/offline/": 0,
    "/manifest.webmanifest": 0,
    "/nowhere/": 0,
}


def test_a_page_costs_as_few_queries_whatever_the_archive_holds(client, archive, django_assert_max_num_queries):
    article, others = archive
    summaries.count_all()
    day = addresses.day("en", timezone.localdate(Release.objects.in_force(article.public_id).published_at))
    deep = f"?before={others[len(others) // 2].published_at:%Y%m%dT%H%M%S%f}Z-{others[0].public_id}"
    further = {
        day: 3,
        day[:-3]: 3,
        day[:-6]: 3,
        f"{day}rss.xml": 3,
        f"/regions/asia/{deep}": 3,
        f"/topics/harbours/{deep}": 3,
    }
    for path, most in {**QUERIES, **further}.items():
        with django_assert_max_num_queries(most, info=path):
            page = client.get(path)
        assert page.status_code == (404 if path == "/nowhere/" else 200), path


def test_a_story_costs_two_queries(client, archive, django_assert_max_num_queries):
    article, _ = archive
    path = address_of(article)
    with django_assert_max_num_queries(2):
        page = client.get(path)
    assert page.status_code == 200
    assert "Related stories" in page.text


# --- addresses -----------------------------------------------------------------------------------------------------


def test_every_address_that_is_built_leads_to_a_view():
    day = timezone.localdate()
    for language, _ in settings.LANGUAGES:
        built = [
            addresses.home(language),
            addresses.story(language, "bcdfghjkmn", "a-slug"),
            addresses.story(language, "bcdfghjkmn", "عنوان-طويل"),
            addresses.story(language, "bcdfghjkmn"),
            *(index(language) for index in (addresses.regions, addresses.topics, addresses.sources)),
            addresses.region(language, "asia/western-asia/syria"),
            addresses.topic(language, "ships"),
            addresses.source(language, "afp"),
            addresses.author(language, "lina"),
            addresses.latest(language),
            *(addresses.fixed(language, slug) for slug in addresses.FIXED),
            addresses.archive(language),
            addresses.year(language, day.year),
            addresses.month(language, day),
            addresses.day(language, day),
            addresses.search(language),
            addresses.corrections(language),
            addresses.programs(language),
            *(addresses.feed(page(language, "x")) for page in (addresses.region, addresses.topic, addresses.author)),
            addresses.feed(addresses.home(language)),
            addresses.feed(addresses.day(language, day)),
        ]
        for address in built:
            assert resolve(address).func.is_public, address
            assert resolve(address).kwargs["language"] == language
    assert resolve(addresses.media("ab/" + "ab" * 16 + ".avif")).func.is_public


def test_the_id_alone_decides_and_any_other_slug_leads_to_the_right_one(client, publisher):
    article = make_released(publisher=publisher, headline="Harbour opens")
    right = f"/stories/{article.public_id}/harbour-opens/"
    for path in (f"/stories/{article.public_id}/", f"/stories/{article.public_id}/another/", f"/ar{right}"):
        moved = client.get(path)
        assert (moved.status_code, moved["Location"]) == (301, right), path
        assert "s-maxage=60" in moved["Cache-Control"]
    assert client.get(right).status_code == 200


def test_an_arabic_story_stands_in_the_arabic_edition(client, publisher):
    article = make_released(publisher=publisher, headline="افتتاح المرفأ", language="ar", body="<p>فُتح المرفأ.</p>")
    path = address_of(article)
    assert path.startswith("/ar/stories/")
    page = client.get(path)
    assert page.status_code == 200
    assert '<html lang="ar" dir="rtl">' in page.text
    assert "مصادر" in page.text
    assert client.get(f"/stories/{article.public_id}/")["Location"] == path


def test_the_arabic_edition_lists_arabic_stories_alone(client, publisher):
    make_released(publisher=publisher, headline="Harbour opens")
    make_released(publisher=publisher, headline="افتتاح المرفأ", language="ar")
    assert "افتتاح المرفأ" in client.get("/ar/").text
    assert "Harbour opens" not in client.get("/ar/").text
    assert "افتتاح المرفأ" not in client.get("/").text
    assert 'dir="rtl"' in client.get("/ar/regions/").text


def test_a_translation_is_linked_both_ways(client, publisher):
    original = make_released(publisher=publisher, headline="Harbour opens")
    translated = make_released(
        publisher=publisher, headline="افتتاح المرفأ", language="ar", translation_of=fresh(original)
    )
    releasing.release(fresh(original), publisher, seen=fresh(original).version)
    page = client.get(address_of(original))
    assert f'hreflang="ar" href="http://testserver{address_of(translated)}"' in page.text
    page = client.get(address_of(translated))
    assert f'hreflang="en" href="http://testserver{address_of(original)}"' in page.text


def test_a_renamed_place_leads_to_its_new_address(client, publisher):
    asia = make_region("142", name="Asia", kind="continent")
    make_region("TR", name="Türkiye", slug="turkiye", parent=asia)
    make_topic("Ports")
    FormerPath.objects.create(kind="region", path="asia/turkey", code="TR")
    FormerPath.objects.create(kind="topic", path="harbours", code=make_topic("Ports").code)
    FormerPath.objects.create(kind="source", path="old", code=make_source(slug="new").code)
    for old, new in (
        ("/regions/asia/turkey/", "/regions/asia/turkiye/"),
        ("/regions/asia/turkey/ankara/", "/regions/asia/turkiye/ankara/"),
        ("/regions/asia/turkey/rss.xml", "/regions/asia/turkiye/rss.xml"),
        ("/ar/regions/asia/turkey/", "/ar/regions/asia/turkiye/"),
        ("/topics/harbours/", "/topics/ports/"),
        ("/sources/old/", "/sources/new/"),
    ):
        moved = client.get(old)
        assert (moved.status_code, moved.get("Location")) == (301, new), old


def test_a_story_made_by_an_author_who_was_renamed_is_found(client, publisher):
    author = make_author("Lina Haddad", slug="lina-haddad-2")
    FormerPath.objects.create(kind="author", path="lina", code=author.code)
    assert client.get("/authors/lina/").status_code == 404
    make_released(publisher=publisher, bylines=[{"author": author.code, "text": ""}])
    assert client.get("/authors/lina/")["Location"] == "/authors/lina-haddad-2/"


@pytest.mark.parametrize(
    "path",
    [
        "/stories/ABCDEFGHJK/",
        "/stories/1/",
        "/stories/bcdfghjkmn/../",
        "/regions/nowhere/",
        "/regions/asia//syria/",
        "/topics/none/",
        "/sources/none/",
        "/authors/none/",
        "/archive/2026/13/01/",
        "/archive/2026/02/30/",
        "/archive/0000/01/01/",
        "/archive/9999/12/31/",
        "/archive/9999/12/",
        "/sitemaps/stories-en-9999-12.xml",
        "/sitemaps/stories-en-0000-01.xml",
        "/sitemaps/stories-xx-2026-01.xml",
        "/search/?q=a&after=2",
        "/search/?q=a&after=20260230T000000Z",
        "/search/?q=a&after=99990101T000000Z",
        "/search/?q=a&after=.1.20260302T090000000000Z",
        "/search/?q=a&after=.2.20260302T090000000000Z-bcdfghjkmn",
        "/search/?q=a&after=²",
        "/topics/%00/",
        "/stories/bcdfghjkmn/%ff/",
    ],
)
def test_what_never_was_is_not_found(client, path):
    assert client.get(path).status_code == 404
