"""From a picture in a release's document to what the page shows of it. Plain data in, plain data out."""

import math
from dataclasses import dataclass, field
from datetime import datetime

from . import addresses
from .plain import Plain

# The file that browsers get which know no srcset: the one nearest to this many pixels wide.
_PLAIN_WIDTH = 960


@dataclass
class Shown(Plain):
    """A picture ready for a template: addresses, sizes in pixels, words."""

    src: str
    width: int
    height: int
    jpeg: str
    avif: str
    look: str
    shape: str
    alt: str
    caption: str
    credit: str
    is_file_photo: bool
    description: str = ""
    crops: dict = field(default_factory=dict)


def usable(picture: dict | None, at) -> bool:
    """Whether there is a picture, and rights to it at that instant."""
    if not picture or not picture["files"].get("jpeg"):
        return False
    begins, ends = (
        datetime.fromisoformat(value) if (value := picture.get(edge)) else None for edge in ("from", "until")
    )
    return (begins is None or begins <= at) and (ends is None or ends > at)


def of_card(picture: dict | None, at) -> Shown | None:
    """The picture of a card at that instant: its own, or the next of the story's that may be shown."""
    chain = [picture, *picture.get("next", [])] if picture else []
    return next((found for one in chain if (found := shown(one, at))), None)


def shown(picture: dict | None, at, media=addresses.media) -> Shown | None:
    """The picture as a page shows it at that instant; None where there is none, or no right to it any more.

    ``media`` gives the address of a file: the desk's preview has others than readers.
    """
    if not usable(picture, at):
        return None
    files = picture["files"]
    width, name = min(files["jpeg"], key=lambda file: abs(file[0] - _PLAIN_WIDTH))
    return Shown(
        src=media(name),
        width=width,
        height=max(1, round(picture["height"] * width / picture["width"])),
        jpeg=_srcset(files["jpeg"], media),
        avif=_srcset(files.get("avif", []), media),
        look=f"{_focus(picture['focus'])} {_tone(picture.get('colour', ''))}",
        shape=_shape(picture["width"], picture["height"]),
        alt=picture["alt"],
        caption=picture["caption"],
        credit=picture["credit"],
        is_file_photo=picture["is_file_photo"],
        description=picture.get("description", ""),
        crops={ratio: {**crop, "file": media(crop["file"])} for ratio, crop in sorted(picture["crops"].items())},
    )


def _srcset(files, media):
    return ", ".join(f"{media(name)} {width}w" for width, name in files)


def _focus(focus):
    """The classes that keep a picture's chief point in sight when it is cut: tenths of its width and height.

    The strict Content-Security-Policy leaves no style attribute to say it exactly.
    """
    x, y = (min(10, max(0, round(part * 10))) for part in focus)
    return f"fx{x} fy{y}"


# A tone as classes say it: twelfths of the circle of hues, and steps of lightness and of chroma. Chroma ends early:
# what stands in a picture's place is to be calmer than the picture.
_LIGHT, _CHROMA, _HUES = 16, 4, 12
_CHROMA_STEP = 0.022


def _tone(colour):
    """The classes of the tone that stands in a picture's place until it has come: the mean of its colours, in Oklab.

    No style attribute may say it exactly. The rules are those of ``static/readers/parts/tones.css``, which
    :func:`tones` writes.
    """
    try:
        parts = bytes.fromhex(colour.removeprefix("#"))
    except ValueError:
        return ""
    if len(parts) != 3:
        return ""
    lightness, a, b = _oklab(parts)
    chroma = min(_CHROMA - 1, round(math.hypot(a, b) / _CHROMA_STEP))
    hue = round(math.atan2(b, a) / math.tau * _HUES) % _HUES
    return f"tl{min(_LIGHT, max(1, round(lightness * _LIGHT)))}" + (f" tc{chroma} th{hue}" if chroma else "")


def _oklab(parts):
    """Lightness, a and b of a colour of the screen (Björn Ottosson, “A perceptual color space”, 2020)."""
    r, g, b = ((p / 12.92 if (p := part / 255) <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4) for part in parts)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    middle = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def tones() -> str:
    """The stylesheet of the tones that pictures load over."""
    rules = ["img[class*=tl]{background:oklch(var(--tl) var(--tc,0) var(--th,0))}"]
    rules += [f".tl{step}{{--tl:{step / _LIGHT:.3f}}}" for step in range(1, _LIGHT + 1)]
    rules += [f".tc{step}{{--tc:{step * _CHROMA_STEP:.3f}}}" for step in range(1, _CHROMA)]
    rules += [f".th{step}{{--th:{step * 360 // _HUES}}}" for step in range(_HUES)]
    return "@layer parts{\n@supports (color:oklch(0 0 0)){\n" + "\n".join(rules) + "\n}\n}\n"


def _shape(width, height):
    """Whether a picture is so tall or so wide that a page shows it whole, and not cut to the ratio of the others."""
    return "tall" if height > width * 1.05 else "wide" if width > height * 2 else ""
