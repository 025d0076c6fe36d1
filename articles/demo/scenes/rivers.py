"""Demo scenes of rivers and dams."""

import math
from itertools import pairwise

from ..brushes import Board, dark, light, mix, veil


def river_plain(b: Board, p: tuple[str, ...]) -> None:
    """A river winding through fields, seen from above; palette: sky, haze, water, green, gold, earth."""
    sky, haze, water, green, gold, earth = p
    far = 30
    b.wash([(0, sky), (1, haze)], 0, far)
    b.clouds(13, "#ffffff", 5, 4, 0.5)
    b.fill([*b.skyline(far, 5, 0.4), (b.w, far), (0, far)], [(0, mix(earth, haze, 0.6)), (1, mix(earth, haze, 0.8))])
    b.wash([(0, mix(gold, haze, 0.6)), (0.3, mix(green, gold, 0.5)), (1, green)], far, b.h)
    rows = [far + (b.h - far) * (i / 13) ** 1.7 for i in range(15)]
    for top, low in pairwise(rows):
        near = (top - far) / (b.h - far)
        x = -90 + b.chance.uniform(0, 8)
        while x < b.w + 90:
            wide = b.chance.uniform(0.5, 1.6) * (low - top) * 2.6
            shade = b.chance.choice(
                [green, dark(green, 0.22), light(green, 0.15), gold, mix(gold, green, 0.5), mix(earth, gold, 0.3)]
            )
            shade = mix(haze, shade, min(1, 0.3 + near * 1.6))
            slant = (b.w / 2 - x) * 0.07
            b.poly(
                [(x, low - 0.15), (x + slant, top), (x + wide + slant - 0.3, top), (x + wide - 0.3, low - 0.15)], shade
            )
            for k in range(1, 5 if near > 0.12 else 0):
                fx = x + wide * k / 5
                b.line([(fx, low - 0.2), (fx + slant, top)], veil(dark(shade, 0.25), 0.35), 0.12 + near * 0.2)
            x += wide
    middle, left, right, banks = [], [], [], []
    for i in range(90):
        t = i / 89
        y = far + (b.h + 4 - far) * t**1.75
        x = 62 + math.sin(t * 7.4 + 0.4) * (5 + 34 * t) + 8 * t
        wide = 0.5 + 13 * t**1.6
        left.append((x - wide, y))
        right.append((x + wide * 0.9, y))
        banks.append((x, y, wide, t))
        middle.append((x, y))
    grown = [(x - 0.5 - 2.2 * t, y) for (x, y), (_, _, _, t) in zip(left, banks, strict=True)]
    grown_right = [(x + 0.5 + 2.2 * t, y) for (x, y), (_, _, _, t) in zip(right, banks, strict=True)]
    b.poly([*grown, *reversed(grown_right)], mix(earth, gold, 0.35))
    b.fill([*left, *reversed(right)], [(0, light(haze, 0.3)), (0.35, water), (1, dark(water, 0.35))])
    for x, y, wide, t in banks[25::4]:
        b.line([(x - wide * 0.5, y), (x + wide * b.chance.uniform(-0.1, 0.4), y)], veil("#ffffff", 0.4), 0.15 + 0.3 * t)
    for x, y, wide, t in sorted(banks[22:84:2], key=lambda bank: bank[1]):
        side = b.chance.choice([-1, 1])
        for _ in range(2):
            tx = x + side * (wide + b.chance.uniform(1, 5) * (0.3 + t))
            b.tree(tx, y + b.chance.uniform(-0.5, 0.5), 1 + 8.5 * t**1.3, dark(green, 0.5), light(green, 0.15))


