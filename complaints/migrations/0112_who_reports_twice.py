"""Receipts count people rather than reports, as far as the sender's own device tells that it reported before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0111_city_states_have_one_count")]
    operations = [
        migrations.AddField(
            "report",
            "repeats",
            models.BooleanField(verbose_name="reported before", default=False, db_default=False),
        ),
    ]
