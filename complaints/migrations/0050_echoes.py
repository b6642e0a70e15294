"""Echoes, and how many each report has."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0041_held_is_no_news'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='echoes',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='echoes'),
        ),
        migrations.CreateModel(
            name='Echo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submission', models.UUIDField(verbose_name='submission key')),
                ('kind', models.CharField(choices=[('me-too', 'me too'), ('still-bad', 'still bad'), ('works-again', 'works again')], max_length=11, verbose_name='kind')),
                ('happened_at', models.DateTimeField(verbose_name='happened at')),
                ('received_at', models.DateTimeField(verbose_name='got through at')),
                ('source', models.CharField(choices=[('web', 'filed here'), ('import', 'imported'), ('demo', 'demo')], default='web', max_length=6, verbose_name='source')),
                ('carrier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.carrier', verbose_name='carrier')),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='said', to='complaints.report')),
            ],
            options={
                'verbose_name': 'echo',
                'verbose_name_plural': 'echoes',
                'indexes': [models.Index(fields=['report', 'kind'], name='echoes_of_a_report')],
                'constraints': [models.UniqueConstraint(models.F('submission'), name='submission_is_one_echo'), models.CheckConstraint(condition=models.Q(('kind__in', ['me-too', 'still-bad', 'works-again'])), name='echo_is_of_a_known_kind'), models.CheckConstraint(condition=models.Q(('happened_at__lte', models.F('received_at'))), name='echo_happened_before_it_arrived')],
            },
        ),
    ]
