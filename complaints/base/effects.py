"""Did a measure help? Counts before and after it, against comparable places without it (difference in differences)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, sqrt

import numpy as np
from scipy import stats

from complaints.base.chance import CONFIDENCE

FEWEST = 20
"""Reports before and after together, in the place; and as many in all comparable places in each period."""
FEWEST_PLACES = 3


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    CANNOT_TELL = "cannot-tell"
    TOO_FEW = "too-few"


@dataclass(frozen=True)
class Counts:
    """Reports in two equally long periods."""

    before: int
    after: int

    @property
    def total(self) -> int:
        return self.before + self.after


@dataclass(frozen=True)
class Effect:
    """The ratio of rates after to before, divided by the same ratio of the comparable places, with its 95 % interval.

    0.5 means half of what would have been expected. `ratio`, `low` and `high` are None below the minimum.
    """

    verdict: Verdict
    counts: Counts
    others: Counts
    places: int
    ratio: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def change(self) -> float | None:
        """The same in percent: -50 for half."""
        return None if self.ratio is None else 100 * (self.ratio - 1)


def effect(counts: Counts, others: Sequence[Counts]) -> Effect:
    """What a measure changed, beyond what changed in the comparable places anyway.

    The logarithm of the ratio has the variance of four Poisson counts (half a report added to each, J. Haldane 1956,
    so that none is zero), times the overdispersion of the comparable places: Pearson's chi-squared of their shares
    before and after by its degrees of freedom, never below 1 (P. McCullagh and J. Nelder, 1989, section 4.5). Where
    it is above 1 it is estimated too, and Student's t with those degrees of freedom takes the place of the normal.
    """
    others = [place for place in others if place.total]
    control = Counts(sum(place.before for place in others), sum(place.after for place in others))
    if not _enough(counts, control, len(others)):
        return Effect(Verdict.TOO_FEW, counts, control, len(others))
    cells = (counts.before, counts.after, control.before, control.after)
    value = _log_ratio(counts) - _log_ratio(control)
    dispersion = overdispersion(others)
    law = stats.t(len(others) - 1) if dispersion > 1 else stats.norm()
    reach = float(law.ppf((1 + CONFIDENCE) / 2)) * sqrt(dispersion * sum(1 / (cell + 0.5) for cell in cells))
    low, high = exp(value - reach), exp(value + reach)
    verdict = Verdict.BETTER if high < 1 else Verdict.WORSE if low > 1 else Verdict.CANNOT_TELL
    return Effect(verdict, counts, control, len(others), exp(value), low, high)


def _enough(counts: Counts, control: Counts, places: int) -> bool:
    return counts.total >= FEWEST and min(control.before, control.after) >= FEWEST and places >= FEWEST_PLACES


def _log_ratio(counts: Counts) -> float:
    return log((counts.after + 0.5) / (counts.before + 0.5))


def overdispersion(places: Sequence[Counts]) -> float:
    """How much more the places differ in their change than Poisson counts would; at least 1, for two or more places."""
    before, after = np.array([(place.before, place.after) for place in places], float).T
    total = before + after
    share = after.sum() / total.sum()
    chi = float(((after - total * share) ** 2 / (total * share * (1 - share))).sum())
    return max(1.0, chi / (len(places) - 1))
