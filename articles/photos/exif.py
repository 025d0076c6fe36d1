"""EXIF: what the camera wrote. After the Exif 3.0 specification (CIPA DC-008). Pure.

The place and the numbers of camera and lens are not read at all: nobody needs them, and they can betray somebody.
"""

from PIL import ExifTags

from articles import text

from . import charsets

LONGEST = 4000
_MAIN = {
    "caption": ExifTags.Base.ImageDescription,
    "byline": ExifTags.Base.Artist,
    "copyright": ExifTags.Base.Copyright,
    "date": ExifTags.Base.DateTime,
}
_WINDOWS = {"title": 0x9C9B, "comment": 0x9C9C, "author": 0x9C9D, "keywords": 0x9C9E, "subject": 0x9C9F}
_DETAILS = {
    "original_date": ExifTags.Base.DateTimeOriginal,
    "original_offset": ExifTags.Base.OffsetTimeOriginal,
    "digitised_date": ExifTags.Base.DateTimeDigitized,
    "digitised_offset": ExifTags.Base.OffsetTimeDigitized,
    "offset": ExifTags.Base.OffsetTime,
}


def read(image) -> dict:
    """What the camera, or whoever worked on its file, wrote: text by our names. Never raises."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(ExifTags.IFD.Exif)
        found = {name: _words(exif.get(tag)) for name, tag in _MAIN.items()}
        found |= {name: _words(details.get(tag)) for name, tag in _DETAILS.items()}
        found |= {f"windows_{name}": _utf16(exif.get(tag)) for name, tag in _WINDOWS.items()}
    except Exception:  # noqa: BLE001 - a broken block, of whatever kind, must not cost the picture
        return {}
    return {name: value for name, value in found.items() if value}


def orientation(image) -> int:
    """How the picture lies, 1 to 8: 1 is upright."""
    try:
        turned = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # noqa: BLE001 - as above
        return 1
    return turned if turned in range(1, 9) else 1


def _words(value):
    if isinstance(value, str):
        # Said to be ASCII, and read as Latin-1; it may be anything.
        value = value.encode("latin-1", "ignore")
    if not isinstance(value, bytes):
        return ""
    # Of a copyright, the photographer's stands before a zero and the editor's behind it.
    return text.clean_line(charsets.decode(value[:LONGEST].replace(b"\x00", b" ")))


def _utf16(value):
    if isinstance(value, (tuple, list)):
        value = bytes(part & 0xFF for part in value[:LONGEST])
    if not isinstance(value, bytes):
        return ""
    return text.clean_line(value[:LONGEST].decode("utf-16-le", "ignore").strip("\x00"))
