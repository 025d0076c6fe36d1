"""Topics learned from the archive."""

import random

from articles import learning
from articles.learning import Learned, Story, learn, words_of

SUBJECTS = {
    "sport": ["goal", "striker", "penalty", "stadium", "referee", "league"],
    "courts": ["judge", "verdict", "trial", "lawyer", "appeal", "sentence"],
    "weather": ["storm", "rain", "forecast", "wind", "flood", "snow"],
}
COMMON = ["the", "said", "after", "monday", "people", "city", "would", "new", "year", "minister", "officials", "two"]


def archive(stories=400, seed=7, labelled=True):
    chance = random.Random(seed)
    for number in range(stories):
        topic = chance.choice(sorted(SUBJECTS))
        words = chance.sample(SUBJECTS[topic], 3) + chance.sample(COMMON, 6)
        yield Story(f"story{number}", frozenset(words), frozenset([topic] if labelled else [chance.choice("abc")]))


def test_what_the_desk_files_together_is_suggested_with_the_words_that_say_so():
    learned = learn(archive())
    assert learned["precision"] >= 0.95
    assert learned["recall"] >= 0.9
    suggested = Learned({"en": learned}).suggest("Striker scores", ["The referee gave a penalty after the goal."])
    assert [one.code for one in suggested] == ["sport"]
    assert set(suggested[0].words) <= set(SUBJECTS["sport"])
    assert len(suggested[0].words) >= 3


def test_what_is_filed_by_chance_teaches_nothing():
    learned = learn(archive(labelled=False))
    assert Learned({"en": learned}).suggest("Striker scores", ["The referee gave a penalty."]) == []


def test_from_no_archive_and_from_a_small_one_nothing_is_learned():
    assert learn([])["topics"] == {}
    assert learn(archive(30))["topics"] == {}
    assert Learned({}).suggest("Striker", ["A penalty."]) == []


def test_a_topic_that_most_stories_have_says_nothing():
    stories = [Story(one.key, one.words, one.topics | {"news"}) for one in archive()]
    assert set(learn(stories)["topics"]) == set(SUBJECTS)


def test_the_same_archive_teaches_the_same_in_whatever_order():
    stories = list(archive())
    assert learn(stories) == learn(reversed(stories))


def test_an_unknown_language_is_not_guessed_at():
    learned = Learned({"en": learn(archive())})
    assert learned.suggest("Striker", ["The referee gave a penalty after the goal."], "fr") == []
    assert learned.suggest("Striker", ["The referee gave a penalty after the goal."], "en-GB")


def test_words_are_those_of_the_beginning_by_their_stems():
    assert words_of("Storms", ["Flooded cities", "1999 a of"], "en") == {"storm", "flooded", "city"}
    assert len(words_of("", [f"word{number}" for number in range(1000)], "en")) <= learning.LOOKED_AT
