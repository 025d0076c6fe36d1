"""Nothing typed is lost: browser and server are killed under the fingers of somebody who types with real keys."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from playwright.sync_api import Error, expect

from articles import keeping, workflow, writing
from articles.desk import saving
from articles.models import Article, Autosave, Presence, User

from .desk import load_groups, url
from .factories import fresh, make_article, make_desk
from .machine import ROOT
from .test_browser_desk import PASSWORD, RULES, STICKING_OUT, Desk, _faults, staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_LOST = 10  # seconds of typing
ON_THE_SERVER = re.compile(r"Kept on the server \d\d:\d\d")


def until(true, within=20):
    """Wait for that to be true, and give it; the test fails when it is not in time."""
    end = time.monotonic() + within
    while not (found := true()):
        if time.monotonic() > end:
            raise AssertionError(f"Still not so after {within} seconds.")
        time.sleep(0.05)
    return found


class Server:
    """The desk as a process of its own, on this test's database: it can be killed and started again."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        it = connection.settings_dict
        address = f"sqlite:///{it['NAME']}"
        if connection.vendor == "postgresql":
            address = f"postgres://{it['USER']}:{it['PASSWORD']}@{it['HOST']}:{it['PORT']}/{it['NAME']}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "4"],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "articles.tests.settings", "TEST_DATABASE_URL": address},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(self._answers, within=60)

    def _answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(transactional_db, browser_type_launch_args):
    running = Server()
    yield running
    with contextlib.suppress(ProcessLookupError):
        running.kill()


class Browser:
    """A Chromium with a profile of its own on the disk: what it keeps there outlives its processes."""

    def __init__(self, browser_type, arguments, profile: Path):
        self.type, self.arguments, self.profile = browser_type, arguments, profile
        self.start()

    def start(self):
        self.context = self.type.launch_persistent_context(str(self.profile), **self.arguments)
        self.page = self.context.pages[0]
        self.processes = list(self._own_processes())

    def kill(self):
        """All its processes at once, as a machine does that runs out of memory. Gives when."""
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        killed = time.monotonic()
        with contextlib.suppress(Error):
            self.context.close()
        return killed

    def _own_processes(self):
        """Those that work on its profile, the first of all first: the others end with it."""
        own = f"--user-data-dir={self.profile}".encode()
        for process in sorted(int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()):
            with contextlib.suppress(OSError):
                if own in Path(f"/proc/{process}/cmdline").read_bytes():
                    yield process

    def open(self, root, address, user):
        """That page, signed in for it where the desk asks for that."""
        self.page.goto(root + address)
        if "/login/" in self.page.url:
            self.page.get_by_label("Username").fill(user.username)
            self.page.get_by_label("Password").fill(PASSWORD)
            self.page.get_by_role("button", name="Log in").click()
            self.page.wait_for_url(f"**{address}")
        return self.page


@pytest.fixture
def chromium(browser_type, browser_type_launch_args, tmp_path):
    running = Browser(browser_type, browser_type_launch_args, tmp_path / "profile")
    yield running
    running.kill()


@pytest.fixture
def groups(transactional_db):
    return load_groups()


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def rana(groups, desk):
    return staff(groups, "Reporter", desk, username="rana", first_name="Rana", last_name="Aoun")


@pytest.fixture
def dina(groups, desk):
    return staff(groups, "Desk editor", desk, username="dina", first_name="Dina", last_name="Saad")


@pytest.fixture
def article(desk):
    return make_article(desk=desk, headline="Harbour", body="<p>The harbour opened.</p><p>Boats came in.</p>")


@pytest.fixture
def sit_down(new_context, live_server):
    def sit(user=None, **options):
        at = Desk(new_context(**options).new_page(), live_server, user)
        at.page.on("dialog", lambda dialog: dialog.accept())
        return at

    return sit


def state(page):
    return page.locator(".keeping-words")


