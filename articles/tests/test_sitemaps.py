"""Sitemaps: complete, valid, exact to the instant, and as cheap at any size."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.utils import timezone
from lxml import etree

from articles import photos, releasing
from articles.models import FixedPage, Photo, Release
from articles.readers import sitemaps

from .factories import fresh, make_photo, make_released, make_source, make_topic, make_user
from .machine import ROOT
from .test_readers_pages import address_of, many_more

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
HERE = "http://testserver"


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


def urls(client, path):
    return ElementTree.fromstring(client.get(path).getvalue()).findall(f"{SITEMAP}url")


def this_month(language="en"):
    return f"/sitemaps/stories-{language}-{timezone.localdate():%Y-%m}.xml"


def locations(client, path):
    root = ElementTree.fromstring(client.get(path).getvalue())
    return [one.text.removeprefix("http://testserver") for one in root.iter(f"{SITEMAP}loc")]


def test_the_sitemap_leads_to_every_story_and_every_place_with_one(client, publisher):
    articles = [
        make_released(publisher=publisher, headline=f"Story {number}", topics=[make_topic("Ships")])
        for number in range(3)
    ]
    articles.append(make_released(publisher=publisher, provider_date=timezone.now() - timedelta(days=400)))
    articles.append(make_released(publisher=publisher, headline="افتتاح المرفأ", language="ar"))
    make_topic("Empty")
    index = locations(client, "/sitemap.xml")
    found = [path for name in index if "news" not in name for path in locations(client, name)]
    for article in articles:
        assert found.count(address_of(article)) == 1
    assert {"/", "/ar/", "/regions/land-xa/", "/topics/ships/", "/regions/world/", "/archive/"} <= set(found)
    assert "/topics/empty/" not in found
    assert len(index) == 6  # news, pages and months: two and two in English, two and one in Arabic
    for path in found:
        assert client.get(path).status_code == 200, path


def test_a_retracted_story_leaves_the_sitemap(client, publisher):
    article = make_released(publisher=publisher)
    make_released(publisher=publisher)
    path = f"/sitemaps/stories-en-{timezone.localdate():%Y-%m}.xml"
    assert address_of(article) in locations(client, path)
    releasing.retract(article, publisher, seen=article.version, note="Wrong.")
    assert all(article.public_id not in one for one in locations(client, path))


def test_a_month_that_no_file_can_hold_is_told_by_its_days(client, publisher, monkeypatch):
    assert sitemaps.MOST == 50_000
    monkeypatch.setattr(sitemaps, "MOST", 2)
    day = timezone.now().replace(year=2025, month=3, day=15, hour=12)
    days = [day, day, day - timedelta(days=1), day - timedelta(days=40)]
    stories = [make_released(publisher=publisher, provider_date=day) for day in days]
    index = [name for name in locations(client, "/sitemap.xml") if "stories" in name]
    assert index == [f"/sitemaps/stories-en-{name}.xml" for name in ("2025-02", "2025-03-14", "2025-03-15")]
    found = [path for name in index for path in locations(client, name)]
    assert sorted(found) == sorted(address_of(story) for story in stories)
    assert len(locations(client, "/sitemaps/stories-en-2025-03.xml")) == 2
    for name in ("2025-03-16", "2025-02-30", "2025-00-01"):
        assert client.get(f"/sitemaps/stories-en-{name}.xml").status_code == 404


def test_lastmod_is_the_instant_of_the_release_to_the_second(client, publisher, time_machine):
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    article = make_released(publisher=publisher)
    first = client.get(this_month())
    assert client.get(this_month(), headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    time_machine.shift(timedelta(hours=1))
    releasing.release(fresh(article), publisher, seen=fresh(article).version, correction="On Monday.")
    again = client.get(this_month(), headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 200
    (url,) = ElementTree.fromstring(again.getvalue()).findall(f"{SITEMAP}url")
    assert url.findtext(f"{SITEMAP}lastmod") == (now + timedelta(hours=1)).isoformat()


def test_a_picture_stands_in_the_sitemap_as_long_as_it_may(client, publisher, time_machine):
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    photo = make_photo()
    Photo.objects.filter(pk=photo.pk).update(usable_until=now + timedelta(hours=1))
    make_released(publisher=publisher, captions=[{"photo": photo.public_id, "caption": "A quay."}])
    for path in (this_month(), "/sitemaps/news.xml"):
        time_machine.move_to(now, tick=False)
        (url,) = urls(client, path)
        address = url.findtext(f"{IMAGE}image/{IMAGE}loc")
        assert client.get(address.removeprefix(HERE)).status_code == 200
        time_machine.move_to(now + timedelta(hours=1), tick=False)
        (url,) = urls(client, path)
        assert url.find(f"{IMAGE}image") is None


def test_a_translation_is_named_beside_its_story_in_both_editions(client, publisher):
    original = make_released(publisher=publisher, headline="Harbour opens")
    make_released(publisher=publisher, headline="Alone")
    translated = make_released(
        publisher=publisher, headline="افتتاح المرفأ", language="ar", translation_of=fresh(original)
    )
    releasing.release(fresh(original), publisher, seen=fresh(original).version)
    both = {("en", f"{HERE}{address_of(original)}"), ("ar", f"{HERE}{address_of(translated)}")}
    for language in ("en", "ar"):
        linked = [found for url in urls(client, this_month(language)) if (found := url.findall(f"{XHTML}link"))]
        assert len(linked) == 1
        assert {(one.get("hreflang"), one.get("href")) for one in linked[0]} == both
    releasing.retract(translated, publisher, seen=fresh(translated).version, note="Wrong.")
    assert not any(url.findall(f"{XHTML}link") for url in urls(client, this_month("en")))


def test_a_list_is_named_beside_the_same_in_the_other_edition_where_that_has_stories(client, publisher):
    ships, ports = make_topic("Ships"), make_topic("Ports")
    make_released(publisher=publisher, topics=[ships])
    make_released(publisher=publisher, topics=[ships, ports], language="ar", headline="ميناء")
    found = {
        url.findtext(f"{SITEMAP}loc"): [one.get("href") for one in url.findall(f"{XHTML}link")]
        for url in urls(client, "/sitemaps/pages-ar.xml")
    }
    assert found[f"{HERE}/ar/topics/ships/"] == [f"{HERE}/ar/topics/ships/", f"{HERE}/topics/ships/"]
    assert found[f"{HERE}/ar/topics/ports/"] == []
    assert len(found[f"{HERE}/ar/"]) == 2


def test_a_fixed_page_is_named_once_it_is_written_with_when_that_was(client):
    assert not any("/about/" in one for one in locations(client, "/sitemaps/pages-en.xml"))
    page = FixedPage.objects.create(slug="about", language="en", title="About us", body="<p>We.</p>")
    (url,) = [one for one in urls(client, "/sitemaps/pages-en.xml") if "/about/" in one.findtext(f"{SITEMAP}loc")]
    assert url.findtext(f"{SITEMAP}lastmod") == page.updated_at.isoformat(timespec="seconds")
    assert client.get("/about/").status_code == 200
    assert not any("/about/" in one for one in locations(client, "/sitemaps/pages-ar.xml"))


def test_the_news_of_two_days_and_no_more(client, publisher, monkeypatch):
    monkeypatch.setattr(sitemaps, "NEWS", 3)
    old = timezone.now() - timedelta(days=2, minutes=1)
    make_released(publisher=publisher, headline="Old", provider_date=old)
    article = make_released(publisher=publisher, headline="Harbour & quay")
    make_released(publisher=publisher, headline="افتتاح المرفأ", language="ar")
    names = ("title", f"publication/{NEWS}language", f"publication/{NEWS}name", "publication_date")
    told = [[url.findtext(f"{NEWS}news/{NEWS}{name}") for name in names] for url in urls(client, "/sitemaps/news.xml")]
    assert [one[:2] for one in told] == [["افتتاح المرفأ", "ar"], ["Harbour & quay", "en"]]
    assert told[1][2] == "The Meridian"
    published = Release.objects.in_force(article.public_id).published_at
    assert told[1][3] == published.isoformat(timespec="seconds")
    many_more(article, 5)
    assert len(urls(client, "/sitemaps/news.xml")) == 3


def test_sitemaps_cost_the_same_whatever_they_hold(client, publisher, django_assert_num_queries):
    article = make_released(publisher=publisher, topics=[make_topic("Ships")])
    for count in (0, 500):
        many_more(article, count)
        for path, queries in (
            ("/sitemap.xml", 5),
            (this_month(), 5),
            ("/sitemaps/news.xml", 1),
            ("/sitemaps/pages-en.xml", 7),
        ):
            with django_assert_num_queries(queries, info=path):
                assert len(client.get(path).getvalue()) > 300


def test_sitemaps_are_valid_against_their_schema(client, publisher, shared):
    """sitemaps.org's own, and for Google's and XHTML's elements the few rules of theirs, in ``tests/schemas``."""
    photo = make_photo()
    original = make_released(
        publisher=publisher,
        headline="Türkiye’s “harbour” & quay",
        topics=[make_topic("Ships")],
        citations=[{"source": make_source(slug="observatory").code}],
        captions=[{"photo": photo.public_id, "caption": "A quay."}],
    )
    make_released(publisher=publisher, headline="افتتاح المرفأ", language="ar", translation_of=fresh(original))
    schemas = ROOT / "articles" / "tests" / "schemas"
    files = {
        SITEMAP: shared / "schemas" / "sitemap.xsd",
        IMAGE: schemas / "sitemap_image.xsd",
        NEWS: schemas / "sitemap_news.xsd",
        XHTML: schemas / "xhtml_link.xsd",
    }
    imports = [f'<xsd:import namespace="{name[1:-1]}" schemaLocation="{file}"/>' for name, file in files.items()]
    around = f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{"".join(imports)}</xsd:schema>'
    schema = etree.XMLSchema(etree.XML(around))
    names = locations(client, "/sitemap.xml")
    assert len(names) == 5
    for path in names:
        answer = client.get(path)
        assert answer["Content-Type"] == "application/xml; charset=utf-8"
        schema.assertValid(etree.fromstring(answer.getvalue()))
    for broken in ("<url><loc>x</loc></url>", "<url/>", "<url><loc>http://example.org/</loc><image:image/></url>"):
        document = f'<urlset xmlns="{SITEMAP[1:-1]}" xmlns:image="{IMAGE[1:-1]}">{broken}</urlset>'
        assert not schema.validate(etree.fromstring(document))
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert {(one.tag, *(part.tag for part in one)) for one in root} == {(f"{SITEMAP}sitemap", f"{SITEMAP}loc")}
