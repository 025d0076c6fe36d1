"""The desk in a real browser: typed into with real keys, looked at by axe, watched by the Content-Security-Policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from articles.models import Article, Release, Topic

from .desk import load_groups, url
from .factories import (
    fresh,
    make_article,
    make_desk,
    make_photo,
    make_region,
    make_topic,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long pass phrase"

# Set before any script of the page runs: what the policy refuses is kept on the page.
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""

# The elements that make a page wider than the window.
STICKING_OUT = """
[...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))
"""


def session_of(user, live_server):
    """The cookie of somebody who has signed in. How that is done is seen by ``test_browser_journey``."""
    client = Client()
    client.force_login(user)
    return {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url, "value": client.session.session_key}


class Desk:
    """One person at one browser, signed in."""

    def __init__(self, page, live_server, user):
        self.page, self.root, self.complaints = page, live_server.url, []
        page.add_init_script(WATCH)
        page.on(
            "console",
            lambda said: said.type == "error" and self.complaints.append(f"{said.text} {said.location['url']}"),
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if user:
            page.context.add_cookies([session_of(user, live_server)])

    def _hear(self, said):
        if said.type == "error":
            self.complaints.append(f"{said.text} {said.location['url']}")

    def go(self, address):
        self.page.goto(self.root + address)
        return self.page

    def refused(self):
        return [*self.complaints, *self.page.evaluate("window.refused")]


@pytest.fixture
def sit_down(new_context, live_server):
    def sit(user=None, **options):
        return Desk(new_context(**options).new_page(), live_server, user)

    return sit


@pytest.fixture
def groups(transactional_db):
    return load_groups()


def staff(groups, group, *desks, **kw):
    user = make_user(desks=desks, **kw)
    user.groups.add(groups[group])
    return user


def pick(page, label, words):
    """Find a thing by typing, and take the first that is offered."""
    page.get_by_role("combobox", name=label, exact=True).press_sequentially(words)
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")


def test_a_story_from_an_empty_form_to_readers(sit_down, groups):
    desk = make_desk("world")
    make_region("LB", name="Lebanon")
    make_topic("Harbours")
    photo = make_photo(caption="Boats in the harbour.")
    reporter = staff(groups, "Reporter", desk, username="rana")
    editor = staff(groups, "Desk editor", desk, username="dina")
    publisher = staff(groups, "Publisher", username="petra")

    at = sit_down(reporter)
    page = at.go("/admin/")
    page.get_by_role("link", name="New story").click()
    page.get_by_label("Headline").press_sequentially("Harbour opens")
    body = page.get_by_role("textbox", name="Text of the story")
    body.click()
    page.keyboard.type("The harbour opened on Monday.")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Boats came in.")
    pick(page, "Regions", "leb")
    pick(page, "Topics", "harb")
    page.get_by_role("button", name="Add a picture").click()
    pick(page, "Picture", "boats")
    page.get_by_role("checkbox", name="Lead picture").check()
    page.keyboard.press("Control+s")
    page.get_by_text("Saved. The story is a draft.").wait_for()
    article = Article.objects.get()
    assert article.body == "<p>The harbour opened on Monday.</p><p><strong>Boats came in.</strong></p>"
    assert [region.code for region in article.ordered_regions()] == ["LB"]
    assert article.captions.get().photo == photo
    page.get_by_role("button", name="Submit to the desk").click()
    page.get_by_text("The story is now submitted.").wait_for()
    assert at.refused() == []

    at = sit_down(editor)
    page = at.go(url("article_change", article.pk))
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("The story is now approved.").wait_for()
    assert page.get_by_role("button", name="Publish now").count() == 0
    assert at.refused() == []

    at = sit_down(publisher)
    page = at.go(url("article_change", article.pk))
    expect(page.get_by_text("Nothing. It is ready.")).to_be_visible()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_text("Published. Readers have it now.").wait_for()
    assert Release.objects.in_force(article.public_id).headline == "Harbour opens"
    assert at.refused() == []


def test_leaving_what_is_not_saved_is_asked_about(sit_down, groups):
    desk = make_desk("world")
    article = make_article(desk=desk)
    at = sit_down(staff(groups, "Reporter", desk))
    page = at.go(url("article_change", article.pk))
    page.get_by_label("Headline").press("End")
    page.keyboard.type(" and more")
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog"):  # not at once: whether the session stands is asked of the server first
        page.get_by_role("button", name="Submit to the desk").click()
    assert fresh(article).status == "draft"
    expect(page.get_by_label("Headline")).to_have_value("Harbour opens after repairs and more")


def test_captions_are_moved_with_the_keyboard(sit_down, groups):
    desk = make_desk("world")
    article = make_article(desk=desk, captions=[{"caption": "One.", "is_lead": True}, {"caption": "Two."}])
    at = sit_down(staff(groups, "Reporter", desk))
    page = at.go(url("article_change", article.pk))
    page.get_by_role("button", name="Move this picture up").nth(1).focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Lead picture").first.press("Space")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 2.").wait_for()
    assert [(one.caption, one.is_lead) for one in article.captions.all()] == [("Two.", True), ("One.", False)]


def test_topics_keep_the_order_in_which_they_were_chosen(sit_down, groups):
    desk = make_desk("world")
    for name in ("Aid", "Boats", "Crime"):
        make_topic(name)
    article = make_article(desk=desk, topics=[Topic.objects.get(name="Aid")])
    at = sit_down(staff(groups, "Reporter", desk))
    page = at.go(url("article_change", article.pk))
    page.get_by_role("button", name="Take out Aid").click()
    for words in ("crime", "aid", "boats"):
        pick(page, "Topics", words)
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 2.").wait_for()
    assert [topic.name for topic in fresh(article).ordered_topics()] == ["Crime", "Aid", "Boats"]


def test_the_schedule_button_says_when_in_both_zones(sit_down, groups):
    article = make_article(regions=[make_region()], topics=[make_topic()])
    at = sit_down(staff(groups, "Publisher"))
    page = at.go(url("article_change", article.pk))
    page.get_by_text("Schedule", exact=True).first.click()
    page.get_by_label("When, in Beirut time").fill("2099-03-03T14:00")
    button = page.locator("[data-schedule-button]")
    expect(button).to_have_text("Schedule for Tue 3 Mar 2099, 14:00 Beirut (12:00 UTC)")


# --- for the other modules in a browser ------------------------------------------------------------------------------

# Only colours differ in the dark.
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast"]},
}


def _faults(at, name, rules):
    # Without preload, axe does not fetch our style sheets once more by itself.
    found = Axe().run(at.page, options={"runOnly": rules, "preload": False})
    return [
        f"{name}: {rule['id']}: {rule['nodes'][0]['html'][:160]} {rule['nodes'][0]['failureSummary'][:200]}"
        for rule in found.response["violations"]
    ]
