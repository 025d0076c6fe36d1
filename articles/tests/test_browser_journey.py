"""One story from a reporter's empty form to its retraction, by everybody who handles it, with the keyboard alone.

Nobody here has a mouse: whatever is reached is reached by Tab, by the arrows or by Ctrl+K, and focus is seen there.
"""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from articles import photos
from articles.models import Article, Release

from .desk import load_groups
from .factories import make_desk, make_photo, make_region, make_released, make_topic, make_user
from .test_browser_desk import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Set before any script of a page runs. Told at once, so that it outlives the page.
WATCH = """
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  window.complain(`${violatedDirective}: ${blockedURI}`);
});
"""

# What an element and what stands around it look like: this differs with the focus, or nobody sees where it is.
LOOKS = """
(one) => {
  const looks = [];
  for (let at = one; at && looks.length < 4; at = at.parentElement) {
    const { outline, boxShadow, borderColor, borderBlockEndWidth, backgroundColor } = getComputedStyle(at);
    looks.push([outline, boxShadow, borderColor, borderBlockEndWidth, backgroundColor].join());
  }
  return looks.join("|");
}
"""

# Whether some of an element is in the window with nothing before it.
IN_SIGHT = """
(one) => {
  const box = one.getBoundingClientRect();
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  return [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => {
    const there = document.elementFromPoint(box.left + x * box.width, top + y * (bottom - top));
    return there && one.contains(there);
  }));
}
"""
HAS_FOCUS = "(one) => one === document.activeElement"


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


