"""XML from anybody: nothing is fetched or unfolded, a lying charset is seen through, and every byte is kept."""

import io
import time

import pytest

from articles.wire.safe_xml import BadXml, Document, read_elements, root_of


def read(raw: bytes, *wanted: str):
    """The texts, the raw bytes and the error code of what was read, and the document."""
    document, texts, raws, code = Document(), [], [], ""
    try:
        for found in read_elements(io.BytesIO(raw), frozenset(wanted or ("a",)), document):
            texts.append("".join(found.element.itertext()))
            raws.append(found.raw)
    except BadXml as bad:
        code = bad.error.code if bad.error.message.endswith(".") else "no sentence"
        raws.append(bad.error.raw)
    return texts, raws, code, document


def test_elements_come_one_by_one_with_the_bytes_that_they_came_in():
    raw = b"<?xml version='1.0'?>\n<r x='1'><head/>\n<a>1<b>2</b>3</a>\n<a/>  <a><a>in</a></a> </r>\n"
    texts, raws, code, document = read(raw)
    assert (texts, code) == (["123", "", "in"], "")
    assert b"".join(raws) == raw
    assert raws[1] == b"\n<a/>"
    assert (document.root, document.attributes) == ("r", {"x": "1"})


@pytest.mark.parametrize(
    ("raw", "encoding", "warned"),
    [
        ("<a>é</a>".encode(), "utf-8", False),
        (b"<?xml version='1.0' encoding='utf-8'?><a>\xe9</a>", "windows-1252", True),
        ("<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>".encode(), "utf-8", True),
        (b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>", "windows-1252", False),
        ("<?xml version='1.0' encoding='utf-8'?><a>é</a>".encode("utf-16"), "utf-16-le", False),
        ("<?xml version='1.0'?><a>é</a>".encode("utf-16-be"), "utf-16-be", False),
        (b"\xef\xbb\xbf\n\n<?xml version='1.0' encoding='no-such'?>\n<!-- c --><a>\xc3\xa9</a>", "utf-8", True),
    ],
)
def test_the_charset_is_found_by_the_bytes(raw, encoding, warned):
    texts, raws, code, document = read(raw)
    assert (texts, code, b"".join(raws)) == (["é"], "", raw)
    assert document.encoding == encoding
    assert any(warning.startswith("charset") for warning in document.warnings) == warned


def test_a_charset_of_arabic_is_found_too():
    texts, *_ = read("<?xml version='1.0' encoding='utf-8'?><a>أعلنت وزارة الصحة</a>".encode("windows-1256"))
    assert texts == ["أعلنت وزارة الصحة"]


def test_entities_of_html_are_known_and_others_are_not():
    assert read(b"<a>x&nbsp;&eacute;&amp;&#8211;</a>")[0] == ["x\xa0é&–"]
    assert read(b"<!DOCTYPE nitf SYSTEM 'http://x.example/nitf.dtd'><a>&mdash;</a>")[0] == ["—"]
    assert read(b"<a>&unheard;</a>")[2] == "not_xml"


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
BAD = {
    "billion laughs": (f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><a>&a8;</a>'.encode(), "entities_refused"),
    "quadratic": (b'<!DOCTYPE a [<!ENTITY a "' + b"x" * 50_000 + b'">]><a>' + b"&a;" * 50_000 + b"</a>",
                  "entities_refused"),
    "a local file": (b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>', "entities_refused"),
    "a remote file": (b'<!DOCTYPE a [<!ENTITY % f SYSTEM "http://127.0.0.1/"> %f;]><a/>', "entities_refused"),
    "nested": (b"<a>" * 100_000, "xml_too_complex"),
    "elements": (b"<a>" + b"<b/>" * 200_000 + b"</a>", "xml_too_complex"),
    "truncated": (b"<r><a>half", "truncated_xml"),
    "truncated in a tag": (b"<r><a hr", "truncated_xml"),
    "closed wrongly": (b"<a><b></a></b>", "not_xml"),
    "NUL bytes": (b"<a>\0</a>", "not_xml"),
    "an ampersand": (b"<a>AT&T</a>", "not_xml"),
    "two documents": (b"<a/><a/>", "not_xml"),
    "no XML": (b"Dear desk,", "not_xml"),
    "nothing": (b" \n ", "empty_file"),
    "a long line": (b"<a>" + b"x" * 20_000_000, "story_too_long"),
    "a long attribute": (b"<a x='" + b"1" * 20_000_000, "xml_too_complex"),
    "comments": (b"<!--" * 100_000, "not_xml"),
    "random bytes": (bytes(range(1, 256)) * 100, "not_xml"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_bad_is_refused_soon_with_its_reason(name):
    raw, expected = BAD[name]
    begun = time.process_time()
    _, raws, code, _ = read(raw)
    assert code == expected
    assert len(raws[-1]) <= 64 * 1024
    assert time.process_time() - begun < 1


def test_a_stream_without_end_is_read_no_further_than_a_story_may_be_long():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"<a>" + b"x" * (size - 3) if self.given == size else b"x" * size

    stream = Endless()
    with pytest.raises(BadXml):
        list(read_elements(stream, frozenset({"a"}), Document()))
    assert stream.given < 20_000_000


def test_what_was_complete_is_given_before_the_error():
    texts, raws, code, _ = read(b"<r><a>1</a><a>2</a><a>3")
    assert (texts, code) == (["1", "2"], "truncated_xml")
    assert b"".join(raws) == b"<r><a>1</a><a>2</a><a>3"


def test_control_characters_are_made_spaces():
    texts, _, code, document = read(b"<a>x\x1ay</a>")
    assert (texts, code) == (["x y"], "")
    assert document.warnings


@pytest.mark.parametrize(
    ("head", "root"),
    [
        (b"<nitf>", "nitf"),
        (
            b"\xef\xbb\xbf\n <?xml version='1.0'?>\n<!-- <x> -->\n<!DOCTYPE nitf PUBLIC '-//IPTC' 'a.dtd'>\n<nitf a='1",
            "nitf",
        ),
        (b"<!DOCTYPE NewsML [<!ENTITY x 'y'>]> <NewsML>", "newsml"),
        ("<?xml version='1.0'?><g2:newsItem>".encode("utf-16"), "newsitem"),
        (b"<!DOCTYPE nitf PUBLIC", "nitf"),
        (b"Text <p>", ""),
        (b"<", ""),
        (b"", ""),
    ],
)
def test_the_root_is_told_by_the_first_bytes(head, root):
    assert root_of(head) == root
