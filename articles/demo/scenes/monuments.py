"""Demo scenes of great buildings."""

import math

from ..brushes import Board, Colour, dark, light, mix, veil


def court(b: Board, p: tuple[str, ...]) -> None:
    """Columns of a court building in morning light; palette: sky, cloud, stone, shadow, door, garden."""
    sky, cloud, stone, shadow, door, garden = p
    b.wash([(0, sky), (1, cloud)], 0, 93)
    b.clouds(14, "#ffffff", 6, 6, 0.6)
    left, right, ground = 20.0, b.w - 20, 80.0
    for x in (4, 12, b.w - 12, b.w - 3):
        b.palm(x, 84, b.chance.uniform(26, 38), mix(dark(garden, 0.1), cloud, 0.15))
    b.fill(
        [(left + 4, 38), (right - 4, 38), (right - 4, ground), (left + 4, ground)],
        [(0, dark(shadow, 0.28)), (1, shadow)],
    )
    for k in range(3):
        x = b.w / 2 + (k - 1) * 22.4
        b.fill([(x - 4.6, 52), (x + 4.6, 52), (x + 4.6, ground), (x - 4.6, ground)], [(0, dark(door, 0.3)), (1, door)])
        b.line([(x, 52), (x, ground)], dark(door, 0.5), 0.4)
        for side in (-2.3, 2.3):
            for y in (55, 64, 73):
                b.box(x + side - 1.4, y, 2.8, 6, veil(light(door, 0.35), 0.28))
    count = 6
    for k in range(count):
        x = left + 6 + (right - left - 12) * k / (count - 1)
        _column(b, x, 38, ground, 3.3, stone, shadow)
        if k < count - 1:
            b.poly([(x + 3.4, 43), (x + 9.5, 50), (x + 9.5, ground), (x + 3.4, ground)], veil(dark(shadow, 0.4), 0.3))
    b.fill(
        [(left - 1, 31.5), (right + 1, 31.5), (right + 1, 38.5), (left - 1, 38.5)],
        [(0, light(stone, 0.3)), (0.5, stone), (1, mix(stone, shadow, 0.5))],
    )
    b.line([(left - 1, 34.6), (right + 1, 34.6)], veil(shadow, 0.7), 0.3)
    for k in range(32):
        b.box(left + 1.6 + k * (right - left - 3) / 31.5, 35.4, 1.1, 1.7, veil(shadow, 0.6))
    b.poly([(left - 3, 31.6), (b.w / 2, 12), (right + 3, 31.6)], light(stone, 0.25))
    b.fill(
        [(left + 5, 30.2), (b.w / 2, 15.4), (right - 5, 30.2)],
        [(0, mix(stone, shadow, 0.25)), (1, mix(stone, shadow, 0.6))],
    )
    _scales(b, b.w / 2, 18.4, 10, light(stone, 0.35))
    b.poly([(left - 3, 31.6), (right + 3, 31.6), (right + 3, 32.6), (left - 3, 32.6)], mix(stone, shadow, 0.4))
    for k in range(7):
        y = ground + k * 1.75
        b.fill(
            [
                (left - 2 - k * 2.2, y),
                (right + 2 + k * 2.2, y),
                (right + 3 + k * 2.2, y + 1.75),
                (left - 3 - k * 2.2, y + 1.75),
            ],
            [(0, light(stone, 0.35)), (0.45, stone), (1, mix(stone, shadow, 0.55))],
        )
    b.fill(
        [(0, 92.2), (b.w, 92.2), (b.w, b.h), (0, b.h)], [(0, mix(stone, garden, 0.25)), (1, mix(shadow, garden, 0.3))]
    )
    for x, foot, tall, shade in ((38, 88, 9, "#2d3f5c"), (43.4, 88.4, 8.4, "#7d3b3b"), (88, 96, 12.5, "#3a3a44")):
        b.poly([(x - 1, foot - 0.2), (x + 1, foot), (x + 10, foot + 2.3), (x + 8, foot + 2.6)], veil("#1d2330", 0.28))
        b.person(x, foot, tall, shade)
    for x in (6, 13, b.w - 14, b.w - 6):
        b.tree(x, 93, 11, dark(garden, 0.35), light(garden, 0.15))


