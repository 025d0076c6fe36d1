"""The site in a browser: accessible in every guise, at every width, without scripts, and with them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from articles import photos, releasing, summaries
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
        *("/latest/", addresses.year("en", day.year), "/corrections/"),
    ]
    summaries.count_all()
    return {
        "story": address_of(story),
        "bare": address_of(bare),
        "all": [
            "/",
            address_of(story),
            address_of(bare),
            gone_address,
            *lists,
            "/search/?q=harbour",
            "/api/",
            "/nowhere/",
        ],
        "arabic": [
            "/ar/",
            address_of(arabic),
            "/ar/regions/asia/",
            "/ar/regions/",
            "/ar/search/?q=المرفأ",
            "/ar/x/",
            "/ar/api/",
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
    for path in [*paths, *site["arabic"][: 6 if scheme == "light" else 2]]:
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
