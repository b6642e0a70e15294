"""How a report moves from one status to the next: by its carrier, its author, and by what customers say afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from complaints.reports.models import Report
from complaints.reports.news import Cause, StatusChange
from complaints.reports.status import Status, may_follow

CONFIRMATIONS = 2
"""So many say that it works again before that is a status."""
CONTRADICTIONS = 2
"""So many say that it is still bad, or file the same again nearby, before that is a status."""
LATEST = 5
"""Among so many of the newest voices those for "works again" must outnumber the others."""
NEARBY = 500
"""Metres within which a new report contradicts "fixed"."""
BLOCK = 2_000


class NotAllowedError(ValueError):
    """A status that may not follow the one before."""


@dataclass(frozen=True)
class Voices:
    """What customers said about a report since its last change of status: how many in all, how many of the LATEST."""

    works: int
    bad: int
    latest_works: int
    latest_bad: int


def spoken(status: str, voices: Voices) -> Status | None:
    """The status that customers' voices ask for, None where they change nothing.

    "Still bad" contradicts only who said that it is fixed or works; it is a status first, and further voices put the
    report back into its carrier's inbox.
    """
    if (
        status in (Status.ANSWERED, Status.SAID_FIXED, Status.STILL_BAD)
        and voices.works >= CONFIRMATIONS
        and voices.latest_works > voices.latest_bad
    ):
        return Status.CONFIRMED
    if voices.bad < CONTRADICTIONS or voices.latest_works > voices.latest_bad:
        return None
    if status in (Status.SAID_FIXED, Status.CONFIRMED):
        return Status.STILL_BAD
    return Status.REOPENED if status == Status.STILL_BAD else None


def move(*, report: int, after: Status, cause: Cause, by: str = "", before: str = "") -> bool:
    """Moves one report to a status and writes the row of its timeline; whether anything changed.

    With `before` only where that is still its status. A report that is open again has no answer and is back in the
    inbox. Raises NotAllowedError, Report.DoesNotExist.
    """
    with transaction.atomic():
        stored = Report.objects.select_for_update().only("status", "answered_at").get(number=report)
        if stored.status == after or (before and stored.status != before):
            return False
        if not may_follow(stored.status, after):
            raise NotAllowedError(f"{after} may not follow {stored.status}.")
        change = _change(stored, after, cause, by, timezone.now())
        stored.status = after
        if after == Status.REOPENED:
            stored.answered_at = None
        stored.save(update_fields=("status", "answered_at"))
        change.save(force_insert=True)
    return True


def mark_answered(*, numbers: Iterable[int], at: datetime, by: str, fixed: bool) -> list[int]:
    """Marks reports as answered by their carrier; gives the numbers of those whose status changed.

    The time of the first answer stays. Where the new status may not follow, the report keeps its own. Three queries
    for each BLOCK of reports; the rows are locked in the order of their numbers, so that two calls never wait in a
    circle.
    """
    after = Status.SAID_FIXED if fixed else Status.ANSWERED
    moved: list[int] = []
    with transaction.atomic():
        for block in _blocks(numbers):
            reports = _locked(block)
            moving = [report for report in reports if may_follow(report.status, after)]
            moved += _move_all(moving, after, Cause.ANSWER, by, at, answered_at=Coalesce("answered_at", at))
            Report.objects.filter(number__in=block, answered_at=None).update(answered_at=at)
    return moved


def mark_unanswered(*, numbers: Iterable[int], at: datetime, cause: Cause, by: str = "") -> list[int]:
    """Puts answered reports back into the inbox as open again; gives the numbers of those whose status changed."""
    moved: list[int] = []
    with transaction.atomic():
        for block in _blocks(numbers):
            reports = _locked(block)
            moving = [report for report in reports if may_follow(report.status, Status.REOPENED)]
            moved += _move_all(moving, Status.REOPENED, cause, by, at, answered_at=None)
            Report.objects.filter(number__in=block, answered_at__isnull=False).update(answered_at=None)
    return moved


def _blocks(numbers: Iterable[int]) -> list[list[int]]:
    ordered = sorted(set(numbers))
    return [ordered[start : start + BLOCK] for start in range(0, len(ordered), BLOCK)]


def _locked(numbers: list[int]) -> list[Report]:
    stored = Report.objects.select_for_update().only("status").filter(number__in=numbers)
    return list(stored.order_by("number"))


def _move_all(
    reports: list[Report], after: Status, cause: Cause, by: str, at: datetime, *, answered_at: Coalesce | None
) -> list[int]:
    """Writes the status, the time of the answer and the timeline of reports; each row is updated once."""
    changes = [_change(report, after, cause, by, at) for report in reports]
    numbers = [report.number for report in reports]
    if numbers:
        Report.objects.filter(number__in=numbers).update(status=after, answered_at=answered_at)
        StatusChange.objects.bulk_create(changes)
    return numbers


def _change(report: Report, after: Status, cause: Cause, by: str, at: datetime) -> StatusChange:
    return StatusChange(
        report_id=report.number, before=report.status, after=after, cause=cause, by=by[:80], changed_at=at
    )
