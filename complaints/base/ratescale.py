"""What a cell of the map looks like: its colour says the rate, its form how sure the rate is."""

from collections.abc import Iterable
from dataclasses import dataclass

MULTIPLES = (0.5, 1.0, 2.0, 4.0)
"""Where the five colours part, in multiples of the rate of everybody in the same selection."""
FEWEST_PEOPLE = 1000
"""A square with fewer inhabitants has no rate: one report would look like a catastrophe."""
PRIOR = 3.0
"""So many reports are added to what a cell has and to what it should have (after D. Clayton and J. Kaldor, 1987): one
report in a hamlet is no catastrophe, and the colour believes a rate the more, the more reports there are."""
INHABITED = 100
"""From so many inhabitants on, a square without a report is hatched."""
FAIR, SURE = 5, 20
"""From 5 reports on the 95 % interval of the rate spans a factor of 8, from 20 on of 2.5 (F. Garwood, 1936)."""
SHARES = (0.4, 0.66, 0.94)
"""Side of a mark over the side of its cell: few reports, some, enough; the same as in marks.js."""


@dataclass(frozen=True)
class Step:
    """One colour of the legend: its number from 1, and where it begins and ends, in reports per 100,000."""

    number: int
    first: float
    last: float | None


def step_of(count: int, people: float, usual: float) -> int:
    """The colour of a cell, 1 to 5; 0 where too few people live for a rate. `usual` is per 100,000."""
    if people < FEWEST_PEOPLE:
        return 0
    ratio = (count + PRIOR) / (people * usual / 100_000 + PRIOR)
    return 1 + sum(ratio >= multiple for multiple in MULTIPLES)


def share_of(count: int) -> float:
    """Side of the mark over the side of its cell."""
    return SHARES[(count >= FAIR) + (count >= SURE)]


def usual_rate(reports: int, people: float) -> float:
    """Reports per 100,000 of everybody; that of a single report where there is none."""
    return max(reports, 1) / max(people, FEWEST_PEOPLE) * 100_000


def steps(usual: float) -> list[Step]:
    """The five colours around the usual rate, lowest first."""
    bounds = [multiple * usual for multiple in MULTIPLES]
    ends: Iterable[float | None] = (*bounds, None)
    return [Step(n, first, last) for n, (first, last) in enumerate(zip((0.0, *bounds), ends, strict=True), 1)]