def _column(b: Board, x: float, top: float, foot: float, r: float, stone: Colour, shadow: Colour) -> None:
    b.box(x - r * 1.45, top, r * 2.9, 2, light(stone, 0.2))
    b.box(x - r * 1.2, top + 2, r * 2.4, 1.2, mix(stone, shadow, 0.3))
    for k in range(12):
        u = k / 11
        shade = mix(light(stone, 0.45), shadow, max(0, u * 1.15 - 0.2) + (0.12 if k % 2 else 0))
        b.poly(
            [
                (x - r + 2 * r * k / 12, top + 3),
                (x - r + 2 * r * (k + 1) / 12 + 0.05, top + 3),
                (x + (-1 + (k + 1) / 6) * r * 1.1 + 0.05, foot - 2),
                (x + (-1 + k / 6) * r * 1.1, foot - 2),
            ],
            shade,
        )
    b.box(x - r * 1.4, foot - 2.2, r * 2.8, 2.3, mix(light(stone, 0.2), shadow, 0.1))


def _scales(b: Board, x: float, y: float, s: float, colour: Colour) -> None:
    b.line([(x, y), (x, y + s)], colour, 0.6)
    b.line([(x - s * 0.8, y + s * 0.2), (x + s * 0.8, y + s * 0.2)], colour, 0.5)
    for side in (-0.8, 0.8):
        px = x + side * s
        b.line([(px - s * 0.26, y + s * 0.68), (px, y + s * 0.2), (px + s * 0.26, y + s * 0.68)], colour, 0.25)
        b.poly(
            [
                (px - s * 0.34, y + s * 0.68),
                (px + s * 0.34, y + s * 0.68),
                (px + s * 0.16, y + s * 0.86),
                (px - s * 0.16, y + s * 0.86),
            ],
            colour,
        )
    b.box(x - s * 0.3, y + s, s * 0.6, 0.7, colour)


def domes_and_spires(b: Board, p: tuple[str, ...]) -> None:
    """A dome, minarets and spires at sunrise; palette: blue, rose, gold, stone, green."""
    blue, rose, gold, stone, green = p
    b.wash([(0, blue), (0.45, mix(blue, rose, 0.7)), (0.75, light(rose, 0.25)), (1, light(gold, 0.25))], 0, 92)
    b.glow(70, 60, 62, light(gold, 0.6), 0.95)
    b.disc(70, 58, 8, light(gold, 0.85))
    b.clouds(20, light(rose, 0.5), 6, 5, 0.4)
    b.clouds(36, light(gold, 0.5), 4, 3.4, 0.45)
    for base, share, high in ((84, 0.72, 26), (88, 0.5, 18)):
        x = -3.0
        while x < b.w:
            wide, tall = b.chance.uniform(4, 10), b.chance.uniform(0.35, 1) * high
            b.box(x, base - tall, wide, b.h - base + tall, mix(stone, light(gold, 0.3), share))
            x += wide * 0.96
    near = mix(stone, rose, 0.18)
    _mosque(b, 38, 90, near, gold)
    _cathedral(b, 101, 90, dark(near, 0.12), gold)
    b.mist(62, 92, light(gold, 0.35), 0.55)
    b.fill([(0, 89), (b.w, 89), (b.w, b.h), (0, b.h)], [(0, mix(green, stone, 0.4)), (1, dark(green, 0.55))])
    for _ in range(54):
        b.tree(
            b.chance.uniform(-2, b.w + 2),
            b.chance.uniform(91, 99),
            b.chance.uniform(6, 11),
            dark(green, 0.5),
            mix(green, gold, 0.25),
        )
    for x in (4, 66, 73, 130):
        b.palm(x, 97, b.chance.uniform(16, 22), dark(green, 0.55))
    for _ in range(17):
        x, y, s = b.chance.gauss(74, 20), b.chance.gauss(32, 8), b.chance.uniform(0.7, 1.5)
        b.line([(x - s, y - s * 0.5), (x, y), (x + s, y - s * 0.5)], veil(dark(stone, 0.5), 0.8), 0.22)


