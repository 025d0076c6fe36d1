"""Demo scenes of farmland."""

import math

from ..brushes import Board, Colour, Point, dark, light, mix, veil


def rain_savanna(b: Board, p: tuple[str, ...]) -> None:
    """A shower crossing grassland, sun behind it; palette: storm, blue, gold, grass, acacia, maize."""
    storm, blue, gold, grass, acacia, maize = p
    far = 62
    b.wash([(0, storm), (0.55, mix(storm, blue, 0.75)), (0.85, light(gold, 0.35)), (1, gold)], 0, far)
    b.glow(104, far - 4, 54, light(gold, 0.55), 0.95, tall=0.6)
    b.clouds(6, dark(storm, 0.45), 9, 10, 0.6)
    b.clouds(19, dark(storm, 0.2), 6, 8, 0.5)
    b.clouds(33, light(gold, 0.4), 4, 3, 0.4)
    for _ in range(150):
        x, y = b.chance.gauss(36, 15), b.chance.uniform(22, 30)
        b.line([(x, y), (x - 9, far)], veil(mix(storm, "#dfe8ee", 0.6), 0.09), b.chance.uniform(0.3, 1.5))
    b.fill([*b.skyline(far, 7, 0.4), (b.w, far), (0, far)], [(0, mix(storm, gold, 0.35)), (1, mix(blue, gold, 0.6))])
    b.wash([(0, mix(grass, gold, 0.55)), (0.35, grass), (1, dark(grass, 0.4))], far, b.h)
    b.glow(104, far + 3, 60, gold, 0.5, tall=0.2)
    for x, foot, tall in ((16, 64.5, 8), (58, 64, 6), (70, 65, 9), (121, 66, 11)):
        _acacia(b, x, foot, tall, mix(dark(acacia, 0.2), gold, 0.22))
    _acacia(b, 97, 76, 40, dark(acacia, 0.35))
    for i in range(9):
        _cow(
            b,
            28 + i * 3.7 + b.chance.uniform(-0.8, 0.8),
            68.6 + b.chance.uniform(0, 2.4),
            2.5,
            mix(dark(acacia, 0.3), "#6b4630", b.chance.random()),
        )
    for row in range(6):
        y = 80 + row * 4.6
        for k in range(int(b.w / (2.8 + row * 0.55)) + 2):
            x = k * (2.8 + row * 0.55) + b.chance.uniform(-0.4, 0.4) - (row % 2)
            _maize(b, x, y + 6, 5.5 + row * 2, mix(dark(maize, 0.42), maize, b.chance.random() * 0.5 + row * 0.05))


def _cow(b: Board, x: float, foot: float, s: float, colour: Colour) -> None:
    for leg in (-0.36, -0.24, 0.22, 0.34):
        b.line([(x + leg * s, foot), (x + leg * s, foot - s * 0.4)], colour, s * 0.07)
    b.disc(x, foot - s * 0.5, s * 0.46, colour, tall=0.46)
    b.disc(x + s * 0.3, foot - s * 0.68, s * 0.14, colour)
    b.disc(x + s * 0.58, foot - s * 0.55, s * 0.17, colour, tall=0.7)
    b.line([(x + s * 0.5, foot - s * 0.64), (x + s * 0.46, foot - s * 0.86)], colour, s * 0.04)


def _acacia(b: Board, x: float, foot: float, tall: float, colour: Colour) -> None:
    fork = foot - tall * 0.5
    b.line([(x - tall * 0.02, foot), (x, fork)], colour, tall * 0.045)
    for reach in (-0.36, -0.14, 0.12, 0.34):
        b.line(
            [
                (x, fork + tall * 0.1),
                (x + reach * tall * 0.6, fork - tall * 0.15),
                (x + reach * tall, foot - tall * 0.82),
            ],
            colour,
            tall * 0.022,
        )
    for _ in range(26):
        dx = b.chance.uniform(-0.55, 0.55)
        b.disc(
            x + dx * tall,
            foot - tall * (0.9 - 0.12 * abs(dx)) + b.chance.uniform(-0.03, 0.05) * tall,
            tall * b.chance.uniform(0.07, 0.13),
            colour,
            tall=0.42,
        )


