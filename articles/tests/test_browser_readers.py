"""The site as a visitor has it who chooses how to read: by keyboard, saving data, and where there is no network."""

import pytest
from django.contrib.auth import get_user_model

from articles import releasing
from articles.models import Article

from .factories import fresh
from .test_readers_browser import _few_sizes, site, violations, visit  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db(transaction=True)

BACKGROUND = "getComputedStyle(document.documentElement).backgroundColor"


def open_panel(page, name="How you read"):
    page.wait_for_function("() => 'js' in document.documentElement.dataset")
    page.locator("[data-reading] summary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".reading-panel :checked")


def test_how_somebody_reads_is_chosen_by_keyboard_and_kept_in_the_browser_alone(site, visit):  # noqa: F811
    page = visit("/", color_scheme="light", viewport={"width": 320, "height": 640})
    light = page.evaluate(BACKGROUND)
    open_panel(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # from the ordinary size to the largest
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "21px"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # from the system's by light to dark
    dark = page.evaluate(BACKGROUND)
    assert dark != light
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("Escape")
    assert page.locator(".reading-panel").is_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    for path in (site["story"], site["bare"], site["arabic"][0]):
        page.goto(path)
        page.wait_for_function("() => document.documentElement.dataset.theme === 'dark'")
        assert page.evaluate(BACKGROUND) == dark
        assert page.evaluate("document.documentElement.dataset.size") == "largest"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.context.cookies() == []
    assert page.complaints == []


def test_who_saves_data_gets_a_picture_when_they_ask_for_it(site, visit):  # noqa: F811
    page = visit("/")
    open_panel(page)
    page.get_by_label("Save data").check()
    page.wait_for_function("async () => navigator.serviceWorker.controller && !!(await caches.match('/saving'))")
    page.wait_for_load_state("networkidle")  # the front page has what it asked for before
    asked = []
    page.on("response", lambda answer: "/media/" in answer.url and answer.status == 200 and asked.append(answer.url))
    page.goto(site["story"], wait_until="networkidle")
    assert asked == []
    assert page.locator(".figure picture").first.is_hidden()
    button = page.get_by_role("button", name="Show the picture").first
    button.click()
    page.wait_for_function("() => document.querySelector('.figure img').naturalWidth > 0")
    assert len(asked) == 1
    open_panel(page)
    page.get_by_label("Keep what I read").uncheck()
    page.wait_for_function("async () => !(await caches.has('pages'))")
    page.goto(site["bare"], wait_until="networkidle")
    assert page.evaluate("caches.has('pages')") is False
    page.goto(site["story"])
    assert page.locator(".figure picture").nth(1).is_hidden()


def test_what_was_read_is_there_without_a_network_until_it_is_retracted(site, visit):  # noqa: F811
    page = visit("/", viewport={"width": 390, "height": 800})
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.goto("/", wait_until="networkidle")
    page.goto(site["story"], wait_until="networkidle")
    page.context.set_offline(True)
    page.goto(site["story"])
    assert page.get_by_role("heading", level=1).inner_text() == "Harbour opens"
    assert "no network" in page.locator("[data-offline]").inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('.story-head h1')).fontSize") != "32px"  # styled
    page.goto(site["bare"])
    assert page.get_by_role("heading", level=1).inner_text() == "This page is not kept on your device"

    page.context.set_offline(False)
    article = fresh(Article.objects.get(headline="Harbour opens"))
    publisher = get_user_model().objects.get(username="publisher")
    releasing.retract(article, publisher, seen=article.version, note="The report was wrong.")
    page.goto(site["story"], wait_until="networkidle")
    page.context.set_offline(True)
    page.goto(site["story"])
    assert "The report was wrong." in page.inner_text("main")
    assert page.locator(".story-body").count() == 0
    # Nor is any page kept that named it: the front page did.
    kept = page.evaluate(
        "async () => (await (await caches.open('pages')).keys()).map((one) => new URL(one.url).pathname)"
    )
    assert kept == ["/offline/", "/ar/offline/", site["story"]]
