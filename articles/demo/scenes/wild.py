"""Demo scenes of desert, mountain and night sky."""

import math

from ..brushes import Board, Colour, Point, dark, light, mix, veil


def rail_dunes(b: Board, p: tuple[str, ...]) -> None:
    """A freight train between dunes; palette: sky, haze, sand, shadow, red, teal."""
    sky, haze, sand, shadow, red, teal = p
    b.wash([(0, sky), (0.6, mix(sky, haze, 0.6)), (1, haze)], 0, 60)
    b.glow(100, 24, 34, light(haze, 0.7), 0.9)
    b.disc(100, 24, 4.6, light(haze, 0.85))
    for base, height, share in ((52, 16, 0.7), (58, 14, 0.5)):
        _dune(b, base, height, mix(sand, haze, share), mix(shadow, haze, share))
    _dune(b, 64, 9, mix(sand, haze, 0.2), mix(shadow, haze, 0.28))
    b.fill([(0, 63), (b.w, 60), (b.w, b.h), (0, b.h)], [(0, mix(sand, haze, 0.25)), (1, sand)])
    rail = 70.0
    b.poly([(0, rail + 0.5), (b.w, rail - 1.5), (b.w, rail + 1.5), (0, rail + 4)], mix(shadow, "#6b625c", 0.5))
    for x in range(0, int(b.w) + 2, 2):
        y = rail + 1.2 - x * 0.0165
        b.line([(x, y), (x - 0.5, y + 1.4)], dark(shadow, 0.55), 0.35)
    x = b.w - 9.0
    for car in range(11):
        y = rail - x * 0.015
        if car == 0:
            _engine(b, x - 7, y, red)
            x -= 16.4
            continue
        shade = b.chance.choice([red, teal, "#e4b04a", "#3f5f8a", light(shadow, 0.45)])
        b.box(x - 5, y - 0.2, 12.6, 1, dark(shadow, 0.65))
        for start, wide in ((-5, 12.6),) if b.chance.random() < 0.55 else ((-5, 6.1), (1.4, 6.1)):
            shade = shade if start == -5 else b.chance.choice([red, teal, "#e4b04a"])
            b.fill(
                [(x + start, y - 5.6), (x + start + wide, y - 5.7), (x + start + wide, y - 0.3), (x + start, y - 0.2)],
                [(0, light(shade, 0.18)), (1, dark(shade, 0.2))],
            )
            for k in range(1, int(wide / 0.9)):
                b.line(
                    [(x + start + k * 0.9, y - 5.3), (x + start + k * 0.9, y - 0.6)], veil(dark(shade, 0.6), 0.28), 0.16
                )
        for wheel in (-3.6, -1.8, 4.4, 6.2):
            b.disc(x + wheel, y + 1.1, 0.75, "#2b2725")
        x -= 13.6
    b.poly([(0, rail + 5), (b.w, rail + 2), (b.w, rail + 3), (0, rail + 8)], veil(dark(shadow, 0.35), 0.35))
    _dune(b, 92, 13, light(sand, 0.1), shadow)
    _dune(b, 108, 22, sand, dark(shadow, 0.12))
    for _ in range(18):
        tx, ty = b.chance.uniform(0, b.w), b.chance.uniform(77, 98)
        for _ in range(7):
            b.line(
                [(tx, ty), (tx + b.chance.gauss(0, 0.9), ty - b.chance.uniform(0.8, 2))], dark("#6f7a3f", 0.25), 0.18
            )


def _engine(b: Board, x: float, y: float, colour: Colour) -> None:
    b.fill(
        [(x - 7, y - 6.4), (x + 4, y - 6.5), (x + 8.6, y - 3), (x + 9.2, y), (x - 7, y + 0.2)],
        [(0, light(colour, 0.15)), (1, dark(colour, 0.25))],
    )
    b.poly([(x + 3.6, y - 5.6), (x + 5, y - 5.2), (x + 7, y - 3.4), (x + 3.6, y - 3.4)], "#24384a")
    b.box(x - 7, y - 2.4, 15.4, 0.7, "#fff4dc")
    for k in range(4):
        b.box(x - 5.6 + k * 2.1, y - 5.2, 1.3, 1.6, dark(colour, 0.5))
    for wheel in (-5, -3.2, -1.4, 4, 5.8, 7.4):
        b.disc(x + wheel, y + 1.1, 0.8, "#2b2725")


