"""How PostgreSQL keeps the map's read model.

Packed counts hardly shrink by compression, and unpacking would cost more than reading: stored as they are. The outbox
of changes is emptied all the time, so its dead rows are swept by number, not by share.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("complaints", "0011_gazetteer")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE complaints_packedtile ALTER COLUMN counts SET STORAGE EXTERNAL",
            "ALTER TABLE complaints_packedtile ALTER COLUMN counts SET STORAGE EXTENDED",
        ),
        migrations.RunSQL(
            "ALTER TABLE complaints_tallychange SET"
            " (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)",
            "ALTER TABLE complaints_tallychange RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)",
        ),
    ]
