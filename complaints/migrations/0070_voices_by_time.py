"""What the job that hears customers after an answer looks for: new echoes and late changes of status."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0060_carriers_answer")]
    operations = [
        migrations.AddIndex("echo", models.Index(fields=["received_at"], name="echoes_by_arrival")),
        migrations.AddIndex("statuschange", models.Index(fields=["changed_at"], name="status_changes_by_time")),
    ]
