"""Indexes of the receipt's town scope, the demo mark and the search in texts."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0012_place_lookups"),
        ("complaints", "0020_packed_tile_storage"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("hidden_at", None), ("town__isnull", False), ("withdrawn_at", None)),
                fields=["town", "happened_on"],
                include=("network", "problems"),
                name="reports_around_a_town",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(condition=models.Q(("source", "demo")), fields=["number"], name="reports_of_the_demo"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("text", config="german"), name="reports_by_words"
            ),
        ),
    ]
