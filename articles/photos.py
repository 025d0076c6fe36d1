"""Pictures: metadata in, public renditions out.

A file is opened only if it is of a kind on the list and of a size that cannot hurt; nothing that came in is ever shown:
what readers and editors see was written anew from the pixels, without the camera's place or serial numbers.
"""

import hashlib
import io
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, transaction
from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps, IptcImagePlugin, UnidentifiedImageError

from articles import audit, text
from articles.models import Photo, Region, Rendition

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")
MAX_PIXELS = 80_000_000
MAX_BYTES = 60 * 1024 * 1024
WIDTHS = (320, 640, 960, 1280, 1920)
CROPS = {"16x9": (1200, 675), "4x3": (1200, 900), "1x1": (1200, 1200)}
_QUALITY = {"avif": {"quality": 55, "speed": 9}, "jpeg": {"quality": 80, "progressive": True, "optimize": True}}


class UnusablePicture(Exception):
    """A file that is not taken in; the message says why, in a sentence for whoever sent it."""


@dataclass
class Reading:
    """What a picture file says about itself. Sizes are in pixels, upright."""

    width: int
    height: int
    fields: dict  # caption, headline, credit, photographer, alt_text, …: the desk's names, text only
    taken_at: datetime | None
    metadata: dict  # all that the file said, kept apart from what an editor writes


def take_in(data: bytes, *, name: str, by=None) -> tuple[Photo, bool]:
    """Keep a picture file as a ``Photo``. Gives it, and whether it is new: the same file again is the same photo.

    What the file says fills the photo's fields. Raises :class:`UnusablePicture`. Renditions are made by
    :func:`make_renditions`, in the background.
    """
    digest = hashlib.sha256(data).hexdigest()
    if known := Photo.objects.filter(sha256=digest).first():
        return known, False
    reading = read(data)
    photo = Photo(
        sha256=digest,
        original_name=text.clean_line(name)[:200],
        width=reading.width,
        height=reading.height,
        taken_at=reading.taken_at,
        metadata=reading.metadata,
        created_by=by,
        region=_region(reading.metadata),
        **{field: value[: Photo._meta.get_field(field).max_length] for field, value in reading.fields.items()},
    )
    # The name that it came under is kept in the record; in storage it has one that nobody can guess.
    photo.original.save(f"{secrets.token_hex(16)}.{reading.metadata['format'].lower()}", ContentFile(data), save=False)
    try:
        with transaction.atomic():
            photo.save()
            audit.log(by, "picture_added", photo, original_name=photo.original_name)
    except DatabaseError as error:
        photo.original.storage.delete(photo.original.name)
        if isinstance(error, IntegrityError) and (known := Photo.objects.filter(sha256=digest).first()):
            return known, False  # somebody sent the same file at the same moment
        raise
    return photo, True


