"""Reads TopoJSON (github.com/topojson/topojson-specification): polygons, and the lines that two of them share."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Area:
    """One geometry of a topology: its id, its name and its shape in longitude and latitude."""

    id: str
    name: str
    shape: BaseGeometry
    arcs: frozenset[int]


class Topology:
    """The polygons of one object of a TopoJSON document."""

    def __init__(self, document: dict[str, Any], name: str) -> None:
        self._arcs = [_decoded(arc, document.get("transform")) for arc in document["arcs"]]
        self.areas = [self._area(geometry) for geometry in document["objects"][name]["geometries"]]

    def shared_lines(self, without: str = "") -> BaseGeometry:
        """The borders between two areas, merged to long lines; those of the area `without` are left out."""
        uses = Counter(arc for area in self.areas for arc in area.arcs)
        skipped = {arc for area in self.areas if area.id == without for arc in area.arcs}
        lines = [LineString(self._arcs[arc]) for arc, count in sorted(uses.items()) if count > 1 and arc not in skipped]
        return linemerge(lines)

    def _area(self, geometry: dict[str, Any]) -> Area:
        polygons = geometry.get("arcs", [])
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        parts = [Polygon(rings[0], rings[1:]) for rings in map(self._rings, polygons) if rings]
        arcs = frozenset(_index(arc) for polygon in polygons for ring in polygon for arc in ring)
        name = geometry.get("properties", {}).get("name", "")
        return Area(str(geometry.get("id", "")), name, shapely.make_valid(MultiPolygon(parts)), arcs)

    def _rings(self, polygon: list[list[int]]) -> list[Points]:
        return [ring for ring in (self._ring(arcs) for arcs in polygon) if len(ring) > 3]

    def _ring(self, arcs: list[int]) -> Points:
        points: Points = []
        for arc in arcs:
            piece = self._arcs[_index(arc)]
            points += (piece if arc >= 0 else piece[::-1])[1 if points else 0 :]
        return points


def _index(arc: int) -> int:
    """The number of an arc; a reversed one is written as its one's complement."""
    return arc if arc >= 0 else ~arc


def _decoded(arc: list[list[int]], transform: dict[str, list[float]] | None) -> Points:
    if transform is None:
        return [(float(x), float(y)) for x, y in arc]
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points
