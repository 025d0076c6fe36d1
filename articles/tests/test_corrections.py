"""The public list of what was corrected and retracted."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import releasing
from articles.models import Listing
from articles.readers import cursors

from .factories import fresh, make_released, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(clock):
    return make_user("publisher", group="Publisher")


def corrected(publisher, note="It was Monday.", **kw):
    article = make_released(publisher=publisher, **kw)
    releasing.release(article, publisher, seen=article.version, correction=note)
    return fresh(article)


def told(page):
    """(kind, headline, note) of each line of the page, in order."""
    lines = re.findall(r'<article class="told.*?</article>', page.text, re.DOTALL)
    words = [[re.sub(r"<[^>]+>", "", part).strip() for part in line.split("\n") if "<" in part] for line in lines]
    return [(one[1].split()[0], one[2], one[3]) for one in words]


def test_corrections_and_retractions_are_listed_the_last_first(client, publisher, clock):
    corrected(publisher, headline="Harbour opens")
    clock.shift(timedelta(hours=1))
    article = make_released(publisher=publisher, headline="Bridge falls")
    releasing.retract(article, publisher, seen=article.version, note="No bridge fell.")
    page = client.get("/corrections/")
    assert told(page) == [
        ("Retraction", "Bridge falls", "No bridge fell."),
        ("Correction", "Harbour opens", "It was Monday."),
    ]
    assert "Monday, 2 March 2026" in page.text
    assert f"/stories/{article.public_id}/bridge-falls/" in page.text


def test_a_correction_stays_listed_after_later_releases(client, publisher):
    article = corrected(publisher, headline="Harbour opens")
    releasing.release(article, publisher, seen=article.version, correction="On Tuesday, in fact.")
    article = fresh(article)
    releasing.retract(article, publisher, seen=article.version, note="It never opened.")
    notes = [note for _, _, note in told(client.get("/corrections/"))]
    assert sorted(notes) == ["It never opened.", "It was Monday.", "On Tuesday, in fact."]


def test_the_headline_is_the_one_that_stands_now(client, publisher):
    article = corrected(publisher, headline="Harbour sinks")
    article.headline = "Harbour opens"
    article.save()
    from articles import writing

    from .factories import approve

    writing.record(article, make_user())
    article = approve(fresh(article), editor=publisher)
    releasing.release(article, publisher, seen=article.version)
    page = client.get("/corrections/")
    assert told(page)[0][1] == "Harbour opens"
    assert "Harbour sinks" not in page.text


def test_an_update_is_no_correction(client, publisher):
    make_released(publisher=publisher)
    page = client.get("/corrections/")
    assert told(page) == []
    assert "Nothing has been corrected yet." in page.text
    assert page["X-Robots-Tag"] == "noindex"


def test_a_correction_to_come_is_not_told(client, publisher, clock):
    article = make_released(publisher=publisher)
    at = timezone.now() + timedelta(hours=1)
    releasing.release(article, publisher, seen=article.version, at=at, correction="It was Monday.")
    before = client.get("/corrections/")
    assert told(before) == []
    clock.move_to(at, tick=False)
    assert len(told(client.get("/corrections/"))) == 1
    clock.move_to(at - timedelta(minutes=1), tick=False)
    article = fresh(article)
    releasing.unschedule(article, publisher, seen=article.version)
    clock.move_to(at, tick=False)
    assert told(client.get("/corrections/")) == []
    assert not Listing.objects.filter(place="corrections").exists()


def test_what_the_law_had_removed_and_what_has_expired_is_not_named(client, publisher):
    gone, over = (corrected(publisher, headline=words) for words in ("Name of a person", "Road closed"))
    releasing.retract(gone, publisher, seen=gone.version, note="A court asked.", removed_by_law=True)
    releasing.expire(over, publisher, seen=over.version)
    page = client.get("/corrections/")
    assert told(page) == []
    for words in (
        "Name of a person",
        "Road closed",
        "It was Monday.",
        "A court asked.",
        gone.public_id,
        over.public_id,
    ):
        assert words not in page.text
    over = fresh(over)
    releasing.release(over, publisher, seen=over.version)
    assert [headline for _, headline, _ in told(client.get("/corrections/"))] == ["Road closed"]


def test_each_edition_tells_of_its_own(client, publisher):
    corrected(publisher, headline="Harbour opens")
    corrected(publisher, headline="إعادة فتح المرفأ", language="ar", note="كان ذلك يوم الاثنين.")
    assert [headline for _, headline, _ in told(client.get("/corrections/"))] == ["Harbour opens"]
    arabic = client.get("/ar/corrections/")
    assert told(arabic) == [("تصحيح", "إعادة فتح المرفأ", "كان ذلك يوم الاثنين.")]
    assert 'dir="rtl"' in arabic.text
    assert "<h1>التصحيحات</h1>" in arabic.text


def test_it_goes_on_by_cursor_without_leaving_one_out(client, publisher, clock, monkeypatch):
    monkeypatch.setattr(cursors, "PAGE", 2)
    for number in range(5):
        corrected(publisher, headline=f"Story {number}")
        clock.shift(timedelta(minutes=number % 2))  # some at the same instant
    seen, address = [], "/corrections/"
    while address:
        page = client.get(address)
        seen += [headline for _, headline, _ in told(page)]
        older = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = older and older[1]
    assert sorted(seen) == [f"Story {number}" for number in range(5)]
    assert client.get("/corrections/?before=yesterday").status_code == 404


def test_it_costs_two_queries_whatever_it_holds(client, publisher, django_assert_max_num_queries):
    for _ in range(5):
        corrected(publisher)
    with django_assert_max_num_queries(2):
        assert len(told(client.get("/corrections/"))) == 5


def test_every_page_leads_there_and_the_sitemap_names_it(client):
    assert '<a href="/corrections/">Corrections</a>' in client.get("/").text
    assert '<a href="/ar/corrections/">' in client.get("/ar/").text
    assert "/corrections/</loc>" in client.get("/sitemaps/pages-en.xml").getvalue().decode()


def test_a_relisting_leaves_it_alone(client, publisher):
    article = corrected(publisher)
    assert releasing.relist(article) == 0
    assert len(told(client.get("/corrections/"))) == 1
