"""Statements that change posts or promises move the version of the public pages; nobody rewrites a promise's history."""

from django.db import migrations

TABLES = ("post", "correction", "tickerentry", "picture", "promise", "promisechange")
FORWARD = "\n".join(
    f"""
    CREATE TRIGGER {table}_is_a_version AFTER INSERT OR UPDATE OR DELETE ON operators_{table} FOR EACH STATEMENT
        EXECUTE FUNCTION complaints_report_version();
    """
    for table in TABLES
) + """
CREATE FUNCTION operators_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER promise_history_stays BEFORE UPDATE ON operators_promisechange FOR EACH ROW
    EXECUTE FUNCTION operators_history_stays();
CREATE TRIGGER correction_stays BEFORE UPDATE ON operators_correction FOR EACH ROW
    EXECUTE FUNCTION operators_history_stays();
"""
BACKWARD = "\n".join(f"DROP TRIGGER {table}_is_a_version ON operators_{table};" for table in TABLES) + """
DROP TRIGGER promise_history_stays ON operators_promisechange;
DROP TRIGGER correction_stays ON operators_correction;
DROP FUNCTION operators_history_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("operators", "0011_pictures_have_numbers"),
        ("complaints", "0033_every_update_is_a_version"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
