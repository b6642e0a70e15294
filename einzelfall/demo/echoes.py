"""Echoes of the demo: one tap of others on some of the newest reports, and what customers say after an answer."""

from datetime import UTC, datetime
from uuid import UUID

import numpy as np

from complaints.echoes.models import Echo, Kind
from complaints.reports.models import TROUBLE_BITS, Report, Source
from complaints.reports.transitions import CONFIRMATIONS, CONTRADICTIONS
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
        _echo(rng, report, str(rng.choice(list(Kind.values), p=SHARES)), moment)
        for moment in (min(begin + span, max(begin, float(end))) for span in spans)
    ]


def _echo(rng: np.random.Generator, report: Report, kind: str, moment: float) -> Echo:
    at = datetime.fromtimestamp(moment, UTC)
    key = UUID(bytes=rng.bytes(16), version=4)
    return Echo(report=report, submission=key, kind=kind, happened_at=at, received_at=at, source=Source.DEMO)


class Voices:
    """The taps by which customers moved the status of a report, as many as that takes; stored all at once."""

    def __init__(self, plan: Plan) -> None:
        self._rng = np.random.default_rng([plan.seed, 13])
        self._echoes: list[Echo] = []

    def say(self, report: Report, kind: Kind, since: datetime, until: datetime) -> None:
        """Taps of one kind between two moments."""
        count = max(CONFIRMATIONS, CONTRADICTIONS) + int(self._rng.random() < 1 / 3)
        for moment in np.sort(self._rng.uniform(since.timestamp(), until.timestamp(), count)):
            self._echoes.append(_echo(self._rng, report, kind.value, float(moment)))

    def store(self) -> None:
        Echo.objects.bulk_create(self._echoes)
