"""Advice that a careful colleague would give, and the cases in which such a colleague says nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from time import process_time

import pytest

from articles import advice, text
from articles.advice.dates import newest_date
from articles.advice.figures import missing_figures
from articles.advice.names import spelled_two_ways
from articles.advice.quotes import unattributed

from .factories import make_caption, make_content

TODAY = date(2026, 3, 2)


@dataclass
class Picture:
    """As much of a picture as advice looks at."""

    caption: str = ""
    alt_text: str = ""
    is_file_photo: bool = False
    taken_at: datetime | None = None
    credit: str = ""
    photographer: str = ""
    people: tuple = ()


def given(pictures=None, **content):
    content.setdefault("standfirst", "What it is about.")
    return advice.of(make_content(**content), today=TODAY, pictures=pictures)


def codes(*args, **kw):
    return [one.code for one in given(*args, **kw)]


def body(*paragraphs):
    return "".join(f"<p>{one}</p>" for one in paragraphs)


# --- headline, standfirst, paragraphs -------------------------------------------------------------------------------


def test_a_sound_story_is_left_alone():
    assert given() == []


@pytest.mark.parametrize("letters, is_long", [(90, False), (91, True)])
def test_a_headline_is_long_from_what_the_page_shows(letters, is_long):
    assert ("long_headline" in codes(headline="x" * letters)) is is_long


def test_marks_that_stand_on_a_letter_are_no_letters():
    assert advice.length(" مَرْفَأ ") == 4
    assert advice.length("e\u0301te\u0301") == 3


def test_a_story_of_several_paragraphs_wants_a_standfirst():
    [one] = given(standfirst=" ", body=body("One.", "Two."))
    assert (one.code, one.field) == ("no_standfirst", "standfirst")


@pytest.mark.parametrize("html", ["", body("A flash.")])
def test_a_flash_or_an_empty_page_wants_none(html):
    assert "no_standfirst" not in codes(standfirst="", body=html)


def test_a_long_paragraph_is_named_by_its_number_and_its_first_words():
    [one] = given(body=body("Short.", "word " * 101, "word " * 100))
    assert (one.code, one.field) == ("long_paragraph", "body")
    assert one.message.startswith("Paragraph 2 has 101 words")
    assert one.passage.startswith("word word")


def test_no_more_than_five_of_a_kind_are_told():
    assert len(given(body=body(*["word " * 101] * 9))) == 5


# --- figures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headline, told",
    [
        ("Storm kills 12", "Twelve people died."),
        ("Storm kills twelve", "The storm killed 12 people."),
        ("Storm kills 12", "A dozen people died."),
        ("Port costs 3bn", "It cost three billion dollars."),
        ("Port costs $1.5 million", "It cost 1,500,000 dollars."),
        ("Town of 25,000 moves", "All twenty-five thousand left."),
        ("Book comes back after 61 years", "It was sixty-one years late."),
        ("Nearly 3,000 flee", "The office counted 2,980."),
        ("More than 200 held", "Police held 214 people."),
        ("Two-year deal signed", "The deal is for two years."),
        ("Nine-tenths of water reused", "It reuses 90 percent."),
        ("F-16s bought, G7 told", "The jets were bought."),
        ("Covid-19 rules end", "They end."),
        ("Match ends 1-0", "They won by a goal."),
        ("Talks at 14:30", "They meet in the afternoon."),
        ("One of them left", "A man left."),
        ("٣ قتلى", "قتل ثلاثة أشخاص."),
        ("Vote on 3rd reading", "It was the 3rd reading."),
        ("100 days", "a hundred days"),
    ],
)
def test_a_figure_is_borne_out_in_whichever_form(headline, told):
    language = "ar" if any("\u0600" <= char <= "\u06ff" for char in headline) else "en"
    assert missing_figures(headline, told, language) == []


@pytest.mark.parametrize(
    "headline, told, missing",
    [
        ("Storm kills 13", "Twelve people died.", ["13"]),
        ("Storm kills twenty-one", "Twenty people died, and one is missing.", ["twenty one"]),
        ("Port costs 3bn", "It cost three million.", ["3bn"]),
        ("3,000 flee", "The office counted 2,980.", ["3,000"]),
        ("Nearly 3,000 flee", "The office counted 2,000.", ["3,000"]),
        ("12 dead, 12 hurt", "Some died.", ["12"]),
    ],
)
def test_a_figure_that_the_text_lacks_is_told_as_printed(headline, told, missing):
    assert missing_figures(headline, told, "en") == missing


@pytest.mark.parametrize(
    "headline, told, missing",
    [
        ("مقتل 12 في عاصفة", "قتل اثنا عشر شخصا. وقالت الوزارة إنهم 12.", []),
        ("مقتل خمسة وعشرين", "قتل 25 شخصا.", []),
        ("مقتل 25", "قتل خمسة وعشرون شخصا.", []),
        ("مقتل 25", "قتل خمسة أشخاص.", ["25"]),
        ("ثلاثة ملايين نازح", "بلغ عددهم 3 ملايين.", []),
        ("ألف عام", "قبل 1000 عام.", []),
        ("مقتل 200", "قتل مئتا شخص، أي مئتان.", []),
    ],
)
def test_arabic_figures(headline, told, missing):
    assert missing_figures(headline, told, "ar") == missing


def test_small_figures_of_a_language_whose_words_are_not_known_are_left_alone():
    assert missing_figures("12 morts", "Douze personnes sont mortes.", "fr") == []
    assert missing_figures("212 morts", "Des morts.", "fr") == ["212"]


def test_the_figure_is_what_the_advice_points_at():
    [one] = given(headline="Storm kills 13", body=body("Many died."))
    assert (one.code, one.field, one.passage) == ("figure_not_in_text", "headline", "13")


def test_a_story_without_text_has_nothing_to_bear_out():
    assert codes(headline="13 dead", body="") == []


# --- names ----------------------------------------------------------------------------------------------------------


def pairs(*passages, language="en"):
    found = spelled_two_ways([("body", one) for one in passages], language)
    return sorted(tuple(sorted((one.printed, other.printed))) for one, other in found)


@pytest.mark.parametrize(
    "told, pair",
    [
        ("The engineer, Rana Haddad, left. Later Rana Hadad came back.", ("Hadad", "Haddad")),
        ("In Lviv, Zelensky spoke. Then President Zelenskyy left.", ("Zelensky", "Zelenskyy")),
        ("It was Rana Abi Khalil who said so. Rana Abi-Khalil left.", ("Abi Khalil", "Abi-Khalil")),
        ("People in São Paulo waited. In Sao Paulo it rained.", ("Sao Paulo", "São Paulo")),
        ("He met Osama Daher and then Usama Daher.", ("Osama", "Usama")),
        ("The town of Nabatiyeh and later Nabatieyh were hit.", ("Nabatieyh", "Nabatiyeh")),
        ("They met Mohamed Salah. Later Mohammed Salah spoke.", ("Mohamed", "Mohammed")),
        ("The group al-Qaida said so; al-Qaeda denied it.", ("al-Qaeda", "al-Qaida")),
    ],
)
def test_a_name_spelled_two_ways_is_found(told, pair):
    assert pair in pairs(told)


@pytest.mark.parametrize(
    "told",
    [
        "In Syria the Syrian army and Syrians met; Syria's president left.",
        "The Israeli army said Israel and Israelis agreed. Lebanese and Lebanon did not.",
        "Boats from Ireland reached Iceland. In Slovakia, unlike in Slovenia, it snowed.",
        "From Austria to Australia, Iran to Iraq, Niger to Nigeria.",
        "The runner Anna Hansen beat Peter Hanson.",
        "On Monday and on Sunday, in June and in July, the north and the North met in the South.",
        "The Foreign Ministry said the Foreign Minister had left.",
        "The Northern Brigade and the Southern Brigade met.",
        "BEIRUT was quiet. In Beirut it rained. He said Beirut’s port and Beirut's airport were open.",
        "The port master told the Port. A marshal met Marshall.",
        "“Haddad is here,” he said. Then Haddad’s friends came to see Mr. Haddad.",
        "Maria Lopez met Marie Curie.",
    ],
)
def test_words_that_only_look_alike_are_left_alone(told):
    assert pairs(told) == []


@pytest.mark.parametrize(
    "language, told",
    [
        ("ar", "قال أحمد حداد ثم قال أحمد حدّاد"),
        ("de", "Der Minister sprach mit den Ministern in Häfen und im Hafen von Hamburg und Hamborg."),
        ("ru", "Он был в Москве. Потом Москва и Москву."),
        ("tr", "Bugün Ankara'da ve Ankara'dan gelenler."),
    ],
)
def test_languages_without_capitals_for_names_alone_are_left_alone(language, told):
    assert pairs(told, language=language) == []


def test_a_name_in_a_caption_or_alternative_text_is_held_against_the_text():
    [one] = given(
        body=body("The engineer Rana Haddad left. She is called Haddad by all."),
        captions=[make_caption(photo="p", caption="Rana Hadad at work.", alt_text="A woman at a desk")],
    )
    assert (one.code, one.field, one.passage) == ("name_two_ways", "captions-0-caption", "Hadad")
    assert one.message == "“Haddad” and “Hadad”: is that one name?"


def test_a_headline_in_capitals_makes_no_names():
    assert given(headline="Harbor Opens After Boots Arrive", body=body("The harbour of Tyre opened; Boats came.")) == []


def test_many_names_are_read_in_good_time():
    words = [f"Name{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}ton" for n in range(3000)]
    begun = process_time()
    spelled_two_ways([("body", "He met " + ", then ".join(words) + ".")], "en")
    assert process_time() - begun < 2


# --- quotations -----------------------------------------------------------------------------------------------------

LONG = "the harbour will open again next week"


@pytest.mark.parametrize("quote", [f"“{LONG}”", f'"{LONG}"', f"«{LONG}»", f"„{LONG}“", f"“{LONG}"])
def test_a_quotation_that_nobody_says_is_found(quote):
    assert unattributed(["He stood at the quay.", f"Then, {quote}"], "en") == [(2, LONG)]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [f"“{LONG}”, the minister said."],
        [f"According to the port, “{LONG}”."],
        [f"The minister: “{LONG}”."],
        [f"A sign reads “{LONG}”."],
        [f"“{LONG}”, she told AFP."],
        ["They call it “the long quay”."],
        ["He read “The Long Quay of the Old Harbour in Winter” last night."],
        [f"“{LONG}”, said Haddad.", "“And then we shall all go home again.”"],
        ["Nothing is quoted, and 5'10\" is a height."],
    ],
)
def test_a_quotation_that_somebody_says_is_left_alone(paragraphs):
    assert unattributed(paragraphs, "en") == []


def test_a_verb_inside_of_the_quotation_attributes_nothing():
    assert unattributed(["“He said that he would come back to us”"], "en") == [
        (1, "He said that he would come back to us")
    ]


def test_a_speaker_who_goes_on_does_so_for_as_long_as_the_quotations_follow():
    goes_on = "“And then we shall all go home again.”"
    assert unattributed([f"“{LONG}”, said Haddad.", goes_on, "It rained.", goes_on], "en") == [(4, goes_on[1:-1])]


def test_a_source_that_is_cited_as_printed_attributes():
    assert unattributed([f"The harbour master’s view is clear. “{LONG}”"], "en", ["the harbour master"]) == []


ARABIC = "سيفتح المرفأ أبوابه الأسبوع المقبل"


@pytest.mark.parametrize(
    "paragraph, is_found",
    [
        (f"«{ARABIC}».", True),
        (f"وقف على الرصيف. «{ARABIC}».", True),
        (f"وقال المدير «{ARABIC}».", False),
        (f"«{ARABIC}»، بحسب الوزارة.", False),
        (f"وأوضحت الوزيرة: «{ARABIC}».", False),
        (f"فأضاف “{ARABIC}”.", False),
        ("يسمونه «المرفأ الطويل».", False),
    ],
)
def test_arabic_quotations(paragraph, is_found):
    assert bool(unattributed([paragraph], "ar")) is is_found


def test_a_language_whose_verbs_are_not_known_is_left_alone():
    assert unattributed([f"“{LONG}”"], "tr") == []


# --- pictures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line, day",
    [
        ("A crane on September 14, 2023.", date(2023, 9, 14)),
        ("A crane on Sept. 14, 2023.", date(2023, 9, 14)),
        ("A crane, 14th of September 2023", date(2023, 9, 14)),
        ("A crane, 2023-09-14", date(2023, 9, 14)),
        ("رافعة في 14 أيلول/سبتمبر 2023", date(2023, 9, 14)),
        ("رافعة في ١٤ كانون الأول ٢٠٢٣", date(2023, 12, 14)),
        ("Une grue, le 14 août 2023.", date(2023, 8, 14)),
        ("Taken on October 3, 2025, years after the blast of August 4, 2020.", date(2025, 10, 3)),
        ("The blast of 2020.", None),
        ("In August 2020.", None),
        ("On June 31, 2020.", None),
        ("He may be 20 2020", None),
        ("May 12 boats sail in 2020", None),
    ],
)
def test_the_newest_whole_date_of_a_line(line, day):
    assert newest_date(line) == day


def captioned(caption="A crane.", picture=None, **kw):
    entry = make_caption(photo="p", caption=caption, alt_text="A tall crane", **kw)
    return given({"p": picture or Picture()}, captions=[make_caption(caption="Awaited."), entry])


def test_a_caption_with_a_date_of_more_than_a_year_ago_is_asked_about():
    [one] = captioned("A crane on March 1, 2025.")
    assert (one.code, one.field) == ("old_caption", "captions-1-caption")
    assert one.message == "Picture 2 is of 1 March 2025, more than a year ago. Is it a file photo?"


def test_so_is_a_picture_that_was_taken_then():
    [one] = captioned(picture=Picture(taken_at=datetime(2024, 1, 1, tzinfo=UTC)))
    assert one.code == "old_caption"


@pytest.mark.parametrize(
    "caption, picture, is_file_photo",
    [
        ("A crane on March 3, 2025.", Picture(), False),
        ("A crane on March 1, 2025.", Picture(), True),
        ("A crane on March 1, 2025.", Picture(is_file_photo=True), False),
        ("Rebuilt after the blast of August 4, 2020.", Picture(taken_at=datetime(2026, 2, 1, tzinfo=UTC)), False),
        ("A crane.", Picture(taken_at=datetime(2026, 2, 1, tzinfo=UTC)), False),
    ],
)
def test_a_new_picture_and_a_file_photo_are_not(caption, picture, is_file_photo):
    assert captioned(caption, picture, is_file_photo=is_file_photo) == []


@pytest.mark.parametrize(
    "caption, picture, code, field",
    [
        ("A crane on Monday", Picture(), "no_stop", "caption"),
        ("A crane.", Picture(), "no_date", "caption"),
        ("The two sign on Monday.", Picture(people=("Lina Haddad", "Omar Aziz")), "no_order", "caption"),
        ("A crane on Monday. (AFP)", Picture(credit="AFP"), "credit_doubled", "caption"),
    ],
)
def test_what_is_odd_about_a_caption_leads_to_its_field(caption, picture, code, field):
    found = [one for one in captioned(caption, picture) if one.code == code]
    assert [(one.field, one.message[:10]) for one in found] == [(f"captions-1-{field}", "Picture 2:")]


def test_an_alternative_text_that_is_the_caption_again_helps_nobody():
    caption = make_caption(photo="p", caption="Boats in the harbour.", alt_text="boats in the Harbour")
    [one] = given(captions=[caption])
    assert (one.code, one.field) == ("alt_is_caption", "captions-0-alt_text")


def test_what_a_caption_leaves_to_its_picture_is_looked_at_there():
    picture = Picture(caption="Boats.", alt_text="Boats", taken_at=datetime(2026, 2, 1, tzinfo=UTC))
    assert [one.code for one in given({"p": picture}, captions=[make_caption(photo="p")])] == ["alt_is_caption"]


def test_a_caption_without_alternative_text_is_for_the_guards():
    assert given(captions=[make_caption(caption="Boats.")]) == []


# --- anything at all ------------------------------------------------------------------------------------------------

HOSTILE = (
    *("", " ", "“", "««»", '"' * 99, "\u202e\u0000", "<p>", "&amp;&lt;", "12" * 500, "½ ² ٣", "٬٫", "1,2,3.4.5"),
    *("A" * 5000, "Aa " * 3000, "١٢٣ مليون مليار ألف", "hundred thousand million", "O’’Brien--'s", "\U0001f600 Éé"),
)


@pytest.mark.parametrize("language", ["en", "ar", "fr", "de", "und"])
@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_is_typed_breaks_it(words, language):
    caption = make_caption(caption=words[:1000], alt_text=words[:400])
    found = given(
        headline=words[:300], standfirst=words[:600], body=body(text.sanitise(words)), language=language,
        captions=[caption], citations=[{"as_printed": words[:200]}],
    )  # fmt: skip
    assert all(one.message and one.field for one in found)


def test_what_it_points_at_stands_in_the_field():
    html = body("Rana Haddad left.", f"Rana <strong>Hadad</strong> came. “{LONG}”", "word " * 120)
    for one in given(body=html, headline="13 ways"):
        words = "13 ways" if one.field == "headline" else text.plain(html)
        assert one.passage in " ".join(words.split()) + " "
