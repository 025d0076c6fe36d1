"""All official examples of ninjs and NewsML-G2: each is read as what it is, or refused for the right reason."""

import pytest

from articles.wire.formats import FORMATS, detect
from articles.wire.items import WireError, nothing_beside

CAPTAIN = "Captain of wrecked cruise ship on trial in Italy"
BY = "Paulo Santalucia and Frances d'Emilio"
# Of a story: headline (its beginning), the end of its id, paragraphs, pictures, language, codes of subjects (the first
# three), byline. Of what is refused: the code and a word of the reason.
NINJS = {
    "1.4/businesswire-newsml-20130515006361.json": ("Dell Redefines", "20130515006361/en", 1, 3, "en", [], ""),
    "1.4/businesswire-newsml-20130605006126.json": ("Cambrios被", "20130605006126/zh", 1, 0, "zh", [], ""),
    "1.4/businesswire-newsml-20130612006110.json": ("APP发布", "20130612006110/zh", 1, 0, "zh", [], ""),
    "1.4/businesswire-newsml-20130731006140.json": ("Lunch Taking", "20130731006140/en", 1, 1, "en", [], ""),
    "1.4/ninjs-1-4-examples.json": ("Test of three", "ninjs1-4-tests", 1, 0, "en", [], ""),
    "1.4/ninjsExComplex1.json": (CAPTAIN, "20130709cplx123", 4, 1, "en", [], BY),
    "1.4/ninjsExComplex2.json": (CAPTAIN, "20130709cplx456", 4, 2, "en", [], BY),
    "1.4/ninjsExMediumText1.json": (CAPTAIN, "20130709med123", 4, 0, "en", [], BY),
    "1.4/ninjsExSimplePhoto1.json": ("Costa Concordia cruise ship", "simpPh123", 1, 1, "en", [], "Paulo Santalucia"),
    "1.4/ninjsExSimpleText1.json": (CAPTAIN, "20130709simp123", 4, 0, "en", [], BY),
    "2.1/SIPA_image_2.json": ("Italy: Italy Demonstration", "2.1234567", 3, 1, "en", [], "Insidefoto"),
    "2.1/ap_audio.json": ("Next up in impeachment", "0a3aza2c0", 1, 0, "en", [], ""),
    "2.1/ap_image.json": ("Turkey Islamic State", "0a1aza3c0", 1, 1, "en", [], ""),
    "2.1/ap_video.json": ("House leaders double down", "0a3aza9c0", 1, 0, "en", [], ""),
    "2.1/businesswire-newsml-20130605006126.json": ("Cambrios被", "20130605006126/zh", 1, 0, "zh", [], ""),
    "2.1/businesswire-newsml-20130731006140.json": ("Lunch Taking", "20130731006140/en", 1, 1, "en", [], ""),
    "2.1/dpa_text.json": ("Faktencheck Derby-Elfmeter", "190510-99-167362", 9, 0, "de", [], "Christian Hollmann"),
    "2.1/imageEncodedRights.json": ("MotoGP - Spain", "TG346285", 1, 1, "en", [], "John Smith"),
    "2.1/imageLinkedRights.json": ("MotoGP - Spain", "TG346285", 1, 1, "en", [], "John Smith"),
    "2.1/ninjsExSimpleText_2.json": (CAPTAIN, "20130709simp123", 4, 0, "en", [], BY),
    "2.1/ntb_text.json": ("Google har kjøpt", "1207599f2872", 1, 0, "nb", ["subj:13010000", "subj:04011000"], ""),
    "2.1/tt_text_image_2.json": ("Militärövning i jätteformat", "a0f2d045", 5, 1, "sv", ["medtop:16000000"], ""),
    "3.0/20231004-UEFA-ChampionLeague.json": ("not_a_story", "an event"),
    "3.0/20231005-65-addb-event.json": ("not_a_story", "an event"),
    "3.0/20231008-anti-doping-measures-at-the-tour-down-under-will-be-the-toughest-ever-addb-ninjs-nitf.json": (
        "Anti-doping measures at the 'Tour Down Under'", "toughest-ever", 17, 0, "en",
        ["medtop:15000000", "medtop:20001105", "medtop:20000892"], "Trond Husø"),
    "3.0/20231016-addb-example-press-conference.json": ("not_a_story", "an event"),
    "3.0/SIPA_image_3.json": ("Italy: Italy Demonstration", "2.1234567", 3, 1, "en", [], "Insidefoto"),
    "3.0/ap_audio.json": ("Next up in impeachment", "0a3aza2c0", 1, 0, "en", [], ""),
    "3.0/ap_image.json": ("Turkey Islamic State", "0a1aza3c0", 1, 1, "en", [], ""),
    "3.0/ap_video.json": ("House leaders double down", "0a3aza9c0", 1, 0, "en", [], ""),
    "3.0/businesswire-newsml-20130605006126.json": ("Cambrios被", "20130605006126/zh", 1, 0, "zh", [], ""),
    "3.0/businesswire-newsml-20130731006140.json": ("Lunch Taking", "20130731006140/en", 1, 1, "en", [], ""),
    "3.0/dpa_text.json": ("Faktencheck Derby-Elfmeter", "190510-99-167362", 9, 0, "de", [], "Christian Hollmann"),
    "3.0/imageEncodedRights.json": ("MotoGP - Spain", "TG346285", 1, 1, "en", [], "John Smith"),
    "3.0/imageLinkedRights.json": ("MotoGP - Spain", "TG346285", 1, 1, "en", [], "John Smith"),
    "3.0/ninjsExSimpleText_3.json": (CAPTAIN, "20130709simp123", 4, 0, "en", [], BY),
    "3.0/ntb_text.json": ("Google har kjøpt", "1207599f2872", 1, 0, "nb", ["subj:13010000", "subj:04011000"], ""),
    "3.0/simpleEvent.json": ("not_a_story", "an event"),
    "3.0/tt_event_pressconference_3.0.json": ("not_a_story", "an event"),
    "3.0/tt_text_image_3.json": ("Militärövning i jätteformat", "a0f2d045", 5, 1, "sv", ["medtop:16000000"], ""),
    "3.1/001_simple_example.json": (CAPTAIN, "20130709simp123", 1, 0, "en", [], BY),
    "3.1/002_renditions_example.json": ("missing_body", "no text"),
    "3.1/003_associations_example.json": ("missing_body", "no text"),
    "3.1/004_simple_text_article.json": (CAPTAIN, "20130709simp123", 4, 0, "en", [], BY),
    "3.1/005_complex_text_article.json": (CAPTAIN, "20130709med123", 4, 0, "en", [], BY),
    "3.1/006_photo_only.json": ("Costa Concordia cruise ship", "simpPh123", 1, 1, "en", [], "Paulo Santalucia"),
    "3.1/007_multimedia.json": (CAPTAIN, "20130709cplx456", 4, 2, "en", [], BY),
    "3.1/008_event.json": ("not_a_story", "an event"),
}  # fmt: skip
FED = 'Fed to halt QE to avert "bubble"'
VEGAS = ("Variety Of Recessionary Forces", "GYI0062134533", 1, 1, "en", ["medtop:20000523", "medtop:20000533"], "")
SPORT = ["medtop:20000822", "medtop:20000849", "subj:15007000"]
MONEY = ["medtop:04000000", "medtop:20000350", "medtop:20000379"]
NEWSML_G2 = {
    "1_A_NewsML-G2_News_Item": ("missing_body", "no text"),
    "2_NewsML-G2_Text_Document": (FED, "US-FINANCE-FED", 2, 0, "en", MONEY, "Meredith Jameson"),
    "3A_Photo_in_NewsML-G2_(URI_sibling_attributes)": VEGAS,
    "3_Photo_in_NewsML-G2": VEGAS,
    "4_Multiple_Renditions_of_a_Video_in_NewsML-G2": ("- Amir Hussein", "video_1359566", 2, 0, "en", [], ""),
    "5_Multi-part_Video_in_NewsML-G2": ("Loriot retrospective", "407624", 2, 0, "en", ["medtop:01000000"], None),
    "6_Simple_NewsML-G2_Package": ("package_empty", "names 2 items, of which none came"),
    "7_Group_Set_example_showing_Hierarchical_Package_Structure": ("not_a_story", "<groupset>"),
    "8_Group_Set_example_showing_an_ALT_Package_Mode": ("not_a_story", "<groupset>"),
    "9_Group_Set_example_showing_a_SEQ_Package_Mode": ("not_a_story", "<groupset>"),
    "10_Abstract_Concept_conveyed_in_a_NewsML-G2_Concept_Item": ("not_a_story", "a concept"),
    "11_Person_Concept_conveyed_in_a_NewsML-G2_Concept_Item": ("not_a_story", "a concept"),
    "12_Knowledge_Item_for_Access_Codes": ("not_a_story", "a list of concepts"),
    "13_Complete_Catalog_Item": ("not_a_story", "a catalogue"),
    "14_Event_sent_as_a_Concept_Item": ("not_a_story", "a concept"),
    "15_Two_Related_Events_in_a_Knowledge_Item": ("not_a_story", "a list of concepts"),
    "16_A_Set_of_Events_carried_in_a_News_Item": ("not_a_story", "<events>"),
    "17_Planning_Item_a_CCL": ("not_a_story", "a plan of coverage"),
    "18_Planning_Item_at_PCL": ("not_a_story", "a plan of coverage"),
    "19_Planning_Item_with_delivery_at_CCL": ("not_a_story", "a plan of coverage"),
    "20_Planning_Item_with_delivery_at_PCL": ("not_a_story", "a plan of coverage"),
    "21_A_complete_sample_SportsML-G2_document": ("not_a_story", "<sports-content>"),
    "22_Sports_story_in_NewsML-G2NITF": ("Preview: Arizona", "xt.5932656-preview", 6, 0, "en", SPORT, ""),
    "23_SportsML-G2_Package": ("package_empty", "names 2 items, of which none came"),
    "24_News_Message_conveying_a_complete_News_Package": ("missing_body", "no text"),
    "25_An_NITF_marked-up_article_conveyed_in_inlineXML": ("not_a_story", "<contentset>"),
    "26_Embedded_photo_metadata_fields_mapped_to_NewsML-G2": ("A firefighter walks", "098658", 1, 1, "en", [], ""),
    "27_Company_Financial_Information": ("missing_body", "no text"),
    "28_Illustrating_Located_Subject_and_Dateline": ("not_a_story", "<contentmeta>"),
    "29_Hop_History": ("missing_body", "no text"),
}


