"""An inbox lists by arrival: imported reports have newer numbers and older times."""

from django.db import migrations, models
from django.db.models import Q

WAITING = Q(answered_at=None, hidden_at=None, withdrawn_at=None, held_at=None) & Q(problems__lt=256)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0070_voices_by_time")]
    operations = [
        migrations.RemoveIndex("report", "reports_without_an_answer"),
        migrations.AddIndex(
            "report",
            models.Index(
                fields=["carrier", "received_at", "number"],
                name="reports_without_an_answer",
                include=["town", "problems"],
                condition=WAITING,
            ),
        ),
    ]
