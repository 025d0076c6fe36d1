"""A picture from the camera's file to the reader, and off the page again: by everybody who handles it, in a browser."""

import base64
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from articles import photos, releasing
from articles.models import Photo, Release

from .desk import load_groups, make_staff, url
from .factories import approve, fresh, make_article, make_desk, make_region, make_topic
from .photo_files import camera, jpeg, scene, xmp_packet
from .test_browser_screens import ASKED, WATCH

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAPTION = "Six boats wait at the quay of Tyre on Monday, 2 March 2026."
CORRECTED = "Six boats wait at the quay of Sidon on Monday, 2 March 2026."
NOTE = "The caption named the wrong port."


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


class Somebody:
    """Somebody signed in at a browser of their own, in which nothing may go wrong."""

    def __init__(self, new_context, root, user=None):
        context = new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
        self.complaints, self.root = [], root
        if user:
            client = Client()
            client.force_login(user)
            context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": root}])
        context.expose_function("complain", lambda words: self.complaints.append(words))
        context.add_init_script(WATCH)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())

    def open(self, address):
        self.page.goto(self.root + address)
        return self.page

    def is_fine(self):
        found = Axe().run(self.page, options=ASKED).response["violations"]
        assert not found, [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
        assert not self.complaints, self.complaints


def camera_file(seed, caption, *, size=(900, 600)):
    """What a photographer sends: the caption twice, as IPTC-IIM and as XMP, with credit and alternative text."""
    xmp = xmp_packet(
        {
            "dc:description": {"x-default": caption},
            "Iptc4xmpCore:AltTextAccessibility": {"x-default": f"Boats, number {seed}"},
            "photoshop:Credit": "AFP",
        }
    )
    iim = [(80, b"Lina Haddad"), (110, b"AFP"), (120, caption.encode())]
    exif = camera(DateTimeOriginal="2026:03:02 09:30:00", OffsetTimeOriginal="+02:00")
    return jpeg(scene(size, seed), exif=exif, iim=iim, xmp=xmp)


def sent(name, data):
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def prepare():
    """What the worker does."""
    for photo in Photo.objects.all():
        photos.make_renditions(photo)


def test_a_picture_is_sent_framed_used_corrected_and_ends(new_context, live_server, settings):
    settings.SITE_URL = live_server.url
    desk = make_desk("world", name="World")
    nour = make_staff("Photo editor", desks=[desk], first_name="Nour", last_name="Saab")
    nour.groups.add(load_groups()["Sub-editor"])
    dina = make_staff("Publisher", desks=[desk], first_name="Dina", last_name="Aoun")
    article = make_article(headline="Harbour opens", by=nour, desk=desk, regions=[make_region()], topics=[make_topic()])
    editor = Somebody(new_context, live_server.url, nour)
    publisher = Somebody(new_context, live_server.url, dina)
    reader = Somebody(new_context, live_server.url)

    # sent, many at once: each has an outcome of its own
    page = editor.open(url("photo_changelist"))
    first = camera_file(1, CAPTION)
    smaller = camera_file(1, "Another size.", size=(600, 400))
    page.set_input_files("#drop-files", [sent("one.jpg", first), sent("bad.jpg", b"<svg>")])
    expect(page.locator('[data-outcome="new"]')).to_contain_text("one.jpg")
    expect(page.locator('[data-outcome="refused"]')).to_contain_text("or it is damaged")
    page.set_input_files(
        "#drop-files", [sent("two.jpg", camera_file(2, "A gull on a mast.")), sent("small.jpg", smaller)]
    )
    alike = page.locator('[data-outcome="alike"]')
    expect(alike.get_by_role("img", name="The file that was sent: small.jpg")).to_be_visible()
    alike.get_by_role("button", name="Use that one").click()
    expect(page.locator("[data-drop-list]")).to_contain_text("the picture that is here is used")
    assert Photo.objects.count() == 2

    # captioned: what the files said is filled in
    page.get_by_role("link", name="Write the captions").click()
    photo, gull = (Photo.objects.get(original_name=name) for name in ("one.jpg", "two.jpg"))
    assert (photo.caption, photo.photographer, photo.credit) == (CAPTION, "Lina Haddad", "AFP")
    expect(page.locator(f'[name="{photo.public_id}-alt_text"]')).to_have_value("Boats, number 1")
    gulls = page.locator(f'[name="{gull.public_id}-caption"]')
    gulls.fill("A gull on a mast")
    expect(page.get_by_text("The caption does not end in a full stop.")).to_be_visible()
    gulls.fill("A gull on a mast at noon on Monday, 2 March 2026.")
    expect(page.get_by_text("The caption does not end in a full stop.")).to_be_hidden()
    editor.is_fine()
    page.get_by_role("button", name="Save all").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: 1.")

    # framed by keyboard
    page = editor.open(url("photo_change", photo.pk))
    page.get_by_role("button", name="Focal point").press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-framing-said]")).to_have_text("Focal point 60% from the left, 49% from the top")
    page.get_by_role("button", name="Mark the part that must survive").press("Enter")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("+")
    expect(page.locator("[data-framing-said]")).to_contain_text("42% wide, 41% high")
    expect(page.locator("[data-read-credit]")).to_have_text("Photo: Lina Haddad / AFP")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_have_text("Saved.")
    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y, photo.keep[2:]) == (0.6, 0.49, [0.42, 0.41])
    prepare()

    # used in a story, by its look-up, and cropped otherwise there
    page = editor.open(url("article_change", article.pk))
    for number, words in enumerate(("Tyre", "gull")):
        page.get_by_role("button", name="Add a picture").click()
        row = page.locator(".caption-row").nth(number)
        row.get_by_role("combobox", name="Picture").fill(words)
        row.locator(".pick-list").get_by_role("option").first.click()
    own = page.locator(".caption-row").nth(1)
    own.get_by_text("Crop for this story").click()
    own.get_by_role("button", name="Focal point").press("Shift+ArrowLeft")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".save-said")).to_contain_text("Saved")
    captions = fresh(article).revisions.first().content["captions"]
    assert [caption["photo"] for caption in captions] == [photo.public_id, gull.public_id]
    assert captions[1]["framing"] == {"focus": [0.4, 0.5], "keep": None}
    prepare()

    # released, and seen
    article = approve(article, editor=dina)
    releasing.release(article, dina, seen=article.version)
    address = f"/stories/{article.public_id}/harbour-opens/"
    page = reader.open(address)
    expect(page.locator("figcaption").first).to_contain_text(CAPTION)
    expect(page.locator("figcaption").first).to_contain_text("Lina Haddad / AFP")
    expect(page.locator("figcaption")).to_have_count(2)

    # corrected, and released again by a second person
    page = editor.open(url("photo_change", photo.pk))
    page.get_by_label("Caption", exact=True).fill(CORRECTED)
    page.get_by_role("button", name="Save, and look after the stories").click()
    expect(page.get_by_role("checkbox", name="Harbour opens")).to_be_checked()
    page.get_by_role("radio", name="As a correction").check()
    page.get_by_role("textbox", name="Note to readers").fill(NOTE)
    editor.is_fine()
    page.get_by_role("button", name="Ask for their release").click()
    expect(page.get_by_text("waits for a second person").first).to_be_visible()
    expect(reader.open(address).locator("figcaption").first).to_contain_text(CAPTION)
    page = publisher.open("/admin/")
    page.locator(".alarms a", has_text="Release a corrected picture, 1 story").click()
    page.get_by_role("button", name="Confirm for Nour Saab").click()
    expect(page.get_by_text("1 of 1 done")).to_be_visible()
    page = reader.open(address)
    expect(page.locator("figcaption").first).to_contain_text(CORRECTED)
    expect(page.get_by_text(NOTE).first).to_be_visible()

    # its rights end: the next picture stands there
    page = editor.open(url("photo_change", photo.pk))
    ended = timezone.localtime(timezone.now() - timedelta(hours=1))
    page.get_by_label("May be used until").fill(f"{ended:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Rights ended on")).to_be_visible()
    page = reader.open(address)
    expect(page.locator("figcaption")).to_have_count(1)
    expect(page.locator("figcaption")).to_contain_text("A gull on a mast")
    assert Release.objects.in_force(article.public_id).document["pictures"][0]["until"]
    for one in (editor, publisher, reader):
        assert not one.complaints, one.complaints


