"""Opening a file that anybody may have sent: only kinds on the list, and nothing that could hurt.

What it would cost to decode is worked out from the header, before a pixel is: a file that claims more than that is
refused with a sentence. Pillow's own limits stand behind.
"""

import io

from PIL import Image, ImageFile, PngImagePlugin, UnidentifiedImageError

try:  # Telephones' format, where its decoder is installed: pi-heif, whose wheel holds libheif (LGPL).
    import pi_heif
except ImportError:
    HEIC = False
else:
    pi_heif.register_heif_opener()
    HEIC = True

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", *(("HEIF",) if HEIC else ()))
NAMES = f"JPEG, PNG, WebP, AVIF, {'HEIC, ' if HEIC else ''}or TIFF".replace(", or", " or")
MAX_BYTES = 60 * 1024 * 1024
MAX_PIXELS = 120_000_000
# What decoding a file may take, in bytes.
MAX_DECODED = 100 * 1024 * 1024
# A JPEG of more scans than this makes its decoder go over the picture again and again. A common one has about ten.
MAX_SCANS = 64
# Bytes a pixel: what the decoders hold beside the picture itself.
_BYTES = {"1": 1, "L": 1, "P": 1, "LA": 2, "I;16": 2, "I;16B": 2, "RGB": 3, "YCbCr": 3, "LAB": 3}
_OVERHEAD = {"AVIF": 2.5, "HEIF": 2.5, "WEBP": 1.5}


class UnusablePicture(Exception):
    """A file that is not taken in; the message says why, in a sentence for whoever sent it."""


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
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise UnusablePicture(f"This is not a {NAMES} picture, or it is damaged.") from error
    # A JPEG with further pictures behind it, as telephones and some cameras write them, is given as MPO.
    if image.format not in (*FORMATS, "MPO"):
        raise UnusablePicture(f"This is not a {NAMES} picture.")
    _refuse_what_costs_too_much(image, data)
    _refuse_what_moves(image)
    return image


def _refuse_what_costs_too_much(image, data):
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise UnusablePicture(
            f"The picture has {image.width} × {image.height} pixels;"
            f" at most {MAX_PIXELS // 1_000_000} million are taken."
        )
    if image.format in ("JPEG", "MPO") and image.info.get("progression"):
        if data.count(b"\xff\xda") > MAX_SCANS:
            raise UnusablePicture("The JPEG is made of so many layers that opening it could stop the server.")
        if _coefficients(image) > MAX_DECODED:
            raise UnusablePicture(
                f"The picture has {image.width} × {image.height} pixels in a progressive JPEG, which takes too much"
                " memory. Save it as a baseline JPEG, or smaller."
            )
    elif image.format not in ("JPEG", "MPO") and pixels * _bytes(image) > MAX_DECODED:
        raise UnusablePicture(
            f"The picture has {image.width} × {image.height} pixels, which takes too much memory in this format."
            " Send it as a JPEG, or smaller."
        )
    if image.format == "TIFF":
        tile = [int(image.tag_v2.get(tag) or 0) for tag in (322, 323)]
        if tile[0] * tile[1] * _bytes(image) > MAX_DECODED:
            raise UnusablePicture("The TIFF is cut into pieces so large that opening it could stop the server.")


def _bytes(image):
    return _BYTES.get(image.mode, 4) * _OVERHEAD.get(image.format, 1)


def _coefficients(image):
    """What a progressive JPEG's decoder has to hold: two bytes for each sample of each part."""
    most = max((layer[1] * layer[2] for layer in image.layer), default=1) or 1
    return sum(image.width * image.height * 2 * layer[1] * layer[2] / most for layer in image.layer)


def _refuse_what_moves(image):
    # A TIFF has pages, an MPO the same picture in other sizes: the first is the picture.
    if image.format in ("TIFF", "MPO"):
        return
    try:
        frames = getattr(image, "n_frames", 1)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnusablePicture("The picture is damaged.") from error
    if frames > 1 and image.format != "HEIF":
        raise UnusablePicture("The picture moves. Send one still frame.")


def decode(image: Image.Image, size: tuple[int, int] | None = None) -> Image.Image:
    """Read the pixels: of a JPEG only so many as a picture of about that size needs.

    Raises :class:`UnusablePicture`.
    """
    try:
        if size:
            image.draft(None, size)
        image.load()
    except Exception as error:
        raise UnusablePicture("The picture is damaged: it ends before all of it has come.") from error
    return image


# Pillow refuses what has more pixels than this, whoever opens it: by an error at twice that, by a warning before.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False
# Text inside of a PNG, unpacked.
PngImagePlugin.MAX_TEXT_MEMORY = 4 * 1024 * 1024
