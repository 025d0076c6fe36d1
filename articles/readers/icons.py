"""Draws the site's icons: ``python -m articles.readers.icons``. A globe of three meridians, as in ``favicon.svg``."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "static" / "readers" / "icons"
RED, WHITE = (157, 27, 34, 255), (255, 255, 255, 255)
# The name of the file, its size in pixels, the corner as a part of it, and how much of it the globe takes.
ICONS = [("icon-32", 32, 0.19, 0.66), ("icon-180", 180, 0, 0.62), ("icon-192", 192, 0.19, 0.62)]
ICONS += [("icon-512", 512, 0.19, 0.62), ("maskable-512", 512, 0, 0.5)]
_FINER = 4


def draw(size: int, corner: float, part: float) -> Image.Image:
    whole = size * _FINER
    image = Image.new("RGBA", (whole, whole), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, whole - 1, whole - 1), radius=whole * corner, fill=RED)
    stroke = max(_FINER, round(whole * part * 0.105))
    edge = whole * (1 - part) / 2
    pen.ellipse((edge, edge, whole - edge, whole - edge), outline=WHITE, width=stroke)
    narrow = whole * part * 0.42 / 2
    pen.ellipse((whole / 2 - narrow, edge, whole / 2 + narrow, whole - edge), outline=WHITE, width=stroke)
    pen.rectangle((whole / 2 - stroke / 2, edge, whole / 2 + stroke / 2, whole - edge), fill=WHITE)
    return image.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, size, corner, part in ICONS:
        draw(size, corner, part).save(FOLDER / f"{name}.png", optimize=True)
