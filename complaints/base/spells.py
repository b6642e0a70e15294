"""Do most events fall into a few days? Then they tell of one spell more than of a state."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from complaints.base.packing import Integers

LENGTHS = (2, 7)
"""So many days in a row, the shorter first."""
MOST = 0.5


@dataclass(frozen=True)
class Spell:
    """`length` days in a row, at most the longest of LENGTHS, that hold `count` of `base` events."""

    count: int
    base: int
    first: date
    length: int

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.length - 1)

    @property
    def holds_most(self) -> bool:
        return self.count > MOST * self.base


def densest(counts: Integers, base: int, share: float = MOST) -> tuple[int, int, int] | None:
    """The shortest stretch of LENGTHS days that holds more than a share of `base` events: count, first day, length.

    `counts` are the events of days in a row, shape (days,); the first day is an index into them, the length is shorter
    where there are fewer days. None where no stretch does.
    """
    ends = np.concatenate(([0], np.cumsum(counts)))
    for length in LENGTHS:
        reach = min(length, len(counts))
        sums = ends[reach:] - ends[:-reach] if reach else ends[:0]
        if int(sums.max(initial=0)) > share * base:
            at = len(sums) - 1 - int(sums[::-1].argmax())  # the last of equals begins with a day that counts
            return int(sums[at]), at, reach
    return None
