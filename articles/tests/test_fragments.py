"""Parts of pages that are drawn once: anew for whatever differs, and not kept without end."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from articles.readers import fragments, http
from articles.readers.cards import Card
from articles.readers.http import Page


@pytest.fixture(autouse=True)
def _nothing_kept_before():
    fragments._kept.clear()
    yield
    fragments._kept.clear()


def a_card(**kw):
    at = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    told = {"release": 1, "public_id": "bcdfgh", "address": "/stories/bcdfgh/boats/", "headline": "Boats & quays"}
    told |= {"standfirst": "They came in.", "kicker": "Syria", "published_at": at, "updated_at": None, "picture": None}
    return Card(**{**told, "urgency": 4, "breaking": False, "stands_since": at, "language": "en", "mark": "m", **kw})


def drawn(card, *, today=date(2026, 3, 2), language="en", **how):
    with translation.override(language):
        return fragments.card(card, {"language": language, "today": today}, how)


def test_a_card_is_drawn_once_and_anew_for_whatever_differs():
    first = drawn(a_card(), shape="card-row")
    assert "Boats &amp; quays" in first
    assert drawn(a_card(), shape="card-row") is first
    others = [
        drawn(a_card(headline="Ships"), shape="card-row"),
        drawn(a_card(), shape="card-strip"),
        drawn(a_card(), shape="card-row", level="h3"),
        drawn(a_card(), shape="card-row", today=date(2026, 3, 3)),
        drawn(a_card(updated_at=datetime(2026, 3, 2, 10, tzinfo=UTC)), shape="card-row"),
        drawn(a_card(updated_at=datetime(2026, 3, 2, 10, tzinfo=UTC)), shape="card-row", language="ar"),
    ]
    assert len({first, *others}) == 1 + len(others)


def around(rf, path, language="en", **kw):
    with translation.override(language):
        context = http._surrounded(rf.get(path), language, Page("404.html", **kw))
        return fragments.surrounding("readers/_header.html", context) + fragments.surrounding(
            "readers/_footer.html", context
        )


def test_what_stands_around_a_page_marks_where_one_is_and_leads_to_its_own_other_edition(rf):
    story = around(rf, "/stories/bcdfgh/boats/", other="/ar/stories/x/", feed="/topics/a&b/rss.xml")
    assert story.count('href="/ar/stories/x/"') == 2
    assert 'href="/topics/a&amp;b/rss.xml"' in story
    assert "aria-current" not in story
    kept = len(fragments._kept)
    another = around(rf, "/stories/dfghjk/ships/")
    assert len(fragments._kept) == kept
    assert 'href="/ar/"' in another
    assert "/ar/stories/x/" not in another
    assert 'href="/rss.xml"' in another
    assert around(rf, "/").count("aria-current") == 1
    assert "\ue000" not in story + another


def test_the_oldest_go(monkeypatch):
    monkeypatch.setattr(fragments, "MOST", 3)
    for number in range(10):
        drawn(a_card(headline=f"Ship {number}"))
    assert len(fragments._kept) == 3
    assert "Ship 9" in next(reversed(fragments._kept.values()))


def test_while_templates_are_worked_on_nothing_is_kept(settings):
    settings.DEBUG = True
    drawn(a_card())
    assert not fragments._kept
