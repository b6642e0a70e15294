"""Shares with intervals: what is reported, and of which networks."""

from collections import Counter
from dataclasses import dataclass, replace

from complaints.base.chance import share_interval
from complaints.base.selection import Selection
from complaints.carriers import queries as carriers
from complaints.maps import queries as maps
from complaints.reports.models import TROUBLE_BITS, Problem, problems_of
from complaints.reports.queries import selected

FEWEST_REPORTS = 20
SAMPLE = 2000


@dataclass(frozen=True)
class Share:
    """How many of a base are of one kind; `works` counts the reports beside them that say that all works."""

    label: str
    count: int
    base: int
    slug: str = ""
    tone: int = 0
    works: int = 0

    @property
    def is_telling(self) -> bool:
        return self.base >= FEWEST_REPORTS

    @property
    def percent(self) -> float:
        return 100 * self.count / self.base if self.base else 0.0

    @property
    def range(self) -> tuple[float, float]:
        """The ends of the 95 % interval of `percent`."""
        low, high = share_interval(self.count, self.base)
        return 100 * low, 100 * high


@dataclass(frozen=True)
class Kinds:
    """Kinds of problems among the newest `base` trouble reports; several a report, so the sum exceeds the base."""

    shares: tuple[Share, ...]
    base: int


def kinds(selection: Selection) -> Kinds:
    """Kinds of problems among the newest trouble reports of a selection: bounded work however many there are."""
    reports = selected(selection).filter(problems__lte=TROUBLE_BITS).newest()
    masks = Counter(reports.values_list("problems", flat=True)[:SAMPLE])
    counts: Counter[Problem] = Counter()
    for mask, count in masks.items():
        counts.update(dict.fromkeys(problems_of(mask), count))
    base = sum(masks.values())
    shares = (Share(str(kind.label), count, base, kind.value) for kind, count in counts.most_common())
    return Kinds(tuple(shares), base)


def by_network(selection: Selection, place: int | None = None) -> tuple[Share, ...]:
    """Trouble reports by network, of a place or of the whole country, most first."""
    found = []
    for row in carriers.networks():
        part = replace(selection, networks=(row.id,))
        found.append((row, maps.totals(part) if place is None else maps.place_count(part, place)))
    base = sum(count.trouble for _row, count in found)
    shares = (
        Share(row.name, count.trouble, base, row.slug, row.tone, count.works)
        for row, count in found
        if count.trouble or count.works
    )
    return tuple(sorted(shares, key=lambda share: -share.count))
