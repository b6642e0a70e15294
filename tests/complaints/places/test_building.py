"""The committed gazetteer and the command that builds it."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from complaints.base.officialfiles import GERMANY
from complaints.management.commands import build_gazetteer
from complaints.places.models import Boundary, Kind, Place

DATA = build_gazetteer.DATA


def city(
    number: int, name: str, population: int, *, at: tuple[float, float], names: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "geonameid": number,
        "name": name,
        "countrycode": "DE",
        "admin1code": "07",
        "population": population,
        "latitude": at[0],
        "longitude": at[1],
        "alternatenames": [name, *names],
    }


FOREIGN = ("Colonia", "Cologne", "Keulen", "Kolín", "Kolno", "Kolonia", "Kelnas")
CITIES = [
    city(1, "Köln", 1_000_000, at=(50.93, 6.95), names=FOREIGN),
    city(2, "Nippes", 100_000, at=(50.965, 6.953)),
    city(3, "Köln Deutz", 15_000, at=(50.94, 6.98), names=("Cöln-Deutz",)),
    city(4, "Hürth", 60_000, at=(50.87, 6.87), names=FOREIGN),
    city(5, "Neustadt", 3_000, at=(51.50, 7.50), names=("Neustadt an der Beispiel", "Neustadt sur Exemple")),
    city(6, "Neustadt", 2_000, at=(51.00, 8.20)),
    city(7, "Nippes", 90, at=(50.966, 6.955)),
    city(8, "Köln-Ehrenfeld", 30_000, at=(50.95, 6.91)) | {"countrycode": "AT"},
]


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "laender.csv").write_bytes((DATA / "laender.csv").read_bytes())
    (tmp_path / "cities.json").write_text(json.dumps({str(row["geonameid"]): row for row in CITIES}))
    monkeypatch.setattr(build_gazetteer, "DATA", tmp_path)
    return tmp_path


def rows(folder: Path) -> dict[str, dict[str, str]]:
    with gzip.open(folder / "gazetteer.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return {row["geoname"]: row for row in csv.DictReader(file)}


def test_quarters_get_their_town_and_towns_none(built: Path) -> None:
    call_command("build_gazetteer", cities=built / "cities.json")
    found = rows(built)
    assert {number: row["parent"] for number, row in found.items()} == {
        "1": "",
        "2": "1",
        "3": "1",
        "4": "",
        "5": "",
        "6": "",
    }
    assert (found["3"]["name"], found["3"]["slug"]) == ("Deutz", "koeln-deutz")


def test_namesakes_get_addresses_of_their_own_and_only_german_names(built: Path) -> None:
    call_command("build_gazetteer", cities=built / "cities.json")
    found = rows(built)
    assert (found["5"]["slug"], found["6"]["slug"]) == ("neustadt", "neustadt-koeln")
    assert found["5"]["aliases"] == "Neustadt an der Beispiel"


def test_the_same_source_gives_the_same_bytes(built: Path) -> None:
    call_command("build_gazetteer", cities=built / "cities.json")
    first = (built / "gazetteer.csv.gz").read_bytes()
    call_command("build_gazetteer", cities=built / "cities.json")
    assert (built / "gazetteer.csv.gz").read_bytes() == first


def test_outlines_are_decoded_from_topojson(built: Path) -> None:
    topology = {
        "transform": {"scale": [0.1, 0.1], "translate": [6.0, 50.0]},
        "arcs": [[[0, 0], [10, 0], [0, 10]], [[0, 0], [0, 10], [10, 0]]],
        "objects": {"deu": {"geometries": [{"type": "Polygon", "id": "DE.NW", "arcs": [[0, -2]]}]}},
    }
    (built / "topology.json").write_text(json.dumps(topology))
    call_command("build_gazetteer", cities=built / "cities.json", outlines=built / "topology.json")
    with gzip.open(built / "laender.json.gz", "rt") as file:
        assert json.load(file) == {
            "05": {
                "type": "MultiPolygon",
                "coordinates": [[[[6.0, 50.0], [7.0, 50.0], [7.0, 51.0], [6.0, 51.0], [6.0, 50.0]]]],
            }
        }


@pytest.mark.django_db
def test_the_committed_places_are_in_the_database() -> None:
    committed = rows(DATA)
    assert Place.objects.exclude(kind=Kind.LAND).count() == len(committed) > 11_000
    assert Place.objects.laender().count() == Boundary.objects.count() == 16
    assert 75_000_000 < sum(land.population for land in Place.objects.laender()) < 90_000_000
    west, south, east, north = GERMANY
    assert not Place.objects.exclude(latitude__range=(south, north), longitude__range=(west, east)).exists()
    assert not Place.objects.filter(kind=Kind.QUARTER, parent=None).exists()
    assert not Place.objects.filter(kind=Kind.QUARTER).exclude(parent__kind=Kind.TOWN).exists()
    assert all(row["slug"].isascii() and row["slug"] for row in committed.values())


def test_the_data_says_where_it_is_from() -> None:
    text = (DATA / "ATTRIBUTION").read_text()
    assert "GeoNames" in text
    assert "Attribution 4.0" in text
    assert "Natural Earth" in text
