"""From the TopoJSON of Natural Earth's shapes to our atlas: one small file, made once and shipped with the project.

``manage.py build_atlas`` runs it. TopoJSON: https://github.com/topojson/topojson-specification. Lines are thinned by
Douglas and Peucker's method (1973), each border once for both of its sides, so that no gap opens between countries.
"""

from collections.abc import Iterable
from math import cos, hypot, radians

# A thousandth of a degree, some hundred metres, is as fine as any map of ours can show.
GRAIN = 1000
COARSE, FINE = 14.0, 3.0  # grains that a line may move: of most countries, and of small ones with their neighbours
SMALL = 3.0  # degrees that a country spans, to be drawn finely
LEAST_ISLAND = 40  # grains that an island spans, to be kept where its country is not a small one

# Borders as the house draws them where Natural Earth draws who holds the ground: (whose, to whom it goes, a point in
# it, the line that parts it). Resolutions 2202 (1966), 497 (1981) and 68/262 (2014) of the United Nations.
GOLAN = [
    (35.66, 33.27), (35.69, 33.245), (35.65, 33.20), (35.635, 33.10), (35.64, 33.00), (35.63, 32.94), (35.625, 32.89),
    (35.65, 32.85), (35.66, 32.80), (35.645, 32.74), (35.66, 32.69),
]  # fmt: skip
CUTS = [
    ("MA", "EH", (-13.5, 24.5), [(-13.18, 27.667), (-8.68, 27.667)]),
    ("IL", "SY", (35.78, 33.0), GOLAN),
]
HANDED_OVER = [("RU", "UA", (34.1, 45.2))]  # a whole piece of land
# Places that ISO 3166 counts by themselves: within the box (west, south, east, north) of what is another's in the file.
OVERSEAS = [
    ("FR", "GF", (-55, 2, -51, 6)),
    ("FR", "GP", (-62, 15.8, -60.9, 16.6)),
    ("FR", "MQ", (-61.3, 14.3, -60.7, 15)),
    ("FR", "RE", (55, -21.5, 56, -20.7)),
    ("FR", "YT", (44.9, -13.1, 45.4, -12.5)),
    ("NO", "SJ", (-10, 70.7, 36, 81)),
    ("NO", "BV", (3, -55, 4, -54)),
    ("NL", "BQ", (-69, 11.9, -62, 18)),
]
# What Natural Earth draws by itself and the house names with another.
JOINED = {
    "N. Cyprus": "CY",
    "Cyprus U.N. Buffer Zone": "CY",
    "Somaliland": "SO",
    "Kosovo": "XK",
    "Siachen Glacier": "IN",
    "Baikonur": "KZ",
    "USNB Guantanamo Bay": "CU",
    "Dhekelia": "CY",
    "Akrotiri": "CY",
    "Indian Ocean Ter.": "CX",
}
# Lines between these two where both sides do not own to them: all of it, or what lies in the box (west, south, east,
# north). Beside them, every line inside one country: what it is joined from, and what it does not hold.
DISPUTED = {
    ("CN", "IN"): None,
    ("EH", "MA"): None,
    ("IL", "PS"): None,
    ("IL", "SY"): None,
    ("IN", "PK"): (73.4, 32.4, 80, 37),  # the line of control, not the border south of it
    ("RS", "XK"): None,
    ("SD", "SS"): None,
}

Point = tuple[int, int]


class Unbuildable(Exception):
    """A file that is not what it should be; the message says what."""


def lines_of(topology: dict) -> list[list[tuple[float, float]]]:
    """The arcs of a TopoJSON topology, in degrees."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + left, y * scale_y + bottom))
        lines.append(line)
    return lines


def rings_of(geometry: dict, lines) -> list[list[tuple[float, float]]]:
    """Every ring of a polygon or several, outer ones and holes alike: what an odd number of them holds is inside."""
    polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(geometry["type"]) or []
    rings = []
    for polygon in polygons:
        for arcs in polygon:
            ring = []
            for number in arcs:
                line = lines[number] if number >= 0 else lines[~number][::-1]
                ring += line[1:] if ring else line
            rings.append(ring)
    return rings


def grained(ring) -> list[Point]:
    """The ring on our grid, closed without saying its first point twice; empty where nothing is left of it."""
    points = []
    for x, y in ring:
        point = (round(x * GRAIN), round(y * GRAIN))
        if not points or points[-1] != point:
            points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points if len(points) > 2 else []


def holds(ring: list[Point], point: tuple[float, float]) -> bool:
    """Whether the ring goes around that point (degrees)."""
    x, y = point[0] * GRAIN, point[1] * GRAIN
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def parted(ring: list[Point], line) -> tuple[list[Point], list[Point]]:
    """The two rings that a line (degrees) cuts a ring into; its ends are moved to the ring's nearest points."""
    cut = [(round(x * GRAIN), round(y * GRAIN)) for x, y in line]
    first, last = (
        min(range(len(ring)), key=lambda number: hypot(ring[number][0] - end[0], ring[number][1] - end[1]))
        for end in (cut[0], cut[-1])
    )
    between = cut[1:-1]
    if first > last:
        first, last, between = last, first, between[::-1]
    return ring[first : last + 1] + between[::-1], ring[last:] + ring[: first + 1] + between


