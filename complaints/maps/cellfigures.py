"""What the map says about one of its cells."""

import math
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from complaints.base import peoplegrid, zorder
from complaints.base.chance import Rate, rate_per_100k
from complaints.base.ratescale import FEWEST_PEOPLE
from complaints.base.selection import Selection
from complaints.base.spells import Spell, densest
from complaints.base.tilerows import CELL_ZOOMS
from complaints.carriers.queries import CarrierRow, by_id
from complaints.maps import people
from complaints.maps.queries import LARGEST_ZOOM, Count, tile_counts
from complaints.reports.models import TROUBLE_BITS, Precision, Problem, Report, problems_of
from complaints.reports.queries import newest, selected

EQUATOR_KM = 40_075
SAMPLE = 500
NEWEST = 3
FEWEST = 5


@dataclass(frozen=True)
class CellFigures:
    """A cell's counts, rate, kinds of problems (among the newest SAMPLE) and newest reports.

    `width_km` is how wide the square is, `around` where the rate is that of the square of 1.5 km around a smaller
    cell; None: hardly anybody lives there.
    """

    count: Count
    width_km: float
    rate: Rate | None
    around: bool
    kinds: list[tuple[Problem, int]]
    newest: list[Report]
    rated: int
    """The reports that the rate is made of, among `inhabitants` people, rounded to two digits that count."""
    inhabitants: int
    vague: int
    """Of the `sampled` newest that the rate is made of, those that only name a place: they lie in its middle."""
    sampled: int
    networks: list[tuple[CarrierRow, int]]
    """Of the newest SAMPLE of the cell, by network, most first."""
    spell: Spell | None
    """Days that hold most of the `sampled` newest reports that the rate is made of."""

    @property
    def newest_of_cell(self) -> int:
        """How many of its newest reports `kinds` and `networks` tell of, 0 for all of them."""
        return SAMPLE if self.count.trouble > SAMPLE else 0

    @property
    def newest_rated(self) -> int:
        """How many of the newest reports of the rate `spell` and `vague` tell of, 0 for all of them."""
        return self.sampled if self.rated > self.sampled else 0


def cell_of(keys: tuple[int, int]) -> tuple[int, int, int]:
    """Zoom, column and row of the square with a range of keys."""
    zoom = zorder.ZOOM - ((keys[1] - keys[0]).bit_length() - 1) // 2
    return (zoom, *zorder.deinterleave(keys[0] >> 2 * (zorder.ZOOM - zoom)))


def width_km(zoom: int, y: int) -> float:
    """How many kilometres a square of this row is wide on the ground: the equator's length, shrunk by the latitude."""
    return float(EQUATOR_KM / 2**zoom / math.cosh(math.pi * (1 - 2 * (y + 0.5) / 2**zoom)))


def cell_figures(selection: Selection, keys: tuple[int, int]) -> CellFigures:
    """The figures of a square of zoom 5 to 23 in a selection; five statements, each bounded however many reports."""
    zoom, x, y = cell_of(keys)
    known = min(zoom, peoplegrid.FINEST)
    above = zoom - known
    wider = _count(selection, known, x >> above, y >> above)
    inhabitants = people.square_people(known, x >> above, y >> above)
    rate = rate_per_100k(wider.trouble, round(inhabitants)) if inhabitants >= FEWEST_PEOPLE else None
    inside = replace(selection, cell=keys)
    trouble = selected(inside).filter(problems__lte=TROUBLE_BITS).newest()
    sample = list(trouble.values_list("problems", "network")[:SAMPLE])
    kinds = Counter(problem for mask, _network in sample for problem in problems_of(mask))
    networks = Counter(network for _mask, network in sample).most_common(4)
    days, vague = _rated(replace(selection, cell=zorder.tile_range(known, x >> above, y >> above)))
    count = wider if zoom == known else _count(selection, zoom, x, y)
    return CellFigures(
        count=count,
        width_km=width_km(zoom, y),
        rate=rate,
        around=zoom > known,
        kinds=kinds.most_common(4),
        newest=newest(inside, NEWEST),
        rated=wider.trouble,
        inhabitants=int(float(f"{inhabitants:.2g}")),
        vague=vague,
        sampled=len(days),
        networks=[(row, number) for network, number in networks if (row := by_id(network))],
        spell=_spell(days),
    )


def _rated(selection: Selection) -> tuple[list[date], int]:
    """The days of the newest SAMPLE trouble reports of a square, and how many of them only name a place."""
    trouble = selected(selection).filter(problems__lte=TROUBLE_BITS).newest()
    rows = list(trouble.values_list("happened_on", "precision")[:SAMPLE])
    return [day for day, _precision in rows], sum(precision != Precision.POINT for _day, precision in rows)


def _spell(days: list[date]) -> Spell | None:
    """The days that hold most of those of a square; None for fewer than FEWEST."""
    if len(days) < FEWEST:
        return None
    first = min(days)
    found = densest(np.bincount([(day - first).days for day in days]), len(days))
    return Spell(found[0], len(days), first + timedelta(days=found[1]), found[2]) if found else None


def _count(selection: Selection, zoom: int, x: int, y: int) -> Count:
    """Reports in one square; of works alone they are counted as `works`."""
    tile = zoom - CELL_ZOOMS
    found = tile_counts(min(tile, LARGEST_ZOOM), x >> CELL_ZOOMS, y >> CELL_ZOOMS, selection)
    here = x % 32, y % 32
    trouble, works = (
        int(cells[(cells[:, 0] == here[0]) & (cells[:, 1] == here[1]), 2].sum())
        for cells in (found.trouble, found.works)
    )
    return Count(trouble, works)
