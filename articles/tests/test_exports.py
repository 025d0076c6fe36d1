"""The list as a file: what was filtered and may be seen, in cells that no spreadsheet runs, and in the log."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree

from articles.desk import exporting
from articles.models import Article, Event

from .desk import url
from .factories import make_article, make_desk, make_region, make_released, make_source, make_topic, make_user

pytestmark = pytest.mark.django_db
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DANGEROUS = [
    "=HYPERLINK(\"http://evil.example\",\"click\")", "+1+1", "-2+3", "@SUM(A1:A9)", "=cmd|' /C calc'!A0", "＝1+1",
    "＋1", "－1", "＠SUM(1)", "\u00a0=1+1", "  =1+1", '"=1+1', "'=1+1", "{=1+1}", "%0A=1", ";=1+1", ",=1+1",
]  # fmt: skip


@pytest.fixture
def exporter(client):
    user = make_user("petra", group="Publisher", permissions="export_article view_assignment")
    client.force_login(user)
    return user


def taken(client, kind, query=""):
    answer = client.post(url("article_export"), {"format": kind, "query": query})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def csv_rows(client, query=""):
    words = taken(client, "csv", query).decode()
    assert words.startswith("\ufeff")
    return list(csv.reader(io.StringIO(words[1:], newline="")))


def xlsx_cells(client, query=""):
    """The cells of the sheet: rows of (type, value), a text's own or from the table of texts."""
    with zipfile.ZipFile(io.BytesIO(taken(client, "xlsx", query))) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        texts = []
        if "xl/sharedStrings.xml" in book.namelist():
            table = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            texts = ["".join(one.itertext()) for one in table]
    assert sheet.find(f".//{SHEET}f") is None, "there is a formula"
    assert sheet.find(f".//{SHEET}hyperlink") is None, "there is a link"
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        cells = []
        for cell in row:
            kind, value = cell.get("t", "n"), "".join(cell.itertext())
            cells.append(
                ("text", texts[int(value)])
                if kind == "s"
                else ("text", value)
                if kind == "inlineStr"
                else (kind, value)
            )
        rows.append(cells)
    return rows


def test_what_is_filtered_is_in_the_file_with_the_columns_chosen(client, exporter):
    topic = make_topic("Harbours")
    article = make_released(
        publisher=exporter,
        headline="«Le port», rouvert",
        language="fr",
        urgency=2,
        regions=[make_region("LB", name="Lebanon")],
        topics=[topic],
        citations=[{"source": make_source("Harbour Agency").code}],
    )
    make_article(headline="Not this one")
    query = "language=fr&columns=state,regions,topics,sources,readers,urgency"
    head, row = csv_rows(client, query)
    assert head == ["Id", "Headline", "State", "Regions", "Topics", "Sources", "Readers", "Urgency"]
    expected = [
        article.public_id,
        "«Le port», rouvert",
        "Approved",
        "Lebanon",
        "Harbours",
        "Harbour Agency",
        "live",
        "2",
    ]
    assert row == expected
    heads, cells = xlsx_cells(client, query)
    assert [value for _, value in heads] == head
    assert [value for _, value in cells] == expected
    assert [kind for kind, _ in cells] == ["text"] * 7 + ["n"]


def test_instants_are_told_by_the_newsrooms_clock(client, exporter):
    article = make_article()
    at = datetime(2026, 1, 10, 22, 30, 15, tzinfo=UTC)
    Article.objects.filter(pk=article.pk).update(created_at=at)
    head, row = csv_rows(client, "columns=created")
    assert (head[2], row[2]) == ("Created (Beirut)", "2026-01-11 00:30")
    (kind, value) = xlsx_cells(client, "columns=created")[1][2]
    assert kind == "n"
    assert float(value) == pytest.approx(46033 + (30 * 60 + 15) / 86400)  # days since 30 December 1899


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_cell_begins_a_formula(client, exporter, words):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(slugline=words)
    stored = Article.objects.get().slugline
    (_, row) = csv_rows(client, "columns=slugline")
    cell = row[2]
    assert not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert cell.removeprefix("'") == stored.removeprefix("'")
    assert xlsx_cells(client, "columns=slugline")[1][2] == ("text", stored)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u00a0-"])