def check(path, format, expected):
    raw = path.read_bytes()
    assert detect(raw[:4096]) == format
    with path.open("rb") as stream:
        found = list(FORMATS[format].parse(stream, nothing_beside))
    assert b"".join(one.raw for one in found) == raw
    if len(expected) == 2:
        assert {(one.code, expected[1] in one.message) for one in found if isinstance(one, WireError)} == {
            (expected[0], True)
        }
        assert all(isinstance(one, WireError) for one in found)
        return
    (item,) = found
    headline, end_of_id, paragraphs, photos, language, subjects, byline = expected
    assert item.headline.startswith(headline)
    assert item.provider_id.endswith(end_of_id)
    assert (len(item.paragraphs), len(item.photos), item.language) == (paragraphs, photos, language)
    codes = [subject.code for subject in item.subjects if subject.code.startswith(("medtop:", "subj:"))]
    assert codes[: len(subjects) or None] == subjects
    assert byline in (item.byline, None)
    assert all(photo.file and (photo.caption or photo.provider_id) for photo in item.photos)
    assert item.sent_at or "1-4-examples" in path.name


@pytest.mark.parametrize("name", NINJS)
def test_ninjs(shared, name):
    check(shared / "samples" / "ninjs" / name, "ninjs", NINJS[name])


@pytest.mark.parametrize("name", NEWSML_G2)
def test_newsml_g2(shared, name):
    check(shared / "samples" / "newsml-g2" / f"LISTING_{name}.xml", "newsml-g2", NEWSML_G2[name])


def test_none_is_left_out(shared):
    samples = shared / "samples"
    assert {str(path.relative_to(samples / "ninjs")) for path in samples.glob("ninjs/*/*.json")} == set(NINJS)
    assert {path.stem.removeprefix("LISTING_") for path in samples.glob("newsml-g2/*.xml")} == set(NEWSML_G2)