def type_numbers(page, seconds, begin=0):
    """Type “0 1 2 …” with real keys for so long. Gives each number with when it was there whole."""
    typed, number, end = {}, begin, time.monotonic() + seconds
    while time.monotonic() < end:
        page.keyboard.type(f" {number}", delay=40)
        typed[number] = time.monotonic()
        number += 1
    return typed


def lost(typed, text, at):
    """How many seconds of typing the text lacks, of what had been typed at that moment."""
    held = {int(number) for number in re.findall(r"\d+", text)}
    assert held, "nothing was kept"
    missing = [when for number, when in typed.items() if number not in held]
    return at - min(missing) if missing else 0


def in_body(page):
    page.get_by_role("textbox", name="Text of the story").click()
    page.keyboard.press("Control+End")


# --- killed -------------------------------------------------------------------------------------------------------


def test_a_browser_killed_while_somebody_types_loses_seconds(chromium, server, rana, article):
    address = url("article_change", article.pk)
    page = chromium.open(server.url, address, rana)
    in_body(page)
    typed = type_numbers(page, 14)
    killed = chromium.kill()

    chromium.start()
    page = chromium.open(server.url, address, rana)
    page.get_by_role("heading", name="You did not save what you typed").wait_for()
    page.get_by_role("link", name="Take it into the form").click()
    page.get_by_text("is in the form below").wait_for()
    text = page.get_by_role("textbox", name="Text of the story").inner_text()
    assert text.startswith("The harbour opened.")
    assert lost(typed, text, killed) < MOST_LOST
    assert article.revisions.count() == 1
    page.get_by_role("button", name="Save", exact=True).click()
    until(lambda: article.revisions.count() == 2)
    assert lost(typed, fresh(article).body, killed) < MOST_LOST
    until(lambda: not Autosave.objects.exists())


def test_a_new_story_outlives_the_browser(chromium, server, rana):
    page = chromium.open(server.url, url("article_add"), rana)
    page.get_by_role("textbox", name="Headline", exact=True).click()
    typed = type_numbers(page, 6)
    killed = chromium.kill()

    chromium.start()
    page = chromium.open(server.url, url("article_add"), rana)
    page.get_by_role("link", name="Take it into the form").click()
    page.get_by_text("is in the form below").wait_for()
    assert lost(typed, page.get_by_role("textbox", name="Headline", exact=True).input_value(), killed) < MOST_LOST
    page.keyboard.press("Control+s")
    assert lost(typed, until(Article.objects.first).headline, killed) < MOST_LOST
    until(lambda: not Autosave.objects.exists())


@pytest.mark.parametrize("open_it", ["({})", "{ throw new DOMException('no room', 'QuotaExceededError'); }"])
def test_a_browser_that_keeps_nothing_itself_still_tells_the_server(sit_down, rana, article, open_it):
    at = sit_down(rana)
    # The first never answers, as a browser whose disk is stuck.
    at.page.add_init_script(f"IDBFactory.prototype.open = () => {open_it};")
    at.go(url("article_change", article.pk))
    in_body(at.page)
    at.page.keyboard.type(" And left.")
    expect(state(at.page)).to_have_text(ON_THE_SERVER, timeout=15000)
    assert "And left." in Autosave.objects.get().form["body"][0]


def test_a_server_killed_while_somebody_types_loses_nothing(chromium, server, rana, article):
    page = chromium.open(server.url, url("article_change", article.pk), rana)
    in_body(page)
    typed = type_numbers(page, 3)
    server.kill()
    typed |= type_numbers(page, 3, begin=len(typed))
    expect(state(page)).to_have_text("Kept in this browser: the server cannot be reached", timeout=15000)
    server.start()
    expect(state(page)).to_have_text(ON_THE_SERVER, timeout=60000)
    text = page.get_by_role("textbox", name="Text of the story").inner_text()
    assert lost(typed, text, time.monotonic()) == 0
    until(lambda: lost(typed, Autosave.objects.get().form["body"][0], time.monotonic()) == 0)


