"""Demo scenes on and under the sea."""

import math

from PIL import ImageFilter

from ..brushes import Board, dark, light, mix, veil


def harbour(b: Board, p: tuple[str, ...]) -> None:
    """Container cranes against the last light; palette: night, rose, gold, steel, red, teal."""
    night, rose, gold, steel, red, teal = p
    shore = 64
    b.wash([(0, night), (0.5, mix(night, rose, 0.6)), (0.82, rose), (1, gold)], 0, shore)
    b.clouds(22, mix(rose, gold, 0.4), 6, 5, 0.35)
    b.clouds(38, light(gold, 0.2), 4, 3, 0.4)
    b.glow(54, shore - 3, 46, light(gold, 0.35), 0.9, tall=0.6)
    b.disc(54, shore - 6, 4.2, light(gold, 0.75))
    ridge = b.skyline(shore, 11, 0.42)
    b.fill([*ridge, (b.w, shore), (0, shore)], [(0, mix(night, rose, 0.55)), (1, mix(rose, gold, 0.35))])
    b.box(0, shore - 2.6, b.w, 2.6, dark(steel, 0.45))
    for x, base, size in ((62, shore - 1, 0.72), (84, shore - 1, 0.88), (108, shore - 1, 1.06)):
        _crane(b, x, base, 46 * size, dark(steel, 0.25))
    _freighter(b, 6, shore, 52, dark(night, 0.35), [red, teal, gold, mix(red, gold, 0.5), light(steel, 0.3)])
    for x in range(60, int(b.w), 3):
        stack = b.chance.randint(1, 4)
        for level in range(stack):
            shade = b.chance.choice([red, teal, gold, steel])
            b.box(x, shore - 2.6 - 1.5 * (level + 1), 2.7, 1.4, dark(shade, 0.45))
    b.mirror(shore, mix(night, rose, 0.25), 0.38, 0.35)
    b.mist(shore, b.h, dark(night, 0.4), 0.55)
    for _ in range(60):
        y = b.chance.uniform(shore + 1, b.h)
        x = 54 + b.chance.gauss(0, 3 + (y - shore) * 0.22)
        b.line([(x - 1.8, y), (x + 1.8, y)], veil(light(gold, 0.5), 0.5), 0.22)


def _crane(b: Board, x: float, base: float, height: float, colour) -> None:
    wide = height * 0.22
    deck, top = base - height * 0.62, base - height
    for leg in (x, x + wide):
        b.line([(leg, base), (leg, deck)], colour, height * 0.028)
    b.line([(x, base - height * 0.2), (x + wide, base - height * 0.2)], colour, height * 0.02)
    b.line([(x, base - height * 0.2), (x + wide, deck)], colour, height * 0.014)
    b.line([(x - height * 0.62, deck), (x + wide + height * 0.28, deck)], colour, height * 0.034)
    b.line([(x, deck), (x + wide * 0.35, top), (x + wide, deck)], colour, height * 0.022)
    apex = (x + wide * 0.35, top)
    for end in (x - height * 0.6, x - height * 0.3, x + wide + height * 0.26):
        b.line([apex, (end, deck)], colour, height * 0.009)
    b.box(x - height * 0.2, deck + height * 0.015, height * 0.07, height * 0.05, colour)
    b.line([(x - height * 0.165, deck), (x - height * 0.165, base - height * 0.3)], colour, height * 0.006)
    b.disc(*apex, height * 0.012, "#ff6b4a")


def _freighter(b: Board, x: float, water: float, length: float, hull, boxes: list) -> None:
    b.poly(
        [
            (x, water - 6),
            (x + length, water - 6),
            (x + length * 0.965, water + 0.5),
            (x + length * 0.05, water + 0.5),
        ],
        hull,
    )
    b.box(x + length * 0.04, water - 17, length * 0.12, 11, light(hull, 0.12))
    for row in range(4):
        b.box(x + length * 0.05, water - 16 + row * 2.2, length * 0.1, 0.7, "#ffd9a0")
    for column in range(11):
        for level in range(b.chance.randint(2, 6)):
            b.box(
                x + length * (0.19 + column * 0.068),
                water - 7.7 - level * 1.75,
                length * 0.064,
                1.62,
                dark(b.chance.choice(boxes), 0.3),
            )


