"""Demo scenes of rooms and of things seen close."""

import math
from itertools import pairwise

from ..brushes import Board, Colour, dark, light, mix, veil


def vaccine_vials(b: Board, p: tuple[str, ...]) -> None:
    """Vials in a cold box, upright format; palette: teal, pale, glass, cap, label, blue."""
    teal, pale, glass, cap, label, blue = p
    b.wash([(0, dark(teal, 0.35)), (0.55, teal), (1, mix(teal, pale, 0.5))])
    for _ in range(34):
        x, y, r = b.chance.uniform(0, b.w), b.chance.uniform(0, 66), b.chance.uniform(3, 9)
        b.glow(x, y, r * 1.6, mix(pale, label, b.chance.random() * 0.4), b.chance.uniform(0.12, 0.4))
    b.fill([(0, 92), (b.w, 92), (b.w, b.h), (0, b.h)], [(0, light(pale, 0.35)), (1, mix(pale, teal, 0.45))])
    b.fill([(6, 78), (94, 78), (97, 122), (3, 122)], [(0, blue), (1, dark(blue, 0.35))])
    b.fill([(6, 78), (94, 78), (90, 71), (10, 71)], [(0, dark(blue, 0.55)), (1, dark(blue, 0.35))])
    for row, (foot, size, count) in enumerate(((77, 0.95, 6), (85, 1.2, 5))):
        for k in range(count):
            x = 50 + (k - (count - 1) / 2) * 15 * size * (1.0 if row else 1.1)
            shade = [cap, "#e9b949", "#7fb8e0"][(k + row) % 3] if row == 0 else cap
            _vial(b, x, foot, size, glass, shade, label, blue)
    b.fill([(3, 84), (97, 84), (98, 126), (2, 126)], [(0, light(blue, 0.22)), (0.08, blue), (1, dark(blue, 0.3))])
    b.fill([(2, 82), (98, 82), (98, 86.5), (2, 86.5)], [(0, light(blue, 0.55)), (1, light(blue, 0.2))])
    b.box(38, 96, 24, 16, light(pale, 0.6))
    for k in range(3):
        dx, dy = 4.6 * math.cos(k * math.pi / 3 + math.pi / 6), 4.6 * math.sin(k * math.pi / 3 + math.pi / 6)
        b.line([(50 - dx, 104 - dy), (50 + dx, 104 + dy)], blue, 0.9)
        for end in (-1, 1):
            b.disc(50 + end * dx, 104 + end * dy, 0.9, blue)
    for x in (9, 82):
        b.fill([(x, 91), (x + 9, 91), (x + 9, 101), (x, 101)], [(0, light(blue, 0.4)), (1, dark(blue, 0.15))])
    b.poly([(2, 126), (98, 126), (104, 129.5), (-4, 129.5)], veil(dark(teal, 0.6), 0.3))
    for _ in range(26):
        x, y = b.chance.uniform(8, 92), b.chance.uniform(80, 83.5)
        b.disc(x, y, b.chance.uniform(1, 2.3), veil("#ffffff", 0.5), tall=0.6)
    for _ in range(9):
        b.glow(b.chance.uniform(6, 94), b.chance.uniform(74, 82), 11, "#ffffff", 0.3, tall=0.4)


def _vial(b: Board, x: float, foot: float, s: float, glass: Colour, cap: Colour, label: Colour, ink: Colour) -> None:
    wide, tall = 6.1 * s, 33 * s
    top = foot - tall
    b.fill(
        [
            (x - wide, top + 5 * s),
            (x - wide * 0.5, top),
            (x + wide * 0.5, top),
            (x + wide, top + 5 * s),
            (x + wide, foot + 6),
            (x - wide, foot + 6),
        ],
        [(0, light(glass, 0.5)), (0.4, glass), (1, dark(glass, 0.1))],
    )
    b.fill(
        [
            (x - wide * 0.86, top + 10 * s),
            (x + wide * 0.86, top + 10 * s),
            (x + wide * 0.86, foot + 6),
            (x - wide * 0.86, foot + 6),
        ],
        [(0, light(glass, 0.75)), (1, light(glass, 0.3))],
    )
    b.box(x - wide, top + 15 * s, wide * 2, 15 * s, label)
    b.box(x - wide, top + 17 * s, wide * 2, 2.2 * s, cap)
    for k in range(3):
        b.box(x - wide * 0.7, top + (21.5 + k * 2.4) * s, wide * (1.3 - 0.3 * k), 0.9 * s, mix(label, ink, 0.55))
    b.box(x - wide * 0.62, top - 4.4 * s, wide * 1.24, 4.6 * s, "#cfd6da")
    b.fill(
        [
            (x - wide * 0.72, top - 8 * s),
            (x + wide * 0.72, top - 8 * s),
            (x + wide * 0.72, top - 3.6 * s),
            (x - wide * 0.72, top - 3.6 * s),
        ],
        [(0, light(cap, 0.3)), (1, dark(cap, 0.15))],
    )
    b.box(x - wide * 0.72, top + 6 * s, wide * 0.24, tall * 0.8, veil("#ffffff", 0.55))
    b.box(x + wide * 0.74, top + 6 * s, wide * 0.26, tall * 0.85, veil(dark(glass, 0.6), 0.16))


