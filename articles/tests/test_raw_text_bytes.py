"""Raw agency copy: encodings, repair, tags and entities, the whole way. All copy here is invented."""

import ftfy.bad_codecs  # noqa: F401 - registers "sloppy-windows-1252"
import pytest

from articles.tests.raw_copy import BODY, HEADLINE, codes, only, story, texts

TYPOGRAPHIC = "The port’s “long wait” is over – the café on the quay reopens…"
ARABIC = "أعيد فتح الميناء الشمالي يوم الثلاثاء بعد عاصفة دامت ثلاثة أيام، بحسب سلطة الميناء."
COPY = story(body=[TYPOGRAPHIC])


@pytest.mark.parametrize(
    "raw, encoding",
    [
        (COPY.encode(), "utf-8"),
        (COPY.encode("utf-8-sig"), "utf-8"),
        (COPY.encode("windows-1252"), "windows-1252"),
        (COPY.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + COPY.encode("utf-16-be"), "utf-16-be"),
        (COPY.replace("\n", "\r\n").encode(), "utf-8"),
        (COPY.replace("\n", "\r").encode(), "utf-8"),
        (COPY.replace("\n\n", "\r\n\n").encode(), "utf-8"),
    ],
    ids=["utf-8", "bom", "windows-1252", "utf-16-le", "utf-16-be", "crlf", "cr", "mixed"],
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


@pytest.mark.parametrize(
    "text", [TYPOGRAPHIC, "Crews said: “We are à la carte.”", ARABIC, "Ministr řekl: “Přístav je otevřený.”"]
)
@pytest.mark.parametrize("times", [1, 2])
def test_twice_encoded_line_is_repaired(text, times):
    item = only(story(body=[BODY[0], mojibake(text, times), BODY[1]]))
    assert texts(item)[1] == text
    assert "mojibake_repaired" in codes(item)
    assert "mojibake_suspected" not in codes(item)


def test_twice_encoded_file_is_repaired():
    item = only(mojibake(COPY.replace(" ", "\u00a0")))
    assert (item.headline, texts(item), len(item.photos)) == (HEADLINE, [TYPOGRAPHIC], 1)


def test_damage_that_cannot_be_repaired_is_reported():
    assert "mojibake_suspected" in codes(only(story(body=["The port\ufffds long wait is over."])))
    assert "mojibake_suspected" in codes(only(story(body=["The port?s long wait is over."])))
    assert "mojibake_suspected" not in codes(only(story(body=["Is the port’s long wait over? So it seems."])))


def test_stray_windows_byte_in_utf8_line():
    raw = story(body=["The café and the port’s wait."]).encode().replace("’".encode(), b"\x92")
    assert texts(only(raw)) == ["The café and the port’s wait."]


def test_entities_are_decoded_once():
    item = only(story(body=["Grain &amp; oil &amp;lt;b&amp;gt; cost &pound;5&nbsp;a ton &#8220;now&#8221; &lt;i&gt;x"]))
    assert texts(item) == ["Grain & oil &lt;b&gt; cost £5 a ton “now” <i>x"]


def test_tags_go_first_with_the_contents_of_scripts():
    body = [
        "<p>The <b>harbour</b> reopened.</p><p>It was time.</p>",
        "<script>var a = 1;\n\n\n\n\nif (a < 2) { run() }\n</script>",
        '<a href="x">Crews</a> were <!-- not --> glad.<br/>',
        "<style>p{}</style>",
    ]
    assert texts(only(story(body=body))) == ["The harbour reopened.", "It was time.", "Crews were glad."]


def test_less_than_sign_is_no_tag():
    assert texts(only(story(body=["Waves of < 2 m and > 1 m were seen."]))) == ["Waves of < 2 m and > 1 m were seen."]


def test_invisible_characters_are_taken_out():
    item = only(story(body=["\u202eThe\u00a0har\u200bbour\u00ad \u2066reo\u200dpened\u2069\u200f.\ufeff"]))
    assert texts(item) == ["The harbour reopened."]


def test_output_is_composed():
    assert texts(only(story(body=["Cafe\u0301 on the quay."]))) == ["Café on the quay."]


def test_persian_keeps_its_joiners():
    item = only(
        story("بندر دوباره باز می‌شود", (), ["بندر شمالی پس از سه روز طوفان دوباره باز می‌شود، این را مقام‌ها گفته‌اند."])
    )
    assert "می‌شود" in texts(item)[0]
    assert item.language == "fa"
