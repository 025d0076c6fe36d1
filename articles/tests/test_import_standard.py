"""From a standard format to a draft: everything that the provider said reaches it, or stands on the record."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from articles import fixtures
from articles.models import Article, WireRecord

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def reference():
    fixtures.load_reference()


def run(*paths):
    out = StringIO()
    try:
        call_command("import_stories", *map(str, paths), json=True, stdout=out, stderr=StringIO())
    except SystemExit as end:
        return json.loads(out.getvalue()), end.code
    return json.loads(out.getvalue()), 0


def test_everything_that_was_said_reaches_the_draft(reference):
    document, code = run(SAMPLES / "nitf" / "port.xml", SAMPLES / "newsml-g2" / "message.xml")
    assert [file["format"] for file in document["files"]] == ["nitf", "newsml-g2"]
    assert code == 1  # <results> is no story

    story = Article.objects.get(headline__startswith="Port of Tartus reopens —")
    assert story.body.startswith("<p>The port of Tartus <em>reopened</em> on Sunday")
    assert "<h2>A long week</h2>" in story.body
    assert (story.slugline, story.dateline, story.urgency, story.language) == ("SYRIA-PORT", "Tartus", 3, "en")
    assert story.standfirst == "Ships call again at Syria's second port."
    # The dateline and the text are Syria's; the desk's own Paris decides nothing.
    regions = list(story.region_links.values_list("region__code", flat=True))
    assert regions[0].startswith("SY")
    assert "FR" not in regions
    # Transport (a Media Topic of the third level) is filed under the nearest topic that the newsroom has.
    topics = list(story.topic_links.values_list("tag__code", flat=True))
    assert topics[:2] == ["medtop:20000209", "medtop:03000000"] or "medtop:03000000" in topics
    caption = story.captions.get()
    assert (caption.credit, caption.photographer, caption.alt_text) == ("Reuters", "Omar Saleh", "A crane")

    record = WireRecord.objects.get(article=story)
    assert record.content["item"]["usage"] == {
        "terms": "NO ARCHIVES. FRANCE OUT",
        "no_archive": True,
        "excluded_territories": ["FR"],
    }
    assert record.content["item"]["unmapped"]["event"] == "Storm of February"
    assert record.content["item"]["ednote"].startswith("Recasts with quote.")
    assert record.content["item"]["photos"][0]["file"] == "pictures/crane.jpg"

    embargoed = Article.objects.get(slugline="SYRIA-PORT", urgency=3, headline="Port of Tartus reopens")
    assert embargoed.embargo_until.isoformat() == "2026-03-01T16:00:00+00:00"
    assert embargoed.embargo_note == "Set by Levant Wire; it came over the wire."
    assert "Desk: photo to follow" not in embargoed.body


def test_a_folder_with_a_package_gives_its_story_once(reference, tmp_path):
    for name in ("package.xml", "arabic.xml", "picture.xml"):
        (tmp_path / name).write_bytes((SAMPLES / "newsml-g2" / name).read_bytes())
    (tmp_path / "harbour.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    document, code = run(tmp_path)
    assert (code, document["totals"]["created"], document["totals"]["rejected"]) == (0, 1, 0)
    story = Article.objects.get()
    assert story.language == "ar"
    assert story.captions.get().caption == "رافعة في مرفأ طرطوس"
