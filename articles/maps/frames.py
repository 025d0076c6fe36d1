"""What a map shows of the globe: its middle and its reach, so that a place stands among its neighbours."""

from dataclasses import dataclass
from math import atan2, cos, hypot, pi, radians, sin

from .atlas import Atlas, Line
from .projection import Lambert, Plane, degrees_between, equal_earth

WIDE, HIGH = 3600, 2400  # of the view box
WORLD = "001"

# Of parts of the world that hold what lies far away (Siberia, Hawaii, islands of another ocean), the part that a
# reader means by the name: west, south, east, north.
FRAMES = {
    "150": (-24, 34, 48, 71),
    "151": (12, 40, 68, 69),
    "154": (-24, 49, 32, 71),
    "039": (-10, 34, 30, 47),
    "155": (-6, 41, 18, 56),
    "142": (26, -11, 146, 60),
    "002": (-18, -35, 51, 37),
    "202": (-18, -35, 51, 20),
    "019": (-125, -50, -45, 62),
    "021": (-150, 18, -60, 70),
    "419": (-118, -56, -34, 33),
    "005": (-82, -56, -34, 13),
    "029": (-86, 9, -58, 28),
    "009": (110, -48, 195, 22),
    "061": (165, -30, 232, 25),
    "pacific-islands": (130, -30, 220, 22),
    "european-union": (-11, 34, 35, 70),
}
# A map reaches so much farther than what it is about: a small place needs more of its neighbours to be told by.
_ROOM_SMALL, _ROOM_LARGE, _LARGE = 1.9, 1.22, 28.0
_LEAST = 2.2  # degrees to either side


@dataclass(frozen=True)
class Frame:
    """From longitude and latitude to the view box."""

    project: object
    middle: Plane
    scale: float  # units of the view box to a radius of the globe
    longitude: float
    latitude: float
    reach: float  # degrees from the middle to a corner

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        x, y = self.project(longitude, latitude)
        return WIDE / 2 + (x - self.middle[0]) * self.scale, HIGH / 2 - (y - self.middle[1]) * self.scale

    def places(self, line: Line) -> list[tuple[float, float]]:
        return [self.place(longitude, latitude) for longitude, latitude in line]

    def may_show(self, box) -> bool:
        """Whether anything within that box (degrees) can lie in the frame."""
        if self.reach >= 180:
            return True
        west, south, east, north = box
        turn = (self.longitude - (west + east) / 2 + 540) % 360 - 180  # from the middle of the box
        half = (east - west) / 2
        nearest = (min(half, max(-half, turn)) + (west + east) / 2, min(north, max(south, self.latitude)))
        return degrees_between((self.longitude, self.latitude), nearest) <= self.reach * 1.15 + 1


def world() -> Frame:
    edge = equal_earth(-168.99, 0)[0]
    scale = WIDE / (2 * -edge)
    return Frame(equal_earth, (0.0, equal_earth(0, 8)[1]), scale, 0, 0, 180)


def of_box(box) -> Frame:
    """The frame that holds that part of the globe."""
    west, south, east, north = box
    steps = [number / 8 for number in range(9)]
    edge = [(west + (east - west) * step, latitude) for step in steps for latitude in (south, north)]
    edge += [(longitude, south + (north - south) * step) for step in steps for longitude in (west, east)]
    return of_points(edge, room=1.0)


def of_points(points: Line, room: float | None = None) -> Frame:
    """The frame in whose middle those points lie, with room around them."""
    project = _centred(points)
    for _ in range(3):  # towards the middle of what they take up on the page
        left, bottom, right, top = _box([project(*point) for point in points])
        project = Lambert(*project.back((left + right) / 2, (bottom + top) / 2))
    left, bottom, right, top = _box([project(*point) for point in points])
    half_wide, half_high = (right - left) / 2, (top - bottom) / 2
    if room is None:
        span = 2 * max(half_wide, half_high) * 180 / pi
        room = _ROOM_SMALL + (_ROOM_LARGE - _ROOM_SMALL) * min(1.0, span / _LARGE)
    half_high = max(half_high * room, half_wide * room * HIGH / WIDE, radians(_LEAST))
    scale = HIGH / 2 / half_high
    middle = ((left + right) / 2, (bottom + top) / 2)
    corner = hypot(half_high * WIDE / HIGH, half_high) * 180 / pi
    return Frame(project, middle, scale, project.longitude, project.latitude, min(180.0, corner * 1.1))


def _centred(points):
    x = sum(cos(radians(up)) * cos(radians(turn)) for turn, up in points)
    y = sum(cos(radians(up)) * sin(radians(turn)) for turn, up in points)
    z = sum(sin(radians(up)) for _, up in points)
    return Lambert(atan2(y, x) * 180 / pi, atan2(z, hypot(x, y)) * 180 / pi)


def _box(points):
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def mainland(atlas: Atlas, code: str) -> Line:
    """Points around what a reader means by that country: its largest piece, what lies near it, and what is large."""
    boxes = atlas.boxes.get(code, [])
    if not boxes:
        return []
    sizes = [(east - west) * cos(radians((south + north) / 2)) * (north - south) for west, south, east, north in boxes]
    largest = max(range(len(boxes)), key=sizes.__getitem__)
    points = atlas.ring(atlas.countries[code][largest])
    heart = _middle(boxes[largest])
    near = max(degrees_between(heart, point) for point in points[:: max(1, len(points) // 40)]) * 1.6 + 1
    for number, box in enumerate(boxes):
        is_near = degrees_between(heart, _middle(box)) <= near
        if number != largest and (is_near or sizes[number] > sizes[largest] * 0.1):
            points = points + atlas.ring(atlas.countries[code][number])
    return points[:: max(1, len(points) // 400)]


def _middle(box):
    west, south, east, north = box
    return (west + east) / 2, (south + north) / 2