def by_house_style(rings: dict[str, list[list[Point]]]) -> None:
    """Move to each country what the house counts as its own."""
    for holder, owner, point, line in CUTS:
        ring = next(ring for ring in rings[holder] if holds(ring, point))
        rings[holder].remove(ring)
        for half in parted(ring, line):
            rings[owner if holds(half, point) else holder].append(half)
    for holder, owner, point in HANDED_OVER:
        ring = next(ring for ring in rings[holder] if holds(ring, point))
        rings[holder].remove(ring)
        rings[owner].append(ring)
    for holder, owner, (west, south, east, north) in OVERSEAS:
        grains = tuple(edge * GRAIN for edge in (west, south, east, north))
        own = [ring for ring in rings[holder] if _lies_in(_box(ring), grains)]
        rings[holder] = [ring for ring in rings[holder] if ring not in own]
        if own:
            rings[owner] = rings.get(owner, []) + own


def arcs_of(rings: Iterable[list[Point]]) -> tuple[list[list[Point]], list[list[int]]]:
    """Every stretch of line once, and each ring as numbers of stretches; ``~n`` is stretch n the other way round."""
    rings = list(rings)
    beside: dict[Point, frozenset] = {}
    knots: set[Point] = set()
    for ring in rings:
        for before, point, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
            pair = frozenset((before, after))
            if beside.setdefault(point, pair) != pair:
                knots.add(point)
    arcs, numbers, found = [], {}, []
    for ring in rings:
        start = next((number for number, point in enumerate(ring) if point in knots), None)
        start = ring.index(min(ring)) if start is None else start
        points = ring[start:] + ring[: start + 1]
        own, begin = [], 0
        for end in range(1, len(points)):
            if points[end] in knots or end == len(points) - 1:
                stretch = tuple(points[begin : end + 1])
                if stretch in numbers:
                    own.append(numbers[stretch])
                elif stretch[::-1] in numbers:
                    own.append(~numbers[stretch[::-1]])
                else:
                    numbers[stretch] = len(arcs)
                    own.append(len(arcs))
                    arcs.append(list(stretch))
                begin = end
        found.append(own)
    return arcs, found


def thinned(line: list[Point], grains: float) -> list[Point]:
    """The line with as few of its points as keep it within so many grains of what it was."""
    if line[0] == line[-1] and len(line) > 3:  # an island: from its first point to the one farthest from it, and back
        far = max(range(len(line)), key=lambda number: _distance(line[number], line[0], line[0]))
        return thinned(line[: far + 1], grains)[:-1] + thinned(line[far:], grains)
    keep, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        far, most = first, -1.0
        for number in range(first + 1, last):
            distance = _distance(line[number], line[first], line[last])
            if distance > most:
                far, most = number, distance
        if most > grains:
            keep.add(far)
            waiting += [(first, far), (far, last)]
    return [line[number] for number in sorted(keep)]


def _distance(point, first, last):
    """How far a point lies from a stretch, in grains of latitude."""
    narrow = cos(radians(first[1] / GRAIN))
    x, y = (point[0] - first[0]) * narrow, point[1] - first[1]
    dx, dy = (last[0] - first[0]) * narrow, last[1] - first[1]
    length = dx * dx + dy * dy
    share = 0.0 if not length else max(0.0, min(1.0, (x * dx + y * dy) / length))
    return hypot(x - share * dx, y - share * dy)


