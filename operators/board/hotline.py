"""What the hotline said, against what customers reported nearby."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from complaints import reading
from complaints.base.chance import share_interval
from complaints.base.packing import Integers
from complaints.base.survival import FEWEST, Estimate
from complaints.carriers.queries import CarrierRow, carriers
from complaints.reports.models import TROUBLE_BITS, Hotline, Precision

DAYS = 7
LIKE = 3
CELL_SHIFT = 2 * 11
"""From a z-order key to a square of zoom 13, about 3 km wide in Germany."""


@dataclass(frozen=True)
class HotlineRow:
    """What a carrier's customers heard when they asked.

    `alone` is the share of those told that theirs was an isolated case, None for fewer than FEWEST who asked.
    `contradicted` of the `placed` among them (known to a point) had LIKE or more other reports of the same network in
    their square of about 3 km in the DAYS days up to theirs.
    """

    carrier: CarrierRow
    asked: int
    said: dict[str, int]
    alone: Estimate | None
    placed: int
    contradicted: int

    @property
    def together(self) -> Estimate | None:
        """The share of those who were not alone after all, None for fewer than FEWEST."""
        return _share(self.contradicted, self.placed)

    @property
    def isolated(self) -> int:
        return self.said.get(Hotline.ISOLATED, 0)

    @property
    def others(self) -> list[int]:
        return [self.said.get(kind, 0) for kind in (Hotline.KNOWN, Hotline.FIXED_SOON, Hotline.NO_ANSWER)]


class Hearsay:
    """What was heard since a day until a moment, for any later first day; two statements, when it is made."""

    def __init__(self, since: date, as_of: datetime) -> None:
        self.since = since
        values: dict[str, Any] = {"since": since, "as_of": as_of, "trouble": TROUBLE_BITS, "point": Precision.POINT}
        values |= {"not_asked": Hotline.NOT_ASKED, "isolated": Hotline.ISOLATED}
        with reading.cursor() as cursor:
            cursor.execute(_SAID, values)
            self.said = cursor.fetchall()
            cursor.execute(_SQUARES, values | {"before": since - timedelta(days=DAYS - 1)})
            squares = np.array(cursor.fetchall(), np.int64).reshape(-1, 6)
        self.carrier, network, square, self.day, count, self.isolated = squares.T
        self.near = rolling(network << 26 | square, self.day, count)

    def rows(self, since: date) -> tuple[HotlineRow, ...]:
        """The carriers whose customers asked since a day, most first."""
        said: dict[int, Counter[str]] = defaultdict(Counter)
        for carrier, day, kind, count in self.said:
            if day >= (since - self.since).days:
                said[carrier][kind] += count
        near = self._contradicted((since - self.since).days)
        rows = [_row(row, said[row.id], near.get(row.id, (0, 0))) for row in carriers() if row.id in said]
        return tuple(sorted(rows, key=lambda row: -row.asked))

    def _contradicted(self, first: int) -> dict[int, tuple[int, int]]:
        """By carrier: its reports told to be isolated that have a point, and those of them with LIKE others nearby."""
        isolated = np.where(self.day >= first, self.isolated, 0)
        contradicted = np.where(self.near - 1 >= LIKE, isolated, 0)
        placed, found = (np.bincount(self.carrier, weights) for weights in (isolated, contradicted))
        return {int(n): (int(placed[n]), int(found[n])) for n in placed.nonzero()[0]}


def _row(carrier: CarrierRow, said: Counter[str], near: tuple[int, int]) -> HotlineRow:
    asked, isolated = said.total(), said[Hotline.ISOLATED]
    return HotlineRow(carrier, asked, dict(said), _share(isolated, asked), *near)


def _share(count: int, base: int) -> Estimate | None:
    return Estimate(count / base, *share_interval(count, base)) if base >= FEWEST else None


_PUBLIC = "hidden_at IS NULL AND withdrawn_at IS NULL AND held_at IS NULL AND problems <= %(trouble)s"
_SAID = f"""
    SELECT carrier_id, happened_on - %(since)s, hotline, count(*) FROM complaints_report
    WHERE {_PUBLIC} AND happened_on >= %(since)s AND received_at <= %(as_of)s
      AND hotline <> '' AND hotline <> %(not_asked)s
    GROUP BY 1, 2, 3
"""  # noqa: S608  our own words
_SQUARES = f"""
    SELECT carrier_id, network_id, zorder >> {CELL_SHIFT}, happened_on - %(since)s, count(*),
           count(*) FILTER (WHERE hotline = %(isolated)s AND happened_on >= %(since)s)
    FROM complaints_report
    WHERE {_PUBLIC} AND happened_on >= %(before)s AND received_at <= %(as_of)s AND precision = %(point)s
    GROUP BY 1, 2, 3, 4
"""  # noqa: S608  our own words


def rolling(group: Integers, day: Integers, count: Integers) -> Integers:
    """For each row the sum of `count` over the rows of its group in the DAYS days up to its own, from day -DAYS on."""
    code = (group << 10) + day + DAYS
    order = np.argsort(code, kind="stable")
    ordered = code[order]
    sums = np.concatenate(([0], np.cumsum(count[order])))
    first, last = np.searchsorted(ordered, code - DAYS + 1, "left"), np.searchsorted(ordered, code, "right")
    return np.asarray(sums[last] - sums[first], np.int64)
