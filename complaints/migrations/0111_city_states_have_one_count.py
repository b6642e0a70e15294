"""Berlin and Hamburg are a town and a Land of the same people: one number of inhabitants, and so one rate."""

from typing import Any

from django.db import migrations
from django.db.models import F


def one_count(apps: Any, schema_editor: Any) -> None:
    Place = apps.get_model("complaints", "Place")
    for town in Place.objects.filter(kind="town", land__slug=F("slug"), slug__in=("berlin", "hamburg")):
        land = town.land
        if land.population:
            town.population, town.population_source = land.population, land.population_source
            town.save(update_fields=["population", "population_source"])


class Migration(migrations.Migration):
    dependencies = [("complaints", "0110_echoes_are_decided_about")]
    operations = [migrations.RunPython(one_count, migrations.RunPython.noop)]