def _dune(b: Board, base: float, height: float, lit: Colour, shade: Colour) -> None:
    """A row of dunes, bright on the right, dark on the left of each crest."""
    x = -b.chance.uniform(5, 30)
    while x < b.w + 20:
        wide, tall = b.chance.uniform(42, 74), height * b.chance.uniform(0.6, 1)
        crest = x + wide * b.chance.uniform(0.4, 0.6)
        rise = [(x + (crest - x) * t, base - tall * _ease(t)) for t in _steps(18)]
        fall = [(crest + (x + wide - crest) * t, base - tall * (1 - _ease(t))) for t in _steps(18)]
        spine = [(crest + math.sin(t * 5) * wide * 0.07 + wide * 0.1 * t, base - tall * (1 - t)) for t in _steps(18)]
        b.fill([*rise, *spine], [(0, shade), (1, mix(shade, lit, 0.45))])
        b.fill([*fall, *reversed(spine)], [(0, light(lit, 0.18)), (1, lit)])
        x += wide * 0.72
    if base < b.h:
        b.fill(
            [(0, base - 0.4), (b.w, base - 0.4), (b.w, base + 9), (0, base + 9)], [(0, mix(lit, shade, 0.18)), (1, lit)]
        )


def _ease(t: float) -> float:
    return (1 - math.cos(math.pi * t)) / 2


def _steps(count: int) -> list[float]:
    return [i / count for i in range(count + 1)]


def volcano(b: Board, p: tuple[str, ...]) -> None:
    """A plume and a thread of lava before sunrise; palette: night, dawn, ember, rock, ash, lamp."""
    night, dawn, ember, rock, ash, lamp = p
    b.wash([(0, night), (0.5, mix(night, dawn, 0.55)), (0.8, dawn), (1, light(dawn, 0.3))], 0, 92)
    for _ in range(130):
        b.disc(b.chance.uniform(0, b.w), b.chance.uniform(0, 30), b.chance.uniform(0.08, 0.2), veil("#ffffff", 0.7))
    top = (70, 33)
    b.glow(top[0], top[1] - 3, 36, ember, 0.75)
    for i in range(120):
        t = i / 119
        x, y = (
            top[0] + 46 * t**1.5 + b.chance.gauss(0, 1 + 5 * t),
            top[1] - 2 - 29 * t**0.7 + b.chance.gauss(0, 1 + 3.4 * t),
        )
        r = 1.6 + 9.5 * t
        under = mix(mix(ember, ash, min(1, t * 2.4)), night, 0.25)
        b.disc(x, y + r * 0.25, r, veil(under, 0.75))
        b.disc(x - r * 0.2, y - r * 0.2, r * 0.72, veil(mix(ash, dawn, 0.25 * (1 - t)), 0.55))
    left = [(-4, 86), (14, 78), (30, 67), (44, 53), (55, 42), (63, 34.5)]
    right = [(67, 33), (70, 35), (73, 33), (77, 35), (86, 45), (100, 57), (118, 69), (138, 79)]
    b.fill(
        [*left, *right, (138, 101), (-4, 101)],
        [(0, mix(rock, ember, 0.3)), (0.15, rock), (0.7, mix(rock, dawn, 0.18)), (1, dark(rock, 0.3))],
    )
    b.fill(
        [(70, 35), (63, 34.5), (57, 42), (52, 56), (40, 70), (30, 86), (62, 86), (66, 60)],
        [(0, dark(rock, 0.3)), (1, mix(dark(rock, 0.3), dawn, 0.15))],
    )
    for _ in range(34):
        t = b.chance.random()
        x, y = 70 + b.chance.gauss(0, 6 + 24 * t), 38 + 34 * t
        b.line([(x, y), (x + (x - 70) * 0.22, y + b.chance.uniform(3, 8))], veil(light(rock, 0.25), 0.14), 0.5)
    flow = [(70, 34), (71, 39), (74, 44), (73, 49), (77, 55), (80, 59), (79, 64)]
    b.glow(74, 48, 17, ember, 0.5)
    b.line(flow, ember, 1.5)
    b.line(flow[:-1], mix(ember, lamp, 0.6), 0.8)
    b.line(flow[:-3], "#fff3c9", 0.35)
    for _ in range(40):
        x, y = 70 + b.chance.gauss(0, 3), 33 - abs(b.chance.gauss(0, 4.5))
        b.disc(x, y, b.chance.uniform(0.12, 0.32), mix(ember, lamp, b.chance.random()))
    b.mist(70, 86, light(dawn, 0.15), 0.4)
    b.fill(
        [*b.skyline(90, 9, 0.5), (b.w, b.h), (0, b.h)], [(0, mix(dark(rock, 0.45), dawn, 0.12)), (1, dark(rock, 0.62))]
    )
    for _ in range(150):
        x, y = b.chance.gauss(42, 30), b.chance.uniform(88, 97)
        house = b.chance.uniform(0.9, 2.1)
        b.box(x, y - house, house * 1.3, house, mix(dark(rock, 0.3), dawn, 0.12))
        if b.chance.random() < 0.6:
            b.box(x + 0.25, y - house * 0.7, 0.45, 0.5, lamp)
    for _ in range(30):
        x, y = b.chance.gauss(42, 30), b.chance.uniform(90, 97)
        b.glow(x, y, 2.4, lamp, 0.55)
    for _ in range(20):
        b.tree(
            b.chance.uniform(0, b.w),
            b.chance.uniform(97, 102),
            b.chance.uniform(5, 9),
            dark(rock, 0.75),
            dark(rock, 0.5),
        )


