"""Raw agency copy: what stands round and in the body of a story. All copy here is invented."""

from pathlib import Path

import pytest

from articles.tests.raw_copy import BODY, CAPTION, HEADLINE, SECOND, SECOND_BODY, codes, only, read, story, texts

# Furniture ---------------------------------------------------------------------------------------------------------

FURNITURE = """
Updated 3 hours ago
Published: March 3, 2024
READ ALSO: Some other story about ships
Read more: The tug that could.
Topics: Ports, Storms
Related
https://example.com/a?b=c
www.example.com/story
Short Url
Short URL: https://example.com/s1
Follow
Follow us on Example
1 Min Read
2 min read
Sign up to read this story
Share
Advertisement
Listen to this article
Subscribe to our newsletter
***
اقرأ أيضاً: خبر آخر
نُشر: 20:13-9 نوفمبر 2024 م
"""
PARAGRAPHS_LIKE_FURNITURE = """
Updated figures showed that the harbour handled more grain.
Related violence has closed two other ports.
Follow-up talks are due in May.
Topics discussed included dredging and pilots.
Share prices of shipping firms rose.
Published figures differ, the authority said.
Advertisement revenue fell by a tenth, the company said.
Listen, the captain said, this is no weather for sailing.
Short of funds, the agency closed its office.
Read in full, the report says nothing of the port.
Updated in May 2013, the plan foresees a new port.
"""


@pytest.mark.parametrize("line", FURNITURE.strip().split("\n"))
@pytest.mark.parametrize("place", [0, 1, 3])
def test_page_furniture_is_no_paragraph(line, place):
    body = [*BODY[:place], line, *BODY[place:]]
    assert texts(only(story(body=body))) == BODY
    assert texts(only(story(body=body, gap="\n"))) == BODY


@pytest.mark.parametrize("line", PARAGRAPHS_LIKE_FURNITURE.strip().split("\n"))
def test_paragraph_that_begins_like_furniture_stays(line):
    assert texts(only(story(body=[BODY[0], line, BODY[1]]))) == [BODY[0], line, BODY[1]]


OTHER_STORIES = ["Related Stories", "Trees for the Ring Road", "Market Opens in the Old Town"]


def test_related_headlines_at_the_end_are_dropped():
    assert texts(only(story(body=[*BODY, *OTHER_STORIES, "Short Url", "https://example.com/1"]))) == BODY


def test_related_headlines_after_a_wide_gap_are_dropped():
    assert texts(only(story() + "\n\n\n\n" + "\n\n".join(OTHER_STORIES))) == BODY


def test_crosshead_after_related_stories_stays():
    item = only(story(body=[BODY[0], "Related Stories", "A Second Storm", BODY[1]]))
    assert texts(item) == [BODY[0], "A Second Storm", BODY[1]]


def test_furniture_in_the_heads():
    pair = f"{CAPTION}\n{CAPTION}\n"
    first = f"Updated 3 March 2024\n{HEADLINE}\n\n1 Min Read\n{pair}TT\n20\nShare\n\n"
    item = only(f"{first}{HEADLINE}\n\nPublished: 3 March 2024\n{pair}\n" + "\n\n".join(BODY))
    assert (item.headline, len(item.photos), texts(item)) == (HEADLINE, 1, BODY)


def test_furniture_after_a_wide_gap_belongs_to_the_story_before():
    gap = "\n\n\n\n"
    first, second = read(story() + gap + "Short Url\nhttps://example.com/1" + gap + story(SECOND, (), SECOND_BODY))
    assert texts(first) == BODY
    assert texts(second) == SECOND_BODY


# Summary, crossheads, sign-off -------------------------------------------------------------------------------------


@pytest.mark.parametrize("bullet", ["• ", "- ", "– ", "* ", "· ", "•", "▪ "])
def test_bullets_above_the_first_paragraph_are_the_summary(bullet):
    item = only(story(body=[f"{bullet}Forty ships waited", f"{bullet}Queue to clear this week", *BODY]))
    assert item.summary == ["Forty ships waited", "Queue to clear this week"]
    assert texts(item) == BODY


def test_later_line_with_a_hyphen_is_a_crosshead():
    item = only(story(body=[BODY[0], "- A long wait -", BODY[1], "-Next steps", BODY[2]]))
    assert texts(item) == [BODY[0], "A long wait", BODY[1], "Next steps", BODY[2]]
    assert [paragraph.is_crosshead for paragraph in item.paragraphs] == [False, True, False, True, False]