def _mosque(b: Board, x: float, foot: float, stone: Colour, gold: Colour) -> None:
    lit = mix(stone, gold, 0.28)
    for mx, tall, wide in ((x - 29, 58, 1.5), (x + 27, 50, 1.3)):
        b.fill(
            [(mx - wide, foot - tall), (mx + wide, foot - tall), (mx + wide * 1.25, foot), (mx - wide * 1.25, foot)],
            [(0, stone), (1, lit)],
        )
        for share in (0.62, 0.84):
            b.box(mx - wide * 1.7, foot - tall * share, wide * 3.4, 1.2, dark(stone, 0.12))
        b.poly(
            [(mx - wide * 1.2, foot - tall), (mx, foot - tall - 9), (mx + wide * 1.2, foot - tall)], dark(stone, 0.2)
        )
        b.line([(mx, foot - tall - 9), (mx, foot - tall - 12)], gold, 0.35)
    b.fill([(x - 24, foot - 17), (x + 22, foot - 17), (x + 22, foot + 2), (x - 24, foot + 2)], [(0, stone), (1, lit)])
    for k in range(9):
        ax = x - 21.6 + k * 5
        b.box(ax, foot - 11, 2.8, 12, dark(stone, 0.32))
        b.disc(ax + 1.4, foot - 11, 1.4, dark(stone, 0.32), tall=1.3)
    b.box(x - 15, foot - 21, 28, 4.2, dark(stone, 0.06))
    for side, r in ((-19, 4), (17, 4)):
        b.disc(x + side, foot - 17, r, dark(stone, 0.1), tall=1.1)
        b.line([(x + side, foot - 21), (x + side, foot - 24)], gold, 0.3)
    dome = [
        (x - 1 - 12.5 * math.cos(a), foot - 21 - 15.5 * math.sin(a) ** 0.9)
        for a in (k * math.pi / 40 for k in range(41))
    ]
    b.fill(dome, [(0, light(stone, 0.16)), (1, dark(stone, 0.12))])
    for k in range(1, 8):
        c = math.cos(k * math.pi / 8)
        b.line(
            [
                (x - 1 - 12.5 * c * math.cos(a * math.pi / 40), foot - 21 - 15.5 * math.sin(a * math.pi / 40))
                for a in range(21)
            ],
            veil(dark(stone, 0.4), 0.14),
            0.25,
        )
    b.line([(x - 1, foot - 36.5), (x - 1, foot - 42)], gold, 0.45)
    b.disc(x - 1, foot - 38.6, 0.7, gold)


def _cathedral(b: Board, x: float, foot: float, stone: Colour, gold: Colour) -> None:
    lit = mix(stone, gold, 0.2)
    b.fill([(x - 12, foot - 28), (x + 12, foot - 28), (x + 12, foot + 2), (x - 12, foot + 2)], [(0, stone), (1, lit)])
    b.poly([(x - 12, foot - 28), (x, foot - 38), (x + 12, foot - 28)], dark(stone, 0.08))
    b.disc(x, foot - 24, 4, dark(stone, 0.36))
    for k in range(8):
        a = k * math.pi / 4
        b.line([(x, foot - 24), (x + 4 * math.cos(a), foot - 24 + 4 * math.sin(a))], lit, 0.3)
    b.box(x - 2.6, foot - 11, 5.2, 13, dark(stone, 0.4))
    b.disc(x, foot - 11, 2.6, dark(stone, 0.4), tall=1.5)
    for side in (-15.5, 15.5):
        tx = x + side
        b.fill(
            [(tx - 4, foot - 40), (tx + 4, foot - 40), (tx + 4, foot + 2), (tx - 4, foot + 2)], [(0, stone), (1, lit)]
        )
        for y in (foot - 36, foot - 22):
            for dx in (-1.6, 1.6):
                b.box(tx + dx - 0.7, y, 1.4, 7, dark(stone, 0.38))
                b.disc(tx + dx, y, 0.7, dark(stone, 0.38), tall=1.6)
        b.box(tx - 4.6, foot - 41, 9.2, 1.5, dark(stone, 0.1))
        b.fill(
            [(tx - 3.6, foot - 41), (tx, foot - 65), (tx + 3.6, foot - 41)],
            [(0, dark(stone, 0.25)), (1, dark(stone, 0.1))],
        )
        for k in range(1, 6):
            y, w = foot - 41 - k * 4, 3.6 * (1 - k / 6)
            b.line([(tx - w, y), (tx + w, y)], veil(light(stone, 0.4), 0.35), 0.2)
        b.line([(tx, foot - 65), (tx, foot - 69)], gold, 0.35)
        b.line([(tx - 1, foot - 67.6), (tx + 1, foot - 67.6)], gold, 0.35)