def snow_road(b: Board, p: tuple[str, ...]) -> None:
    """A plough leading cars over a white plateau; palette: dusk, pink, snow, shade, road, amber."""
    dusk, pink, snow, shade, road, amber = p
    far = 46
    b.wash([(0, dusk), (0.7, mix(dusk, pink, 0.7)), (1, light(pink, 0.35))], 0, far)
    b.clouds(14, light(pink, 0.2), 5, 5, 0.35)
    for base, height, share in ((far, 13, 0.5), (far + 2, 8, 0.2)):
        b.fill(
            [*b.skyline(base, height, 0.45), (b.w, base), (0, base)],
            [(0, mix(snow, pink, share)), (1, mix(shade, pink, share))],
        )
    b.wash([(0, mix(snow, pink, 0.3)), (0.4, snow), (1, mix(snow, shade, 0.6))], far, b.h)
    for _ in range(26):
        y = far + 3 + b.chance.random() ** 1.5 * 52
        x, wide = b.chance.uniform(-10, b.w), (y - far) * b.chance.uniform(0.4, 1)
        b.poly(
            [(x, y), (x + wide * 0.5, y - wide * 0.05), (x + wide, y), (x + wide * 0.5, y + wide * 0.04)],
            veil(shade, 0.35),
        )
    course = [_road_at(t / 60, far, b.h) for t in range(61)]
    left = [(x - w, y) for x, y, w in course]
    right = [(x + w, y) for x, y, w in course]
    b.poly(
        [(x - 0.4 - w * 0.12, y - w * 0.05) for x, y, w in course]
        + [(x + 0.4 + w * 0.12, y - w * 0.05) for x, y, w in reversed(course)],
        mix(snow, "#ffffff", 0.6),
    )
    b.fill([*left, *reversed(right)], [(0, mix(road, pink, 0.4)), (1, road)])
    for track in (-0.5, -0.3, 0.3, 0.5):
        b.line([(x + w * track, y) for x, y, w in course], veil(snow, 0.32), 0.5)
    for t in (0.08, 0.14, 0.2, 0.28, 0.37, 0.47, 0.59, 0.73, 0.9):
        x, y, w = _road_at(t, far, b.h)
        for side in (-1, 1):
            px, tall = x + side * w * 1.35, 1.2 + w * 0.85
            b.line([(px, y), (px, y - tall)], "#4a2f2a", 0.12 + w * 0.035)
            b.line([(px, y - tall * 0.62), (px, y - tall * 0.9)], amber, 0.14 + w * 0.04)
    for i, t in enumerate((0.2, 0.26, 0.32, 0.39)):
        x, y, w = _road_at(t, far, b.h)
        _car_behind(b, x + w * 0.4, y, w * 0.42, ["#39506b", "#7c3d3d", "#d9d4c8", "#2f4a43"][i])
    x, y, w = _road_at(0.56, far, b.h)
    _plough(b, x + w * 0.42, y, w * 0.62, amber)
    for _ in range(420):
        x, y = b.chance.uniform(0, b.w), b.chance.uniform(0, b.h)
        b.disc(x, y, b.chance.uniform(0.08, 0.42), veil("#ffffff", b.chance.uniform(0.3, 0.9)))


