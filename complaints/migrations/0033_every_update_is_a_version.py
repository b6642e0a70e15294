"""A statement that changes reports moves the version of all pages, also where it changes words and no figure."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION complaints_report_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM nextval('complaints_tallychange_id_seq');
    RETURN NULL;
END $$;
CREATE TRIGGER report_update_is_a_version AFTER UPDATE ON complaints_report FOR EACH STATEMENT
    EXECUTE FUNCTION complaints_report_version();
"""
BACKWARD = """
DROP TRIGGER report_update_is_a_version ON complaints_report;
DROP FUNCTION complaints_report_version();
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0032_towns_districts_and_words")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