def _maize(b: Board, x: float, foot: float, tall: float, colour: Colour) -> None:
    b.line([(x, foot), (x, foot - tall)], colour, tall * 0.05)
    for k in range(5):
        y, side = foot - tall * (0.25 + k * 0.15), -1 if k % 2 else 1
        reach = tall * 0.3
        b.poly(
            [
                (x, y),
                (x + side * reach * 0.6, y - reach * 0.75),
                (x + side * reach, y - reach * 0.2),
                (x + side * reach * 0.55, y - reach * 0.45),
            ],
            colour,
        )


def olive_grove(b: Board, p: tuple[str, ...]) -> None:
    """Old olive trees on red soil; palette: sky, haze, soil, leaf, silver, trunk."""
    sky, haze, soil, leaf, silver, _ = p
    far = 40
    b.wash([(0, sky), (1, light(haze, 0.3))], 0, far + 2)
    b.clouds(15, "#ffffff", 4, 4, 0.45)
    for base, height, share in ((far, 14, 0.65), (far + 2, 8, 0.4)):
        b.fill(
            [*b.skyline(base, height, 0.42), (b.w, base), (0, base)],
            [(0, mix(leaf, haze, share)), (1, mix(soil, haze, share))],
        )
    b.wash([(0, mix(soil, haze, 0.5)), (0.3, mix(soil, haze, 0.15)), (1, dark(soil, 0.22))], far, b.h)
    for k in range(-14, 15):
        b.line([(66 + k * 2.2, far), (66 + k * 19, b.h)], veil(dark(soil, 0.45), 0.2), 0.5)
    for _ in range(260):
        depth = b.chance.random() ** 1.4
        x, y = b.chance.uniform(0, b.w), far + 4 + depth * 56
        shade = b.chance.choice([silver, leaf, "#e6c65a", dark(soil, 0.3)])
        b.line([(x, y), (x + b.chance.gauss(0, 0.6), y - 0.4 - 1.8 * depth)], veil(shade, 0.6), 0.15 + 0.2 * depth)
    for foot, tall, gap in ((44, 7, 8), (48, 11, 13), (55, 18, 23)):
        for k in range(-1, int(b.w / gap) + 2):
            _olive(
                b,
                k * gap + (gap / 2 if foot == 48 else 1),
                foot + b.chance.uniform(-0.5, 0.5),
                tall,
                p,
                (60 - foot) / 34,
            )
    _olive(b, 104, 70, 36, p, 0.08)
    _olive(b, 33, 88, 64, p, 0)


def _olive(b: Board, x: float, foot: float, tall: float, p: tuple[str, ...], far: float) -> None:
    _, haze, soil, leaf, silver, trunk = p
    b.disc(x + tall * 0.12, foot, tall * 0.46, veil(dark(soil, 0.6), 0.4), tall=0.14)
    bark = mix(trunk, haze, far)
    for lean, wide in ((-0.16, 0.075), (0.05, 0.09), (0.2, 0.06)):
        b.line(
            [
                (x + lean * tall * 0.15, foot),
                (x - lean * tall * 0.2, foot - tall * 0.2),
                (x + lean * tall, foot - tall * 0.55),
            ],
            mix(bark, "#000000", 0.12 if lean < 0 else 0),
            tall * wide,
        )
    b.poly(
        [
            (x - tall * 0.09, foot + tall * 0.01),
            (x + tall * 0.1, foot + tall * 0.01),
            (x + tall * 0.05, foot - tall * 0.16),
            (x - tall * 0.05, foot - tall * 0.16),
        ],
        bark,
    )
    for layer, count in ((0, 26), (1, 26), (2, 70)):
        for _ in range(count):
            angle, reach = b.chance.uniform(0, 6.283), math.sqrt(b.chance.random())
            dx, dy = math.cos(angle) * reach * tall * 0.44, math.sin(angle) * reach * tall * 0.25
            shade = (
                dark(leaf, 0.45),
                leaf,
                mix(leaf, silver, 0.25 + 0.6 * max(0, 0.5 - dy / tall * 1.5 - dx / tall * 0.6)),
            )[layer]
            size = tall * (0.11, 0.085, 0.035)[layer] * b.chance.uniform(0.7, 1.25)
            b.disc(x + dx, foot - tall * 0.68 + dy - layer * tall * 0.025, size, mix(shade, haze, far), tall=0.75)


