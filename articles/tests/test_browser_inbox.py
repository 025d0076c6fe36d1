"""The wire inbox in a browser: an item taken by a key, its kill told of at once, the story retracted in one step."""

import pytest

from articles import releasing, writing
from articles.models import Article, Release, WireRecord

from .arriving import arrive, item
from .desk import load_groups
from .factories import approve, fresh, make_desk, make_region, make_topic, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_item_is_taken_released_killed_and_retracted(page, live_server, settings, client):
    settings.SITE_URL = live_server.url
    person = make_user("petra", desks=[make_desk("wire")])
    person.groups.add(load_groups()["Publisher"])
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    first, second = arrive(
        item("a1", "1"), item("b1", "1", ["Wheat rose.", "Oats fell by a tenth."], "Wheat up"), waits=True
    )

    page.goto(f"{live_server.url}/admin/articles/wirerecord/")
    page.keyboard.press("j")
    page.keyboard.press("x")  # the newest stands first
    page.get_by_text("Spiked: it stays to be found").wait_for()
    page.locator(".is-here").get_by_text("Port of Tartus Reopens").wait_for()
    page.keyboard.press("t")
    page.get_by_text("Taken: it is a draft on your desk now.").wait_for()
    assert page.locator("[data-wire-row]").count() == 0
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.state, first.state) == ("spiked", "taken")

    article = Article.objects.get()
    found = {"regions": [make_region().code], "topics": [make_topic().code]}
    writing.write_children(article, {**writing.snapshot(article), **found}, replace=True)
    writing.record(article, None)
    article = approve(fresh(article))
    releasing.release(article, person, seen=article.version)

    arrive(item("a1", "2", [], "", standing="canceled", ednote="Facts are wrong."))
    page.evaluate("document.dispatchEvent(new Event('wire:look'))")
    page.get_by_text("A kill has come").wait_for()
    page.locator("[data-wire-show]").click()
    page.locator(".is-kill").get_by_text("Our story").click()
    page.get_by_text("Killed by the wire.").wait_for()
    page.get_by_role("button", name="Retract it now").click()
    page.get_by_text("Retracted. Readers see the notice").wait_for()
    assert Release.objects.in_force(article.public_id).kind == "retraction"
    assert WireRecord.objects.filter(standing="canceled").count() == 1
