"""What a picture file says about itself, field for field: EXIF, IPTC-IIM in either charset, XMP."""

import hashlib
from datetime import UTC, datetime

import pytest

from articles.photos import charsets, dates, iptc, metadata, xmp

from .photo_files import camera, iim_block, jpeg, xmp_packet

# The fields of the IPTC Photo Metadata Standard 2017.1 and later, as its reference picture fills them: each says which
# it is. Written into a picture of ours, in all the blocks that have the field.
REFERENCE_XMP = {
    "dc:title": {"x-default": "The Title (ref2017.1)"},
    "dc:description": {"x-default": "The description aka caption (ref2017.1)", "ar": "الشرح"},
    "dc:creator": ["seq", "Creator1 (ref2017.1)"],
    "dc:rights": {"x-default": "Copyright (Notice) 2017.1 IPTC - www.iptc.org  (ref2017.1)"},
    "dc:subject": ["bag", "Keyword1ref2017.1", "Keyword2ref2017.1", "Keyword3ref2017.1"],
    "photoshop:Headline": "The Headline (ref2017.1)",
    "photoshop:Credit": "Credit Line (ref2017.1)",
    "photoshop:Source": "Source (ref2017.1)",
    "photoshop:City": "City (Core) (ref2017.1)",
    "photoshop:State": "Province/State (Core) (ref2017.1)",
    "photoshop:Country": "Country (Core) (ref2017.1)",
    "photoshop:DateCreated": "2017-05-29T17:19:21-04:00",
    "photoshop:Instructions": "An Instruction (ref2017.1)",
    "photoshop:TransmissionReference": "Job Id (ref2017.1)",
    "photoshop:AuthorsPosition": "Creator's Job Title  (ref2017.1)",
    "photoshop:CaptionWriter": "Description Writer (ref2017.1)",
    "Iptc4xmpCore:CountryCode": "R17",
    "Iptc4xmpCore:Location": "Sublocation (Core) (ref2017.1)",
    "Iptc4xmpCore:AltTextAccessibility": {"x-default": "This is the Alt Text description (ref2022.1)"},
    "Iptc4xmpCore:ExtDescrAccessibility": {"x-default": "This is the Extended Description (ref2022.1)"},
    "Iptc4xmpExt:PersonInImage": ["bag", "Person Shown 1 (ref2017.1)", "Person Shown 2 (ref2017.1)"],
    "Iptc4xmpExt:PersonInImageWDetails": ["bag", {"Iptc4xmpExt:PersonName": {"x-default": "Person 3 (ref2017.1)"}}],
    "Iptc4xmpExt:OrganisationInImageName": ["bag", "Organisation Name 1 (ref2017.1)"],
    "Iptc4xmpExt:Event": {"x-default": "An Event (ref2017.1)"},
    "Iptc4xmpExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/softwareImage",
    "Iptc4xmpExt:DigImageGUID": "http://example.com/imageGUIDs/TestGUID12345/",
    "Iptc4xmpExt:LocationShown": [
        "bag",
        {
            "Iptc4xmpExt:City": "City (Location shown1) (ref2017.1)",
            "Iptc4xmpExt:CountryName": {"x-default": "CountryName (Location shown1) (ref2017.1)"},
            "Iptc4xmpExt:CountryCode": "R17",
        },
    ],
    "Iptc4xmpExt:LocationCreated": ["bag", {"Iptc4xmpExt:City": "City (Location created1) (ref2017.1)"}],
    "xmpRights:UsageTerms": {"x-default": "Rights Usage Terms (ref2017.1)"},
    "xmpRights:WebStatement": "http://www.WebStatementOfRights.org/2017.1",
    "plus:CopyrightOwner": ["seq", {"plus:CopyrightOwnerName": "Copyright Owner Name 1 (ref2017.1)"}],
    "plus:ImageCreator": ["seq", {"plus:ImageCreatorName": "Image Creator Name 1 (ref2017.1)"}],
    "plus:ImageSupplier": ["seq", {"plus:ImageSupplierName": "Image Supplier Name (ref2017.1)"}],
    "plus:ImageSupplierImageID": "Image Supplier Image ID (ref2017.1)",
    "plus:Licensor": ["seq", {"plus:LicensorName": "Licensor Name 1 (ref2017.1)"}],
}
REFERENCE_IIM = [
    (1, 90, b"\x1b%G"),
    (5, b"The Title (ref2017.1)"),
    (25, b"Keyword1ref2017.1"),
    (25, b"Keyword2ref2017.1"),
    (25, b"Keyword3ref2017.1"),
    (40, b"An Instruction (ref2017.1)"),
    (55, b"20170529"),
    (60, b"171921-0400"),
    (80, b"Creator1 (ref2017.1)"),
    (85, b"Creator's Job Title  (ref2017.1)"),
    (90, b"City (Core) (ref2017.1)"),
    (92, b"Sublocation (Core) (ref2017.1)"),
    (95, b"Province/State (Core) (ref2017.1"),  # 32 octets: the bracket had no room
    (100, b"R17"),
    (101, b"Country (Core) (ref2017.1)"),
    (103, b"Job Id (ref2017.1)"),
    (105, b"The Headline (ref2017.1)"),
    (110, b"Credit Line (ref2017.1)"),
    (115, b"Source (ref2017.1)"),
    (116, b"Copyright (Notice) 2017.1 IPTC - www.iptc.org  (ref2017.1)"),
    (120, b"The description aka caption (ref2017.1)"),
    (122, b"Description Writer (ref2017.1)"),
]
REFERENCE_EXIF = {
    "ImageDescription": "The description aka caption (ref2017.1)",
    "Artist": "Creator1 (ref2017.1)",
    "Copyright": "Copyright (Notice) 2017.1 IPTC - www.iptc.org  (ref2017.1)",
    "DateTimeOriginal": "2017:05:29 17:19:21",
}


