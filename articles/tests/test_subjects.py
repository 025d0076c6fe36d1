"""Rules of suggesting topics: only from the story's own words, and only with real evidence."""

import json
import time
from pathlib import Path

import pytest

from articles.subjects import Subjects

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
TOPICS = [row["fields"] for row in json.loads((FIXTURES / "topics.json").read_text(encoding="utf-8"))]
NAMES = {topic["code"]: topic["name"] for topic in TOPICS}


@pytest.fixture(scope="module")
def subjects():
    return Subjects((topic["code"], topic["keywords"], topic["parent"] and topic["parent"][0]) for topic in TOPICS)


STORIES = [
    ("en", "Dock workers end strike over pay",
     ["Dock workers voted to end a strike over pay.", "The union said members would get 4 percent more."],
     "Labour relations"),
    ("en", "Storm shuts schools along the coast",
     ["A winter storm with strong winds and heavy rain closed roads.", "The weather service issued an orange alert."],
     "Weather phenomena"),
    ("en", "Oil rises as producers hold output",
     ["Brent crude rose 2 percent to $80 a barrel.", "Traders said stocks were low."], "Markets"),
    ("en", "Central bank cuts rate as inflation slows",
     ["The central bank lowered its interest rate by half a point.", "Inflation fell to 4 percent."], "Economy"),
    ("en", "Cholera vaccine reaches the camps",
     ["Doctors gave the first doses of vaccine after an outbreak of cholera.", "The disease infected 300 people."],
     "Diseases and conditions"),
    ("en", "Museum shows rescued manuscripts",
     ["A museum in the old city opened its doors.", "Archaeologists restored the manuscripts."], "Culture"),
    ("en", "City win cup final on penalties",
     ["The goalkeeper saved two penalties in a full stadium.", "The coach praised his players."], "Sports disciplines"),
    ("en", "Voters go to the polls",
     ["Polling stations opened for the general election.", "Turnout was high, officials said."], "Elections"),
    ("en", "Quake shakes the valley",
     ["An earthquake of magnitude 5 shook the valley.", "Aftershocks followed, and rescuers searched the rubble."],
     "Disasters"),
    ("en", "Probe finds water ice on a comet",
     ["Astronomers saw ice on a comet through a space telescope.", "The galaxy lies beyond, physicists said."],
     "Natural science"),
    ("en", "Court acquits former mayor",
     ["The judge acquitted him after a long trial.", "Prosecutors will take the verdict to the appeal court."],
     "Courts"),
    ("en", "Rivals sign truce",
     ["The two sides signed a ceasefire after peace talks.", "Mediators praised the truce."], "Peace process"),
    ("en", "Ministers discuss bilateral ties",
     ["The foreign minister received the ambassador.", "They spoke of diplomatic relations and a joint statement."],
     "International relations"),
    ("en", "Pilgrims gather for Hajj",
     ["Pilgrims arrived for the Hajj.", "Friday prayers drew crowds before Eid al-Adha."], "Religious events"),
    ("ar", "زلزال يضرب الساحل",
     ["ضرب زلزال بقوة 5 درجات الساحل صباح الأحد.", "وتبحث الفرق عن ناجين تحت الأنقاض بعد الهزة الأرضية."], "Disasters"),
    ("ar", "محادثات بين وزيري الخارجية",
     ["بحث وزير الخارجية مع نظيره العلاقات الثنائية.", "وأكد البيان المشترك دعم الأمم المتحدة."],
     "International relations"),
    ("ar", "إضراب في المرفأ",
     ["أعلنت النقابة إضرابا عاما.", "وتستمر مفاوضات الأجور مع العمال المضربين."], "Labour relations"),
    ("fr", "Grève dans les transports",
     ["Les syndicats appellent à la grève générale.", "Les négociations salariales ont échoué."], "Labour relations"),
    ("fr", "Séisme sur la côte",
     ["Un tremblement de terre a secoué la côte.", "Des répliques ont suivi le séisme."], "Disasters"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "headline", "paragraphs", "topic"), STORIES, ids=[story[1] for story in STORIES])
def test_first_suggestion_is_what_the_story_is_about(subjects, language, headline, paragraphs, topic):
    suggested = subjects.suggest(headline, paragraphs, language)
    assert NAMES[suggested[0][0]] == topic


