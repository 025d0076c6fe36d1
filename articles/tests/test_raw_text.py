"""Raw agency copy: its form, what parts the stories, and what is refused. All copy here is invented."""

import io

import pytest

from articles.tests.raw_copy import BODY, CAPTION, HEADLINE, SECOND, SECOND_BODY, codes, head, only, read, story, texts
from articles.wire.items import WireItem
from articles.wire.raw_text import detect, parse

# The form itself -----------------------------------------------------------------------------------------------------


def test_story_is_headline_caption_and_paragraphs():
    item = only(story())
    assert item.headline == HEADLINE
    assert texts(item) == BODY
    (photo,) = item.photos
    assert photo.caption == "Cargo ships wait outside the northern harbour on Tuesday."
    assert (photo.credit, photo.credit_raw, photo.is_file_photo) == ("AFP", "(AFP)", False)
    assert (item.language, item.direction, item.encoding, item.line) == ("en", "ltr", "utf-8", 1)
    assert codes(item) == ["picture_awaited"]


@pytest.mark.parametrize(
    "gap", ["\n\n\n\n", "\n \n\t\n\u00a0\n", "\n\n\n\n\n\n\n\n", "\n\u200b\n \n\ufeff\n\n", "\n&nbsp;\n\n<br>\n"]
)
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
    second = head(
        "Harbour Reopens after Four Days of Storm", ("Cargo ships wait outside the harbour on Wednesday. (Reuters)",)
    )
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
    assert [photo.caption.split(". AP")[0] for photo in item.photos] == [
        caption.split(" (")[0].split(" AP")[0] for caption in captions
    ]
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


@pytest.mark.parametrize(
    "captions", ["", f"{CAPTION}\n{CAPTION}\n\n", f"{CAPTION}\n\n", f"{CAPTION}\n{CAPTION}\nTT\n\n"]
)
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
    once = f"{HEADLINE}\n\n" + "A ship at the quay.\n(AFP)\n" * 2
    copy = f"{once}TT\n\n{once}\n"
    item = only(copy + "\n\n".join(BODY))
    assert [(photo.caption, photo.credit) for photo in item.photos] == [("A ship at the quay.", "AFP")]
    assert texts(item) == BODY


def test_body_of_one_paragraph_that_ends_in_an_agency():
    item = only(story(body=["The harbour reopened on Tuesday, the port authority said in a short statement. (AFP)"]))
    assert len(item.photos) == 1
    assert len(item.paragraphs) == 1


# Without blank lines -------------------------------------------------------------------------------------------------

TIGHT = {"gap": "\n"}


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
        [
            story(**TIGHT),
            story(
                SECOND, ("A tree",), SECOND_BODY, second=head("Trees to Line the Road", ("A tree",), gap="\n"), **TIGHT
            ),
        ],
    ],
)
def test_copy_without_blank_lines_is_parted_at_the_heads(copies):
    first, second = read("\n".join(copies))
    assert (first.headline, texts(first)) == (HEADLINE, BODY)
    assert texts(second) == SECOND_BODY
    assert second.line == copies[0].count("\n") + 2


def test_many_stories_without_blank_lines():
    copy = "\n".join(
        story(f"{HEADLINE} {n}", (f"Ship {n} sails. (AFP)",), [f"{line} {n}." for line in BODY], **TIGHT)
        for n in range(1000)
    )
    found = read(copy)
    assert len(found) == 1000
    assert all(len(item.paragraphs) == 3 and len(item.photos) == 1 for item in found)


def test_head_without_body_before_another_story_costs_only_itself():
    first, second = read(
        head(gap="\n") + "TT\n" + head(gap="\n") + story(SECOND, ("A tree. (AP)",), SECOND_BODY, **TIGHT)
    )
    assert first.code == "missing_body"
    assert texts(second) == SECOND_BODY


def test_wide_gap_inside_a_head_parts_nothing():
    copy = head() + "TT\n\n\n\n\n" + head() + "\n\n".join(BODY)
    item = only(copy)
    assert (len(item.photos), texts(item)) == (1, BODY)


# Errors --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("copy", ["", "\n\n \n", "\ufeff", "\u00a0\n\u200b\n"])
def test_file_without_words_is_empty(copy):
    (error,) = read(copy)
    assert error.code == "empty_file"


@pytest.mark.parametrize(
    "copy",
    [
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200),
        bytes(500),
        b"%PDF-1.7\n...",
        b"PK\x03\x04" + bytes(90),
        bytes(range(256)) * 4,
    ],
)
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


@pytest.mark.parametrize(
    "length",
    [
        8,
        50,
        60,
        90,
        110,
        140,
        len(head()) + 1,
        len(head()) + 2,
        len(head()) + 4,
        len(head()) + 20,
        len(WHOLE) - 90,
        len(WHOLE) - 70,
        len(WHOLE) - 20,
    ],
)
def test_file_that_ends_inside_the_head_is_truncated(length):
    (error,) = read(WHOLE[:length])
    assert error.code == "truncated_story", WHOLE[:length]


def test_truncated_story_after_a_good_one():
    good, bad = read(story(SECOND, (), SECOND_BODY) + "\n\n\n\n" + head() + "TT\n")
    assert texts(good) == SECOND_BODY
    assert (bad.code, bad.story, bad.line) == ("truncated_story", 2, 12)


def test_story_twice_in_one_file_is_told_once():
    first, second, third = read(
        "\n\n\n\n".join(
            [
                story(),
                story(SECOND, (), SECOND_BODY),
                story(HEADLINE.upper(), (), body=[line.replace(" ", "\u00a0") for line in BODY]),
            ]
        )
    )
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


def test_raw_copy_is_told_from_other_forms():
    assert not detect(b"\x89PNG....")
    assert not detect(b'<?xml version="1.0"?><rss/>')
    assert not detect(b'{"headline": "x"}')
    assert not detect(b"")
    assert detect(story().encode())
    assert detect(story().encode("utf-16"))
    assert detect(b"[Updated] A story")