def chip_wafer(b: Board, p: tuple[str, ...]) -> None:
    """A silicon wafer with its dies, in shifting colours; palette: dark, violet, cyan, gold, rose, green."""
    base, violet, cyan, gold, rose, green = p
    b.wash([(0, dark(base, 0.35)), (0.6, base), (1, light(base, 0.08))])
    b.glow(20, 10, 70, violet, 0.4)
    b.glow(b.w - 10, 96, 60, cyan, 0.28)
    for k in range(14):
        b.line([(k * 12 - 10, b.h), (k * 12 + 30, 0)], veil("#ffffff", 0.025), 2.4)
    cx, cy, r = b.w * 0.56, 55.0, 52.0
    b.disc(cx + 2.5, cy + 4, r, veil("#000000", 0.35))
    b.disc(cx, cy, r, "#c9ccd8")
    b.disc(cx, cy, r * 0.985, dark(base, 0.2))
    spectrum = [violet, cyan, green, gold, rose, violet, cyan]
    cell_w, cell_h = 5.6, 4.5
    for i in range(-10, 11):
        for j in range(-12, 13):
            x, y = cx + i * cell_w, cy + j * cell_h
            if math.hypot(abs(i * cell_w) + cell_w / 2, abs(j * cell_h) + cell_h / 2) > r * 0.955:
                continue
            turn = (math.atan2(j * cell_h + 16, i * cell_w + 22) / math.pi + 1) * 3 + math.hypot(i, j) * 0.11
            k = int(turn) % 6
            shade = mix(spectrum[k], spectrum[k + 1], turn % 1)
            shade = mix(shade, base, 0.16 + 0.3 * b.chance.random() * (i % 2))
            left, top = x - cell_w / 2 + 0.18, y - cell_h / 2 + 0.18
            b.fill(
                [
                    (left, top),
                    (left + cell_w - 0.36, top),
                    (left + cell_w - 0.36, top + cell_h - 0.36),
                    (left, top + cell_h - 0.36),
                ],
                [(0, light(shade, 0.22)), (1, dark(shade, 0.25))],
            )
            b.box(left + 0.5, top + 0.5, cell_w * 0.36, cell_h * 0.36, veil(light(shade, 0.5), 0.35))
            b.box(left + cell_w * 0.5, top + 0.5, cell_w * 0.3, cell_h * 0.24, veil(dark(shade, 0.6), 0.4))
            for line in range(3):
                b.box(
                    left + 0.5,
                    top + cell_h * (0.52 + line * 0.12),
                    cell_w * (0.78 - 0.15 * (line % 2)),
                    0.18,
                    veil(dark(shade, 0.6), 0.45),
                )
    b.poly([(cx - 1.6, cy + r + 0.3), (cx, cy + r - 2.2), (cx + 1.6, cy + r + 0.3)], base)
    for start, wide in ((-30, 17), (-6, 5)):
        shape = []
        for a in range(13):
            angle = math.radians(-128 + a * wide / 12 + (start + 30))
            shape.append((cx + math.cos(angle) * r * 0.98, cy + math.sin(angle) * r * 0.98))
        for a in range(12, -1, -1):
            angle = math.radians(52 + a * wide / 12 + (start + 30))
            shape.append((cx + math.cos(angle) * r * 0.98, cy + math.sin(angle) * r * 0.98))
        b.poly(shape, veil("#ffffff", 0.13))
    b.glow(cx - 24, cy - 30, 20, "#ffffff", 0.45)
    b.glow(cx - 24, cy - 30, 5, "#ffffff", 0.8)
    tip = (30, 78)
    b.poly([(-2, 88), (22, 77), tip, (24, 80.5), (-2, 95)], "#b8bfca")
    b.poly([(-2, 88), (22, 77), tip, (22, 78.3), (-2, 90)], "#e6eaf0")