def wind_turbines(b: Board, p: tuple[str, ...]) -> None:
    """Turbines on a green coast; palette: sky, pale, sea, meadow, shade, white."""
    sky, pale, sea, meadow, shade, white = p
    shore = 56
    b.wash([(0, sky), (1, pale)], 0, shore)
    b.clouds(16, "#ffffff", 7, 7, 0.6)
    b.clouds(36, "#ffffff", 5, 3, 0.5)
    b.wash([(0, light(sea, 0.5)), (1, sea)], shore - 8, shore + 16)
    for _ in range(110):
        x, y = b.chance.uniform(0, b.w), b.chance.uniform(shore - 7, shore + 12)
        b.line([(x, y), (x + b.chance.uniform(1, 4), y)], veil("#ffffff", 0.3), 0.15)
    for x, foot, tall, turn in ((20, 56, 15, 0.4), (44, 57, 17, 1.1), (67, 55, 15, 0.1), (92, 57, 18, 0.8)):
        _turbine(b, x, foot, tall, turn, mix(white, pale, 0.4))
    coast = [(x, 62 + 5 * math.sin(x / 26 + 2) - x * 0.05 + 3 * math.sin(x / 9)) for x in range(0, int(b.w) + 3, 2)]
    b.fill([*coast, (b.w, b.h), (0, b.h)], [(0, mix(meadow, pale, 0.4)), (1, meadow)])
    for level, (base, swell, phase) in enumerate(((72, 6, 0.5), (81, 6, 2.4), (93, 5, 4.2))):
        crest = [(x, base + swell * math.sin(x / 27 + phase)) for x in range(0, int(b.w) + 3, 2)]
        if level < 2:
            spots = ((112, 50, 0.9), (10, 40, 0.15)) if level == 0 else ((58, 66, 0.55),)
            for x, tall, turn in spots:
                _turbine(b, x, base + swell * math.sin(x / 27 + phase) + 2, tall, turn, white)
        b.fill(
            [*crest, (b.w, b.h), (0, b.h)],
            [(0, light(meadow, 0.2 - level * 0.07)), (0.5, mix(meadow, shade, 0.15 + level * 0.22)), (1, shade)],
        )
        for _ in range(26):
            x = b.chance.uniform(0, b.w)
            y = base + swell * math.sin(x / 27 + phase) + b.chance.uniform(1.5, 7)
            if level == 1 and b.chance.random() < 0.5:
                b.disc(x, y, 0.75, "#fffdf6", tall=0.65)
                b.disc(x + 0.7, y - 0.2, 0.28, "#3b3a3a")
            else:
                b.disc(x, y, b.chance.uniform(0.6, 1.7), veil(dark(shade, 0.12), 0.7), tall=0.55)


def _turbine(b: Board, x: float, foot: float, tall: float, turn: float, colour: Colour) -> None:
    hub: Point = (x, foot - tall)
    b.fill(
        [(x - tall * 0.012, hub[1]), (x + tall * 0.012, hub[1]), (x + tall * 0.023, foot), (x - tall * 0.023, foot)],
        [(0, colour), (1, dark(colour, 0.16))],
    )
    for k in range(3):
        angle = turn + k * 2.0944
        cos, sin = math.cos(angle) * tall, math.sin(angle) * tall
        shape = ((0, -0.008), (0.1, -0.026), (0.52, 0), (0.1, 0.012), (0, 0.008))
        blade = [(hub[0] + cos * out - sin * side, hub[1] + sin * out + cos * side) for out, side in shape]
        b.poly(blade, dark(colour, 0.04 * k))
    b.disc(*hub, tall * 0.022, dark(colour, 0.1))