def ferry(b: Board, p: tuple[str, ...]) -> None:
    """A white ferry among islands at evening; palette: blue, apricot, sea, island, white."""
    blue, apricot, sea, island, white = p
    shore = 52
    b.wash([(0, blue), (0.65, mix(blue, apricot, 0.6)), (1, light(apricot, 0.35))], 0, shore)
    b.clouds(16, light(apricot, 0.55), 5, 4, 0.4)
    b.glow(104, shore - 4, 52, light(apricot, 0.6), 0.85, tall=0.7)
    for base, height, share in ((shore, 13, 0.62), (shore, 8, 0.3)):
        outline = [(x, min(base, y + 4 * abs(math.sin(x / 21 + share * 9)))) for x, y in b.skyline(base, height, 0.45)]
        b.fill(
            [*outline, (b.w, base), (0, base)],
            [(0, mix(island, apricot, share)), (1, mix(island, light(apricot, 0.4), share + 0.15))],
        )
    for _ in range(22):
        b.box(14 + b.chance.gauss(0, 5), shore - b.chance.uniform(1.2, 4), 1, 0.8, veil(white, 0.85))
    b.wash([(0, mix(sea, apricot, 0.45)), (0.25, sea), (1, dark(sea, 0.5))], shore, b.h)
    for _ in range(330):
        depth = b.chance.random() ** 1.6
        y, x = shore + 0.6 + depth * (b.h - shore), b.chance.uniform(0, b.w)
        shade = light(apricot, 0.5) if abs(x - 104) < 9 + depth * 24 else light(sea, 0.35)
        b.line([(x, y), (x + 1 + depth * 7, y)], veil(shade, 0.2 + 0.15 * depth), 0.12 + 0.35 * depth)
    x, y = 34, 68
    for i in range(26):
        b.line(
            [(x - i * 1.9, y + 0.3 + i * 0.1), (x - i * 1.9 - 4, y + 0.3 + i * 0.13)], veil(white, 0.5 - i * 0.018), 0.8
        )
    b.fill(
        [(x, y - 6.5), (x + 55, y - 8), (x + 50, y + 0.8), (x + 2, y + 0.8)],
        [(0, white), (0.55, light(sea, 0.75)), (0.56, "#1f4e79"), (1, "#16324f")],
    )
    for row, (left, right) in enumerate(((2, 44), (4, 40), (7, 34))):
        top = y - 10 - row * 3.4
        b.fill(
            [(x + left, top), (x + right, top), (x + right + 1.6, top + 3.6), (x + left, top + 3.6)],
            [(0, white), (1, mix(white, blue, 0.22))],
        )
        for step in range(int((right - left) / 2)):
            b.box(x + left + 1 + step * 2, top + 1.1, 1.2, 1.1, mix(blue, "#102236", 0.55))
    b.fill(
        [(x + 11, y - 24), (x + 18, y - 24), (x + 20, y - 16.5), (x + 11, y - 16.5)],
        [(0, "#1f4e79"), (0.5, "#e2574c"), (1, "#1f4e79")],
    )
    b.line([(x + 30, y - 16.8), (x + 30, y - 25)], white, 0.4)
    b.poly([(x - 1, y + 1.2), (x + 53, y + 1.2), (x + 58, y + 1.9), (x + 2, y + 2.4)], veil(white, 0.75))
    for _ in range(7):
        gx, gy, s = b.chance.uniform(12, 86), b.chance.uniform(22, 44), b.chance.uniform(0.8, 1.7)
        b.line([(gx - s, gy - s * 0.5), (gx, gy), (gx + s, gy - s * 0.5)], veil("#26374d", 0.85), 0.25)


