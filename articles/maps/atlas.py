"""The shapes that maps are drawn from: read once, in a process that draws any."""

import gzip
import json
from functools import cache
from itertools import accumulate
from pathlib import Path

FILE = Path(__file__).parent / "atlas.json.gz"
GRAIN = 1000  # to a degree

Line = list[tuple[float, float]]  # longitude and latitude, in degrees


Box = tuple[float, float, float, float]  # west, south, east, north


class Atlas:
    """Lines, and what they go around. A ring is numbers of lines; ``~n`` is line n the other way round.

    Lines are unpacked as they are wanted: most maps show a small part of the world.
    """

    def __init__(self, data: dict):
        self._packed = data["arcs"]
        self._lines: dict[int, Line] = {}
        self.countries: dict[str, list[list[int]]] = data["countries"]
        self.boxes: dict[str, list[Box]] = {
            code: [tuple(edge / GRAIN for edge in box) for box in boxes] for code, boxes in data["boxes"].items()
        }
        self.disputed: list[Line] = [_unpacked(line) for line in data["disputed"]]
        self._provinces: dict[str, list] = data["provinces"]

    def line(self, number: int) -> Line:
        if number not in self._lines:
            self._lines[number] = _unpacked(self._packed[number])
        return self._lines[number]

    def province(self, code: str) -> list[Line]:
        """The rings around that province; none where its shape is not known for sure."""
        return [_unpacked(ring) for ring in self._provinces.get(code, [])]

    def ring(self, numbers: list[int]) -> Line:
        points: Line = []
        for number in numbers:
            line = self.line(number) if number >= 0 else self.line(~number)[::-1]
            points += line[1:] if points else line
        return points


@cache
def atlas() -> Atlas:
    return Atlas(json.loads(gzip.decompress(FILE.read_bytes())))


def _unpacked(flat):
    xs, ys = accumulate(flat[::2]), accumulate(flat[1::2])
    return [(x / GRAIN, y / GRAIN) for x, y in zip(xs, ys, strict=True)]
