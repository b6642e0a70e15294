"""The figures of the map: counts by cell and by place, exact at every instant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
from django.db.models import Count as CountOf
from django.db.models import F

from complaints.base import blocks, zorder
from complaints.base.packing import Integers
from complaints.base.selection import Selection
from complaints.base.tilerows import CELL_ZOOMS, PLACES, place_entries
from complaints.maps import reading
from complaints.maps.plans import COUNTED_ZOOMS, FINEST_COUNTED, daily, is_live, is_plain, plan
from complaints.reports.models import WORKS_BIT
from complaints.reports.queries import selected, version

__all__ = ["Count", "CountryCounts", "TileCounts", "country_counts", "place_counts", "tile_counts", "totals", "version"]

GRID = 32
CELLS = GRID * GRID
LARGEST_ZOOM = 18
EVERYWHERE = 0


@dataclass(frozen=True)
class Count:
    """How many reports of trouble, and how many that say that all works."""

    trouble: int
    works: int


@dataclass(frozen=True)
class TileCounts:
    """Cells of a tile that are not empty: rows [dx, dy, count] of shape (n, 3), from the north-west corner."""

    trouble: Integers
    works: Integers
    total: int
    works_total: int


@dataclass(frozen=True)
class CountryCounts:
    """Cells that are not empty anywhere: column and row in the grid of 2**cell_zoom squares, and counts; each (n,)."""

    x: Integers
    y: Integers
    trouble: Integers
    works: Integers


def tile_counts(zoom: int, x: int, y: int, selection: Selection) -> TileCounts:
    """The 32 x 32 cells of a tile, zoom 0 to 18; one statement.

    Reports of trouble and of works apart; where the selection's problems are "works" alone, they are `trouble`.
    """
    low, high = zorder.tile_range(zoom, x, y)
    cell_zoom = zoom + CELL_ZOOMS
    if zoom > FINEST_COUNTED or is_live(selection):
        found = _live(selection, cell_zoom, (low, high))
    else:
        found = _packed(zoom, selection, (low, high))
    first = low >> 2 * (zorder.ZOOM - cell_zoom)
    index = (found.works << 10) | (found.cell - first)
    counts = np.bincount(index, found.count, 2 * CELLS).astype(np.int64)
    return TileCounts(
        _cells(counts[:CELLS]), _cells(counts[CELLS:]), int(counts[:CELLS].sum()), int(counts[CELLS:].sum())
    )


def _packed(zoom: int, selection: Selection, keys: tuple[int, int]) -> reading.Entries:
    steps = plan(zoom, selection)
    shift = 2 * (zorder.ZOOM - steps.zoom)
    tiles = keys[0] >> shift, (keys[1] - 1) >> shift
    wide = zoom < COUNTED_ZOOMS[0]
    rows = reading.wide(steps) if wide else reading.narrow(steps, tiles, keys)
    found = reading.entries(steps, selection, rows, zoom + CELL_ZOOMS)
    if steps.zoom >= zoom and not wide:
        return found
    cells = [key >> 2 * (zorder.ZOOM - zoom - CELL_ZOOMS) for key in keys]
    inside = (found.cell >= cells[0]) & (found.cell < cells[1])
    return reading.Entries(found.cell[inside], found.works[inside], found.count[inside])


def _live(selection: Selection, cell_zoom: int, keys: tuple[int, int] = reading.EVERY_KEY) -> reading.Entries:
    """The cells of a range of keys by a grouped query over the reports themselves."""
    cell = F("zorder").bitrightshift(2 * (zorder.ZOOM - cell_zoom))
    reports = selected(selection).filter(zorder__gte=keys[0], zorder__lt=keys[1]).order_by()
    counted = reports.annotate(square=cell).values_list("square", "problems").annotate(reports=CountOf("number"))
    rows = np.array(list(counted), np.int64).reshape(-1, 3)
    works = (rows[:, 1] == WORKS_BIT) & (selection.problems != WORKS_BIT)
    return reading.Entries(rows[:, 0], works.astype(np.int64), rows[:, 2])


@cache
def _corners() -> Integers:
    """Column and row of the 1024 cells of a tile in their order, shape (1024, 2)."""
    return np.column_stack(zorder.deinterleave_many(np.arange(CELLS)))


def _cells(counts: Integers) -> Integers:
    filled = counts.nonzero()[0]
    cells = np.empty((len(filled), 3), np.int64)
    cells[:, :2] = _corners()[filled]
    cells[:, 2] = counts[filled]
    return cells


def country_counts(selection: Selection, zoom: int = 10) -> CountryCounts:
    """All cells of the grid of `zoom` (5 to 19) that hold reports; one statement."""
    if is_live(selection) or zoom - CELL_ZOOMS > FINEST_COUNTED:
        found = _live(selection, zoom)
    else:
        steps = plan(zoom - CELL_ZOOMS, selection)
        found = reading.entries(steps, selection, reading.wide(steps), zoom)
    cells, counts = _summed(found)
    x, y = zorder.deinterleave_many(cells)
    return CountryCounts(x, y, counts[:, 0], counts[:, 1])


def _summed(found: reading.Entries) -> tuple[Integers, Integers]:
    """The distinct cells that are not empty, shape (n,), with their counts of trouble and works, shape (n, 2)."""
    cells, position = np.unique(found.cell, return_inverse=True)
    counts = np.bincount(position * 2 + found.works, found.count, 2 * len(cells)).astype(np.int64).reshape(-1, 2)
    filled = counts.any(axis=1)
    return cells[filled], counts[filled]


def place_counts(selection: Selection) -> dict[int, Count]:
    """The counts of all places that have any, by id; one statement.

    Fast for any networks and window; other filters group the reports themselves.
    """
    places, counts = _summed(_place_entries(selection))
    return {
        place: Count(trouble, works)
        for place, (trouble, works) in zip(places.tolist(), counts.tolist(), strict=True)
        if place != EVERYWHERE
    }


def place_count(selection: Selection, place: int) -> Count:
    """The counts of one place; the same statement as for all of them, without a look at the others."""
    return _sum(_place_entries(selection).only(place))


@dataclass(frozen=True)
class PlaceSeries:
    """Reports of trouble by place and window: ids, rising, shape (n,), and counts, shape (n, windows)."""

    place: Integers
    trouble: Integers

    def of(self, place: int) -> Integers:
        """The counts of a place, shape (windows,)."""
        at = int(np.searchsorted(self.place, place))
        found = at < len(self.place) and self.place[at] == place
        return self.trouble[at] if found else np.zeros(self.trouble.shape[1], np.int64)


def place_series(selection: Selection, windows: Sequence[tuple[date, date]]) -> PlaceSeries:
    """The counts of all places, EVERYWHERE among them, in windows of whole days that follow each other.

    One statement for any networks; other filters group the reports themselves, a statement for each window.
    """
    if is_live(selection) or not is_plain(selection):
        parts = [_live_places(replace(selection, since=first, until=last)) for first, last in windows]
    else:
        parts = list(_daily_places(selection, windows))
    week = np.repeat(np.arange(len(parts)), [len(part.cell) for part in parts])
    cell, works, count = (np.concatenate([getattr(p, name) for p in parts]) for name in ("cell", "works", "count"))
    kept = works == 0
    places, position = np.unique(cell[kept], return_inverse=True)
    size = len(places) * len(parts)
    counts = np.bincount(position * len(parts) + week[kept], count[kept], size).astype(np.int64)
    return PlaceSeries(places, counts.reshape(-1, len(parts)))


def _daily_places(selection: Selection, windows: Sequence[tuple[date, date]]) -> Iterator[reading.Entries]:
    edges = [(blocks.day_number(first), blocks.day_number(last)) for first, last in windows]
    days = daily(selection, edges[0][0], edges[-1][1])
    by_day: dict[int, list[reading.Row]] = {}
    for row in reading.wide(days):
        by_day.setdefault(row[3] if row[0] != reading.PENDING_LAYER else reading.PENDING_LAYER, []).append(row)
    for first, last in edges:
        rows = [row for day in (*range(first, last + 1), reading.PENDING_LAYER) for row in by_day.get(day, ())]
        yield reading.entries(replace(days, first=first, last=last), selection, rows, PLACES)


def _place_entries(selection: Selection) -> reading.Entries:
    if is_live(selection) or not is_plain(selection):
        return _live_places(selection)
    steps = plan(PLACES, selection)
    return reading.entries(steps, selection, reading.wide(steps), PLACES)


def _live_places(selection: Selection) -> reading.Entries:
    columns = ("land_id", "district_id", "town_id", "quarter_id")
    counted = selected(selection).order_by().values_list(*columns, "problems").annotate(reports=CountOf("number"))
    rows = np.array([[value or 0 for value in row] for row in counted], np.int64).reshape(-1, 6)
    works = ((rows[:, 4] == WORKS_BIT) & (selection.problems != WORKS_BIT)).astype(np.int64)
    row, place = place_entries(rows[:, :4])
    return reading.Entries(place, works[row], rows[:, 5][row])


def totals(selection: Selection) -> Count:
    """How many reports of a selection there are in all; one statement."""
    if is_live(selection):
        found = _live(selection, 0)
    elif is_plain(selection):
        steps = plan(PLACES, selection)
        found = reading.entries(steps, selection, reading.narrow(steps, (0, 0), reading.EVERY_KEY), PLACES)
        found = found.only(EVERYWHERE)
    else:
        steps = plan(0, selection)
        found = reading.entries(steps, selection, reading.wide(steps), 0)
    return _sum(found)


def _sum(found: reading.Entries) -> Count:
    trouble, works = np.bincount(found.works, found.count, 2).astype(int).tolist()
    return Count(trouble, works)