def coral_reef(b: Board, p: tuple[str, ...]) -> None:
    """Branching coral and a school of fish; palette: surface, deep, pink, orange, violet, sand."""
    surface, deep, pink, orange, violet, sand = p
    b.wash([(0, light(surface, 0.45)), (0.3, surface), (1, deep)])
    shafts = Board(b.image.width, b.image.height, "rays")
    for _ in range(13):
        x, wide = shafts.chance.uniform(-10, b.w), shafts.chance.uniform(2, 9)
        shafts.poly([(x, -2), (x + wide, -2), (x + wide * 2.4 + 24, 88), (x + 16, 88)], (255, 255, 255, 46))
    mask = shafts.image.convert("L").resize((b.image.width // 8, b.image.height // 8))
    mask = mask.filter(ImageFilter.GaussianBlur(7)).resize(b.image.size)
    b.image.paste((235, 255, 250), (0, 0), mask)
    b.mist(30, b.h, deep, 0.75)
    b.fill([*b.skyline(80, 22, 0.5), (b.w, b.h), (0, b.h)], [(0, mix(violet, deep, 0.72)), (1, deep)])
    b.fill([*b.skyline(93, 24, 0.55), (b.w, b.h), (0, b.h)], [(0, mix(violet, deep, 0.45)), (1, dark(deep, 0.3))])
    for x in range(6, int(b.w), 15):
        _branch(
            b,
            x + b.chance.uniform(-3, 3),
            88,
            b.chance.uniform(7, 11),
            -math.pi / 2,
            mix(b.chance.choice([pink, orange, violet]), deep, 0.5),
            4,
        )
    b.fill([*b.skyline(104, 16, 0.5), (b.w, b.h), (0, b.h)], [(0, mix(sand, violet, 0.6)), (1, dark(violet, 0.45))])
    for x, size, shade in (
        (12, 15, pink),
        (34, 9, orange),
        (104, 17, orange),
        (124, 12, pink),
        (80, 7, light(violet, 0.3)),
    ):
        for lean in (-0.75, -0.3, 0.1, 0.5, 0.9):
            _branch(
                b,
                x,
                99,
                size * b.chance.uniform(0.75, 1),
                -math.pi / 2 + lean,
                mix(shade, light(shade, 0.4), b.chance.random()),
                5,
            )
    for x, y, r, shade in (
        (52, 97, 8, mix(orange, sand, 0.4)),
        (66, 100, 6, violet),
        (92, 100, 7, mix(pink, sand, 0.4)),
    ):
        b.disc(x, y, r, dark(shade, 0.2), tall=0.8)
        for i in range(60):
            angle, reach = i * 2.4, r * 0.93 * math.sqrt(i / 60)
            b.disc(x + math.cos(angle) * reach, y + math.sin(angle) * reach * 0.8, r * 0.07, light(shade, 0.3))
    for _ in range(46):
        x, y = 74 + b.chance.gauss(0, 19), 43 + b.chance.gauss(0, 8)
        _fish(b, x, y, b.chance.uniform(1.5, 2.9), b.chance.choice(["#ffd24d", "#ffe08a", "#fff3c4"]))
    for x, y, size in ((30, 58, 5), (41, 66, 4), (112, 62, 5.4)):
        _fish(b, x, y, size, "#ff9f45", stripe="#ffffff")
    for _ in range(40):
        b.disc(b.chance.uniform(0, b.w), b.chance.uniform(4, 80), b.chance.uniform(0.15, 0.5), veil("#ffffff", 0.35))


def _branch(b: Board, x: float, y: float, length: float, angle: float, colour, left: int) -> None:
    tip = (x + math.cos(angle) * length, y + math.sin(angle) * length)
    b.line([(x, y), tip], colour, 0.35 + left * 0.36)
    b.disc(*tip, 0.16 + left * 0.18, colour)
    if left > 1:
        for turn in (-0.45, 0.4):
            _branch(b, *tip, length * 0.66, angle + turn + b.chance.uniform(-0.2, 0.2), colour, left - 1)


def _fish(b: Board, x: float, y: float, size: float, colour: str, stripe: str = "") -> None:
    b.poly(
        [(x - size * 0.8, y), (x - size * 1.5, y - size * 0.5), (x - size * 1.35, y), (x - size * 1.5, y + size * 0.5)],
        dark(colour, 0.12),
    )
    b.poly(
        [(x - size * 0.4, y - size * 0.35), (x + size * 0.1, y - size * 0.78), (x + size * 0.4, y - size * 0.3)],
        dark(colour, 0.12),
    )
    b.disc(x, y, size, colour, tall=0.46)
    if stripe:
        for dx in (-0.35, 0.3):
            b.box(x + dx * size - size * 0.09, y - size * 0.4, size * 0.2, size * 0.8, stripe)
    b.disc(x + size * 0.62, y - size * 0.09, size * 0.1, "#14202b")
