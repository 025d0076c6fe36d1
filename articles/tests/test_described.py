"""What pages say of themselves to search engines and to whoever shows a link to them."""

import json
import re
from html import unescape

import pytest
from django.utils import timezone

from articles import photos, releasing
from articles.models import Region

from .factories import fresh, make_author, make_photo, make_region, make_released, make_source, make_topic, make_user
from .test_readers_pages import address_of

pytestmark = pytest.mark.django_db

HERE = "http://testserver"


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


@pytest.fixture
def story(publisher, monkeypatch):
    monkeypatch.setattr(photos.renditions, "WIDTHS", (320,))
    asia = make_region("142", name="Asia", kind="continent")
    agency = make_source(slug="afp", name="AFP", kind="agency")
    author, photo = make_author(slug="lina"), make_photo()
    return make_released(
        publisher=publisher,
        headline="Harbour </script> & opens",
        standfirst="After a year.",
        dateline="Tartus",
        regions=[make_region("SY", name="Syria", parent=asia)],
        topics=[make_topic("Ships", code="medtop:20000001")],
        bylines=[{"author": author.code, "text": ""}],
        citations=[{"source": agency.code, "use": "report"}, {"as_printed": "the port authority", "use": "quote"}],
        captions=[{"photo": photo.public_id, "caption": "A quay.", "credit": "AFP"}],
    )


def described(client, path):
    page = client.get(path)
    assert page.status_code == 200, path
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    return [json.loads(one) for one in found]


def shared(client, path):
    found = re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', client.get(path).text)
    assert len({name for name, _ in found if name.startswith(("og:", "twitter:"))}) == len(
        [name for name, _ in found if name.startswith(("og:", "twitter:"))]
    ), path
    return {name: unescape(value) for name, value in found}


def test_a_story_is_told_to_search_engines(client, story, publisher):
    releasing.release(story, publisher, seen=story.version, correction="On Monday.")
    article, breadcrumb = described(client, address_of(story))
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "Harbour </script> & opens"
    ratios = [round(image["width"] / image["height"], 2) for image in article["image"]]
    assert ratios == [1.78, 1.33, 1.0]
    for image in article["image"]:
        assert client.get(image["url"].removeprefix(HERE)).status_code == 200
        assert (image["caption"], image["creditText"]) == ("A quay.", "AFP")
    assert article["author"] == [{"@type": "Person", "name": "Lina Haddad", "url": f"{HERE}/authors/lina/"}]
    assert article["publisher"]["logo"]["url"].startswith(f"{HERE}/static/readers/icons/")
    assert article["about"][0]["sameAs"] == "http://cv.iptc.org/newscodes/mediatopic/20000001"
    assert article["contentLocation"] == [
        {"@type": "Country", "name": "Syria", "url": f"{HERE}/regions/asia/syria/"},
    ]
    assert article["isBasedOn"][0]["creator"]["@type"] == "NewsMediaOrganization"
    assert article["citation"][0]["name"] == "the port authority"
    assert article["correction"][0]["text"] == "On Monday."
    assert article["isAccessibleForFree"] is True
    assert (article["inLanguage"], article["dateline"]) == ("en", "Tartus")
    assert article["dateModified"] > article["datePublished"]
    assert [step["name"] for step in breadcrumb["itemListElement"]][1] == "Syria"


def test_a_translation_is_told_with_its_story(client, story, publisher):
    make_released(publisher=publisher, headline="افتتاح", language="ar", translation_of=fresh(story))
    releasing.release(fresh(story), publisher, seen=fresh(story).version)
    article, _ = described(client, address_of(story))
    assert [one["inLanguage"] for one in article["workTranslation"]] == ["ar"]
    assert shared(client, address_of(story))["og:locale:alternate"] == "ar_AR"


def test_lists_and_the_front_page_are_told(client, story):
    website, listed = described(client, "/")
    assert (website["@type"], website["url"]) == ("WebSite", f"{HERE}/")
    target = website["potentialAction"]["target"]["urlTemplate"]
    assert "Harbour" in client.get(target.removeprefix(HERE).replace("{search_term_string}", "harbour")).text
    assert listed["itemListElement"][0]["url"] == f"{HERE}{address_of(story)}"
    for path, kind in (
        *(
            ("/latest/", "CollectionPage"),
            ("/regions/asia/syria/", "CollectionPage"),
            ("/topics/ships/", "CollectionPage"),
        ),
        *(("/sources/afp/", "CollectionPage"), ("/authors/lina/", "ProfilePage")),
        (f"/archive/{timezone.localdate():%Y/%m/%d}/", "CollectionPage"),
    ):
        page, breadcrumb = described(client, path)
        assert (page["@type"], page["url"]) == (kind, f"{HERE}{path}")
        listed = page["mainEntity" if kind == "CollectionPage" else "hasPart"]
        assert [one["url"] for one in listed["itemListElement"]] == [f"{HERE}{address_of(story)}"]
        assert breadcrumb["itemListElement"][-1]["item"].startswith(HERE)
    assert described(client, "/regions/asia/syria/")[0]["about"]["@type"] == "Country"


def test_every_page_has_a_card(client, story, publisher):
    make_released(publisher=publisher, headline="افتتاح المرفأ", language="ar", regions=[Region.objects.get(code="SY")])
    day = timezone.localdate()
    for prefix, locale, other in (("", "en_GB", "ar_AR"), ("/ar", "ar_AR", "en_GB")):
        for page in (
            *("/", "/latest/", "/regions/", "/regions/asia/syria/", "/topics/", "/topics/ships/", "/sources/"),
            *("/sources/afp/", "/authors/lina/", "/archive/", f"/archive/{day:%Y/%m}/", f"/archive/{day:%Y/%m/%d}/"),
            *("/corrections/", "/search/?q=harbour"),
        ):
            path = f"{prefix}{page}"
            answer = client.get(path)
            if answer.status_code == 404:  # nothing in the Arabic edition
                continue
            card = shared(client, path)
            assert card["og:url"].startswith(HERE), path
            assert card["og:title"], path
            assert card["og:locale"] == locale
            assert card["twitter:card"] in ("summary", "summary_large_image")
            assert card["og:image"].startswith(HERE)
            assert card.get("og:locale:alternate", other) == other
            assert page.startswith("/search") or card["og:description"], path
    card = shared(client, address_of(story))
    assert (card["og:type"], card["og:title"]) == ("article", "Harbour </script> & opens")
    assert (card["twitter:card"], card["og:image:width"]) == ("summary_large_image", "1200")
    assert client.get(card["og:image"].removeprefix(HERE)).status_code == 200
