"""Pure text: what is stored is clean, and two spellings of one thing fold to one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import text


@pytest.mark.parametrize(
    "given, cleaned",
    [
        ("  Two\u00a0 words\n", "Two words"),
        ("zero\u200bwidth \ufeffmarks", "zerowidth marks"),
        ("over\u202eride", "override"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("Caf\u0065\u0301", "Caf\u00e9"),
        ("a" + "\u0301" * 10_000, "\u00e1" + "\u0301" * 3),
    ],
)
def test_a_line_holds_no_invisible_character_and_no_run_of_spaces(given, cleaned):
    assert text.clean_line(given) == cleaned


@pytest.mark.parametrize(
    "given, kept",
    [
        ("<p>Text</p><script>alert(1)</script>", "<p>Text</p>"),
        ('<p onclick="x()" style="color:red">Text</p>', "<p>Text</p>"),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener">x</a>'),
        ('<a href="java\tscript:alert(1)">x</a>', '<a rel="noopener">x</a>'),
        ('<a href="data:text/html,x">x</a>', '<a rel="noopener">x</a>'),
        ("<div><p>Text</p></div>", "<p>Text</p>"),
        ("<iframe src=//evil></iframe><svg onload=x()></svg>", ""),
        ("<p>5 &lt; 6 &amp; 7</p>", "<p>5 &lt; 6 &amp; 7</p>"),
    ],
)
def test_a_body_holds_only_what_a_story_may_use(given, kept):
    assert text.sanitise(given) == kept


@given(st.text())
def test_what_is_sanitised_stays_as_it_is(value):
    once = text.sanitise(value)
    assert text.sanitise(once) == once
    assert "<script" not in once.lower()


@given(st.text())
def test_what_is_folded_stays_as_it_is(value):
    assert text.fold(text.fold(value)) == text.fold(value)


@pytest.mark.parametrize(
    "one, other",
    [
        ("Türkiye", "TURKIYE"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("أخبار", "اخبار"),
        ("الـقاهرة", "القاهره"),
        ("دِمَشْق", "دمشق"),
        ("“Talks”", "talks"),
        ("ÅLAND", "åland"),
        ("STRASSE", "straße"),
    ],
)
def test_two_spellings_of_one_thing_fold_to_one(one, other):
    assert text.fold(one) == text.fold(other)


def test_paragraphs_are_plain_and_in_order():
    markup = "<p>One &amp; <strong>two</strong></p><h2>Head</h2><ul><li>a</li><li>b</li></ul><p> </p>"
    assert text.paragraphs(markup) == ["One & two", "Head", "a", "b"]


def test_words_are_counted_in_every_script():
    assert text.count_words("It’s a well-known fact") == 4
    assert text.count_words("فتح الميناء أبوابه") == 3
    assert text.reading_minutes(0) == 1
    assert text.reading_minutes(460) == 2


@pytest.mark.parametrize(
    "nasty",
    [
        pytest.param(part * (100_000 // len(part)), id=ascii(part))
        for part in ("<", "<p>", "&", "\u0301", "\u064b", "<a href=")
    ],
)
def test_no_text_stalls_the_desk(nasty):
    started = time.process_time()
    text.sanitise(nasty)
    text.clean_line(nasty)
    text.fold(nasty)
    text.plain(nasty)
    assert time.process_time() - started < 2


def test_direction_follows_the_language():
    assert [text.direction(language) for language in ("ar", "en", "fa-IR", "he")] == ["rtl", "ltr", "rtl", "rtl"]
