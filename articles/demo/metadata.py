"""What a picture says about itself: EXIF, IPTC-IIM and XMP, written as agencies write them.

After the IPTC Photo Metadata Standard 2023.2, the IPTC-NAA Information Interchange Model 4.2 and the Exif 3.0
specification. Pillow writes EXIF and XMP; the IIM block is put together here.
"""

from datetime import datetime
from fractions import Fraction
from xml.sax.saxutils import escape

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

# The IPTC's term for a picture that a program drew without having learnt from others.
DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    photoshop:Credit="{credit}"
    photoshop:Source="{source}"
    photoshop:Headline="{title}"
    photoshop:City="{city}"
    photoshop:Country="{country}"
    photoshop:DateCreated="{date}"
    Iptc4xmpCore:CountryCode="{country_code}"
    Iptc4xmpExt:DigitalSourceType="{digital_source}">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt></dc:description>
   <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt></dc:rights>
   <dc:creator><rdf:Seq><rdf:li>{artist}</rdf:li></rdf:Seq></dc:creator>
   <dc:subject><rdf:Bag>{keywords}</rdf:Bag></dc:subject>
   <Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{alt}</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""  # noqa: E501


def exif(picture, orientation: int = 1) -> Image.Exif:
    """The picture's EXIF; no camera is named, because there was none."""
    block, when = Image.Exif(), datetime.fromisoformat(picture.date)
    block[Base.ImageDescription] = _ascii(picture.caption)
    block[Base.Artist] = _ascii(picture.artist)
    block[Base.Copyright] = _ascii(picture.rights)
    block[Base.Orientation] = orientation
    details = block.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal] = when.strftime("%Y:%m:%d %H:%M:%S")
    details[Base.OffsetTimeOriginal] = picture.date[-6:]
    if picture.gps:
        place = block.get_ifd(IFD.GPSInfo)
        latitude, longitude = picture.gps
        place[GPS.GPSLatitudeRef] = "N" if latitude >= 0 else "S"
        place[GPS.GPSLatitude] = _degrees(latitude)
        place[GPS.GPSLongitudeRef] = "E" if longitude >= 0 else "W"
        place[GPS.GPSLongitude] = _degrees(longitude)
    return block


def xmp(picture) -> bytes:
    """The picture's XMP packet."""
    values = {
        name: escape(getattr(picture, name), {'"': "&quot;"})
        for name in (
            "title",
            "caption",
            "credit",
            "source",
            "artist",
            "rights",
            "alt",
            "city",
            "country",
            "country_code",
        )
    }
    keywords = "".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in picture.keywords)
    return _XMP.format(**values, date=picture.date, keywords=keywords, digital_source=DIGITAL_SOURCE).encode()


def iim_segment(picture) -> bytes:
    """A whole APP13 segment: Photoshop's image resource 0x0404 with the IIM datasets in UTF-8."""
    when = datetime.fromisoformat(picture.date)
    records = [
        (1, 90, b"\x1b%G"),  # what follows is UTF-8
        (2, 0, b"\x00\x04"),
        (2, 5, picture.title),
        *((2, 25, word) for word in picture.keywords),
        (2, 55, when.strftime("%Y%m%d")),
        (2, 60, when.strftime("%H%M%S%z")),
        (2, 80, picture.artist),
        (2, 90, picture.city),
        (2, 100, picture.country_code),
        (2, 101, picture.country),
        (2, 105, picture.title),
        (2, 110, picture.credit),
        (2, 115, picture.source),
        (2, 116, picture.rights),
        (2, 120, picture.caption),
    ]
    data = b"".join(_dataset(*record) for record in records)
    block = b"8BIM\x04\x04\x00\x00" + len(data).to_bytes(4, "big") + data + b"\x00" * (len(data) % 2)
    payload = b"Photoshop 3.0\x00" + block
    return b"\xff\xed" + (len(payload) + 2).to_bytes(2, "big") + payload


def _dataset(record: int, number: int, value: str | bytes) -> bytes:
    value = value if isinstance(value, bytes) else value.encode()
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


def _ascii(text: str) -> str:
    """EXIF knows no other letters; the other two blocks carry the text as it is."""
    return text.replace("’", "'").replace("ü", "u").replace("©", "(c)").encode("ascii", "ignore").decode()


def _degrees(angle: float) -> tuple[Fraction, Fraction, Fraction]:
    minutes = Fraction(str(abs(angle))) * 60
    return Fraction(int(minutes // 60)), Fraction(int(minutes % 60)), Fraction(round(minutes % 1 * 6000), 100)
