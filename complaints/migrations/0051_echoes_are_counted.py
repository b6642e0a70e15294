"""The database counts echoes in their report, moves the version of the public pages, and lets nobody rewrite them.

`complaints.reports.queries.version()` reads the sequence of TallyChange and knows open transactions; one step of that
sequence in the transaction of an echo is therefore all that pages need to be made anew.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION complaints_echo_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'echoes are never changed' USING ERRCODE = 'integrity_constraint_violation';
    ELSIF TG_OP = 'INSERT' THEN
        UPDATE complaints_report SET echoes = echoes + 1 WHERE number = NEW.report_id;
    ELSE
        UPDATE complaints_report SET echoes = echoes - 1 WHERE number = OLD.report_id;
    END IF;
    PERFORM nextval('complaints_tallychange_id_seq');
    RETURN NULL;
END $$;

CREATE TRIGGER echo_counts AFTER INSERT OR UPDATE OR DELETE ON complaints_echo FOR EACH ROW
    EXECUTE FUNCTION complaints_echo_counts();
"""

BACKWARD = """
DROP TRIGGER echo_counts ON complaints_echo;
DROP FUNCTION complaints_echo_counts();
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0050_echoes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
