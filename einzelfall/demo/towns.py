"""Where synthetic reports happen: the towns of the gazetteer as arrays, and points around them."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from complaints.places.models import Place
from complaints.places.queries import Whereabouts, locate

KM_PER_DEGREE = 111.2
PEOPLE_PER_KM2 = 2500.0
SMALLEST = 5_000
TRIES = 5

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class MissingTownError(LookupError):
    """The gazetteer lacks a town that the story names."""


@dataclass(frozen=True)
class Towns:
    """The n towns with at least SMALLEST inhabitants, in the order of their GeoNames numbers."""

    ids: Ints
    geonames: Ints
    names: tuple[str, ...]
    latitudes: Floats
    longitudes: Floats
    people: Ints
    laender: Ints

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {int(geoname): n for n, geoname in enumerate(self.geonames)}

    def index(self, geoname: int) -> int:
        """The index of a town by its GeoNames number; raises MissingTownError."""
        try:
            return self._places[geoname]
        except KeyError:
            raise MissingTownError(f"The gazetteer has no town with the GeoNames number {geoname}.") from None

    @cached_property
    def reaches(self) -> Floats:
        """How far people live from the middle of each town: a standard deviation in kilometres, shape (n,)."""
        spread: Floats = np.clip(0.45 * np.sqrt(self.people / PEOPLE_PER_KM2 / np.pi), 0.5, 6.5)
        return spread


@dataclass(frozen=True)
class Point:
    """A rounded point and what lies there; `whole_town`: only the town is known."""

    latitude: float
    longitude: float
    where: Whereabouts
    whole_town: bool = False


def load_towns() -> Towns:
    """The towns of the database; one query."""
    rows = list(
        Place.objects.towns()
        .filter(population__gte=SMALLEST, geoname__isnull=False)
        .order_by("geoname")
        .values_list("pk", "geoname", "name", "latitude", "longitude", "population", "land")
    )
    ids, geonames, names, latitudes, longitudes, people, laender = zip(*rows, strict=True) if rows else ((),) * 7
    return Towns(
        np.array(ids, np.int64),
        np.array(geonames, np.int64),
        tuple(names),
        np.array(latitudes, np.float64),
        np.array(longitudes, np.float64),
        np.array(people, np.int64),
        np.array(laender, np.int64),
    )


def point_in_town(rng: np.random.Generator, towns: Towns, town: int) -> Point:
    """A point somewhere in a town, nearer to its middle than to that of any other."""
    middle = (float(towns.latitudes[town]), float(towns.longitudes[town]))
    return point_near(rng, towns, town, middle, float(towns.reaches[town]))


def point_near(
    rng: np.random.Generator, towns: Towns, town: int, around: tuple[float, float], kilometres: float
) -> Point:
    """A point normally scattered around a spot of a town; after TRIES misses of the town its middle."""
    for attempt in range(TRIES):
        found = point_anywhere(rng, around, kilometres * 0.6**attempt)
        if found is not None and found.where.town_id == towns.ids[town]:
            return found
    return middle_of(towns, town)


def point_anywhere(rng: np.random.Generator, around: tuple[float, float], kilometres: float) -> Point | None:
    """A point near a spot, in whatever town's area it falls; None outside of all Länder."""
    north, east = np.clip(rng.standard_normal(2), -2, 2) * kilometres / KM_PER_DEGREE
    latitude = round(around[0] + float(north), 3)
    longitude = round(around[1] + float(east) / math.cos(math.radians(around[0])), 3)
    where = locate(latitude, longitude)
    return Point(latitude, longitude, where) if where else None


def middle_of(towns: Towns, town: int) -> Point:
    """The town as a whole: its middle, and no quarter. Its Land is its own, also where outlines are too coarse."""
    latitude, longitude = round(float(towns.latitudes[town]), 3), round(float(towns.longitudes[town]), 3)
    where = locate(latitude, longitude)
    if where is None:
        raise MissingTownError(f"{towns.names[town]} lies outside of all Länder.")
    land = int(towns.laender[town])
    district = where.district_id if where.land_id == land else None
    town_only = Whereabouts(land, district, int(towns.ids[town]), None, towns.names[town])
    return Point(latitude, longitude, town_only, whole_town=True)
