"""What happens to echoes: they arrive."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from complaints.echoes.models import Echo
from complaints.reports.models import Report


@dataclass(frozen=True)
class Tap:
    """A valid echo as sent; `carrier_id` where the sender named one."""

    submission: UUID
    number: int
    kind: str
    carrier_id: int | None
    happened_at: datetime
    received_at: datetime


@dataclass(frozen=True)
class Tapped:
    """The report of a stored echo, how many echoes it has, and whether this very call stored one."""

    number: int
    echoes: int
    created: bool


def file_echo(*, tap: Tap) -> Tapped:
    """Stores an echo; the same `submission` again changes nothing, also at the same instant.

    The number of echoes is a column of the report, written by a trigger in the same transaction: lists show it without
    a further query, and the only row on which writers wait for each other is the one report that they tap.
    """
    echo = Echo(
        report_id=tap.number,
        submission=tap.submission,
        kind=tap.kind,
        carrier_id=tap.carrier_id,
        happened_at=tap.happened_at,
        received_at=tap.received_at,
    )
    created = True
    try:
        with transaction.atomic():
            echo.save(force_insert=True)
    except IntegrityError:
        first = Echo.objects.filter(submission=tap.submission).first()
        if first is None:
            raise
        echo, created = first, False
    count = Report.objects.values_list("echoes", flat=True).get(number=echo.report_id)
    return Tapped(echo.report_id, count, created)