def _road_at(t: float, far: float, end: float) -> tuple[float, float, float]:
    """Middle, height and half width of the road, from the horizon (0) to the near edge (1)."""
    y = far + 1 + (end + 2 - far) * t**1.6
    return 82 + math.sin(t * 4.1 + 0.5) * (4 + 15 * t) - 34 * t * t, y, 0.35 + 22 * t**1.6


def _car_behind(b: Board, x: float, y: float, s: float, colour: Colour) -> None:
    """A car coming towards us with its lights on."""
    b.poly(
        [(x - s * 0.5, y - s * 0.55), (x - s * 0.36, y - s), (x + s * 0.36, y - s), (x + s * 0.5, y - s * 0.55)],
        dark(colour, 0.3),
    )
    b.box(x - s * 0.58, y - s * 0.58, s * 1.16, s * 0.5, colour)
    for side in (-0.42, 0.42):
        b.glow(x + side * s, y - s * 0.36, s * 0.9, "#fff0c0", 0.9)
        b.disc(x + side * s, y - s * 0.36, s * 0.12, "#fffbe8")


def _plough(b: Board, x: float, y: float, s: float, amber: Colour) -> None:
    for side in (-0.8, 0.5):
        b.box(x + side * s, y - s * 0.35, s * 0.3, s * 0.4, "#20242b")
    b.fill(
        [(x - s * 0.8, y - s * 2), (x + s * 0.8, y - s * 2), (x + s * 0.85, y - s * 0.3), (x - s * 0.85, y - s * 0.3)],
        [(0, light(amber, 0.12)), (1, dark(amber, 0.25))],
    )
    b.fill(
        [
            (x - s * 0.66, y - s * 1.85),
            (x + s * 0.66, y - s * 1.85),
            (x + s * 0.7, y - s * 1.1),
            (x - s * 0.7, y - s * 1.1),
        ],
        [(0, "#5e7d96"), (1, "#24384a")],
    )
    b.fill(
        [
            (x - s * 1.5, y - s * 0.85),
            (x + s * 1.25, y - s * 0.7),
            (x + s * 1.15, y + s * 0.1),
            (x - s * 1.3, y + s * 0.18),
        ],
        [(0, "#d9643a"), (0.5, "#b94e2b"), (1, "#7e3520")],
    )
    for _ in range(60):
        b.disc(
            x - s * 1.4 - abs(b.chance.gauss(0, s * 0.9)),
            y - abs(b.chance.gauss(0, s * 0.5)),
            s * b.chance.uniform(0.06, 0.26),
            veil("#ffffff", 0.55),
        )
    for side in (-0.5, 0.5):
        b.glow(x + side * s, y - s * 2.1, s * 1.5, "#ffb030", 0.9)
        b.disc(x + side * s, y - s * 2.1, s * 0.14, "#fff0b8")
        b.glow(x + side * s * 1.1, y - s * 0.95, s * 1.1, "#fff6d8", 0.9)
        b.disc(x + side * s * 1.1, y - s * 0.95, s * 0.13, "#ffffff")