def test_server_and_browser_both_killed_lose_seconds(chromium, server, rana, article):
    address = url("article_change", article.pk)
    page = chromium.open(server.url, address, rana)
    in_body(page)
    server.kill()
    typed = type_numbers(page, 14)
    killed = chromium.kill()
    assert not Autosave.objects.exists()

    server.start()
    chromium.start()
    page = chromium.open(server.url, address, rana)
    page.get_by_role("heading", name="You did not save what you typed").wait_for()
    assert lost(typed, page.locator(".unsaved-draft").inner_text(), killed) < MOST_LOST
    assert lost(typed, Autosave.objects.get().form["body"][0], killed) < MOST_LOST


def test_a_save_while_the_server_is_gone_stays_on_the_page(chromium, server, rana, article):
    page = chromium.open(server.url, url("article_change", article.pk), rana)
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    page.keyboard.type(" opens")
    server.kill()
    page.keyboard.press("Control+s")
    expect(state(page)).to_contain_text("the server cannot be reached", timeout=15000)
    expect(page.get_by_role("textbox", name="Headline", exact=True)).to_have_value("Harbour opens")
    server.start()
    expect(state(page)).to_have_text(ON_THE_SERVER, timeout=60000)
    page.keyboard.press("Control+s")
    until(lambda: fresh(article).headline == "Harbour opens")


# --- kept, and given back -----------------------------------------------------------------------------------------


def test_what_is_typed_is_on_the_server_soon_after_a_pause(sit_down, rana, article):
    page = sit_down(rana).go(url("article_change", article.pk))
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    page.keyboard.type(" opens")
    paused = time.monotonic()
    until(lambda: Autosave.objects.filter(form__headline__0="Harbour opens").exists(), within=10)
    assert time.monotonic() - paused < 3
    expect(state(page)).to_have_text(ON_THE_SERVER)
    assert page.evaluate(COPIES) == 0  # the browser's own copy goes once the server has it
    assert article.revisions.count() == 1


COPIES = """
new Promise((resolve) => {
  indexedDB.open("newsroom").onsuccess = ({ target }) => {
    const names = target.result.objectStoreNames;
    if (!names.contains("unsaved")) { resolve(0); return; }
    const all = target.result.transaction("unsaved").objectStore("unsaved").count();
    all.onsuccess = () => resolve(all.result);
  };
})
"""


def test_a_draft_is_kept_for_later_or_thrown_away(sit_down, rana, article):
    keeping.keep(rana, {"headline": ["Typed before"]}, window="w", base=1, article=article)
    page = sit_down(rana).go(url("article_change", article.pk))
    page.get_by_role("button", name="Decide later").click()
    expect(page.get_by_role("link", name="Take it into the form")).to_be_hidden()
    # What is typed now does not write over it.
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    page.keyboard.type(" opens")
    expect(state(page)).to_contain_text("first decide about your unsaved draft")
    assert Autosave.objects.get().form["headline"] == ["Typed before"]
    assert page.evaluate(COPIES) == 1
    page.reload()
    page.get_by_text("Keep the saved text").click()
    page.get_by_role("button", name="Throw the draft away").click()
    page.get_by_text("Your unsaved draft was thrown away.").wait_for()
    # The one that waited in the browser comes next.
    expect(page.locator(".unsaved-draft ins")).to_have_text(" opens")
    assert Autosave.objects.get().form["headline"] == ["Harbour opens"]
    assert page.evaluate(COPIES) == 0


def test_what_may_not_go_into_the_story_any_more_can_still_be_read(sit_down, rana, dina, article):
    page = sit_down(rana).go(url("article_change", article.pk))
    page.route("**/keep/", lambda route: route.abort())
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    page.keyboard.type(" opens")
    expect(state(page)).to_have_text("Kept in this browser: the server cannot be reached")
    workflow.move(article, "submitted", dina, seen=article.version)
    page.unroute("**/keep/")
    page.reload()
    left = page.locator(".unsaved-draft")
    expect(left).to_contain_text("is only in this browser")
    expect(left).to_contain_text("Harbour opens")
    expect(left).to_contain_text("You may not edit this story")
    left.get_by_role("button", name="Throw it away").click()
    expect(left).to_have_count(0)
    assert page.evaluate(COPIES) == 0


