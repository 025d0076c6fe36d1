"""From the globe to the page.

Lambert's azimuthal equal-area projection, on the sphere: Snyder, "Map Projections: A Working Manual", US Geological
Survey Professional Paper 1395 (1987), equations 24-2 to 24-4 and 20-14, 20-15, 24-16. Areas are true, and it knows no
edge at the 180th meridian. The whole world by Equal Earth: Šavrič, Patterson and Jenny, International Journal of
Geographical Information Science 33:3 (2019).
"""

from dataclasses import dataclass
from math import asin, atan2, cos, hypot, pi, radians, sin, sqrt

Plane = tuple[float, float]  # to the right and up, in radii of the globe


@dataclass(frozen=True)
class Lambert:
    """Equal areas around a centre (degrees)."""

    longitude: float
    latitude: float

    def __call__(self, longitude: float, latitude: float) -> Plane:
        turn, up, middle = radians(longitude - self.longitude), radians(latitude), radians(self.latitude)
        near = 1 + sin(middle) * sin(up) + cos(middle) * cos(up) * cos(turn)
        scale = sqrt(2 / max(near, 1e-9))  # the point right across the globe would lie everywhere at once
        return (
            scale * cos(up) * sin(turn),
            scale * (cos(middle) * sin(up) - sin(middle) * cos(up) * cos(turn)),
        )

    def back(self, x: float, y: float) -> tuple[float, float]:
        """The longitude and latitude of that place."""
        far, middle = hypot(x, y), radians(self.latitude)
        if far < 1e-12:
            return self.longitude, self.latitude
        angle = 2 * asin(min(1.0, far / 2))
        latitude = asin(cos(angle) * sin(middle) + y * sin(angle) * cos(middle) / far)
        turn = atan2(x * sin(angle), far * cos(middle) * cos(angle) - y * sin(middle) * sin(angle))
        return (self.longitude + turn * 180 / pi + 540) % 360 - 180, latitude * 180 / pi


# The cut runs through the Bering Strait, so that it divides no country.
WORLD_MIDDLE = 11.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)


def equal_earth(longitude: float, latitude: float) -> Plane:
    """The whole world with true areas."""
    turn = radians((longitude - WORLD_MIDDLE + 540) % 360 - 180)
    slant = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = slant * slant
    sixth = square * square * square
    x = (
        2
        * sqrt(3)
        * turn
        * cos(slant)
        / (3 * (9 * _A[3] * sixth * square + 7 * _A[2] * sixth + 3 * _A[1] * square + _A[0]))
    )
    return x, slant * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))


def degrees_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two places (longitude, latitude) lie apart on the globe, in degrees."""
    (turn, up), (other_turn, other_up) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((up - other_up) / 2) ** 2 + cos(up) * cos(other_up) * sin((turn - other_turn) / 2) ** 2
    return 2 * asin(min(1.0, sqrt(half))) * 180 / pi
