"""The official inhabitants of the kreisfreie Städte, as the Länder have them already: GeoNames is years older."""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

CITIES = Path(__file__).resolve().parent.parent / "places" / "data" / "cities.csv"
SOURCE = "Destatis, 31.12.2018"


def count(apps: Any, schema_editor: Any) -> None:
    Place = apps.get_model("complaints", "Place")
    with CITIES.open(encoding="utf-8", newline="") as file:
        inhabitants = {int(row["geoname"]): int(row["population"]) for row in csv.DictReader(file)}
    towns = list(Place.objects.filter(geoname__in=inhabitants, kind="town", population_source="GeoNames"))
    for town in towns:
        town.population, town.population_source = inhabitants[town.geoname], SOURCE
    Place.objects.bulk_update(towns, ["population", "population_source"])
    if towns:
        apps.get_model("complaints", "Edition").objects.create(what=f"Inhabitants of {len(towns)} places: {SOURCE}")


class Migration(migrations.Migration):
    dependencies = [("complaints", "0113_objections_say_more_than_once")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
