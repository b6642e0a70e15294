"""Follows know what they are of, how often they were asked and when they were told."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0062_held_echoes_do_not_count'),
    ]

    operations = [
        migrations.AddField(
            model_name='follow',
            name='asks',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='follow',
            name='label',
            field=models.CharField(blank=True, db_default='', default='', max_length=120),
        ),
        migrations.AddField(
            model_name='follow',
            name='told_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='sending',
            name='deed',
            field=models.PositiveSmallIntegerField(choices=[(1, 'comment'), (2, 'thanks'), (3, 'flag'), (4, 'follow')]),
        ),
    ]
