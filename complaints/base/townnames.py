"""The embedded basemap's towns: their names on the picture of the country, and the town nearest to a cell."""

import json
import re
from functools import cache
from math import cos, hypot, radians
from pathlib import Path

from django.conf import settings

from complaints.base import labels, zorder
from complaints.base.countrymap import CELL_ZOOM, HEIGHT, WIDTH, Cell, place_on_picture

ON_PICTURE = 60
"""So many of the largest towns try to get a name; about 25 find room."""
SIZES = ((900, 25.0), (400, 22.0), (0, 19.0))
"""Font size in user units by inhabitants in thousands."""


@cache
def towns() -> list[tuple[str, float, float, float]]:
    """(name, latitude, longitude, inhabitants in thousands), the largest first."""
    path = Path(settings.BASE_DIR, "static/complaints/maps/towns.json")
    return [(name, lat, lon, people) for name, lat, lon, people in json.loads(path.read_text())]


@cache
def on_picture() -> list[labels.Label]:
    """The names that find room on the picture of the country."""
    names = []
    for name, lat, lon, people in towns()[:ON_PICTURE]:
        x, y = place_on_picture(lat, lon)
        size = next(size for least, size in SIZES if people >= least)
        names.append(labels.Name(_short(name), x, y, size))
    return labels.place(names, WIDTH, HEIGHT - 176)


def _short(name: str) -> str:
    """ "Frankfurt am Main" is Frankfurt on a small map."""
    return re.split(r" am | im | an | \(", name)[0]


def nearest(cell: Cell) -> str:
    """The large town nearest to the middle of a cell."""
    lat, lon = zorder.to_degrees(cell.column + 0.5, cell.row + 0.5, CELL_ZOOM)
    shrink = cos(radians(lat))
    return min(towns()[:100], key=lambda town: hypot(town[1] - lat, (town[2] - lon) * shrink))[0]