@pytest.mark.parametrize(
    ("headline", "paragraphs"),
    [
        ("Man walks through park", ["A man walked through the park on Monday. It was a calm day, he said."]),
        ("Who will come next", ["Who will win is not known to anyone who asked in March."]),
        ("", []),
        ("", ["Oil."]),
    ],
)
def test_nothing_is_suggested_without_evidence(subjects, headline, paragraphs):
    assert subjects.suggest(headline, paragraphs) == []


def test_best_comes_first_and_no_more_than_asked_for(subjects):
    paragraphs = [
        "Inflation and interest rates rose, the central bank said.",
        "Brent crude and stocks fell. Voters in the general election queued at polling stations.",
        "A ceasefire held after peace talks.",
    ]
    suggested = subjects.suggest("Central bank raises interest rate", paragraphs, limit=2)
    assert len(suggested) <= 2
    assert [one.score for one in suggested] == sorted((one.score for one in suggested), reverse=True)


def test_word_in_capitals_counts_in_capitals_only():
    subjects = Subjects([("h", {"en": ["WHO", "vaccine"]})])
    [suggested] = subjects.suggest("WHO sends vaccine", ["The WHO sent vaccine."])
    assert (suggested.code, suggested.words) == ("h", ("WHO", "vaccine"))
    assert subjects.suggest("Who will win", ["Those who make vaccine know."]) == []
    assert subjects.suggest("WHO WILL WIN", ["Nobody who asked knows."]) == []


def test_keyword_is_found_in_any_number_and_with_the_arabic_article():
    subjects = Subjects([("w", {"en": ["airstrike", "army"], "ar": ["غارة", "جبهة"]})])
    assert subjects.suggest("Airstrikes hit", ["Armies moved."])
    assert subjects.suggest("الغارات مستمرة", ["والجبهة مشتعلة."], "ar")


def test_name_of_a_monitor_says_nothing_of_the_subject(subjects):
    suggested = subjects.suggest(
        "Rockets hit town",
        [
            "Rockets hit the town, the Syrian Observatory for Human Rights said.",
            "The Observatory for Human Rights is a monitor.",
        ],
    )
    assert "Human and civil rights" not in [NAMES[code] for code, *_ in suggested]


def names(suggested):
    return [NAMES[code] for code, *_ in suggested]


SHORT_STORIES = [
    ("Northern Ireland Ferry Link to Resume", ["A ferry link will resume in May, the port said.", "It is daily."],
     "Industries and sectors"),
    ("Yard Wins Ferry Order", ["A yard won an order for two ferries.", "The first will sail in 2028."],
     "Industries and sectors"),
    ("Coffee Growers Count Losses after Hail", ["Hail destroyed a fifth of the crop.", "The growers want aid."],
     "Industries and sectors"),
    ("Golf Ball Hail Breaks Windows", ["Hail as large as golf balls broke windows on Monday."], "Weather phenomena"),
    ("Factory Fire Kills Three", ["A fire in a furniture factory killed three workers, police said."], "Accidents"),
    ("Train Derails, Killing Nine", ["Four carriages left the track.", "The line is closed."], "Accidents"),
    ("Measles Spreads in North", ["The number of cases has doubled.", "Few have been vaccinated."],
     "Diseases and conditions"),
    ("Greece Raises Minimum Wage", ["It goes up to 880 euros.", "Unions wanted more."], "Employment"),
    ("Court Says No to Extradition", ["The man is wanted at home.", "His country protested."], "Courts"),
    ("Ex-Minister Jailed for Graft", ["A court gave him ten years.", "His lawyers will appeal."], "Courts"),
    ("Bird Flu Found on Farm", ["Some 90,000 hens will be culled."], "Animal and plant diseases"),
    ("Rivals Restore Ties", ["The two states will reopen embassies."], "International relations"),
    ("Wildfire Smoke Reaches Coast", ["Skies turned red.", "Some 200 fires are burning."], "Disasters"),
    ("Party Deputy Wins Seat in By-election", ["A deputy of Hezbollah won a seat in a by-election."], "Elections"),
    ("Bakers Join Strike over Bills", ["Bakers joined a strike.", "The union spoke of thousands."], "Labour relations"),
]  # fmt: skip


