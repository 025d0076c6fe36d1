"""Raw agency copy, the whole way: bytes in, stories out. All copy here is invented."""

import io

import pytest

from articles.wire.items import WireError, WireItem
from articles.wire.raw_text import detect, parse

HEADLINE = "Harbour Reopens after Three Days of Storm"
CAPTION = "Cargo ships wait outside the northern harbour on Tuesday. (AFP)"
BODY = [
    "The northern harbour reopened on Tuesday after three days of storm, the port authority said.",
    "Forty ships had waited outside, it added in a statement carried by local media.",
    "Crews expect the queue to clear by the end of the week.",
]
SECOND = "Council Votes to Plant Ten Thousand Trees"
SECOND_BODY = [
    "The city council voted on Monday to plant ten thousand trees along the southern ring road.",
    "Work is to begin in the autumn, a spokesman said.",
]


def read(copy: str | bytes) -> list[WireItem | WireError]:
    """Parse the copy, and check what holds for any copy: nothing of it is lost, stories are numbered."""
    raw = copy.encode() if isinstance(copy, str) else copy
    found = list(parse(io.BytesIO(raw)))
    assert b"".join(one.raw for one in found) == raw
    assert [one.story for one in found] == list(range(1, len(found) + 1))
    return found


def only(copy: str | bytes) -> WireItem:
    (item,) = read(copy)
    assert isinstance(item, WireItem), item
    return item


def head(headline=HEADLINE, captions=(CAPTION,), times=2, gap="\n\n") -> str:
    lines = "\n".join(caption for caption in captions for _ in range(times))
    return headline + gap + (lines + gap if lines else "")


def story(headline=HEADLINE, captions=(CAPTION,), body=BODY, widget="TT", gap="\n\n", second=None) -> str:
    again = head(headline, captions, gap=gap) if second is None else second
    return head(headline, captions, gap=gap).rstrip() + "\n" + (widget + gap if widget else gap) + again + gap.join(body)


def texts(item: WireItem) -> list[str]:
    return [paragraph.text for paragraph in item.paragraphs]


def codes(item: WireItem) -> list[str]:
    return [warning.split(":")[0] for warning in item.warnings]


# The form itself ---------------------------------------------------------------------------------------------------


def test_story_is_headline_caption_and_paragraphs():
    item = only(story())
    assert item.headline == HEADLINE
    assert texts(item) == BODY
    (photo,) = item.photos
    assert photo.caption == "Cargo ships wait outside the northern harbour on Tuesday."
    assert (photo.credit, photo.credit_raw, photo.is_file_photo) == ("AFP", "(AFP)", False)
    assert (item.language, item.direction, item.encoding, item.line) == ("en", "ltr", "utf-8", 1)
    assert codes(item) == ["picture_awaited"]


@pytest.mark.parametrize("gap", ["\n\n\n\n", "\n \n\t\n\u00a0\n", "\n\n\n\n\n\n\n\n", "\n\u200b\n \n\ufeff\n\n", "\n&nbsp;\n\n<br>\n"])
def test_three_blank_lines_part_two_stories(gap):
    first, second = read(story() + gap + story(SECOND, (), SECOND_BODY))
    assert (first.headline, second.headline) == (HEADLINE, SECOND)
    assert texts(first) == BODY
    assert texts(second) == SECOND_BODY
    assert second.line == (story() + gap).count("\n") + 1


def test_two_blank_lines_do_not_part_stories():
    assert texts(only(story(gap="\n\n\n"))) == BODY


@pytest.mark.parametrize("widget", ["TT", "TT\n20", "TT20", "TT 20", "TT\n\n20", "", "TT\nTT", "20"])
def test_text_size_widget_between_the_heads_is_dropped(widget):
    item = only(story(widget=widget))
    assert texts(item) == BODY
    assert len(item.photos) == 1


@pytest.mark.parametrize("line", ["TT", "20", "TT 20"])
def test_text_size_widget_after_the_second_head_stays(line):
    assert texts(only(story(body=[BODY[0], line, BODY[1]]))) == [BODY[0], line, BODY[1]]
    assert texts(only(story(body=[line, *BODY]))) == [line, *BODY]


