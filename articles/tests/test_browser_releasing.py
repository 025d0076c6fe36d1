"""Releasing in a real browser: what readers see, previews of both kinds, releases, the public corrections."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from articles import outlets, releasing, writing
from articles.models import OutletCheck, PreviewLink, Release

from .desk import load_groups, url
from .factories import approve, fresh, make_photo, make_region, make_released, make_source, make_topic, make_user
from .test_browser_desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def publisher(transactional_db):
    groups = load_groups()
    user = make_user("petra", first_name="Petra", last_name="Nasr")
    user.groups.add(groups["Publisher"])
    return user


@pytest.fixture
def story(publisher):
    """A story that was released, corrected, and is to expire; something of it is shown wrongly."""
    photo = make_photo()
    asia = make_region("142", name="Asia", kind="continent")
    article = make_released(
        publisher=publisher,
        headline="Harbour opens after a year of repairs",
        standfirst="Boats came in on Monday morning.",
        regions=[make_region("LB", name="Lebanon", parent=asia)],
        topics=[make_topic("Harbours")],
        citations=[{"source": make_source().code}],
        captions=[{"photo": photo.public_id, "caption": "Boats in the harbour.", "is_lead": True}],
    )
    article.standfirst = "Boats came in on Tuesday morning."
    article.save()
    writing.record(article, make_user())
    article = approve(fresh(article), editor=publisher)
    releasing.release(article, publisher, seen=article.version, correction="The harbour opened on Tuesday, not Monday.")
    article = fresh(article)
    releasing.expire(article, publisher, seen=article.version, at=timezone.now() + timedelta(days=2))
    return fresh(article)


@pytest.fixture
def sit_down(new_context, live_server, settings):
    settings.SITE_URL = live_server.url

    def sit(user=None, **options):
        return Desk(new_context(**options).new_page(), live_server, user)

    return sit


LOOKS = [
    {"viewport": {"width": 1280, "height": 900}},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]


def looked_at(at, name):
    """Nothing refused by the policy, nothing sticking out, nothing that axe finds."""
    assert at.refused() == []
    # Tables and wide frames may be scrolled by themselves; the page may not.
    root = at.page.locator("html")
    assert root.evaluate("(root) => root.scrollWidth <= root.clientWidth"), name
    if SHOTS:
        at.page.screenshot(path=Path(SHOTS) / f"{name}-{at.page.viewport_size['width']}.png", full_page=True)
    found = Axe().run(at.page, options={"runOnly": WCAG, "preload": False})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("look", LOOKS, ids=["desktop", "phone in the dark"])
def test_every_screen_of_releasing_can_be_looked_at_by_everybody(sit_down, publisher, story, look):
    outlets.check(story)
    OutletCheck.objects.filter(outlet="Front page").update(is_right=False, problem="It still shows release 1.")
    at = sit_down(publisher, **look)
    at.go(url("article_change", story.pk))
    at.page.get_by_text("1 of", exact=False).first.wait_for()
    at.page.get_by_text("Give a preview").wait_for()
    looked_at(at, "story")
    for name in ("outlets", "previews", "releases"):
        at.go(url(f"article_{name}", story.pk))
        if name == "releases":
            at.page.get_by_text("Roll back to this").click()
        looked_at(at, name)
    for width in ("", "390", "1280"):
        at.go(f"{url('article_preview', story.pk)}?width={width}")
        at.page.frame_locator("iframe").get_by_role("heading", level=1).wait_for()
        looked_at(at, f"preview-{width or 'wide'}")
    for address in ("/corrections/", "/ar/corrections/"):
        at.go(address)
        looked_at(at, address.strip("/").replace("/", "-"))


def test_a_preview_is_given_on_the_story_s_page_opened_outside_and_taken_back(sit_down, publisher, story):
    at = sit_down(publisher)
    page = at.go(url("article_change", story.pk))
    page.get_by_text("Give a preview").click()
    page.get_by_label("For whom").fill("Salma Aoun, lawyer")
    page.get_by_role("button", name="Make the address").click()
    address = page.get_by_label("Address of the preview")
    address.wait_for()
    given = address.input_value()
    assert PreviewLink.objects.count() == 1
    assert url("article_change", story.pk) in page.url  # the story was not left

    outside = sit_down(None, **LOOKS[1])
    outside.page.goto(given)
    outside.page.get_by_text("Not published.").wait_for()
    assert outside.page.locator(".story-lead img").evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0
    looked_at(outside, "shared")

    page.get_by_role("button", name="Take back").click()
    page.get_by_text("taken back;").wait_for()
    outside.page.goto(given)
    outside.page.get_by_role("heading", name="There is no such preview").wait_for()
    assert outside.page.evaluate("window.refused") == []


def test_outlets_are_asked_from_the_story_s_page(sit_down, publisher, story, monkeypatch):
    at = sit_down(publisher)
    page = at.go(url("article_change", story.pk))
    page.get_by_text("Not asked since that release.").wait_for()
    page.get_by_role("button", name="Ask them again").click()
    outlets.check(story)  # what a worker does
    page.get_by_text("outlets are as they should be.").wait_for(timeout=20_000)
    assert at.refused() == []


def test_an_earlier_text_comes_back_by_keyboard_alone(sit_down, publisher, story):
    at = sit_down(publisher)
    page = at.go(url("article_releases", story.pk))
    page.get_by_text("Roll back to this").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("It was Monday after all.")
    page.keyboard.press("Tab")
    page.keyboard.type("The harbour did open on Monday.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Rolled back: readers have that text again.").wait_for()
    assert Release.objects.in_force(story.public_id).document["standfirst"] == "Boats came in on Monday morning."
