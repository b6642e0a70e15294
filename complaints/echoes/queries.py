"""What customers said about reports since their carrier answered: taps, and new reports of the same trouble nearby."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from complaints.echoes.models import Kind
from complaints.reports.models import TROUBLE_BITS, Precision
from complaints.reports.news import Cause
from complaints.reports.status import Status
from complaints.reports.transitions import LATEST, NEARBY, Voices

LOOK_BACK = timedelta(days=2)
"""How old a voice may be to make us look at its report; all voices since the last change are counted then."""
WATCHED = timedelta(days=60)
"""How long after "fixed" a new report nearby speaks against it."""
LISTENING = (Status.ANSWERED, Status.SAID_FIXED, Status.CONFIRMED, Status.STILL_BAD)

_VOICES = """
WITH looked_at AS (
    SELECT report_id FROM complaints_echo WHERE received_at > %(back)s
    UNION
    SELECT report_id FROM complaints_statuschange WHERE changed_at > %(watch)s AND after <> %(answered)s
), watched AS (
    SELECT r.number, r.status, r.network_id, r.problems, r.precision, r.latitude, r.longitude,
           max(c.changed_at) AS since
    FROM looked_at l JOIN complaints_report r ON r.number = l.report_id
    JOIN complaints_statuschange c ON c.report_id = r.number
    WHERE r.status = ANY(%(listening)s) AND r.hidden_at IS NULL AND r.withdrawn_at IS NULL AND r.held_at IS NULL
    GROUP BY r.number
), taps AS (
    SELECT w.number, e.kind = %(works)s AS works, e.received_at, false AS filed
    FROM watched w JOIN complaints_echo e ON e.report_id = w.number AND e.happened_at > w.since
         AND e.held_at IS NULL
), fresh AS (
    SELECT number, network_id, problems, latitude, longitude, happened_at, received_at,
           floor(latitude / %(row)s) AS y, floor(longitude / %(column)s) AS x
    FROM complaints_report
    WHERE happened_on > %(watch_day)s AND precision = %(point)s AND problems <= %(trouble)s AND hidden_at IS NULL
      AND withdrawn_at IS NULL AND held_at IS NULL
), cells AS (
    SELECT w.*, floor(w.latitude / %(row)s) + dy AS y, floor(w.longitude / %(column)s) + dx AS x
    FROM watched w, generate_series(-1, 1) dy, generate_series(-1, 1) dx
    WHERE w.status <> %(answered)s AND w.precision = %(point)s AND w.since > %(watch)s
), filings AS (
    SELECT c.number, false AS works, f.received_at, true AS filed
    FROM cells c JOIN fresh f ON f.network_id = c.network_id AND f.y = c.y AND f.x = c.x
    WHERE f.problems & c.problems > 0 AND f.happened_at > c.since AND f.number <> c.number
      AND (f.latitude - c.latitude) ^ 2 + ((f.longitude - c.longitude) * cosd(c.latitude)) ^ 2 <= %(reach)s
), voices AS (
    SELECT *, row_number() OVER (PARTITION BY number ORDER BY received_at DESC) AS place
    FROM (SELECT * FROM taps UNION ALL SELECT * FROM filings) AS every
)
SELECT v.number, w.status, count(*) FILTER (WHERE works), count(*) FILTER (WHERE NOT works),
       count(*) FILTER (WHERE works AND place <= %(latest)s), count(*) FILTER (WHERE NOT works AND place <= %(latest)s),
       bool_or(filed)
FROM voices v JOIN watched w USING (number) GROUP BY v.number, w.status ORDER BY v.number
"""


@dataclass(frozen=True)
class Heard:
    """What was said about a report since its last change, and whether a new report or only taps said so."""

    number: int
    status: str
    voices: Voices
    cause: Cause


def heard() -> list[Heard]:
    """The reports about which somebody spoke lately, by number; one query.

    Only what happened after the last change of status counts. Reports with a point are also contradicted by new ones
    of the same network and trouble within NEARBY metres; cells of that size join them without comparing all pairs.
    """
    now = timezone.now()
    degree = 111_195.0
    values: dict[str, float | str | datetime | date | list[str]] = {
        "listening": [status.value for status in LISTENING],
        "works": Kind.WORKS_AGAIN.value,
        "answered": Status.ANSWERED.value,
        "point": Precision.POINT.value,
        "trouble": TROUBLE_BITS,
        "back": now - LOOK_BACK,
        "watch": now - WATCHED,
        "watch_day": (now - WATCHED).date(),
        "latest": LATEST,
        "reach": (NEARBY / degree) ** 2,
        "row": NEARBY / degree,
        "column": NEARBY / degree / 0.57,  # cos 55°: nowhere in Germany is a cell narrower than NEARBY
    }
    with connection.cursor() as cursor:
        cursor.execute(_VOICES, values)
        rows = cursor.fetchall()
    return [
        Heard(number, status, Voices(*counts), Cause.REPORT if filed else Cause.ECHO)
        for number, status, *counts, filed in rows
    ]
