"""The places of Germany and the outlines of the Länder, from the committed tables (see docs/places.md)."""

import csv
import gzip
import json
from pathlib import Path

import shapely
from django.db import migrations
from shapely.geometry import shape

DATA = Path(__file__).resolve().parent.parent / "places" / "data"
INHABITANTS = "Destatis, 31.12.2018"
GEONAMES = "GeoNames"
OUTLINES = "Natural Earth 1:10m (public domain)"


def fill(apps, schema_editor):
    Place = apps.get_model("complaints", "Place")
    laender = fill_laender(Place)
    with gzip.open(DATA / "gazetteer.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    towns = fill_places(Place, [row for row in rows if not row["parent"]], laender, {})
    fill_places(Place, [row for row in rows if row["parent"]], laender, towns)
    fill_outlines(apps.get_model("complaints", "Boundary"), laender)
    apps.get_model("complaints", "Edition").objects.create(what="The tables that come with the program")


def fill_laender(Place):
    with (DATA / "laender.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = Place.objects.bulk_create(
        Place(
            kind="land",
            name=row["name"],
            slug=row["slug"],
            code=row["ags"],
            aliases=row["abbreviation"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            population=int(row["population"]),
            population_source=INHABITANTS,
        )
        for row in rows
    )
    return {land.code: land for land in made}


def fill_places(Place, rows, laender, towns):
    made = Place.objects.bulk_create(
        (
            Place(
                kind="quarter" if row["parent"] else "town",
                name=row["name"],
                slug=row["slug"],
                geoname=int(row["geoname"]),
                land=laender[row["land"]],
                parent=towns.get(row["parent"]),
                aliases=row["aliases"].replace("|", "\n"),
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                population=int(row["population"]),
                population_source=GEONAMES if int(row["population"]) else "",
            )
            for row in rows
        ),
        batch_size=4000,
    )
    return {str(place.geoname): place for place in made}


def fill_outlines(Boundary, laender):
    with gzip.open(DATA / "laender.json.gz", "rt", encoding="utf-8") as file:
        shapes = json.load(file)
    Boundary.objects.bulk_create(
        Boundary(place=laender[code], outline=shapely.to_wkb(shapely.make_valid(shape(geometry))), source=OUTLINES)
        for code, geometry in shapes.items()
    )


class Migration(migrations.Migration):
    dependencies = [("complaints", "0010_place_editions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
