"""The staff decide about echoes, too; texts that forms show, no change in the database."""

from django.db import migrations, models

SUBJECTS = [
    ("report", "report"),
    ("comment", "comment"),
    ("post", "guest post"),
    ("answer", "answer"),
    ("echo", "echoes on case"),
]


class Migration(migrations.Migration):
    dependencies = [("complaints", "0090_follows_of_places")]
    operations = [
        migrations.AlterField(
            "decision", "subject", models.CharField(choices=SUBJECTS, max_length=7, verbose_name="subject")
        ),
        migrations.AlterField(
            "flag", "subject", models.CharField(choices=SUBJECTS, max_length=7, verbose_name="subject")
        ),
    ]
