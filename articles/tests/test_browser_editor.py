"""The story editor in a real browser, by the keyboard: it saves in place, finds, warns and leads to what it means."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Release

from .desk import url
from .factories import (
    approve,
    fresh,
    make_article,
    make_desk,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)
from .test_browser_desk import RULES, STICKING_OUT, _faults, groups, pick, sit_down, staff  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "The port will be closed for the whole of the winter"


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def opened(sit_down, groups, desk):  # noqa: F811
    """Opens a story for somebody of that group, and gives their seat and the story."""

    def opens(group="Desk editor", **kw):
        options = kw.pop("options", {})
        article = kw.pop("article", None) or make_article(desk=desk, **kw)
        at = sit_down(staff(groups, group, desk), **options)
        at.go(url("article_change", article.pk))
        expect(at.page.get_by_role("textbox", name="Text of the story")).to_be_visible()
        return at, article

    return opens


def text_of(page):
    return page.get_by_role("textbox", name="Text of the story")


# --- saving ---------------------------------------------------------------------------------------------------------


def test_ctrl_s_saves_without_leaving(opened):
    at, article = opened(body="".join(f"<p>Paragraph {number} of the story.</p>" for number in range(40)))
    page = at.page
    page.evaluate("window.stayed = true")
    text_of(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" And more.")
    before = page.evaluate("scrollY")
    page.keyboard.press("Control+s")
    expect(page.locator(".save-said")).to_have_text("Saved as revision 2.")
    assert "And more." in fresh(article).body
    assert page.evaluate("window.stayed")
    assert before > 0
    assert page.evaluate("scrollY") == before
    expect(page.get_by_text("Not saved yet")).to_be_hidden()
    # The cursor is where it was, and what is typed next is saved onto the newer version.
    page.keyboard.type(" And still more.")
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator(".save-said")).to_have_text("Saved as revision 3.")
    assert "And more. And still more." in fresh(article).body
    assert at.refused() == []


def test_the_buttons_beside_a_saved_story_name_the_new_version(opened):
    at, article = opened("Reporter")
    page = at.page
    page.get_by_label("Headline").press("End")
    page.keyboard.type(" again")
    page.keyboard.press("Control+s")
    expect(page.locator(".save-said")).to_be_visible()
    page.get_by_role("button", name="Submit to the desk").press("Enter")
    page.get_by_text("The story is now submitted.").wait_for()
    assert fresh(article).headline == "Harbour opens after repairs again"


def test_rows_that_were_added_and_saved_are_saved_again(opened):
    photo = make_photo(caption="Boats in the harbour.")
    at, article = opened(captions=[{"caption": "Awaited."}])
    page = at.page
    page.get_by_role("button", name="Add a picture").press("Enter")
    page.get_by_role("combobox", name="Picture").nth(1).press_sequentially("boats")
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.locator(".save-said")).to_have_text("Saved as revision 2.")
    page.get_by_label("Headline").press("End")
    page.keyboard.type(" again")
    page.keyboard.press("Control+s")
    expect(page.locator(".save-said")).to_have_text("Saved as revision 3.")
    assert [caption.photo for caption in article.captions.all()] == [None, photo]


def test_a_save_that_is_refused_is_shown_as_the_server_shows_it(opened):
    at, article = opened()
    page = at.page
    text_of(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Typed for an hour.")
    page.get_by_label("Headline").fill("")
    page.keyboard.press("Control+s")
    page.get_by_text("Not saved yet: see what is marked below.").wait_for()
    expect(text_of(page)).to_contain_text("Typed for an hour.")
    assert fresh(article).version == 1


def test_a_save_that_does_not_arrive_leaves_everything_as_it_is(opened):
    at, article = opened()
    page = at.page
    page.get_by_label("Headline").fill("Typed on a train")
    page.context.set_offline(True)
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    expect(page.get_by_label("Headline")).to_have_value("Typed on a train")
    page.context.set_offline(False)
    page.keyboard.press("Control+s")
    expect(page.locator(".save-said")).to_have_text("Saved as revision 2.")
    assert fresh(article).headline == "Typed on a train"


# --- shortcuts and the palette --------------------------------------------------------------------------------------


def test_a_question_mark_lists_the_shortcuts_and_not_while_one_types(opened):
    at, _ = opened()
    page = at.page
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    page.get_by_label("Headline").press("End")
    page.keyboard.type("?")
    text_of(page).focus()
    page.keyboard.type("?")
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Headline")).to_have_value("Harbour opens after repairs?")
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Save, and stay where you are")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_shortcut_that_was_turned_off_stays_off(opened):
    at, _article = opened()
    page = at.page
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("?")
    page.get_by_role("checkbox", name=re.compile("Find anything")).press("Space")
    page.get_by_role("checkbox", name=re.compile("List the shortcuts")).press("Space")
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("?")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_have_count(0)
    # The menu under one's name lists them all the same, and gives them back.
    page.locator(".menu-end > summary").press("Enter")
    page.get_by_role("button", name="Keyboard shortcuts").press("Enter")
    page.get_by_role("checkbox", name=re.compile("Find anything")).press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Find or do")).to_be_visible()


def test_the_palette_finds_stories_regions_and_pictures_from_every_page(sit_down, groups, desk):  # noqa: F811
    make_region("LB", name="Lebanon")
    make_article(desk=desk, headline="Lebanon counts its boats")
    make_article(desk=make_desk("africa"), headline="Lebanon of another desk")
    make_photo(caption="Snow in Lebanon.")
    at = sit_down(staff(groups, "Desk editor", desk))
    page = at.go("/admin/")
    page.keyboard.press("Control+k")
    page.keyboard.type("lebanon")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.filter(has_text="Lebanon counts its boats")).to_be_visible()
    expect(options.filter(has_text="Snow in Lebanon.")).to_be_visible()
    expect(page.get_by_role("group", name="Regions")).to_be_visible()
    expect(options.filter(has_text="another desk")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Headline")).to_have_value("Lebanon counts its boats")
    assert at.refused() == []


def test_the_palette_does_what_the_page_can_do_and_releases_nothing_by_itself(opened):
    article = approve(make_article(desk=make_desk("world"), regions=[make_region()], topics=[make_topic()]))
    at, _ = opened("Publisher", article=article)
    page = at.page
    page.keyboard.press("Control+k")
    page.keyboard.type("publish now")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Publish now")).to_be_focused()
    assert not Release.objects.exists()
    page.keyboard.press("Control+k")
    page.keyboard.type("slugl")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Slugline")).to_be_focused()


def test_ctrl_k_on_selected_text_makes_a_link_of_it(opened):
    at, _ = opened()
    text_of(at.page).focus()
    at.page.keyboard.press("Control+a")
    at.page.keyboard.press("Control+k")
    expect(at.page.get_by_role("dialog", name="Find or do")).to_be_hidden()


# --- meters, pictures, times ----------------------------------------------------------------------------------------


def test_the_meter_says_where_a_headline_fits(opened):
    at, _ = opened()
    page = at.page
    page.get_by_label("Headline").fill("x" * 62)
    meter = page.locator("#headline-meter")
    expect(meter).to_contain_text("Push 12 too long")
    expect(meter).to_contain_text("Search 2 too long")
    expect(meter).to_contain_text("Page 62 of 90")
    page.get_by_label("Headline").fill("مَرْفَأ")
    expect(meter).to_contain_text("Push 4 of 50")


def test_words_and_reading_time_are_counted_as_one_types(opened):
    at, _ = opened(body="<p>" + "word " * 459 + "</p>")
    expect(at.page.locator(".count")).to_have_text("459 words · 2 min to read")
    text_of(at.page).focus()
    at.page.keyboard.press("Control+End")
    at.page.keyboard.type(" more")
    expect(at.page.locator(".count")).to_have_text("460 words · 2 min to read")


def test_a_picture_is_shown_as_readers_will_see_it(opened):
    photo = make_photo(caption="Boats in the harbour.", credit="AFP", photographer="Lina Haddad")
    at, _ = opened(captions=[{"photo": photo.public_id, "is_lead": True}, {"caption": "Awaited."}])
    page = at.page
    seen = page.locator(".as-read")
    expect(seen.nth(0)).to_contain_text("Boats in the harbour. Photo: Lina Haddad / AFP")
    expect(seen.nth(1)).to_contain_text("Nothing yet: the picture is awaited.")
    page.get_by_label("Credit").first.fill("Lina Haddad for AFP")
    page.get_by_label("Caption").first.fill("Boats at dawn.")
    page.get_by_role("checkbox", name="File photo").first.press("Space")
    expect(seen.nth(0)).to_contain_text("Boats at dawn. File photo: Lina Haddad for AFP")
    expect(page.locator("[data-row]").nth(0).locator("[data-lead-mark]")).to_be_visible()
    page.get_by_role("checkbox", name="Lead picture").nth(1).press("Space")
    expect(page.locator("[data-lead-mark]:visible")).to_have_count(1)
    expect(page.locator("[data-row]").nth(1).locator("[data-lead-mark]")).to_be_visible()


def test_a_picture_is_dragged_to_another_place(opened):
    at, article = opened(captions=[{"caption": "One."}, {"caption": "Two."}, {"caption": "Three."}])
    page = at.page
    handles = page.locator(".rows-captions [data-handle]")
    handles.nth(2).scroll_into_view_if_needed()
    start, end = handles.nth(2).bounding_box(), page.locator(".rows-captions [data-row]").nth(1).bounding_box()
    page.mouse.move(start["x"] + 4, start["y"] + 4)
    page.mouse.down()
    page.mouse.move(start["x"] + 4, end["y"] + 8, steps=6)
    page.mouse.up()
    page.keyboard.press("Control+s")
    expect(page.locator(".save-said")).to_be_visible()
    assert [caption.caption for caption in article.captions.all()] == ["One.", "Three.", "Two."]


def ready(**kw):
    return make_article(desk=make_desk("world"), regions=[make_region()], topics=[make_topic()], **kw)


def schedule(page, at):
    if not page.get_by_label("When, in Beirut time").is_visible():
        page.locator(".act > summary", has_text="Schedule").press("Enter")
    page.get_by_label("When, in Beirut time").fill(at)


def test_the_schedule_button_says_what_it_will_do(opened):
    at, _ = opened("Publisher", article=ready(), options={"timezone_id": "Europe/Paris"})
    page = at.page
    button = page.locator("[data-schedule-button]")
    soon = timezone.localtime() + timezone.timedelta(days=2)
    schedule(page, f"{soon:%Y-%m-%d}T14:00")
    expect(button).to_have_text(re.compile(rf"^Schedule for {soon:%a} 14:00 Beirut \(1[12]:00 UTC\)$"))
    schedule(page, "2099-03-03T14:00")
    expect(button).to_have_text("Schedule for Tue 3 Mar 2099, 14:00 Beirut (12:00 UTC)")
    expect(page.get_by_text("13:00 where you are (Paris).")).to_be_visible()
    schedule(page, "2099-03-04T00:30")
    expect(button).to_have_text("Schedule for Wed 4 Mar 2099, 00:30 Beirut (Tue 22:30 UTC)")
    schedule(page, "2020-03-04T00:30")
    expect(page.get_by_text("That time has passed.")).to_be_visible()


def test_a_time_that_the_clocks_skip_or_repeat_is_refused_with_both_instants(opened):
    at, _article = opened("Publisher", article=approve(ready()))
    page = at.page
    schedule(page, "2027-03-28T00:30")
    note = page.locator("#schedule-at-clock")
    expect(note).to_contain_text("there is no 00:30 in Beirut. Choose 23:30 (21:30 UTC) or 01:30 (22:30 UTC).")
    page.get_by_label("When, in Beirut time").press("Enter")
    assert not Release.objects.exists()
    schedule(page, "2027-10-30T23:30")
    expect(note).to_contain_text("23:30 comes twice in Beirut, at 20:30 UTC and again at 21:30 UTC.")


def test_the_buttons_of_a_live_story_speak_of_readers(opened):
    at, _ = opened("Publisher", article=make_released(desk=make_desk("world")))
    page = at.page
    expect(page.get_by_role("button", name="Send update to readers")).to_be_visible()
    page.locator(".act > summary", has_text="Send a correction").press("Enter")
    expect(page.get_by_role("button", name="Send correction to readers")).to_be_visible()


# --- checks and advice ----------------------------------------------------------------------------------------------


def test_a_check_leads_to_its_field(opened):
    at, _ = opened("Publisher", body=f"<p>It rained.</p><p>“{LONG}”</p>", topics=[make_topic()])
    page = at.page
    page.get_by_role("link", name="Name at least one region the story is about.").press("Enter")
    expect(page.get_by_role("combobox", name="Regions")).to_be_focused()
    page.get_by_role("link", name="There is no standfirst").press("Enter")
    expect(page.get_by_label("Standfirst")).to_be_focused()
    page.get_by_role("link", name="Nobody is named for the quotation in paragraph 2.").press("Enter")
    expect(text_of(page)).to_be_focused()
    assert page.evaluate("getSelection().toString()") == LONG
    assert at.refused() == []


def test_advice_follows_what_is_typed_and_stops_nothing(opened):
    photo = make_photo(caption="Boats.", alt_text="Six boats at a quay")
    captions = [{"caption": "Awaited."}, {"photo": photo.public_id}]
    at, article = opened(captions=captions, standfirst="The port.")
    page = at.page
    page.get_by_label("Headline").fill("Storm kills 13")
    advice = page.get_by_role("link", name="The headline says “13”; the text does not.")
    expect(advice).to_be_visible()
    page.get_by_role("button", name="Move this picture up").nth(1).press("Enter")
    page.get_by_label("Alt text").first.fill("Boats")
    page.get_by_role("link", name="The alternative text of picture 1 is its caption again.").press("Enter")
    expect(page.get_by_label("Alt text").first).to_be_focused()
    assert article.revisions.count() == 1
    page.keyboard.press("Control+s")
    expect(page.locator(".save-said")).to_have_text("Saved as revision 2.")
    expect(advice).to_be_visible()
    advice.press("Enter")
    expect(page.get_by_label("Headline")).to_be_focused()
    assert page.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart)") == "13"
    text_of(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Thirteen people died.")
    expect(advice).to_have_count(0)


# --- for everybody --------------------------------------------------------------------------------------------------


@pytest.fixture
def both_stories(desk):
    """A story in English and one in Arabic, each with everything that the page can show."""
    photo, source, agency = make_photo(), make_source(), make_source("Agency One")
    shared = {
        "desk": desk,
        "by": make_user(),
        "regions": [make_region()],
        "topics": [make_topic()],
        "captions": [{"photo": photo.public_id, "is_lead": True}, {"caption": "Awaited.", "credit": "AFP"}],
        "citations": [{"source": source.code, "via": agency.code}, {"as_printed": "the harbour master"}],
        "bylines": [{"author": None, "text": "Agencies"}],
    }
    return [
        make_article(body=f"<p>It rained.</p><p>“{LONG}”</p>", **shared),
        make_article(headline="المرفأ يفتح أبوابه", language="ar", body="<p>فتح المرفأ.</p><p>عاد.</p>", **shared),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_its_palette_and_its_shortcuts_are_accessible(sit_down, groups, both_stories, desk, scheme):  # noqa: F811
    at = sit_down(staff(groups, "Publisher", desk), color_scheme=scheme)
    wrong = []
    for article in both_stories:
        page = at.go(url("article_change", article.pk))
        expect(text_of(page)).to_be_visible()
        page.evaluate("document.querySelectorAll('.side details').forEach((one) => { one.open = true; })")
        wrong += _faults(at, f"story in {article.language}", RULES[scheme])
        page.evaluate("document.documentElement.dir = 'rtl'")
        wrong += _faults(at, f"story in {article.language}, from right to left", RULES[scheme])
    page.keyboard.press("Control+k")
    page.keyboard.type("har")
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    wrong += _faults(at, "palette", RULES[scheme])
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("?")
    wrong += _faults(at, "shortcuts", RULES[scheme])
    assert not wrong, "\n".join(wrong)
    assert at.refused() == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_editor_fits_into_every_window(sit_down, groups, both_stories, desk, width):  # noqa: F811
    at = sit_down(staff(groups, "Publisher", desk), viewport={"width": width, "height": 800})
    for article in both_stories:
        page = at.go(url("article_change", article.pk))
        expect(text_of(page)).to_be_visible()
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, page.evaluate(STICKING_OUT)
