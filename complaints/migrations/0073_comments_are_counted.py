"""The database counts readable comments in their thread; comments, decisions and threads move the version of pages.

As in 0033 and 0051 the version is one step of the sequence of TallyChange.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION complaints_comment_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before integer := 0;
    after integer := 0;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        before := (OLD.held_at IS NULL AND OLD.hidden_at IS NULL AND OLD.withdrawn_at IS NULL)::integer;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        after := (NEW.held_at IS NULL AND NEW.hidden_at IS NULL AND NEW.withdrawn_at IS NULL)::integer;
    END IF;
    IF after <> before THEN
        UPDATE complaints_thread SET comments = comments + after - before WHERE id = coalesce(NEW.thread_id, OLD.thread_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comment_counts AFTER INSERT OR UPDATE OR DELETE ON complaints_comment FOR EACH ROW
    EXECUTE FUNCTION complaints_comment_counts();
CREATE TRIGGER comment_is_a_version AFTER INSERT OR UPDATE OR DELETE ON complaints_comment FOR EACH STATEMENT
    EXECUTE FUNCTION complaints_report_version();
CREATE TRIGGER thread_is_a_version AFTER INSERT OR UPDATE OR DELETE ON complaints_thread FOR EACH STATEMENT
    EXECUTE FUNCTION complaints_report_version();
CREATE TRIGGER decision_is_a_version AFTER INSERT OR UPDATE OR DELETE ON complaints_decision FOR EACH STATEMENT
    EXECUTE FUNCTION complaints_report_version();
"""
BACKWARD = """
DROP TRIGGER decision_is_a_version ON complaints_decision;
DROP TRIGGER thread_is_a_version ON complaints_thread;
DROP TRIGGER comment_is_a_version ON complaints_comment;
DROP TRIGGER comment_counts ON complaints_comment;
DROP FUNCTION complaints_comment_counts();
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0072_letters_and_sendings")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