def library(b: Board, p: tuple[str, ...]) -> None:
    """Shelves, a ladder and a lamp, upright format; palette: wood, deep, cream, red, green, blue, gold."""
    wood, deep, cream, red, green, blue, gold = p
    b.wash([(0, deep), (1, dark(deep, 0.3))])
    floor = 116.0
    shades = [red, green, blue, gold, cream, mix(red, deep, 0.4), mix(green, blue, 0.5), mix(gold, red, 0.4)]
    arch = [(40, 88), (40, 30)]
    arch += [(50 - 10 * math.cos(a), 30 - 12 * math.sin(a)) for a in (k * math.pi / 20 for k in range(21))]
    arch += [(60, 88)]
    b.fill([(38, 16), (62, 16), (62, 90), (38, 90)], [(0, "#bcd7e6"), (0.6, light(cream, 0.4)), (1, light(gold, 0.45))])
    for x in (41, 45, 50, 55, 59):
        b.tree(x, 92, b.chance.uniform(22, 36), mix(green, "#bcd7e6", 0.5), mix(green, cream, 0.6))

    def panelling(pen, shift) -> None:
        pen.rectangle((*shift((36, -1)), *shift((64, floor + 1))), fill=255)
        pen.polygon([shift(point) for point in arch], fill=0)

    b.paint([(0, dark(wood, 0.5)), (1, dark(wood, 0.36))], [(36, -1), (64, floor + 1)], panelling)
    for left, right in ((2, 34), (66, 98)):
        b.box(left - 2, -1, right - left + 4, floor + 3, dark(wood, 0.25))
        for row in range(8):
            _shelf(b, left, right, 2 + row * 14.4, 12.6, shades, wood, deep)
        for x in (left - 2, right):
            b.fill(
                [(x, -1), (x + 2, -1), (x + 2, floor + 2), (x, floor + 2)],
                [(0, light(wood, 0.15)), (1, dark(wood, 0.2))],
            )
    for x in (46.7, 53.3):
        b.line([(x, 19), (x, 88)], dark(wood, 0.3), 0.7)
    for y in (33, 47, 61, 75):
        b.line([(40, y), (60, y)], dark(wood, 0.3), 0.6)
    b.line([*arch, arch[0]], light(wood, 0.12), 1.4)
    b.glow(50, 46, 36, light(gold, 0.5), 0.42, tall=1.4)
    b.fill([(0, floor), (b.w, floor), (b.w, b.h), (0, b.h)], [(0, mix(wood, deep, 0.35)), (1, dark(wood, 0.35))])
    for k in range(-12, 13):
        b.line([(50 + k * 5.4, floor), (50 + k * 12, b.h)], veil(deep, 0.45), 0.3)
    b.poly([(41, floor), (59, floor), (78, b.h), (34, b.h)], veil(light(gold, 0.5), 0.3))
    b.fill([(26, 100), (76, 100), (81, 104), (21, 104)], [(0, light(wood, 0.3)), (1, light(wood, 0.12))])
    b.fill([(21, 104), (81, 104), (81, 107), (21, 107)], [(0, wood), (1, dark(wood, 0.3))])
    for x in (25, 74):
        b.fill([(x, 107), (x + 3, 107), (x + 2.5, 129), (x + 0.5, 129)], [(0, wood), (1, dark(wood, 0.4))])
    b.line([(66, 101), (66, 90)], gold, 0.8)
    b.glow(66, 94, 24, light(gold, 0.35), 0.65)
    b.fill([(60, 90.5), (62.5, 85), (69.5, 85), (72, 90.5)], [(0, light(green, 0.3)), (1, green)])
    b.disc(66, 101, 2.8, dark(gold, 0.1), tall=0.3)
    b.poly([(37, 101.4), (46.5, 99.6), (47, 102.6), (36, 103)], light(cream, 0.5))
    b.poly([(47, 102.6), (46.5, 99.6), (56, 101.2), (57, 102.9)], light(cream, 0.3))
    for k in range(4):
        b.line([(38.5 + k * 0.1, 101.6 + k * 0.35), (45.5, 100.5 + k * 0.45)], veil(deep, 0.5), 0.14)
        b.line([(48.3, 100.7 + k * 0.45), (54.6, 101.4 + k * 0.35)], veil(deep, 0.5), 0.14)
    for k, shade in enumerate((red, blue, gold)):
        b.box(27 + k * 0.7, 100.6 - k * 1.9, 8.4 - k, 1.8, shade)
    for x in (77.5, 86):
        b.line([(x, 18), (x + 5, 121)], light(wood, 0.34), 1.1)
    for k in range(12):
        y = 24 + k * 8.2
        b.line([(77.5 + (y - 18) * 0.0485, y), (86 + (y - 18) * 0.0485, y)], light(wood, 0.22), 0.8)


