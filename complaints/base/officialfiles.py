"""Official files an operator downloads: outlines of Kreise and Länder, their inhabitants, postcodes."""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

LAND_AREA = 4
"""`GF` of BKG: 4 is land, 1 to 3 are water and coast."""
GERMANY = (4.0, 46.0, 17.0, 56.5)
CITY_KINDS = frozenset({"Kreisfreie Stadt", "Stadtkreis"})
COMPANY = re.compile(r"\b(?:GmbH|mbH|AG|KG|SE|eG|KGaA|e\.\s?V\.|Co\.?|Inc|Ltd|OHG)\b|gesellschaft\b")


class FileError(ValueError):
    """What is wrong with a file, in one sentence."""


@dataclass(frozen=True)
class Area:
    """A Land (two digits of official key) or a Kreis (five) with its outline in WGS84."""

    code: str
    name: str
    kind: str
    outline: BaseGeometry

    @property
    def is_city(self) -> bool:
        return self.kind in CITY_KINDS

    @property
    def title(self) -> str:
        """ "Kreis Steinfurt", but "Rhein-Sieg-Kreis", "Region Hannover" and "Münster"."""
        if self.is_city or "kreis" in self.name.lower() or "region" in self.name.lower():
            return self.name
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class PostcodeRow:
    """A line of the postcode table; `name` is empty for a company with a postcode of its own."""

    code: str
    name: str
    district: str
    latitude: float
    longitude: float


def read_areas(path: Path) -> list[Area]:
    """The areas of a GeoJSON file of BKG (VG250), by official key, features of one area joined; raises FileError."""
    with _reading(path) as text:
        content = json.loads(text)
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise FileError(f"{path.name} is no GeoJSON FeatureCollection.")
    parts: dict[str, list[Area]] = {}
    for number, feature in enumerate(features, 1):
        area = _area(feature, f"{path.name}, feature {number}")
        if area is not None:
            parts.setdefault(area.code, []).append(area)
    if len({len(code) for code in parts}) != 1:
        raise FileError(f"{path.name} must hold either Länder (AGS of two digits) or Kreise (five), land areas (GF 4).")
    return [_joined(parts[code]) for code in sorted(parts)]


def _area(feature: Any, where: str) -> Area | None:
    """None for water; raises FileError."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or not {"AGS", "GEN", "BEZ", "GF"} <= properties.keys():
        raise FileError(f"{where}: the properties AGS, GEN, BEZ and GF are needed.")
    if properties["GF"] != LAND_AREA:
        return None
    code = str(properties["AGS"])
    if not re.fullmatch(r"(?:0[1-9]|1[0-6])(?:\d{3})?", code):
        raise FileError(f"{where}: {code!r} is no official key (AGS) of a Land or Kreis.")
    return Area(
        code, str(properties["GEN"]), str(properties["BEZ"]), _outline(feature, f"{where} ({properties['GEN']})")
    )


def _outline(feature: dict[str, Any], where: str) -> BaseGeometry:
    try:
        outline = shapely.make_valid(shape(feature["geometry"]))
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise FileError(f"{where}: its geometry cannot be read.") from error
    if outline.is_empty or outline.area == 0:
        raise FileError(f"{where}: its geometry is no area.")
    west, south, east, north = outline.bounds
    if not (GERMANY[0] < west and GERMANY[1] < south and east < GERMANY[2] and north < GERMANY[3]):
        raise FileError(f"{where}: the coordinates must be longitude and latitude in degrees (WGS84) in Germany.")
    return outline


def _joined(parts: list[Area]) -> Area:
    first = parts[0]
    if len(parts) == 1:
        return first
    return Area(first.code, first.name, first.kind, shapely.union_all([part.outline for part in parts]))


def read_population(path: Path) -> dict[str, int]:
    """Inhabitants by AGS from a CSV file with the columns ags and population; raises FileError."""
    found: dict[str, int] = {}
    for number, row in _rows(path, ("ags", "population")):
        if not re.fullmatch(r"\d{5}", row["ags"]) or not re.fullmatch(r"\d{1,9}", row["population"]):
            raise FileError(f"{path.name}, line {number}: ags must have five digits and population be a whole number.")
        if found.setdefault(row["ags"], int(row["population"])) != int(row["population"]):
            raise FileError(f"{path.name}, line {number}: {row['ags']} stands there twice with different figures.")
    return found


def read_postcodes(path: Path) -> list[PostcodeRow]:
    """The rows of a postcode table of GeoNames; raises FileError.

    Columns: zipcode, place, community_code (AGS of the Kreis), latitude, longitude; others are ignored.
    """
    found = []
    for number, row in _rows(path, ("zipcode", "place", "community_code", "latitude", "longitude")):
        where = f"{path.name}, line {number}"
        if not re.fullmatch(r"\d{5}", row["zipcode"]):
            raise FileError(f"{where}: {row['zipcode']!r} is no postcode of five digits.")
        try:
            latitude, longitude = float(row["latitude"]), float(row["longitude"])
        except ValueError as error:
            raise FileError(f"{where}: latitude and longitude must be decimal degrees.") from error
        if not (GERMANY[1] < latitude < GERMANY[3] and GERMANY[0] < longitude < GERMANY[2]):
            raise FileError(f"{where}: latitude and longitude are not in Germany.")
        name = "" if COMPANY.search(row["place"]) else row["place"][:120]
        found.append(PostcodeRow(row["zipcode"], name, row["community_code"][:5], latitude, longitude))
    return found


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a CSV file with their numbers; raises FileError where columns are missing or it is empty."""
    with _reading(path) as text:
        reader = csv.DictReader(text.splitlines(), restval="")
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise FileError(f"{path.name} lacks the columns: {', '.join(missing)}.")
    rows = [(number, row) for number, row in enumerate(reader, 2)]
    if not rows:
        raise FileError(f"{path.name} has no rows.")
    yield from rows


@contextmanager
def _reading(path: Path) -> Iterator[str]:
    """The text of a file; what goes wrong while it is read and parsed becomes FileError."""
    try:
        yield path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path.name} is not in UTF-8.") from error
    except ValueError as error:
        raise FileError(f"{path.name} is no JSON.") from error
