"""The same connection may object again: for another reason, or after what was decided."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("complaints", "0112_who_reports_twice")]
    operations = [
        migrations.RemoveConstraint("flag", "sender_flags_a_thing_once_a_day"),
        migrations.AddConstraint(
            "flag",
            models.UniqueConstraint(
                fields=("subject", "number", "sender", "reason"),
                condition=Q(settled_at=None),
                name="open_flag_is_one_a_reason",
            ),
        ),
    ]
