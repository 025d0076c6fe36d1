"""What part of a picture a crop shows: by the focal point, and by the part that must survive. Pure.

Fractions count from the upper left of the upright picture.
"""

import hashlib
import json
from dataclasses import dataclass

# Real crops, for cards and structured data: width and height at most, in pixels. None is ever enlarged.
CROPS = {"16x9": (1200, 675), "4x3": (1200, 900), "1x1": (1200, 1200), "3x4": (900, 1200)}
FULL = "full"


@dataclass(frozen=True)
class Framing:
    """How a picture is framed: its chief point, and the part (left, top, width, height) that no crop may cut."""

    focus: tuple[float, float] = (0.5, 0.5)
    keep: tuple[float, float, float, float] | None = None


def of(photo, override: dict | None = None) -> Framing:
    """How that picture is framed, in a story that may have a framing of its own (``PhotoCaption.framing``)."""
    if override and override.get("focus"):
        keep = override.get("keep")
        return Framing(tuple(override["focus"]), tuple(keep) if keep else None)
    return Framing((photo.focal_x, photo.focal_y), tuple(photo.keep) if photo.keep else None)


def problem(framing: dict | None) -> str:
    """Why that is no framing of a picture (:class:`Framing` as JSON), as a sentence; "" where it is one."""
    if framing is None:
        return ""
    focus, keep = (framing.get("focus"), framing.get("keep")) if isinstance(framing, dict) else (None, None)
    if not _fractions(focus, 2):
        return "The focal point must lie inside the picture."
    if keep is not None and not (_fractions(keep, 4) and keep[2] > 0 and keep[3] > 0):
        return "The part to keep must have a width and a height inside the picture."
    if keep is not None and (keep[0] + keep[2] > 1.0001 or keep[1] + keep[3] > 1.0001):
        return "The part to keep must lie inside the picture."
    return ""


def _fractions(values, count):
    is_list = isinstance(values, (list, tuple)) and len(values) == count
    return is_list and all(type(one) in (int, float) and 0 <= one <= 1 for one in values)


def crop_box(size: tuple[int, int], ratio: tuple[int, int], framing: Framing) -> tuple[int, int, int, int]:
    """The largest part of that ratio, as (left, upper, right, lower) in pixels.

    It holds the part to keep whole wherever a crop of that ratio can; where it cannot, it is centred on it and shows as
    much of it as there is room for. Within that, it lies as near to the focal point as the picture's edges allow.
    """
    width, height = size
    wide, high = ratio
    if width * high >= height * wide:
        crop_width, crop_height = max(1, round(height * wide / high)), height
    else:
        crop_width, crop_height = width, max(1, round(width * high / wide))
    crop_width, crop_height = min(crop_width, width), min(crop_height, height)
    keep = framing.keep or (framing.focus[0], framing.focus[1], 0, 0)
    left = _start(width, crop_width, framing.focus[0], keep[0], keep[2])
    upper = _start(height, crop_height, framing.focus[1], keep[1], keep[3])
    return left, upper, left + crop_width, upper + crop_height


def _start(length, part, focus, keep_at, keep_size):
    """Where a part of that length begins along one side."""
    first, last = keep_at * length, (keep_at + keep_size) * length
    wanted = focus * length - part / 2
    if last - first <= part:
        wanted = min(max(wanted, last - part), first)
    else:
        wanted = (first + last) / 2 - part / 2
    return int(min(max(round(wanted), 0), length - part))


# --- what a rendition depends on -------------------------------------------------------------------------------------


# The file itself, and what packets.py and the EXIF of a public file say.
WRITTEN_IN = ("sha256", "photographer", "credit", "rights_holder", "usage_terms", "licence", "digital_source")


def recipe(photo) -> str:
    """What every public file of that picture depends on: the file that came in, and what is written into each."""
    return _digest(*(getattr(photo, name) for name in WRITTEN_IN))


def crop_recipe(photo, override: dict | None = None) -> str:
    """What its crops depend on beside that: how it is framed, in a story that may frame it otherwise."""
    framing = of(photo, override)
    keep = [round(one, 4) for one in framing.keep] if framing.keep else None
    return _digest(recipe(photo), [round(one, 4) for one in framing.focus], keep)


def _digest(*parts):
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
