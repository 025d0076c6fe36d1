"""Public files made from a picture: upright, in sRGB, with the credit and without anything else that the camera knew.

Each has a random 128-bit name that nothing mentions before a release does. The files are written, and looked for in
storage, before a row names them: a failure half-way leaves nothing that points to nothing.
"""

import io
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from PIL import ExifTags, Image, ImageCms, ImageOps

from articles.models import Photo, PhotoCaption, Rendition

from . import framing, opening
from .opening import UnusablePicture
from .packets import xmp_notice

WIDTHS = (320, 640, 960, 1280, 1920)
QUALITY = {"avif": {"quality": 55, "speed": 9}, "jpeg": {"quality": 80, "progressive": True, "optimize": True}}
# What is worked on is no larger than this, however long and narrow the picture is.
_MOST_WORKED_ON = 8_000_000
_NARROWEST = 1200


def wanted(photo: Photo) -> set[tuple[str, str, str, int]]:
    """(recipe, crop, format, width) of every file that this picture should have now, those of its stories included."""
    base = framing.recipe(photo)
    files = {(base, framing.FULL, format, width) for width in _widths(photo) for format in QUALITY}
    for override in _framings(photo):
        own = framing.crop_recipe(photo, override)
        for name, ratio in framing.CROPS.items():
            files.add((own, name, "jpeg", _crop_size(photo, ratio, framing.of(photo, override))[1][0]))
    return files


def _framings(photo):
    """The picture's own framing, and each that a story has of its own."""
    uses = PhotoCaption.objects.filter(photo=photo, framing__isnull=False).order_by("pk")
    return [None, *(one for one in uses.values_list("framing", flat=True)[:200] if one and not framing.problem(one))]


def _widths(photo):
    return [width for width in WIDTHS if width < photo.width] or [photo.width]


def _crop_size(photo, ratio, how):
    """The part that a crop shows, in pixels of the whole picture, and how large it comes out."""
    box = framing.crop_box((photo.width, photo.height), ratio, how)
    width, height = box[2] - box[0], box[3] - box[1]
    scale = min(1, ratio[0] / width)
    return box, (max(1, round(width * scale)), max(1, round(height * scale)))


def make_renditions(photo: Photo) -> int:
    """Write every public file of a picture that is not there yet. Gives how many it wrote. Safe to run twice.

    Why it could not be done stands in ``photo.render_problem`` until it can. Raises :class:`UnusablePicture`, and
    whatever storage raises.
    """
    missing = wanted(photo) - {_key(one) for one in photo.renditions.all()}
    if not missing or photo.files_deleted_at:
        return 0
    rows = []
    try:
        image = _upright(photo)
        colour = "#{:02x}{:02x}{:02x}".format(*image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))
        for row in _made(photo, image, missing):
            rows.append(row)
        with transaction.atomic():
            Rendition.objects.bulk_create(rows, ignore_conflicts=True)
            Photo.objects.filter(pk=photo.pk).update(dominant_colour=colour, render_problem="")
            # Of two that made the same at once, one was first.
            kept = set(Rendition.objects.filter(photo=photo).values_list("file", flat=True))
    except BaseException as error:
        _throw_away(rows)
        if isinstance(error, UnusablePicture):
            Photo.objects.filter(pk=photo.pk).update(render_problem=str(error)[:200])
        raise
    _throw_away([row for row in rows if row.file.name not in kept])
    photo.dominant_colour, photo.render_problem = colour, ""
    return len(rows)


def _key(rendition):
    return rendition.recipe, rendition.crop, rendition.format, rendition.width


def _throw_away(rows):
    for row in rows:
        row.file.storage.delete(row.file.name)


def _made(photo, image, missing):
    """Each of those files, written."""
    notice = {"exif": _notice(photo), "xmp": xmp_notice(photo)}
    base, sized = framing.recipe(photo), image
    widths = {width for recipe, crop, _, width in missing if crop == framing.FULL}
    for width in sorted(widths, reverse=True):
        # From the next larger one: a chain of halvings costs half of starting over each time.
        height = max(1, round(photo.height * width / photo.width))
        sized = sized.resize((width, height), Image.Resampling.LANCZOS)
        for format in QUALITY:
            if (base, framing.FULL, format, width) in missing:
                yield _written(photo, sized, base, framing.FULL, format, notice)
    scale = image.width / photo.width, image.height / photo.height
    for override in _framings(photo):
        own = framing.crop_recipe(photo, override)
        for name, ratio in framing.CROPS.items():
            box, size = _crop_size(photo, ratio, framing.of(photo, override))
            if (own, name, "jpeg", size[0]) in missing:
                part = (box[0] * scale[0], box[1] * scale[1], box[2] * scale[0], box[3] * scale[1])
                cut = image.resize(size, Image.Resampling.BICUBIC, box=part)
                yield _written(photo, cut, own, name, "jpeg", notice)
                missing.discard((own, name, "jpeg", size[0]))


