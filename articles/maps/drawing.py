"""A locator map as SVG: a region among its neighbours, with its name. Pure: shapes and words in, markup out.

The markup is made to stand in a page: it has classes and no colours, so that the page's stylesheet sets it in light, in
dark and on paper, and follows the reader's own choice of these. Nothing in it is style or script, as the strict
Content-Security-Policy asks.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import pairwise

from . import frames, outlines
from .atlas import Atlas

EDGE = 40  # units beyond the frame at which shapes are cut, so that no line is seen along it
FINE = 4.0  # units: less than half a pixel where a map is at its largest
SPECK, OWN_SPECK = 260.0, 12.0  # square units of an island that is left out: a foreign one, one of the region's own
LARGEST = 11_000  # characters of shapes; a map that needs more is drawn more roughly
WIDE_REACH = 25  # degrees from the middle, from which on a fine map would need more for certain
LETTER = {"name": 86, "near": 62, "town": 62, "member": 64}  # how wide a letter of those labels is
HEIGHT = {"name": 170, "near": 125, "town": 125, "member": 140}
ROOM = {"member": 1.15}  # how much wider than its name a country is, to be named
LARGEST_LABELS = 9
DOT_ALONE = 5000.0  # square units of a region too small to be seen: a ring is drawn around it


@dataclass(frozen=True)
class Subject:
    """What a map is of. ``countries`` are codes of all that belong to it; ``province`` its own code where it is one."""

    code: str
    name: str
    countries: tuple[str, ...]
    province: str = ""
    seat: tuple[float, float] | None = None  # longitude and latitude
    seat_name: str = ""
    is_one: bool = True  # one country or province, not several


@dataclass
class _Labels:
    """Words already set, so that no two stand in one place."""

    words: list[str] = field(default_factory=list)
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def set(self, kind, text, x, y) -> bool:
        half, high = len(text) * LETTER[kind] / 2, HEIGHT[kind]
        box = (x - half, y - high * 0.75, x + half, y + high * 0.25)
        if box[0] < 30 or box[2] > frames.WIDE - 30 or box[1] < 30 or box[3] > frames.HIGH - 30:
            return False
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in self.taken):
            return False
        self.taken.append(box)
        self.words.append(f'<text class="map-{kind}" x="{round(x)}" y="{round(y)}">{escape(text)}</text>')
        return True


def frame_of(subject: Subject, atlas: Atlas) -> frames.Frame:
    """What of the globe the map of that region shows."""
    if subject.code == frames.WORLD:
        return frames.world()
    if box := frames.FRAMES.get(subject.code):
        return frames.of_box(box)
    points = [point for code in subject.countries for point in frames.mainland(atlas, code)]
    if subject.seat and not (subject.province and points):
        points.append(subject.seat)
    return frames.of_points(points)


def can_draw(subject: Subject, atlas: Atlas) -> bool:
    """Whether it is known where on the globe the region lies."""
    return subject.seat is not None or any(code in atlas.countries for code in subject.countries)


def draw(subject: Subject, atlas: Atlas, names: dict[str, str]) -> str:
    """The map of that region: what stands in its ``svg`` element, behind the name of the element.

    ``names`` are those of countries by code, as readers see them.
    """
    frame = frame_of(subject, atlas)
    shown, land, here = _ground(frame, atlas, frozenset(subject.countries))
    province = [_cut(frame, ring) for ring in atlas.province(subject.province)] if subject.province else []
    parts = [f'<path class="map-land" d="{land}"/>']
    if here:
        kind = "in" if subject.province else "here" if subject.is_one else "group"
        parts.append(f'<path class="map-{kind}" d="{here}"/>')
    if lit := "".join(map(outlines.path, province)):
        parts.append(f'<path class="map-here" d="{lit}"/>')
    if lines := "".join(_disputed(frame, atlas)):
        parts.append(f'<path class="map-disputed" d="{lines}"/>')
    parts += _named(subject, frame, shown, province, names)
    return "".join(parts)


@lru_cache(maxsize=8)
def _ground(frame, atlas, own):
    """What is seen of each country, and the paths of all others' land and of the region's own. The same in every
    language, and for every province of a country."""
    for roughness in (1, 2, 3, 5, 8) if frame.reach < WIDE_REACH else (3, 5, 8):
        shown = _shapes(frame, atlas, own, roughness)
        land = "".join(outlines.path(ring) for code, rings in shown.items() if code not in own for ring in rings)
        here = "".join(outlines.path(ring) for code, rings in shown.items() if code in own for ring in rings)
        if len(land) + len(here) <= LARGEST:
            break
    return shown, land, here


def _shapes(frame, atlas, own, roughness):
    """The rings of each country, cut to the frame."""
    shown = {}
    for code, rings in atlas.countries.items():
        if frame.reach >= 180 and code == "AQ":
            continue  # it has no shape of its own where the pole is a line
        found = []
        for numbers, box in zip(rings, atlas.boxes[code], strict=True):
            if not frame.may_show(box):
                continue
            ring = []
            for number in numbers:
                line = _placed(frame, atlas.line(max(number, ~number)), roughness)
                line = line if number >= 0 else line[::-1]
                ring += line[1:] if ring else line
            if frame.reach >= 180 and _is_torn(ring):
                continue
            ring = outlines.cut(ring, _OUTSIDE)
            if len(ring) > 2 and outlines.area(ring) > (OWN_SPECK if code in own else SPECK) * roughness * roughness:
                found.append(ring)
        if found:
            shown[code] = found
    return shown


_OUTSIDE = (-EDGE, -EDGE, frames.WIDE + EDGE, frames.HIGH + EDGE)


def _placed(frame, line, roughness=1):
    within = FINE * (1 + roughness) / 2
    placed = frame.places(line)
    if outlines.is_beside(placed, _OUTSIDE):
        return [placed[0], placed[-1]]  # nothing of it is seen; only where it leads to matters
    return outlines.thinned(outlines.sparse(placed, within / 2), within)


def _cut(frame, ring):
    return outlines.cut(_placed(frame, ring), _OUTSIDE)


def _is_torn(ring):
    """Whether the edge of the world runs through it."""
    return any(abs(one[0] - other[0]) > frames.WIDE / 2 for one, other in pairwise(ring))


def _disputed(frame, atlas):
    for line in atlas.disputed:
        if not frame.may_show((line[0][0], line[0][1], line[0][0], line[0][1])):
            continue
        run = []
        for x, y in _placed(frame, line):
            if _OUTSIDE[0] <= x <= _OUTSIDE[2] and _OUTSIDE[1] <= y <= _OUTSIDE[3]:
                run.append((x, y))
            else:
                yield outlines.path(run, closed=False)
                run = []
        yield outlines.path(run, closed=False)


def _named(subject, frame, shown, province, names):
    """The dot and the words."""
    labels, parts = _Labels(), []
    own = [ring for code in subject.countries for ring in shown.get(code, [])]
    marked = province or own
    seat = frame.place(*subject.seat) if subject.seat and subject.is_one else None
    if seat:
        x, y = (round(part) for part in seat)
        if sum(map(outlines.area, marked)) < DOT_ALONE or (subject.province and not province):
            parts.append(f'<circle class="map-ring" cx="{x}" cy="{y}" r="130"/>')
        parts.append(f'<circle class="map-dot" cx="{x}" cy="{y}" r="32"/>')
        labels.taken.append((x - 60, y - 60, x + 60, y + 60))
    if subject.is_one:
        _name_one(subject, labels, marked, seat)
        others = _by_size(shown, set() if subject.province else set(subject.countries))
    else:
        others = _by_size(shown, set(), subject.countries)
    for code, rings in others[:LARGEST_LABELS]:
        if code in names:
            _name_within(labels, "near" if subject.is_one else "member", names[code], rings)
    return parts + labels.words


def _name_one(subject, labels, rings, seat):
    """The name of the region in the middle of it, or beside its dot; that of its capital by the dot."""
    large = sum(map(outlines.area, rings)) > 4 * HEIGHT["name"] * LETTER["name"] * len(subject.name)
    is_named = large and _name_within(labels, "name", subject.name, rings)
    if seat and subject.seat_name and subject.seat_name != subject.name:
        x, y = seat
        any(labels.set("town", subject.seat_name, x, at) for at in (y + 165, y - 100))
    if not is_named:
        x, y = seat or _heart(rings)
        any(labels.set("name", subject.name, *at) for at in _around(x, y, len(subject.name) * LETTER["name"] / 2))


def _around(x, y, half):
    """Places beside a dot, the best first."""
    for down in (-190, 290, 50, -330, 420):
        yield x, y + down
    for aside in (half + 190, -half - 190):
        yield x + aside, y + 50


def _heart(rings):
    if not rings:
        return frames.WIDE / 2, frames.HIGH / 2
    ring = max(rings, key=outlines.area)
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def _name_within(labels, kind, name, rings):
    """Set the name where the rings are widest, if it has room there."""
    ring = max(rings, key=outlines.area)
    ys = [y for _, y in ring]
    top, bottom = max(0, min(ys)), min(frames.HIGH, max(ys))
    wish = len(name) * LETTER[kind] * ROOM.get(kind, 1.05)
    best = []
    for step in range(1, 12):
        y = top + (bottom - top) * step / 12
        left, right = outlines.wide_at([ring], y - HEIGHT[kind] * 0.3)
        left, right = max(left, 0), min(right, frames.WIDE)
        if right - left >= wish:
            best.append((abs(step - 6) * 0.06 - min(2.0, (right - left) / wish), (left + right) / 2, y))
    return any(labels.set(kind, name, x, y) for _, x, y in sorted(best))


def _by_size(shown, without, only=None):
    found = [(code, rings) for code, rings in shown.items() if code not in without and (only is None or code in only)]
    return sorted(found, key=lambda one: -max(map(outlines.area, one[1])))
