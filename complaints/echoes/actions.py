"""What happens to echoes: they arrive, and how they did is forgotten."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints.base import retention, traces
from complaints.base.taps import Usual, too_many
from complaints.echoes.models import Echo, TapTrace
from complaints.moderation.queries import Sender
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
    """The report of a tap, how many echoes count there, whether this very call stored one, and whether that waits."""

    number: int
    echoes: int
    created: bool
    held: bool = False


def file_echo(*, tap: Tap, sender: Sender) -> Tapped:
    """Stores an echo; the same `submission` again changes nothing, also at the same instant.

    Nor does the same tap of the same device at the same address on the same day. What is over a limit is stored but
    waits. The number of echoes is a column of the report, written by a trigger in the same transaction: lists show it
    without a further query, and the only row on which writers wait for each other is the one report that they tap.
    """
    trace = _trace(tap, sender)
    trace.held = _is_over(tap, sender)
    echo = Echo(
        report_id=tap.number,
        submission=tap.submission,
        kind=tap.kind,
        carrier_id=tap.carrier_id,
        happened_at=tap.happened_at,
        received_at=tap.received_at,
        held_at=tap.received_at if trace.held else None,
    )
    try:
        with transaction.atomic():
            trace.save(force_insert=True)
            echo.save(force_insert=True)
    except IntegrityError:
        first = Echo.objects.filter(submission=tap.submission).first()
        if first is None and not _is_repeat(trace):
            raise
        return _tapped(first.report_id if first else tap.number, created=False)
    return _tapped(tap.number, created=True, held=trace.held)


def forget_traces() -> int:
    """Deletes how taps arrived once it is older than the retention table says; returns how many."""
    gone, _rows = TapTrace.objects.filter(tapped_at__lt=timezone.now() - retention.ARRIVALS).delete()
    return gone


def _tapped(number: int, *, created: bool, held: bool = False) -> Tapped:
    count = Report.objects.values_list("echoes", flat=True).get(number=number)
    return Tapped(number, count, created, held)


def _trace(tap: Tap, sender: Sender) -> TapTrace:
    """Where the address is no public one (a proxy that we do not know of) it tells nobody from anybody else."""
    known = sender.connection.known
    device = sender.device if known else traces.mark(str(tap.submission), timezone.localdate(tap.received_at))
    return TapTrace(
        address=sender.connection.address,
        network=sender.connection.network,
        device=device,
        report=tap.number,
        kind=tap.kind,
        tapped_at=tap.received_at,
    )


def _is_over(tap: Tap, sender: Sender) -> bool:
    taps = TapTrace.objects.last_hour(sender.connection, tap.number, tap.received_at)
    if not too_many(taps, Usual()):
        return False
    return too_many(taps, TapTrace.objects.usual(sender.connection, tap.received_at))


def _is_repeat(trace: TapTrace) -> bool:
    same = TapTrace.objects.filter(report=trace.report, address=trace.address, device=trace.device, kind=trace.kind)
    return same.exists()
