"""From a picture in a release's document to what the page shows of it. Plain data in, plain data out."""

from dataclasses import dataclass, field
from datetime import datetime

from . import addresses

# The file that browsers get which know no srcset: the one nearest to this many pixels wide.
_PLAIN_WIDTH = 960


@dataclass
class Shown:
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
        look=f"{_focus(picture['focus'])} {_tint(picture.get('colour', ''))}",
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


def _tint(colour):
    """The class of the colour that stands in a picture's place until it has come: its own, to the nearest of 216.

    The rules are those of ``static/readers/parts/tints.css``, which :func:`tints` writes.
    """
    try:
        parts = bytes.fromhex(colour.removeprefix("#"))
    except ValueError:
        return ""
    return "t" + "".join(f"{round(part / 51) * 3:x}" for part in parts) if len(parts) == 3 else ""


def tints() -> str:
    """The stylesheet of the colours that pictures load over."""
    steps = "0369cf"
    rules = [f".t{r}{g}{b}{{background:#{r}{g}{b}}}" for r in steps for g in steps for b in steps]
    return "@layer parts{\n" + "\n".join(rules) + "\n}\n"


def _shape(width, height):
    """Whether a picture is so tall or so wide that a page shows it whole, and not cut to the ratio of the others."""
    return "tall" if height > width * 1.05 else "wide" if width > height * 2 else ""
