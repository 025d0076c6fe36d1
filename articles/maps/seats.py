"""Where the capital lies, for countries whose coordinates in the record are of their middle: longitude, latitude."""

SEATS = {
    "AU": (149.13, -35.28),
    "BR": (-47.88, -15.79),
    "CA": (-75.70, 45.42),
    "CN": (116.40, 39.90),
    "EH": (-13.20, 27.15),
    "IL": (35.21, 31.78),
    "IN": (77.21, 28.61),
    "PS": (35.24, 31.78),
    "RU": (37.62, 55.75),
    "US": (-77.04, 38.90),
}