def dish_stars(b: Board, p: tuple[str, ...]) -> None:
    """A radio dish under the Milky Way; palette: night, violet, band, sand, steel, lamp."""
    night, violet, band, sand, steel, lamp = p
    b.wash([(0, night), (0.55, mix(night, violet, 0.6)), (0.85, violet), (1, mix(violet, sand, 0.5))], 0, 84)
    for i in range(70):
        t = i / 69
        x, y = 20 + 92 * t + b.chance.gauss(0, 3.5), 78 - 84 * t + b.chance.gauss(0, 4)
        b.glow(x, y, b.chance.uniform(7, 15), mix(band, violet, b.chance.random() * 0.6), 0.2)
    for i in range(34):
        t = i / 33
        b.glow(
            23 + 92 * t + b.chance.gauss(0, 1.6),
            78 - 84 * t + b.chance.gauss(0, 1.6),
            b.chance.uniform(2, 5),
            dark(night, 0.2),
            0.34,
        )
    for i in range(1900):
        if i % 2:
            x, y, r = b.chance.uniform(0, b.w), b.chance.uniform(0, 82), 0.07
        else:
            t = b.chance.random()
            x, y, r = 20 + 92 * t + b.chance.gauss(0, 7), 78 - 84 * t + b.chance.gauss(0, 7), 0.06
        b.disc(
            x,
            y,
            r * b.chance.uniform(0.7, 2.1),
            veil(b.chance.choice(["#ffffff", "#ffe9c9", "#cfe0ff"]), b.chance.uniform(0.4, 1)),
        )
    for _ in range(16):
        x, y = b.chance.uniform(0, b.w), b.chance.uniform(2, 66)
        b.glow(x, y, 1.5, "#dfe8ff", 0.8)
        b.disc(x, y, 0.26, "#ffffff")
    b.fill([*b.skyline(84, 12, 0.5), (b.w, 84), (0, 84)], [(0, mix(violet, night, 0.45)), (1, mix(sand, violet, 0.5))])
    b.wash([(0, mix(sand, violet, 0.55)), (1, dark(sand, 0.68))], 83, b.h)
    for x, s in ((118, 6), (127, 4.4), (13, 5)):
        _dish(b, x, 85 + s * 0.2, s, mix(steel, violet, 0.45), night)
    _dish(b, 58, 92, 26, steel, night)
    b.box(81, 86, 9, 5.6, dark(steel, 0.62))
    b.box(83, 88, 1.8, 1.7, lamp)
    b.glow(84, 89, 7, lamp, 0.6)
    b.person(76, 93, 5.6, dark(night, 0.25))
    for _ in range(50):
        x, y = b.chance.uniform(0, b.w), b.chance.uniform(87, 99)
        b.disc(x, y, b.chance.uniform(0.2, 1.1), veil(dark(sand, 0.75), 0.7), tall=0.5)


def _dish(b: Board, x: float, foot: float, s: float, steel: Colour, night: Colour) -> None:
    """A parabolic dish on its mount, tilted to the right."""
    b.poly(
        [(x - s * 0.42, foot), (x + s * 0.42, foot), (x + s * 0.16, foot - s * 0.95), (x - s * 0.16, foot - s * 0.95)],
        dark(steel, 0.5),
    )
    for k in range(1, 5):
        y = foot - s * 0.19 * k
        b.line(
            [(x - s * (0.42 - 0.055 * k), y), (x + s * (0.42 - 0.055 * k), y)], veil(light(steel, 0.2), 0.3), s * 0.012
        )
    cx, cy, tilt = x, foot - s * 1.28, -0.75
    cos, sin = math.cos(tilt), math.sin(tilt)

    def at(along: float, across: float) -> Point:
        return cx + (cos * along - sin * across) * s, cy + (sin * along + cos * across) * s

    rim = [at(0.34 * math.cos(a) * 0.55 + 0.2, math.sin(a)) for a in (k * math.pi / 36 for k in range(73))]
    bowl = [at(0.2 - 0.62 * math.cos(a), math.sin(a)) for a in (-math.pi / 2 + k * math.pi / 36 for k in range(37))]
    b.fill(bowl, [(0, mix(steel, night, 0.2)), (1, dark(steel, 0.6))])
    b.fill(rim, [(0, light(steel, 0.35)), (0.5, steel), (1, dark(steel, 0.3))])
    inner = [at(0.34 * math.cos(a) * 0.4 + 0.17, math.sin(a) * 0.8) for a in (k * math.pi / 36 for k in range(73))]
    b.line([*inner, inner[0]], veil(dark(steel, 0.4), 0.35), s * 0.015)
    focus = at(0.95, 0)
    for across in (-0.7, 0.0, 0.7):
        b.line([at(0.2, across), focus], dark(steel, 0.35), s * 0.022)
    b.disc(*focus, s * 0.075, light(steel, 0.3))
