"""Lines on the page: thinned to what the eye can tell apart, cut to the frame, written as short as SVG allows.

All in the units of the map's view box, which are whole numbers.
"""

from math import hypot

Line = list[tuple[float, float]]


def thinned(line: Line, within: float) -> Line:
    """The line with as few of its points as keep it that near to what it was (Douglas and Peucker, 1973)."""
    if len(line) < 3:
        return line
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda number: _distance(line[number], line[0], line[0]))
        return thinned(line[: far + 1], within)[:-1] + thinned(line[far:], within)
    keep, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, most = first, within
        for number in range(first + 1, last):
            distance = _distance(line[number], line[first], line[last])
            if distance > most:
                far, most = number, distance
        if far != first:
            keep.add(far)
            waiting += [(first, far), (far, last)]
    return [line[number] for number in sorted(keep)]


def sparse(line: Line, within: float) -> Line:
    """The line without points that lie as near as that to the one before; it begins and ends where it did."""
    kept = line[:1]
    for point in line[1:-1]:
        if abs(point[0] - kept[-1][0]) > within or abs(point[1] - kept[-1][1]) > within:
            kept.append(point)
    return kept + line[-1:] if len(line) > 1 else kept


def is_beside(line: Line, box: tuple[float, float, float, float]) -> bool:
    """Whether all of a line lies on one side of that box."""
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return max(xs) < box[0] or max(ys) < box[1] or min(xs) > box[2] or min(ys) > box[3]


def _distance(point, first, last):
    dx, dy = last[0] - first[0], last[1] - first[1]
    x, y = point[0] - first[0], point[1] - first[1]
    length = dx * dx + dy * dy
    share = 0.0 if not length else max(0.0, min(1.0, (x * dx + y * dy) / length))
    return hypot(x - share * dx, y - share * dy)


def cut(ring: Line, box: tuple[float, float, float, float]) -> Line:
    """What of a ring lies in that box (Sutherland and Hodgman, 1974); along its edges where it leaves it."""
    left, top, right, bottom = box
    for axis, edge, keep_above in ((0, left, True), (0, right, False), (1, top, True), (1, bottom, False)):
        found: Line = []
        for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
            was, is_in = ((one[axis] >= edge) == keep_above for one in (before, point))
            if was != is_in:
                share = (edge - before[axis]) / (point[axis] - before[axis])
                met = [before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])]
                met[axis] = edge
                found.append((met[0], met[1]))
            if is_in:
                found.append(point)
        ring = found
    return ring


def area(ring: Line) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def path(line: Line, closed: bool = True) -> str:
    """The line as SVG path data, each point as its step from the last."""
    points = []
    for x, y in line:
        point = (round(x), round(y))
        if not points or points[-1] != point:
            points.append(point)
    if closed and len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < (3 if closed else 2):
        return ""
    steps, (x, y) = [], points[0]
    for point in points[1:]:
        steps += [point[0] - x, point[1] - y]
        x, y = point
    return f"M{_numbers(points[0])}l{_numbers(steps)}{'z' if closed else ''}"


def _numbers(values):
    """Numbers in a row; a minus parts them as well as a space does."""
    words = ""
    for value in values:
        words += str(value) if value < 0 or not words else f" {value}"
    return words


def wide_at(rings: list[Line], y: float) -> tuple[float, float]:
    """The longest stretch within those rings at that height: where it begins and ends."""
    crossings = []
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y):
                crossings.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    crossings.sort()
    stretches = list(zip(crossings[::2], crossings[1::2], strict=False))
    return max(stretches, key=lambda one: one[1] - one[0], default=(0.0, 0.0))
