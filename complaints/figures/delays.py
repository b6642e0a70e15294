"""How long reports need until they arrive: the time between the two clocks of a report."""

from dataclasses import dataclass

from complaints.base.selection import Selection
from complaints.figures.shares import FEWEST_REPORTS, SAMPLE
from complaints.reports.models import Source
from complaints.reports.queries import selected


@dataclass(frozen=True)
class Delay:
    """Minutes between what happened and its arrival: the median, the slowest tenth, and among how many reports.

    `demo` where the reports are made up.
    """

    median: int
    slow: int
    base: int
    demo: bool = False


def delay(selection: Selection) -> Delay | None:
    """How long the newest reports of a selection that were filed here needed; None for fewer than FEWEST_REPORTS.

    Those of the demo stand in where there are too few real ones, and are never mixed with them; imported ones came by
    other ways and are left out. Bounded work however many there are: only the newest SAMPLE of all are looked at.
    """
    reports = selected(selection).newest()[:SAMPLE]
    clocks = list(reports.values_list("happened_at", "received_at", "source"))
    for source in (Source.WEB, Source.DEMO):
        waits = sorted((got - was).total_seconds() // 60 for was, got, by in clocks if by == source)
        if len(waits) >= FEWEST_REPORTS:
            middle, slow = int(waits[len(waits) // 2]), int(waits[len(waits) * 9 // 10])
            return Delay(middle, slow, len(waits), demo=source == Source.DEMO)
    return None
