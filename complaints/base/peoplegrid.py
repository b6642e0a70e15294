"""How many people live in the squares of the map: an estimate from the middles and inhabitants of places.

Each place is a disc around its middle, as large as its inhabitants need at 2,000 a square kilometre. Nothing finer than
squares of the grid of zoom 14, about 1.5 km wide, is pretended.
"""

from math import pi

import numpy as np
from numpy.typing import NDArray

from complaints.base import zorder

Grid = NDArray[np.float64]
FINEST = 14
"""Squares of the grid of this zoom are the smallest with a number of their own."""
COARSEST = 5
WEST, NORTH, SQUARES = 16, 10, 2
"""The grid holds 2 x 2 squares of zoom 5 from this column and row: 0° to 22.5° east, 41° to 55.8° north."""
PER_SQUARE_KILOMETRE = 2000.0
LEAST_KM = 1.2
SAMPLES, PEOPLE_A_SAMPLE = 48, 600
"""Points of a disc that share its inhabitants: at least so many, and one for so many people, so that no square in the
middle of a large disc is left without."""
KM_PER_DEGREE = 111.2
GOLDEN_ANGLE = 2.399963229728653


def levels(latitude: Grid, longitude: Grid, people: Grid) -> dict[int, Grid]:
    """Inhabitants by square for each zoom from COARSEST to FINEST, shape (rows, columns), of n places, each (n,)."""
    radius = np.maximum(LEAST_KM, np.sqrt(people / PER_SQUARE_KILOMETRE / pi)) / KM_PER_DEGREE
    samples = np.maximum(SAMPLES, np.ceil(people / PEOPLE_A_SAMPLE)).astype(np.int64)
    place = np.repeat(np.arange(len(people)), samples)
    number = np.arange(len(place)) - np.repeat(np.cumsum(samples) - samples, samples)
    away, angle = radius[place] * np.sqrt((number + 0.5) / samples[place]), number * GOLDEN_ANGLE
    lat = latitude[place] + away * np.sin(angle)
    lon = longitude[place] + away * np.cos(angle) / np.cos(np.radians(latitude))[place]
    column, row = zorder.deinterleave_many(zorder.encode_many(lat, lon) >> 2 * (zorder.ZOOM - FINEST))
    column, row = column - (WEST << FINEST - COARSEST), row - (NORTH << FINEST - COARSEST)
    side = SQUARES << FINEST - COARSEST
    inside = (column >= 0) & (column < side) & (row >= 0) & (row < side)
    share = (people / samples)[place]
    grid: Grid = (
        np.bincount((row * side + column)[inside], share[inside], side * side).astype(np.float64).reshape(side, side)
    )
    found: dict[int, Grid] = {FINEST: grid}
    for zoom in range(FINEST - 1, COARSEST - 1, -1):
        half = len(found[zoom + 1]) // 2
        found[zoom] = found[zoom + 1].reshape(half, 2, half, 2).sum(axis=(1, 3))
    return found


def tile(grids: dict[int, Grid], zoom: int, x: int, y: int) -> Grid:
    """Inhabitants of the squares of a tile, shape (s, s), rows from the north.

    s is 32 as long as its 32 x 32 cells are known, then 16, 8, … of larger squares, 1 from zoom 14 on (the one around).
    """
    cell_zoom = min(zoom + 5, FINEST)
    side = 32 >> min(5, zoom + 5 - cell_zoom)
    above = max(0, zoom - FINEST)
    grid, size = grids[cell_zoom], len(grids[cell_zoom])
    left = (x >> above) * side - (WEST << cell_zoom - COARSEST)
    top = (y >> above) * side - (NORTH << cell_zoom - COARSEST)
    found = np.zeros((side, side))
    rows = slice(max(top, 0), min(top + side, size))
    columns = slice(max(left, 0), min(left + side, size))
    if rows.start < rows.stop and columns.start < columns.stop:
        part = grid[rows, columns]
        found[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left] = part
    return found
