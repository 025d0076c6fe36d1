"""NITF, NewsML-G2, NewsML 1.2 and ninjs as agencies send them: every part where it belongs, and nothing lost."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.wire.files import _beside
from articles.wire.formats import FORMATS, detect
from articles.wire.items import Named, Standing, Subject, WireError, WireItem, nothing_beside

SAMPLES = Path(__file__).parent / "samples"
SAMPLE_FILES = [
    path for folder in ("nitf", "newsml-g2", "newsml1", "ninjs") for path in sorted((SAMPLES / folder).iterdir())
]


@pytest.fixture(autouse=True)
def _newsroom_in_beirut(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Beirut")


def read(name: str) -> list[WireItem | WireError]:
    path = SAMPLES / name
    format = detect(path.read_bytes()[:4096])
    assert format == path.parent.name
    with path.open("rb") as stream:
        return list(FORMATS[format].parse(stream, _beside(path, set())))


def read_bytes(raw: bytes) -> list[WireItem | WireError]:
    return list(FORMATS[detect(raw[:4096])].parse(io.BytesIO(raw), nothing_beside))


def texts(item):
    return [paragraph.text for paragraph in item.paragraphs]


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_byte_is_kept_and_every_story_is_numbered(path):
    found = read(f"{path.parent.name}/{path.name}")
    assert [one.story for one in found] == list(range(1, len(found) + 1))
    kept = b"".join(one.raw for one in found)
    assert len(kept) >= path.stat().st_size
    assert all(line in kept for line in path.read_bytes().splitlines())


def test_nitf():
    (item,) = read("nitf/port.xml")
    assert item.headline == "Port of Tartus reopens — after a week"
    assert item.headlines == {"second": "Breakwater repaired"}
    assert (item.byline, item.dateline, item.dateline_agency) == ("Nadia Haddad", "Tartus", "Reuters")
    assert item.standfirst == "Ships call again at Syria's second port."
    assert texts(item) == [
        "The port of Tartus reopened on Sunday after a week of repairs.",
        "A long week",
        "“The first ship came in at dawn,” Samir Khoury said.",
        "Two berths are open.",
        "One is not.",
        "Berth | Open",
        "1 | yes",
    ]
    assert [paragraph.text for paragraph in item.paragraphs if paragraph.is_crosshead] == ["A long week"]
    assert "<p>The port of Tartus <em>reopened</em> on Sunday" in item.html
    assert item.sign_off.split("\n") == [
        "((Beirut newsroom))",
        "(Reporting by Nadia Haddad; Editing by John Smith)",
        "nh/js",
    ]
    (photo,) = item.photos
    assert (photo.file, photo.alt_text) == ("pictures/crane.jpg", "A crane")
    assert (photo.caption, photo.credit) == ("A crane unloads grain in Tartus on Sunday.", "Reuters")
    assert photo.photographer == "Omar Saleh"
    assert (item.provider, item.provider_id, item.version) == ("Levant Wire", "LW-20260301-0042", "2")
    assert (item.slugline, item.urgency, item.genre) == ("SYRIA-PORT", 3, "Current")
    assert item.sent_at == at(2026, 3, 1, 8, 15)
    assert item.embargo_until is None  # released when it was issued
    assert item.subjects == [
        Subject("medtop:20000344", "transport"),
        Subject("subj:04015000", "Transport"),
        Subject("subj:03000000", "Disaster and accident"),
    ]
    assert Named("Paris", "iso3166-1a2:FR", "located") in item.places
    assert any(place.code == "iso3166-1a2:SY" and place.role == "subject" for place in item.places)
    assert [person.name for person in item.persons] == ["Samir Khoury"]
    assert [body.name for body in item.organisations] == ["Port Authority"]
    assert item.keywords == ["Tartus", "shipping"]
    assert (item.usage.no_archive, item.usage.excluded_territories) == (True, ["FR"])
    assert item.ednote.split("\n") == ["Recasts with quote.", "Pictures follow."]
    assert item.unmapped["event"] == "Storm of February"
    assert item.unmapped["meta anpa-category"] == "i"
    assert "date.expire" in item.unmapped


def test_what_is_for_editors_never_reaches_the_text():
    (item,) = read("nitf/hafen.xml")
    assert texts(item) == ["Der Hafen ist wieder offen.", "Die ersten Schiffe kamen am Morgen."]
    for note in ("Nur für Kunden", "Achtung: Neu", "0421", "Mitteilung des Hafens"):
        assert note in item.ednote
        assert note not in item.html
    assert item.language == "de"
    assert item.byline == "Erika Muster"
    assert item.sent_at == at(2026, 3, 1, 8, 15)  # read as the newsroom's own time, with a warning
    assert any(warning.startswith("time_without_zone") for warning in item.warnings)


def test_a_newsml_g2_message():
    story, canceled, withheld, data = read("newsml-g2/message.xml")
    assert story.headline == "Port of Tartus reopens"
    assert story.headlines == {"short": "Port reopens"}
    assert story.byline == "Nadia Haddad and Omar Saleh"
    assert (story.dateline, story.dateline_agency) == ("Tartus", "Reuters")
    assert texts(story) == ["The port reopened on Sunday. More", "Ships", "Four ships came in."]
    assert story.html.startswith("<p><strong>The port reopened</strong> on Sunday. More</p>\n<h2>Ships</h2>")
    assert story.sign_off == "(Reporting by Nadia Haddad; Editing by John Smith)"
    assert story.ednote == "Corrects the number of ships.\nDesk: photo to follow."
    assert (story.language, story.version, story.urgency, story.slugline) == ("en", "3", 3, "SYRIA-PORT")
    assert story.provider_id == "urn:newsml:levantwire.example:20260301:text-1"
    assert story.embargo_until == at(2026, 3, 1, 16)  # no zone of its own: that of its other times
    assert any("time_without_zone" in warning for warning in story.warnings)
    assert story.replaces == ["urn:newsml:levantwire.example:20260228:text-9", "OLD-7"]
    assert story.related == [
        "urn:newsml:levantwire.example:20260227:text-4",
        "urn:newsml:levantwire.example:20260301:pkg-1",
    ]
    assert story.subjects == [Subject("medtop:20000523", "labour market"), Subject("subj:04015000", "Transport")]
    assert story.places == [
        Named("Beirut", "iso3166-1a2:LB", "located"),
        Named("Tartus", "iso3166-1a2:SY", "subject"),
    ]
    assert (story.usage.no_archive, story.usage.excluded_territories) == (True, ["CA"])
    assert story.unmapped["altId slot"] == "S-12"
    assert story.unmapped["signal"] == "correction"
    assert "contentMeta icon" in story.unmapped
    (photo,) = story.photos
    assert (photo.file, photo.caption) == ("crane.jpg", "A crane unloads grain in Tartus.")
    assert (photo.photographer, photo.credit, photo.taken_at) == ("Omar Saleh", "Levant Wire", at(2026, 3, 1, 4))

    assert (canceled.standing, canceled.provider_id[-6:], canceled.version) == (Standing.CANCELED, "text-2", "4")
    assert withheld.standing == Standing.WITHHELD  # an embargo without an end
    assert texts(withheld) == ["The minister spoke.", "She said more later."]
    assert (data.code, data.message) == ("not_a_story", "The item holds <results>, which is data and no story.")


def test_a_package_finds_what_lies_beside_it_and_nothing_else(tmp_path):
    (item,) = read("newsml-g2/package.xml")
    assert item.headline == "مرفأ طرطوس يعود إلى العمل"
    assert texts(item)[0] == "عاد مرفأ طرطوس إلى العمل يوم الأحد بعد أسبوع من الإصلاحات."
    assert (item.language, item.direction, item.byline) == ("ar", "rtl", "نادية حداد")
    assert "للتواصل" in item.ednote
    assert "للتواصل" not in item.html
    assert [photo.file for photo in item.photos] == ["harbour.jpg"]

    alone = (SAMPLES / "newsml-g2" / "package.xml").read_bytes()
    (error,) = read_bytes(alone)
    assert (error.code, error.raw) == ("package_empty", alone)
    assert "names 4 items, of which none came with it" in error.message


def test_what_a_package_names_is_all_taken_and_what_is_broken_is_told():
    two = (
        b"<newsMessage>"
        + b"".join(
            b"<newsItem guid='%s'><contentMeta><headline>%s</headline></contentMeta>"
            b"<contentSet><inlineData>Words.</inlineData></contentSet></newsItem>" % (guid, guid)
            for guid in (b"one", b"two")
        )
        + b"</newsMessage>"
    )
    files = {"two.xml": two, "broken.xml": b"<newsItem guid='b'><contentMeta>", "a.jpg": b"never opened"}
    package = (
        b"<packageItem guid='p'><groupSet><itemRef residref='two' href='two.xml'/><itemRef href='broken.xml'/>"
        b"<itemRef href='a.jpg' contenttype='image/jpeg'><description>A crane. (AFP)</description></itemRef>"
        b"</groupSet></packageItem>"
    )
    one, two, error = FORMATS["newsml-g2"].parse(io.BytesIO(package), files.get)
    assert (one.headline, two.headline) == ("one", "two")
    assert [(photo.file, photo.credit) for photo in two.photos] == [("a.jpg", "AFP")]
    assert error.message.startswith("broken.xml, which a package names: The XML cannot be read")


def test_what_lies_beside_is_opened_within_its_folder_alone(tmp_path):
    (tmp_path / "secret.xml").write_bytes(b"secret")
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.xml").write_bytes(b"a")
    (folder / "link.xml").symlink_to(tmp_path / "secret.xml")
    (folder / "out").symlink_to(tmp_path)
    beside = _beside(folder / "package.xml", set())
    assert beside("sub/a.xml") == b"a"
    for name in (
        "../secret.xml",
        str(tmp_path / "secret.xml"),
        "link.xml",
        "out/secret.xml",
        "none",
        "a\0b",
        "x" * 5000,
    ):
        assert beside(name) is None


def test_newsml_1():
    story, first, second, gone = read("newsml1/port.xml")
    assert (story.provider_id, story.version) == ("urn:newsml:levantwire.example:20260301:port", "2")
    assert (story.headline, story.headlines) == ("Port of Tartus reopens", {"second": "Breakwater repaired"})
    assert (story.byline, story.dateline, story.dateline_agency) == ("Nadia Haddad", "Tartus", "AP")
    assert texts(story) == ["The port reopened on Sunday, café and all.", "Four ships came in."]
    assert any(warning.startswith("charset") for warning in story.warnings)
    assert story.sign_off == "nh/js"
    assert story.embargo_until == at(2026, 3, 1, 16)
    assert (story.first_sent_at, story.sent_at) == (at(2026, 3, 1, 5), at(2026, 3, 1, 8, 15))
    assert story.replaces == ["urn:newsml:levantwire.example:20260228:port-early:1"]
    assert story.related == ["urn:newsml:levantwire.example:20260227:storm:1"]
    assert [subject.code for subject in story.subjects] == ["subj:04015000"]
    assert story.places == [
        Named("Beirut", "iso3166-1a2:LB", "located"),
        Named("Tartus", "iso3166-1a2:SY", "subject"),
    ]
    assert (story.urgency, story.genre, story.provider, story.ednote) == (3, "Current", "Levant Wire", "Adds detail.")
    assert (story.usage.no_syndication, story.usage.excluded_territories) == (True, ["FR"])
    assert story.keywords == ["port", "ships"]
    assert story.unmapped["Instruction"] == "Update"
    (photo,) = story.photos
    assert (photo.file, photo.caption, photo.credit) == ("crane.jpg", "A crane unloads grain.", "Levant Wire")
    assert photo.photographer == "Omar Saleh"

    assert (first.headline, texts(first)) == ("First of two", ["One story."])
    assert (second.headline, texts(second)) == ("Second of two", ["Another story.", "It goes on."])
    assert first.provider_id != second.provider_id
    assert (gone.standing, gone.provider_id) == (Standing.CANCELED, "urn:newsml:levantwire.example:20260228:gone")


def test_ninjs_of_superdesk():
    (item,) = read("ninjs/superdesk.json")
    assert (item.provider, item.provider_id, item.version) == ("Levant Wire", "tag:levantwire.example:2026:port-2", "2")
    assert item.replaces == ["tag:levantwire.example:2026:port-1"]
    assert (item.headline, item.byline, item.dateline) == ("Port of Tartus reopens", "Nadia Haddad", "Tartus")
    assert item.html == "<p>The port reopened.</p>\n<h2>Ships</h2>\n<p>Four ships came in.</p>"
    assert item.sign_off == "(Reporting by Nadia Haddad; Editing by John Smith)"
    assert item.ednote == "Adds quote.\nEditor's note: keep the last paragraph."
    assert (item.standfirst, item.urgency, item.genre) == ("Ships call again.", 3, "Article")
    assert item.embargo_until == at(2026, 3, 1, 16)
    assert item.subjects == [
        Subject("subj:04015000", "transport"),
        Subject("medtop:20000344", "shipping"),
        Subject("desk:x1", "Levant"),
    ]
    assert item.places == [Named("Tartus", "iso3166-1a2:SY", "subject"), Named("Middle East", "", "subject")]
    assert item.usage.no_archive
    assert item.unmapped["service"] == "World w"
    (photo,) = item.photos
    assert (photo.file, photo.caption, photo.alt_text) == (
        "a.jpg",
        "A crane unloads grain.",
        "A yellow crane over a ship",
    )
    assert (photo.photographer, photo.credit) == ("Omar Saleh", "Levant Wire")


def test_a_package_of_ninjs_gives_its_stories():
    one, two = read("ninjs/package.json")
    assert (one.headline, texts(one)) == ("Port reopens", ["The port reopened."])
    assert (two.language, texts(two)) == ("fr", ["Le port a rouvert."])
    assert two.ednote == "NE PAS PUBLIER: contact 01."
    assert one.related == two.related == ["tag:levantwire.example:2026:pkg-3"]


def test_an_array_of_ninjs_loses_nothing_to_a_bad_one():
    withheld, two, event, gap, broken, never = read("ninjs/array.json")
    assert (withheld.standing, withheld.provider_id) == (Standing.WITHHELD, "urn:a:1")
    assert texts(two) == ["El puerto abre.", "Ya está."]
    assert (two.ednote, two.replaces, two.headlines) == ("ATENCIÓN EDITORES: fotos.", ["urn:a:0"], {"web": "Web two"})
    assert two.sent_at is None
    assert any("9999" in warning for warning in two.warnings)
    assert two.unmapped["trustindicators"] == "Corrections policy"
    assert (event.code, gap.code, broken.code, never.code) == (
        "not_a_story",
        "embargo_unclear",
        "not_json",
        "embargo_unclear",
    )
    assert "clock change" in gap.message
    assert "9999" in never.message


NOT_THESE = [
    (b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": []}', "ninjs"),
    (b"Port of Tartus reopens\n\nThe port reopened.", "nitf"),
    (b"<rss version='2.0'><channel/></rss>", "newsml-g2"),
    (b"<p>Some words</p>", "xml"),
    (b"\x89PNG", "ninjs"),
]


@pytest.mark.parametrize(("head", "name"), NOT_THESE)
def test_a_format_does_not_claim_what_is_not_its_own(head, name):
    assert not FORMATS[name].detect(head)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", ["nitf/port.xml", "newsml-g2/message.xml", "newsml1/port.xml", "ninjs/superdesk.json"])
def test_each_is_told_and_read_in_every_encoding(name, encoding):
    words = "\n\n" + (SAMPLES / name).read_text("utf-8")
    found = read_bytes(words.encode(encoding))
    assert detect(words.encode(encoding)[:4096]) == name.split("/")[0]
    assert [getattr(one, "headline", "") for one in found] == [getattr(one, "headline", "") for one in read(name)]


def test_xml_of_another_kind_is_refused_with_its_name():
    (error,) = read_bytes(b"<?xml version='1.0'?><catalogue><p>words</p></catalogue>")
    assert (error.code, error.message) == (
        "unknown_format",
        "This is XML of a kind that is not read here: it begins with <catalogue>.",
    )


def test_a_message_of_any_length_is_read_as_it_comes():
    class Stream(io.RawIOBase):
        """A message that goes on for ever; ``given`` says how much of it was asked for."""

        given, begun = 0, False

        def read(self, size=-1):
            item = (
                b'<newsItem guid="g"><itemMeta/><contentMeta><headline>H</headline></contentMeta><contentSet>'
                b'<inlineData contenttype="text/plain">A story of one paragraph.</inlineData></contentSet></newsItem>\n'
            )
            head, self.begun = (b"" if self.begun else b"<newsMessage><itemSet>"), True
            chunk = (head + item * (size // len(item)))[:size] or item
            self.given += len(chunk)
            return chunk if head else item * max(1, size // len(item))

    stream = Stream()
    stories = FORMATS["newsml-g2"].parse(stream, nothing_beside)
    first = [next(stories) for _ in range(300)]
    assert all(texts(item) == ["A story of one paragraph."] for item in first)
    assert first[-1].story == 300
    assert stream.given < 1_000_000


def test_what_a_newsml_g2_item_asserts_of_its_concepts_is_known_where_they_are_named():
    (item,) = read_bytes(
        b'<newsItem guid="g"><assert qcode="loc:77"><name>Port Sudan</name><type qcode="cpnat:geoArea"/>'
        b'<broader qcode="iso3166-1a2:SD"><name>Sudan</name></broader></assert>'
        b'<assert qcode="own:4"><name>Ports</name><sameAs qcode="medtop:20000298"/></assert>'
        b'<assert qcode="p:9"><name>Amal Idris</name><type qcode="cpnat:person"/></assert>'
        b"<assert><name>nobody</name></assert>"
        b'<contentMeta><headline>H</headline><subject qcode="own:4"/><subject qcode="loc:77"/>'
        b'<subject qcode="p:9" type="cpnat:person"><name>A. Idris</name></subject></contentMeta>'
        b"<contentSet><inlineXML><html><body><p>Words enough to be a story, it is hoped.</p></body></html>"
        b"</inlineXML></contentSet></newsItem>"
    )
    assert item.places == [Named("Port Sudan", "iso3166-1a2:SD", "subject")]
    assert item.subjects == [Subject("medtop:20000298", "Ports")]
    assert item.persons == [Named("A. Idris", "p:9")]
