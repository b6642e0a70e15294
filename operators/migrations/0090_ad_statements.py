"""Statements of ads, which the database refuses to change or delete."""

import django.db.models.deletion
from django.db import migrations, models


GUARD = """
CREATE FUNCTION operators_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'A statement is never changed: write a correction.' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER statement_is_written_once BEFORE UPDATE OR DELETE ON operators_statement
FOR EACH ROW EXECUTE FUNCTION operators_written_once();
CREATE TRIGGER correction_is_written_once BEFORE UPDATE OR DELETE ON operators_statementcorrection
FOR EACH ROW EXECUTE FUNCTION operators_written_once();
"""
NO_GUARD = """
DROP TRIGGER statement_is_written_once ON operators_statement;
DROP TRIGGER correction_is_written_once ON operators_statementcorrection;
DROP FUNCTION operators_written_once();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('operators', '0061_invitations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='number')),
                ('month', models.DateField(verbose_name='month')),
                ('payer', models.CharField(max_length=60, verbose_name='payer')),
                ('lines', models.JSONField(verbose_name='lines')),
                ('net_cents', models.BigIntegerField(verbose_name='net sum in cents')),
                ('demo', models.BooleanField(default=False, verbose_name='demo')),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('advertiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='operators.advertiser', verbose_name='advertiser')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
                'ordering': ('-month', 'number'),
            },
        ),
        migrations.CreateModel(
            name='StatementCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('net_cents', models.BigIntegerField(verbose_name='net amount in cents')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('by', models.CharField(max_length=80, verbose_name='by')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='operators.statement', verbose_name='statement')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ('made_at', 'id'),
            },
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(models.F('advertiser'), models.F('month'), name='month_has_one_statement'),
        ),
        migrations.AddConstraint(
            model_name='statementcorrection',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='statementcorrection',
            constraint=models.CheckConstraint(condition=models.Q(('net_cents', 0), _negated=True), name='correction_changes_something'),
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
