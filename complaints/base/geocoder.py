"""The gazetteer behind geopy's interface, so that a service on the network can take its place."""

from collections.abc import Callable
from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

Row = tuple[str, float, float]
"""Label, latitude, longitude."""


class LocalGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Answers from memory: `find(text, limit)` gives rows, best first, `name(lat, lon)` a point's label or None."""

    def __init__(self, find: Callable[[str, int], list[Row]], name: Callable[[float, float], str | None]) -> None:
        super().__init__(timeout=None)
        self._find = find
        self._name = name

    def geocode(self, query: str, *, exactly_one: bool = True, limit: int = 8, timeout: Any = None) -> Any:
        """A Location or None; with `exactly_one=False` a list of Locations or None."""
        found = [Location(label, (latitude, longitude), {}) for label, latitude, longitude in self._find(query, limit)]
        if not found:
            return None
        return found[0] if exactly_one else found

    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        """The place at a point ("51.96, 7.63", a pair or a geopy Point); None outside of the covered area."""
        point = Point(query)
        label = self._name(point.latitude, point.longitude)
        if label is None:
            return None
        found = Location(label, (point.latitude, point.longitude), {})
        return found if exactly_one else [found]
