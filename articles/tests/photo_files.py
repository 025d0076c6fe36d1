"""Picture files that say things about themselves: EXIF, IPTC-IIM and XMP, written here byte by byte."""

import hashlib
import io
from xml.sax.saxutils import escape

from PIL import ExifTags, Image

SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}


def scene(size=(1200, 800), seed=1) -> Image.Image:
    """A picture with shapes in it, of which no two seeds look alike."""
    image = Image.linear_gradient("L").rotate(seed * 37 % 360, expand=False).resize(size).convert("RGB")
    for number in range(9):
        mark = hashlib.sha256(f"{seed}-{number}".encode()).digest()
        left, top = mark[0] * size[0] // 300, mark[1] * size[1] // 300
        width, height = 20 + mark[2] * size[0] // 900, 20 + mark[3] * size[1] // 900
        image.paste(tuple(mark[4:7]), (left, top, left + width, top + height))
    return image


def jpeg(image=None, *, exif=None, iim=None, xmp=None, digest=None, **kw) -> bytes:
    """A JPEG with those blocks; ``iim`` are (dataset, bytes) of record 2, or whole (record, dataset, bytes)."""
    extra = b""
    if iim is not None:
        extra = app13(iim, digest)
    buffer = io.BytesIO()
    options = {"quality": 90, **kw}
    if exif:
        options["exif"] = exif
    if xmp:
        options["xmp"] = xmp
    (image or scene()).save(buffer, "JPEG", extra=extra, **options)
    return buffer.getvalue()


def iim_block(records) -> bytes:
    data = b""
    for record in records:
        kind, number, value = record if len(record) == 3 else (2, *record)
        data += bytes((0x1C, kind, number)) + len(value).to_bytes(2, "big") + value
    return data


def app13(records, digest=None) -> bytes:
    data = iim_block(records)
    blocks = [(0x0404, data)] + ([(0x0425, digest)] if digest else [])
    payload = b"Photoshop 3.0\x00" + b"".join(
        b"8BIM" + kind.to_bytes(2, "big") + b"\x00\x00" + len(one).to_bytes(4, "big") + one + b"\x00" * (len(one) % 2)
        for kind, one in blocks
    )
    return b"\xff\xed" + (len(payload) + 2).to_bytes(2, "big") + payload


def xmp_packet(properties: dict[str, object]) -> bytes:
    """A packet of those properties: text; {language: text}; ["bag", …] or ["seq", …] of text or of dicts."""
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
    lines = "".join(f"<{name}>{_value(value)}</{name}>" for name, value in properties.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" {spaces}>'
        f'{lines}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _value(value):
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, dict):
        items = "".join(f'<rdf:li xml:lang="{code}">{escape(words)}</rdf:li>' for code, words in value.items())
        return f"<rdf:Alt>{items}</rdf:Alt>"
    kind, *items = value
    written = ""
    for item in items:
        if isinstance(item, dict):
            inner = "".join(f"<{name}>{_value(one)}</{name}>" for name, one in item.items())
            written += f'<rdf:li rdf:parseType="Resource">{inner}</rdf:li>'
        else:
            written += f"<rdf:li>{escape(item)}</rdf:li>"
    box = {"bag": "Bag", "seq": "Seq"}[kind]
    return f"<rdf:{box}>{written}</rdf:{box}>"


def camera(**tags) -> bytes:
    """An EXIF block; names of the Exif directory (DateTimeOriginal, OffsetTimeOriginal) go there."""
    exif = Image.Exif()
    details = exif.get_ifd(ExifTags.IFD.Exif)
    for name, value in tags.items():
        inner = name.startswith(("DateTimeO", "DateTimeD", "OffsetTime", "BodySerial"))
        (details if inner else exif)[ExifTags.Base[name]] = value
    return exif.tobytes()