def _working_size(width, height):
    """How large the picture is worked on: enough for the widest file and for the crops."""
    scale = min(1, max(WIDTHS[-1] / width, _NARROWEST / height))
    scale = min(scale, (_MOST_WORKED_ON / (width * height)) ** 0.5)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _upright(photo) -> Image.Image:
    """The picture upright, in sRGB, no larger than the renditions need."""
    with photo.original.open("rb") as stream:
        data = stream.read()
    image = opening.open_safely(data)
    size = _working_size(*image.size)
    profile = image.info.get("icc_profile")
    opening.decode(image, size)  # lets a JPEG's decoder halve while it decodes
    if image.width > size[0] * 2:
        image = _reduced(image, image.width // size[0])
    image = ImageOps.exif_transpose(image)
    image = to_srgb(image, profile)
    size = _working_size(*image.size)
    return image.resize(size, Image.Resampling.LANCZOS) if image.size != size else image


def _reduced(image, factor):
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.reduce(factor) if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else image


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in the colours of the screen, on white where it was transparent."""
    if image.mode.startswith(("I", "F")):  # sixteen bits a pixel
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or (image.mode == "P" and "transparency" in image.info):
        image = image.convert("RGBA")
        backdrop = Image.new("RGB", image.size, "white")
        backdrop.paste(image, mask=image.getchannel("A"))
        image = backdrop
    if profile:
        image = _converted(image, profile)
    return image.convert("RGB")


def _converted(image, profile):
    mode = image.mode if image.mode in ("RGB", "CMYK", "L") else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image.convert(mode), source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a broken profile says nothing about the colours


def _notice(photo):
    """EXIF of a public file: who made it and whose it is, and nothing else that the camera knew."""
    exif = Image.Exif()
    if photo.photographer:
        exif[ExifTags.Base.Artist] = photo.photographer
    if holder := photo.rights_holder or photo.credit:
        exif[ExifTags.Base.Copyright] = holder
    return exif.tobytes()


def _written(photo, image, recipe, crop, format, notice):
    """One file in storage, and the row that will name it. Raises ``OSError`` where storage has not all of it."""
    data = _encoded(image, format, notice)
    key = secrets.token_hex(16)
    rendition = Rendition(photo=photo, recipe=recipe, crop=crop, format=format)
    rendition.width, rendition.height, rendition.size = image.width, image.height, len(data)
    storage, name = rendition.file.storage, f"{key[:2]}/{key}.{format}"
    try:
        rendition.file.name = storage.save(name, ContentFile(data))
        if storage.size(rendition.file.name) != rendition.size:
            raise OSError("Storage has only a part of the file that was written to it.")
    except BaseException:
        with suppress(Exception):  # what went wrong first is what the caller must hear of
            storage.delete(rendition.file.name or name)
        raise
    return rendition


def _encoded(image, format, notice) -> bytes:
    buffer = io.BytesIO()
    image.info = {}
    image.save(buffer, format=format.upper(), **notice, **QUALITY[format])
    return buffer.getvalue()


# --- what is there ---------------------------------------------------------------------------------------------------


def current(photo: Photo, override: dict | None = None) -> list[Rendition]:
    """The files that show that picture as it is now, in a story that may frame it otherwise; fewer while they are made.

    Reads ``photo.renditions``, which may have been prefetched.
    """
    if photo.files_deleted_at:
        return []
    recipes = {framing.FULL: framing.recipe(photo)}
    own = framing.crop_recipe(photo, override)
    return [one for one in photo.renditions.all() if one.recipe == recipes.get(one.crop, own)]


def are_ready(photo: Photo, override: dict | None = None) -> bool:
    """Whether every file is there, as far as the database knows."""
    there = {(one.crop, one.format) for one in current(photo, override)}
    widths = {one.width for one in current(photo, override) if one.crop == framing.FULL and one.format == "jpeg"}
    needed = {(framing.FULL, format) for format in QUALITY} | {(name, "jpeg") for name in framing.CROPS}
    return needed <= there and set(_widths(photo)) <= widths


def missing_files(uses: list[tuple[Photo, dict | None]]) -> set[str]:
    """Public ids of the pictures of which storage lacks a file that would be shown. Raises what storage raises."""
    asked = {one.file.name: (one, photo) for photo, override in uses for one in current(photo, override)}
    if not asked:
        return set()
    storage = next(iter(asked.values()))[0].file.storage
    if len(asked) < 4 or isinstance(storage, FileSystemStorage):
        there = map(storage.exists, asked)
    else:  # each costs a journey
        with ThreadPoolExecutor(8) as pool:
            there = list(pool.map(storage.exists, asked))
    return {photo.public_id for (_, photo), is_there in zip(asked.values(), there, strict=True) if not is_there}


def forget_missing(photo: Photo) -> int:
    """Delete the rows of files that storage has not, so that they are made again. Gives how many."""
    lost = [one.pk for one in photo.renditions.all() if not one.file.storage.exists(one.file.name)]
    return Rendition.objects.filter(pk__in=lost).delete()[0] if lost else 0
