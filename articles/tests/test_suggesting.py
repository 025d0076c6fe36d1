"""What a machine suggests for a story: shown with why, kept or dropped by a person."""

import pytest

from articles import knowledge, releasing, suggesting, suggestions, writing
from articles.models import Article
from articles.suggestions import Suggestion
from articles.wire.items import Paragraph, WireItem
from articles.wire.reference import load_reader

from .desk import form_data, make_staff, page_text, url
from .factories import (
    fresh,
    make_article,
    make_desk,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

TRUCE = [
    "The truce in Harran held for a second day, the Health Ministry said on Monday.",
    "The ceasefire in Harran began on Sunday, Omar Aziz, a spokesman for the ministry, told Bay Wire.",
]


@pytest.fixture
def known():
    make_region("XH", name="Harran")
    make_topic("Peace", keywords={"en": ["truce", "ceasefire"]})
    make_source("Bay Wire", code="bay", kind="agency")


def read(headline="Truce holds in Harran", paragraphs=TRUCE):
    return load_reader().read(WireItem(headline, [Paragraph(line) for line in paragraphs]))


def of(rows, name):
    return [one for one in rows if one["list"] == name]


def test_everything_that_an_import_finds_is_suggested_with_why(known):
    reading = read()
    region = of(reading.suggestions, "regions")[0]
    assert (region["key"], region["passage"]) == (reading.content["regions"][0], "Harran")
    assert "in the headline; named 3 times in all" in region["why"]
    topic = of(reading.suggestions, "topics")[0]
    assert topic["key"] == reading.content["topics"][0]
    assert "“truce”" in topic["why"]
    sources = {one["key"]: one["why"] for one in of(reading.suggestions, "citations")}
    assert set(sources) == {suggestions.key_of(entry) for entry in reading.content["citations"]}
    assert "cited by “said” in paragraph 1" in sources["~health ministry"]


def test_suggestions_stand_beside_the_draft_and_not_in_its_content(known):
    reading = read()
    article = make_article()
    (made,) = writing.create_many(
        [reading.content],
        desk=article.desk,
        by=None,
        reason="",
        origin="wire",
        given=[{"suggestions": reading.suggestions}],
    )
    made.refresh_from_db()
    assert made.suggestions == reading.suggestions
    assert "suggestions" not in made.revisions.get().content
    open_ones = suggesting.unsettled(made, writing.snapshot(made))
    assert len(open_ones) == len(reading.suggestions)


def suggested(*keys):
    return suggestions.kept([Suggestion(name, key, "Because.", "word") for name, key in keys])


def test_what_is_kept_is_suggested_no_more_and_what_is_dropped_never_again(known):
    article = make_article(suggestions=suggested(("topics", "a"), ("topics", "b"), ("regions", "c")))
    version = article.version
    assert suggesting.settle(article, {("topics", "a"): True, ("topics", "b"): False, ("topics", "x"): True}) == 2
    article = Article.objects.get(pk=article.pk)
    assert article.version == version
    content = {"topics": ["a", "b"], "regions": ["c"], "citations": []}
    assert [one.key for one in suggesting.unsettled(article, content)] == ["c"]
    assert suggesting.dropped(article) == {("topics", "b")}
    assert suggesting.without(content, suggesting.dropped(article))["topics"] == ["a"]


def test_what_an_editor_took_out_is_not_shown_as_suggested(known):
    article = make_article(suggestions=suggested(("topics", "a"), ("citations", "~port authority")))
    entry = {"source": None, "confidential": None, "as_printed": "Port Authority"}
    content = {"topics": [], "regions": [], "citations": [entry]}
    assert [one.key for one in suggesting.unsettled(article, content)] == ["~port authority"]
    assert suggesting.without(content, {("citations", "~port authority")})["citations"] == []


def test_a_confidential_source_is_never_taken_for_a_suggestion():
    secret = {"source": None, "confidential": "abc", "as_printed": "Port Authority"}
    content = {"topics": [], "regions": [], "citations": [secret]}
    assert suggestions.keys_in(content)["citations"] == []
    assert suggesting.without(content, {("citations", "~port authority")})["citations"] == [secret]


def test_the_text_of_an_open_story_offers_what_it_does_not_hold(known):
    content = {
        **dict.fromkeys(("standfirst", "dateline"), ""),
        **{name: [] for name in ("regions", "topics", "citations", "captions")},
        "headline": "Truce holds in Harran",
        "body": "".join(f"<p>{line}</p>" for line in TRUCE),
        "language": "en",
    }
    offered = suggesting.offered(content)
    assert {(one.list, one.name) for one in offered} >= {("regions", "Harran"), ("topics", "Peace")}
    topic = next(one for one in offered if one.list == "topics")
    again = suggesting.offered({**content, "topics": [topic.key]}, dropped={("regions", offered[0].key)})
    assert {one.list for one in again} <= {"citations"}


def test_topics_are_learned_from_what_readers_have_now(known, monkeypatch):
    by = make_user(group="Publisher")
    rowing, baking = make_topic("Rowing"), make_topic("Baking")
    make_released(publisher=by, headline="Regatta", body="<p>The crew rowed.</p>", topics=[rowing])
    make_released(publisher=by, headline="Loaves", body="<p>They baked.</p>", topics=[baking])
    gone = make_released(publisher=by, headline="Gone", body="<p>It was wrong.</p>", topics=[baking])
    releasing.retract(gone, by, seen=gone.version, note="It was wrong.")
    make_article(headline="A draft", topics=[baking])
    seen = []

    def learn(stories):
        seen.extend(stories)
        words = dict.fromkeys(["crew", "regatta"], 1.0)
        return {"topics": {rowing.code: {"least": 1.5, "words": words}}, "stories": len(seen)}

    monkeypatch.setattr(knowledge, "learn", learn)
    assert knowledge.learn_topics("en")["stories"] == 2
    assert {(topic, "crew" in one.words) for one in seen for topic in one.topics} == {
        (rowing.code, True),
        (baking.code, False),
    }
    found = knowledge.load_learned().suggest("At the regatta", ["The crew rowed with oars."])
    assert [one.code for one in found] == [rowing.code]
    suggested_topics = of(read("Regatta", ["The crew was at the regatta."]).suggestions, "topics")
    assert [(one["key"], one["why"]) for one in suggested_topics] == [
        (rowing.code, "Stories with “crew”, “regatta” were filed so.")
    ]


# --- on the story's page --------------------------------------------------------------------------------------------


@pytest.fixture
def imported(known, client):
    desk = make_desk("world")
    client.force_login(make_staff("Desk editor", desks=[desk]))
    reading = read()
    (article,) = writing.create_many(
        [reading.content], desk=desk, by=None, reason="", origin="wire", given=[{"suggestions": reading.suggestions}]
    )
    return article


def test_the_page_shows_each_suggestion_with_its_name_and_why(client, imported):
    page = page_text(client.get(url("article_change", imported.pk)))
    assert page.count('<li data-list="') == len(imported.suggestions)
    assert '<span class="kind">Topic</span> <bdi dir="auto">Peace</bdi>' in page
    assert "cited by “said” in paragraph 1" in page


def test_what_is_dropped_goes_with_the_save_and_what_is_kept_is_asked_no_more(client, imported):
    address = url("article_change", imported.pk)
    data = form_data(client.get(address))
    topic, region = imported.topics.get(), imported.regions.get()
    data |= {f"suggested:topics:{topic.code}": "drop", f"suggested:regions:{region.code}": "keep"}
    assert client.post(address, data).status_code == 302
    assert list(imported.topics.all()) == []
    assert list(imported.regions.all()) == [region]
    page = page_text(client.get(address))
    assert f'data-key="{topic.code}"' not in page
    assert f'data-key="{region.code}"' not in page
    assert 'data-key="~health ministry"' in page


def test_a_verdict_alone_makes_no_revision(client, imported):
    address = url("article_change", imported.pk)
    data = form_data(client.get(address))
    client.post(address, data | {f"suggested:regions:{imported.regions.get().code}": "keep"})
    assert imported.revisions.count() == 1
    assert "regions" not in {one.list for one in suggesting.unsettled(fresh(imported), writing.snapshot(imported))}


@pytest.mark.parametrize(
    "name", ["suggested:body:x", "suggested", "suggested:topics:", "suggested:topics:x:y", "suggested:status:approved"]
)
def test_a_forged_verdict_changes_nothing(client, imported, name):
    address = url("article_change", imported.pk)
    before = fresh(imported)
    client.post(address, form_data(client.get(address)) | {name: "drop"})
    after = fresh(imported)
    assert (after.suggestions, after.status, after.version) == (before.suggestions, before.status, before.version)


def test_what_is_typed_is_offered_topics_and_what_was_dropped_is_not(client, imported):
    topic, region = imported.topics.get(), imported.regions.get()
    suggesting.settle(imported, {("topics", topic.code): False})
    data = form_data(client.get(url("article_change", imported.pk)))
    answer = page_text(client.post(url("article_advise", imported.pk), data | {"regions": [], "topics": []}))
    assert f'data-list="regions" data-key="{region.code}" data-name="Harran"' in answer
    assert f'data-key="{topic.code}"' not in answer
