"""Raw agency copy that mixes several of its variations at once. All copy here is invented."""

import pytest

from articles.tests.raw_copy import BODY, CAPTION, HEADLINE, SECOND, SECOND_BODY, codes, head, only, read, story, texts

BARE = CAPTION.removesuffix(" (AFP)")
TIGHT = {"gap": "\n"}

# A file that ends inside the head ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "copy",
    [
        f"{CAPTION}",
        f"{CAPTION}\n",
        f"{BARE[:-1]}\n",
        f"{BARE} (Nadia Haddad)\n",
        f"{BARE} (Northern Presidency)",
        "Ships wait outside the harbour on March 3, 2013.\n",
        "In this file photo ships wait outside the harbour.",
        "Nadia Haddad (left) and Karim Saleh meet at the harbour.",
        f"{BARE}\n{BARE}\n",
        f"{CAPTION}\n{CAPTION}\nA second ship waits on Monday.",
    ],
)
def test_head_cut_after_a_caption_is_truncated(copy):
    (error,) = read(f"{HEADLINE}\n\n{copy}")
    assert error.code == "truncated_story"


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("line", [BODY[0], "The ferry sailed.", f"BEIRUT (Reuters) - {BODY[0]}"])
def test_headline_and_one_sentence_are_a_story(line, end):
    """Nobody can tell it from a head cut after a caption without a credit: what says nothing else is a story."""
    assert len(only(f"{HEADLINE}\n\n{line}{end}").paragraphs) == 1


# Heads ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("glued", [f"{CAPTION}TT", f"{CAPTION} TT 20", f"{CAPTION}TT20"])
def test_widget_glued_to_a_caption(glued):
    item = only(f"{HEADLINE}\n\n{CAPTION}\n{glued}\n\n{head()}" + "\n\n".join(BODY))
    assert (len(item.photos), texts(item)) == (1, BODY)


def test_widget_glued_to_the_second_headline():
    item = only(head() + "TT" + head() + "\n\n".join(BODY))
    assert (item.headline, len(item.photos), texts(item)) == (HEADLINE, 1, BODY)


@pytest.mark.parametrize("credit", ["(Nadia Haddad)", "(Ministry of Ports)", "(AFP)", "REUTERS/Nadia Haddad"])
def test_caption_once_below_a_single_headline(credit):
    item = only(f"{HEADLINE}\n\n{BARE} {credit}\n\n" + "\n\n".join(BODY))
    assert (len(item.photos), texts(item)) == (1, BODY)


LINES = "Passengers board a ferry.\nThe boats sailed again after a week\nof repairs in the north. (AFP)\n"


def test_caption_on_three_lines_is_one():
    item = only(f"{HEADLINE}\n\n{LINES}{LINES}TT\n\n{HEADLINE}\n\n{LINES}{LINES}\n" + "\n\n".join(BODY))
    (photo,) = item.photos
    assert photo.caption == "Passengers board a ferry. The boats sailed again after a week of repairs in the north."
    assert (photo.credit, texts(item)) == ("AFP", BODY)


def test_caption_that_goes_on_in_lower_case_is_one():
    lines = "The boats sailed again after a week\nof repairs in the north. (AFP)\n"
    item = only(f"{HEADLINE}\n\n{lines}TT\n\n{HEADLINE}\n\n{lines}\n" + "\n\n".join(BODY))
    assert [photo.credit for photo in item.photos] == ["AFP"]
    assert texts(item) == BODY


def test_two_pictures_with_one_caption():
    assert len(only(story(captions=(CAPTION, CAPTION))).photos) == 2
    assert [photo.credit for photo in only(story(captions=(CAPTION, f"{BARE} (Reuters)"))).photos] == ["AFP", "Reuters"]


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("caption", [CAPTION, BARE])
def test_paragraph_equal_to_the_caption_stays(at, caption):
    body = [*BODY[:at], BARE, *BODY[at:]]
    item = only(story(captions=(caption,), body=body))
    assert len(item.photos) == 1
    assert texts(item) == body


@pytest.mark.parametrize("title", ["Who Pays for the Harbour?", "“It Will Sail,” Captain Says.", "‘We Will Sail’"])
def test_headline_with_any_end_in_copy_without_blank_lines(title):
    first, second = read(story(**TIGHT) + "\n" + story(title, (CAPTION,), SECOND_BODY, **TIGHT))
    assert texts(first) == BODY
    assert (second.headline, len(second.photos), texts(second)) == (title, 1, SECOND_BODY)


ARABIC = "عودة العبارات إلى الخط الشمالي"
ARABIC_BODY = [
    "عادت العبارات إلى العمل يوم الأحد بعد أسبوع من أعمال الصيانة، وفق هيئة النقل.",
    "وأوضحت الشركة المشغلة أن نحو تسعمائة مسافر كانوا ينتظرون في المحطة.",
]


def test_two_languages_crlf_tight_and_a_single_head():
    arabic = "\n".join([ARABIC, "القاهرة: «الشرق الأوسط»", *ARABIC_BODY])
    first, second = read((story(**TIGHT, widget="TT 20") + "\n\n\n\n" + arabic).replace("\n", "\r\n"))
    assert (texts(first), len(first.photos)) == (BODY, 1)
    assert (second.headline, second.direction, texts(second)) == (ARABIC, "rtl", ARABIC_BODY)
    assert (second.dateline, second.dateline_agency) == ("القاهرة", "الشرق الأوسط")