def test_second_head_wins_where_the_two_differ():
    second = head("Harbour Reopens after Four Days of Storm", ("Cargo ships wait outside the harbour on Wednesday. (Reuters)",))
    item = only(story(second=second))
    assert item.headline == "Harbour Reopens after Four Days of Storm"
    assert [(photo.caption, photo.credit) for photo in item.photos] == [
        ("Cargo ships wait outside the harbour on Wednesday.", "Reuters")
    ]
    assert texts(item) == BODY
    assert "heads_differ" in codes(item)


def test_second_headline_in_other_words_is_still_the_headline():
    item = only(story(second=head("Ships Sail Again in the North")))
    assert item.headline == "Ships Sail Again in the North"
    assert texts(item) == BODY


def test_second_headline_in_other_words_without_pictures():
    item = only(f"{HEADLINE}\nTT\n\nShips Sail Again in the North\n\n" + "\n\n".join(BODY))
    assert item.headline == "Ships Sail Again in the North"
    assert texts(item) == BODY


def test_caption_added_in_the_second_head_is_taken():
    more = "A tug leads the first ship in. (Reuters)"
    assert len(only(story(second=head(captions=(CAPTION, more)))).photos) == 2


def test_caption_gone_from_the_second_head_is_left_out():
    more = "A tug leads the first ship in. (Reuters)"
    item = only(head(captions=(CAPTION, more)) + "TT\n\n" + head() + "\n\n".join(BODY))
    assert [photo.credit for photo in item.photos] == ["AFP"]


def test_captions_survive_a_second_head_without_any():
    item = only(head() + "TT\n\n" + HEADLINE + "\n\n" + "\n\n".join(BODY))
    assert len(item.photos) == 1
    assert texts(item) == BODY


@pytest.mark.parametrize(
    "captions",
    [
        ("A first ship. (AFP)", "A second ship. (Reuters)"),
        ("A first ship. (AFP)", "A second ship. (Reuters)", "A third ship. AP Photo/Nadia Haddad"),
        ("A first ship without any credit", "A second ship, also without"),
    ],
)
def test_several_captions_are_several_photos_in_order(captions):
    item = only(story(captions=captions))
    assert [photo.caption.split(". AP")[0] for photo in item.photos] == [caption.split(" (")[0].split(" AP")[0] for caption in captions]
    assert texts(item) == BODY


def test_captions_printed_in_turn_twice_are_each_one_photo():
    block = "A first ship. (AFP)\nA second ship. (Reuters)\n"
    copy = f"{HEADLINE}\n\n{block}{block}TT\n\n{HEADLINE}\n\n{block}{block}\n" + "\n".join(BODY)
    item = only(copy)
    assert [photo.credit for photo in item.photos] == ["AFP", "Reuters"]
    assert texts(item) == BODY


@pytest.mark.parametrize("widget", ["TT", "TT\n20", ""])
def test_caption_equal_to_the_headline_is_a_caption(widget):
    item = only(story(captions=(HEADLINE,), widget=widget))
    assert [photo.caption for photo in item.photos] == [HEADLINE]
    assert texts(item) == BODY


def test_caption_equal_to_the_headline_in_a_single_head():
    item = only(f"{HEADLINE}\n\n{HEADLINE}\n{HEADLINE}\n\n" + "\n\n".join(BODY))
    assert [photo.caption for photo in item.photos] == [HEADLINE]
    assert texts(item) == BODY


def test_caption_equal_to_the_headline_but_for_its_credit():
    item = only(story(captions=(HEADLINE + " (Reuters)",)))
    assert [(photo.caption, photo.credit) for photo in item.photos] == [(HEADLINE, "Reuters")]
    assert texts(item) == BODY


def test_story_without_picture_says_so():
    item = only(story(captions=()))
    assert item.photos == []
    assert codes(item) == ["no_picture"]
    assert texts(item) == BODY


def test_story_without_picture_and_widget():
    item = only(f"{HEADLINE}\n\n{HEADLINE}\n\n" + "\n\n".join(BODY))
    assert (item.headline, item.photos, texts(item)) == (HEADLINE, [], BODY)


@pytest.mark.parametrize("captions", ["", f"{CAPTION}\n{CAPTION}\n\n", f"{CAPTION}\n\n", f"{CAPTION}\n{CAPTION}\nTT\n\n"])
def test_single_head(captions):
    item = only(f"{HEADLINE}\n\n{captions}" + "\n\n".join(BODY))
    assert item.headline == HEADLINE
    assert len(item.photos) == (1 if captions else 0)
    assert texts(item) == BODY


