"""From a file of raw copy to drafts: nothing lost, nothing twice, nothing published."""

import json
import sys
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from articles import fixtures, workflow, writing
from articles.models import (
    Article,
    Desk,
    Event,
    PhotoCaption,
    Release,
    WireBatch,
    WireBytes,
    WireRecord,
)
from articles.wire import known
from articles.wire.reading import Reader

from .factories import fresh, make_user

pytestmark = pytest.mark.django_db

HEADLINE = "Port of Tartus Reopens After Storm Repairs"
CAPTION = "Cranes unload a grain ship in Tartus on Monday. (AFP)"
PARAGRAPHS = [
    "The Syrian port of Tartus reopened on Monday after a week of repairs to its breakwater.",
    "“The first ship came in at dawn,” Samir Khoury, head of the port authority, told Agence France Presse.",
    "Engineers from Lebanon had helped to lift the fallen crane from the harbour mouth.",
    "The works cost four million dollars, the transport ministry said in a statement.",
]


def copy(headline=HEADLINE, captions=(CAPTION,), paragraphs=PARAGRAPHS):
    heads = [headline, "", *[line for caption in captions for line in (caption, caption)]]
    return "\n".join([*heads, "TT", "", *heads, "", *"\n\n".join(paragraphs).split("\n")])


def run(*paths, stdin=None, **options):
    """The command with --json: its document and its exit code."""
    out, code = StringIO(), 0
    kept, sys.stdin = sys.stdin, TextIOWrapper(BytesIO(stdin or b""))
    try:
        call_command("import_stories", *map(str, paths), json=True, stdout=out, stderr=StringIO(), **options)
    except SystemExit as end:
        code = end.code
    finally:
        sys.stdin = kept
    return json.loads(out.getvalue()), code


@pytest.fixture
def regions():
    fixtures.load_reference()


@pytest.fixture
def wire_file(tmp_path):
    def write(*stories, name="copy.txt"):
        path = tmp_path / name
        path.write_bytes("\n\n\n\n".join(stories).encode())
        return path

    return write


def test_a_story_comes_in_as_a_draft_with_everything_found_in_it(regions, wire_file):
    document, code = run(wire_file(copy()))
    (file,) = document["files"]
    (story,) = file["stories"]
    assert (code, file["outcome"], file["format"], file["errors"]) == (0, "ok", "text", [])
    assert story["headline"] == HEADLINE
    assert story["paragraphs"] == PARAGRAPHS
    (photo,) = story["photos"]
    assert photo["caption"] == "Cranes unload a grain ship in Tartus on Monday."
    assert (photo["credit"], photo["credit_raw"], photo["photographer"]) == ("AFP", "(AFP)", "")
    assert not photo["is_file_photo"]
    assert (story["language"], story["direction"], story["outcome"]) == ("en", "ltr", "created")
    assert story["countries"][0] == "SY"
    assert story["agencies"] == ["AFP"]
    assert any(path.startswith("asia/western-asia/syria") for path in story["regions"])

    article = Article.objects.get(public_id=story["article"])
    assert article.status == "draft"
    assert article.desk.code == "wire"
    assert article.region_links.first().region.code.startswith("SY")
    assert article.citations.filter(source__short_name="AFP").exists()
    caption = PhotoCaption.objects.get()
    assert caption.photo is None
    assert caption.is_lead
    assert article.revisions.get().origin == "wire"
    assert Release.objects.count() == 0


def test_the_bytes_are_kept_as_they_came(wire_file):
    path = wire_file(copy(), copy(headline="Another Headline Here", paragraphs=["One.", "Two."]))
    run(path)
    records = WireRecord.objects.order_by("story")
    assert b"".join(bytes(record.received.data) for record in records) == path.read_bytes()
    assert records[0].line == 1


def test_the_same_text_again_is_unchanged(wire_file):
    path = wire_file(copy())
    first, _ = run(path)
    again, code = run(path)
    assert code == 0
    assert again["files"][0]["stories"][0]["outcome"] == "unchanged"
    assert again["files"][0]["stories"][0]["article"] == first["files"][0]["stories"][0]["article"]
    assert again["totals"] == {
        "files": 1,
        "created": 0,
        "updated": 0,
        "unchanged": 1,
        "duplicates": 0,
        "rejected": 0,
    }
    assert Article.objects.count() == 1
    assert Article.objects.get().revisions.count() == 1
    assert WireBytes.objects.count() == 1


def test_other_spaces_and_quotes_are_the_same_text(wire_file):
    run(wire_file(copy()))
    again, _ = run(wire_file(copy().replace("“", '"').replace("”", '"').replace(" port ", "\u00a0port  ")))
    assert again["totals"]["unchanged"] == 1