# Bodies --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ["BEIRUT, March 3 (Reuters) -", "By Nadia Haddad", "{}"],
        ["BEIRUT (Reuters)", "Nadia Haddad", "{}"],
        ["By Nadia Haddad", "Special to Northern News", "Beirut (Reuters) – {}"],
        ["By Nadia Haddad", "Senior Correspondent", "BEIRUT (Reuters) - {}"],
    ],
)
def test_byline_and_dateline_in_any_order(lines):
    item = only(story(body=[*(line.format(BODY[0]) for line in lines), *BODY[1:]]))
    assert texts(item) == BODY
    assert (item.dateline, item.dateline_agency, item.byline) == ("Beirut", "Reuters", "Nadia Haddad")


@pytest.mark.parametrize("label", ["READ ALSO", "READ ALSO:", "Also read", "اقرأ أيضاً", "Lire aussi"])
def test_headline_of_another_story_below_read_also(label):
    assert texts(only(story(body=[BODY[0], label, "Port Workers End Strike over Pay", *BODY[1:]]))) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "With AFP",
        "(With AFP)",
        "With agencies",
        "Inputs from agencies",
        "AFP/nh",
        "أ.ف.ب / ن ح",
        "END/2024/",
        "(END) nh.ks",
        "(more)",
        "-30-",
        "Edited by: Karim Saleh",
        "AP journalist Nadia Haddad contributed to this report from Beirut.",
        "Associated Press writers Nadia Haddad in Beirut and Karim Saleh in Cairo contributed.",
        "This story has been published from a wire agency feed without modifications to the text.",
        "(This story has not been edited and is auto-generated from a syndicated feed.)",
        "____",
        "info@example.com",
        "© 2024 AFP",
        "Copyright 2024 The Northern Press. All rights reserved. This material may not be published or redistributed.",
    ],
)
def test_last_line_of_the_desk_is_no_paragraph(line):
    assert texts(only(story(body=[*BODY, line]))) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Twenty journalists from ten countries contributed to the book.",
        "This report was produced by the ministry in May.",
        "End of an era",
        "With the harbour open, ships sailed.",
        "* Figures are rounded",
    ],
)
def test_last_paragraph_that_looks_like_the_desk_stays(line):
    assert texts(only(story(body=[*BODY, line])))[-1] == line.removeprefix("* ")


@pytest.mark.parametrize(
    "lines",
    [
        ["Q: Why is the ferry late?", "A: The repairs took longer.", "Q: When will it sail?", "A: On Sunday."],
        ["14:05 GMT – Ferry leaves port", BODY[1], "13:40 GMT - Passengers board", BODY[2]],
        ["The results:", "Harbour United 2 Old Town 1", "River Rovers 0 Hill Park 0", "Northern City 3-1 Southgate"],
        ["The boat goes out,", "the boat comes in,", "and nobody counts", "the days between", BODY[2]],
        ["2024", "1,500", "3-1", BODY[2]],
        ["The site https://example.com/ferry says so.", "Write to info@example.com for a refund.", BODY[2]],
        ["Analysts: “The ferry is late.”", "“Late,” she said: “very.”", BODY[2]],
    ],
)
def test_lines_of_any_kind_are_paragraphs(lines):
    assert texts(only(story(body=[BODY[0], *lines]))) == [BODY[0], *lines]
    if "Analysts" in lines[0]:
        assert texts(only(story(body=lines))) == lines


def test_results_are_no_crossheads_and_questions_in_capitals_are():
    results = ["Harbour United 2 Old Town 1", "River Rovers 0 Hill Park 0", "Northern City 3-1 Southgate"]
    item = only(story(body=[BODY[0], "The results:", *results, BODY[1], "WHAT HAPPENS NEXT?", BODY[2]]))
    assert [paragraph.text for paragraph in item.paragraphs if paragraph.is_crosshead] == ["WHAT HAPPENS NEXT?"]


def test_wide_gap_before_a_long_sentence_parts_nothing():
    long = (
        "The queue of ships outside the harbour, which had grown to forty by Monday night, is expected to clear by the "
        "end of the week."
    )
    assert texts(only(story() + "\n\n\n\n" + long)) == [*BODY, long]
    first, second = read(story() + "\n\n\n\n" + f"{SECOND}\n\n" + "\n\n".join(SECOND_BODY))
    assert (texts(first), second.headline) == (BODY, SECOND)


def test_file_with_a_damaged_line_is_repaired_as_a_whole():
    item = only(story(body=["Il va Ã Paris.", "Le port, câ€™est vide.", BODY[0]]))
    assert texts(item) == ["Il va à Paris.", "Le port, c’est vide.", BODY[0]]
    assert "mojibake_repaired" in codes(item)
    sound = only(story(body=["The letters Ã and Â are Portuguese and French.", BODY[0]]))
    assert "mojibake_repaired" not in codes(sound)
    assert texts(sound)[0].startswith("The letters Ã and Â")