def build(world: dict, codes: dict[str, str], provinces: dict[str, list[tuple[str, dict]]]) -> dict:
    """The atlas. ``codes`` are ISO 3166-1 alpha-2 codes by their number; ``provinces`` shapes by country, as
    :func:`provinces_of` gives them. Raises :class:`Unbuildable`."""
    lines = lines_of(world)
    rings: dict[str, list[list[Point]]] = {}
    for geometry in world["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = JOINED.get(name) or codes.get(geometry.get("id", ""))
        if code:
            rings.setdefault(code, []).extend(ring for ring in map(grained, rings_of(geometry, lines)) if ring)
    if missing := {"SY", "MA", "EH", "IL", "RU", "UA", "XK", "PS", "TW"} - set(rings):
        raise Unbuildable(f"These countries have no shape in that file: {', '.join(sorted(missing))}.")
    rings = {code: own for code, own in rings.items() if own}  # a state smaller than our grid is marked by its dot
    by_house_style(rings)
    small = {code for code, own in rings.items() if _span([max(own, key=len)]) < SMALL * GRAIN}
    for code, own in rings.items():
        if code not in small:
            rings[code] = [ring for ring in own if _span([ring]) >= LEAST_ISLAND]
    owners = [(code, ring) for code, own in sorted(rings.items()) for ring in own]
    arcs, numbered = arcs_of(ring for _, ring in owners)
    around = [_box(max(rings[code], key=len)) for code in small]
    arcs = [thinned(arc, FINE if any(_meets(_box(arc), box) for box in around) else COARSE) for arc in arcs]
    countries: dict[str, list[list[int]]] = {}
    for (code, _), own in zip(owners, numbered, strict=True):
        countries.setdefault(code, []).append(own)
    sides: dict[int, list[str]] = {}
    for code, own in countries.items():
        for ring in own:
            for number in ring:
                sides.setdefault(max(number, ~number), []).append(code)
    disputed = [
        run for number, both in sides.items() if len(both) == 2 for run in _disputed(arcs[number], *sorted(both))
    ]
    shapes = {
        code: [_packed(thinned(ring + ring[:1], FINE)) for ring in shape]
        for country in provinces.values()
        for code, shape in country
    }
    return {
        "arcs": [_packed(arc) for arc in arcs],
        "countries": countries,
        "boxes": {code: [_box(ring) for ring in rings[code]] for code in countries},
        "disputed": [_packed(line) for line in sorted(disputed)],
        "provinces": shapes,
    }


def _disputed(line, one, other):
    """The stretches of a line between those two that are disputed."""
    if one != other and (one, other) not in DISPUTED:
        return
    box = DISPUTED.get((one, other))
    run: list[Point] = []
    for point in line:
        if box is None or _lies_in((*point, *point), tuple(edge * GRAIN for edge in box)):
            run.append(point)
            continue
        if len(run) > 1:
            yield run
        run = []
    if len(run) > 1:
        yield run


def _span(rings):
    box = [_box(ring) for ring in rings]
    return max(max(right - left, top - bottom) for left, bottom, right, top in box)


def _box(points):
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _meets(one, other):
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _lies_in(one, other):
    return other[0] <= one[0] and one[2] <= other[2] and other[1] <= one[1] and one[3] <= other[3]


def _packed(points):
    flat, x, y = [], 0, 0
    for point in points:
        flat += [point[0] - x, point[1] - y]
        x, y = point
    return flat


def provinces_of(topology: dict, seats: dict[str, tuple[float, float]]) -> list[tuple[str, list[list[Point]]]]:
    """The shapes of those provinces that can be told for sure, by code: where exactly one of the seats (degrees) lies.

    The shapes are of an older day than the list of provinces: one that was divided since holds two seats, and a country
    that was divided anew altogether has shapes without any. Those provinces are marked by a dot alone.
    """
    lines = lines_of(topology)
    (only,) = topology["objects"].values()
    shapes = [[ring for ring in map(grained, rings_of(one, lines)) if ring] for one in only["geometries"]]
    shapes = [shape for shape in shapes if shape]
    within = [
        [code for code, seat in seats.items() if sum(holds(ring, seat) for ring in shape) % 2] for shape in shapes
    ]
    areas = [sum(map(_area, shape)) for shape in shapes]
    empty = sum(area for area, codes in zip(areas, within, strict=True) if not codes)
    if empty > sum(areas) * 0.05:
        return []
    return [(codes[0], shape) for shape, codes in zip(shapes, within, strict=True) if len(codes) == 1]


def _area(ring):
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