def mountain_river(b: Board, p: tuple[str, ...]) -> None:
    """Snow peaks, firs and a river; palette: sky, peach, rock, forest, water, snow."""
    sky, peach, rock, forest, water, snow = p
    b.wash([(0, sky), (0.6, mix(sky, peach, 0.6)), (1, light(peach, 0.4))], 0, 62)
    b.glow(30, 30, 40, light(peach, 0.6), 0.6)
    for base, share, peaks in (
        (60, 0.55, [(-8, 34), (16, 22), (40, 33), (66, 18), (92, 30), (118, 20), (146, 34)]),
        (64, 0.2, [(-12, 30), (4, 44), (24, 32), (52, 47), (80, 27), (108, 46), (128, 34), (150, 48)]),
    ):
        _peaks(b, peaks, base, mix(rock, peach, share), mix(snow, peach, share * 0.6))
    b.mist(44, 66, light(peach, 0.5), 0.55)
    b.fill(
        [(0, 66), (b.w, 60), (b.w, b.h), (0, b.h)],
        [(0, mix(forest, peach, 0.25)), (0.5, forest), (1, dark(forest, 0.35))],
    )
    bed = [(70, 62, 0.6), (64, 66, 1.6), (76, 71, 3.4), (60, 78, 6.5), (74, 87, 12), (56, 101, 22)]
    left, right = _ribbon(bed)
    b.poly([(x - 1.5, y) for x, y in left] + [(x + 1.5, y) for x, y in reversed(right)], mix(rock, snow, 0.35))
    b.fill([*left, *reversed(right)], [(0, light(peach, 0.3)), (0.3, light(water, 0.35)), (1, water)])
    for _ in range(70):
        i = b.chance.randint(10, len(left) - 1)
        (lx, y), (rx, _) = left[i], right[i]
        x = b.chance.uniform(lx, rx)
        b.line([(x, y), (x + (rx - lx) * 0.16, y + 0.25)], veil(snow, 0.55), 0.12 + (y - 60) * 0.009)
    for row in range(9):
        y = 64 + row * 4.4
        tall = 4 + row * 2.9
        for _ in range(17 - row):
            x = b.chance.uniform(-2, b.w + 2)
            gap = 9 + row * 4.6
            if abs(x - 66) > gap:
                b.fir(
                    x,
                    y + b.chance.uniform(-1, 1),
                    tall * b.chance.uniform(0.75, 1.15),
                    mix(dark(forest, 0.25 + row * 0.05), peach, max(0, 0.3 - row * 0.06)),
                )


def _peaks(b: Board, peaks: list, base: float, rock, snow) -> None:
    for (x, y), (x2, y2) in pairwise(peaks):
        low = max(y, y2) + 9
        b.poly([(x, y), ((x + x2) / 2, low), (x2, y2), (x2, base), (x, base)], rock)
    for x, y in peaks:
        rise = base - y
        b.poly(
            [(x, y), (x + rise * 0.9, base), (x + rise * 0.1, base), (x - rise * 0.06, y + rise * 0.5)],
            dark(rock, 0.24),
        )
        b.poly([(x, y), (x - rise * 0.9, base), (x + rise * 0.1, base), (x - rise * 0.06, y + rise * 0.5)], rock)
        cap = rise * 0.36
        edge = [
            (x - cap * 0.86 + cap * 1.72 * k / 8, y + cap * (1 - 0.34 * (k % 2) - 0.05 * b.chance.random()))
            for k in range(9)
        ]
        b.poly([(x, y), *reversed(edge)], snow)
        b.poly([(x, y), *reversed(edge[4:]), (x - cap * 0.05, y + cap * 0.6)], mix(snow, rock, 0.34))


def _ribbon(bed: list) -> tuple[list, list]:
    """Smooth banks of a river through (x, y, half width)."""
    left, right = [], []
    for (x, y, w), (x2, y2, w2) in pairwise(bed):
        for k in range(16):
            t = k / 16
            ease = (1 - math.cos(math.pi * t)) / 2
            cx, cw, cy = x + (x2 - x) * ease, w + (w2 - w) * t, y + (y2 - y) * t
            left.append((cx - cw, cy))
            right.append((cx + cw, cy))
    return left, right


