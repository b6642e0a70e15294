"""Intervals and tests for counts; each says the paper it comes from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, gammaincinv

Integers = NDArray[np.int64]
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Rate:
    """A count per 100,000 inhabitants with its 95 % interval."""

    count: int
    population: int
    value: float
    low: float
    high: float


def poisson_interval(count: int) -> tuple[float, float]:
    """The exact 95 % interval of a Poisson mean after seeing `count` events (F. Garwood, 1936)."""
    tail = (1 - CONFIDENCE) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


def share_interval(count: int, base: int) -> tuple[float, float]:
    """The exact 95 % interval of a share after seeing `count` of `base` (C. J. Clopper and E. S. Pearson, 1934)."""
    tail = (1 - CONFIDENCE) / 2
    low = float(betaincinv(count, base - count + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, base - count, 1 - tail)) if count < base else 1.0
    return low, high


def rate_per_100k(count: int, population: int) -> Rate | None:
    """The rate of `count` reports among `population` inhabitants; None where nobody lives."""
    if population <= 0:
        return None
    low, high = poisson_interval(count)
    scale = 100_000 / population
    return Rate(count, population, count * scale, low * scale, high * scale)


def lower_bounds(counts: Integers, populations: Integers) -> NDArray[np.float64]:
    """The lower ends of `rate_per_100k` of many places at once, each array of shape (n,); nobody may live nowhere."""
    tail = (1 - CONFIDENCE) / 2
    low = np.where(counts > 0, gammaincinv(np.maximum(counts, 1), tail), 0.0)
    return np.asarray(low * 100_000 / populations, np.float64)


def excess_chance(seen: int, usual: int, periods: float) -> float:
    """The chance of `seen` or more events in one period, when `usual` events fell into the `periods` before it.

    The exact conditional test of two Poisson rates (J. Przyborowski and H. Wilenski, 1940): if nothing has changed,
    each of the seen + usual events falls into the present period with probability 1 / (periods + 1), so the number
    seen is binomial. It allows for how little is known of what is usual. Returns 1.0 for seen = 0.
    """
    if seen <= 0:
        return 1.0
    return float(betainc(seen, usual + 1, 1 / (periods + 1)))
