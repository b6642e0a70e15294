"""How taps arrived, and which echoes wait."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0073_comments_are_counted'),
    ]

    operations = [
        migrations.CreateModel(
            name='TapTrace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.UUIDField()),
                ('network', models.UUIDField()),
                ('device', models.BigIntegerField()),
                ('report', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('me-too', 'me too'), ('still-bad', 'still bad'), ('works-again', 'works again')], max_length=11)),
                ('tapped_at', models.DateTimeField()),
                ('held', models.BooleanField()),
            ],
        ),
        migrations.AddField(
            model_name='echo',
            name='held_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='held since'),
        ),
        migrations.AddIndex(
            model_name='echo',
            index=models.Index(condition=models.Q(('held_at__isnull', False)), fields=['held_at'], name='echoes_that_wait'),
        ),
        migrations.AddIndex(
            model_name='taptrace',
            index=models.Index(condition=models.Q(('held', False)), fields=['address', 'tapped_at'], name='taps_of_an_address'),
        ),
        migrations.AddIndex(
            model_name='taptrace',
            index=models.Index(condition=models.Q(('held', False)), fields=['network', 'tapped_at'], name='taps_of_a_network'),
        ),
        migrations.AddIndex(
            model_name='taptrace',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['tapped_at'], name='taps_by_time', pages_per_range=16),
        ),
        migrations.AddConstraint(
            model_name='taptrace',
            constraint=models.UniqueConstraint(models.F('report'), models.F('address'), models.F('device'), models.F('kind'), name='device_says_a_thing_once_a_day'),
        ),
    ]
