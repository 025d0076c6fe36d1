"""What providers file stories under, and what the newsroom makes of it."""

import pytest

from articles.gazetteer import Mention
from articles.wire import codes, filed
from articles.wire.items import Named, Subject, WireItem
from articles.wire.usage import read_terms

TOPICS = {"medtop:09000000": "Labour", "medtop:04000000": "Economy", "medtop:20000209": "Industry", "ours": "Levant"}
BY_NAME = {"labour": "medtop:09000000", "economy": "medtop:04000000", "levant": "ours"}
PATHS = {"SY": "asia/sy", "SY-TA": "asia/sy/tartus", "LB": "asia/lb", "FR": "europe/fr", "US": "americas/us"}


@pytest.mark.parametrize(
    ("printed", "scheme", "code"),
    [
        ("medtop:20000523", "", "medtop:20000523"),
        ("http://cv.iptc.org/newscodes/mediatopic/20000523", "", "medtop:20000523"),
        ("04015000", "http://cv.iptc.org/newscodes/subjectcode/", "subj:04015000"),
        ("20000523", "subj", "medtop:20000523"),  # as some print Media Topics
        ("15007000", "", "subj:15007000"),
        ("it", "http://cvx.iptc.org/iso3166-1a2/", "iso3166-1a2:IT"),
        ("iso3166-1a3:SYR", "", "iso3166-1a2:SY"),
        ("US-NV", "iso3166-1a2", "iso3166-2:US-NV"),
        ("Syria", "country", "iso3166-1a2:SY"),
        ("http://example.com/about/", "", "http://example.com/about/"),
        ("x:y", "", "x:y"),
        ("", "subj", ""),
    ],
)
def test_codes_are_known_however_they_are_printed(printed, scheme, code):
    assert codes.code(printed, scheme) == code


def test_subject_codes_give_the_topics_that_they_became():
    assert codes.topics("subj:15007001") == codes.topics("subj:15007000")
    assert codes.topics("medtop:20000523") == ["medtop:20000523", "medtop:09000000"]
    assert codes.topics("subj:04000000") == ["medtop:04000000"]
    assert codes.topics("desk:1") == codes.topics("subj:99999999") == []


def item(**fields):
    return WireItem("Head", [], **fields)


def test_topics_come_from_codes_and_names_and_the_nearest_broader_one():
    given = item(
        subjects=[
            Subject("medtop:20000523", "labour market"),  # which the newsroom does not have: its broader one
            Subject("medtop:20000209", "industry"),
            Subject("medtop:04000000", "economy"),  # said already by its narrower one
            Subject("desk:9", "Levant"),
            Subject("desk:7", "Nothing of ours"),
        ],
        keywords=["Labour"],
    )
    found = filed.topics(given, TOPICS, BY_NAME)
    assert [one.key for one in found] == ["medtop:09000000", "medtop:20000209", "ours"]
    assert found[0].why == "Its provider filed it under “labour market” (medtop:20000523)."


def mention(code, weight, within=""):
    return Mention(code, weight, 1, 0, "name", True, "province" if within else "country", within)


def regions(places, mentions, about):
    return filed.regions(item(places=places), mentions, about, PATHS)


def test_a_place_that_text_and_provider_name_comes_first():
    codes_, why = regions(
        [Named("Lebanon", "iso3166-1a2:LB", "subject")], [mention("SY", 5), mention("LB", 4)], ["SY", "LB"]
    )
    assert codes_ == ["LB", "SY"]
    assert not why


def test_the_province_of_the_text_stands_for_the_country_of_the_provider():
    found, _ = regions([Named("Syria", "iso3166-1a2:SY", "subject")], [mention("SY-TA", 5, "SY")], ["SY-TA"])
    assert found == ["SY-TA"]


def test_a_place_that_only_the_provider_names_comes_last_and_says_so():
    found, why = regions([Named("France", "iso3166-1a2:FR", "subject")], [mention("SY", 5)], ["SY"])
    assert found == ["SY", "FR"]
    assert why["FR"].why == "Its provider names “France” as its subject."
    assert regions([Named("Nevada", "iso3166-2:US-NV", "subject")], [], [])[0] == ["US"]


def test_where_it_was_written_decides_nothing():
    found, _ = regions([Named("Paris", "iso3166-1a2:FR", "located")], [mention("SY", 5)], ["SY"])
    assert found == ["SY"]


@pytest.mark.parametrize(
    ("terms", "no_archive", "no_syndication", "only", "out"),
    [
        ("NO ARCHIVES. GERMANY OUT", True, False, [], ["DE"]),
        ("FRANCE AND BELGIUM OUT. No commercial sales.", False, True, [], ["FR", "BE"]),
        ("Not for use outside the United States", False, False, ["US"], []),
        ("For use in Germany, Austria and Switzerland only", False, False, ["DE", "AT", "CH"], []),
        ("*** World Rights Except Italy ***", False, False, [], ["IT"]),
        ("Archivierung nicht gestattet", True, False, [], []),
        ("Editorial use only; it was carried out in Germany.", False, False, [], []),
    ],
)
def test_terms_of_usage(terms, no_archive, no_syndication, only, out):
    usage = read_terms(terms)
    assert (usage.no_archive, usage.no_syndication) == (no_archive, no_syndication)
    assert (usage.territories, usage.excluded_territories) == (only, out)
    assert usage.terms == terms