def test_single_captions_in_both_heads():
    copy = f"{HEADLINE}\n\nA ship at the quay\nTT\n\n{HEADLINE}\n\nA ship at the quay\n\n" + "\n\n".join(BODY)
    item = only(copy)
    assert [photo.caption for photo in item.photos] == ["A ship at the quay"]
    assert texts(item) == BODY


def test_widget_above_the_captions():
    copy = f"{HEADLINE}\nTT\n\n{CAPTION}\n{CAPTION}\n\n{HEADLINE}\n\n{CAPTION}\n{CAPTION}\n\n" + "\n\n".join(BODY)
    item = only(copy)
    assert (item.headline, len(item.photos), texts(item)) == (HEADLINE, 1, BODY)


def test_next_story_with_a_single_head():
    first, second = read(story() + "\n\n\n\n" + f"{SECOND}\n\n" + "\n\n".join(SECOND_BODY))
    assert texts(first) == BODY
    assert (second.headline, texts(second)) == (SECOND, SECOND_BODY)


def test_credit_on_a_line_of_its_own_belongs_to_the_caption_above():
    copy = f"{HEADLINE}\n\nA ship at the quay.\n(AFP)\nA ship at the quay.\n(AFP)\nTT\n\n{HEADLINE}\n\nA ship at the quay.\n(AFP)\nA ship at the quay.\n(AFP)\n\n"
    item = only(copy + "\n\n".join(BODY))
    assert [(photo.caption, photo.credit) for photo in item.photos] == [("A ship at the quay.", "AFP")]
    assert texts(item) == BODY


def test_body_of_one_paragraph_that_ends_in_an_agency():
    item = only(story(body=["The harbour reopened on Tuesday, the port authority said in a short statement. (AFP)"]))
    assert len(item.photos) == 1
    assert len(item.paragraphs) == 1


# Without blank lines -----------------------------------------------------------------------------------------------

TIGHT = dict(gap="\n")


@pytest.mark.parametrize(
    "copies",
    [
        [story(**TIGHT), story(SECOND, ("A tree. (Reuters)",), SECOND_BODY, **TIGHT)],
        [story(**TIGHT), story(SECOND, ("A tree. (Reuters)",), SECOND_BODY, widget="", **TIGHT)],
        [story(**TIGHT), story(SECOND, (), SECOND_BODY, **TIGHT)],
        [story(**TIGHT), story(SECOND, (), SECOND_BODY, widget="TT\n20", **TIGHT)],
        [story(**TIGHT), story(SECOND, (), SECOND_BODY, widget="", **TIGHT)],
        [story(**TIGHT), story(SECOND, (SECOND,), SECOND_BODY, **TIGHT)],
        [story(**TIGHT), story(SECOND, (SECOND,), SECOND_BODY, widget="", **TIGHT)],
        [story(**TIGHT), story(SECOND, ("A tree. (Reuters)", "A man digs. (AP)"), SECOND_BODY, **TIGHT)],
        [story(**TIGHT), f"{SECOND}\nA tree. (Reuters)\nA tree. (Reuters)\n" + "\n".join(SECOND_BODY)],
        [story(**TIGHT), story(SECOND, ("A tree",), SECOND_BODY, second=head("Trees to Line the Road", ("A tree",), gap="\n"), **TIGHT)],
    ],
)
def test_copy_without_blank_lines_is_parted_at_the_heads(copies):
    first, second = read("\n".join(copies))
    assert (first.headline, texts(first)) == (HEADLINE, BODY)
    assert texts(second) == SECOND_BODY
    assert second.line == copies[0].count("\n") + 2


def test_many_stories_without_blank_lines():
    copy = "\n".join(story(f"{HEADLINE} {n}", (f"Ship {n} sails. (AFP)",), [f"{line} {n}." for line in BODY], **TIGHT) for n in range(3000))
    found = read(copy)
    assert len(found) == 3000
    assert all(len(item.paragraphs) == 3 and len(item.photos) == 1 for item in found)