def read_reference(blocks):
    kw = {"iim": REFERENCE_IIM, "xmp": xmp_packet(REFERENCE_XMP), "exif": camera(**REFERENCE_EXIF)}
    return metadata.read(jpeg(**{name: value for name, value in kw.items() if name in blocks}))


def test_the_reference_picture_is_read_field_for_field():
    found = read_reference(("iim", "xmp", "exif"))
    assert found.fields == {
        "headline": "The Headline (ref2017.1)",
        "caption": "The description aka caption (ref2017.1)",
        "alt_text": "This is the Alt Text description (ref2022.1)",
        "extended_description": "This is the Extended Description (ref2022.1)",
        "credit": "Credit Line (ref2017.1)",
        "photographer": "Creator1 (ref2017.1)",
        "people": ["Person Shown 1 (ref2017.1)", "Person Shown 2 (ref2017.1)", "Person 3 (ref2017.1)"],
        "keywords": ["Keyword1ref2017.1", "Keyword2ref2017.1", "Keyword3ref2017.1"],
        "city": "City (Core) (ref2017.1)",
        "rights_holder": "Copyright Owner Name 1 (ref2017.1)",
        "usage_terms": "Rights Usage Terms (ref2017.1)",
        "instructions": "An Instruction (ref2017.1)",
        "licence": "http://www.WebStatementOfRights.org/2017.1",
        "provider_id": "Image Supplier Image ID (ref2017.1)",
        "digital_source": "softwareImage",
    }
    assert found.taken_at == datetime(2017, 5, 29, 21, 19, 21, tzinfo=UTC)
    assert (found.taken_offset, found.taken_precision) == (-240, "time")
    assert found.place == {
        "city": "City (Core) (ref2017.1)",
        "province": "Province/State (Core) (ref2017.1)",
        "country": "Country (Core) (ref2017.1)",
        "country_code": "R17",
    }
    assert found.names[:2] == ["Image Supplier Name (ref2017.1)", "Source (ref2017.1)"]


def every_text(value):
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value[1:]
    return [text for part in parts for text in every_text(part)]


def test_each_block_of_the_reference_picture_says_what_it_can_by_itself():
    said = read_reference(("xmp",)).metadata["xmp"]
    words = " ".join(str(value) for value in said.values())
    for name, value in REFERENCE_XMP.items():
        for text in every_text(value):
            assert " ".join(text.split()) in words, name
    assert said["caption_in"]["ar"] == "الشرح"
    old = read_reference(("iim",))
    assert old.metadata["iptc"] == iptc.parse(iim_block(REFERENCE_IIM))
    assert old.metadata["iptc"].keys() == {iptc.NAMES[record[0]] for record in REFERENCE_IIM if len(record) == 2}
    assert old.fields["caption"] == "The description aka caption (ref2017.1)"
    assert old.taken_offset == -240
    camera_alone = read_reference(("exif",))
    assert camera_alone.fields["photographer"] == "Creator1 (ref2017.1)"
    assert (camera_alone.taken_at.hour, camera_alone.taken_offset) == (17, None)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", "Une fenêtre à Orléans, où l’on dîne – «déjà» à 20 €"),
        ("cp1252", "Une fenêtre à Orléans, où l’on dîne – «déjà» à 20 €"),
        ("latin-1", "Zürich, Málaga und São Paulo: größer"),
        ("mac_roman", "Une fenêtre à Orléans, où l’on dîne – «déjà» à Liège"),
        ("mac_roman", "München, Malmö, Córdoba"),
        ("cp1256", "قارب في ميناء صيدا جنوب لبنان يوم الاثنين"),
    ],
)
def test_iim_that_does_not_say_its_charset_is_read_by_its_letters(encoding, words):
    block = iim_block([(120, words.encode(encoding))])
    assert iptc.parse(block)["caption"] == words
    assert charsets.guess(words.encode(encoding)) in (encoding, "cp1252")


