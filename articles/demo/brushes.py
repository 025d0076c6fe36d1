"""A small drawing board on Pillow for the demo's illustrations.

Everything is measured in hundredths of the picture's short side, from its top left corner, so that a scene does not
know how many pixels it will have. Chance comes from ``Board.chance``, which is seeded: a scene drawn twice is the same
picture.
"""

import math
import random
from itertools import pairwise

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Colour = str | tuple[int, ...]
Point = tuple[float, float]
Stops = list[tuple[float, Colour]]  # (0 at the top to 1 at the bottom, colour)


def rgb(colour: Colour) -> tuple[int, int, int]:
    """The colour as three numbers from 0 to 255, its transparency left out."""
    return (ImageColor.getrgb(colour) if isinstance(colour, str) else colour)[:3]


def mix(one: Colour, other: Colour, share: float) -> tuple[int, int, int]:
    """A colour between two: 0 is the first, 1 the second."""
    return tuple(round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))


def dark(colour: Colour, share: float) -> tuple[int, int, int]:
    return mix(colour, "#05070d", share)


def light(colour: Colour, share: float) -> tuple[int, int, int]:
    return mix(colour, "#fffaf0", share)


def veil(colour: Colour, opacity: float) -> tuple[int, int, int, int]:
    """The colour, see-through: 0 cannot be seen, 1 hides what lies below."""
    return (*rgb(colour), round(255 * opacity))


