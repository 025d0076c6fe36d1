"""Bodies with markup: every word kept, nothing that a story may not hold, and never slow."""

import time
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import text
from articles.wire import rich

CASES = [
    ("<p>One</p><p> </p><p>&nbsp;</p><p>Two</p>", "<p>One</p>\n<p>Two</p>"),
    ("Bare words<p>A paragraph</p>and more", "<p>Bare words</p>\n<p>A paragraph</p>\n<p>and more</p>"),
    ("<p><b>Bold</b>, <i>slanted</i> <span>plain</span></p>", "<p><strong>Bold</strong>, <em>slanted</em> plain</p>"),
    ("<p>0\r\x1f</p><p>a \u202a b \xad</p>", "<p>0</p>\n<p>a b</p>"),
    ("<p>A<p>B", "<p>A</p>\n<p>B</p>"),
    ("<p>un<b>closed</p><p>next</p>", "<p>un<strong>closed</strong></p>\n<p>next</p>"),
    ("<b><p>x</b>y</p>z", "<p><strong>x</strong>y</p>\n<p>z</p>"),
    ("one<br>two<br/><br />three", "<p>one<br>two</p>\n<p>three</p>"),
    ("First\n\nSecond <em>with\n\nmark</em>", "<p>First</p>\n<p>Second <em>with</em></p>\n<p><em>mark</em></p>"),
    ("<p>one\n\nline</p>", "<p>one line</p>"),
    ("<hl2>Cross</hl2><p>t</p>", "<h2>Cross</h2>\n<p>t</p>"),
    ("<h3>High</h3><h4>Low</h4><h5>Lower</h5>", "<h2>High</h2>\n<h3>Low</h3>\n<h3>Lower</h3>"),
    ("<ul><li>1<ul><li>2</li></ul></li><li><p>3</p></li></ul>", "<ul>\n<li>1</li>\n<li>2</li>\n<li>3</li>\n</ul>"),
    ("<ol><li>1</ol><ul><li>2</ul>", "<ol>\n<li>1</li>\n</ol>\n<ul>\n<li>2</li>\n</ul>"),
    ("<blockquote>a<p>b</p></blockquote><p>c", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>"),
    ("<table><tr><th>Team<th>Won<tr><td>Aleppo</td><td><b>3</b></td></table>",
     "<p>Team | Won</p>\n<p>Aleppo | <strong>3</strong></p>"),
    ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "<p>a</p>\n<p>b</p>"),
    ("<pre>\n 10  Aleppo\n  2  Hama\n</pre>", "<p>10 Aleppo<br>2 Hama</p>"),
    ("<pre>0<br><br>0\n\n1</pre>", "<p>0</p>\n<p>0</p>\n<p>1</p>"),
    ("<p>killed <del>12</del> <ins>15</ins></p>", "<p>killed 15</p>"),
    ("<p>H<sub>2</sub>O &amp; &lt;b&gt; &eacute;</p>", "<p>H<sub>2</sub>O &amp; &lt;b&gt; é</p>"),
    ("<q>Yes</q>, she said", "<p>“Yes”, she said</p>"),
    ("<p>a <script>alert(1)</script>b<style>p{}</style><!-- c --> d</p>", "<p>a b d</p>"),
    ("<p>kept</p><script>never closed\n<p>kept too</p>", "<p>kept</p>\n<p>kept too</p>"),
    ("<p onclick='x()' style='y'>a</p>", "<p>a</p>"),
    ('<p dir="rtl" lang="ar">نص</p>', '<p dir="rtl" lang="ar">نص</p>'),
    ("<p>1 < 2 and 3 > 2, a<b</p>", "<p>1 &lt; 2 and 3 &gt; 2, a</p>"),
    ("<![CDATA[<p>not a tag]]>", "<p>&lt;p&gt;not a tag</p>"),
    ("<xhtml:p>prefixed <xhtml:B>b</xhtml:B></xhtml:p>", "<p>prefixed <strong>b</strong></p>"),
    ("<iframe src='https://video.example/1'></iframe><p>t</p>", "<p>t</p>"),
    ("<hr><p>a</p><hr><hr><p>b</p>", "<p>a</p>\n<hr>\n<p>b</p>"),
    ("<dl><dt>Who</dt><dd>Nobody</dd></dl>", "<ul>\n<li>Who</li>\n<li>Nobody</li>\n</ul>"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "body"), CASES)
def test_markup_becomes_what_a_story_may_hold(markup, body):
    read = rich.read(markup)
    assert sorted(_words(read.html)) == sorted(_words(body))
    assert read.html.replace('lang="ar" dir="rtl"', 'dir="rtl" lang="ar"') == body
    assert [p.text for p in read.paragraphs] == text.paragraphs(read.html)
    assert rich.clean(read.html) == read.html  # what is clean stays as it is