def test_a_second_window_writes_over_nothing(sit_down, rana, article):
    at = sit_down(rana)
    one = at.go(url("article_change", article.pk))
    two = one.context.new_page()
    two.goto(one.url)
    one.get_by_role("textbox", name="Headline", exact=True).press("End")
    one.keyboard.type(" one")
    expect(state(one)).to_have_text(ON_THE_SERVER)
    two.get_by_role("textbox", name="Headline", exact=True).press("End")
    two.keyboard.type(" two")
    expect(state(two)).to_contain_text("first decide about your unsaved draft")
    expect(two.locator(".unsaved-draft ins")).to_have_text(" one")
    expect(two.locator(".presence-list")).to_have_count(0)
    one.keyboard.press("Control+s")
    until(lambda: fresh(article).headline == "Harbour one")
    two.keyboard.type("!")
    expect(state(two)).to_have_text(ON_THE_SERVER)
    assert Autosave.objects.get().form["headline"] == ["Harbour two!"]


def test_logging_out_leaves_nothing_in_the_browser(sit_down, rana, article):
    page = sit_down(rana).go(url("article_change", article.pk))
    page.route("**/keep/", lambda route: route.abort())
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    page.keyboard.type(" opens")
    expect(state(page)).to_have_text("Kept in this browser: the server cannot be reached")
    assert page.evaluate(COPIES) == 1
    page.get_by_text("Rana", exact=True).click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/logout/")
    assert page.evaluate(COPIES) == 0


# --- signed out ---------------------------------------------------------------------------------------------------


def test_an_expired_session_loses_nothing_and_the_save_goes_on(sit_down, rana, article):
    page = sit_down(rana).go(url("article_change", article.pk))
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    Session.objects.all().delete()
    page.keyboard.type(" opens")
    expect(page.get_by_role("button", name="sign in here")).to_be_visible()
    assert page.evaluate(COPIES) == 1
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog", name="Sign in again")
    dialog.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("correct username and password")
    dialog.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    until(lambda: fresh(article).headline == "Harbour opens")
    expect(dialog).to_be_hidden()
    until(lambda: not Autosave.objects.exists())
    assert page.evaluate(COPIES) == 0


def test_what_is_typed_goes_on_being_kept_after_signing_in_again(sit_down, rana, article):
    page = sit_down(rana).go(url("article_change", article.pk))
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    Session.objects.all().delete()
    page.keyboard.type(" opens")
    page.get_by_role("button", name="sign in here").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(state(page)).to_have_text(ON_THE_SERVER)
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    page.keyboard.type(" again")
    until(lambda: Autosave.objects.get().form["headline"] == ["Harbour opens again"])


def test_nothing_goes_to_who_signed_in_in_another_window(sit_down, rana, dina, article):
    page = sit_down(rana).go(url("article_change", article.pk))
    other = page.context.new_page()
    page.context.clear_cookies()
    other.goto(page.url.split("/admin/")[0] + "/admin/login/")
    other.get_by_label("Username").fill(dina.username)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in").click()
    other.wait_for_url("**/admin/")
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    page.keyboard.type(" opens")
    expect(page.get_by_role("button", name="sign in as Rana Aoun")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("dialog", name="Sign in again")).to_contain_text("Dina Saad has signed in in this browser")
    assert not Autosave.objects.exists()
    assert article.revisions.count() == 1


# --- who is here --------------------------------------------------------------------------------------------------


