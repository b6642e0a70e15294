"""Every change of a report leaves its news for the figures, by whichever way it is written.

A trigger, so that one insert files a report and no path (admin, import, SQL) can forget the figures. Bulk writes that
rebuild the figures afterwards say so by `SET LOCAL einzelfall.counted_later = 'on'`.
"""

from django.db import migrations

COLUMNS = "carrier_id, network_id, problems, happened_on, zorder, land_id, district_id, town_id, quarter_id"


def row(name: str) -> str:
    return ", ".join(f"{name}.{column}" for column in COLUMNS.split(", "))


FORWARD = f"""
CREATE FUNCTION complaints_report_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.hidden_at IS NULL AND OLD.withdrawn_at IS NULL THEN
        INSERT INTO complaints_tallychange (sign, {COLUMNS}) VALUES (-1, {row("OLD")});
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.hidden_at IS NULL AND NEW.withdrawn_at IS NULL THEN
        INSERT INTO complaints_tallychange (sign, {COLUMNS}) VALUES (1, {row("NEW")});
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER report_is_news AFTER INSERT OR DELETE ON complaints_report FOR EACH ROW
    WHEN (current_setting('einzelfall.counted_later', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION complaints_report_news();

CREATE TRIGGER report_change_is_news AFTER UPDATE ON complaints_report FOR EACH ROW
    WHEN (current_setting('einzelfall.counted_later', true) IS DISTINCT FROM 'on' AND (
        (OLD.hidden_at IS NULL AND OLD.withdrawn_at IS NULL, {row("OLD")})
        IS DISTINCT FROM (NEW.hidden_at IS NULL AND NEW.withdrawn_at IS NULL, {row("NEW")})))
    EXECUTE FUNCTION complaints_report_news();
"""

BACKWARD = """
DROP TRIGGER report_change_is_news ON complaints_report;
DROP TRIGGER report_is_news ON complaints_report;
DROP FUNCTION complaints_report_news();
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0030_report_indexes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
