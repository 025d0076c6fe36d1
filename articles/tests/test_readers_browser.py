"""The site in a browser: accessible in every guise, at every width, without scripts, and with them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from articles import fixtures, photos, releasing, summaries
from articles.readers import addresses

from .factories import (
    make_article,
    make_author,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)
from .test_readers_pages import address_of, many_more

LONG = "Negotiators from eleven governments and the Intergovernmental Hydrological Observatory agree on daily readings"


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


@pytest.fixture
def site(live_server, client):
    """A small newspaper in both editions: the addresses of one page of each kind."""
    publisher = make_user("publisher", group="Publisher")
    asia = make_region("142", name="Asia", kind="continent", name_ar="آسيا")
    country = make_region("SY", name="Syria", name_ar="سوريا", parent=asia)
    author, source = make_author("Lina Haddad", slug="lina"), make_source(slug="observatory")
    first, second = make_photo(), make_photo()
    things = {
        "regions": [country],
        "topics": [make_topic("Ships")],
        "bylines": [{"author": author.code, "text": ""}],
        "citations": [{"source": source.code, "use": "quote"}, {"as_printed": "the port authority"}],
        "dateline": "Tartus",
    }
    pictures = [
        {"photo": first.public_id, "caption": "A quay at dawn.", "is_lead": True},
        {"photo": second.public_id, "caption": "Boats.", "is_file_photo": True},
    ]
    body = "<p>One.</p><h2>A crosshead</h2><p>Two, <a href='https://example.org/'>a link</a>.</p><p>Three.</p>"
    body += "<blockquote><p>Said.</p></blockquote><ul><li>An item.</li></ul>"
    bare = make_released(publisher=publisher, headline=LONG, standfirst="Readings at dawn.", **things)
    many_more(bare, 30)
    story = make_released(
        publisher=publisher, headline="Harbour opens", body=body, captions=pictures, breaking=True, **things
    )
    releasing.release(story, publisher, seen=story.version, correction="On Monday, not Sunday.")
    gone = make_released(publisher=publisher, headline="Wrong story", **things)
    gone_address = address_of(gone)
    releasing.retract(gone, publisher, seen=gone.version, note="The report was wrong.")
    arabic = make_released(
        publisher=publisher,
        headline="افتتاح المرفأ بعد عام من أعمال الإصلاح",
        language="ar",
        body="<p>فُتح المرفأ.</p><p>بعد عام.</p>",
        captions=pictures,
        **things,
    )
    make_article(headline="A draft")
    day = timezone.localdate()
    lists = [
        *("/regions/asia/", "/regions/", "/topics/ships/", "/topics/", "/sources/observatory/", "/sources/"),
        *("/authors/lina/", "/archive/", addresses.month("en", day), addresses.day("en", day)),
        *("/latest/", addresses.year("en", day.year), "/corrections/", "/standards/", "/regions/asia/japan/"),
    ]
    make_region("JP", name="Japan", parent=asia)
    fixtures.load_reference(["pages"])
    summaries.count_all()
    search = ["/search/", "/search/?q=harbour", "/search/?q=harbour&region=SY", "/search/?q=harbuor"]
    return {
        "story": address_of(story),
        "bare": address_of(bare),
        "all": [
            *("/", address_of(story), address_of(bare), gone_address),
            *(*lists, *search, "/api/", "/nowhere/"),
        ],
        "arabic": [
            "/ar/",
            address_of(arabic),
            "/ar/regions/asia/",
            "/ar/regions/",
            "/ar/search/?q=المرفأ",
            "/ar/x/",
            "/ar/api/",
            "/ar/latest/",
            "/ar/archive/",
            "/ar/standards/",
            "/ar/regions/asia/japan/",
        ],
    }


@pytest.fixture
def visit(live_server, new_context):
    """Open an address in a browser of that kind. Gives the page; whatever its console says is an error."""

    def open_at(path, **kind):
        page = new_context(**{"base_url": live_server.url, **kind}).new_page()
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path)
        return page

    return open_at


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 320)])
def test_no_page_has_an_accessibility_violation(site, visit, scheme, width):
    page = visit("/", color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    found = {}
    # In the dark the same parts stand in the same pages: those that differ in parts are enough.
    paths = site["all"] if scheme == "light" else [site["story"], "/", "/regions/asia/", "/search/?q=harbour"]
    for path in [*paths, *site["arabic"][: None if scheme == "light" else 2]]:
        page.goto(path)
        if problems := violations(page):
            found[path] = problems
    assert found == {}
    assert [words for words in page.complaints if "404" not in words] == []


@pytest.mark.django_db(transaction=True)
def test_no_page_is_wider_than_a_small_phone(site, visit):
    page = visit("/", viewport={"width": 320, "height": 640})
    for path in [*site["all"], *site["arabic"]]:
        page.goto(path)
        wide = page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] :
                [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > innerWidth)
                .map((one) => one.outerHTML.slice(0, 100))"""
        )
        assert wide == [], path