def test_short_line_between_paragraphs_is_a_crosshead():
    item = only(story(body=[BODY[0], "A Long Wait", BODY[1]]))
    assert [paragraph.is_crosshead for paragraph in item.paragraphs] == [False, True, False]


def test_sentence_after_a_dash_is_a_paragraph():
    line = "— We sailed as soon as the wind dropped, the captain said."
    item = only(story(body=[BODY[0], line, BODY[1]]))
    assert texts(item)[1] == line
    assert not item.paragraphs[1].is_crosshead


def test_later_bullet_is_a_paragraph():
    item = only(story(body=[BODY[0], "• One lane opens on Friday.", BODY[1]]))
    assert texts(item)[1] == "One lane opens on Friday."
    assert item.summary == []


def test_negative_number_keeps_its_sign():
    assert texts(only(story(body=[BODY[0], "-5 degrees were measured at dawn.", BODY[1]])))[1].startswith("-5")


@pytest.mark.parametrize(
    "lines",
    [
        ["(Reporting by Nadia Haddad in Beirut; Editing by Karim Saleh)"],
        ["(Reporting by Nadia Haddad;", "Editing by Karim Saleh)"],
        ["Reporting by Nadia Haddad in Beirut; Editing by Karim Saleh"],
        ["(Reporting by Nadia Haddad)", "(Editing by Karim Saleh)"],
        ["(تغطية صحفية نادية حداد - تحرير محمد نبيل)"],
        ["(إعداد نادية حداد للنشرة العربية - تحرير محمد نبيل)"],
        ["Associated Press writer Nadia Haddad contributed to this report."],
        ["nh/ks"],
        ["Reuters"],
        ["(AFP)"],
        ["ENDS"],
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n", "\n\n\n\n"])
def test_sign_off_is_no_paragraph(lines, gap):
    item = only(story() + gap + "\n".join(lines) + "\n")
    assert texts(item) == BODY
    assert item.sign_off == "\n".join(lines)


def test_sign_off_in_the_last_paragraph_is_taken_out():
    item = only(story() + " (Reporting by Nadia Haddad; Editing by Karim Saleh)")
    assert texts(item) == BODY
    assert item.sign_off == "(Reporting by Nadia Haddad; Editing by Karim Saleh)"


def test_sentence_about_reporting_is_a_paragraph():
    line = "Reporting by aid groups has shown that the port is closed."
    assert texts(only(story(body=[*BODY, line]))) == [*BODY, line]


# Dateline and byline ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines, dateline, agency, byline",
    [
        (["{}"], "", "", ""),
        (["BEIRUT (Reuters) - {}"], "Beirut", "Reuters", ""),
        (["ADEN, April 2 (Reuters) - {}"], "Aden", "Reuters", ""),
        (["PARIS — {}"], "Paris", "", ""),
        (["DUBAI: {}"], "Dubai", "", ""),
        (["(Reuters) - {}"], "", "Reuters", ""),
        (["Cairo: Asharq Al-Awsat", "{}"], "Cairo", "Asharq Al-Awsat", ""),
        (["Beirut: Nadia Haddad", "{}"], "Beirut", "", "Nadia Haddad"),
        (["By Nadia Haddad", "BEIRUT (AP) — {}"], "Beirut", "AP", "Nadia Haddad"),
        (["By Nadia Haddad and Karim Saleh, Reuters", "{}"], "", "Reuters", "Nadia Haddad and Karim Saleh"),
        (["Nadia Haddad", "London – Reuters", "{}"], "London", "Reuters", "Nadia Haddad"),
        (["UNITED NATIONS, New York", "{}"], "United Nations", "", ""),
        (["BEIRUT (Reuters)", "{}"], "Beirut", "Reuters", ""),
        (["By Reuters", "{}"], "", "Reuters", ""),
        (["• Forty ships waited", "BEIRUT (Reuters) - {}"], "Beirut", "Reuters", ""),
        (["Updated 3 March 2024", "Cairo: Nadia Haddad", "{}"], "Cairo", "", "Nadia Haddad"),
    ],
)
def test_dateline_and_byline_are_no_paragraph(lines, dateline, agency, byline):
    item = only(story(body=[*(line.format(BODY[0]) for line in lines), *BODY[1:]]))
    assert texts(item) == BODY
    assert (item.dateline, item.dateline_agency, item.byline) == (dateline, agency, byline)


@pytest.mark.parametrize(
    "line",
    [
        "Washington: a city divided by a river has two harbours.",
        "Analysis: the storm was no surprise.",
        "NATO: Ships of the alliance took part.",
    ],
)
def test_paragraph_with_a_colon_is_not_eaten(line):
    item = only(story(body=[line, *BODY]))
    assert texts(item) == [line, *BODY]
    assert (item.dateline, item.byline) == ("", "")


def test_byline_and_dateline_below_a_standfirst():
    standfirst = "Forty ships can enter at last."
    item = only(story(body=[standfirst, "By Nadia Haddad", "BEIRUT (Reuters) - " + BODY[0], *BODY[1:]]))
    assert texts(item) == [standfirst, *BODY]
    assert (item.dateline, item.byline) == ("Beirut", "Nadia Haddad")


def test_byline_in_the_heads():
    once = f"{HEADLINE}\nBy Nadia Haddad\n\n{CAPTION}\n{CAPTION}\n"
    item = only(f"{once}TT\n\n{once}\n" + "\n\n".join(BODY))
    assert (item.byline, len(item.photos), texts(item)) == ("Nadia Haddad", 1, BODY)


# Right to left ------------------------------------------------------------------------------------------------------

ARABIC = "إعادة فتح الميناء بعد عاصفة دامت ثلاثة أيام"
ARABIC_BODY = [
    "أعيد فتح الميناء الشمالي يوم الثلاثاء بعد عاصفة دامت ثلاثة أيام، بحسب سلطة الميناء.",
    "وقالت السلطة في بيان إن أربعين سفينة كانت تنتظر في الخارج.",
]


@pytest.mark.parametrize(
    "lines, dateline, agency, byline",
    [
        (["{}"], "", "", ""),
        (["القاهرة: محمد نبيل", "{}"], "القاهرة", "", "محمد نبيل"),
        (["لندن - رويترز", "{}"], "لندن", "رويترز", ""),
        (["القاهرة: «الشرق الأوسط»", "{}"], "القاهرة", "الشرق الأوسط", ""),
        (["بيروت (رويترز) - {}"], "بيروت", "رويترز", ""),
        (["بقلم نادية حداد", "{}"], "", "", "نادية حداد"),
    ],
)
def test_arabic_story(lines, dateline, agency, byline):
    body = [*(line.format(ARABIC_BODY[0]) for line in lines), *ARABIC_BODY[1:]]
    item = only(story(ARABIC, ("سفن تنتظر خارج الميناء (أ.ف.ب)",), body))
    assert (item.headline, texts(item)) == (ARABIC, ARABIC_BODY)
    assert (item.language, item.direction) == ("ar", "rtl")
    assert (item.dateline, item.dateline_agency, item.byline) == (dateline, agency, byline)
    assert [(photo.caption, photo.credit) for photo in item.photos] == [("سفن تنتظر خارج الميناء", "AFP")]


def test_arabic_story_in_windows_1256():
    copy = story(ARABIC, ("سفن تنتظر خارج الميناء (رويترز)",), ARABIC_BODY)
    item = only(copy.encode("windows-1256"))
    assert (item.headline, texts(item), item.encoding) == (ARABIC, ARABIC_BODY, "windows-1256")


# A whole file -------------------------------------------------------------------------------------------------------


def test_page_with_everything_on_it():
    first, second = read((Path(__file__).parent / "samples/text/web_page.txt").read_bytes())
    assert texts(first) == [
        "Officials in the northern city said on Monday that the bridge would stay closed.",
        "Divers are looking at the pillars after a barge struck one of them, the transport ministry said.",
        "Mayor firm",
        "“We will not reopen it before it is safe,” the mayor said. Related work on the ramps goes on.",
    ]
    assert first.summary == ["Bridge closed for two weeks", "Divers look at the pillars"]
    assert (first.dateline, first.dateline_agency, first.byline) == ("Beirut", "Reuters", "Nadia Haddad")
    assert [(photo.credit, photo.is_file_photo) for photo in first.photos] == [("Reuters", False), ("AFP", True)]
    assert first.sign_off == "(Reporting by Nadia Haddad; Editing by Karim Saleh)"
    assert (second.headline, texts(second), codes(second)) == (SECOND, SECOND_BODY, ["no_picture"])
