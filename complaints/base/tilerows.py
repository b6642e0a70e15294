"""Which rows of the map's read model a report is counted in, and the grouping of many reports into rows.

A Batch is n reports as columns. A Sheet is the counts of m entries, ordered by row and key. Both are numpy columns of
equal length; nothing here knows the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from complaints.base import blocks, zorder
from complaints.base.packing import DAILY, DETAIL, NETWORKS, PLAIN, RAW, Integers, Layout

PLACES = -1
"""The pseudo zoom whose cells are places: 1024 ids a tile; id 0 is everywhere."""
EVERY_NETWORK = 0
DETAIL_LAYER = -1
CELL_ZOOMS = 5
"""A tile has 32 x 32 cells, so a cell is a tile five zooms deeper."""


@dataclass(frozen=True)
class Family:
    """Rows of one zoom that share a layout and are kept for the same spans, the finest last."""

    zoom: int
    spans: tuple[int, ...]
    layout: Layout

    @property
    def cell_shift(self) -> int:
        """Bits to drop from a report's key to get its cell."""
        return 2 * (zorder.ZOOM - self.zoom) - self.layout.cell_bits


FAMILIES = (
    Family(5, (blocks.ALL, 512, 64, 8, 1), PLAIN),
    Family(8, (blocks.ALL, 512, 64, 8), PLAIN),
    Family(8, (1,), NETWORKS),
    Family(11, (blocks.ALL, 512), PLAIN),
    Family(11, (64,), NETWORKS),
    Family(14, (blocks.ALL,), NETWORKS),
    Family(PLACES, (blocks.ALL, 512, 64, 8), PLAIN),
    Family(PLACES, (1,), NETWORKS),
    Family(5, (512, 64), DETAIL),
    Family(8, (512, 64), DETAIL),
    Family(11, (512,), DETAIL),
    Family(5, (8,), DAILY),
    Family(8, (8,), DAILY),
    Family(11, (64,), RAW),
)