def wheat_field(b: Board, p: tuple[str, ...]) -> None:
    """Ripe wheat, a combine and an elevator on the horizon; palette: blue, rose, gold, straw, brown, silver."""
    blue, rose, gold, straw, brown, silver = p
    far = 56
    b.wash([(0, blue), (0.55, mix(blue, rose, 0.7)), (1, light(gold, 0.3))], 0, far)
    b.clouds(12, light(rose, 0.35), 6, 6, 0.45)
    b.clouds(31, light(gold, 0.3), 5, 3.5, 0.5)
    b.glow(36, far - 4, 46, light(gold, 0.6), 0.95, tall=0.7)
    b.disc(36, far - 5, 5, light(gold, 0.8))
    b.fill([*b.skyline(far, 2.6, 0.5), (b.w, far), (0, far)], [(0, mix(brown, rose, 0.5)), (1, mix(brown, gold, 0.5))])
    for k, tall in enumerate((15, 15, 15, 19)):
        x = 96 + k * 4.6
        b.fill(
            [(x, far - tall), (x + 4.3, far - tall), (x + 4.3, far), (x, far)],
            [(0, mix(silver, rose, 0.3)), (1, mix(silver, brown, 0.55))],
        )
        b.poly([(x, far - tall), (x + 2.15, far - tall - 1.8), (x + 4.3, far - tall)], mix(silver, brown, 0.4))
        b.box(x + 3.2, far - tall, 1.1, tall, veil(dark(brown, 0.3), 0.35))
    b.wash([(0, mix(straw, gold, 0.5)), (0.3, straw), (1, dark(brown, 0.05))], far, b.h)
    for k in range(-24, 25):
        b.line([(70 + k * 2.4, far), (70 + k * 20, b.h)], veil(brown, 0.22), 0.4)
    x, y = 74, 65
    for _ in range(80):
        b.disc(
            x + 10 + abs(b.chance.gauss(0, 8)),
            y - abs(b.chance.gauss(0, 2.6)),
            b.chance.uniform(0.6, 2.2),
            veil(light(straw, 0.4), 0.2),
        )
    b.fill([(x, y - 6), (x + 11, y - 6), (x + 12, y - 1.5), (x, y - 1.5)], [(0, "#c9503f"), (1, "#8c3328")])
    b.fill([(x - 2.6, y - 7.6), (x + 2, y - 7.6), (x + 2, y - 2), (x - 2, y - 2)], [(0, "#dfe9ef"), (1, "#3e5264")])
    b.line([(x + 4, y - 6), (x + 9, y - 8.6)], "#8c3328", 0.8)
    b.poly([(x - 7.5, y - 1.2), (x - 1.5, y - 2.6), (x - 1.5, y - 0.4), (x - 7.5, y + 0.8)], "#6d2a22")
    for wx, r in ((x + 0.6, 2.2), (x + 9, 1.5)):
        b.disc(wx, y - 0.4, r, "#2c2320")
        b.disc(wx, y - 0.4, r * 0.45, "#e0b24a")
    for row in range(13):
        y = far + 8 + row * 4.2
        near = row / 12
        for _ in range(int(260 - 150 * near)):
            x = b.chance.uniform(-2, b.w + 2)
            if y < 74 and 64 < x < 92:
                continue
            shade = mix(mix(straw, brown, b.chance.random() * 0.65), gold, 0.35 * b.chance.random() + 0.2 * (1 - near))
            _ear(b, x, y + b.chance.uniform(-1, 3), 2 + 17 * near**1.3, shade)


def _ear(b: Board, x: float, foot: float, tall: float, colour: Colour) -> None:
    lean = b.chance.gauss(0.12, 0.08) * tall
    b.line([(x, foot), (x + lean * 0.4, foot - tall * 0.6), (x + lean, foot - tall)], colour, 0.1 + tall * 0.012)
    if tall > 6:
        for k in range(6):
            t = k / 6
            for side in (-1, 1):
                ex, ey = x + lean * (0.75 + 0.25 * t), foot - tall * (0.76 + 0.24 * t)
                b.poly(
                    [
                        (ex, ey),
                        (ex + side * tall * 0.028, ey - tall * 0.03),
                        (ex + side * tall * 0.012, ey - tall * 0.062),
                    ],
                    light(colour, 0.16 if side < 0 else 0),
                )
            b.line([(ex, ey), (ex + lean * 0.25, ey - tall * 0.13)], veil(light(colour, 0.3), 0.6), 0.1)


