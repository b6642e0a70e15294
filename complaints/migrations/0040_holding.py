"""Reports that wait for a look, how reports arrived, and questions that were spent."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0033_every_update_is_a_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField(default=1)),
                ('address', models.UUIDField()),
                ('network', models.UUIDField()),
                ('device', models.BigIntegerField()),
                ('cell', models.BigIntegerField()),
                ('text', models.BigIntegerField(null=True)),
                ('content', models.BigIntegerField()),
                ('happened_at', models.DateTimeField()),
                ('arrived_at', models.DateTimeField()),
                ('report', models.BigIntegerField(null=True)),
                ('held', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='SpentPuzzle',
            fields=[
                ('nonce', models.UUIDField(primary_key=True, serialize=False)),
                ('report', models.BigIntegerField()),
                ('right', models.BooleanField()),
                ('spent_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='report',
            name='held_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='held since'),
        ),
        migrations.AddField(
            model_name='report',
            name='held_reason',
            field=models.CharField(blank=True, choices=[('trap', 'a field was filled in that people do not see'), ('same-text', 'the same text many times'), ('same-second', 'many within a second'), ('travel', 'too far apart in too short a time'), ('duplicate', 'the same report again'), ('device', 'many from one device'), ('address', 'many from one connection'), ('network', 'many from one range of connections'), ('cell', 'many in one place'), ('surge', 'during a wave of reports')], db_default='', max_length=20, verbose_name='why it is held'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('held_at__isnull', False)), fields=['number'], name='reports_that_wait'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('held_at', None), models.Q(('held_reason', ''), _negated=True), _connector='OR'), name='held_report_says_why'),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(condition=models.Q(('held', False)), fields=['address', 'arrived_at'], name='arrivals_of_an_address'),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(condition=models.Q(('held', False)), fields=['network', 'arrived_at'], name='arrivals_of_a_network'),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(condition=models.Q(('held', False)), fields=['cell', 'arrived_at'], name='arrivals_in_a_cell'),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(condition=models.Q(('held', False), ('text__isnull', False)), fields=['text', 'arrived_at'], name='arrivals_with_a_text'),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['arrived_at'], name='arrivals_by_time', pages_per_range=16),
        ),
        migrations.AddIndex(
            model_name='spentpuzzle',
            index=models.Index(fields=['report'], name='puzzles_of_a_report'),
        ),
    ]
