"""Bytes to text: encodings, repair of wrong ones, markup, language."""

import io

import pytest

from articles.wire.decoding import Received, decode, refusal
from articles.wire.language import detect_language
from articles.wire.markup import strip_tags, tidy, unescape
from articles.wire.mojibake import repair

ARABIC = "أعيد فتح الميناء الشمالي يوم الثلاثاء بعد عاصفة"


@pytest.mark.parametrize(
    "raw, text, encoding",
    [
        ("The café’s door".encode(), "The café’s door", "utf-8"),
        ("The café’s door".encode("windows-1252"), "The café’s door", "windows-1252"),
        (ARABIC.encode("windows-1256"), ARABIC, "windows-1256"),
        ("Порт снова открыт".encode("windows-1251"), "Порт снова открыт", "windows-1251"),
        ("Déjà vu à l’été, naïve Æsop".encode("windows-1252"), "Déjà vu à l’été, naïve Æsop", "windows-1252"),
    ],
)
def test_every_line_is_read_in_the_encoding_it_is_in(raw, text, encoding):
    assert decode([raw]) == ([text], encoding)


def test_lines_of_one_story_may_be_in_two_encodings():
    texts, encoding = decode(["The café’s door".encode(), "The café’s door".encode("windows-1252")])
    assert texts == ["The café’s door"] * 2
    assert encoding == "windows-1252"


def test_character_cut_by_the_end_of_the_file_is_marked():
    assert decode([b"The door\xe2\x80"]) == (["The door\ufffd"], "utf-8")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("bom", ["\ufeff", ""])
def test_utf16_becomes_utf8_and_can_be_turned_back(encoding, bom):
    raw = (bom + "The ship’s 🚢 door\n" * 9000).encode(encoding)
    received = Received(io.BytesIO(raw + b"x"))
    assert received.wide == encoding
    chunks = list(received.chunks())
    assert b"".join(chunks).decode() == bom + "The ship’s 🚢 door\n" * 9000
    assert received.original(b"".join(chunks)) + received.tail == raw + b"x"


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n", b"%PDF-1.4", b"PK\x03\x04", b"a\0b\0\0\0\0c" * 20, b"\x00" * 20]
)
def test_binary_data_is_refused(head):
    assert refusal(head)


@pytest.mark.parametrize(
    "head", [b"", b"A ship", "A ship".encode("utf-16"), b"A\x07 ship sails on Monday", b"\xff\xfeA\0"]
)
def test_text_is_not_refused(head):
    assert refusal(head) == ""


def damage(text: str, codec: str = "sloppy-windows-1252", times: int = 1) -> str:
    for _ in range(times):
        text = text.encode().decode(codec)
    return text


@pytest.mark.parametrize(
    "text", ["The port’s “long” wait – over…", "à la carte, déjà", ARABIC, "«نعم»", "Łódź", "€5", "10 °C"]
)
@pytest.mark.parametrize("times", [1, 2])
def test_text_read_in_the_wrong_encoding_is_repaired(text, times):
    assert repair(damage(text, times=times)) == (text, True, False)


def test_arabic_read_as_windows_1256_is_repaired():
    assert repair(damage(ARABIC, "windows-1256")) == (ARABIC, True, False)


@pytest.mark.parametrize(
    "text",
    [
        "The port’s “long” wait",
        "à la carte",
        ARABIC,
        "Ärger über Öl",
        "ÅÄÖ",
        "Is it? So it seems.",
        "x?t=5",
        "the Ångström unit, Ã and Â for nothing",
        "São Tomé – “Ã”",
        "MAÇÃ – 5",
        "The letter Ã is Portuguese",
        "“LÂ”",
    ],
)
def test_good_text_is_left_alone(text):
    assert repair(text) == (text, False, False)


def test_single_character_is_repaired_only_among_damaged_lines():
    doubtful = "Il va Ã Paris"
    assert repair(doubtful) == (doubtful, False, False)
    assert repair(doubtful, lambda: True) == ("Il va à Paris", True, False)


@pytest.mark.parametrize(
    "text", ["Ã–sterreich", "ADMINISTRACIÃ“N", "10 Â°C", "3 Ã— 4", "Â© AFP", "cafÃ©", "Il va Ã  Paris"]
)
def test_one_damaged_character_is_repaired_where_it_can_be_nothing_else(text):
    repaired, was_repaired, _ = repair(text)
    assert was_repaired
    assert "Ã" not in repaired
    assert "Â" not in repaired


@pytest.mark.parametrize("text", ["The port\ufffds wait", "The port?s wait", "The portâ€ s wait"])
def test_damage_is_reported(text):
    assert repair(text)[2]


def test_closing_quote_that_lost_a_byte_is_put_right_and_reported():
    assert repair("He said â€œenoughâ€ and left") == ("He said “enough” and left", True, True)


@pytest.mark.parametrize(
    "markup, text",
    [
        ("<p>One</p><p>Two</p>", "\x0bOne\x0b\x0bTwo\x0b"),
        ("<b>O</b>ne <a href='x>y'>two</a>", "One two"),
        ("One<script>a < b</script> two", "One two"),
        ("One<SCRIPT type=x>\na\n</SCRIPT > two", "One\n\n two"),
        ("One <!-- two --> three", "One  three"),
        ("One <script>two\nthree", "One \nthree"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("a@b <c@d.example>", "a@b <c@d.example>"),
    ],
)
def test_tags_are_removed_and_lines_keep_their_numbers(markup, text):
    assert strip_tags(markup) == text


def test_entities_are_decoded_once():
    assert unescape("&amp;lt; &pound; &#8217; &nbsp;") == "&lt; £ ’ \u00a0"
    assert unescape("&#" + "9" * 5000 + ";").startswith("&#9")


@pytest.mark.parametrize(
    "text, clean",
    [
        ("a\u00a0\u2009 b\t", "a b"),
        ("a\u200bb\ufeff\u00adc\u202e\u2066\u200e", "abc"),
        ("e\u0301", "é"),
        ("a" + "\u0301" * 5000, "á" + "\u0301" * 3),
        ("می\u200cشود", "می\u200cشود"),
        ("har\u200cbour", "harbour"),
        ("\x00\x07a\x9f", "a"),
    ],
)
def test_line_is_clean(text, clean):
    assert tidy(text) == clean


@pytest.mark.parametrize(
    "text, language",
    [
        ("The minister said the port is closed", "en"),
        ("Ports Closed", "en"),
        ("Le ministre a déclaré que les ports seraient fermés", "fr"),
        ("El ministro dijo que los puertos de la ciudad", "es"),
        ("Der Minister sagte, dass die Häfen der Stadt geschlossen sind", "de"),
        ("وزير الخارجية قال في القاهرة إن الميناء مغلق", "ar"),
        ("وزیر خارجه ایران در تهران گفت که این بندر بسته است", "fa"),
        ("وزیر خارجہ نے کہا ہے کہ یہ بندرگاہ بند ہے", "ur"),
        ("שר החוץ אמר כי הנמל סגור", "he"),
        ("Министр заявил, что порты города закрыты", "ru"),
        ("Bakan bu limanın çok önemli olduğunu söyledi ve bir", "tr"),
        ("123", "en"),
        ("", "en"),
    ],
)
def test_language_of_a_story(text, language):
    assert detect_language(text) == language