def terraces(b: Board, p: tuple[str, ...]) -> None:
    """Terraced slopes above a valley; palette: sky, haze, peak, green, lime, stone."""
    sky, haze, peak, green, lime, stone = p
    b.wash([(0, sky), (0.7, haze), (1, mix(green, haze, 0.6))], 0, 66)
    b.clouds(12, "#ffffff", 6, 5, 0.55)
    for base, height, share in ((46, 30, 0.62), (50, 19, 0.38)):
        line = b.skyline(base, height, 0.52)
        b.fill([*line, (b.w, base), (0, base)], [(0, mix(peak, haze, share)), (1, mix(green, haze, share + 0.2))])
    b.mist(34, 52, light(haze, 0.3), 0.7)
    for side in (1, -1):
        for step in range(15):
            t = step / 14
            shade = mix(mix(green, lime, b.chance.random()), haze, max(0, 0.45 - t * 0.6))
            if b.chance.random() < 0.14:
                shade = mix("#d8b04c", haze, max(0, 0.4 - t * 0.5))
            crest = []
            for i in range(61):
                u = i / 60
                x = u * b.w
                inward = x if side < 0 else b.w - x
                slope = 42 + inward * (0.52 if side < 0 else 0.40) - (6 if side < 0 else 0)
                wave = 2.4 * math.sin(x / 11 + step * 0.35 + side) + 1.3 * math.sin(x / 4.7 + step * 0.8)
                crest.append((x, slope - 15 + step * (5 + t * 1.9) + wave * (0.4 + t)))
            if side > 0:
                crest = [(x, y + max(0, 30 - x * 0.45)) for x, y in crest]
            wall = 0.7 + 1.5 * t
            b.poly([*crest, (b.w, b.h + 20), (0, b.h + 20)], light(shade, 0.22))
            b.poly([*[(x, y + 0.35) for x, y in crest], (b.w, b.h + 20), (0, b.h + 20)], shade)
            edge = [(x, y + 3.4 + 1.7 * t) for x, y in crest]
            b.poly(
                [*edge, *[(x, y + wall) for x, y in reversed(edge)]],
                mix(dark(stone, 0.25), haze, max(0, 0.35 - t * 0.5)),
            )
            for x, y in edge[::2]:
                b.box(x + b.chance.uniform(-1, 1), y + 0.15, 0.9 + t, wall * 0.4, veil(light(stone, 0.25), 0.35))
            for _ in range(int(16 * t)):
                x, y = crest[b.chance.randint(0, 59)]
                for k in range(5):
                    b.line([(x + k * 0.7, y + 2.6), (x + k * 0.7 + 0.1, y + 1.4 - t)], veil(dark(shade, 0.4), 0.7), 0.2)
            if step in (5, 8, 11, 13):
                x, y = crest[b.chance.randint(6, 54)]
                b.tree(x, y + 2.5, 4 + 5 * t, dark(green, 0.5), mix(green, lime, 0.4))
            if side < 0 and step == 8:
                _farmhouse(b, crest[16][0], crest[16][1] + 2.6, 5, stone)
            if side < 0 and step == 11:
                for px, tall in ((74, 5), (79, 5.4)):
                    b.person(px, crest[round(px / b.w * 60)][1] + 3, tall, "#7a2f3d" if px < 76 else "#28405c")


def _farmhouse(b: Board, x: float, foot: float, s: float, stone: Colour) -> None:
    b.box(x - s, foot - s * 0.8, s * 2, s * 0.8, light(stone, 0.4))
    b.poly(
        [
            (x - s * 1.15, foot - s * 0.8),
            (x - s * 0.7, foot - s * 1.4),
            (x + s * 0.7, foot - s * 1.4),
            (x + s * 1.15, foot - s * 0.8),
        ],
        "#a2573f",
    )
    b.box(x - s * 0.2, foot - s * 0.5, s * 0.35, s * 0.5, "#4b372c")
    b.box(x + s * 0.4, foot - s * 0.55, s * 0.3, s * 0.25, "#3f4c58")
