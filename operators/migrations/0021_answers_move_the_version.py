"""Statements that change answers, or to whom they are, move the version of the public pages."""

from django.db import migrations

TABLES = ("answer", "answered")
FORWARD = "\n".join(
    f"""
    CREATE TRIGGER {table}_is_a_version AFTER INSERT OR UPDATE OR DELETE ON operators_{table} FOR EACH STATEMENT
        EXECUTE FUNCTION complaints_report_version();
    """
    for table in TABLES
)
BACKWARD = "\n".join(f"DROP TRIGGER {table}_is_a_version ON operators_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("operators", "0020_answers_arrive_once"),
        ("complaints", "0033_every_update_is_a_version"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