def open_safely(data: bytes) -> Image.Image:
    """A picture of an allowed kind and size: its header read, its pixels not yet.

    Raises :class:`UnusablePicture`.
    """
    if not data:
        raise UnusablePicture("The file is empty.")
    if len(data) > MAX_BYTES:
        raise UnusablePicture(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusablePicture("The picture claims to be so large that opening it could stop the server.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnusablePicture("This is not a JPEG, PNG, WebP, AVIF or TIFF picture, or it is damaged.") from error
    if image.width * image.height > MAX_PIXELS:
        raise UnusablePicture(
            f"The picture has {image.width} × {image.height} pixels;"
            f" at most {MAX_PIXELS // 1_000_000} million are taken."
        )
    if getattr(image, "n_frames", 1) > 1 and image.format != "TIFF":
        raise UnusablePicture("The picture moves. Send one still frame.")
    return image


def read(data: bytes) -> Reading:
    """Size and metadata (EXIF, IPTC-IIM, XMP) of a picture file. Raises :class:`UnusablePicture`."""
    image = open_safely(data)
    size = image.size
    try:
        exif, iptc, xmp = image.getexif(), _iptc(image), _xmp(image)
        turned = exif.get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
        image.draft("RGB", (160, 160))  # a small decoding finds a damaged file as well as a whole one does
        image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnusablePicture("The picture is damaged: it ends before all of it has come.") from error
    width, height = size[::-1] if turned else size
    details = exif.get_ifd(ExifTags.IFD.Exif)
    fields = {
        "caption": iptc.get("caption") or xmp.get("description") or _words(exif.get(ExifTags.Base.ImageDescription)),
        "credit": iptc.get("credit") or xmp.get("Credit") or "",
        "photographer": iptc.get("byline") or xmp.get("creator") or _words(exif.get(ExifTags.Base.Artist)),
        "alt_text": xmp.get("AltTextAccessibility") or "",
        "rights_holder": iptc.get("copyright") or xmp.get("rights") or _words(exif.get(ExifTags.Base.Copyright)),
    }
    fields = {name: text.clean_line(value) for name, value in fields.items() if value}
    metadata = {"format": image.format, "iptc": iptc, "xmp": xmp}
    return Reading(width, height, fields, _taken_at(exif, details), metadata)


_IPTC_FIELDS = {
    (2, 5): "title",
    (2, 25): "keywords",
    (2, 40): "instructions",
    (2, 55): "date_created",
    (2, 80): "byline",
    (2, 90): "city",
    (2, 95): "province",
    (2, 100): "country_code",
    (2, 101): "country",
    (2, 105): "headline",
    (2, 110): "credit",
    (2, 115): "source",
    (2, 116): "copyright",
    (2, 120): "caption",
}


def _iptc(image) -> dict[str, str]:
    """IPTC-IIM fields as text.

    1:90 says whether they are UTF-8; otherwise Windows-1252 is what cameras and agencies write.
    """
    try:
        found = IptcImagePlugin.getiptcinfo(image) or {}
    except (SyntaxError, ValueError, OSError, KeyError, IndexError):
        return {}
    encoding = "utf-8" if found.get((1, 90)) == b"\x1b%G" else ""
    fields = {}
    for key, name in _IPTC_FIELDS.items():
        value = found.get(key)
        values = value if isinstance(value, list) else [value] if value else []
        words = ", ".join(_decode(part, encoding) for part in values if isinstance(part, bytes))
        if words:
            fields[name] = text.clean_line(words)[:2000]
    return fields


def _decode(value: bytes, encoding: str) -> str:
    for candidate in (encoding, "utf-8", "cp1252"):
        try:
            return value.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    return value.decode("latin-1")


def _xmp(image) -> dict[str, str]:
    """The XMP fields we use, by their local name, as text. Entities in the packet are refused by defusedxml."""
    try:
        packet = image.getxmp()
    except Exception:  # noqa: BLE001 - a broken packet of whatever kind must not cost the picture
        return {}
    wanted = {
        "description",
        "creator",
        "rights",
        "Credit",
        "AltTextAccessibility",
        "ExtDescrAccessibility",
        "UsageTerms",
    }
    found: dict[str, str] = {}

    def walk(node, name=""):
        if isinstance(node, dict):
            for key, value in node.items():
                walk(value, key if key in wanted else name)
        elif isinstance(node, list):
            for value in node:
                walk(value, name)
        elif isinstance(node, str) and name in wanted and node.strip() and name not in found and node != "x-default":
            found[name] = text.clean_line(node)[:2000]

    walk(packet)
    return found


def _words(value) -> str:
    if isinstance(value, bytes):
        return _decode(value, "utf-8")
    return value if isinstance(value, str) else ""


def _taken_at(exif, details) -> datetime | None:
    value = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    try:
        taken = datetime.strptime(str(value).strip("\x00 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal) or "")
    try:
        hours, minutes = offset[1:].split(":")
        shift = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if offset[0] == "-" else 1)
        return taken.replace(tzinfo=timezone(shift))
    except (ValueError, IndexError):
        return taken


def _region(metadata) -> Region | None:
    iptc = metadata["iptc"]
    code = iptc.get("country_code", "").upper()
    if len(code) == 2 and (region := Region.objects.filter(code=code).first()):
        return region
    name = iptc.get("country", "")
    return Region.objects.filter(kind=Region.Kind.COUNTRY, name__iexact=name).first() if name else None


def make_renditions(photo: Photo) -> int:
    """Write every public file of a picture that is not there yet. Gives how many files it wrote.

    The files are written before any row names them, so that a failure half-way leaves nothing that points to nothing.
    Safe to run twice.
    """
    have = {(one.crop, one.format, one.width) for one in photo.renditions.all()}
    widths = [width for width in WIDTHS if width < photo.width] or [photo.width]
    wanted_full = [(width, format) for width in widths for format in _QUALITY if ("full", format, width) not in have]
    wanted_crops = [name for name in CROPS if (name, "jpeg", CROPS[name][0]) not in have]
    if not wanted_full and not wanted_crops:
        return 0
    image = _decoded(photo)
    colour = "#{:02x}{:02x}{:02x}".format(*image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))
    notice = _notice(photo)
    rows = []
    try:
        sized = image
        for width in sorted({width for width, _ in wanted_full}, reverse=True):
            # From the next larger one: a chain of halvings costs half of starting over each time.
            height = max(1, round(photo.height * width / photo.width))
            sized = sized.resize((width, height), Image.Resampling.LANCZOS)
            for format in [format for wanted, format in wanted_full if wanted == width]:
                rows.append(_written(photo, sized, "full", format, notice))
        for name in wanted_crops:
            cut = ImageOps.fit(image, CROPS[name], Image.Resampling.BICUBIC, centering=(photo.focal_x, photo.focal_y))
            rows.append(_written(photo, cut, name, "jpeg", notice))
        with transaction.atomic():
            Rendition.objects.bulk_create(rows, ignore_conflicts=True)
            Photo.objects.filter(pk=photo.pk).update(dominant_colour=colour)
    except BaseException:
        for row in rows:
            row.file.storage.delete(row.file.name)
        raise
    photo.dominant_colour = colour
    return len(rows)


def _decoded(photo):
    """The picture upright, in sRGB, no larger than the largest rendition needs."""
    with photo.original.open("rb") as stream:
        data = stream.read()
    image = open_safely(data)
    largest = WIDTHS[-1]
    image.draft("RGB", (largest, largest))  # lets the JPEG decoder halve while it decodes
    profile = image.info.get("icc_profile")
    exif_turned = ImageOps.exif_transpose(image)
    image = exif_turned
    if profile:
        image = _to_srgb(image, profile)
    if image.mode in ("RGBA", "LA", "PA") or (image.mode == "P" and "transparency" in image.info):
        image = image.convert("RGBA")
        backdrop = Image.new("RGB", image.size, "white")
        backdrop.paste(image, mask=image.getchannel("A"))
        image = backdrop
    image = image.convert("RGB")
    if image.width > largest:
        image = image.resize(
            (largest, max(1, round(image.height * largest / image.width))), Image.Resampling.LANCZOS, reducing_gap=2
        )
    return image


def _to_srgb(image, profile):
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = image.mode if image.mode in ("RGB", "CMYK", "L") else "RGB"
        return ImageCms.profileToProfile(image.convert(mode), source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image.convert("RGB")  # a broken profile says nothing about the colours


def _notice(photo):
    """EXIF of a public file: who made it and whose it is, and nothing else that the camera knew."""
    exif = Image.Exif()
    if photo.photographer:
        exif[ExifTags.Base.Artist] = photo.photographer
    if holder := photo.rights_holder or photo.credit:
        exif[ExifTags.Base.Copyright] = holder
    return exif.tobytes()


def _written(photo, image, crop, format, notice):
    buffer = io.BytesIO()
    image.save(buffer, format=format.upper(), exif=notice, **_QUALITY[format])
    key = secrets.token_hex(16)
    rendition = Rendition(
        photo=photo, crop=crop, format=format, width=image.width, height=image.height, size=buffer.tell()
    )
    storage = rendition.file.storage
    rendition.file.name = storage.save(f"{key[:2]}/{key}.{format}", ContentFile(buffer.getvalue()))
    return rendition


# A picture of more pixels than this is refused by Pillow itself, whoever opens it.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False
