"""The regular job that lets customers' voices move reports."""

from complaints.echoes.queries import heard
from complaints.reports.models import Report
from complaints.reports.transitions import NotAllowedError, move, spoken


def let_reports_speak() -> int:
    """Moves every report whose customers confirmed or contradicted its carrier; returns how many."""
    moved = 0
    for found in heard():
        after = spoken(found.status, found.voices)
        if after is None:
            continue
        try:
            moved += move(report=found.number, after=after, cause=found.cause, before=found.status)
        except (NotAllowedError, Report.DoesNotExist):  # somebody was quicker; the next run looks again
            continue
    return moved