def test_head_without_body_before_another_story_costs_only_itself():
    first, second = read(head(gap="\n") + "TT\n" + head(gap="\n") + story(SECOND, ("A tree. (AP)",), SECOND_BODY, **TIGHT))
    assert first.code == "missing_body"
    assert texts(second) == SECOND_BODY


def test_wide_gap_inside_a_head_parts_nothing():
    copy = head() + "TT\n\n\n\n\n" + head() + "\n\n".join(BODY)
    item = only(copy)
    assert (len(item.photos), texts(item)) == (1, BODY)


# Errors ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("copy", ["", "\n\n \n", "\ufeff", "\u00a0\n\u200b\n"])
def test_file_without_words_is_empty(copy):
    (error,) = read(copy)
    assert error.code == "empty_file"


@pytest.mark.parametrize("copy", [b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200), bytes(500), b"%PDF-1.7\n...", b"PK\x03\x04" + bytes(90), bytes(range(256)) * 4])
def test_file_that_is_no_text_is_refused(copy):
    (error,) = read(copy)
    assert error.code == "not_text"


def test_stray_nul_bytes_are_taken_out():
    item = only(story().replace("Harbour", "Har\0bour"))
    assert item.headline == HEADLINE
    assert "control_characters" in codes(item)


@pytest.mark.parametrize("tail", ["", "\n", "\n\nUpdated 3 March 2024\n", "\n\nhttps://example.com/x\n"])
def test_whole_head_without_body(tail):
    (error,) = read(head() + "TT\n\n" + head().rstrip() + tail)
    assert (error.code, error.line) == ("missing_body", 1)


WHOLE = head() + "TT\n\n" + head().rstrip() + "\n\n"


@pytest.mark.parametrize("length", [8, 50, 60, 90, 110, 140, len(head()) + 1, len(head()) + 2, len(head()) + 4, len(head()) + 20, len(WHOLE) - 90, len(WHOLE) - 70, len(WHOLE) - 20])
def test_file_that_ends_inside_the_head_is_truncated(length):
    (error,) = read(WHOLE[:length])
    assert error.code == "truncated_story", WHOLE[:length]


def test_truncated_story_after_a_good_one():
    good, bad = read(story(SECOND, (), SECOND_BODY) + "\n\n\n\n" + head() + "TT\n")
    assert texts(good) == SECOND_BODY
    assert (bad.code, bad.story, bad.line) == ("truncated_story", 2, 12)


def test_story_twice_in_one_file_is_told_once():
    first, second, third = read("\n\n\n\n".join([story(), story(SECOND, (), SECOND_BODY), story(HEADLINE.upper(), (), body=[line.replace(" ", "\u00a0") for line in BODY])]))
    assert isinstance(first, WireItem)
    assert isinstance(second, WireItem)
    assert third.code == "duplicate_story"


def test_bad_story_does_not_stop_the_next():
    found = read("\n\n\n\n".join([head() + "TT\n\n" + head().rstrip(), story(SECOND, (), SECOND_BODY)]))
    assert [getattr(one, "code", "") for one in found] == ["missing_body", ""]


def test_story_beyond_two_megabytes_is_refused_and_the_next_one_read():
    big = HEADLINE + "\n\n" + ("A line that comes again and again.\n" * 70_000)
    raw = (big + "\n\n\n\n" + story(SECOND, (), SECOND_BODY)).encode()
    first, second = parse(io.BytesIO(raw))
    assert first.code == "story_too_long"
    assert raw.startswith(first.raw)
    assert texts(second) == SECOND_BODY


def test_stories_not_told_apart_by_case_of_file():
    assert not detect(b"\x89PNG....")
    assert not detect(b'<?xml version="1.0"?><rss/>')
    assert not detect(b'{"headline": "x"}')
    assert not detect(b"")
    assert detect(story().encode())
    assert detect(story().encode("utf-16"))
    assert detect("[Updated] A story".encode())


# Furniture ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Updated 3 hours ago", "Published: March 3, 2024", "READ ALSO: Some other story about ships", "Read more: The tug that could.",
        "Topics: Ports, Storms", "Related", "https://example.com/a?b=c", "www.example.com/story", "Short Url", "Short URL: https://example.com/s1", "Follow",
        "Follow us on Example", "1 Min Read", "2 min read", "Sign up to read this story", "Share", "Advertisement", "Listen to this article", "***",
        "اقرأ أيضاً: خبر آخر", "نُشر: 20:13-9 نوفمبر 2024 م", "Subscribe to our newsletter",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 1, 3])
