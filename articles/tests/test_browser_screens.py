"""Every screen of the desk as people see it: by day and by night, at a desktop and at a telephone, from left to right
and from right to left. Nothing that axe finds, nothing that sticks out, nothing that the browser complains of.

The screens are those of ``test_permissions.ADDRESSES``: an address that is added there is looked at by itself, and one
that shows no page has to stand in ``NO_SCREEN``.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles import photos

from .filled_desk import FilledDesk
from .test_browser_desk import STICKING_OUT, session_of
from .test_permissions import ADDRESSES, World, where

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What shows no page by itself: the addresses that buttons and scripts send to, and the files that are fetched.
NO_SCREEN = {
    *(name for name, address in ADDRESSES.items() if address.post is not None),
    *("autocomplete", "jsi18n", "articles_article_draft", "articles_article_draft_new", "articles_article_people"),
    *("articles_photo_thumb", "articles_photo_wide", "articles_photo_original"),
    *("articles_photo_sheet", "articles_photo_batch"),  # of chosen pictures: looked at below their own names
    *("articles_wirerecord_news", "articles_wirebatch_progress"),
    # These lead on, to pages that stand here under their own names.
    *("login", "sign_in", "app_list", "articles_notice_open"),
    "articles_user_delete",  # nobody of the staff is ever deleted
}
GONE = {"articles_article_preview_signed", "articles_article_preview_page"}  # asked for with no signature that holds

WATCH = """
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  window.complain(`${violatedDirective}: ${blockedURI}`);
});
"""
# What is folded away is looked at as well; but for the menus on top, which would cover what stands beneath them.
UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
# Without preload, axe does not fetch our style sheets once more by itself; what stands in a frame is a screen here.
ASKED = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    # The head of Django's own column of hidden fields has no words, and none see it.
    "rules": {"empty-table-header": {"enabled": False}},
    "resultTypes": ["violations"],
    "preload": False,
    "iframes": False,
}
DESKTOP, TELEPHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PARTS = 4
SHOTS = os.environ.get("SHOTS", "")  # a folder to keep pictures of the screens in


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


def screens(filled):
    """The address of each screen, by a name for it."""
    world = World(filled.ids, filled.article.version)
    named = {name: where(name, address, world) + address.query for name, address in ADDRESSES.items()}
    return {name: address for name, address in named.items() if name not in NO_SCREEN} | filled.more()


@pytest.fixture
def eyes(new_context, live_server, settings):
    """A browser at which the one is signed in who may see everything."""
    settings.SITE_URL = live_server.url
    filled = FilledDesk()
    context = new_context(reduced_motion="reduce", viewport=DESKTOP)
    context.add_cookies([session_of(filled.reader, live_server)])
    return Eyes(context, live_server.url, filled)


class Eyes:
    """Looks at screens, and keeps what is wrong with them."""

    def __init__(self, context, root, filled):
        self.root, self.filled, self.wrong, self.name = root, filled, [], ""
        context.expose_function("complain", lambda words: self.say(words))
        context.add_init_script(WATCH)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.say(str(error)))
        self.page.on("console", self._hear)

    def say(self, words):
        self.wrong.append(f"{self.name}: {words}")

    def _hear(self, said):
        # That the page itself answers 404 or 410 is seen by its status.
        if said.type == "error" and said.location["url"] != self.address:
            self.say(f"{said.text} {said.location['url']}")

    def look(self, name, address, status):
        self.name, self.address = name, self.root + address
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(DESKTOP)
        answer = self.page.goto(self.address)
        if answer.status != status or not answer.headers.get("content-type", "").startswith("text/html"):
            self.say(f"it answers {answer.status}, {answer.headers.get('content-type')}")
            return
        if self.page.locator("[data-later], [data-advice]").count():
            self.page.wait_for_load_state("networkidle")  # panels of a story come after it
        self._keep("light")
        self.page.evaluate(UNFOLD)
        self._width("at a desktop")
        self._faults("by day, at a desktop", Axe().run(self.page, options=ASKED).response)
        self.page.emulate_media(color_scheme="dark")
        self.page.set_viewport_size(TELEPHONE)
        self._width("at a telephone")
        self._keep("dark")
        self.page.evaluate("document.documentElement.dir = 'rtl'")
        self._width("at a telephone, from right to left")
        found = self.page.evaluate("(asked) => axe.run(document, asked)", ASKED)
        self._faults("by night, at a telephone, from right to left", found)

    def _width(self, when):
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            self.say(f"{when}: {over} px too wide: {self.page.evaluate(STICKING_OUT)}")

    def _faults(self, when, found):
        for rule in found["violations"]:
            first = rule["nodes"][0]
            self.say(f"{when}: {rule['id']}: {first['html'][:160]} {first['failureSummary'][:300]}")

    def _keep(self, when):
        if SHOTS:
            width = self.page.viewport_size["width"]
            shot = f"{self.name.replace('articles_', '').replace(' ', '-').replace(',', '')}-{width}-{when}.png"
            self.page.screenshot(path=Path(SHOTS) / shot, full_page=True)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_screen_is_for_everybody(eyes, part):
    for name, address in list(screens(eyes.filled).items())[part::PARTS]:
        status = 410 if name in GONE else 404 if name == "preview that is shut" else 200
        eyes.look(name, address, status)
    assert not eyes.wrong, "\n".join(eyes.wrong)


def test_the_menus_and_what_is_seen_before_signing_in_are_for_everybody(eyes):
    page = eyes.page
    eyes.look("board", "/admin/", 200)
    page.set_viewport_size(DESKTOP)
    for menu in page.locator(".top .menu > summary").all():
        menu.press("Enter")
        eyes._faults("menu", page.evaluate("(asked) => axe.run(document, asked)", ASKED))
        menu.press("Enter")
    page.context.clear_cookies()
    eyes.look("door", "/admin/login/", 200)
    assert not eyes.wrong, "\n".join(eyes.wrong)


def test_only_what_shows_no_page_is_left_out(client):
    """Whatever stands in ``NO_SCREEN`` answers a GET with something else than a page of its own."""
    filled = FilledDesk()
    client.force_login(filled.reader)
    world = World(filled.ids, filled.article.version)
    pages = []
    for name in sorted(NO_SCREEN):
        answer = client.get(where(name, ADDRESSES[name], world) + ADDRESSES[name].query)
        if answer.status_code == 200 and not answer.streaming and b"<html" in answer.content:
            pages.append(name)
    assert pages == []