def luxor_temple(b: Board, p: tuple[str, ...]) -> None:
    """A temple gate, columns and an obelisk at evening; palette: teal, apricot, stone, shade, sand, palm."""
    teal, apricot, stone, shade, sand, leaf = p
    ground = 78.0
    b.wash([(0, teal), (0.6, mix(teal, apricot, 0.75)), (1, light(apricot, 0.3))], 0, ground)
    b.clouds(16, light(apricot, 0.45), 5, 4, 0.4)
    b.glow(20, ground - 8, 54, light(apricot, 0.6), 0.85)
    b.fill(
        [*b.skyline(ground, 17, 0.4), (b.w, ground), (0, ground)],
        [(0, mix(shade, apricot, 0.5)), (1, mix(sand, apricot, 0.5))],
    )
    for k in range(7):
        x = 5 + k * 7.1
        _papyrus(b, x, 51, ground + 1, 2.1, mix(stone, apricot, 0.22), mix(shade, apricot, 0.2))
    b.fill(
        [(1, 46.5), (52, 46.5), (52, 51.4), (1, 51.4)], [(0, mix(stone, apricot, 0.3)), (1, mix(shade, apricot, 0.35))]
    )
    for left, right in ((58, 84), (95, 121)):
        b.fill(
            [(left + 3.5, 27), (right - 3.5, 27), (right, ground + 2), (left, ground + 2)],
            [(0, light(stone, 0.16)), (1, mix(stone, shade, 0.35))],
        )
        b.fill(
            [(right - 3.5, 27), (right + 1.5, 28.2), (right + 5.5, ground + 1), (right, ground + 2)],
            [(0, mix(shade, stone, 0.25)), (1, shade)],
        )
        b.fill(
            [(left + 2, 24), (right - 2, 24), (right - 3.3, 27.6), (left + 3.3, 27.6)],
            [(0, light(stone, 0.35)), (1, mix(stone, shade, 0.4))],
        )
        for k in range(13):
            y = 31 + k * 3.7
            b.line([(left + 3.4 - (y - 27) * 0.066, y), (right - 3.4 + (y - 27) * 0.066, y)], veil(shade, 0.22), 0.18)
        for y, tall in ((38, 13), (58, 13)):
            for k in range(3):
                fx = left + 6.4 + k * 6.6
                b.person(fx, y + tall, tall, veil(shade, 0.4))
                b.line([(fx + 1.6, y + 4), (fx + 3.4, y + 1.6)], veil(shade, 0.42), 0.6)
        for fx in (left + 8.4, right - 8.4):
            b.line([(fx, ground), (fx, 13)], dark(shade, 0.35), 0.6)
            b.poly([(fx, 13), (fx + 8, 14.2), (fx + 6.6, 15.8), (fx, 16.6)], ["#b5443a", "#2f7f86"][left > 90])
    b.fill([(83, 44), (96, 44), (96, 49), (83, 49)], [(0, light(stone, 0.3)), (1, mix(stone, shade, 0.4))])
    b.fill(
        [(84.5, 49), (94.5, 49), (94.5, ground + 2), (84.5, ground + 2)],
        [(0, dark(shade, 0.5)), (0.75, mix(shade, apricot, 0.35)), (1, light(apricot, 0.3))],
    )
    b.glow(89.5, 72, 9, light(apricot, 0.5), 0.8)
    b.fill(
        [(0, ground), (b.w, ground), (b.w, b.h), (0, b.h)], [(0, mix(sand, apricot, 0.4)), (1, mix(sand, shade, 0.4))]
    )
    b.poly([(84.5, ground), (94.5, ground), (124, b.h), (40, b.h)], light(sand, 0.28))
    for k in range(9):
        y = ground + 2 + k**1.6 * 0.7
        b.line([(84.5 - (y - ground) * 2, y), (94.5 + (y - ground) * 1.34, y)], veil(shade, 0.25), 0.2)
    x = 70.5
    b.fill(
        [(x - 1.7, 18), (x + 1.2, 18), (x + 2.1, ground + 5), (x - 2.6, ground + 5)],
        [(0, light("#c98a72", 0.18)), (1, "#a5634f")],
    )
    b.fill(
        [(x + 0.3, 18), (x + 1.2, 18), (x + 2.1, ground + 5), (x + 0.6, ground + 5)], [(0, "#9a5c4a"), (1, "#7c4539")]
    )
    b.poly([(x - 1.7, 18), (x - 0.2, 13.6), (x + 1.2, 18)], "#ecc37a")
    b.box(x - 4, ground + 4.6, 8, 3, mix(stone, shade, 0.4))
    for k in range(14):
        b.box(x - 1, 22 + k * 4, 0.9, 1.7, veil("#6d3b30", 0.4))
    for k in range(5):
        for side in (-1, 1):
            depth = k / 4
            sx, sy, s = 89.5 + side * (12 + depth * 38) - depth * 7, ground + 4 + depth * 15, 2.2 + depth * 4
            _sphinx(b, sx, sy, s, side, stone, shade)
    for x, foot, tall in ((8, 88, 34), (17, 91, 27), (128, 86, 36)):
        b.palm(x, foot, tall, mix(dark(leaf, 0.35), apricot, 0.06))
    b.person(86, 83.4, 4.6, "#f4efe4")
    b.person(93.4, 84.2, 4.8, "#33506b")