@pytest.mark.parametrize(("code", "encoding"), [(b"\x1b%G", "utf-8"), (b"\x1b.A", "latin-1"), (b"\x1b-G", "iso8859_6")])
def test_iim_that_says_its_charset_is_believed(code, encoding):
    words = "مرحبا" if encoding == "iso8859_6" else "Ãéü"
    assert iptc.parse(iim_block([(1, 90, code), (120, words.encode(encoding))]))["caption"] == words


def test_a_field_cut_for_want_of_room_gives_way_to_the_whole():
    whole = "Association of Photographers of the Lebanon"
    cut = whole.encode()[:32]
    stale = b"\x01" * 16  # the datasets were changed after XMP was written
    data = jpeg(
        iim=[(110, cut), (120, b"Changed by an old program.")],
        xmp=xmp_packet({"photoshop:Credit": whole, "dc:description": {"x-default": "As it was."}}),
        digest=stale,
    )
    fields = metadata.read(data).fields
    assert fields["credit"] == whole
    assert fields["caption"] == "Changed by an old program."


def test_of_two_that_differ_xmp_is_believed_where_nobody_changed_the_other_since():
    records = [(120, b"Older words.")]
    digest = hashlib.md5(iim_block(records), usedforsecurity=False).digest()
    packet = xmp_packet({"dc:description": {"x-default": "Newer words."}})
    for kept in (digest, None):
        assert metadata.read(jpeg(iim=records, xmp=packet, digest=kept)).fields["caption"] == "Newer words."


def test_repeated_bylines_are_one_line_and_camera_names_no_caption():
    data = jpeg(iim=[(80, b"Lina Haddad"), (80, b"Omar Said")], exif=camera(ImageDescription="OLYMPUS DIGITAL CAMERA"))
    assert metadata.read(data).fields == {"photographer": "Lina Haddad and Omar Said"}


def test_an_xmp_packet_may_write_properties_as_attributes_and_structures_as_descriptions():
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Sidon"/>'
        b'<rdf:Description xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"><plus:Licensor><rdf:Seq><rdf:li>'
        b"<rdf:Description plus:LicensorName='Harbour Agency'/></rdf:li></rdf:Seq></plus:Licensor></rdf:Description>"
        b"</rdf:RDF></x:xmpmeta>"
    )
    assert xmp.parse(packet) == {"city": "Sidon", "licensor": ["Harbour Agency"]}


@pytest.mark.parametrize(
    ("candidates", "wall", "offset", "precision"),
    [
        ([dates.exif("2026:11:30 14:05:09", "+02:00")], "2026-11-30T14:05:09", 120, "time"),
        ([dates.exif("2026:11:30 14:05:09"), dates.iim("20261130", "140500+0330")], "2026-11-30T14:05:00", 210, "time"),
        ([dates.iim("20261130"), dates.iso("2026-11-30T09:00Z")], "2026-11-30T09:00:00", 0, "time"),
        ([dates.iim("20260000")], "2026-01-01T00:00:00", None, "year"),
        ([dates.iso("1931-06")], "1931-06-01T00:00:00", None, "month"),
        ([None, dates.iso("2026-11-30")], "2026-11-30T00:00:00", None, "day"),
    ],
)
def test_the_time_keeps_its_zone_and_its_closeness(candidates, wall, offset, precision):
    found = dates.best(candidates)
    assert (found.wall.isoformat(), found.offset, found.precision) == (wall, offset, precision)


@pytest.mark.parametrize("value", ["0000:00:00 00:00:00", "2026:13:45 99:99:99", "yesterday", "", "9999-01-01"])
def test_what_is_no_time_is_none(value):
    assert dates.exif(value) is None
    assert dates.iso(value) is None
    assert dates.iim(value) is None