DROP = """
([selector, name, data]) => {
  const files = new DataTransfer();
  files.items.add(new File([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))], name, { type: "image/jpeg" }));
  const target = document.querySelector(selector);
  for (const kind of ["dragover", "drop"]) {
    target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: files }));
  }
}
"""


def test_a_lost_connection_costs_no_file_and_a_file_is_dropped_where_it_is_awaited(new_context, live_server, settings):
    settings.SITE_URL = live_server.url
    desk = make_desk("world", name="World")
    nour = make_staff("Photo editor", desks=[desk])
    article = make_article(headline="Ferries", desk=desk, captions=[{"caption": "A ferry leaves for Larnaca."}])
    editor = Somebody(new_context, live_server.url, nour)

    page = editor.open(url("photo_changelist"))
    page.route("**/add/take/", lambda route: route.abort("connectionfailed"))
    dropped = [".drop", "dropped.jpg", base64.b64encode(camera_file(3, "A quay.")).decode()]
    page.evaluate(DROP, dropped)
    expect(page.locator("[data-drop-list]")).to_contain_text("the server cannot be reached")
    page.unroute("**/add/take/")
    page.get_by_role("button", name="Send the failed ones again").click()
    expect(page.locator('[data-outcome="new"]')).to_contain_text("dropped.jpg")
    expect(page.locator("[data-drop-said]")).to_have_text("1 of 1 here")

    page = editor.open(url("photo_awaited"))
    ferry = base64.b64encode(camera_file(4, "A ferry.")).decode()
    page.evaluate(DROP, ["[data-takes-file]", "ferry.jpg", ferry])
    expect(page.locator("[data-row-said]")).to_contain_text("“Ferries” has its picture.")
    assert article.captions.get().photo.original_name == "ferry.jpg"
    assert not editor.complaints, editor.complaints
