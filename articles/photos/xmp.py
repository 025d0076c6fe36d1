"""XMP: what a picture says about itself in RDF. After the IPTC Photo Metadata Standard 2023.2 and the PLUS standard.

The packet is parsed with entities refused; nothing is fetched.
"""

from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from articles import text

MOST_BYTES, LONGEST, MOST_VALUES = 1_000_000, 8000, 200
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "core": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "ext": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
}
# One text, in the language that stands for all where there are several.
_TEXTS = {
    "title": "dc:title",
    "caption": "dc:description",
    "headline": "photoshop:Headline",
    "credit": "photoshop:Credit",
    "source": "photoshop:Source",
    "city": "photoshop:City",
    "province": "photoshop:State",
    "country": "photoshop:Country",
    "country_code": "core:CountryCode",
    "sublocation": "core:Location",
    "date_created": "photoshop:DateCreated",
    "original_date": "exif:DateTimeOriginal",
    "instructions": "photoshop:Instructions",
    "job": "photoshop:TransmissionReference",
    "byline_title": "photoshop:AuthorsPosition",
    "writer": "photoshop:CaptionWriter",
    "copyright": "dc:rights",
    "usage_terms": "rights:UsageTerms",
    "rights_page": "rights:WebStatement",
    "alt_text": "core:AltTextAccessibility",
    "extended_description": "core:ExtDescrAccessibility",
    "event": "ext:Event",
    "digital_source": "ext:DigitalSourceType",
    "image_id": "ext:DigImageGUID",
    "supplier_image_id": "plus:ImageSupplierImageID",
    "licence_start": "plus:LicenseStartDate",
    "licence_end": "plus:LicenseEndDate",
}
_LISTS = {
    "byline": "dc:creator",
    "keywords": "dc:subject",
    "people": "ext:PersonInImage",
    "organisations": "ext:OrganisationInImageName",
    "owners": "rights:Owner",
}
# Names inside of structures: the property, and the field of each that is wanted.
_STRUCTURES = {
    "people_in_detail": ("ext:PersonInImageWDetails", "ext:PersonName"),
    "copyright_owner": ("plus:CopyrightOwner", "plus:CopyrightOwnerName"),
    "image_creator": ("plus:ImageCreator", "plus:ImageCreatorName"),
    "image_supplier": ("plus:ImageSupplier", "plus:ImageSupplierName"),
    "licensor": ("plus:Licensor", "plus:LicensorName"),
    "licensor_page": ("plus:Licensor", "plus:LicensorURL"),
}
_PLACE = {
    "city": "ext:City",
    "province": "ext:ProvinceState",
    "country": "ext:CountryName",
    "country_code": "ext:CountryCode",
    "sublocation": "ext:Sublocation",
}
_PLACES = {"place_created": "ext:LocationCreated", "place_shown": "ext:LocationShown"}


def read(image) -> dict:
    """The properties that we use, by our names: text, lists of texts, places as dicts. Never raises."""
    return parse(packet(image))


def packet(image) -> bytes:
    found = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    if not found and image.format == "TIFF":
        found = image.tag_v2.get(700) or b""
    found = found.encode() if isinstance(found, str) else bytes(found)
    return found if len(found) <= MOST_BYTES else b""


def parse(data: bytes) -> dict:
    """The same of a packet."""
    try:
        root = ElementTree.fromstring(data.strip(b"\x00 \r\n\t"))
    except Exception:  # noqa: BLE001 - a broken or hostile packet, of whatever kind, must not cost the picture
        return {}
    found: dict[str, list] = {}
    for description in root.iter(f"{_RDF}Description"):
        for name, value in _properties(description):
            found.setdefault(name, []).append(value)
        if len(found) > 2000:
            break
    fields: dict = {}
    for key, name in _TEXTS.items():
        languages = _languages(found.get(_full(name), ()))
        if languages:
            fields[key] = _chosen(languages)
            if len(languages) > 1:
                fields[f"{key}_in"] = languages
    for key, name in _LISTS.items():
        fields[key] = _values(found.get(_full(name), ()))
    for key, (name, part) in _STRUCTURES.items():
        parts = [inner.get(_full(part)) for inner in _inner(found.get(_full(name), ()))]
        fields[key] = [words for one in parts if one is not None and (words := _chosen(_languages([one])))]
    for key, name in _PLACES.items():
        fields[key] = [_place(inner) for inner in _inner(found.get(_full(name), ()))]
    return {key: value for key, value in fields.items() if value}


def _full(name):
    space, _, local = name.partition(":")
    return f"{{{_SPACES[space]}}}{local}"


def _properties(node: Element):
    """(name, value) of an RDF description: a value is text or the element that holds it."""
    for name, value in node.attrib.items():
        if name.startswith("{") and not name.startswith(_RDF):
            yield name, value
    for child in node:
        yield child.tag, child


def _items(value):
    """The items of a bag, a sequence or alternatives; else the value itself, as (language, text)."""
    if isinstance(value, str):
        return [("", value)]
    items = [item for box in value for item in box if item.tag == f"{_RDF}li"] or [value]
    return [(item.get(_LANG, ""), item.text or "") for item in items[:MOST_VALUES]]


def _languages(values) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values:
        for language, words in _items(value):
            if words := text.clean_line(words[:LONGEST]):
                found.setdefault(language, words)
    return found


def _chosen(languages):
    order = ("x-default", "", "en", "en-US", "en-GB")
    return next((languages[one] for one in order if one in languages), next(iter(languages.values()), ""))


def _values(values) -> list[str]:
    words = [text.clean_line(words[:LONGEST]) for value in values for _, words in _items(value)]
    return list(dict.fromkeys(word for word in words if word))


def _inner(values):
    """Each structure of a property, as its own properties by name."""
    for value in values:
        if isinstance(value, str):
            continue
        items = [item for box in value for item in box if item.tag == f"{_RDF}li"] or [value]
        for item in items[:MOST_VALUES]:
            holder = item.find(f"{_RDF}Description")
            yield dict(_properties(item if holder is None else holder))


def _place(properties):
    place = {}
    for key, name in _PLACE.items():
        found = properties.get(_full(name))  # an element without children counts as nothing
        if found is not None:
            place[key] = _chosen(_languages([found]))
    return {key: value for key, value in place.items() if value}