@dataclass(frozen=True)
class Batch:
    """n reports: key, day number, combination and network, 1 for works, place ids (n, 4; 0 for none), and +1 or -1.

    For arithmetic all columns are 64-bit integers; for keeping millions of reports narrower ones do (see `widened`).
    """

    zorder: Integers
    day: Integers
    combination: Integers
    network: Integers
    works: Integers
    places: NDArray[np.int32]
    sign: Integers

    def __len__(self) -> int:
        return len(self.zorder)

    def taken(self, chosen: Integers | slice) -> Self:
        """The reports at some positions."""
        return type(self)(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def widened(self) -> Self:
        """The same reports with all columns as 64-bit integers, ready for arithmetic."""
        return type(self)(*(getattr(self, field.name).astype(np.int64) for field in fields(self)))


@dataclass(frozen=True)
class Sheet:
    """m entries of rows: the rows' layer, span, tile and bucket, the key inside of the row, and the count."""

    layer: Integers
    span: Integers
    tile: Integers
    bucket: Integers
    key: Integers
    count: Integers

    def __len__(self) -> int:
        return len(self.key)

    def taken(self, chosen: Integers | NDArray[np.bool_]) -> Self:
        return type(self)(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @classmethod
    def joined(cls, sheets: list[Self]) -> Self:
        """The entries of one or more sheets, no longer ordered."""
        return cls(*(np.concatenate([getattr(sheet, field.name) for sheet in sheets]) for field in fields(cls)))

    def coarser(self, span: int) -> Self:
        """The same counts in the larger blocks of `span` days (or ALL)."""
        finest = int(self.span[0]) if len(self) else 1
        bucket = np.zeros_like(self.bucket) if span == blocks.ALL else self.bucket * finest // span
        return type(self)(self.layer, np.full_like(self.span, span), self.tile, bucket, self.key, self.count).grouped()

    def grouped(self) -> Self:
        """Ordered by row and key, equal keys added up, what adds up to 0 left out."""
        if not len(self):
            return self
        numbers = Numbers.of((self.layer, self.span, self.tile, self.bucket, self.key))
        if numbers is None:
            return self._grouped_slowly()
        ones = bool((self.count == 1).all())
        order = None if ones else np.argsort(numbers.values)
        values = np.sort(numbers.values) if order is None else numbers.values[order]
        first = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
        if order is None:
            count = np.diff(np.append(first, len(values)))
        else:
            count = np.add.reduceat(self.count[order], first)
            first, count = first[count != 0], count[count != 0]
        layer, span, tile, bucket, key = numbers.columns(values[first])
        return type(self)(layer, span, tile, bucket, key, count)

    def _grouped_slowly(self) -> Self:
        """The same for columns of any spread."""
        columns = (self.layer, self.span, self.tile, self.bucket, self.key)
        sheet = self.taken(np.lexsort(columns[::-1]))
        new = np.r_[True, np.zeros(len(sheet) - 1, bool)]
        for column in (sheet.layer, sheet.span, sheet.tile, sheet.bucket, sheet.key):
            new[1:] |= column[1:] != column[:-1]
        first = np.flatnonzero(new)
        count = np.add.reduceat(sheet.count, first)
        found = sheet.taken(first[count != 0])
        return replace(found, count=count[count != 0])

    def starts(self) -> Integers:
        """Where in an ordered sheet each row begins, shape (rows,)."""
        if not len(self):
            return np.empty(0, np.int64)
        new = np.zeros(len(self), bool)
        new[0] = True
        for column in (self.layer, self.span, self.tile, self.bucket):
            new[1:] |= column[1:] != column[:-1]
        return np.flatnonzero(new)


@dataclass(frozen=True)
class Numbers:
    """Tuples of whole numbers as one number each, in the tuples' order: several times faster to sort."""

    values: Integers
    lows: tuple[int, ...]
    widths: tuple[int, ...]

    @classmethod
    def of(cls, columns: tuple[Integers, ...]) -> Self | None:
        """None where the spread of the columns needs more than 63 bits (reports from all over the world)."""
        lows = tuple(int(column.min()) for column in columns)
        widths = tuple((int(column.max()) - low).bit_length() for column, low in zip(columns, lows, strict=True))
        if sum(widths) > 63:
            return None
        values = np.zeros(len(columns[0]), np.int64)
        for column, low, width in zip(columns, lows, widths, strict=True):
            values = (values << width) | (column - low)
        return cls(values, lows, widths)

    def columns(self, values: Integers) -> list[Integers]:
        """The columns that some of the numbers stand for."""
        found = []
        for low, width in zip(reversed(self.lows), reversed(self.widths), strict=True):
            found.append((values & ((1 << width) - 1)) + low)
            values = values >> width
        return found[::-1]


def sheet_of(batch: Batch, family: Family, span: int) -> Sheet:
    """The ungrouped entries of a batch in the rows of one family and span."""
    report, tile, cell = _cells(batch, family)
    day = batch.day[report]
    layout = family.layout
    offset = day % span if layout.day_bits else np.zeros_like(day)
    key = layout.key(offset, _values(batch, layout)[report], cell)
    bucket = np.zeros_like(day) if span == blocks.ALL else day // span
    layers = [np.full_like(day, DETAIL_LAYER if layout.detail else EVERY_NETWORK)]
    if not layout.detail and not layout.networks:
        layers.append(batch.network[report])
    columns = (np.full_like(day, span), tile, bucket, key, batch.sign[report])
    return Sheet.joined([Sheet(layer, *columns) for layer in layers])


def _values(batch: Batch, layout: Layout) -> Integers:
    if layout.detail:
        return batch.combination
    return (batch.network << 1) | batch.works if layout.networks else batch.works


def _cells(batch: Batch, family: Family) -> tuple[Integers, Integers, Integers]:
    """Position of the report, tile and cell of everything a batch counts in one family."""
    if family.zoom == PLACES:
        report, place = place_entries(batch.places)
        return report, place >> 10, place & 1023
    cell = batch.zorder >> family.cell_shift
    bits = family.layout.cell_bits
    return np.arange(len(batch)), cell >> bits, cell & ((1 << bits) - 1)


def place_entries(places: NDArray[np.integer]) -> tuple[Integers, Integers]:
    """Position of the report and place id; each of n reports counts everywhere (0) and in its up to four places."""
    position, column = np.nonzero(places)
    everywhere = np.arange(len(places))
    ids = places[position, column].astype(np.int64)
    return np.concatenate([everywhere, position]), np.concatenate([np.zeros_like(everywhere), ids])


def sheets_of(batch: Batch) -> Iterator[tuple[Family, Sheet]]:
    """Everything a batch changes, family by family, grouped."""
    for family in FAMILIES:
        spans = [sheet_of(batch, family, span) for span in family.spans]
        yield family, Sheet.joined(spans).grouped()