def _shelf(
    b: Board, left: float, right: float, top: float, tall: float, shades: list, wood: Colour, deep: Colour
) -> None:
    b.box(left, top, right - left, tall, dark(deep, 0.45))
    x = left + 0.4
    while x < right - 1.2:
        wide, high = b.chance.uniform(1.1, 2.6), tall * b.chance.uniform(0.62, 0.93)
        if x + wide > right - 0.2:
            break
        if b.chance.random() < 0.05:
            x += wide
            continue
        shade = mix(b.chance.choice(shades), deep, b.chance.uniform(0, 0.4))
        y = top + tall - high
        b.fill(
            [(x, y), (x + wide - 0.12, y), (x + wide - 0.12, top + tall), (x, top + tall)],
            [(0, light(shade, 0.12)), (1, dark(shade, 0.25))],
        )
        b.box(x + 0.15, y, 0.2, high, veil("#ffffff", 0.18))
        for band in b.chance.choice(((0.18,), (0.14, 0.78), (0.2, 0.26), ())):
            b.box(x, y + high * band, wide - 0.12, 0.4, veil("#f3d99a", 0.75))
        x += wide
    b.fill(
        [(left, top + tall), (right, top + tall), (right, top + tall + 1.8), (left, top + tall + 1.8)],
        [(0, light(wood, 0.28)), (1, dark(wood, 0.15))],
    )


def hospital(b: Board, p: tuple[str, ...]) -> None:
    """A corridor in one-point perspective; palette: mint, cream, floor, door, light, steel."""
    mint, cream, floor, door, lamp, steel = p
    vx, vy = b.w * 0.46, 45.0
    near = [(-12, -22), (b.w + 16, -22), (b.w + 16, 112), (-12, 112)]

    def at(corner: int, depth: float) -> tuple[float, float]:
        x, y = near[corner]
        return vx + (x - vx) * (1 - depth), vy + (y - vy) * (1 - depth)

    end = 0.84
    b.fill([at(0, 0), at(1, 0), at(1, end), at(0, end)], [(0, light(cream, 0.3)), (1, mix(cream, mint, 0.3))])
    b.fill(
        [at(3, 0), at(2, 0), at(2, end), at(3, end)], [(0, light(floor, 0.55)), (0.4, floor), (1, dark(floor, 0.15))]
    )
    b.poly([at(0, 0), at(3, 0), at(3, end), at(0, end)], light(cream, 0.25))
    b.poly([at(1, 0), at(2, 0), at(2, end), at(1, end)], mix(cream, mint, 0.25))

    def wall(side: int, d1: float, d2: float, high: float, low: float) -> list:
        """A piece of the left (0) or right (1) wall between two depths; 0 is the ceiling, 1 the floor."""
        top, foot = (0, 3) if side == 0 else (1, 2)
        corners = []
        for depth, share in ((d1, high), (d2, high), (d2, low), (d1, low)):
            (x, y), (_, y2) = at(top, depth), at(foot, depth)
            corners.append((x, y + (y2 - y) * share))
        return corners

    for side in (0, 1):
        b.poly(wall(side, 0, end, 0.68, 0.965), mix(mint, "#2f6f6a", 0.06 if side == 0 else 0.2))
        b.poly(wall(side, 0, end, 0.965, 1), dark(mint, 0.4))
        b.poly(wall(side, 0, end, 0.655, 0.685), mix(steel, "#ffffff", 0.3))
    depths = [0.02, 0.25, 0.43, 0.575, 0.68, 0.755, 0.805]
    for i, (d1, d2) in enumerate(pairwise(depths)):
        gap = (d2 - d1) * 0.2
        b.poly(wall(0, d1 + gap, d2 - gap * 0.6, 0.2, 0.63), mix(steel, "#ffffff", 0.55))
        pane = wall(0, d1 + gap * 1.4, d2 - gap, 0.225, 0.61)
        b.fill(pane, [(0, "#cfe8f5"), (0.6, light(lamp, 0.5)), (1, mix(mint, lamp, 0.5))])
        xs = sorted({round(x, 3) for x, _ in pane})
        b.line(
            [((xs[0] + xs[-1]) / 2, pane[0][1] + 1), ((xs[0] + xs[-1]) / 2, pane[3][1] - 1)],
            mix(steel, "#ffffff", 0.55),
            0.7 * (1 - d1),
        )
        low = [at(3, d1 + gap), at(3, d2 - gap)]
        shift = [(x + (vx - x) * 0.06 + 70 * (1 - d), y) for (x, y), d in zip(low, (d1 + gap, d2 - gap), strict=True)]
        start = [(x + 12 * (1 - d), y) for (x, y), d in zip(low, (d1 + gap, d2 - gap), strict=True)]
        b.poly([start[0], shift[0], shift[1], start[1]], veil("#fffbe8", 0.5))
        if i % 2 == 0:
            frame = wall(1, d1 + gap, d2 - gap * 0.4, 0.3, 1)
            b.poly(frame, dark(door, 0.3))
            b.poly(wall(1, d1 + gap * 1.35, d2 - gap * 0.75, 0.325, 1), door)
            b.poly(wall(1, d1 + gap * 2, d2 - gap * 1.6, 0.4, 0.56), "#d7eef2")
    for d1, d2 in ((0.08, 0.26), (0.36, 0.48), (0.55, 0.63), (0.68, 0.73), (0.765, 0.8)):
        quad = []
        for depth, share in ((d1, 0.42), (d1, 0.58), (d2, 0.58), (d2, 0.42)):
            (x, y), (x2, _) = at(0, depth), at(1, depth)
            quad.append((x + (x2 - x) * share, y))
        b.poly(quad, "#ffffff")
        ground = []
        for depth, share in ((d1, 0.43), (d1, 0.57), (d2, 0.57), (d2, 0.43)):
            (x, y), (x2, _) = at(3, depth), at(2, depth)
            ground.append((x + (x2 - x) * share, y))
        b.poly(ground, veil("#ffffff", 0.38))
    (x, y), (x2, y2) = at(0, end), at(2, end)
    b.fill([(x, y), (x2, y), (x2, y2), (x, y2)], [(0, light(cream, 0.4)), (1, mint)])
    half = (x + x2) / 2
    for left, right in ((x + 3.4, half - 0.2), (half + 0.2, x2 - 3.4)):
        b.box(left, y + 5.4, right - left, y2 - y - 5.4, mix(door, steel, 0.3))
        b.box(left + 1.4, y + 8, right - left - 2.8, 4.6, "#e9f7fa")
    b.glow(half, (y + y2) / 2, 30, "#ffffff", 0.65)
    _trolley(b, b.w * 0.735, 87, 1.0, steel, mint)
    b.person(vx + 4.2, 62.6, 15, "#3f8f97")
    b.person(vx - 2.6, 61.4, 13.6, "#f4f7f8")


