"""The reference fixtures of topics and sources are well-formed before anybody loads them."""

import json
import re
from pathlib import Path

import pytest

from articles.text import fold

ROOT = Path(__file__).resolve().parents[2]
KINDS = {
    *("agency", "newspaper", "broadcaster", "monitor", "government", "official", "international", "company"),
    *("court", "document", "ngo", "other"),
}
ARABIC = re.compile("[\u0621-\u064a]")


def rows(name):
    return json.loads((ROOT / "fixtures" / name).read_text(encoding="utf-8"))


TOPICS = [row["fields"] for row in rows("topics.json")]
SOURCES = [row["fields"] for row in rows("sources.json")]


def unique(values):
    return len(values) == len(set(values))


def test_fixtures_use_natural_keys_alone():
    assert {row["model"] for row in rows("topics.json")} == {"articles.topic"}
    assert {row["model"] for row in rows("sources.json")} == {"articles.source"}
    assert not any("pk" in row for name in ("topics.json", "sources.json") for row in rows(name))


@pytest.mark.parametrize("field", ["code", "slug", "fold_key", "name", "name_fr", "name_ar"])
def test_no_two_topics_share_a_name(field):
    assert unique([topic[field] for topic in TOPICS])


def test_topic_is_folded_as_the_record_folds_it():
    assert all(topic["fold_key"] == fold(topic["name"]) for topic in TOPICS)


def test_topic_has_an_address_a_name_in_three_languages_and_words_that_suggest_it():
    for topic in TOPICS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic["slug"])
        assert topic["name"]
        assert topic["name_fr"]
        assert ARABIC.search(topic["name_ar"])
        assert topic["description"].endswith("(IPTC)")
        assert set(topic["keywords"]) == {"en", "fr", "ar"}
        for words in topic["keywords"].values():
            assert len(words) >= 3
            assert all(word == word.strip() and word for word in words)
            assert unique(words)


def test_topics_are_two_levels_and_parents_come_first():
    met = {}
    for topic in TOPICS:
        assert topic["parent"] is None or met[topic["parent"][0]] is None
        met[topic["code"]] = topic["parent"]


def test_topics_are_the_two_upper_levels_of_iptc_without_its_retired_ones(shared):
    scheme = json.loads((shared / "data" / "iptc-mediatopics-2019.json").read_text(encoding="utf-8"))
    code = lambda uri: "medtop:" + uri.rsplit("/", 1)[1]  # noqa: E731
    tops = {code(uri) for uri in scheme["hasTopConcept"]}
    expected = {}
    for concept in scheme["conceptSet"]:
        above = [code(uri) for uri in concept.get("broader", []) if code(uri) in tops]
        if concept["qcode"] in tops:
            expected[concept["qcode"]] = None
        elif above and not concept.get("retired"):
            expected[concept["qcode"]] = above
    assert {topic["code"]: topic["parent"] for topic in TOPICS} == expected


@pytest.mark.parametrize("field", ["code", "slug", "name", "short_name"])
def test_no_two_sources_share_a_name(field):
    assert unique([source[field].casefold() for source in SOURCES])


def test_source_is_complete():
    for source in SOURCES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", source["code"])
        assert source["slug"] == source["code"]
        assert source["kind"] in KINDS
        assert source["short_name"].strip()
        assert not ARABIC.search(source["short_name"]), "the canonical short name is Latin"
        assert ARABIC.search(source["name_ar"])
        assert source["description"].endswith(".")
        assert source["credit"]
        assert not source["website"] or re.match(r"https?://[a-z0-9.-]+\.[a-z]+", source["website"])
        assert unique(source["aliases"])
        assert all(alias == alias.strip() and alias for alias in source["aliases"])


def test_no_spelling_belongs_to_two_sources():
    owner = {}
    for source in SOURCES:
        for spelling in {source["name"], source["short_name"], source["name_ar"], *source["aliases"]}:
            key = spelling if len(spelling) < 5 else fold(spelling)
            assert owner.setdefault(key, source["code"]) == source["code"], spelling


def test_source_stands_in_a_country():
    for source in SOURCES:
        assert source["region"] is None or re.fullmatch("[A-Z]{2}", source["region"][0])


def test_countries_of_sources_exist(shared):
    text = (shared / "data" / "country-codes.csv").read_text(encoding="utf-8")
    for source in SOURCES:
        assert source["region"] is None or re.search(rf"(^|,){source['region'][0]}(,|$)", text, re.MULTILINE), source


def test_licence_of_the_topics_is_named():
    text = (ROOT / "fixtures" / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert "IPTC" in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text


def test_keyword_is_no_word_that_every_story_has():
    common = {"said", "year", "day", "monday", "people", "state", "country", "week", "month", "time", "new", "in", "on"}
    for topic in TOPICS:
        assert common.isdisjoint(word.casefold() for word in topic["keywords"]["en"]), topic["name"]


@pytest.mark.parametrize("short_name", ["TT", "DHA", "Elysee", "Downing Street", "Palestinian Authority", "Polisario"])
def test_source_that_copy_often_cites_is_known(short_name):
    assert short_name in {source["short_name"] for source in SOURCES}
