"""Standard formats that nobody wrote in good faith: a refusal with its reason within a second, never a trace."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.wire.items import WireError, WireItem

from .hostile import STANDARD, check, damaged, read

MANY = 100_000
G2 = (
    '<newsItem guid="g"><itemMeta/><contentMeta><headline>{head}</headline>{meta}</contentMeta>'
    "<contentSet>{body}</contentSet></newsItem>"
)
HTML = '<inlineData contenttype="text/html"><![CDATA[{}]]></inlineData>'


def g2(body="<inlineData>Words.</inlineData>", head="Head", meta=""):
    return G2.format(head=head, body=body, meta=meta).encode()


def embargoed(until):
    return g2().replace(b"<itemMeta/>", f"<itemMeta><embargoed>{until}</embargoed></itemMeta>".encode())


def ninjs(**fields):
    item = {"uri": "urn:x:1", "versionCreated": "2026-03-01T08:00:00Z", "headlines": [{"value": "Head"}], **fields}
    return json.dumps(item).encode()


ENTITIES = b'<!DOCTYPE nitf [<!ENTITY a "%s">]><nitf><body><body.content><p>%s</p></body.content></body></nitf>'
REFUSED = {
    "billion laughs": ("nitf", ENTITIES % (b"ha", b"&a;"), "entities_refused"),
    "quadratic entities": ("nitf", ENTITIES % (b"x" * 50_000, b"&a;" * 50_000), "entities_refused"),
    "a local file": ("nitf", b'<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf>&a;</nitf>',
                     "entities_refused"),
    "a remote file": ("newsml1", b'<!DOCTYPE NewsML [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]><NewsML/>',
                      "entities_refused"),
    "nested tags": ("newsml-g2", b"<newsItem>" + b"<p>" * MANY, "xml_too_complex"),
    "nested tags of NITF": ("nitf", b"<nitf><body>" + b"<p>" * MANY, "xml_too_complex"),
    "truncated": ("newsml-g2", g2()[:-30], "truncated_xml"),
    "NUL bytes": ("nitf", b"<nitf>\0\0</nitf>", "not_xml"),
    "a long line": ("nitf", b"<nitf><p>" + b"x" * 20_000_000, "story_too_long"),
    "a long line of JSON": ("ninjs", b'{"uri": "' + b"x" * 20_000_000, "story_too_long"),
    "truncated JSON": ("ninjs", ninjs()[:-3], "truncated_json"),
    "nested JSON": ("ninjs", b'{"uri": ' + b"[" * MANY, "json_too_complex"),
    "a number without end": ("ninjs", b'{"uri": "x", "version": ' + b"9" * MANY + b"}", "not_json"),
    "no JSON": ("ninjs", b"Dear desk", "not_json"),
    "nothing": ("ninjs", b" \n", "empty_file"),
    "an array of nothing": ("ninjs", b"[]", "not_json"),
    "year 9999": ("newsml-g2", embargoed("9999-12-31T23:59:59Z"),
                  "embargo_unclear"),
    "a clock change": ("newsml-g2", embargoed("2026-03-29T00:30:00"),
                       "embargo_unclear"),
    "no date": ("ninjs", ninjs(embargoed="tomorrow", bodies=[{"value": "Words."}]), "embargo_unclear"),
    "no body": ("nitf", b"<nitf><body/></nitf>", "missing_body"),
    "no words": ("newsml-g2", g2(HTML.format("<p>&nbsp;</p><hr>***")), "missing_body"),
    "only a note": ("newsml-g2", g2(HTML.format("<p>Not for publication: call us.</p>")), "missing_body"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _newsroom_in_beirut(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Beirut")


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_reason(name):
    format, raw, code = REFUSED[name]
    found = check(format, raw)
    assert [one.code for one in found if isinstance(one, WireError)] == [code]
    assert not [one for one in found if isinstance(one, WireItem)]


READ = {
    "marks without end": ("newsml-g2", g2(head="H" + "e" + "\u0301" * 10_000)),
    "bidi overrides": ("newsml-g2", g2(HTML.format("<p>a\u202eb\u2066c</p>"))),
    "tags within words": ("newsml-g2", g2(HTML.format("<div><b><ul><li>" * 20_000 + "x"))),
    "attributes": ("newsml-g2", g2(HTML.format("<p " + "x=1 " * 50_000 + ">Words"))),
    "paragraphs": ("newsml-g2", g2(HTML.format("<p>x</p>" * 5_000))),
    "signs": ("newsml-g2", g2(HTML.format("x" + "<" * 50_000))),
    "subjects": ("newsml-g2", g2(meta='<subject qcode="medtop:01000000"/>' * 5_000)),
    "keywords": ("newsml-g2", g2(meta="".join(f"<keyword>{n}</keyword>" for n in range(5_000)))),
    "properties": ("ninjs", ninjs(bodies=[{"value": "Words."}], **{f"x{n}": "y" * 50 for n in range(5_000)})),
    "associations": ("ninjs", ninjs(bodies=[{"value": "W."}], associations=[{"uri": f"u{n}"} for n in range(3_000)])),
    "values of wrong kinds": ("ninjs", ninjs(bodies=[None, 7, {"value": "Words."}], subjects="x", urgency=[], people=3,
                                             associations=[[]], renditions={"a": 1}, by={"x": "y"}, version=1.5)),
    "half a character": ("ninjs", ninjs(bodies=[{"value": "Words."}], slugline="\ud800")),
    "a link in disguise": ("newsml-g2", g2(HTML.format("<p><a href='java\tscript:alert(1)'>Words</a></p>"))),
    "a script in a caption": ("ninjs", ninjs(type="picture", descriptions=[
        {"value": "<p>Cap<script>x</script>tion</p>"}])),
    "terms": ("newsml-g2", g2().replace(b"<itemMeta/>", b"<rightsInfo><usageTerms>" + b"NO NOT FOR USE IN A, " * 5_000
                                        + b"</usageTerms></rightsInfo><itemMeta/>")),
    "a dateline without end": ("newsml-g2", g2(HTML.format("<p>" + "A - " * 20_000 + "</p>"),
                                                 meta="<by>" + "By x, " * 5_000 + "</by>")),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_it_is_read_all_the_same(name):
    format, raw = READ[name]
    (item,) = check(format, raw)
    assert isinstance(item, WireItem), item.message
    assert item.paragraphs


def test_packages_that_name_each_other_come_to_an_end():
    package = b'<packageItem><groupSet><itemRef href="a.xml"/><itemRef href="b.xml"/></groupSet></packageItem>'
    begun = time.process_time()
    (error,) = read("newsml-g2", package, lambda name: package if name.endswith((".xml", ".xml.xml")) else None)
    assert error.code == "package_empty"
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("format", STANDARD)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_damage_gives_items_and_errors(format, data):
    check(format, data.draw(damaged(format)))


@pytest.mark.parametrize("format", STANDARD)
@settings(max_examples=25, deadline=None)
@given(raw=st.binary(max_size=200))
def test_any_bytes_give_items_and_errors(format, raw):
    check(format, raw)
