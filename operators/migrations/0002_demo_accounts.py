"""Accounts made by the demo are marked: outside of production they need no second factor."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operators", "0030_answer_board")]
    operations = [
        migrations.AddField("user", "demo_at", models.DateTimeField(null=True, blank=True, editable=False)),
    ]
