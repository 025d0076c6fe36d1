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
    focus: str
    alt: str
    caption: str
    credit: str
    is_file_photo: bool
    crops: dict = field(default_factory=dict)


def usable(picture: dict | None, at) -> bool:
    """Whether there is a picture, and rights to it at that instant."""
    if not picture or not picture["files"].get("jpeg"):
        return False
    return picture["until"] is None or datetime.fromisoformat(picture["until"]) > at


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
        focus=_focus(picture["focus"]),
        alt=picture["alt"],
        caption=picture["caption"],
        credit=picture["credit"],
        is_file_photo=picture["is_file_photo"],
        crops={ratio: {**crop, "file": media(crop["file"])} for ratio, crop in sorted(picture["crops"].items())},
    )


def _srcset(files, media):
    return ", ".join(f"{media(name)} {width}w" for width, name in files)


def _focus(focus):
    """The class that keeps a picture's chief point in sight when it is cut: fifths of its width and height.

    The strict Content-Security-Policy leaves no style attribute to say it exactly.
    """
    x, y = (min(4, max(0, int(part * 5))) for part in focus)
    return f"focus-x{x} focus-y{y}"