class Somebody:
    """A person with a keyboard at a browser of their own."""

    def __init__(self, context, root):
        self.complaints = []
        context.expose_function("complain", lambda words: self.complaints.append(words))
        context.add_init_script(WATCH)
        self.page, self.root = context.new_page(), root
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._asked)
        self.press, self.type = self.page.keyboard.press, self.page.keyboard.type

    def _hear(self, said):
        # Of the page itself a browser says so where it answers 410, as that of a retracted story must.
        if said.type == "error" and "410" not in said.text:
            self.complaints.append(f"{said.text} {said.location['url']}")

    def _asked(self, dialog):
        if dialog.type != "beforeunload":
            self.complaints.append(dialog.message)
        dialog.accept()

    def open(self, address):
        """Type an address into the browser's own bar."""
        self.page.goto(self.root + address)

    def sign_in(self, user):
        self.open("/admin/")
        expect(self.page.get_by_label("Username")).to_be_focused()
        self.type(user.username)
        self.press("Tab")
        self.type(PASSWORD)
        self.press("Enter")
        expect(self.page.get_by_role("heading", name="The desk", exact=True)).to_be_visible()

    # --- reaching -------------------------------------------------------------------------------------------------

    def tab_to(self, target, *, key="Tab", most=80):
        """Press Tab until that element has the focus, and see that it is seen there."""
        expect(target).to_be_visible()
        one = target.element_handle()
        before = one.evaluate(LOOKS)
        for _ in range(most):
            self.press(key)
            if one.evaluate(HAS_FOCUS):
                break
        else:
            pytest.fail(f"{target} is not reached by pressing {key} {most} times.")
        assert one.evaluate(LOOKS) != before, f"{target} looks with the focus as it does without."
        assert one.evaluate(IN_SIGHT), f"{target} has the focus and is out of sight."

    def tab_back_to(self, target, **kw):
        self.tab_to(target, key="Shift+Tab", **kw)

    def follow(self, target, **kw):
        """Tab to a link or a button, and press it."""
        self.tab_to(target, **kw)
        self.press("Enter")

    def find(self, words, chosen):
        """Look for that with Ctrl+K, and take what is offered by that name."""
        self.page.wait_for_load_state()  # the shortcut is there once the page's scripts are
        self.press("Control+k")
        box = self.page.get_by_role("dialog", name="Find or do")
        expect(box.get_by_role("combobox")).to_be_focused()
        self.type(words)
        option = box.get_by_role("option", name=chosen).first
        expect(option).to_be_visible()
        for _ in range(10):
            if option.get_attribute("aria-selected") == "true":
                break
            self.press("ArrowDown")
        self.press("Enter")
        expect(box).to_be_hidden()

    def press_button(self, name):
        """Be led to a button of the story by Ctrl+K, and press it."""
        self.find(name, name)
        expect(self.page.locator(".side").get_by_role("button", name=name, exact=True)).to_be_focused()
        self.press("Enter")

    def fill_in(self, act, label, words):
        """Be led by Ctrl+K to what asks for more before it is done, which opens it, and answer the question there."""
        self.find(act, act)
        expect(self.page.locator(".side summary", has_text=act)).to_be_focused()
        self.press("Tab")
        field = self.page.locator(".act[open]").get_by_label(label, exact=True)
        expect(field).to_be_focused()
        self.type(words)

    def pick(self, label, words, chosen):
        """Type into a picker that has the focus or is tabbed to, and take what it offers."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        if not box.evaluate(HAS_FOCUS):
            self.tab_to(box)
        self.type(words)
        expect(self.page.get_by_role("listbox", name=label).get_by_role("option").first).to_contain_text(chosen)
        self.press("Enter")

    # --- a story --------------------------------------------------------------------------------------------------

    @property
    def text(self):
        return self.page.get_by_role("textbox", name="Text of the story")

    def open_story(self, headline):
        self.find(headline, headline)
        expect(self.page.get_by_label("Headline", exact=True)).to_have_value(headline)
        expect(self.text).to_be_visible()

    def write(self, words, *, at):
        """Into the story, its caret brought to that place by a key."""
        self.find("Text", "Text")
        expect(self.text).to_be_focused()
        self.press(at)
        self.type(words)

    def save(self, said):
        self.press("Control+s")
        self.sees(said)

    def sees(self, *words):
        for some in words:
            expect(self.page.get_by_text(some).first).to_be_visible()


@pytest.fixture
def somebody(new_context, live_server, settings):
    """Makes people; each is asked at the end whether the browser complained of anything."""
    settings.SITE_URL = live_server.url
    everybody = []

    def sits_down(user=None):
        context = new_context(locale="en-GB", timezone_id="Asia/Beirut", reduced_motion="reduce")
        context.clock.install(time=datetime.now(UTC))
        everybody.append(Somebody(context, live_server.url))
        if user:
            everybody[-1].sign_in(user)
        return everybody[-1]

    yield sits_down
    assert [one.complaints for one in everybody] == [[] for _ in everybody]


@pytest.fixture
def staff(transactional_db):
    """Those who handle the story, by name; all but the publisher are of one desk, which Dina leads."""
    groups, desk = load_groups(), make_desk("world")

    def person(username, first, last, group):
        user = make_user(username, first_name=first, last_name=last, desks=[desk])
        user.groups.add(groups[group])
        return user

    people = {
        "rana": person("rana", "Rana", "Haddad", "Reporter"),
        "sami": person("sami", "Sami", "Aoun", "Sub-editor"),
        "selma": person("selma", "Selma", "Khoury", "Sub-editor"),
        "dina": person("dina", "Dina", "Saad", "Desk editor"),
        "petra": person("petra", "Petra", "Nasr", "Publisher"),
    }
    people["dina"].memberships.update(role="lead")
    return people


HEADLINE = "Harbour opens after a year of repairs"


def begin(rana):
    """The reporter's empty form, filled in from top to bottom and submitted."""
    page = rana.page
    rana.follow(page.get_by_role("link", name="New story"))
    expect(page.get_by_label("Headline", exact=True)).to_be_focused()
    rana.type(HEADLINE)
    rana.tab_to(page.get_by_label("Standfirst", exact=True))
    rana.type("Boats came in on Monday morning.")
    rana.tab_to(rana.text)
    rana.type("The harbour opened on Monday.")
    rana.press("Enter")
    rana.type("Twelve boats came in from the north.")
    rana.follow(page.get_by_role("button", name="Add a picture"))
    rana.pick("Picture", "boats", "Boats at a quay")
    for label, words in (
        ("Caption", "Boats come into the harbour on Monday."),
        ("Photographer", "Lina Daou"),
        ("Credit", "Meridian"),
        ("Alt text", "Six small boats in a row at a stone quay"),
    ):
        rana.tab_to(page.get_by_label(label, exact=True))
        rana.type(words)
    rana.tab_to(page.get_by_role("checkbox", name="Lead picture"))
    rana.press("Space")
    rana.sees("Boats come into the harbour on Monday. Photo: Lina Daou / Meridian")
    rana.pick("Regions", "leb", "Lebanon")
    rana.pick("Topics", "harb", "Harbours")
    rana.save("Saved. The story is a draft.")
    submit(rana)


def submit(rana):
    rana.press_button("Submit to the desk")
    rana.sees("The story is now submitted.")


def send_back(dina, why):
    dina.follow(dina.page.get_by_role("link", name="Notices"))
    dina.follow(dina.page.get_by_role("link", name=f"Rana Haddad submitted “{HEADLINE}”"))
    expect(dina.text).to_be_visible()
    dina.fill_in("Return to the reporter", "Why?", why)
    dina.press("Enter")
    dina.sees("The story is now draft.")


def mend(rana, why):
    """The reporter is told, and why; and does what was asked."""
    rana.open("/admin/")
    bell = rana.page.get_by_role("link", name="Notices")
    expect(bell).to_contain_text("1")
    rana.follow(bell)
    rana.follow(rana.page.get_by_role("link", name=f"Dina Saad returned “{HEADLINE}”: {why}"))
    expect(rana.text).to_be_visible()
    rana.sees(why)
    rana.write(" The port authority counted them.", at="Control+End")
    rana.save("Saved as revision 2.")
    submit(rana)