def test_a_corrected_paragraph_is_a_new_revision_of_the_same_story(wire_file):
    run(wire_file(copy()))
    corrected = [*PARAGRAPHS[:3], "The works cost five million dollars, the transport ministry said in a statement."]
    document, _ = run(wire_file(copy(paragraphs=corrected)))
    assert document["files"][0]["stories"][0]["outcome"] == "updated"
    article = Article.objects.get()
    assert "five million" in article.body
    assert [revision.number for revision in article.revisions.all()] == [2, 1]


def test_an_earlier_version_that_comes_again_is_unchanged(wire_file):
    run(wire_file(copy()))
    corrected = [*PARAGRAPHS[:3], "The works cost five million dollars, the ministry said."]
    run(wire_file(copy(paragraphs=corrected)))
    document, _ = run(wire_file(copy()))
    assert document["totals"]["unchanged"] == 1
    assert "five million" in Article.objects.get().body


def test_the_same_story_under_another_headline_is_known_by_its_paragraphs(wire_file):
    run(wire_file(copy()))
    document, _ = run(wire_file(copy(headline="Tartus Port Back at Work")))
    assert document["totals"]["updated"] == 1
    assert Article.objects.get().headline == "Tartus Port Back at Work"


def test_another_story_under_the_same_headline_is_another_story(wire_file):
    run(wire_file(copy()))
    document, _ = run(wire_file(copy(paragraphs=["Wheat rose.", "Barley fell.", "Oats were as before."])))
    assert document["totals"]["created"] == 1
    assert Article.objects.count() == 2


def test_a_story_is_known_again_though_some_of_its_paragraphs_stand_in_very_many(wire_file, monkeypatch):
    monkeypatch.setattr(known, "TOO_COMMON", 1)
    common = "The ministry gave no further details."
    others = [copy(headline=f"Bridge {n} Closed", paragraphs=[f"Bridge {n} is closed.", common]) for n in range(3)]
    run(wire_file(copy(paragraphs=[*PARAGRAPHS, common]), *others))
    again, _ = run(wire_file(copy(headline="Syrian Port Open Again", paragraphs=[*PARAGRAPHS[:3], "New.", common])))
    assert again["totals"]["updated"] == 1
    assert Article.objects.count() == 4


def test_an_update_is_offered_where_an_editor_has_touched_the_draft(wire_file):
    run(wire_file(copy()))
    article = Article.objects.get()
    article.headline = "An editor's headline"
    article.save()
    writing.record(article, make_user())
    corrected = [*PARAGRAPHS[:3], "The works cost five million dollars, the ministry said."]
    document, _ = run(wire_file(copy(paragraphs=corrected)))
    story = document["files"][0]["stories"][0]
    assert story["outcome"] == "updated"
    assert any(warning.startswith("offered:") for warning in story["warnings"])
    assert fresh(article).headline == "An editor's headline"
    assert "four million" in fresh(article).body
    assert WireRecord.objects.get(is_offered=True).content["content"]["body"].count("five million") == 1


def test_an_update_is_offered_where_the_story_was_submitted(wire_file):
    run(wire_file(copy()))
    article = Article.objects.get()
    publisher = make_user(group="Publisher")
    workflow.move(article, "submitted", publisher, seen=article.version)
    run(wire_file(copy(headline="Tartus Port Back at Work")))
    assert fresh(article).headline == HEADLINE
    assert WireRecord.objects.filter(is_offered=True).count() == 1


def test_one_bad_story_costs_itself_alone(wire_file):
    headless = "\n".join(
        ["Only a Head and Nothing Else", "", CAPTION, CAPTION, "TT", "", "Only a Head and Nothing Else"]
    )
    document, code = run(
        wire_file(copy(), headless, copy(headline="A Third Story", paragraphs=["Yes.", "No, he said."]))
    )
    (file,) = document["files"]
    assert code == 1
    assert file["outcome"] == "partial"
    assert len(file["stories"]) == 2
    assert [error["story"] for error in file["errors"]] == [2]
    assert WireRecord.objects.get(outcome="rejected").code == file["errors"][0]["code"]


def test_a_story_that_the_database_refuses_costs_itself_alone(wire_file, monkeypatch):
    create_many = writing.create_many

    def refuse(contents, **kw):
        if any("Second" in content["headline"] for content in contents):
            raise DatabaseError("value too long")
        return create_many(contents, **kw)

    monkeypatch.setattr(writing, "create_many", refuse)
    stories = [copy(headline=f"{word} Story of the Day", paragraphs=[f"{word} text.", f"{word} again."]) for word in
               ("First", "Second", "Third")]  # fmt: skip
    document, code = run(wire_file(*stories))
    assert code == 1
    assert document["totals"]["created"] == 2
    assert document["files"][0]["errors"][0]["code"] == "not_stored"
    assert Article.objects.count() == 2


