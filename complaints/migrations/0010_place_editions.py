"""Which place data is loaded, so that running processes notice a new one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_carriers")]
    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("loaded_at", models.DateTimeField(auto_now_add=True)),
                ("what", models.CharField(max_length=200)),
            ],
        ),
    ]
