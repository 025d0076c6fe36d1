"""Demo scenes of towns and crowds."""

import math

from ..brushes import Board, Colour, dark, light, mix, veil


def rain_rooftops(b: Board, p: tuple[str, ...]) -> None:
    """Monsoon over tiled roofs; palette: cloud, mist, tile, wall, palm, lamp."""
    cloud, fog, tile, wall, leaf, lamp = p
    b.wash([(0, dark(cloud, 0.35)), (0.3, cloud), (0.6, fog), (1, dark(tile, 0.5))])
    b.clouds(10, dark(cloud, 0.5), 9, 9, 0.5)
    b.clouds(24, light(cloud, 0.25), 6, 5, 0.3)
    b.fill([*b.skyline(52, 9, 0.55), (b.w, 60), (0, 60)], [(0, mix(leaf, fog, 0.7)), (1, fog)])
    for _ in range(16):
        b.palm(b.chance.uniform(0, b.w), 54, b.chance.uniform(12, 21), mix(leaf, fog, 0.58))
    for row in range(4):
        top = 44 + row * 12
        near = row / 3
        x = -12 - b.chance.uniform(0, 14)
        for _ in range(2 if row else 5):
            b.palm(b.chance.uniform(0, b.w), top + 10, 15 + row * 6, mix(dark(leaf, 0.2), fog, 0.45 - 0.12 * row))
        while x < b.w + 10:
            wide = b.chance.uniform(20, 30) * (0.8 + near * 0.55)
            _roof(b, x, top + b.chance.uniform(-2, 2), wide, 8 + row * 2.6, [tile, wall, lamp, fog], near)
            x += wide * 0.92
        b.mist(top + 4, top + 16, fog, 0.32 - near * 0.2)
    for _ in range(620):
        x, y, reach = b.chance.uniform(-5, b.w + 5), b.chance.uniform(-5, b.h), b.chance.uniform(2, 6)
        b.line([(x, y), (x - reach * 0.22, y + reach)], veil("#eaf4f6", b.chance.uniform(0.12, 0.36)), 0.13)


def _roof(b: Board, x: float, top: float, wide: float, deep: float, colours: list, near: float) -> None:
    tile, wall, lamp, fog = colours
    shade = mix(fog, mix(tile, dark(tile, 0.35), b.chance.random()), 0.5 + near * 0.5)
    plaster = mix(fog, mix(wall, dark(wall, 0.2), b.chance.random()), 0.45 + near * 0.5)
    b.fill(
        [
            (x + 1.5, top + deep),
            (x + wide - 1.5, top + deep),
            (x + wide - 1.5, top + deep * 2.6),
            (x + 1.5, top + deep * 2.6),
        ],
        [(0, dark(plaster, 0.45)), (0.25, plaster), (1, dark(plaster, 0.15))],
    )
    for k in range(3):
        wx = x + wide * (0.16 + k * 0.26)
        glass = lamp if b.chance.random() < 0.42 else dark(plaster, 0.6)
        b.box(wx, top + deep * 1.35, wide * 0.13, deep * 0.55, glass)
        if glass == lamp:
            b.glow(wx + wide * 0.06, top + deep * 1.6, wide * 0.2, lamp, 0.4)
    ridge = (x + wide * 0.2, x + wide * 0.8)
    b.fill(
        [(ridge[0], top), (ridge[1], top), (x + wide, top + deep), (x, top + deep)],
        [(0, light(shade, 0.14)), (1, dark(shade, 0.16))],
    )
    for k in range(1, 14):
        t = k / 14
        b.line(
            [(ridge[0] + (ridge[1] - ridge[0]) * t, top), (x + wide * t, top + deep)],
            veil(dark(shade, 0.5), 0.4),
            0.16 + near * 0.1,
        )
    for k in (0.3, 0.55, 0.8):
        b.line(
            [(ridge[0] + (x - ridge[0]) * k, top + deep * k), (ridge[1] + (x + wide - ridge[1]) * k, top + deep * k)],
            veil(light(shade, 0.5), 0.28),
            0.16,
        )
    b.line([(x - 0.4, top + deep), (x + wide + 0.4, top + deep)], dark(shade, 0.5), 0.5)
    b.line([(ridge[0], top), (ridge[1], top)], light(shade, 0.3), 0.5)


