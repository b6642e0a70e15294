"""The place data in memory: one edition of it, shared by all requests of a process."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from time import monotonic

import shapely
from django.db.models import Max

from complaints.base.catchments import QUARTER_EXPONENT, TOWN_EXPONENT, Catchments, Centre, disc_km, kilometres
from complaints.base.gazetteer import Gazetteer, PostcodeArea
from complaints.base.namesakes import Entry, Land
from complaints.base.outlines import Outline, Outlines
from complaints.places.models import Boundary, Edition, Kind, Place, Postcode

CHECK_SECONDS = 60.0
SEA_KM = 25.0
BORDER_KM = 5.0
ISLAND_KM = 8.0
QUARTER_KM, SURE_KM = 5.0, 1.5
MANY_QUARTERS = 10
"""Where so many quarters of a town are known, the nearest is named up to QUARTER_KM, elsewhere only up to SURE_KM."""
QUARTER_DENSITY = 1500.0
"""Inhabitants a square kilometre; no quarter reaches farther than the disc that would hold its own at this density."""


@dataclass(frozen=True)
class Whereabouts:
    """What lies at a point; the label names quarter and town: "Kreuzberg, Berlin"."""

    land_id: int
    district_id: int | None
    town_id: int | None
    quarter_id: int | None
    label: str


class Atlas:
    """Gazetteer, outlines and catchments of one edition of the place data; 0.6 s and 4 queries to load."""

    def __init__(self, edition: int) -> None:
        self.edition = edition
        laender = list(Place.objects.laender())
        self.names = {land.pk: land.name for land in laender}
        self.land_of_district = dict(Place.objects.districts().values_list("pk", "land_id"))
        postcodes = Postcode.objects.values_list("code", "name", "latitude", "longitude", "town_id").order_by(
            "code", "id"
        )
        self.gazetteer = Gazetteer(
            _entries(),
            [Land(land.pk, land.name, tuple(land.aliases.split())) for land in laender],
            (PostcodeArea(*row) for row in postcodes.iterator(5000)),
        )
        self.laender = Outlines(outlines(Kind.LAND))
        self.districts = Outlines(outlines(Kind.DISTRICT))
        self.district_of_town = {
            entry.id: entry.district for entry in self.gazetteer.entries.values() if entry.district is not None
        }
        self._areas: dict[int, Catchments] = {}
        self._centres = _centres_by_area(self.gazetteer)

    def locate(self, latitude: float, longitude: float) -> Whereabouts | None:
        if not (46 < latitude < 57 and 4 < longitude < 17):
            return None
        district = self.districts.holding(latitude, longitude) if len(self.districts) else None
        land = self.land_of_district[district] if district else self._land(latitude, longitude)
        if land is None:
            return None
        if len(self.districts) and district is None:
            district = self.districts.nearest(latitude, longitude, SEA_KM)
            land = self.land_of_district[district] if district else land
        town = self._town(latitude, longitude, district, land)
        quarter = self._quarter(latitude, longitude, town) if town else None
        return Whereabouts(land, district, town, quarter, self._label(land, town, quarter))

    def _land(self, latitude: float, longitude: float) -> int | None:
        """By outline; else the nearest one off the coast or close to the border, else that of a near island town."""
        land = self.laender.holding(latitude, longitude)
        if land is None:
            at_sea = latitude > 53.4 and 6.3 < longitude < 14.2
            land = self.laender.nearest(latitude, longitude, SEA_KM if at_sea else BORDER_KM)
        if land is None:
            town = self._area(0).nearest(latitude, longitude, ISLAND_KM)
            land = self.gazetteer.entries[town.id].land if town else None
        return land

    def _town(self, latitude: float, longitude: float, district: int | None, land: int) -> int | None:
        area = self._area(district) if district else None
        town = (area and area.nearest(latitude, longitude)) or self._area(land).nearest(latitude, longitude)
        return town.id if town else None

    def _quarter(self, latitude: float, longitude: float, town: int) -> int | None:
        quarters = self._area(town)
        best = quarters.nearest(latitude, longitude)
        if best is None:
            return None
        away = kilometres(latitude, longitude, best.latitude, best.longitude)
        many = len(quarters.centres) >= MANY_QUARTERS
        if away > min(QUARTER_KM if many else SURE_KM, disc_km(best.population, QUARTER_DENSITY)):
            return None
        middle = self.gazetteer.entries[town]
        return best.id if many or away < kilometres(latitude, longitude, middle.latitude, middle.longitude) else None

    def _label(self, land: int, town: int | None, quarter: int | None) -> str:
        if town is None:
            return self.names[land]
        name = self.gazetteer.entries[town].name
        return f"{self.gazetteer.entries[quarter].name}, {name}" if quarter else name

    def _area(self, place: int) -> Catchments:
        """The towns of a Land or Kreis, the quarters of a town, or (0) all towns."""
        area = self._areas.get(place)
        if area is None:
            kind = TOWN_EXPONENT if place not in self.gazetteer.entries else QUARTER_EXPONENT
            area = self._areas[place] = Catchments(self._centres.get(place, ()), kind)
        return area


def _entries() -> Iterator[Entry]:
    rows = (
        Place.objects.filter(kind__in=(Kind.TOWN, Kind.QUARTER))
        .order_by("pk")
        .values_list(
            "pk",
            "name",
            "kind",
            "land_id",
            "parent_id",
            "latitude",
            "longitude",
            "population",
            "aliases",
            "parent__kind",
            "parent__parent_id",
        )
    )
    for pk, name, kind, land, parent, latitude, longitude, population, aliases, above, beyond in rows:
        district = parent if above == Kind.DISTRICT else beyond
        town = parent if kind == Kind.QUARTER else None
        others = tuple(aliases.splitlines())
        yield Entry(pk, name, kind, land, district, town, latitude, longitude, population, others)


def outlines(kind: Kind) -> Iterator[Outline]:
    """The outlines of all Länder or all Kreise."""
    rows = Boundary.objects.filter(place__kind=kind).order_by("pk").values_list("pk", "outline")
    for pk, outline in rows:
        yield Outline(pk, shapely.from_wkb(bytes(outline)))


def _centres_by_area(gazetteer: Gazetteer) -> dict[int, list[Centre]]:
    found: dict[int, list[Centre]] = {}
    for entry in gazetteer.entries.values():
        centre = Centre(entry.id, entry.latitude, entry.longitude, entry.population)
        areas = (entry.parent,) if entry.kind == Kind.QUARTER else (0, entry.land, entry.district)
        for area in areas:
            if area is not None:
                found.setdefault(area, []).append(centre)
    return found


class _Memory:
    """The atlas of this process and when its edition was last compared with the database."""

    atlas: Atlas | None = None
    checked: float = 0.0
    lock = Lock()


def current() -> Atlas:
    """The atlas in memory; asks the database for a newer edition at most once a minute (one query by primary key)."""
    now = monotonic()
    if _Memory.atlas is not None and now - _Memory.checked < CHECK_SECONDS:
        return _Memory.atlas
    with _Memory.lock:
        newest = Edition.objects.aggregate(newest=Max("id"))["newest"] or 0
        if _Memory.atlas is None or _Memory.atlas.edition != newest:
            _Memory.atlas = Atlas(newest)
        _Memory.checked = now
        return _Memory.atlas


def forget() -> None:
    """Makes this process load the place data again at its next use."""
    _Memory.atlas = None
