"""What a picture looks like, in bits: the same picture at another size or compression has nearly the same.

Two difference hashes of the picture in grey: 64 bits, kept in four bands so that alike ones are found along an index,
and 256 bits, by which a find is confirmed. Of a picture that is all of one shade nothing can be said.
"""

from PIL import Image

from articles.models import LikenessBand, Photo

# The smaller side of what has to be decoded to tell.
DRAFT = 160
# How many of the 64 and of the 256 bits may differ.
FAR, FAR_FINE = 7, 30
# Below this spread of shades, in 256ths, a picture has no likeness.
_FLAT = 12
_BANDS = 4
_BITS = 16


def of(image: Image.Image, orientation: int = 1) -> str:
    """The likeness of that picture, as 80 hexadecimal digits; "" where it has none."""
    grey = _grey(image)
    if orientation in _TURNED:
        grey = grey.transpose(_TURNED[orientation])
    low, high = grey.resize((16, 16), Image.Resampling.BOX).getextrema()
    if high - low < _FLAT:
        return ""
    return f"{_differences(grey, 8):016x}{_differences(grey, 16):064x}"


_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _grey(image):
    # First small, then grey: nothing of the size of the picture is made beside it.
    factor = max(1, min(image.width, image.height) // DRAFT)
    small = image
    if image.mode in ("RGB", "L", "RGBA", "CMYK", "YCbCr"):
        small = image.reduce(factor) if factor > 1 else image
    elif factor > 1:
        small = image.resize((max(1, image.width // factor), max(1, image.height // factor)), Image.Resampling.NEAREST)
    if small.mode in ("RGBA", "LA", "PA") or "transparency" in small.info:
        small = small.convert("RGBA")
        backdrop = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(backdrop, small)
    if small.mode.startswith(("I", "F")):
        low, high = small.getextrema()
        spread = (high - low) or 1
        small = small.convert("F").point(lambda value: (value * (255 / spread)) + (-low * 255 / spread))
    return small.convert("L")


def _differences(grey, size):
    """Of each field of a grid whether it is lighter than the next one to the right."""
    fields = grey.resize((size + 1, size), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(size):
        for column in range(size):
            at = row * (size + 1) + column
            bits = bits << 1 | (fields[at] > fields[at + 1])
    return bits


def distance(one: str, other: str) -> tuple[int, int]:
    """How many of the 64 and of the 256 bits differ."""
    return (
        (int(one[:16], 16) ^ int(other[:16], 16)).bit_count(),
        (int(one[16:], 16) ^ int(other[16:], 16)).bit_count(),
    )


def are_alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    coarse, fine = distance(one, other)
    return coarse <= FAR and fine <= FAR_FINE


def bands(likeness: str) -> list[int]:
    """The four quarters of the 64 bits, each with its number above it."""
    bits = int(likeness[:16], 16)
    return [number << _BITS | (bits >> number * _BITS & 0xFFFF) for number in range(_BANDS)]


def find(likeness: str, *, besides: Photo | None = None, most: int = 5) -> list[Photo]:
    """The pictures that look like that, the likest first. One query along the index, whatever there is.

    Of 64 bits of which at most seven differ, one quarter differs in at most one.
    """
    if not likeness:
        return []
    near = [band ^ flip for band in bands(likeness) for flip in (0, *(1 << bit for bit in range(_BITS)))]
    found = LikenessBand.objects.filter(band__in=near).values("photo")
    known = Photo.objects.filter(pk__in=found).exclude(pk=besides.pk if besides else None)
    ranked = sorted(
        (distance(likeness, other)[::-1], -pk, pk)
        for pk, other in known.values_list("pk", "likeness").order_by()[:5000]
        if are_alike(likeness, other)
    )[:most]
    photos = Photo.objects.in_bulk([pk for _, _, pk in ranked])
    return [photos[pk] for _, _, pk in ranked if pk in photos]


def keep(photo: Photo) -> None:
    """Make a picture findable by what it looks like, as it looks now."""
    photo.likeness_bands.all().delete()
    if photo.likeness:
        LikenessBand.objects.bulk_create(LikenessBand(photo=photo, band=band) for band in bands(photo.likeness))
