"""What goes out: valid against the IPTC's own schemas, nothing that may not go, and back again without loss."""

import json
import zipfile
from datetime import timedelta
from io import StringIO

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from lxml import etree
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from articles import releasing, writing
from articles.exporting import files, markup, ninjs, stories
from articles.models import Article, Listing, Release, Revision, StoryRegion, WireBytes, WireRecord
from articles.wire import intake

from .factories import (
    fresh,
    make_article,
    make_author,
    make_desk,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)

BODY = (
    "<p>The <strong>harbour</strong> opened &amp; <em>ships</em> came<br>at dawn.</p>\n<h2>What it cost</h2>\n"
    '<p>Four <a href="https://quay.example/a?b=1&amp;c=2">million</a>, H<sub>2</sub>O, x<sup>2</sup>.</p>\n'
    "<blockquote><p>It was a long year.</p></blockquote>\n<blockquote>Said loosely <em>so</em>.</blockquote>\n"
    "<ul><li>One</li><li>Two <strong>bold</strong></li></ul>\n<ol><li><p>Three</p></li></ol>\n<hr>\n<h3>End</h3>"
)


def run(*arguments):
    out = StringIO()
    call_command("export_stories", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def lines(*arguments):
    return [json.loads(line) for line in run(*arguments).splitlines()]


# --- each form, against its schema ------------------------------------------------------------------------------------


def story(**kw):
    at = timezone.now()
    known = {
        "id": "b2c3d4f5g6",
        "sequence": 2,
        "address": "https://news.example/stories/b2c3d4f5g6/harbour/",
        "headline": 'Harbour <opens> & "ships" come \u0627\u0644\u0645\u064a\u0646\u0627\u0621 \ufffe',
        "language": "en",
        "direction": "ltr",
        "first_released_at": at - timedelta(days=1),
        "released_at": at,
        "urgency": 3,
        "note": "An earlier version had the wrong sum.",
        "kind": "correction",
        "standfirst": "After a year of repairs.",
        "body": BODY,
        "dateline": "Tartus",
        "slugline": "HARBOUR",
        "usage_terms": "Not for broadcast.",
        "bylines": ["Lina Haddad", "Omar Saleh"],
        "regions": [{"code": "SY", "name": "Syria", "path": "x"}, {"code": "145", "name": "Western Asia", "path": "y"}],
        "topics": [
            {"code": "medtop:04000000", "name": "economy", "slug": "e"},
            {"code": "x1", "name": "Own", "slug": "o"},
        ],
        "sources": [
            {"code": "afp", "name": "AFP", "use": ["quote"]},
            {"code": "", "name": "A sailor", "use": ["report"]},
        ],
        "pictures": [
            stories.Picture(
                "p1", "https://news.example/p1.jpg", 1600, "Boats.", "Six boats", "Lina Haddad / AFP", True
            ),
            stories.Picture("p2", "https://news.example/p2.jpg", 800, "", "", "", False),
        ],
        "territories": ["SY"],
        "words": 20,
    }
    return stories.Story(**(known | kw))


STORIES = {
    "whole": story(),
    "bare": story(note="", slugline="", standfirst="", dateline="", usage_terms="", bylines=[], regions=[], topics=[],
                  sources=[], pictures=[], territories=[], body="<p>One.</p>", kind="first"),
    "cancelled": story(is_canceled=True, kind="retraction", body=""),
    "loose": story(body="Loose <em>words</em><p>and a paragraph</p> and more <ul></ul>"),
}  # fmt: skip


@pytest.fixture(scope="module")
def ninjs_schema():
    from .machine import SHARED

    schema = json.loads((SHARED / "schemas" / "ninjs-3.1.json").read_text())
    # It names the schema of GeoJSON, which nothing here uses.
    registry = Registry(retrieve=lambda uri: DRAFT202012.create_resource({}))
    return jsonschema.Draft202012Validator(schema, registry=registry, format_checker=jsonschema.FormatChecker())


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://news.example"


@pytest.mark.parametrize("name", STORIES)
def test_ninjs_is_valid(shared, ninjs_schema, name):
    held = json.loads(ninjs.write(STORIES[name]))
    ninjs_schema.validate(held)
    assert held["pubStatus"] == ("canceled" if name == "cancelled" else "usable")
    assert ("bodies" in held) == (name != "cancelled")


@pytest.fixture(scope="module")
def xml_schemas():
    from .machine import SHARED

    return {
        "nitf": etree.XMLSchema(etree.parse(SHARED / "schemas" / "nitf-3-6.xsd")),
        "newsml": etree.XMLSchema(etree.parse(SHARED / "schemas" / "NewsML-G2_2.35-spec-All-Power.xsd")),
    }


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("format", ["nitf", "newsml"])
def test_xml_is_valid_and_holds_every_word(shared, xml_schemas, format, name):
    written = files.WRITERS[format].write(STORIES[name])
    document = etree.fromstring(written)
    xml_schemas[format].assertValid(document)
    words = " ".join("".join(document.itertext()).split())
    assert 'Harbour <opens> & "ships" come' in words
    if name != "cancelled":
        for word in stories_words(STORIES[name].body):
            assert word in words
    else:
        assert b"cancel" in written


def stories_words(body):
    return "".join(markup.tree(body).itertext()).split()


# --- what goes out, and what does not ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_readers_have_goes_out_and_nothing_else(clock):
    publisher = make_user(group="Publisher")
    shown = make_released(publisher=publisher, headline="Shown to readers", body=BODY)
    make_article(headline="A draft")
    make_released(publisher=publisher, headline="To come", at=timezone.now() + timedelta(hours=1))
    for name, change in [
        ("Confidential", {"confidential": True}),
        ("Embargoed", {"embargo_until": timezone.now() + timedelta(hours=1)}),
        ("Held", {"legal_hold": True}),
        ("Killed", {"wire_standing": "canceled"}),
    ]:
        held = make_released(publisher=publisher, headline=name)
        Article.objects.filter(pk=held.pk).update(**change)
    kept = make_released(publisher=publisher, headline="Not to be passed on")
    Release.objects.filter(article=kept).update(no_syndication=True)
    gone = make_released(publisher=publisher, headline="Retracted")
    releasing.retract(gone, publisher, seen=gone.version, note="It was wrong.")
    # A working copy that readers do not have yet.
    changed = fresh(shown)
    changed.headline = "Changed at the desk"
    changed.save()
    writing.record(changed, publisher)

    assert [line["headline"] for line in lines()] == ["Shown to readers"]
    (only,) = lines("--format=ninjs")
    assert only["headlines"][0]["value"] == "Shown to readers"
    assert only["uri"] == f"https://news.example/stories/{shown.public_id}/"


@pytest.mark.django_db
def test_since_gives_what_has_changed_and_cancellations(clock):
    publisher = make_user(group="Publisher")
    make_released(publisher=publisher, headline="Old")
    gone = make_released(publisher=publisher, headline="Taken back")
    clock.shift(3600)
    releasing.retract(gone, publisher, seen=gone.version, note="It was wrong.")
    make_released(publisher=publisher, headline="New")
    since = f"--since={timezone.now() - timedelta(minutes=30):%Y-%m-%dT%H:%M}+00:00"
    told = {one["headlines"][0]["value"]: one["pubStatus"] for one in lines("--format=ninjs", since)}
    assert told == {"Taken back": "canceled", "New": "usable"}


@pytest.mark.django_db
def test_regions_and_topics_choose_and_a_retraction_goes_to_who_had_the_story(clock):
    publisher, land = make_user(group="Publisher"), make_region("XB")
    make_released(publisher=publisher, headline="Here", topics=[make_topic("Ports")])
    there = make_released(publisher=publisher, headline="There", regions=[land])
    assert [line["headline"] for line in lines("--region=XB")] == ["There"]
    assert [line["headline"] for line in lines("--topic=ports")] == ["Here"]
    assert {line["headline"] for line in lines("--region=001")} == {"Here", "There"}
    clock.shift(60)
    since = f"--since={timezone.now():%Y-%m-%dT%H:%M:%S}+00:00"
    releasing.retract(there, publisher, seen=there.version, note="It was wrong.")
    assert [one["pubStatus"] for one in lines("--format=ninjs", "--region=XB", since)] == ["canceled"]
    assert lines("--format=ninjs", "--topic=ports", since) == []
    with pytest.raises(CommandError, match="There is no region nowhere"):
        run("--region=nowhere")


@pytest.mark.django_db
def test_files_go_into_a_folder_or_an_archive(tmp_path):
    released = [make_released(headline=f"Story {n}", body=BODY) for n in range(3)]
    run("--format=nitf", f"--out={tmp_path / 'nitf'}")
    run("--format=newsml", f"--out={tmp_path / 'all.zip'}")
    names = sorted(f"{article.public_id}.xml" for article in released)
    assert sorted(path.name for path in (tmp_path / "nitf").iterdir()) == names
    assert sorted(zipfile.ZipFile(tmp_path / "all.zip").namelist()) == names
    with pytest.raises(CommandError, match="holds one story"):
        run("--format=nitf")


@pytest.mark.django_db
def test_any_number_of_stories_costs_the_same_queries_a_hundred(django_assert_max_num_queries, monkeypatch):
    for n in range(4):
        make_released(headline=f"Story {n}")
    with django_assert_max_num_queries(2):
        assert len(list(stories.released())) == 4
    monkeypatch.setattr(stories, "AT_ONCE", 2)
    assert len({one.id for one in stories.released()}) == 4


# --- back again ---------------------------------------------------------------------------------------------------


def empty():
    for model in (Listing, Release, Revision, WireRecord, WireBytes, StoryRegion):
        model.objects.all().delete()
    Article.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_newsroom_goes_out_as_lines_and_comes_back_the_same(tmp_path, clock, form):
    clock.shift(len(form))  # what is kept of the sources is told from other tests' by when they were changed
    make_desk("wire")
    desk, author, source, agency = make_desk("coast"), make_author(), make_source(), make_source("Quay Agency")
    photo = make_photo()
    publisher = make_user(group="Publisher")
    original = make_released(
        publisher=publisher,
        desk=desk,
        headline="=Harbour “opens”",
        standfirst="After a year.",
        body=BODY,
        slugline="HARBOUR",
        dateline="Tartus",
        urgency=2,
        breaking=True,
        bylines=[{"author": author.code, "text": ""}, {"author": None, "text": "Agencies"}],
        citations=[{"source": source.code, "use": "figure", "via": agency.code}, {"as_printed": "A sailor"}],
        captions=[{"photo": photo.public_id, "caption": "Boats.", "alt_text": "Six", "is_lead": True,
                   "framing": {"focus": [0.25, 0.5], "keep": None}},
                  {"caption": "Awaited.", "credit_raw": "(AFP)", "awaited_file": "x.jpg"}],
    )  # fmt: skip
    clock.shift(86400)
    make_article(desk=desk, headline="الميناء", language="ar", body="<p>فتح.</p>", translation_of=original)
    make_article(headline="Same words", body="<p>Same.</p>")
    make_article(headline="Same words", body="<p>Same.</p>")
    make_article(headline="Later", embargo_note="The port", embargo_until=timezone.now() + timedelta(days=3))
    everything = ("--working-copies", "--embargoed", f"--format={form}")
    assert len(lines("--working-copies")) == 4  # not what is under embargo
    before = run(*everything)
    held = {article.public_id: writing.snapshot(article) for article in Article.objects.all()}
    (released,) = lines()
    empty()

    clock.shift(86400)
    path = tmp_path / "all"
    path.write_text(before)
    assert not [event for event in intake.import_files([str(path)]) if isinstance(event, intake.Refused)]
    assert {article.public_id: writing.snapshot(article) for article in Article.objects.all()} == held
    assert run(*everything) == before
    assert not Release.objects.exists()
    first = Article.objects.get(headline="=Harbour “opens”")
    assert first.provider_date.isoformat() == released["published_at"]

    # A second time nothing changes.
    totals = intake.Totals()
    for event in intake.import_files([str(path)]):
        totals.count(event)
    assert (totals.unchanged, totals.created, totals.rejected) == (5, 0, 0)
    assert run(*everything) == before


@pytest.mark.django_db
def test_what_readers_have_comes_back_as_a_draft_with_its_date(tmp_path, clock):
    article = make_released(headline="Shown", body=BODY)
    before, held = run(), writing.snapshot(article)
    empty()
    clock.shift(86400)
    path = tmp_path / "all.jsonl"
    path.write_text(before)
    list(intake.import_files([str(path)]))
    again = Article.objects.get()
    assert writing.snapshot(again) == held
    assert (again.public_id, again.status) == (article.public_id, "draft")
    assert again.provider_date == timezone.now() - timedelta(days=1)


@pytest.mark.django_db
def test_who_is_protected_is_in_no_export():
    from articles.models import ConfidentialSource

    secret = ConfidentialSource.objects.create(described_as="a senior official", identity="Name Surname")
    make_released(citations=[{"confidential": secret.code}])
    for arguments in ([], ["--working-copies"], ["--format=ninjs"]):
        assert secret.code not in run(*arguments)
        assert "Surname" not in run(*arguments)


@pytest.mark.django_db
def test_what_is_not_known_here_stays_as_it_is_printed(tmp_path):
    line = {
        "newsroom": 1,
        "id": "zzzzzzzzzz",
        "headline": "From another newsroom",
        "body": "<p>Words.</p>",
        "language": "en",
        "regions": ["XQ"],
        "topics": [{"code": "abc", "name": "Unheard of"}],
        "bylines": [{"author": "nobody", "name": "Lina Haddad", "text": ""}],
        "citations": [{"source": "none", "name": "A ministry", "as_printed": "", "use": "quote", "via": None}],
        "captions": [{"photo": "p", "caption": "Boats."}],
        "desk": "nowhere",
        "translation_of": "yyyyyyyyyy",
    }
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(line))
    (taken,) = [event for event in intake.import_files([str(path)]) if isinstance(event, intake.Taken)]
    article = Article.objects.get()
    held = writing.snapshot(article)
    assert held["bylines"] == [{"author": None, "text": "Lina Haddad"}]
    assert held["citations"][0]["as_printed"] == "A ministry"
    assert (held["regions"], held["topics"]) == ([], [])
    assert held["captions"][0]["photo"] is None
    assert article.desk.code == "wire"
    assert {warning.split(":")[0] for warning in taken.warnings} >= {"picture_awaited", "no_original"}
