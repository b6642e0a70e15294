"""The z-order (Morton) key of a point: one integer whose prefixes are map tiles.

Web Mercator coordinates at zoom 24 are interleaved bit by bit into 48 bits, x in the even and y in the odd bits
(G. M. Morton, 1966). A tile (z, x, y) is then one unbroken range of keys, and a cell of a grid a shift of the key.
"""

import math
from collections.abc import Iterator
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

ZOOM = 24
MAX_LATITUDE = 85.05112877980659
EARTH_CIRCUMFERENCE = 40_075_016.686
EARTH_RADIUS = 6_371_008.8

_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


_GATHER = (
    (1, 0x3333333333333333),
    (2, 0x0F0F0F0F0F0F0F0F),
    (4, 0x00FF00FF00FF00FF),
    (8, 0x0000FFFF0000FFFF),
    (16, 0x00000000FFFFFFFF),
)
Bits = TypeVar("Bits", int, NDArray[np.int64])


def _spread(value: Bits) -> Bits:
    """The low 24 bits with a gap after each; of one number or of each of an array."""
    for shift, mask in _SPREAD:
        value = (value | (value << shift)) & mask
    return value


def _gather(value: Bits) -> Bits:
    """Every second bit, from the lowest; undoes `_spread`."""
    value = value & 0x5555555555555555
    for shift, mask in _GATHER:
        value = (value | (value >> shift)) & mask
    return value


def interleave(x: int, y: int) -> int:
    """The Morton number of a column and a row, each below 2**24."""
    return _spread(x) | (_spread(y) << 1)


def deinterleave(key: int) -> tuple[int, int]:
    """Column and row of a Morton number."""
    return _gather(key), _gather(key >> 1)


def to_grid(latitude: float, longitude: float, zoom: int = ZOOM) -> tuple[int, int]:
    """Column and row of a point (decimal degrees) in the Web Mercator grid of 2**zoom squares."""
    size = 1 << zoom
    lat = math.radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, latitude)))
    x = int((longitude + 180.0) / 360.0 * size)
    y = int((1.0 - math.asinh(math.tan(lat)) / math.pi) / 2.0 * size)
    return min(max(x, 0), size - 1), min(max(y, 0), size - 1)


def to_degrees(x: float, y: float, zoom: int = ZOOM) -> tuple[float, float]:
    """Latitude and longitude of a grid position; whole numbers are the north-west corner of a square."""
    size = 1 << zoom
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / size)))), x / size * 360.0 - 180.0


def encode(latitude: float, longitude: float) -> int:
    """The key of a point, 0 to 2**48 - 1; about 4 µs."""
    return interleave(*to_grid(latitude, longitude))


def encode_many(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.int64]:
    """The keys of n points, shape (n,); the same numbers as `encode`."""
    size = 1 << ZOOM
    lat = np.radians(np.clip(latitudes, -MAX_LATITUDE, MAX_LATITUDE))
    x = ((longitudes + 180.0) / 360.0 * size).astype(np.int64)
    y = ((1.0 - np.arcsinh(np.tan(lat)) / math.pi) / 2.0 * size).astype(np.int64)
    return _spread(np.clip(x, 0, size - 1)) | (_spread(np.clip(y, 0, size - 1)) << 1)


def deinterleave_many(keys: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Columns and rows of n Morton numbers, each of shape (n,)."""
    wide = keys.astype(np.int64)
    return _gather(wide), _gather(wide >> 1)


def tile_range(zoom: int, x: int, y: int) -> tuple[int, int]:
    """First key of a tile and the first key after it."""
    shift = 2 * (ZOOM - zoom)
    tile = interleave(x, y)
    return tile << shift, (tile + 1) << shift


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres between two points on the sphere (haversine)."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(min(1.0, h)))


def circle_ranges(latitude: float, longitude: float, metres: float) -> list[tuple[int, int]]:
    """At most 16 key ranges that together cover a circle; what is in them still needs a distance check."""
    scale = EARTH_CIRCUMFERENCE * max(math.cos(math.radians(latitude)), 0.01)
    zoom = max(0, min(ZOOM, math.floor(math.log2(scale / metres))))
    dlat = math.degrees(metres / EARTH_RADIUS)
    dlon = math.degrees(metres / EARTH_RADIUS / max(math.cos(math.radians(latitude)), 0.01))
    west, north = to_grid(latitude + dlat, longitude - dlon, zoom)
    east, south = to_grid(latitude - dlat, longitude + dlon, zoom)
    return rectangle_ranges(zoom, (west, north), (east, south))


def rectangle_ranges(zoom: int, north_west: tuple[int, int], south_east: tuple[int, int]) -> list[tuple[int, int]]:
    """Key ranges that together are a rectangle of squares, from one column and row to another, both included."""
    columns, rows = (range(low, high + 1) for low, high in zip(north_west, south_east, strict=True))
    return list(_joined(sorted(tile_range(zoom, x, y) for x in columns for y in rows)))


def _joined(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = ranges[0]
    for low, high in ranges[1:]:
        if low != end:
            yield start, end
            start = low
        end = high
    yield start, end