def test_page_furniture_is_no_paragraph(line, place):
    body = [*BODY[:place], line, *BODY[place:]]
    assert texts(only(story(body=body))) == BODY
    assert texts(only(story(body=body, gap="\n"))) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Updated figures showed that the harbour handled more grain.", "Related violence has closed two other ports.", "Follow-up talks are due in May.",
        "Topics discussed included dredging and pilots.", "Share prices of shipping firms rose.", "Published figures differ, the authority said.",
        "Advertisement revenue fell by a tenth, the company said.", "Listen, the captain said, this is no weather for sailing.",
    ],
)  # fmt: skip
def test_paragraph_that_begins_like_furniture_stays(line):
    assert texts(only(story(body=[BODY[0], line, BODY[1]]))) == [BODY[0], line, BODY[1]]


def test_related_headlines_at_the_end_are_dropped():
    item = only(story(body=[*BODY, "Related Stories", "Trees for the Ring Road", "Market Opens in the Old Town", "Short Url", "https://example.com/1"]))
    assert texts(item) == BODY


def test_related_headlines_after_a_wide_gap_are_dropped():
    item = only(story() + "\n\n\n\nRelated Stories\n\nTrees for the Ring Road\n\nMarket Opens in the Old Town\n")
    assert texts(item) == BODY


def test_crosshead_after_related_stories_stays():
    item = only(story(body=[BODY[0], "Related Stories", "A Second Storm", BODY[1]]))
    assert texts(item) == [BODY[0], "A Second Storm", BODY[1]]


def test_furniture_in_the_heads():
    copy = f"Updated 3 March 2024\n{HEADLINE}\n\n1 Min Read\n{CAPTION}\n{CAPTION}\nTT\n20\nShare\n\n{HEADLINE}\n\nPublished: 3 March 2024\n{CAPTION}\n{CAPTION}\n\n"
    item = only(copy + "\n\n".join(BODY))
    assert (item.headline, len(item.photos), texts(item)) == (HEADLINE, 1, BODY)


def test_furniture_after_a_wide_gap_belongs_to_the_story_before():
    first, second = read(story() + "\n\n\n\nShort Url\nhttps://example.com/1\n\n\n\n" + story(SECOND, (), SECOND_BODY))
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


def test_negative_number_keeps_its_sign():
    assert texts(only(story(body=[BODY[0], "-5 degrees were measured at dawn.", BODY[1]])))[1].startswith("-5")


