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
    return Subjects((topic["code"], topic["keywords"]) for topic in TOPICS)


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
    assert [score for _, score in suggested] == sorted((score for _, score in suggested), reverse=True)


def test_word_in_capitals_counts_in_capitals_only():
    subjects = Subjects([("h", {"en": ["WHO", "vaccine"]})])
    assert subjects.suggest("WHO sends vaccine", ["The WHO sent vaccine."]) == [("h", subjects.suggest(
        "WHO sends vaccine", ["The WHO sent vaccine."])[0][1])]  # fmt: skip
    assert subjects.suggest("Who makes vaccine", ["Those who make it know."]) == []
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
    assert "Human and civil rights" not in [NAMES[code] for code, _ in suggested]


def test_longest_phrase_counts_and_not_the_word_inside_it():
    subjects = Subjects([("air", {"en": ["air raid", "jets"]}), ("police", {"en": ["raid", "jail"]})])
    assert [code for code, _ in subjects.suggest("Air raid by jets", ["An air raid. The jail stood."])] == ["air"]


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
    from articles import subjects
    from articles.models import Topic

    topic = Topic.objects.create(code="t", name="Ferries", slug="ferries", keywords={"en": ["ferry", "berth"]})
    first = subjects.load()
    assert first.suggest("Ferry", ["Two berths. A ferry."])[0][0] == "t"
    with django_assert_num_queries(1):
        assert subjects.load() is first
    topic.keywords = {"en": ["glacier", "iceberg"]}
    topic.save()
    assert subjects.load().suggest("Glacier", ["An iceberg left the glacier."])[0][0] == "t"