def test_what_begins_a_formula_is_made_text(first):
    assert exporting.inert(f"{first}1") == f"'{first}1"


@pytest.mark.parametrize("words", ["", "1-2", "A = B", "مرفأ", "“Quoted”"])
def test_what_begins_none_stays_as_it_is(words):
    assert exporting.inert(words) == words


def test_every_row_of_a_file_comes_from_what_that_person_sees(client):
    ours, theirs = make_desk("asia"), make_desk("africa")
    make_article(headline="Ours", desk=ours)
    make_article(headline="Theirs", desk=theirs)
    client.force_login(make_user(group="Desk editor", permissions="export_article", desks=[ours]))
    assert [row[1] for row in csv_rows(client)[1:]] == ["Ours"]


def test_a_confidential_story_leaves_in_no_file_but_of_who_sees_them_all(client):
    desk = make_desk("asia")
    writer = make_user(group="Desk editor", permissions="export_article", desks=[desk])
    secret = make_article(headline="Secret", desk=desk, by=writer)
    make_article(headline="Open", desk=desk)
    Article.objects.filter(pk=secret.pk).update(confidential=True)
    client.force_login(writer)  # who sees it in the list, having begun it
    rows = csv_rows(client, "columns=state")
    assert [row[-1] if len(row) == 1 else row[1] for row in rows[1:]] == [
        "Open",
        "Confidential stories are not in this file.",
    ]
    boss = make_user(group="Publisher", permissions="export_article view_confidential_article")
    client.force_login(boss)
    assert {row[1] for row in csv_rows(client)[1:]} == {"Open", "Secret"}


def test_who_may_not_export_gets_no_file(client):
    client.force_login(make_user(group="Publisher"))
    assert client.post(url("article_export"), {"format": "csv"}).status_code == 403
    assert b"CSV file" not in client.get(url("article_changelist")).content
    assert not Event.objects.filter(action="list_exported").exists()


def test_a_file_is_logged_with_what_it_holds(client, exporter):
    make_article(language="fr")
    taken(client, "xlsx", "language=fr&state=draft")
    event = Event.objects.get(action="list_exported")
    assert event.actor == "petra"
    assert (event.data["format"], event.data["stories"]) == ("xlsx", 1)
    assert event.data["query"] == "state=draft&language=fr"


@pytest.mark.parametrize("data", [{"format": "exe"}, {}, {"format": "csv", "query": "language=xx"}])
def test_what_is_not_understood_gives_no_file(client, exporter, data):
    assert client.post(url("article_export"), data).status_code == 422
    assert not Event.objects.filter(action="list_exported").exists()


def test_a_file_ends_somewhere_and_says_so(client, exporter, monkeypatch):
    monkeypatch.setattr(exporting, "MOST", 3)
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    stories = [make_article(headline=f"Story {number}") for number in range(4)]
    rows = csv_rows(client, "sort=oldest")
    assert [row[1] for row in rows[1:4]] == [story.headline for story in stories[:3]]
    assert rows[4] == ["Only the first 3 stories are in this file."]
    assert xlsx_cells(client)[4][0][1] == "Only the first 3 stories are in this file."


def test_a_file_is_never_cached(client, exporter):
    answer = client.post(url("article_export"), {"format": "csv"})
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith('attachment; filename="stories-')


def test_no_file_names_a_confidential_source(client, exporter):
    from articles.models import ConfidentialSource

    secret = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    make_article(citations=[{"confidential": secret.code, "as_printed": ""}])
    words = taken(client, "csv", "columns=sources").decode()
    assert secret.code not in words
    assert "official" not in words