def dam(b: Board, p: tuple[str, ...]) -> None:
    """A concrete dam between slopes, its reservoir behind; palette: sky, haze, stone, concrete, water, green."""
    sky, haze, stone, concrete, water, green = p
    crest = 41
    b.wash([(0, sky), (1, haze)], 0, 40)
    b.clouds(9, "#ffffff", 5, 3.4, 0.55)
    for base, height, share in ((36, 20, 0.62), (36, 11, 0.35)):
        b.fill(
            [*b.skyline(base, height, 0.5), (b.w, base), (0, base)],
            [(0, mix(stone, haze, share)), (1, mix(stone, haze, share + 0.2))],
        )
    b.wash([(0, light(water, 0.5)), (1, water)], 34, crest + 8)
    for _ in range(70):
        x, y = b.chance.uniform(20, 115), b.chance.uniform(35, crest)
        b.line([(x, y), (x + b.chance.uniform(1, 5), y)], veil("#ffffff", 0.3), 0.15)
    b.wash([(0, mix(stone, green, 0.4)), (1, dark(green, 0.3))], crest + 8, b.h)
    sag = 5

    def arc(y: float, depth: float, inset: float) -> list:
        return [(22 + inset + (89 - 2 * inset) * k / 40, y + depth * math.sin(math.pi * k / 40)) for k in range(41)]

    wall, foot = arc(crest, sag, 0), arc(77, 9, 19)
    b.fill([*wall, *reversed(foot)], [(0, light(concrete, 0.35)), (0.3, concrete), (1, dark(concrete, 0.42))])
    for k in range(2, 39, 2):
        b.line([wall[k], foot[k]], veil(dark(concrete, 0.5), 0.3), 0.18)
    for t in (0.2, 0.4, 0.6, 0.8):
        course = [(x + (x2 - x) * t, y + (y2 - y) * t) for (x, y), (x2, y2) in zip(wall, foot, strict=True)]
        b.line(course, veil(dark(concrete, 0.5), 0.22), 0.15)
    for k in (17, 20, 23):
        (x, y), (x2, y2) = wall[k], foot[k]
        b.poly([(x - 1.5, y - 0.3), (x + 1.5, y - 0.3), (x + 1.5, y + 4), (x - 1.5, y + 4)], dark(concrete, 0.65))
        b.fill(
            [(x - 1.3, y + 3), (x + 1.3, y + 3), (x2 + 2.6, y2 + 3), (x2 - 2.6, y2 + 3)],
            [(0, light(water, 0.6)), (1, "#ffffff")],
        )
    b.line([(x, y - 0.4) for x, y in wall], light(concrete, 0.65), 1.5)
    b.line([(x, y + 0.6) for x, y in wall], dark(concrete, 0.35), 0.35)
    for k in range(1, 40, 3):
        b.line([(wall[k][0], wall[k][1] - 1), (wall[k][0], wall[k][1] - 2.8)], dark(concrete, 0.4), 0.2)
    b.fill(
        [(46, 84), (88, 84), (104, 101), (22, 101)], [(0, "#ffffff"), (0.25, light(water, 0.4)), (1, dark(water, 0.2))]
    )
    for _ in range(40):
        x, y = 67 + b.chance.gauss(0, 15), b.chance.uniform(86, 99)
        b.line([(x, y), (x + 4, y)], veil("#ffffff", 0.5), 0.3)
    for side in (0, 1):
        slope = [(-2, 8), (9, 20), (15, 31), (27, 41), (30, 55), (40, 68), (48, 84), (30, 92), (18, 101), (-2, 101)]
        ledges = [(x, y) if side == 0 else (b.w - x, y + b.chance.uniform(-3, 3)) for x, y in slope]
        b.fill(
            ledges,
            [
                (0, light(stone, 0.12 if side else 0)),
                (0.6, stone if side else dark(stone, 0.28)),
                (1, dark(green, 0.45)),
            ],
        )
        for _ in range(46):
            y = b.chance.uniform(28, 96)
            reach = 8 + (y - 20) * 0.42 if y < 84 else 30 - (y - 84)
            x = b.chance.uniform(-2, reach)
            b.tree(x if side == 0 else b.w - x, y, b.chance.uniform(3.5, 6.5), dark(green, 0.42), green)
    b.glow(67, 84, 26, "#ffffff", 0.65, tall=0.5)
