"""Held echoes count nowhere until they are released; of a stored echo nothing else ever changes."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION complaints_echo_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    step integer := 0;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'held_at' IS DISTINCT FROM to_jsonb(OLD) - 'held_at' THEN
        RAISE EXCEPTION 'echoes are never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.held_at IS NULL THEN
        step := step + 1;
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.held_at IS NULL THEN
        step := step - 1;
    END IF;
    IF step = 0 THEN
        RETURN NULL;
    END IF;
    UPDATE complaints_report SET echoes = echoes + step WHERE number = coalesce(NEW.report_id, OLD.report_id);
    PERFORM nextval('complaints_tallychange_id_seq');
    RETURN NULL;
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION complaints_echo_counts() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0061_tap_traces")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
