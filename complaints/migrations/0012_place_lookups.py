"""Typed places that a geocoding service on the network answers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0011_gazetteer")]
    operations = [
        migrations.CreateModel(
            name="Lookup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=240, unique=True)),
                ("text", models.CharField(max_length=120)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("label", models.CharField(blank=True, max_length=200)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["asked_at"], name="lookups_by_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("latitude__isnull", True), ("longitude__isnull", True))
                        | models.Q(
                            ("answered_at__isnull", False), ("latitude__isnull", False), ("longitude__isnull", False)
                        ),
                        name="lookup_has_both_coordinates_or_none",
                    )
                ],
            },
        ),
    ]
