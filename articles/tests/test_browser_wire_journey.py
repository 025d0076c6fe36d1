"""An agency's story from a file dropped at the desk to its released page, and the agency's update to a correction."""

import json
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from articles.models import Article, Release, WireRecord

from .desk import load_groups
from .factories import make_desk, make_region, make_topic, make_user
from .test_browser_journey import somebody  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADLINE = "Lebanon opens its harbour again"
PARAGRAPHS = [
    "Lebanon opened the harbour of its capital on Monday after a year of repairs to the long breakwater.",
    "Twelve ships came in at dawn with grain, the head of the port authority told reporters at the quay.",
    "Engineers lifted the fallen crane from the mouth of the harbour last Friday night, in heavy rain.",
]
CORRECTED = PARAGRAPHS[1].replace("Twelve", "Thirteen")

DROP = """
(zone, [name, words]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([words], name, { type: "application/json" }));
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}
"""


def ninjs(version, paragraphs, **kw):
    return json.dumps(
        {
            "uri": "urn:bay:1",
            "version": str(version),
            "type": "text",
            "language": "en",
            "versioncreated": f"2026-03-02T0{7 + version}:00:00Z",
            "usageterms": "",
            "infosource": [{"name": "Bay Wire"}],
            "headlines": [{"value": HEADLINE}],
            "subjects": [{"uri": "medtop:20000298", "name": "Harbours"}],
            "bodies": [{"value": "".join(f"<p>{line}</p>" for line in paragraphs), "contenttype": "text/html"}],
            **kw,
        }
    )


def bring_in(wanda, name, words):
    """Drop the file, look at what would become of it, bring it in."""
    page = wanda.page
    wanda.open("/admin/articles/wirerecord/")
    page.get_by_role("link", name="Bring copy in").click()
    page.wait_for_url("**/upload/")
    page.wait_for_load_state()  # the zone takes files once its script is there
    page.locator("[data-drop]").evaluate(DROP, [name, words])
    expect(page.get_by_role("list", name="Chosen files")).to_contain_text(name)
    page.get_by_label("Let it wait in the inbox").check()
    page.get_by_role("button", name="Look at it first").click()
    row = page.get_by_role("row", name=HEADLINE)
    expect(row).to_be_visible()
    became = row.locator(".mark").inner_text()
    page.get_by_role("button", name="Bring it in").click()
    page.wait_for_load_state()
    return became


def approve_and(petra, dina, act):
    dina.open("/admin/")
    dina.open_story(HEADLINE)
    if dina.page.locator(".side").get_by_role("button", name="Start editing", exact=True).count():
        dina.press_button("Start editing")
        dina.sees("The story is now editing.")
    dina.press_button("Approve")
    dina.sees("The story is now approved.")
    petra.open("/admin/")
    petra.open_story(HEADLINE)
    act()


def test_from_a_dropped_file_to_a_released_page_and_from_an_update_to_a_correction(somebody, clock):  # noqa: F811
    clock.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=True)
    groups, desk = load_groups(), make_desk("wire")
    make_region("LB", name="Lebanon")
    make_topic("Harbours", code="medtop:20000298")
    people = {}
    for name, group in (
        ("wanda", "Wire editor"),
        ("sami", "Sub-editor"),
        ("dina", "Desk editor"),
        ("petra", "Publisher"),
    ):
        people[name] = make_user(name, desks=[desk])
        people[name].groups.add(groups[group])
    wanda, sami, dina, petra = (somebody(people[name]) for name in people)

    assert bring_in(wanda, "bay.json", ninjs(1, PARAGRAPHS)) == "created"
    wanda.open("/admin/articles/wirerecord/")
    wanda.page.locator("[data-wire-row]", has_text=HEADLINE).get_by_role("link").first.click()
    expect(wanda.page.get_by_role("region", name="As it was read")).to_contain_text(PARAGRAPHS[1])
    wanda.page.get_by_role("button", name="Take", exact=True).click()
    wanda.sees("Taken: it is a draft on your desk now.")
    wanda.open_story(HEADLINE)
    expect(wanda.text).to_contain_text(PARAGRAPHS[0])
    wanda.sees("Lebanon", "Harbours")
    wanda.write("At last: ", at="Control+Home")
    wanda.save("Saved as revision 2.")
    wanda.press_button("Submit to the desk")
    wanda.sees("The story is now submitted.")
    approve_and(petra, dina, lambda: petra.press_button("Publish now"))
    petra.sees("Published. Readers have it now.")

    reader = somebody()
    reader.open("/regions/lebanon/")
    reader.page.get_by_role("link", name=HEADLINE).first.click()
    reader.sees("At last: Lebanon opened", "Twelve ships")

    assert bring_in(wanda, "bay-2.json", ninjs(2, [PARAGRAPHS[0], CORRECTED, PARAGRAPHS[2]])) == "updated"
    assert "Twelve ships" in Release.objects.in_force(Article.objects.get().public_id).document["body"]
    sami.open("/admin/")
    sami.open_story(HEADLINE)
    sami.page.get_by_role("region", name="Newer text from the wire").get_by_role("link").click()
    expect(sami.page.locator(".wire-change")).to_have_count(1)
    expect(sami.page.locator(".wire-change ins")).to_contain_text("Thirteen")
    sami.page.get_by_role("button", name="Take the new text").click()
    sami.page.wait_for_load_state()

    note = "Thirteen ships came in, not twelve."

    def correct():
        petra.fill_in("Send a correction", "What readers are told was corrected", note)
        petra.follow(petra.page.get_by_role("button", name="Send correction to readers"))
        petra.sees("The correction has gone to readers, with its note.")

    approve_and(petra, dina, correct)
    reader.page.reload()
    reader.sees("At last: Lebanon opened", "Thirteen ships", note)
    expect(reader.page.get_by_text("Twelve ships")).to_have_count(0)
    assert WireRecord.objects.filter(is_held=True).get().provider_version == "2"