@pytest.mark.django_db(transaction=True)
def test_the_site_reads_without_scripts(site, visit):
    page = visit("/", java_script_enabled=False)
    page.get_by_role("link", name="Harbour opens").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Harbour opens"
    assert page.get_by_role("button", name="Copy the link").count() == 0
    page.get_by_role("searchbox").fill("harbour")
    page.get_by_role("searchbox").press("Enter")
    assert page.locator("mark").first.inner_text().lower() == "harbour"


@pytest.mark.django_db(transaction=True)
def test_the_site_reads_by_keyboard(site, visit):
    page = visit(site["story"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.django_db(transaction=True)
def test_nothing_moves_while_a_page_loads_and_nothing_comes_from_elsewhere(site, visit, live_server):
    asked = []
    page = visit("about:blank", viewport={"width": 390, "height": 800})
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", site["story"], "/regions/asia/"):
        page.goto(path, wait_until="networkidle")
        moved = page.evaluate(
            """() => new Promise((done) => {
                let sum = 0;
                new PerformanceObserver((list) => {
                    for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
                }).observe({type: "layout-shift", buffered: true});
                setTimeout(() => done(sum), 200);
            })"""
        )
        assert moved < 0.01, path
    assert asked
    assert all(url.startswith(live_server.url) for url in asked)


@pytest.mark.django_db(transaction=True)
def test_the_readers_own_clock_is_told(site, visit):
    page = visit(site["story"], timezone_id="America/Lima", locale="en-GB")
    page.wait_for_function("document.querySelector('[data-own-time]').textContent !== ''")
    assert "your time" in page.locator("[data-own-time]").inner_text()


def tab_to(page, words, most=60):
    """Press Tab until what has the focus says that, as somebody does who has no mouse."""
    said = "() => document.activeElement.ariaLabel || document.activeElement.labels?.[0]?.textContent"
    said += " || document.activeElement.textContent"
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in (page.evaluate(said) or ""):
            return
    raise AssertionError(f"No way by keyboard to {words}")


@pytest.mark.django_db(transaction=True)
def test_an_arabic_reader_finds_a_story_by_region_and_search_with_the_keyboard_alone(site, visit):
    page = visit("/ar/", locale="ar")
    tab_to(page, "آسيا")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/regions/asia/")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    assert "خبر واحد" in page.locator(".list-count").inner_text()
    tab_to(page, "البحث في آسيا")
    page.keyboard.type("المرفا")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/search/?**")
    assert "region=142" in page.url
    tab_to(page, "افتتاح المرفأ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/stories/**")
    assert page.get_by_role("heading", level=1).inner_text().startswith("افتتاح المرفأ")


@pytest.mark.django_db(transaction=True)
def test_an_arabic_reader_chooses_the_digits_and_keeps_them(site, visit):
    page = visit("/ar/archive/", locale="ar")
    year = str(timezone.localdate().year)
    arabic = year.translate({ord("0") + digit: ord("٠") + digit for digit in range(10)})
    heading = page.locator("h2 a").last
    assert heading.inner_text() == year
    page.locator("[data-reading] summary").click()
    page.get_by_label("١٢٣").check()
    page.wait_for_function("(year) => [...document.querySelectorAll('h2 a')].at(-1).textContent === year", arg=arabic)
    page.goto("/ar/archive/")
    page.wait_for_function("(year) => [...document.querySelectorAll('h2 a')].at(-1).textContent === year", arg=arabic)
    assert heading.get_attribute("href") == f"/ar/archive/{year}/"
    page.locator("[data-reading] summary").click()
    page.get_by_label("كما كُتبت").check()
    assert heading.inner_text() == year
    assert page.context.cookies() == []
