"""WordPress archives: posts, pages and their pictures, with the date on which they were published. No database."""

import io
import re
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.wire import formats, wordpress
from articles.wire.items import Subject, WireError, nothing_beside
from articles.wire.shortcodes import read_shortcodes

SAMPLE = (Path(__file__).parent / "samples" / "wxr" / "site.xml").read_bytes()


def parse(data):
    return list(wordpress.parse(io.BytesIO(data), nothing_beside))


@pytest.fixture(scope="module")
def site():
    assert formats.detect(SAMPLE[:4096]) == "wxr"
    return parse(SAMPLE)


def test_a_post_keeps_what_the_website_had(site):
    item = site[0]
    assert item.headline == "Harbour opens & ships come"
    assert (item.byline, item.provider, item.provider_id) == ("Lina Haddad", "The Quay", "https://quay.example/?p=11")
    assert item.first_sent_at == datetime(2014, 5, 4, 8, tzinfo=UTC)
    assert item.sent_at == datetime(2014, 5, 6, 9, 30, tzinfo=UTC)
    assert item.standfirst == "After a year of repairs."
    assert item.link == "https://quay.example/2014/05/harbour-opens/"
    assert item.subjects == [Subject("category:ports", "Ports"), Subject("post_tag:syria", "Syria")]
    assert formats.FORMATS["wxr"].is_archive


def test_the_text_comes_without_shortcodes_and_with_its_paragraphs(site):
    assert [paragraph.text for paragraph in site[0].paragraphs] == [
        "Tartus has its harbour back [sic].",
        "The first ships came at dawn.",
        "What it cost",
        "Four million, said the port.",
        "A last paragraph.",
    ]
    assert "<strong>Tartus</strong>" in site[0].html
    assert 'href="https://quay.example/about/"' in site[0].html
    assert "script" not in site[0].html


def test_the_pictures_are_the_featured_one_first_and_each_once(site):
    assert [(photo.file.rsplit("/", 1)[1], photo.caption, photo.alt_text) for photo in site[0].photos] == [
        ("harbour.jpg", "The harbour. (AFP)", "A harbour from above"),
        ("ships-300x200.jpg", "Ships on Sunday.", "Two ships"),
        ("crews.jpg", "Crews & coffee.", ""),
        ("crane.jpg", "", "A crane"),
        ("plan.jpg", "The plan.", ""),
    ]


def test_a_page_of_the_block_editor_is_read(site):
    item = site[1]
    assert item.genre == "page"
    assert [paragraph.text for paragraph in item.paragraphs] == ["We write about harbours.", "Ships", "Cranes"]
    assert [(photo.caption, photo.alt_text) for photo in item.photos] == [("The crane.", "A crane")]


def test_what_was_not_public_says_so_and_has_no_date(site):
    draft, binned = site[2:]
    assert draft.headline == "Not finished"
    assert draft.first_sent_at is None
    assert draft.warnings == ["not_published: on the website this was a draft."]
    assert isinstance(binned, WireError)
    assert binned.code == "in_the_bin"
    assert len(site) == 4  # the menu and the attachments are no stories


def test_the_oldest_version_is_read_by_local_names():
    old = SAMPLE.replace(b"wordpress.org/export/1.2/", b"wordpress.org/export/1.0/")
    assert [getattr(one, "headline", one) for one in parse(old)][:2] == ["Harbour opens & ships come", "About us"]


@pytest.mark.parametrize(
    "words, markup",
    [
        ("One.\n\nTwo\nlines.", "<p>One.</p>\n<p>Two<br>lines.</p>"),
        ("He said [sic] and [he laughed].", "<p>He said [sic] and [he laughed].</p>"),
        ('[contact-form-7 id="1"]Words[/vc_column]', "<p>Words</p>"),
        ('[caption caption="Old way"]<img src="a.jpg">[/caption]', "<figure><img src=\"a.jpg\"><figcaption>Old way"
         "</figcaption></figure>"),
        ("[embed]https://x.example/v[/embed]", '<p><a href="https://x.example/v">https://x.example/v</a></p>'),
        ("[caption]never closed", "<p>[caption]never closed</p>"),
    ],
)  # fmt: skip
def test_shortcodes(words, markup):
    assert read_shortcodes(words)[0] == markup


FLOODS = ["[caption]", "[caption", "b='", "<!-- wp:image {", "[gallery ", "[gallery]", "[embed]http://x ", "<a <img "]


@pytest.mark.parametrize("flood", FLOODS)
def test_no_text_takes_long(flood):
    began = time.process_time()
    read_shortcodes("[a " + flood * 50_000 + "[/caption]")
    assert time.process_time() - began < 1


def test_truncated_and_hostile_archives_end_with_a_reason():
    for data, code in [
        (SAMPLE[: len(SAMPLE) // 2], "truncated_xml"),
        (SAMPLE.replace(b"<rss", b'<!DOCTYPE r [<!ENTITY a "b">]><rss', 1), "entities_refused"),
        (b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel></channel></rss>", "empty_file"),
    ]:
        *_, last = parse(data)
        assert (last.code, isinstance(last, WireError)) == (code, True)


def long_archive(count):
    head, _, rest = SAMPLE.partition(b"<item>")
    item = b"<item>" + rest.partition(b"</item>")[0].replace(b"A last paragraph.", b"word " * 300) + b"</item>\n"

    class Archive(io.RawIOBase):
        """An archive of any length that takes no room."""

        def __init__(self):
            self.at, self.size = 0, len(head) + count * len(item)

        def readable(self):
            return True

        def seekable(self):
            return True

        def seek(self, at, whence=0):
            self.at = at
            return at

        def readinto(self, buffer):
            whole = head if self.at < len(head) else item
            start = self.at if whole is head else (self.at - len(head)) % len(item)
            part = whole[start : start + len(buffer)] if self.at < self.size else b""
            buffer[: len(part)] = part
            self.at += len(part)
            return len(part)

    return io.BufferedReader(Archive())


def test_memory_stays_flat_however_long_the_archive_is():
    peaks = []
    for count in (100, 1500):
        tracemalloc.start()
        assert sum(1 for _ in wordpress.parse(long_archive(count), nothing_beside)) >= count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 3_000_000


@given(st.integers(0, len(SAMPLE)), st.integers(0, 300))
def test_no_damage_ever_breaks_the_reading(at, length):
    for one in parse(SAMPLE[:at] + SAMPLE[at + length :]):
        assert isinstance(one, WireError) or one.headline


def test_an_id_is_one_line():
    without = re.sub(rb"<guid[^>]*>[^<]*</guid>", b"", SAMPLE)
    items = parse(without.replace(b"https://quay.example</", b"https://quay\n.example</"))
    ids = [one.provider_id for one in items if not isinstance(one, WireError)]
    assert ids
    assert not [one for one in ids if "\n" in one]