@pytest.mark.parametrize(("headline", "paragraphs", "topic"), SHORT_STORIES, ids=[story[0] for story in SHORT_STORIES])
def test_short_hard_news_has_its_topic_among_the_suggestions(subjects, headline, paragraphs, topic):
    assert topic in names(subjects.suggest(headline, paragraphs))


@pytest.mark.parametrize(
    ("headline", "paragraphs", "topic"),
    [
        ("Ferry Link to Resume", ["A ferry will sail again in May."], "Accidents"),
        ("Coffee Growers Count Losses", ["The growers want aid for their coffee."], "Lifestyle"),
        ("Golf Ball Hail Breaks Windows", ["Hail as large as golf balls broke windows."], "Sports disciplines"),
        ("Hezbollah Deputy Wins Seat", ["A Hezbollah deputy won a seat in a by-election."], "Armed conflict"),
        ("Measles Campaign Begins", ["The campaign against measles will last ten days."], "Elections"),
        ("Judges to Meet", ["The hearing aid of a judge was lost on Monday."], "Health"),
    ],
)
def test_word_in_passing_or_of_another_meaning_suggests_nothing_of_its_own(subjects, headline, paragraphs, topic):
    assert topic not in names(subjects.suggest(headline, paragraphs))


FAMILY = [("top", {"en": ["trade", "money"]}, None), ("rates", {"en": ["inflation"]}, "top"),
          ("firms", {"en": ["merger", "shares"]}, "top")]  # fmt: skip


def codes(headline, *paragraphs):
    return [code for code, *_ in Subjects(FAMILY).suggest(headline, paragraphs)]


def test_parent_is_left_out_beside_its_narrower_topic_unless_it_has_evidence_of_its_own():
    assert codes("Inflation slows", "Inflation hurt trade.") == ["rates"]
    assert codes("Trade, money and inflation", "Trade and money suffer from inflation.") == ["rates", "top"]


def test_parent_stands_for_several_hints_at_narrower_topics():
    assert codes("Markets calm", "It rained.", "Inflation fell.", "A merger was near.") == []
    assert codes("Markets calm", "Inflation fell.", "A merger was near. The shares rose.") == ["firms"]
    assert codes("Markets calm", "Inflation fell before the merger.") == ["top"]


def test_topic_of_many_keywords_is_not_met_by_chance_in_a_long_story():
    many = Subjects([("wide", {"en": [f"word{number}x" for number in range(900)]}), ("narrow", {"en": ["quake"]})])
    suggested = many.suggest("Quake", ["A quake.", "word1x word2x word3x word4x word5x word6x word7x word8x word9x"])
    assert suggested[0][0] == "narrow"


def test_longest_phrase_counts_and_not_the_word_inside_it():
    subjects = Subjects([("air", {"en": ["air raid", "jets"]}), ("police", {"en": ["raid", "jail"]})])
    assert [code for code, *_ in subjects.suggest("Air raid by jets", ["An air raid. The jail stood."])] == ["air"]


def test_language_without_keywords_is_read_with_the_english_ones(subjects):
    assert subjects.suggest("Inflation", ["Inflation, recession, GDP."], "de-AT")


@pytest.mark.parametrize(
    "text", ["oil " * 25_000, "a" * 100_000, "interest " * 11_000, "و" * 100_000, "غارة " * 20_000,
     "\ud800\x00" * 50_000],
    ids=range(6),
)  # fmt: skip
def test_100_kilobytes_of_anything_are_read_in_a_second(subjects, text):
    started = time.process_time()
    for language in ("en", "ar", "fr"):
        subjects.suggest(text, [], language)
    assert time.process_time() - started < 3  # three readings


@pytest.mark.django_db
def test_topics_are_read_again_only_after_one_changed(django_assert_num_queries):
    from articles import knowledge
    from articles.models import Topic

    topic = Topic.objects.create(code="t", name="Ferries", slug="ferries", keywords={"en": ["ferry", "berth"]})
    first = knowledge.load_subjects()
    assert first.suggest("Ferry", ["Two berths. A ferry."])[0][0] == "t"
    with django_assert_num_queries(1):
        assert knowledge.load_subjects() is first
    topic.keywords = {"en": ["glacier", "iceberg"]}
    topic.save()
    assert knowledge.load_subjects().suggest("Glacier", ["An iceberg left the glacier."])[0][0] == "t"
