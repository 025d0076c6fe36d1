"""The demo's pictures: illustrations that the project draws itself, at the size of an agency's photographs.

``make_pictures`` writes them as JPEG files of at least 12 megapixels, the same bytes each time. Every one says in a
corner, and in its metadata, that it is an illustration. ``brushes.py`` is the drawing board, ``scenes/`` is what is
drawn on it, ``metadata.py`` is what a file says about itself.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFont

from . import metadata
from .brushes import Board
from .scenes import fields, monuments, rivers, rooms, sea, town, wild

QUALITY = 82
LANDSCAPE, WIDE, PORTRAIT = (4000, 3000), (4240, 2832), (3000, 4000)


@dataclass(frozen=True)
class Picture:
    """One demo picture. ``date`` is ISO 8601 with its offset, ``country_code`` ISO 3166-1 alpha-3, as the IIM wants it.

    ``turned`` pictures are stored lying on their side with EXIF orientation 6, as cameras do. ``gps`` is (latitude,
    longitude) in degrees: such a picture shows that renditions leave the place out.
    """

    title: str
    scene: Callable[[Board, tuple[str, ...]], None]
    palette: tuple[str, ...]
    caption: str
    alt: str
    city: str
    country: str
    country_code: str
    date: str
    keywords: tuple[str, ...]
    artist: str = "Newsroom"
    size: tuple[int, int] = LANDSCAPE
    turned: bool = False
    gps: tuple[float, float] | None = None
    credit: str = "Newsroom illustration"
    source: str = "Newsroom demo"

    @property
    def rights(self) -> str:
        return f"© {self.date[:4]} Newsroom demo. Illustration, free to use with this project."


PICTURES: dict[str, Picture] = {
    "harbour-dusk": Picture(
        title="Beirut port at dusk",
        scene=sea.harbour,
        palette=("#26304f", "#d9776b", "#f7c27a", "#3a4358", "#b8473f", "#2f7d86"),
        caption="Cranes stand over the container basin at Beirut port at dusk.",
        alt="Three container cranes and a loaded ship in silhouette at sunset, mirrored in still water.",
        city="Beirut",
        country="Lebanon",
        country_code="LBN",
        date="2026-09-08T18:42:00+03:00",
        keywords=("port", "trade", "shipping"),
        size=WIDE,
    ),
    "dam": Picture(
        title="Dam on the upper Euphrates",
        scene=rivers.dam,
        palette=("#5fa3cf", "#dfeaf0", "#9a8674", "#b9b7b0", "#2f7f9f", "#5f8350"),
        caption="A dam holds back a reservoir on the upper Euphrates.",
        alt="A curved concrete dam between wooded slopes, water falling from three gates, a blue reservoir behind it.",
        city="Elazig",
        country="Türkiye",
        country_code="TUR",
        date="2026-05-19T11:05:00+03:00",
        keywords=("water", "dam", "Euphrates"),
        artist="Mira Solano",
    ),
    "river-plain": Picture(
        title="Fields along the Euphrates",
        scene=rivers.river_plain,
        palette=("#79b4d8", "#f3e6c8", "#4f93a8", "#6f9a4a", "#d9b75f", "#a87f55"),
        caption="Green fields line a bend of the Euphrates near Raqqa.",
        alt="A river winds through a plain of green and yellow fields, seen from above.",
        city="Raqqa",
        country="Syria",
        country_code="SYR",
        date="2026-04-22T09:30:00+03:00",
        keywords=("water", "agriculture", "Euphrates"),
        size=WIDE,
    ),
    "mountain-river": Picture(
        title="River in eastern Türkiye",
        scene=rivers.mountain_river,
        palette=("#7fb0d6", "#f5cfae", "#6d7590", "#2f5c50", "#4b9aae", "#f8fbff"),
        caption="A river runs between mountains in eastern Türkiye.",
        alt="A blue river flows from snow-capped mountains through a forest of firs.",
        city="Erzincan",
        country="Türkiye",
        country_code="TUR",
        date="2026-10-02T07:15:00+03:00",
        keywords=("water", "mountains"),
        artist="Mira Solano",
    ),
    "rail-dunes": Picture(
        title="Freight train in the dunes",
        scene=wild.rail_dunes,
        palette=("#5fa8bd", "#f6dfb4", "#e0a35f", "#a9683f", "#b5443a", "#2d7f86"),
        caption="A freight train crosses the dunes on the line between Dammam and Riyadh.",
        alt="A red locomotive pulls coloured containers past high dunes under a pale sun.",
        city="Hofuf",
        country="Saudi Arabia",
        country_code="SAU",
        date="2026-03-11T16:20:00+03:00",
        keywords=("rail", "transport", "desert"),
        size=WIDE,
        gps=(25.3647, 49.5876),
    ),
    "vaccine-vials": Picture(
        title="Vaccine in a cold box",
        scene=rooms.vaccine_vials,
        palette=("#2f8f96", "#cfe9e6", "#bfe3ea", "#d9534a", "#fbfaf4", "#2d5f9a"),
        caption="Vials of measles vaccine stand in a cold box before a day's round.",
        alt="Glass vials with red caps stand in ice in a blue cold box marked with a snowflake.",
        city="Mukalla",
        country="Yemen",
        country_code="YEM",
        date="2026-10-12T06:05:00+03:00",
        keywords=("health", "vaccination"),
        artist="Teo Lindqvist",
        size=PORTRAIT,
        turned=True,
    ),
    "rain-savanna": Picture(
        title="Rain over the Rift Valley",
        scene=fields.rain_savanna,
        palette=("#48566b", "#8aa0b3", "#f0bf6a", "#8f9a4d", "#3d4a2b", "#5f8f3e"),
        caption="Rain falls over grassland and maize fields in the Rift Valley.",
        alt="A shower crosses a plain with cattle and a tall acacia, young maize in front, sunlight at the horizon.",
        city="Nakuru",
        country="Kenya",
        country_code="KEN",
        date="2026-10-28T17:10:00+03:00",
        keywords=("weather", "rain", "agriculture"),
        size=WIDE,
    ),
    "olive-grove": Picture(
        title="Olive grove near Meknes",
        scene=fields.olive_grove,
        palette=("#8fbfe0", "#f0e2c6", "#b8704a", "#5f7350", "#c3cfb4", "#5a4a3f"),
        caption="Old olive trees stand in a grove near Meknes.",
        alt="Gnarled olive trees with silvery leaves on ploughed red soil.",
        city="Meknes",
        country="Morocco",
        country_code="MAR",
        date="2026-10-06T10:45:00+01:00",
        keywords=("agriculture", "olives"),
        artist="Mira Solano",
    ),
    "court-columns": Picture(
        title="Court building in Accra",
        scene=monuments.court,
        palette=("#7fb2dc", "#e6eff5", "#e9dcc3", "#8b8396", "#6b3f2e", "#4f8a55"),
        caption="Columns stand before a court building in Accra.",
        alt="A court building with six columns and a pair of scales in its gable; three people on the steps.",
        city="Accra",
        country="Ghana",
        country_code="GHA",
        date="2026-06-16T08:25:00+00:00",
        keywords=("justice", "court"),
    ),
    "wind-turbines": Picture(
        title="Turbines in the Eastern Cape",
        scene=fields.wind_turbines,
        palette=("#6fb3e0", "#e9f3f4", "#2f7fa3", "#86b45c", "#3f7a4d", "#fbfcfa"),
        caption="Wind turbines turn above the coast of the Eastern Cape.",
        alt="White wind turbines on green hills above a blue sea, sheep grazing below.",
        city="Jeffreys Bay",
        country="South Africa",
        country_code="ZAF",
        date="2026-08-30T12:00:00+02:00",
        keywords=("energy", "wind"),
        artist="Teo Lindqvist",
        size=WIDE,
    ),
    "ship-at-sea": Picture(
        title="Ferry in the Aegean",
        scene=sea.ferry,
        palette=("#6f9fce", "#f6b184", "#2a6f97", "#6c6a86", "#fdfaf3"),
        caption="A ferry crosses the Aegean in the early evening.",
        alt="A white ferry passes islands on a calm sea under a peach-coloured sky.",
        city="Naxos",
        country="Greece",
        country_code="GRC",
        date="2026-04-25T19:35:00+03:00",
        keywords=("shipping", "evacuation drill"),
    ),
    "chip-wafer": Picture(
        title="Silicon wafer",
        scene=rooms.chip_wafer,
        palette=("#161b33", "#7a5cf0", "#34c8dd", "#f2c14e", "#f0719a", "#52d39a"),
        caption="A silicon wafer reflects the light of a clean room.",
        alt="A round silicon wafer covered with rows of chips that shimmer from blue to gold, held by tweezers.",
        city="Dresden",
        country="Germany",
        country_code="DEU",
        date="2026-07-09T14:00:00+02:00",
        keywords=("technology", "semiconductors"),
        size=WIDE,
    ),
    "volcano": Picture(
        title="Plume over Etna",
        scene=wild.volcano,
        palette=("#1d2342", "#d98a6f", "#ff5a2b", "#3c3845", "#8b8490", "#ffcf7a"),
        caption="A plume rises over the slopes of Mount Etna.",
        alt="A dark volcano with a thread of lava and a grey plume before sunrise, village lights at its foot.",
        city="Nicolosi",
        country="Italy",
        country_code="ITA",
        date="2026-11-04T05:25:00+01:00",
        keywords=("volcano", "eruption"),
        artist="Mira Solano",
    ),
    "snow-road": Picture(
        title="Winter road on the plateau",
        scene=wild.snow_road,
        palette=("#6d86b5", "#e6b8bd", "#eef3f8", "#a9bcd6", "#66758a", "#f2a62e"),
        caption="Marker poles line a snow-covered road over a mountain plateau.",
        alt="An orange snow plough leads cars along a road marked by poles on a white plateau.",
        city="Haugastol",
        country="Norway",
        country_code="NOR",
        date="2026-02-03T15:10:00+01:00",
        keywords=("weather", "snow", "road"),
        artist="Teo Lindqvist",
        size=WIDE,
    ),
    "library": Picture(
        title="Reading room",
        scene=rooms.library,
        palette=("#8a5a35", "#2d211c", "#ead9b5", "#a63d33", "#3f6f55", "#33567f", "#d6a243"),
        caption="Shelves reach to the ceiling of a public library reading room.",
        alt="Tall bookshelves on both sides of an arched window, a ladder, and an open book under a green lamp.",
        city="Glasgow",
        country="United Kingdom",
        country_code="GBR",
        date="2026-11-09T16:30:00+00:00",
        keywords=("library", "books"),
        size=PORTRAIT,
    ),
    "rain-rooftops": Picture(
        title="Monsoon in Kerala",
        scene=town.rain_rooftops,
        palette=("#7d929b", "#c3d0cf", "#b4573f", "#e3d6bd", "#3f6b52", "#ffcf77"),
        caption="Rain sweeps over tiled rooftops and palms on the Kerala coast.",
        alt="Heavy rain over rows of red tiled roofs with palms, some windows lit.",
        city="Kochi",
        country="India",
        country_code="IND",
        date="2026-05-28T05:50:00+05:30",
        keywords=("weather", "monsoon", "rain"),
    ),
    "domes-and-spires": Picture(
        title="Central Jakarta at sunrise",
        scene=monuments.domes_and_spires,
        palette=("#6f8fc6", "#f0a59a", "#f8c873", "#6f5a78", "#4f7a5a"),
        caption="A dome, minarets and church spires rise over central Jakarta at sunrise.",
        alt="A mosque with a dome and minarets beside a church with two spires, the sun rising between them.",
        city="Jakarta",
        country="Indonesia",
        country_code="IDN",
        date="2026-08-17T05:58:00+07:00",
        keywords=("religion", "architecture"),
        artist="Mira Solano",
        size=WIDE,
    ),
    "coral-reef": Picture(
        title="Reef off Queensland",
        scene=sea.coral_reef,
        palette=("#35b6c4", "#0b3d66", "#ff7f9a", "#ff9d5c", "#7c5aa8", "#f2d9b1"),
        caption="Fish pass over branching coral on a reef off Queensland.",
        alt="Yellow and striped fish above pink and orange branching corals in clear blue water.",
        city="Townsville",
        country="Australia",
        country_code="AUS",
        date="2026-09-21T11:40:00+10:00",
        keywords=("environment", "coral"),
        artist="Teo Lindqvist",
    ),
    "market-night": Picture(
        title="Night market",
        scene=town.market_night,
        palette=("#1a1530", "#4a2f55", "#ffb84d", "#d8433b", "#2f9a93", "#fbeccb"),
        caption="Lanterns hang over the stalls of a night market in Hanoi.",
        alt="Market stalls with striped awnings under strings of lanterns, their lights mirrored on a wet street.",
        city="Hanoi",
        country="Vietnam",
        country_code="VNM",
        date="2026-10-17T20:15:00+07:00",
        keywords=("market", "street life"),
    ),
    "wheat-field": Picture(
        title="Wheat in northern Kazakhstan",
        scene=fields.wheat_field,
        palette=("#7f9fc6", "#e8a68c", "#f7cf78", "#e3b04f", "#8a5a2b", "#cfd3d6"),
        caption="A field of ripe wheat in northern Kazakhstan at sunset.",
        alt="A red combine harvester in a golden wheat field, a grain elevator on the horizon, the sun setting.",
        city="Kostanay",
        country="Kazakhstan",
        country_code="KAZ",
        date="2026-09-14T19:20:00+05:00",
        keywords=("agriculture", "wheat", "harvest"),
        artist="Teo Lindqvist",
        size=WIDE,
    ),
    "terraces": Picture(
        title="Terraces in the Andes",
        scene=fields.terraces,
        palette=("#78b4d6", "#e8efe6", "#7c8598", "#4f8a4c", "#a9c65a", "#9a8a74"),
        caption="Terraced fields step down a valley in the Andes.",
        alt="Green and yellow terraces follow the slopes of a mountain valley, with a small farmhouse.",
        city="Chivay",
        country="Peru",
        country_code="PER",
        date="2026-04-02T09:10:00-05:00",
        keywords=("agriculture", "water", "terraces"),
        artist="Mira Solano",
    ),
    "dish-stars": Picture(
        title="Radio dish in the Atacama",
        scene=wild.dish_stars,
        palette=("#0b1030", "#4a3f78", "#b9a6d9", "#a9744f", "#d5dae3", "#ffc56b"),
        caption="A radio dish points at the Milky Way above the Atacama desert.",
        alt="A large radio dish under a violet sky full of stars, a person and a lit hut at its foot.",
        city="San Pedro de Atacama",
        country="Chile",
        country_code="CHL",
        date="2026-07-14T22:05:00-04:00",
        keywords=("astronomy", "science", "night sky"),
        artist="Teo Lindqvist",
    ),
    "city-night": Picture(
        title="Coastal city at night",
        scene=town.city_night,
        palette=("#0a1230", "#2c3b78", "#3a3350", "#ffb35a", "#8fb0d9", "#122a4d"),
        caption="Lights of a coastal city in northern Chile at night.",
        alt="Lit towers on a bay under a starry sky with a crescent moon, small boats on the water.",
        city="Antofagasta",
        country="Chile",
        country_code="CHL",
        date="2026-07-13T21:30:00-04:00",
        keywords=("city", "light", "energy"),
        size=WIDE,
    ),
    "hospital-corridor": Picture(
        title="Hospital corridor",
        scene=rooms.hospital,
        palette=("#bfe0d6", "#f6f1e4", "#cfdcd8", "#e3b98a", "#fff0c2", "#8fa3ab"),
        caption="Light falls into a hospital corridor before the morning round.",
        alt="A bright hospital corridor with windows on the left, an empty bed, and two staff members in the distance.",
        city="Sao Paulo",
        country="Brazil",
        country_code="BRA",
        date="2026-06-23T07:05:00-03:00",
        keywords=("health", "hospital"),
    ),
    "luxor-temple": Picture(
        title="Temple gate at Luxor",
        scene=monuments.luxor_temple,
        palette=("#4f8fa3", "#f5b57f", "#dca868", "#8d5f4a", "#d9b07a", "#56703c"),
        caption="A temple gate and columns stand in the evening light at Luxor.",
        alt="A temple gate with flags, an obelisk and a row of sphinxes in the evening light.",
        city="Luxor",
        country="Egypt",
        country_code="EGY",
        date="2026-10-20T17:25:00+03:00",
        keywords=("archaeology", "temple"),
    ),
    "stadium": Picture(
        title="Stadium in Kigali",
        scene=town.stadium,
        palette=("#0f1a3a", "#3d5f9a", "#8a6f7f", "#2f8f4a", "#7cc45a", "#fff6d8"),
        caption="Floodlights shine on the pitch before kick-off at a stadium in Kigali.",
        alt="A full football stadium under floodlights, two teams on a striped green pitch.",
        city="Kigali",
        country="Rwanda",
        country_code="RWA",
        date="2026-11-14T18:45:00+02:00",
        keywords=("football", "sport"),
        artist="Teo Lindqvist",
        size=WIDE,
    ),
}


def draw(slug: str, path: Path) -> None:
    """Draw one picture and write it there as a JPEG. Raises ``KeyError`` for a slug that is not in ``PICTURES``."""
    picture = PICTURES[slug]
    width, height = picture.size
    # Half the size is drawn, then enlarged: edges come out soft, in a quarter of the time. The grain comes last.
    board = Board(width // 2, height // 2, slug)
    picture.scene(board, picture.palette)
    image = board.image.resize(picture.size, Image.Resampling.BILINEAR)
    image = ImageChops.add(image, _grain(picture.size), 1, -128)
    _mark(image)
    if picture.turned:
        image = image.transpose(Image.Transpose.ROTATE_90)
    file = BytesIO()
    image.save(
        file,
        "JPEG",
        quality=QUALITY,
        dpi=(300, 300),
        exif=metadata.exif(picture, orientation=6 if picture.turned else 1),
        xmp=metadata.xmp(picture),
        extra=metadata.iim_segment(picture),
    )
    path.write_bytes(file.getvalue())


def make_pictures(folder: Path, *, workers: int = 2) -> list[Path]:
    """Draw every picture into the folder, as ``<slug>.jpg``, and return the paths in the order of ``PICTURES``.

    ``workers`` processes share the work; 1 draws in this one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{slug}.jpg" for slug in PICTURES]
    if workers <= 1:
        for slug, path in zip(PICTURES, paths, strict=True):
            draw(slug, path)
        return paths
    # "spawn": a forked copy of a process that holds database connections and threads would share them.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(draw, PICTURES, paths))
    return paths


@cache
def _grain(size: tuple[int, int]) -> Image.Image:
    """A faint film grain around middle grey, from a seed, so that flat areas are not empty."""
    tile = 1000
    noise = Image.frombytes("L", (tile, tile), Random("grain").randbytes(tile * tile))  # noqa: S311
    noise = noise.point([128 + round((value - 127.5) / 127.5 * 3.4) for value in range(256)])
    sheet = Image.new("L", size)
    for left in range(0, size[0], tile):
        for top in range(0, size[1], tile):
            sheet.paste(noise, (left, top))
    return Image.merge("RGB", (sheet, sheet, sheet))


def _mark(image: Image.Image) -> None:
    """Write "Illustration" into the lower right corner, small."""
    unit = min(image.size) / 100
    font = ImageFont.load_default(size=1.7 * unit)
    pen = ImageDraw.Draw(image, "RGBA")
    place = (image.width - 2.4 * unit, image.height - 2.4 * unit)
    pen.text((place[0] + 0.12 * unit, place[1] + 0.12 * unit), "Illustration", (0, 0, 0, 130), font, anchor="rs")
    pen.text(place, "Illustration", (255, 255, 255, 205), font, anchor="rs")