@pytest.mark.parametrize(
    "lines",
    [
        ["(Reporting by Nadia Haddad in Beirut; Editing by Karim Saleh)"], ["(Reporting by Nadia Haddad;", "Editing by Karim Saleh)"],
        ["Reporting by Nadia Haddad in Beirut; Editing by Karim Saleh"], ["(Reporting by Nadia Haddad)", "(Editing by Karim Saleh)"],
        ["(تغطية صحفية نادية حداد - تحرير محمد نبيل)"], ["(إعداد نادية حداد للنشرة العربية - تحرير محمد نبيل)"], ["nh/ks"], ["Reuters"], ["(AFP)"],
        ["Associated Press writer Nadia Haddad contributed to this report."], ["ENDS"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n\n", "\n", "\n\n\n\n"])
def test_sign_off_is_no_paragraph(lines, gap):
    item = only(story() + gap + "\n".join(lines) + "\n")
    assert texts(item) == BODY
    assert item.sign_off == "\n".join(lines)


def test_sign_off_in_the_last_paragraph_is_taken_out():
    item = only(story() + " (Reporting by Nadia Haddad; Editing by Karim Saleh)")
    assert texts(item) == BODY
    assert item.sign_off == "(Reporting by Nadia Haddad; Editing by Karim Saleh)"


# Dateline and byline ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines, dateline, agency, byline",
    [
        (["BEIRUT (Reuters) - {}"], "Beirut", "Reuters", ""), (["ADEN, April 2 (Reuters) - {}"], "Aden", "Reuters", ""), (["PARIS — {}"], "Paris", "", ""),
        (["DUBAI: {}"], "Dubai", "", ""), (["(Reuters) - {}"], "", "Reuters", ""), (["Cairo: Asharq Al-Awsat", "{}"], "Cairo", "Asharq Al-Awsat", ""),
        (["Beirut: Nadia Haddad", "{}"], "Beirut", "", "Nadia Haddad"), (["By Nadia Haddad", "BEIRUT (AP) — {}"], "Beirut", "AP", "Nadia Haddad"),
        (["By Nadia Haddad and Karim Saleh, Associated Press", "{}"], "", "Associated Press", "Nadia Haddad and Karim Saleh"),
        (["Nadia Haddad", "London – Reuters", "{}"], "London", "Reuters", "Nadia Haddad"), (["UNITED NATIONS, New York", "{}"], "United Nations", "", ""),
        (["BEIRUT (Reuters)", "{}"], "Beirut", "Reuters", ""), (["{}"], "", "", ""), (["By Reuters", "{}"], "", "Reuters", ""),
        (["• Forty ships waited", "BEIRUT (Reuters) - {}"], "Beirut", "Reuters", ""), (["Updated 3 March 2024", "Cairo: Nadia Haddad", "{}"], "Cairo", "", "Nadia Haddad"),
    ],
)  # fmt: skip
def test_dateline_and_byline_are_no_paragraph(lines, dateline, agency, byline):
    item = only(story(body=[*(line.format(BODY[0]) for line in lines), *BODY[1:]]))
    assert texts(item) == BODY
    assert (item.dateline, item.dateline_agency, item.byline) == (dateline, agency, byline)


@pytest.mark.parametrize("line", ["Washington: a city divided by a river has two harbours.", "Analysis: the storm was no surprise.", "NATO: Ships of the alliance took part."])
def test_paragraph_with_a_colon_is_not_eaten(line):
    item = only(story(body=[line, *BODY]))
    assert texts(item) == [line, *BODY]
    assert (item.dateline, item.byline) == ("", "")


def test_byline_in_the_heads():
    copy = f"{HEADLINE}\nBy Nadia Haddad\n\n{CAPTION}\n{CAPTION}\nTT\n\n{HEADLINE}\nBy Nadia Haddad\n\n{CAPTION}\n{CAPTION}\n\n"
    item = only(copy + "\n\n".join(BODY))
    assert (item.byline, len(item.photos), texts(item)) == ("Nadia Haddad", 1, BODY)


# Right to left ------------------------------------------------------------------------------------------------------

ARABIC = "إعادة فتح الميناء بعد عاصفة دامت ثلاثة أيام"
ARABIC_BODY = ["أعيد فتح الميناء الشمالي يوم الثلاثاء بعد عاصفة دامت ثلاثة أيام، بحسب سلطة الميناء.", "وقالت السلطة في بيان إن أربعين سفينة كانت تنتظر في الخارج."]


@pytest.mark.parametrize(
    "lines, dateline, agency, byline",
    [
        (["{}"], "", "", ""), (["القاهرة: محمد نبيل", "{}"], "القاهرة", "", "محمد نبيل"), (["لندن - رويترز", "{}"], "لندن", "رويترز", ""),
        (["القاهرة: «الشرق الأوسط»", "{}"], "القاهرة", "الشرق الأوسط", ""), (["بيروت (رويترز) - {}"], "بيروت", "رويترز", ""), (["بقلم نادية حداد", "{}"], "", "", "نادية حداد"),
    ],
)  # fmt: skip
def test_arabic_story(lines, dateline, agency, byline):
    item = only(story(ARABIC, ("سفن تنتظر خارج الميناء (أ.ف.ب)",), [*(line.format(ARABIC_BODY[0]) for line in lines), *ARABIC_BODY[1:]]))
    assert (item.headline, texts(item)) == (ARABIC, ARABIC_BODY)
    assert (item.language, item.direction) == ("ar", "rtl")
    assert (item.dateline, item.dateline_agency, item.byline) == (dateline, agency, byline)
    assert [(photo.caption, photo.credit) for photo in item.photos] == [("سفن تنتظر خارج الميناء", "AFP")]


def test_arabic_story_in_windows_1256():
    item = only(story(ARABIC, ("سفن تنتظر خارج الميناء (رويترز)",), ARABIC_BODY).encode("windows-1256"))
    assert (item.headline, texts(item), item.encoding) == (ARABIC, ARABIC_BODY, "windows-1256")


# Bytes, entities, tags ----------------------------------------------------------------------------------------------

TYPOGRAPHIC = "The port’s “long wait” is over – the café on the quay reopens…"


@pytest.mark.parametrize(
    "raw, encoding",
    [
        (story(body=[TYPOGRAPHIC]).encode(), "utf-8"),
        (story(body=[TYPOGRAPHIC]).encode("utf-8-sig"), "utf-8"),
        (story(body=[TYPOGRAPHIC]).encode("windows-1252"), "windows-1252"),
        (story(body=[TYPOGRAPHIC]).encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + story(body=[TYPOGRAPHIC]).encode("utf-16-be"), "utf-16-be"),
        (story(body=[TYPOGRAPHIC]).replace("\n", "\r\n").encode(), "utf-8"),
        (story(body=[TYPOGRAPHIC]).replace("\n", "\r").encode(), "utf-8"),
        (story(body=[TYPOGRAPHIC]).replace("\n\n", "\r\n\n").encode(), "utf-8"),
    ],
)
def test_any_encoding_and_line_end_reads_the_same(raw, encoding):
    item = only(raw)
    assert (item.headline, texts(item), len(item.photos)) == (HEADLINE, [TYPOGRAPHIC], 1)
    assert item.encoding == encoding
    assert codes(item) == ["picture_awaited"]


def mojibake(text: str, times: int = 1) -> str:
    for _ in range(times):
        text = text.encode().decode("sloppy-windows-1252")
    return text


@pytest.mark.parametrize("text", [TYPOGRAPHIC, "Crews said: “We are à la carte.”", ARABIC_BODY[0], "Ministr řekl, že přístav je otevřený “dnes”"])
@pytest.mark.parametrize("times", [1, 2])
def test_twice_encoded_text_is_repaired(text, times):
    item = only(story(body=[BODY[0], mojibake(text, times), BODY[1]]))
    assert texts(item)[1] == text
    assert "mojibake_repaired" in codes(item)
    assert "mojibake_suspected" not in codes(item)


def test_damage_that_cannot_be_repaired_is_reported():
    assert "mojibake_suspected" in codes(only(story(body=["The port\ufffds long wait is over."])))
    assert "mojibake_suspected" in codes(only(story(body=["The port?s long wait is over."])))
    assert "mojibake_suspected" not in codes(only(story(body=["Is the port’s long wait over? So it seems."])))


def test_stray_windows_byte_in_utf8_line():
    item = only(story(body=["The café and the port\u2019s wait"]).encode().replace("\u2019".encode(), b"\x92"))
    assert texts(item) == ["The café and the port’s wait"]


def test_entities_are_decoded_once():
    item = only(story(body=["Grain &amp; oil &amp;lt;b&amp;gt; cost &pound;5&nbsp;a ton &#8220;now&#8221; &lt;i&gt;x"]))
    assert texts(item) == ["Grain & oil &lt;b&gt; cost £5 a ton “now” <i>x"]


def test_tags_go_first_with_the_contents_of_scripts():
    body = ["<p>The <b>harbour</b> reopened.</p>", "<script>var a = 1;", "if (a < 2) { run() }", "</script>", '<a href="x">Crews</a> were <!-- not --> glad.<br/>', "<style>p{}</style>"]
    assert texts(only(story(body=body))) == ["The harbour reopened.", "Crews were glad."]


def test_less_than_sign_is_no_tag():
    assert texts(only(story(body=["Waves of < 2 m and > 1 m were seen."]))) == ["Waves of < 2 m and > 1 m were seen."]


def test_invisible_characters_are_taken_out():
    item = only(story(body=["\u202eThe\u00a0har\u200bbour\u00ad \u2066reo\u200dpened\u2069\u200f.\ufeff"]))
    assert texts(item) == ["The harbour reopened."]


def test_output_is_composed():
    assert texts(only(story(body=["Cafe\u0301 on the quay."]))) == ["Café on the quay."]


def test_persian_keeps_its_joiners():
    item = only(story("بندر دوباره باز می‌شود", (), ["بندر شمالی پس از سه روز طوفان دوباره باز می‌شود، این را مقام‌های بندر گفته‌اند."]))
    assert "می‌شود" in texts(item)[0]
    assert item.language == "fa"
