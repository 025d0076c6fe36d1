"""The page of a story, and what is left in its place."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from articles import releasing
from articles.models import Region, Release
from articles.readers import body

from .factories import (
    fresh,
    make_author,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)
from .test_readers_pages import address_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


def test_a_story_shows_all_that_it_rests_on(client, publisher):
    author, source = make_author("Lina Haddad", slug="lina"), make_source(slug="observatory", kind="monitor")
    photo = make_photo()
    article = make_released(
        publisher=publisher,
        standfirst="After a year of repairs.",
        dateline="Tartus",
        bylines=[{"author": author.code, "text": ""}, {"author": None, "text": "Agencies"}],
        citations=[{"source": source.code, "use": "figure"}, {"as_printed": "the port authority", "use": "quote"}],
        captions=[{"photo": photo.public_id, "caption": "A quay at dawn.", "credit": "AFP", "is_file_photo": True}],
    )
    page = client.get(address_of(article)).text
    for phrase in (
        *("Harbour opens after repairs", "After a year of repairs.", '<span class="dateline">Tartus</span>'),
        *('<a href="/authors/lina/" rel="author"><bdi>Lina Haddad</bdi></a>', "Agencies", "Sources in this story"),
        *('<a href="/sources/observatory/"><bdi>Harbour Observatory</bdi></a>', "Monitor · figures"),
        *("the port authority", "A quay at dawn.", "File photo", "AFP", "1 minute to read"),
        *('href="/regions/land-xa/"', 'href="/topics/harbours/"', '<link rel="canonical"'),
    ):
        assert phrase in page, phrase


def test_times_are_those_of_the_newsroom(client, publisher, time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 12, 5, tzinfo=UTC), tick=False)
    article = make_released(publisher=publisher)
    page = client.get(address_of(article)).text
    assert '<time datetime="2026-11-22T12:05:00+00:00">22 November 2026, 14:05 EET</time>' in page


def test_a_correction_stands_dated_at_the_top_and_the_end(client, publisher):
    article = make_released(publisher=publisher)
    path = address_of(article)
    releasing.release(article, publisher, seen=article.version, correction="It opened on Monday, not Sunday.")
    page = client.get(path).text
    assert page.count("It opened on Monday, not Sunday.") == 3  # top, end, machine-readable
    assert "CorrectionComment" in page
    assert "Updated" in page


def test_a_retracted_story_leaves_its_headline_and_a_dated_note(client, publisher):
    article = make_released(publisher=publisher, body="<p>Wrong passage.</p>", standfirst="Wrong standfirst.")
    path = address_of(article)
    releasing.retract(article, publisher, seen=article.version, note="The report was wrong.")
    page = client.get(path)
    assert page.status_code == 200
    assert "noindex" in page["X-Robots-Tag"]
    assert "Harbour opens after repairs" in page.text
    assert "The report was wrong." in page.text
    assert "Wrong" not in page.text.replace("The report was wrong", "")
    for other in ("/", "/regions/land-xa/", "/topics/harbours/", "/search/?q=harbour", "/rss.xml"):
        assert article.public_id not in client.get(other).text, other


def test_what_the_law_had_removed_is_gone_headline_and_all(client, publisher):
    article = make_released(publisher=publisher, headline="Harbour opens")
    path = address_of(article)
    releasing.retract(
        article, publisher, seen=article.version, note="Removed by order of a court.", removed_by_law=True
    )
    for one in (path, f"/stories/{article.public_id}/"):
        page = client.get(one)
        assert page.status_code == 410
        assert "Removed by order of a court." in page.text
        assert "Harbour opens" not in page.text
        assert "harbour-opens" not in page.text.replace(path, "")


def test_an_expired_story_answers_410(client, publisher):
    article = make_released(publisher=publisher)
    path = address_of(article)
    release = Release.objects.in_force(article.public_id)
    Release.objects.filter(pk=release.pk).update(kind="expiry")
    page = client.get(path)
    assert page.status_code == 410
    assert "no longer available" in page.text


def test_a_retracted_story_is_nowhere_a_related_one(client, publisher):
    first = make_released(publisher=publisher, headline="First of two")
    second = make_released(publisher=publisher, headline="Second of two")
    assert "First of two" in client.get(address_of(second)).text
    first = fresh(first)
    releasing.retract(first, publisher, seen=first.version, note="Wrong.")
    assert "First of two" not in client.get(address_of(second)).text


def test_machines_read_what_readers_read(client, publisher):
    author = make_author("Lina Haddad", slug="lina")
    photo = make_photo()
    article = make_released(
        publisher=publisher,
        bylines=[{"author": author.code, "text": ""}],
        captions=[{"photo": photo.public_id, "caption": "A quay."}],
    )
    page = client.get(address_of(article)).text
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    news, crumbs = (json.loads(script) for script in scripts)
    assert news["@type"] == "NewsArticle"
    assert news["headline"] == "Harbour opens after repairs"
    assert news["author"][0]["name"] == "Lina Haddad"
    assert len(news["image"]) == 3
    assert news["datePublished"] <= news["dateModified"]
    assert crumbs["@type"] == "BreadcrumbList"
    assert 'property="og:image"' in page


# --- pieces of a body ----------------------------------------------------------------------------------------------


def test_a_body_in_pieces_is_the_whole_body():
    markup = (
        "<p>One.</p><h2>Head</h2><p>Two.</p><blockquote><p>Three.</p><p>Four.</p></blockquote><hr><ul><li>a</li></ul>"
    )
    assert "".join(body.blocks(markup)) == markup
    assert [block[:4] for block in body.blocks(markup)] == ["<p>O", "<h2>", "<p>T", "<blo", "<hr>", "<ul>"]


@pytest.mark.parametrize("markup", ["", "text alone", "<p>open", "</p></p><p>x</p>", "<p>a</p>tail"])
def test_odd_markup_loses_nothing(markup):
    assert "".join(body.blocks(markup)) == markup.strip() or not markup.strip()
    pieces = body.pieces(markup, ["a picture"])
    assert "".join(piece.html for piece in pieces) == markup


def test_no_picture_stands_next_to_a_crosshead():
    markup = "<p>1</p><p>2</p><h2>A</h2><p>3</p><p>4</p><h2>B</h2><p>5</p><p>6</p>"
    found = body.pieces(markup, ["first", "second"])
    for before, picture, after in zip(found, found[1:], found[2:], strict=False):
        if picture.picture:
            assert not before.html.endswith("</h2>")
            assert not after.html.startswith("<h2>")
    assert sum(1 for piece in found if piece.picture) == 2


def test_reference_regions_are_never_followed_to_their_stories():
    # The page of a region shows what Listing lists; the relation to working copies must not exist for readers.
    source = "".join(
        path.read_text("utf-8") for path in (Path(settings.BASE_DIR) / "articles" / "readers").rglob("*.py")
    )
    for relation in (
        ".article.",
        ".articles",
        ".citations",
        ".bylines",
        ".photos",
        ".links",
        "story_links",
        "region_links",
    ):
        assert relation not in source, relation
    assert Region._meta.get_field("articles")  # they are there to be followed, which is why this test is


def test_a_picture_parts_no_list_from_its_words_and_stands_beside_no_pull_quote():
    markup = "<p>One.</p><p>Two.</p><blockquote><p>Said.</p></blockquote><p>These:</p><ul><li>A</li></ul><p>Three.</p>"
    found = body.pieces(markup, ["a picture"])
    assert [piece.html or piece.picture for piece in found][:2] == ["<p>One.</p>", "a picture"]
    assert "".join(piece.html for piece in found) == markup


def test_breaking_news_ends_by_itself_and_a_correction_does_not_renew_it(client, publisher, time_machine):
    start = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    time_machine.move_to(start, tick=False)
    article = make_released(publisher=publisher, breaking=True)
    path = address_of(article)

    def is_called_breaking(after):
        time_machine.move_to(start + timedelta(hours=after), tick=False)
        told = ['class="breaking"' in client.get("/").text, "kicker-breaking" in client.get(path).text]
        assert len(set(told)) == 1, "the banner and the story say the same"
        return told[0]

    assert is_called_breaking(after=6)
    assert not is_called_breaking(after=6.1)
    article = fresh(article)
    releasing.release(article, publisher, seen=article.version, correction="It opened on Monday.")
    assert not is_called_breaking(after=6.2)


def test_stories_of_the_same_place_stand_beside_a_story_each_once_and_as_they_are_now(client, publisher):
    region, other = make_region("XB", name="Second land"), make_topic("Other")
    first = make_released(publisher=publisher, headline="Harbour opens", regions=[region])
    page = client.get(address_of(first)).text
    assert "More from Second land" not in page
    later = make_released(publisher=publisher, headline="Court rules", regions=[region], topics=[other])
    make_released(publisher=publisher, headline="Elsewhere", topics=[other])
    page = client.get(address_of(first)).text.partition("More from Second land")[2]
    assert page.count("Court rules") == 1  # it came after this one was released
    assert "Elsewhere" not in page
    second = make_released(publisher=publisher, headline="Ships wait", regions=[region])
    assert client.get(address_of(second)).text.count("Harbour opens") == 1  # among the related ones
    later = fresh(later)
    releasing.retract(later, publisher, seen=later.version, note="Wrong.")
    assert "Court rules" not in client.get(address_of(first)).text


def test_of_stories_of_the_same_place_those_that_tell_of_the_same_are_related(publisher):
    flood = make_released(publisher=publisher, headline="Euphrates gauges report a flood near Raqqa")
    for headline in ("Court rules on nets", "Harbour opens", "Museum shows jars", "Schools close", "Bakers strike"):
        make_released(publisher=publisher, headline=headline)
    story = make_released(publisher=publisher, headline="Engineers read the gauges of the Euphrates")
    related = story.releases.get().document["related"]
    assert related[0] == flood.public_id
    assert len(related) == 4
