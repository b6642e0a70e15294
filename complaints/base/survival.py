"""How long things wait: shares done by a time, and the median, where some still wait (Kaplan and Meier, 1958)."""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from complaints.base.chance import CONFIDENCE

HOUR = 60
DAY = 24 * HOUR
HORIZONS = (HOUR, 4 * HOUR, DAY, 7 * DAY)
"""In minutes: when shares are told."""
FEWEST = 30
"""Below that nothing is said, neither of a group nor of a horizon that fewer have been watched for."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Waits:
    """Equal waits counted together, each array of shape (n,): minutes, whether they ended then, how many there are.

    What has not ended had waited that long when it was last seen.
    """

    minutes: Floats
    ended: NDArray[np.bool_]
    counts: NDArray[np.int64]

    @property
    def base(self) -> int:
        return int(self.counts.sum())

    @property
    def waiting(self) -> int:
        return int(self.counts[~self.ended].sum())

    def known_at(self, minutes: float) -> int:
        """How many had ended by then, or were watched for that long."""
        return int(self.counts[self.ended | (self.minutes >= minutes)].sum())


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval; a bound is None where the data leave it open."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Speed:
    """Shares ended by each of HORIZONS and the median wait in minutes; None where that cannot be said (yet)."""

    base: int
    waiting: int
    shares: tuple[Estimate | None, ...]
    median: Estimate | None


def speed(waits: Waits) -> Speed | None:
    """The figures of a group; None for fewer than FEWEST."""
    if waits.base < FEWEST:
        return None
    curve = Curve(waits)
    shares = (curve.ended_by(t) if waits.known_at(t) >= FEWEST else None for t in HORIZONS)
    return Speed(waits.base, waits.waiting, tuple(shares), curve.median())


class Curve:
    """The share that still waits as a step function of time, with log-log intervals (Kalbfleisch, Prentice 1980)."""

    def __init__(self, waits: Waits) -> None:
        self.waits = waits
        minutes, ended = np.repeat(waits.minutes, waits.counts), np.repeat(waits.ended, waits.counts)
        self.survival = stats.ecdf(stats.CensoredData.right_censored(minutes, ~ended)).sf
        with warnings.catch_warnings():  # undefined where nothing or everything has ended; see ended_by
            warnings.simplefilter("ignore", RuntimeWarning)
            interval = self.survival.confidence_interval(CONFIDENCE, method="log-log")
        self.times: Floats = self.survival.quantiles
        self.still: Floats = self.survival.probabilities
        self.low: Floats = interval.low.probabilities  # type: ignore[attr-defined]  # the stubs say float
        self.high: Floats = interval.high.probabilities  # type: ignore[attr-defined]

    def ended_by(self, minutes: float) -> Estimate:
        """The share that had ended by a time.

        Where that is nobody or everybody, the log-log interval is undefined; the exact one of the binomial
        distribution for those whose fate at that time is known takes its place (C. J. Clopper and E. S. Pearson, 1934).
        """
        step = int(np.searchsorted(self.times, minutes, "right")) - 1
        still = float(self.still[step]) if step >= 0 else 1.0
        if 0 < still < 1:
            return Estimate(1 - still, 1 - float(self.high[step]), 1 - float(self.low[step]))
        open_end = ((1 - CONFIDENCE) / 2) ** (1 / max(1, self.waits.known_at(minutes)))
        return Estimate(0.0, 0.0, 1 - open_end) if still else Estimate(1.0, open_end, 1.0)

    def median(self) -> Estimate | None:
        """The wait that half do not exceed, None if more than half still wait (R. Brookmeyer and J. Crowley, 1982)."""
        value = self._first_at_half(self.still)
        if value is None:
            return None
        low, high = (self._first_at_half(np.where(np.isnan(b), self.still, b)) for b in (self.low, self.high))
        return Estimate(value, low, high)

    def _first_at_half(self, still: Floats) -> float | None:
        steps = np.flatnonzero(still <= 0.5)
        return float(self.times[steps[0]]) if len(steps) else None