def test_a_story_twice_in_one_file_is_stored_once_and_the_file_is_well(wire_file):
    document, code = run(wire_file(copy(), copy()))
    (file,) = document["files"]
    assert (code, file["outcome"], len(file["stories"])) == (0, "ok", 1)
    assert [error["code"] for error in file["errors"]] == ["duplicate_story"]
    assert document["totals"]["duplicates"] == 1
    assert document["totals"]["rejected"] == 0


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "empty_file"),
        (b" \r\n\r\n ", "empty_file"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(400), "not_text"),
    ],
)
def test_a_file_that_holds_no_story_is_refused_with_its_reason(tmp_path, data, code):
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    document, exit_code = run(path)
    (file,) = document["files"]
    assert exit_code == 1
    assert (file["outcome"], file["stories"]) == ("error", [])
    assert file["errors"][0]["code"] == code
    assert bytes(WireRecord.objects.get().received.data) == data[: len(bytes(WireRecord.objects.get().received.data))]


def test_a_trial_stores_nothing(wire_file):
    document, code = run(wire_file(copy()), dry_run=True)
    assert (code, document["totals"]["created"]) == (0, 1)
    assert document["files"][0]["stories"][0]["article"] is None
    for model in (Article, WireBatch, WireRecord, WireBytes, Event, Desk):
        assert not model.objects.exists()


def test_standard_input_is_a_dash(wire_file):
    document, _ = run("-", stdin=copy().encode())
    assert document["files"][0]["path"] == "-"
    assert document["totals"]["created"] == 1


def test_folders_are_walked_and_their_hidden_files_passed_over(wire_file, tmp_path):
    wire_file(copy(), name="b.txt")
    wire_file(copy(headline="Another Day", paragraphs=["One thing.", "Another."]), name="a.txt")
    wire_file(copy(headline="Hidden", paragraphs=["One.", "Two."]), name=".hidden.txt")
    document, _ = run(tmp_path)
    assert [file["path"].rsplit("/")[-1] for file in document["files"]] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    "arguments", [["/no/such/file"], ["{file}", "--desk=nowhere"], ["{file}", "--format=docx"], []]
)
def test_wrong_use_ends_with_2_and_reads_nothing(wire_file, arguments):
    path = wire_file(copy())
    with pytest.raises((CommandError, SystemExit)) as end:
        call_command("import_stories", *[argument.format(file=path) for argument in arguments], stdout=StringIO())
    assert getattr(end.value, "returncode", None) == 2 or end.value.args
    assert not WireBatch.objects.exists()


def test_a_desk_may_be_named_by_code_or_name(wire_file):
    desk = Desk.objects.create(code="africa", name="Africa")
    run(wire_file(copy()), desk="AFRICA".title())
    assert Article.objects.get().desk == desk


def test_scripts_in_copy_are_inert(wire_file):
    bad = [*PARAGRAPHS[:3], "He said &lt;script&gt;alert(1)&lt;/script&gt; and left the room at once."]
    run(wire_file(copy(paragraphs=bad)))
    assert "<script" not in Article.objects.get().body
    assert "&lt;script&gt;" in Article.objects.get().body


def test_a_story_that_cannot_be_understood_costs_itself_alone(wire_file, monkeypatch):
    read = Reader.read

    def stumble(self, item):
        if "Odd" in item.headline:
            raise RuntimeError("a rule of ours is wrong")
        return read(self, item)

    monkeypatch.setattr(Reader, "read", stumble)
    document, _ = run(wire_file(copy(headline="An Odd Story", paragraphs=["One.", "Two."]), copy()))
    assert document["totals"]["created"] == 1
    assert document["files"][0]["errors"][0]["code"] == "not_understood"


def test_the_seeds_come_out_as_they_are(regions, shared):
    document, code = run(shared / "seeds")
    assert code == 0
    stories = [story for file in document["files"] for story in file["stories"]]
    assert [len(story["paragraphs"]) for story in stories] == [8, 9]
    assert [photo["credit"] for story in stories for photo in story["photos"]] == ["Reuters", "AFP"]
    assert [photo["is_file_photo"] for story in stories for photo in story["photos"]] == [False, True]
    first, second = (set(story["countries"]) for story in stories)
    assert "SY" in first
    assert first <= {"SY", "IQ", "LB"}
    assert {"FR", "DZ", "MA"} <= second <= {"FR", "DZ", "MA", "EH"}
    assert [bool(story["agencies"]) for story in stories] == [True, True]
    assert Article.objects.filter(provider_date__isnull=False).count() == 0


@pytest.mark.django_db(transaction=True)
def test_queries_of_an_import_do_not_grow_with_each_story(wire_file, django_assert_max_num_queries):
    stories = [
        copy(headline=f"Story number {n} of the day", paragraphs=[f"Text {n}.", f"More {n}."]) for n in range(50)
    ]
    path = wire_file(*stories)
    with django_assert_max_num_queries(60):
        document, _ = run(path)
    assert document["totals"]["created"] == 50