def edit_together(sami, selma):
    """Both have the story open since before either saves, and write in paragraphs of their own."""
    sami.open_story(HEADLINE)
    sami.press_button("Start editing")
    sami.sees("The story is now editing.")
    selma.open_story(HEADLINE)
    sami.write("At dawn, ", at="Control+Home")
    selma.write(" None was damaged.", at="Control+End")
    sami.save("Saved as revision 3.")
    selma.save("Saved as revision 4. Sami Aoun’s changes to one paragraph are in it.")
    expect(selma.text).to_have_text(
        "At dawn, The harbour opened on Monday."
        "Twelve boats came in from the north. The port authority counted them. None was damaged."
    )


def approve(dina):
    dina.open("/admin/")
    dina.open_story(HEADLINE)
    dina.press_button("Approve")
    dina.sees("The story is now approved.")


def schedule(petra):
    """For 14:00 of the next day, in a field that takes a time as it is said here."""
    petra.open_story(HEADLINE)
    petra.sees("Nothing. It is ready.", "Nothing: they do not have this story.")
    petra.fill_in("Schedule", "When, in Beirut time", "03032026")
    petra.press("Tab")
    petra.type("1400")
    petra.follow(petra.page.get_by_role("button", name="Schedule for Tue 14:00 Beirut (12:00 UTC)"))
    petra.sees("Scheduled for Tue 3 March 2026, 14:00 Beirut (12:00 UTC).")
    expect(petra.page.locator(".mark-scheduled").first).to_be_visible()


def correct(sami, dina, petra, note):
    sami.open("/admin/")
    sami.open_story(HEADLINE)
    sami.write("Thirteen boats came in all; the first was from the south. ", at="Control+Home")
    sami.save("Saved as revision 5.")
    approve(dina)
    petra.open("/admin/")
    petra.open_story(HEADLINE)
    petra.fill_in("Send a correction", "What readers are told was corrected", note)
    petra.follow(petra.page.get_by_role("button", name="Send correction to readers"))
    petra.sees("The correction has gone to readers, with its note.")


def retract(petra, note):
    petra.fill_in("Retract", "What readers are told in its place", note)
    petra.follow(petra.page.get_by_role("button", name="Retract now"))
    petra.sees("Retracted. Readers see the notice in place of the story.")


LISTS = ("/", "/regions/lebanon/", "/topics/harbours/")


def listed(reader):
    """On which of the lists a reader finds the story."""
    found = []
    for address in LISTS:
        reader.open(address)
        expect(reader.page.get_by_role("link", name="Ships wait outside").first).to_be_visible()
        if reader.page.get_by_role("link", name=HEADLINE).count():
            found.append(address)
    return tuple(found)


def test_a_story_from_an_empty_form_to_its_retraction_by_keyboard(somebody, staff, clock):
    clock.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=True)
    lebanon, harbours = make_region("LB", name="Lebanon"), make_topic("Harbours")
    make_released(headline="Ships wait outside", regions=[lebanon], topics=[harbours])
    make_photo(caption="Boats at a quay.", alt_text="", credit="")

    rana = somebody(staff["rana"])
    begin(rana)
    dina = somebody(staff["dina"])
    why = "Say who counted the boats."
    send_back(dina, why)
    mend(rana, why)
    edit_together(sami := somebody(staff["sami"]), somebody(staff["selma"]))
    approve(dina)
    petra = somebody(staff["petra"])
    schedule(petra)

    reader = somebody()
    assert listed(reader) == ()
    clock.move_to(datetime(2026, 3, 3, 12, 0, 1, tzinfo=UTC), tick=True)
    assert listed(reader) == LISTS
    reader.follow(reader.page.get_by_role("link", name=HEADLINE).first)
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    reader.sees("At dawn, The harbour opened on Monday.", "counted them. None was damaged.")
    reader.sees("Boats come into the harbour on Monday.", "Lina Daou / Meridian")
    photo = reader.page.get_by_role("img", name="Six small boats in a row at a stone quay")
    assert photo.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0

    note = "Thirteen boats came in, not twelve."
    correct(sami, dina, petra, note)
    reader.page.reload()
    reader.sees(note, "Thirteen boats came in all")
    story = reader.page.url
    reader.follow(reader.page.get_by_role("link", name="Corrections"))
    reader.sees(note)
    expect(reader.page.get_by_role("link", name=HEADLINE)).to_be_visible()

    wrong = "The harbour is still closed. We were wrong, and are sorry."
    retract(petra, wrong)
    reader.page.goto(story)
    reader.sees("Retraction", wrong)
    expect(reader.page.get_by_text("At dawn")).to_have_count(0)
    assert listed(reader) == ()
    reader.follow(reader.page.get_by_role("link", name="Corrections"))
    reader.sees(note, wrong)

    article = Article.objects.get(headline=HEADLINE)
    assert [one.kind for one in Release.objects.filter(public_id=article.public_id).order_by("sequence")] == [
        "first",
        "correction",
        "retraction",
    ]
