"""A new report and how it arrived, stored by one prepared statement.

By the ORM it is a transaction of four round trips, which cost more than the inserts themselves.
"""

from datetime import date, datetime

from django.db import connection
from psycopg import Cursor

from complaints.moderation.models import Arrival
from complaints.reports.models import Report

_REPORT = (
    *("submission", "carrier_id", "network_id", "problems", "technology", "situation", "frequency", "hotline"),
    *("device", "system", "text", "name", "happened_at", "received_at", "happened_on", "latitude", "longitude"),
    *("precision", "zorder", "place_text", "land_id", "district_id", "town_id", "quarter_id", "source"),
    *("held_at", "held_reason", "repeats"),
)
_ARRIVAL = (*("kind", "address", "network", "device", "cell", "text", "content", "happened_at", "arrived_at", "held"),)


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _marks(names: tuple[str, ...]) -> str:
    return ", ".join(["%s"] * len(names))


_STORE = f"""
    WITH stored AS (
        INSERT INTO complaints_report ({_list(_REPORT)}) VALUES ({_marks(_REPORT)})
        ON CONFLICT (submission) DO NOTHING RETURNING number
    )
    INSERT INTO complaints_arrival ({_list(_ARRIVAL)}, report) SELECT {_marks(_ARRIVAL)}, number FROM stored
    RETURNING report
"""  # noqa: S608  our own words


def store(report: Report, arrival: Arrival) -> bool:
    """Stores both and gives them the number; False, and nothing stored, where the submission is a report already.

    What a new report does not say yet (echoes, status, answers) is the database's default. Atomic by itself; part of a
    larger transaction where the caller has opened one.
    """
    values = [_plain(getattr(report, name)) for name in _REPORT] + [_plain(getattr(arrival, name)) for name in _ARRIVAL]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        row = Cursor(connection.connection).execute(_STORE, values, prepare=True).fetchone()
    if row is None:
        return False
    report.number = arrival.report = row[0]
    report._state.adding, report._state.db = False, connection.alias
    return True


def _plain(value: object) -> object:
    """Numbers as text: psycopg gives each size of number a type of its own, and each mix of types another plan."""
    return value if value is None or isinstance(value, date | datetime) else str(value)
