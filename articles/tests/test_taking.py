"""A newer version beside the one that was taken, paragraph by paragraph; and how near two texts are. No database."""

import pytest

from articles import nearness, taking
from articles.text import fold

from .factories import make_content

A, B, C, D = (f"<p>{word} paragraph of the story, long enough to be told from others.</p>" for word in "ABCD")
B2, C2 = B.replace("long", "very long"), C.replace("long", "quite long")


def content(*blocks, **kw):
    return make_content(body="".join(blocks), **kw)


def keys(difference):
    return [(change.key, change.is_ours_too) for change in difference.changes]


def test_what_the_agency_changed_is_told_from_what_the_desk_changed():
    found = taking.compare(content(A, B, C), content(A, B2, C, D), content(A, B, C2))
    assert len(keys(found)) == 2
    assert keys(found)[0] == ("body-1", False)
    assert found.taken(["body-1"])["body"] == A + B2 + C2
    assert found.taken([])["body"] == A + B + C2


def test_where_both_changed_one_paragraph_to_take_it_is_to_lose_what_the_desk_wrote():
    found = taking.compare(content(A, B), content(A, B2), content(A, B.replace("long", "short")))
    assert keys(found) == [("body-1", True)]
    assert found.taken(["body-1"])["body"] == A + B2
    assert found.taken([])["body"] == A + B.replace("long", "short")


def test_a_paragraph_that_the_agency_took_out_may_stay():
    found = taking.compare(content(A, B, C), content(A, C), content(A, B, C))
    assert found.taken([])["body"] == A + B + C
    assert found.taken(["body-1"])["body"] == A + C


@pytest.mark.parametrize("name, new", [("headline", "Port shut again"), ("dateline", "Tartus"), ("urgency", 2)])
def test_lines_are_taken_one_by_one(name, new):
    base, story = content(A), content(A, B)
    found = taking.compare(base, content(A, **{name: new}), story)
    assert keys(found) == [(name, False)]
    assert found.taken([name]) == {**story, name: new}


def test_what_the_desk_has_already_is_no_change():
    assert not taking.compare(content(A), content(A, B), content(A, B)).changes


def test_a_new_caption_is_a_picture_awaited_where_it_is_taken():
    caption = {"photo": None, "caption": "Cranes.", "credit": "AFP", "is_lead": True}
    found = taking.compare(content(A), content(A, captions=[caption]), content(A))
    assert [one["caption"] for one in found.taken(["captions-0"])["captions"]] == ["Cranes."]
    assert found.taken([])["captions"] == []


def test_an_embargo_that_a_version_leaves_out_is_no_offer_to_lift_it():
    base = content(A, embargo_until="2026-03-02T12:00:00+00:00")
    assert not taking.compare(base, content(A), base).changes


# --- nearness -------------------------------------------------------------------------------------------------------

ENGLISH = "the port of tartus reopened on monday after a week of repairs to its breakwater and the first ship came in"
ARABIC = (
    "أعيد فتح ميناء طرطوس يوم الاثنين بعد أسبوع من أعمال الإصلاح في كاسر الأمواج ودخلت أول سفينة محملة بالقمح عند الفجر"
)
CHINESE = "叙利亚塔尔图斯港在防波堤维修一周后于周一重新开放第一艘运粮船于黎明时分进港"


@pytest.mark.parametrize("words", [ENGLISH, ARABIC, CHINESE])
def test_a_text_with_a_few_other_words_is_near_in_every_script(words):
    whole = nearness.shingles(fold(words))
    other = nearness.shingles(fold(words[: len(words) * 5 // 6]))
    assert nearness.share(other, whole) > 0.9
    one, two = nearness.signature(whole), nearness.signature(other)
    assert nearness.likeness(one, two) > 0.6
    assert set(nearness.bands(one)) & set(nearness.bands(two))


def test_other_texts_are_not_near_and_short_ones_have_no_signature():
    one, two = (nearness.signature(nearness.shingles(fold(words))) for words in (ENGLISH, ARABIC))
    assert nearness.likeness(one, two) < 0.1
    assert not set(nearness.bands(one)) & set(nearness.bands(two))
    assert nearness.signature(nearness.shingles("no more than a line")) == b""
    assert nearness.bands(b"") == []