def _papyrus(b: Board, x: float, top: float, foot: float, r: float, stone: Colour, shade: Colour) -> None:
    for k in range(8):
        u = k / 8
        tone = mix(light(stone, 0.25), shade, u)
        b.poly(
            [
                (x - r + 2 * r * u, top + 5),
                (x - r + 2 * r * (u + 0.13), top + 5),
                (x - r * 1.15 + 2.3 * r * (u + 0.13), foot),
                (x - r * 1.15 + 2.3 * r * u, foot),
            ],
            tone,
        )
    b.fill(
        [(x - r * 1.5, top), (x + r * 1.5, top), (x + r * 1.05, top + 5.4), (x - r * 1.05, top + 5.4)],
        [(0, light(stone, 0.2)), (1, mix(stone, shade, 0.45))],
    )
    for y in (top + 6.2, top + 7.4):
        b.line([(x - r, y), (x + r, y)], veil(shade, 0.6), 0.25)


def _sphinx(b: Board, x: float, foot: float, s: float, side: int, stone: Colour, shade: Colour) -> None:
    tone, low = mix(stone, shade, 0.25), mix(stone, shade, 0.6)
    b.box(x - s * 1.4, foot, s * 2.8, s * 0.7, low)
    b.fill(
        [(x - s * 1.2, foot), (x - s * 1.1, foot - s * 0.5), (x + s * 1.1, foot - s * 0.5), (x + s * 1.2, foot)],
        [(0, tone), (1, low)],
    )
    b.disc(x + side * s * 0.7, foot - s * 0.45, s * 0.5, low)
    b.poly(
        [
            (x - side * s * 1.1, foot - s * 0.3),
            (x - side * s * 1.25, foot - s * 1.25),
            (x - side * s * 0.6, foot - s * 1.45),
            (x - side * s * 0.15, foot - s * 0.3),
        ],
        tone,
    )
    b.disc(x - side * s * 0.85, foot - s * 1.2, s * 0.33, light(tone, 0.12))
