"""An answer sent twice is one answer."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operators", "0012_posts_move_the_version")]
    operations = [
        migrations.AddField("answer", "submission", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
    ]