def _words(markup):
    return text.plain(markup).split()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/?b=1&amp;c=2", "https://a.example/?b=1&amp;c=2"),
        ("//a.example/b", "https://a.example/b"),
        ("mailto:desk@a.example", "mailto:desk@a.example"),
        ("java\tscript:alert(1)", ""),
        ("java&#10;script:alert(1)", ""),
        (" \x01javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("#note", ""),
        ("/local", ""),
        ("", ""),
    ],
)
def test_links_lead_somewhere_harmless_or_are_taken_off_their_words(address, kept):
    read = rich.read(f'<p>See <a href="{address}">this</a>.</p>')
    link = f'<a href="{kept}" rel="noopener">this</a>' if kept else "this"
    assert read.html == f"<p>See {link}.</p>"


def test_a_base_says_where_links_and_pictures_lead():
    read = rich.read('<a href="/b">x</a><img src="c.jpg">', base="https://a.example/d/e")
    assert 'href="https://a.example/b"' in read.html
    assert read.pictures[0].address == "https://a.example/d/c.jpg"


def test_headings_are_crossheads_and_roles_are_known():
    read = rich.read("<div class='Note internal'><p role='ednote'>a</p></div><h4>b</h4>")
    assert [(p.text, p.is_crosshead) for p in read.paragraphs] == [("a", False), ("b", True)]
    assert read.blocks[0].frame.roles == {"note", "internal", "ednote"}


def test_pictures_leave_the_body_with_their_captions():
    read = rich.read(
        "<p>a</p><figure><a href='x'><img src='p.jpg' alt='Alt'></a><figcaption>A <b>ship</b>.</figcaption></figure>"
        "<media media-type='image'><media-reference mime-type='image/jpeg' source='q.jpg'/>"
        "<media-caption><p>Two ships.</p></media-caption><media-producer>N. Haddad</media-producer></media>"
        "<figure><table><tr><td>7</td></tr></table><figcaption>Sevens</figcaption></figure><img src='java\nscript:x'>"
    )
    assert [(one.address, one.caption, one.credit, one.alt_text) for one in read.pictures] == [
        ("p.jpg", "A ship.", "", "Alt"),
        ("q.jpg", "Two ships.", "N. Haddad", ""),
        ("", "", "", ""),
    ]
    assert [p.text for p in read.paragraphs] == ["a", "7", "Sevens"]


def test_a_tree_reads_like_its_markup():
    markup = "<body xmlns='http://www.w3.org/1999/xhtml'><p>One <b>two</b> three</p><!-- no --><p>four</p></body>"
    assert rich.read_tree(ET.fromstring(markup)).html == rich.read(markup).html  # noqa: S314 - our own words
    assert rich.read(markup).html == "<p>One <strong>two</strong> three</p>\n<p>four</p>"


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\nTwo.\r\n", ["One.", "Two."]),
        ("These words run on for about sixty characters in one line\nand on into a second.\n\nNext.",
         ["These words run on for about sixty characters in one line and on into a second.", "Next."]),
        ("a <b> c & d", ["a <b> c & d"]),
    ],
)  # fmt: skip
def test_text_without_markup(words, lines):
    assert [p.text for p in rich.read_text(words).paragraphs] == lines


NASTY = {
    "nested": "<div class=c><b><ul><li>" * 5_000 + "x",
    "closed wrongly": "<blockquote><p>" * 5_000 + "x" + "</b></i></blockquote>" * 5_000,
    "quotes never closed": "<a b='" * 20_000,
    "signs": "<" * 50_000,
    "comments never closed": "<!--" * 50_000,
    "attributes": "<p " + "x=1 " * 50_000 + ">x",
    "roles": "".join(f"<div class=c{n}>" for n in range(5_000)) + "x",
    "spaces": "<a" + " " * 100_000 + "x" + " " * 100_000 + "=",
    "breaks": "x<br>" * 20_000,
    "scripts": "<script>" * 20_000 + "x",
    "an entity": "&#" + "9" * 100_000 + ";",
    "marks": "e" + "\u0301" * 100_000,
}


@pytest.mark.parametrize("name", NASTY)
def test_nothing_takes_long(name):
    begun = time.process_time()
    read = rich.read(NASTY[name])
    assert read.html is not None
    assert len(read.paragraphs) < 50_000
    assert time.process_time() - begun < 1


PIECES = """
<p> </p> <b> </b> <li> <ul> </ul> <table> <tr> <td> </td> <br> <pre> </pre> <figure> </figure> <img> <h2> word
"""


@given(st.lists(st.one_of(st.sampled_from(PIECES.split()), st.text(max_size=8)), max_size=40).map("".join))
def test_any_markup_comes_out_clean(markup):
    read = rich.read(markup)
    assert text.sanitise(read.html) == read.html
    assert [p.text for p in read.paragraphs] == text.paragraphs(read.html)
    assert rich.read(read.html).html == read.html
