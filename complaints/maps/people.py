"""Inhabitants of the map's squares, from the places the site knows."""

import numpy as np

from complaints.base import peoplegrid
from complaints.base.memo import for_seconds
from complaints.base.peoplegrid import Grid
from complaints.places.models import Kind, Place

KNOWN_QUARTERS = 0.5
"""From this share on, the quarters of a town stand for all of its inhabitants."""


@for_seconds(3600)
def levels() -> dict[int, Grid]:
    """Inhabitants by square for the zooms 5 to 14; one query and about 0.3 s, once an hour in each process."""
    columns = ("id", "parent_id", "kind", "latitude", "longitude", "population")
    rows = Place.objects.filter(kind__in=(Kind.TOWN, Kind.QUARTER)).values_list(*columns)
    living = {pk: float(people) for pk, _parent, _kind, _lat, _lon, people in rows}
    quarters: dict[int, list[int]] = {}
    for pk, parent, kind, *_ in rows:
        if kind == Kind.QUARTER and parent in living:
            quarters.setdefault(parent, []).append(pk)
    for town, parts in quarters.items():
        _share(living, town, parts)
    points = np.array([(lat, lon, living[pk]) for pk, _parent, _kind, lat, lon, _ in rows], float).reshape(-1, 3)
    points = points[points[:, 2] > 0]
    return peoplegrid.levels(points[:, 0], points[:, 1], points[:, 2])


def _share(living: dict[int, float], town: int, quarters: list[int]) -> None:
    """A town's inhabitants among its quarters; what they do not account for stays in its middle."""
    everybody, known = living[town], sum(living[quarter] for quarter in quarters)
    scale = everybody / known if known and known >= KNOWN_QUARTERS * everybody else 1.0
    for quarter in quarters:
        living[quarter] *= scale
    living[town] = max(0.0, everybody - known * scale)


def tile_people(zoom: int, x: int, y: int) -> list[int]:
    """Inhabitants of the squares of a tile by rows from the north-west, 32 x 32 or fewer; empty where nobody lives."""
    found = np.rint(peoplegrid.tile(levels(), zoom, x, y)).astype(np.int64)
    return found.ravel().tolist() if found.any() else []


def everybody() -> float:
    """Inhabitants of all squares."""
    return float(levels()[peoplegrid.COARSEST].sum())


def country_people(zoom: int) -> dict[tuple[int, int], float]:
    """Inhabitants by column and row of the grid of a zoom from 5 to 14, only of squares where somebody lives."""
    grid = levels()[zoom]
    west, north = (first << zoom - peoplegrid.COARSEST for first in (peoplegrid.WEST, peoplegrid.NORTH))
    rows, columns = grid.nonzero()
    places = zip((columns + west).tolist(), (rows + north).tolist(), strict=True)
    return dict(zip(places, grid[rows, columns].tolist(), strict=True))


def square_people(zoom: int, x: int, y: int) -> float:
    """Inhabitants of one square of the grid of a zoom from 5 to 14."""
    return float(peoplegrid.tile(levels(), zoom - 5, x >> 5, y >> 5)[y & 31, x & 31])
