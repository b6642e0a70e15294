"""What a receipt says: is this report an isolated case, and how likely is so many by accident?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from complaints.base.chance import excess_chance
from complaints.base.dotplot import DotPlot, dot_plot
from complaints.base.spells import Spell, densest

WEEKS_BEFORE = 52
FEWEST_WEEKS = 4
RADIUS = 2000
UNUSUAL = 0.01
FEWEST_IN_SPELL = 5
DAYS, DAYS_AFTER = 30, 3
"""How many days a receipt shows, and how many after its report's day it goes on counting."""


@dataclass(frozen=True)
class Around:
    """Trouble reports of the same network in one scope around a report, itself included in `week` and `month`.

    `itself` is how often the report counts there: once, or not at all where it says that everything works.

    `week` counts the 7 days up to `last`, which is `after` days after the report's own, `month` the 30 days, `rank` the
    place of the report among those of the week by case number, `before` the `weeks` weeks that lie before the week,
    `days` each of the 30 days, oldest first.
    """

    scope: str
    place: str
    week: int
    month: int
    rank: int
    before: int
    weeks: float
    last: date
    after: int = 0
    itself: int = 1
    days: tuple[int, ...] = ()
    spell: Spell | None = None
    """Days before the week that hold most of `before`: with them in it, there is no usual week."""

    @property
    def first(self) -> date:
        return self.last - timedelta(days=DAYS - 1)


def spell_before(by_day: Mapping[int, int], last: date, observed: int) -> Spell | None:
    """The days that hold most of the reports before the week; None for fewer than FEWEST_IN_SPELL.

    `by_day` are the reports by how many days they lie before `last`; `observed` days ago the site was in use first.
    """
    before = {ago: count for ago, count in by_day.items() if 7 <= ago <= observed}
    base = sum(before.values())
    if base < FEWEST_IN_SPELL:
        return None
    counts = np.array([before.get(ago, 0) for ago in range(observed, 6, -1)], np.int64)
    found = densest(counts, base)
    return found and Spell(found[0], base, last - timedelta(days=observed - found[1]), found[2])


def last_day(happened_on: date, today: date) -> date:
    """Up to when a receipt counts: today, but at most until the report's own day is the middle of its week."""
    return max(happened_on, min(today, happened_on + timedelta(days=DAYS_AFTER)))


@dataclass(frozen=True)
class Receipt:
    """The figures of a receipt in the smallest scope in which the report is not alone, or alone in all of them."""

    around: Around

    @property
    def others_in_week(self) -> int:
        return self.around.week - self.around.itself

    @property
    def others_in_month(self) -> int:
        return self.around.month - self.around.itself

    @property
    def dots(self) -> DotPlot:
        return dot_plot(self.around.days, own=self.around.after if self.around.itself else None)

    @property
    def alone(self) -> bool:
        return self.others_in_month <= 0

    @property
    def is_first(self) -> bool:
        """Whether nobody else reported in the week, only before it: of now that says nothing, after an outage least."""
        return not self.alone and self.others_in_week <= 0

    @property
    def usual(self) -> float | None:
        """Reports in a usual week; None where the time before is too short, or has too much of one outage, to say."""
        return self.around.before / self.around.weeks if self._is_long and not self.around.spell else None

    @property
    def _is_long(self) -> bool:
        return self.around.weeks >= FEWEST_WEEKS

    @property
    def chance(self) -> float | None:
        """The chance of so many others in a week by accident; None where the time before is too short.

        An outage in that time makes it larger: it may still be small enough to tell, but never says "by accident".
        """
        if not self._is_long or self.others_in_week <= 0:
            return None
        return excess_chance(self.others_in_week, self.around.before, self.around.weeks)

    @property
    def unusual(self) -> bool:
        return self.chance is not None and self.chance < UNUSUAL

    @property
    def chance_percent(self) -> float | None:
        return None if self.chance is None else self.chance * 100

    @property
    def one_in(self) -> int | None:
        """The chance as "1 in n", rounded down to two digits; at most 1 in a million is claimed."""
        if self.chance is None:
            return None
        n = min(1_000_000, int(1 / max(self.chance, 1e-9)))
        digits = int(10 ** max(0, len(str(n)) - 2))
        return n // digits * digits
