"""The XMP that a public file carries: whose picture it is, and nothing else. After the IPTC Photo Metadata Standard."""

from xml.sax.saxutils import escape

from articles import text

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
{properties}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def xmp_notice(photo) -> bytes:
    """Creator, credit, copyright and terms of that picture; how it was made, where that is known."""
    page = f"https://{'creativecommons.org/licenses/' + _cc(photo.licence)}" if _cc(photo.licence) else ""
    properties = [
        ("dc:creator", photo.photographer, "<rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq>"),
        ("photoshop:Credit", photo.credit, "{}"),
        ("dc:rights", photo.rights_holder or photo.credit, _ALTERNATIVES),
        ("xmpRights:UsageTerms", photo.usage_terms, _ALTERNATIVES),
        ("xmpRights:WebStatement", page, "{}"),
        ("Iptc4xmpExt:DigitalSourceType", photo.digital_source and _SOURCES + photo.digital_source, "{}"),
    ]
    lines = [
        f"<{name}>{form.format(escape(text.clean_line(value)))}</{name}>\n" for name, value, form in properties if value
    ]
    return _PACKET.format(properties="".join(lines)).encode()


_ALTERNATIVES = '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'


def _cc(licence):
    words = licence.split()
    return f"{words[1].lower()}/{words[2]}/" if len(words) == 3 and words[0] == "CC" else ""