def _trolley(b: Board, x: float, foot: float, s: float, steel: Colour, mint: Colour) -> None:
    b.disc(x, foot + 1, 19 * s, veil("#203a40", 0.16), tall=0.12)
    for dx in (-14, 13):
        b.line([(x + dx, foot - 12 * s), (x + dx, foot - 1)], steel, 0.9)
        b.disc(x + dx, foot, 1.3, "#39464d")
    b.line([(x - 14, foot - 5), (x + 13, foot - 5)], steel, 0.7)
    b.fill(
        [(x - 16, foot - 16), (x + 15, foot - 16), (x + 15, foot - 11.5), (x - 16, foot - 11.5)],
        [(0, "#ffffff"), (1, light(mint, 0.4))],
    )
    b.fill(
        [(x - 7, foot - 17), (x + 15.4, foot - 17), (x + 15.8, foot - 9), (x - 7.4, foot - 9)],
        [(0, mix(mint, "#2f8f96", 0.5)), (1, mix(mint, "#1f6c78", 0.7))],
    )
    b.disc(x - 11.6, foot - 17, 4, "#ffffff", tall=0.45)
    for dx in (-16.4, 15.6):
        b.line([(x + dx, foot - 22 if dx < 0 else foot - 19), (x + dx, foot - 10)], steel, 0.9)
    b.line([(x - 16.4, foot - 34), (x - 16.4, foot - 12)], steel, 0.5)
    b.line([(x - 18.4, foot - 34), (x - 14.4, foot - 34)], steel, 0.5)
    b.fill(
        [(x - 19.6, foot - 33), (x - 17, foot - 33), (x - 17.4, foot - 27), (x - 19.2, foot - 27)],
        [(0, "#eaf6fb"), (1, "#9fd0e4")],
    )