def look_again(page):
    """The next heartbeat, now: as when somebody comes back to the window."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_two_people_see_each_other_and_what_the_other_saved(sit_down, rana, dina, article):
    hers = sit_down(dina).go(url("article_change", article.pk))
    until(Presence.objects.exists)
    mine = sit_down(rana).go(url("article_change", article.pk))
    here = mine.locator(".presence-list")
    expect(here).to_have_text(re.compile(r"^Dina Saad here since \d\d:\d\d$"))
    hers.get_by_role("textbox", name="Headline", exact=True).press("End")
    hers.keyboard.type(" opens")
    expect(state(hers)).to_have_text(ON_THE_SERVER)
    look_again(mine)
    expect(here).to_contain_text("has unsaved changes")
    hers.keyboard.press("Control+s")
    until(lambda: fresh(article).headline == "Harbour opens")
    look_again(mine)
    expect(mine.get_by_text("Dina Saad saved revision 2")).to_contain_text("headline")
    mine.get_by_role("button", name="Take it in").click()
    expect(mine.get_by_role("textbox", name="Headline", exact=True)).to_have_value("Harbour opens")
    hers.context.close()
    until(lambda: not Presence.objects.here().filter(user=dina).exists(), within=30)


def test_what_another_saved_is_taken_in_with_ones_own(sit_down, rana, dina, article):
    page = sit_down(rana).go(url("article_change", article.pk))
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    page.keyboard.type(" opens")
    content = {**writing.snapshot(article), "standfirst": "After a year."}
    saving.save(article, content, dina, seen=article.version, opened=1)
    look_again(page)
    page.get_by_role("button", name="Save mine and take it in").click()
    until(lambda: (fresh(article).headline, fresh(article).standfirst) == ("Harbour opens", "After a year."))


def test_a_paragraph_is_asked_for(sit_down, rana, dina, article):
    mine = sit_down(rana).go(url("article_change", article.pk))
    until(Presence.objects.exists)
    at = sit_down(dina)
    hers = at.go(url("article_change", article.pk))
    in_body(hers)
    hers.get_by_text("Ask them to leave you a paragraph").click()
    expect(hers.get_by_text("About the paragraph that begins “Boats came in.”")).to_be_visible()
    hers.get_by_role("button", name="Show it to them").click()
    expect(hers.get_by_text("You ask of the others")).to_contain_text("Boats came in.")
    look_again(mine)
    mark = mine.locator(".paragraph-mark")
    expect(mark).to_have_text("Dina Saad: Please leave me this paragraph.")
    paragraph = mine.get_by_role("textbox", name="Text of the story").get_by_text("Boats came in.")
    until(lambda: abs(mark.bounding_box()["y"] - paragraph.bounding_box()["y"]) < 2)
    hers.get_by_role("button", name="Withdraw").click()
    expect(hers.get_by_text("You ask of the others")).to_be_hidden()
    look_again(mine)
    expect(mark).to_have_count(0)
    assert at.refused() == []


# --- looked at ----------------------------------------------------------------------------------------------------


@pytest.fixture
def everything(rana, dina, article):
    """A story with a draft to decide about, and somebody there who asks for a paragraph and has saved meanwhile."""
    keeping.keep(
        rana, {"headline": ["Harbour opens again"], "body": ["<p>It opened.</p>"]}, window="w", base=1, article=article
    )
    content = {**writing.snapshot(article), "standfirst": "After a year."}
    saving.save(article, content, dina, seen=article.version, opened=1)
    keeping.be_seen(dina, article, writing=True, note=("Please leave me this paragraph.", "Boats came in."))
    return url("article_change", article.pk)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_keeps_to_the_policy(sit_down, rana, everything, scheme):
    at = sit_down(rana, color_scheme=scheme)
    page = at.go(everything)
    expect(page.locator(".paragraph-mark")).to_be_visible()
    assert _faults(at, "draft", RULES[scheme]) == []
    assert at.refused() == []
    Session.objects.all().delete()
    page.get_by_role("textbox", name="Headline", exact=True).press("End")
    page.keyboard.type("!")
    page.get_by_role("button", name="sign in here").click()
    page.get_by_role("dialog", name="Sign in again").wait_for()
    assert _faults(at, "sign in", RULES[scheme]) == []


def test_it_fits_a_telephone(sit_down, rana, everything):
    page = sit_down(rana, viewport={"width": 390, "height": 844}).go(everything)
    expect(page.locator(".paragraph-mark")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.evaluate(STICKING_OUT)
    assert User.objects.get(pk=rana.pk).autosaves.exists()
