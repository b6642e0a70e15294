"""Held reports are no news for the figures; their release is. Replaces the trigger function of 0031 and its conditions.

The indexes over public reports keep their condition: a condition that a query adds to theirs does not stop their use.
"""

from django.db import migrations

COLUMNS = "carrier_id, network_id, problems, happened_on, zorder, land_id, district_id, town_id, quarter_id"


def row(name: str) -> str:
    return ", ".join(f"{name}.{column}" for column in COLUMNS.split(", "))


def is_public(name: str, marks: tuple[str, ...]) -> str:
    return " AND ".join(f"{name}.{mark} IS NULL" for mark in marks)


def sql(marks: tuple[str, ...]) -> str:
    """The function and the trigger of changes, where a report is public if it has none of `marks`."""
    old, new = is_public("OLD", marks), is_public("NEW", marks)
    return f"""
CREATE OR REPLACE FUNCTION complaints_report_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND {old} THEN
        INSERT INTO complaints_tallychange (sign, {COLUMNS}) VALUES (-1, {row("OLD")});
    END IF;
    IF TG_OP <> 'DELETE' AND {new} THEN
        INSERT INTO complaints_tallychange (sign, {COLUMNS}) VALUES (1, {row("NEW")});
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER report_change_is_news ON complaints_report;
CREATE TRIGGER report_change_is_news AFTER UPDATE ON complaints_report FOR EACH ROW
    WHEN (current_setting('einzelfall.counted_later', true) IS DISTINCT FROM 'on' AND (
        ({old}, {row("OLD")}) IS DISTINCT FROM ({new}, {row("NEW")})))
    EXECUTE FUNCTION complaints_report_news();
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0040_holding")]
    operations = [
        migrations.RunSQL(sql(("hidden_at", "withdrawn_at", "held_at")), sql(("hidden_at", "withdrawn_at")))
    ]