class Board:
    """A picture in the making. ``w`` and ``h`` are its size in units, the shorter of them 100."""

    def __init__(self, width: int, height: int, seed: str):
        self.unit = min(width, height) / 100
        self.w, self.h = width / self.unit, height / self.unit
        self.image = Image.new("RGB", (width, height))
        self.pen = ImageDraw.Draw(self.image, "RGBA")
        self.chance = random.Random(seed)  # noqa: S311 (pictures, not secrets)

    def px(self, points: list[Point]) -> list[Point]:
        return [(x * self.unit, y * self.unit) for x, y in points]

    def poly(self, points: list[Point], colour: Colour) -> None:
        self.pen.polygon(self.px(points), fill=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        u = self.unit
        if width * u >= 1 and height * u >= 1:
            self.pen.rectangle((x * u, y * u, (x + width) * u - 1, (y + height) * u - 1), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour, tall: float = 1) -> None:
        u = self.unit
        self.pen.ellipse(
            ((x - radius) * u, (y - radius * tall) * u, (x + radius) * u, (y + radius * tall) * u), fill=colour
        )

    def line(self, points: list[Point], colour: Colour, width: float = 0.3) -> None:
        self.pen.line(self.px(points), fill=colour, width=max(1, round(width * self.unit)), joint="curve")

    def gradient(self, stops: Stops, left: float, top: float, right: float, bottom: float) -> Image.Image:
        """An upright gradient of the size of that box."""
        width, height = round((right - left) * self.unit), round((bottom - top) * self.unit)
        rows = max(2, min(height // 3, 256))
        strip = Image.new("RGB", (1, rows))
        for row in range(rows):
            strip.putpixel((0, row), _at(stops, row / (rows - 1)))
        column = strip.resize((1, max(1, height)), Image.Resampling.BILINEAR)
        return column.resize((max(1, width), column.height), Image.Resampling.NEAREST)

    def wash(self, stops: Stops, top: float = 0, bottom: float | None = None) -> None:
        """Fill a band of the picture, from edge to edge, with a gradient."""
        bottom = self.h if bottom is None else bottom
        self.image.paste(self.gradient(stops, 0, top, self.w, bottom), (0, round(top * self.unit)))

    def fill(self, points: list[Point], stops: Stops) -> None:
        """A polygon filled with an upright gradient over its own height."""
        self.paint(stops, points, lambda pen, shift: pen.polygon([shift(p) for p in points], fill=255))

    def paint(self, stops: Stops, corners: list[Point], draw) -> None:
        """Whatever ``draw(pen, shift)`` draws in white within those corners, filled with a gradient."""
        left, right = max(0, min(x for x, _ in corners)), min(self.w, max(x for x, _ in corners))
        top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        if right <= left or bottom <= top:
            return
        u = self.unit
        fill = self.gradient(stops, left, top, right, bottom)
        mask = Image.new("L", fill.size)
        draw(ImageDraw.Draw(mask), lambda p: ((p[0] - left) * u, (p[1] - top) * u))
        self.image.paste(fill, (round(left * u), round(top * u)), mask)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1, tall: float = 1) -> None:
        """A soft round light."""
        u = self.unit
        size = (max(2, round(2 * radius * u)), max(2, round(2 * radius * tall * u)))
        mask = _GLOW.point([round(v * strength) for v in range(256)]).resize(size, Image.Resampling.BILINEAR)
        self.image.paste(rgb(colour), (round((x - radius) * u), round((y - radius * tall) * u)), mask)

    def mist(self, top: float, bottom: float, colour: Colour, strength: float, *, rising: bool = False) -> None:
        """A veil that thickens downwards, or upwards if ``rising``."""
        u = self.unit
        size = (self.image.width, max(1, round((bottom - top) * u)))
        mask = Image.linear_gradient("L").point([round(v * strength) for v in range(256)])
        mask = (mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM) if rising else mask).resize(
            size, Image.Resampling.BILINEAR
        )
        self.image.paste(rgb(colour), (0, round(top * u)), mask)

    def skyline(self, base: float, height: float, roughness: float = 0.5, pieces: int = 7) -> list[Point]:
        """The outline of hills, from the left edge to the right, by halving: rougher, more jagged."""
        ups = [self.chance.uniform(0.15, 1) for _ in range(4)]
        swing = 0.5
        for _ in range(pieces):
            between = [(a + b) / 2 + self.chance.uniform(-swing, swing) * 0.5 for a, b in pairwise(ups)]
            ups = [v for pair in zip(ups, between, strict=False) for v in pair] + [ups[-1]]
            swing *= roughness
        step = self.w / (len(ups) - 1)
        return [(i * step, base - height * v) for i, v in enumerate(ups)]

    def hills(self, base: float, height: float, stops: Stops, roughness: float = 0.5) -> list[Point]:
        """Hills filled with a gradient down to the bottom of the picture; their outline is returned."""
        line = self.skyline(base, height, roughness)
        self.fill([*line, (self.w, self.h), (0, self.h)], stops)
        return line

    def clouds(self, y: float, colour: Colour, count: int, size: float, strength: float = 0.5) -> None:
        """Soft, flat-bottomed clouds around a height."""
        layer = Image.new("L", (self.image.width // 4, self.image.height // 4))
        pen, u = ImageDraw.Draw(layer), self.unit / 4
        for _ in range(count):
            cx, cy = self.chance.uniform(0, self.w), y + self.chance.uniform(-size, size)
            for _ in range(9):
                dx, r = self.chance.gauss(0, size * 1.6), size * self.chance.uniform(0.25, 0.7)
                x, top = (cx + dx) * u, (cy - r * 0.7) * u
                pen.ellipse((x - r * 2 * u, top, x + r * 2 * u, (cy + r * 0.25) * u), fill=round(255 * strength))
        layer = layer.filter(ImageFilter.GaussianBlur(size * u * 0.22))
        self.image.paste(rgb(colour), (0, 0), layer.resize(self.image.size, Image.Resampling.BILINEAR))

    def mirror(self, shore: float, tint: Colour, strength: float, ripple: float = 0.5) -> None:
        """Still water below the shore: what stands above it, upside down, tinted and broken by ripples."""
        u = self.unit
        y, width = round(shore * u), self.image.width
        depth = min(y, self.image.height - y)
        flipped = self.image.crop((0, y - depth, width, y)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        if depth < self.image.height - y:
            flipped = flipped.resize((width, self.image.height - y), Image.Resampling.BILINEAR)
        water = Image.blend(flipped, Image.new("RGB", flipped.size, rgb(tint)), strength)
        band = max(2, round(0.35 * u))
        for top in range(0, water.height, band):
            row = water.crop((0, top, width, min(top + band, water.height)))
            shift = round(self.chance.gauss(0, ripple) * u * (0.4 + 1.6 * top / water.height))
            water.paste(ImageChops.offset(row, shift, 0), (0, top))
        self.image.paste(water, (0, y))

    def tree(self, x: float, foot: float, height: float, colour: Colour, lit: Colour) -> None:
        """A round tree with light from the left."""
        self.line([(x, foot), (x, foot - height * 0.5)], dark(colour, 0.5), height * 0.07)
        for _ in range(9):
            dx, dy = self.chance.gauss(0, height * 0.18), self.chance.uniform(-0.25, 0.2) * height
            shade = mix(colour, lit, min(1, max(0, 0.45 - dx / height - dy / height)))
            self.disc(x + dx, foot - height * 0.68 + dy, height * self.chance.uniform(0.13, 0.22), shade)

    def fir(self, x: float, foot: float, height: float, colour: Colour) -> None:
        for i in range(4):
            top, wide = foot - height * (1 - i * 0.2), height * (0.11 + i * 0.055)
            self.poly([(x, top), (x + wide, top + height * 0.4), (x - wide, top + height * 0.4)], colour)

    def palm(self, x: float, foot: float, height: float, colour: Colour) -> None:
        lean = self.chance.uniform(-0.18, 0.18) * height
        trunk = [(x + lean * t * t, foot - height * t) for t in (0, 0.25, 0.5, 0.75, 1)]
        self.line(trunk, colour, height * 0.045)
        cx, cy = trunk[-1]
        for i in range(9):
            angle = math.pi * (i / 8) + self.chance.uniform(-0.1, 0.1)
            reach = height * self.chance.uniform(0.36, 0.46)
            tip = (cx + math.cos(angle) * reach, cy - math.sin(angle) * reach * 0.55 + reach * 0.32)
            bend = (cx + math.cos(angle) * reach * 0.55, cy - math.sin(angle) * reach * 0.6 - reach * 0.05)
            self.poly([(cx, cy), bend, tip, (bend[0], bend[1] + reach * 0.17)], colour)

    def person(self, x: float, foot: float, height: float, colour: Colour) -> None:
        """A small figure, standing."""
        self.disc(x, foot - height * 0.92, height * 0.082, colour)
        for side in (-1, 1):
            outline = [(0, 0.82), (0.11, 0.81), (0.15, 0.74), (0.17, 0.45), (0.13, 0.45), (0.11, 0.68)]
            outline += [(0.11, 0.48), (0.12, 0.02), (0.15, 0), (0.04, 0), (0.015, 0.44), (0, 0.44)]
            self.poly([(x + side * dx * height, foot - dy * height) for dx, dy in outline], colour)


def _at(stops: Stops, place: float) -> tuple[int, int, int]:
    before = stops[0]
    for stop in stops:
        if stop[0] >= place:
            span = stop[0] - before[0]
            return mix(before[1], stop[1], (place - before[0]) / span if span else 1)
        before = stop
    return rgb(before[1])


# Light that falls off to nothing at the rim; Pillow's own gradient is dark in the middle.
_GLOW = ImageChops.invert(Image.radial_gradient("L")).point(
    [round(255 * max(0, (v - 74) / 181) ** 1.8) for v in range(256)]
)
