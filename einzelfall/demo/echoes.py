"""Echoes of the demo: one tap of others on some of the newest reports."""

from datetime import UTC, datetime
from uuid import UUID

import numpy as np

from complaints.echoes.models import Echo, Kind
from complaints.reports.models import TROUBLE_BITS, Report, Source
from einzelfall.demo.loading import LAYERS, Plan

NEWEST = 300
MEAN = 3.0
SHARES = (0.6, 0.25, 0.15)
"""Of "me too", "still bad" and "works again"."""


def make_echoes(plan: Plan) -> None:
    """Stores echoes on about a third of the newest trouble reports; the same plan gives the same echoes."""
    rng = np.random.default_rng([plan.seed, 3])
    newest = Report.objects.filter(number__lte=LAYERS, problems__lte=TROUBLE_BITS).newest()
    rows = [echo for report in newest[:NEWEST] for echo in _echoes(rng, report, plan.end)]
    Echo.objects.bulk_create(rows)


def _echoes(rng: np.random.Generator, report: Report, end: int) -> list[Echo]:
    count = int(rng.geometric(1 / MEAN)) if rng.random() < 1 / 3 else 0
    begin = report.received_at.timestamp()
    spans = rng.exponential(6 * 3600, count)
    return [
        Echo(
            report=report,
            submission=UUID(bytes=rng.bytes(16), version=4),
            kind=str(rng.choice(list(Kind.values), p=SHARES)),
            happened_at=datetime.fromtimestamp(moment, UTC),
            received_at=datetime.fromtimestamp(moment, UTC),
            source=Source.DEMO,
        )
        for moment in (min(begin + span, max(begin, float(end))) for span in spans)
    ]
