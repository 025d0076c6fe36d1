"""Two people at one story, each at a browser of their own: merged where they do not meet, settled where they do."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .desk import url
from .factories import fresh, make_article, make_desk, make_user
from .test_browser_desk import RULES, STICKING_OUT, groups, sit_down, staff  # noqa: F401 - two of them are fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ONE = "<p>The harbour opened on Monday after a year of repairs.</p>"
TWO = "<p>Boats came in from the north, the port authority said.</p>"


@pytest.fixture
def two(sit_down, groups):  # noqa: F811
    """A story, and Amal and Lina with it open, both since before either has saved."""
    desk = make_desk("world")
    article = make_article(desk=desk, by=make_user(), body=ONE + TWO)

    def people(**options):
        amal = sit_down(staff(groups, "Desk editor", desk, first_name="Amal"))
        lina = sit_down(staff(groups, "Sub-editor", desk, first_name="Lina"), **options)
        for one in (amal, lina):
            one.go(url("article_change", article.pk))
            expect(text_of(one)).to_be_visible()
        return article, amal, lina

    return people


def text_of(at):
    return at.page.get_by_role("textbox", name="Text of the story")


def append(at, words, *, paragraph):
    """Write at the end of that paragraph, as somebody does who clicks there."""
    text_of(at).locator("p").nth(paragraph).click()
    at.page.keyboard.press("End")
    at.page.keyboard.type(words)


def save(at, said):
    at.page.keyboard.press("Control+s")
    at.page.get_by_text(said).first.wait_for()


def refused(at):
    # The page of a refused save answers 409, which the browser's console counts as an error of loading.
    return [said for said in at.refused() if "409" not in said and "422" not in said]


def test_what_two_people_do_apart_goes_together_at_once(two):
    article, amal, lina = two()
    amal.page.get_by_label("Standfirst", exact=True).fill("Amal's standfirst.")
    append(amal, " Amal was there.", paragraph=1)
    save(amal, "Saved as revision 2.")

    lina.page.get_by_label("Headline", exact=True).fill("Lina's headline")
    append(lina, " Lina was there.", paragraph=0)
    save(lina, "Saved as revision 3. Amal’s changes to the standfirst and one paragraph are in it.")
    expect(lina.page.get_by_label("Standfirst", exact=True)).to_have_value("Amal's standfirst.")
    expect(text_of(lina)).to_contain_text("Amal was there.")
    after = fresh(article)
    assert (after.headline, after.standfirst) == ("Lina's headline", "Amal's standfirst.")
    assert after.body == ONE.replace("</p>", " Lina was there.</p>") + TWO.replace("</p>", " Amal was there.</p>")
    assert refused(amal) == refused(lina) == []


def overlap(amal, lina):
    amal.page.get_by_label("Headline", exact=True).fill("Amal's headline")
    append(amal, " Amal was there.", paragraph=1)
    save(amal, "Saved as revision 2.")
    lina.page.get_by_label("Headline", exact=True).fill("Lina's headline")
    append(lina, " Lina was there.", paragraph=1)
    save(lina, "Somebody else has changed the same places in this story")


def test_what_two_people_do_to_the_same_words_is_settled_with_the_keyboard(two):
    article, amal, lina = two()
    overlap(amal, lina)
    page = lina.page
    assert fresh(article).headline == "Amal's headline"
    assert article.revisions.get(number=3).content["headline"] == "Lina's headline"
    headline, text = page.get_by_role("group", name="Headline"), page.get_by_role("group", name="Text")
    for words in ("Amal was there.", "Lina was there."):
        expect(text).to_contain_text(words)
    expect(headline.get_by_role("radio", name="Yours")).not_to_be_checked()

    headline.get_by_role("radio", name="Yours").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    text.get_by_role("radio", name="Yours").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")  # theirs, both, in words of her own
    own = page.get_by_role("textbox", name="Text, in your own words")
    expect(own).to_be_visible()
    while not own.evaluate("(editor) => editor === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Control+End")
    page.keyboard.type(" So was Amal.")
    save(lina, "Saved as revision 5.")
    after = fresh(article)
    assert after.headline == "Lina's headline"
    assert after.body == ONE + TWO.replace("</p>", " Lina was there. So was Amal.</p>")
    assert refused(amal) == refused(lina) == []


def test_a_place_that_is_left_open_is_asked_for_and_choices_stay(two):
    article, amal, lina = two()
    overlap(amal, lina)
    lina.page.get_by_role("group", name="Headline").get_by_role("radio", name="Theirs").check()
    save(lina, "Not saved yet: choose in each place that is marked below.")
    expect(lina.page.get_by_role("group", name="Headline").get_by_role("radio", name="Theirs")).to_be_checked()
    lina.page.get_by_role("group", name="Text").get_by_role("radio", name="Keep both").check()
    save(lina, "Saved as revision 5.")
    after = fresh(article)
    assert after.headline == "Amal's headline"
    assert after.body == ONE + "".join(TWO.replace("</p>", f" {who} was there.</p>") for who in ("Amal", "Lina"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_texts_are_shown_to_everybody(two, scheme):
    _, amal, lina = two(color_scheme=scheme, viewport={"width": 390, "height": 844})
    overlap(amal, lina)
    page = lina.page
    for group in page.get_by_role("radio", name="Write it myself").all():
        group.check()
    found = Axe().run(page, options={"runOnly": RULES[scheme], "preload": False})
    assert [rule["id"] for rule in found.response["violations"]] == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, page.evaluate(STICKING_OUT)
    assert refused(lina) == []


def test_it_is_settled_without_scripts(two, sit_down, groups):  # noqa: F811
    article, amal, lina = two()
    overlap(amal, lina)
    plain = sit_down(staff(groups, "Publisher"), java_script_enabled=False)
    page = plain.go(url("article_settle", article.pk, 3))
    page.get_by_role("group", name="Headline").get_by_role("radio", name="Write it myself").check()
    page.get_by_label("Headline, in your own words").fill("Our headline")
    page.get_by_role("group", name="Text").get_by_role("radio", name="Lina’s").check()
    page.get_by_role("button", name="Save the merged story").click()
    page.get_by_text("Saved as revision 5.").wait_for()
    assert fresh(article).headline == "Our headline"
    assert fresh(article).body == ONE + TWO.replace("</p>", " Lina was there.</p>")