def stadium(b: Board, p: tuple[str, ...]) -> None:
    """Floodlights over a full ground; palette: night, blue, crowd, grass, lime, lamp."""
    night, blue, crowd, grass, lime, lamp = p
    b.wash([(0, night), (0.7, mix(night, blue, 0.7)), (1, light(blue, 0.15))], 0, 50)
    for _ in range(80):
        b.disc(b.chance.uniform(0, b.w), b.chance.uniform(0, 24), b.chance.uniform(0.06, 0.14), veil("#ffffff", 0.6))
    b.fill([*b.skyline(38, 7, 0.5), (b.w, 60), (0, 60)], [(0, dark(blue, 0.35)), (1, dark(blue, 0.5))])
    rim = [(x, 34 + 8 * (1 - ((x - b.w / 2) / (b.w / 2)) ** 2)) for x in range(-2, int(b.w) + 4, 2)]
    low = [(x, 52 + 9 * (1 - ((x - b.w / 2) / (b.w / 2)) ** 2)) for x in range(-2, int(b.w) + 4, 2)]
    b.fill([*rim, *reversed(low)], [(0, dark(crowd, 0.6)), (1, dark(crowd, 0.25))])
    tones = [crowd, light(crowd, 0.35), "#e8e2d6", "#d9534a", "#f0c24b", "#4f7fc0", dark(crowd, 0.3), "#efefef"]
    for _ in range(5200):
        k = b.chance.uniform(0, len(rim) - 2)
        i, t = int(k), b.chance.uniform(0.1, 0.97)
        row = round(t * 13) / 13 * 0.98
        x = rim[i][0] + (k - i) * 2
        y = rim[i][1] + (low[i][1] - rim[i][1]) * row
        b.disc(x, y, 0.27 + 0.12 * t, mix(b.chance.choice(tones), night, 0.3 - 0.2 * t))
    for i in range(6, len(rim), 9):
        b.line([rim[i], low[i]], veil(night, 0.5), 0.6)
    roof = [(x, y - 6.5) for x, y in rim]
    b.fill([*roof, *[(x, y - 1.6) for x, y in reversed(rim)]], [(0, light(blue, 0.55)), (1, mix(blue, night, 0.4))])
    b.line([(x, y - 1.6) for x, y in rim], veil(lamp, 0.7), 0.3)
    b.poly([*low, (b.w, b.h), (0, b.h)], dark(grass, 0.3))
    board = [(x, y + 2) for x, y in low]
    for i in range(0, len(low) - 4, 4):
        b.poly(
            [low[i], low[i + 4], board[i + 4], board[i]], [blue, "#d9534a", "#f0c24b", light(blue, 0.6)][(i // 4) % 4]
        )
    vx = b.w / 2
    corners = [(27, 63.5), (b.w - 27, 63.5), (b.w + 44, 103), (-44, 103)]
    for k in range(14):
        t1, t2 = k / 14, (k + 1) / 14
        top1, top2 = (
            corners[0][0] + (corners[1][0] - corners[0][0]) * t1,
            corners[0][0] + (corners[1][0] - corners[0][0]) * t2,
        )
        low1, low2 = (
            corners[3][0] + (corners[2][0] - corners[3][0]) * t1,
            corners[3][0] + (corners[2][0] - corners[3][0]) * t2,
        )
        shade = grass if k % 2 else mix(grass, lime, 0.6)
        b.fill(
            [(top1, 63.5), (top2, 63.5), (low2, 103), (low1, 103)],
            [(0, mix(shade, lamp, 0.22)), (1, dark(shade, 0.12))],
        )
    chalk = veil("#ffffff", 0.88)
    b.line([corners[0], corners[1]], chalk, 0.4)
    b.line([corners[0], corners[3]], chalk, 0.7)
    b.line([corners[1], corners[2]], chalk, 0.7)
    b.line([(vx, 63.5), (vx, 101)], chalk, 0.6)
    circle = [
        (vx + 22 * math.cos(a), 80 + 8.2 * math.sin(a) + 0.9 * math.sin(a) ** 2)
        for a in (k * math.pi / 36 for k in range(73))
    ]
    b.line(circle, chalk, 0.6)
    b.disc(vx, 80, 0.7, chalk, tall=0.5)
    for side in (-1, 1):
        gx = vx + side * 50
        b.line([(gx, 71), (gx, 64.5), (gx + side * 7, 71.4), (gx + side * 7, 78.4)], "#ffffff", 0.5)
        b.poly([(gx, 64.5), (gx + side * 7, 71.4), (gx + side * 7, 78.4), (gx, 71)], veil("#ffffff", 0.15))
    for x, foot, tall, shade in (
        (40, 74, 5.2, "#f3f3f3"),
        (55, 70, 4.7, "#f3f3f3"),
        (77, 72, 5, "#d9413a"),
        (92, 77, 5.8, "#d9413a"),
        (63, 84, 7.2, "#d9413a"),
        (72, 83, 7, "#f3f3f3"),
        (29, 84, 7.2, "#d9413a"),
        (104, 88, 8.2, "#f3f3f3"),
    ):
        b.poly(
            [
                (x - 0.4, foot),
                (x + 0.6, foot),
                (x + tall * 0.7, foot + tall * 0.16),
                (x + tall * 0.5, foot + tall * 0.2),
            ],
            veil("#0c2615", 0.35),
        )
        b.person(x, foot, tall, shade)
    b.disc(68, 84.4, 0.75, "#ffffff")
    for x, lean in ((13, 1), (46, 0.4), (b.w - 46, -0.4), (b.w - 13, -1)):
        y = 10 if abs(lean) == 1 else 16
        b.poly([(x, y), (x + 6, y), (x + 3 + lean * 36 + 24, 76), (x + 3 + lean * 36 - 24, 76)], veil(lamp, 0.07))
        b.line([(x + 3, y + 4), (x + 3, 34)], dark(night, 0.2), 0.9)
        b.box(x - 1.4, y - 2, 9, 6.4, dark(night, 0.3))
        for r in range(3):
            for c in range(4):
                b.disc(x + 0.3 + c * 1.9, y - 0.7 + r * 1.9, 0.66, "#ffffff")
        b.glow(x + 3, y + 1, 17, lamp, 0.8)


def market_night(b: Board, p: tuple[str, ...]) -> None:
    """Lantern-lit stalls on a wet street; palette: night, plum, lantern, red, teal, cream."""
    night, plum, lantern, red, teal, cream = p
    street = 78.0
    b.wash([(0, night), (0.7, plum), (1, mix(plum, lantern, 0.3))], 0, street)
    x = -4.0
    while x < b.w:
        wide, top = b.chance.uniform(13, 20), b.chance.uniform(14, 30)
        shade = mix(mix(night, plum, 0.7), b.chance.choice(["#6d6a4a", "#7a4f45", "#41566b"]), 0.4)
        b.fill(
            [(x, top), (x + wide, top), (x + wide, street), (x, street)],
            [(0, dark(shade, 0.25)), (1, mix(shade, lantern, 0.22))],
        )
        b.poly([(x - 0.6, top), (x + wide * 0.5, top - 4), (x + wide + 0.6, top)], dark(shade, 0.4))
        for row in range(3):
            for column in range(3):
                lit = b.chance.random() < 0.42
                wx, wy = x + wide * (0.12 + column * 0.3), top + 5 + row * 11
                b.box(wx, wy, wide * 0.18, 6, mix(lantern, cream, 0.3) if lit else dark(shade, 0.5))
                b.line([(wx + wide * 0.09, wy), (wx + wide * 0.09, wy + 6)], dark(shade, 0.45), 0.25)
                if lit:
                    b.glow(wx + wide * 0.09, wy + 3, 6, lantern, 0.3)
        x += wide
    for k, (left, wide) in enumerate(((-6, 33), (30, 34), (67, 32), (102, 36))):
        _stall(
            b,
            left,
            47 + (k % 2) * 2,
            wide,
            street,
            [red, teal, "#d98a2b", "#8f5aa0"][k],
            [lantern, cream, night, red, teal],
        )
    for rope in range(3):
        y0 = 6 + rope * 9
        count = 9 - rope
        for k in range(count):
            t = (k + 0.5) / count
            lx, ly = t * b.w, y0 + 9 * math.sin(math.pi * ((t * 3) % 1)) + 2
            size = 1.7 + rope * 0.45
            shade = b.chance.choice([red, lantern, "#f08a3c", teal])
            b.glow(lx, ly, size * 4.6, mix(shade, lantern, 0.6), 0.6)
            b.disc(lx, ly, size, light(mix(shade, lantern, 0.3), 0.2), tall=0.85)
            for dx in (-0.45, 0, 0.45):
                b.line(
                    [
                        (lx + dx * size, ly - size * 0.75),
                        (lx + dx * size * 1.3, ly),
                        (lx + dx * size, ly + size * 0.75),
                    ],
                    veil(dark(shade, 0.35), 0.5),
                    0.14,
                )
            b.box(lx - size * 0.35, ly - size, size * 0.7, size * 0.25, dark(red, 0.5))
            b.line([(lx, ly + size * 0.8), (lx, ly + size * 1.5)], lantern, 0.2)
        rope_line = [(t / 90 * b.w, y0 + 9 * math.sin(math.pi * ((t / 30) % 1)) + 0.2) for t in range(91)]
        b.line(rope_line, veil("#120d18", 0.8), 0.2)
    b.mirror(street, night, 0.45, 0.55)
    b.mist(street, b.h, dark(night, 0.35), 0.55)
    for _ in range(60):
        y = b.chance.uniform(street + 1, b.h)
        b.line([(x := b.chance.uniform(0, b.w), y), (x + b.chance.uniform(2, 7), y)], veil(lantern, 0.22), 0.3)
    for px, foot, tall in ((21, 89, 24), (29, 91, 25), (60, 87, 21), (95, 90, 24), (126, 88, 22)):
        shade = mix(dark(night, 0.4), b.chance.choice([red, teal, plum]), 0.28)
        b.disc(px, foot, tall * 0.2, veil("#000000", 0.35), tall=0.2)
        b.person(px, foot, tall, shade)
    for px, foot, tall in ((60, 87, 21), (126, 88, 22)):
        top = foot - tall * 0.9
        b.poly([(px - tall * 0.2, top), (px, top - tall * 0.17), (px + tall * 0.2, top)], "#d8b878")


def _stall(b: Board, left: float, top: float, wide: float, ground: float, awning: Colour, colours: list) -> None:
    lantern, cream, night, red, teal = colours
    b.fill(
        [(left + 2, top + 4), (left + wide - 2, top + 4), (left + wide - 2, ground), (left + 2, ground)],
        [(0, mix(lantern, cream, 0.35)), (0.5, mix(lantern, "#8a4a24", 0.45)), (1, mix("#5b2f22", night, 0.3))],
    )
    b.glow(left + wide / 2, top + 9, wide * 0.55, light(lantern, 0.5), 0.75, tall=0.6)
    for shelf in (top + 12, top + 17.5):
        b.box(left + 3, shelf, wide - 6, 0.6, "#5b3320")
        for k in range(int((wide - 7) / 2.2)):
            shade = b.chance.choice([red, teal, "#f0c24b", "#7da34a", cream, "#d9743a"])
            high = b.chance.uniform(1.4, 3.6)
            b.box(left + 3.6 + k * 2.2, shelf - high, 1.6, high, shade)
    b.person(left + wide * 0.42, ground, 22, mix(dark(night, 0.2), awning, 0.4))
    b.fill(
        [(left, ground - 10), (left + wide, ground - 10), (left + wide, ground), (left, ground)],
        [(0, "#7a4a2c"), (1, "#3d2320")],
    )
    for k in range(int(wide / 3)):
        x = left + 1.6 + k * 3
        shade = b.chance.choice(["#f0a03c", "#d9413a", "#8fb04a", "#f3d060", "#c86a9a"])
        for dx, dy in ((-0.8, 0), (0.8, 0), (0, -1.2)):
            b.disc(x + dx, ground - 10.6 + dy, 1, shade)
    stripes = 8
    for k in range(stripes):
        shade = awning if k % 2 else cream
        x1, x2 = left - 1.5 + (wide + 3) * k / stripes, left - 1.5 + (wide + 3) * (k + 1) / stripes
        far1, far2 = (left + wide / 2 + (x - left - wide / 2) * 0.84 for x in (x1, x2))
        b.fill(
            [(far1, top - 6), (far2, top - 6), (x2, top + 3), (x1, top + 3)],
            [(0, mix(shade, night, 0.4)), (1, mix(shade, lantern, 0.2))],
        )
        b.disc((x1 + x2) / 2, top + 3, (x2 - x1) / 2, mix(shade, lantern, 0.15), tall=0.7)


def city_night(b: Board, p: tuple[str, ...]) -> None:
    """A lit port city on a bay below bare hills; palette: night, indigo, hill, amber, glass, sea."""
    night, indigo, hill, amber, glass, sea = p
    shore = 68.0
    b.wash([(0, night), (0.6, indigo), (1, mix(indigo, amber, 0.4))], 0, shore)
    for _ in range(220):
        b.disc(b.chance.uniform(0, b.w), b.chance.uniform(0, 40), b.chance.uniform(0.06, 0.2), veil("#ffffff", 0.75))
    b.disc(24, 17, 5.2, "#fdf3d8")
    b.disc(26.4, 15.6, 4.9, mix(night, indigo, 0.3))
    b.fill(
        [*b.skyline(52, 22, 0.5), (b.w, shore), (0, shore)], [(0, mix(hill, indigo, 0.3)), (1, mix(hill, amber, 0.2))]
    )
    for _ in range(420):
        x, y = b.chance.uniform(0, b.w), 60 - abs(b.chance.gauss(0, 5.5))
        b.disc(x, y, b.chance.uniform(0.12, 0.26), mix(amber, "#fff3d0", b.chance.random()))
    b.glow(76, 62, 62, amber, 0.4, tall=0.35)
    for row, (count, low, high) in enumerate(((26, 9, 24), (20, 7, 36))):
        for k in range(count):
            wide = b.chance.uniform(4.4, 7.6)
            x = k * b.w / count + b.chance.uniform(-1.5, 1)
            swell = math.exp(-(((x - 84) / 34) ** 2))
            tall = low + (high - low) * swell * b.chance.uniform(0.45, 1) + b.chance.uniform(0, 3)
            shade = mix(mix(glass, indigo, b.chance.random()), night, 0.25 + 0.2 * row)
            b.fill(
                [(x, shore - tall), (x + wide, shore - tall), (x + wide, shore), (x, shore)],
                [(0, shade), (1, mix(shade, amber, 0.2))],
            )
            b.box(x, shore - tall, wide * 0.16, tall, veil("#ffffff", 0.05))
            if b.chance.random() < 0.4:
                b.line([(x + wide / 2, shore - tall), (x + wide / 2, shore - tall - 3)], shade, 0.25)
                b.disc(x + wide / 2, shore - tall - 3, 0.26, "#ff6b4a")
            for floor_no in range(int(tall / 1.7)):
                for column in range(int(wide / 1.25)):
                    if b.chance.random() < 0.5:
                        tone = mix(amber, b.chance.choice(["#fff3d0", "#ffe2a0", glass]), b.chance.random() * 0.8)
                        b.box(x + 0.5 + column * 1.25, shore - tall + 0.8 + floor_no * 1.7, 0.72, 0.95, tone)
    b.box(0, shore - 1.4, b.w, 1.5, dark(night, 0.2))
    for k in range(40):
        b.disc(k * 3.4 + 1, shore - 1.6, 0.35, "#fff0c0")
        b.glow(k * 3.4 + 1, shore - 1.6, 2.2, amber, 0.6)
    b.mirror(shore, sea, 0.42, 0.5)
    b.mist(shore, b.h, dark(sea, 0.55), 0.75)
    for _ in range(130):
        x, y = b.chance.uniform(0, b.w), b.chance.uniform(shore + 1, 92)
        b.line([(x, y), (x + b.chance.uniform(1, 4), y)], veil(amber, 0.32), 0.22)
    for x, y, s in ((22, 83, 1.2), (104, 88, 1.6), (51, 78, 0.8)):
        b.poly(
            [(x - 6 * s, y), (x + 6 * s, y), (x + 4.6 * s, y + 1.8 * s), (x - 4.6 * s, y + 1.8 * s)], dark(night, 0.5)
        )
        b.box(x - 2.4 * s, y - 2 * s, 3.6 * s, 2 * s, dark(glass, 0.5))
        b.line([(x + 1.6 * s, y), (x + 1.6 * s, y - 6 * s)], dark(night, 0.4), 0.3)
        b.glow(x + 1.6 * s, y - 6 * s, 2.4 * s, "#fff0c0", 0.9)
        b.box(x - 1.9 * s, y - 1.5 * s, 0.8 * s, 0.7 * s, amber)
