"""Reads packed rows, and what is not folded yet, in one statement, and unpacks them into entries."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import DEFAULT_DB_ALIAS, connections, router
from numpy.typing import NDArray
from psycopg import Cursor, OperationalError

from complaints.base import packing
from complaints.base.packing import COMBINATION_BITS, Integers, Layout
from complaints.base.selection import Selection
from complaints.base.tilerows import DETAIL_LAYER, PLACES, place_entries
from complaints.base.zorder import ZOOM
from complaints.maps import combinations
from complaints.maps.models import PackedTile
from complaints.maps.plans import LAYOUTS, Plan
from complaints.reports.models import WORKS_BIT

Row = tuple[int, int, int, int, bytes]
PENDING_LAYER = -2
PENDING = np.dtype(
    [
        *(("zorder", ">i8"), ("day", ">i4")),
        *(("carrier", ">i2"), ("network", ">i2"), ("problems", ">i2"), ("sign", ">i2")),
        ("places", ">i4", (4,)),
    ]
)

_PENDING = """
    SELECT -2::smallint, 0::smallint, 0::bigint, 0, string_agg(
        int8send(zorder) || int4send(happened_on - date '1970-01-01') || int2send(carrier_id)
        || int2send(network_id) || int2send(problems::smallint) || int2send(sign) || int4send(land_id::int)
        || int4send(coalesce(district_id, 0)::int) || int4send(coalesce(town_id, 0)::int)
        || int4send(coalesce(quarter_id, 0)::int), '')
    FROM complaints_tallychange WHERE zorder >= %s AND zorder < %s
"""
_RANGES = "unnest(%s::smallint[], %s::smallint[], %s::int[], %s::int[]) AS r(layer, span, low, high)"
# OFFSET 0 keeps the planner from turning the few index probes into a scan of the table.
_ROWS = """
    SELECT p.* FROM {ranges}, generate_series(%s::bigint, %s::bigint) AS t(tile), LATERAL (
        SELECT layer, span, tile, bucket, counts FROM complaints_packedtile
        WHERE zoom = %s AND layer = r.layer AND span = r.span AND tile = t.tile AND bucket BETWEEN r.low AND r.high
        OFFSET 0
    ) AS p
"""
_WIDE_ROWS = """
    SELECT p.* FROM {ranges}, LATERAL (
        SELECT layer, span, tile, bucket, counts FROM complaints_packedtile
        WHERE zoom = %s AND layer = r.layer AND span = r.span AND bucket BETWEEN r.low AND r.high
        OFFSET 0
    ) AS p
"""
NARROW = f"{_ROWS.format(ranges=_RANGES)} UNION ALL {_PENDING}"
WIDE = f"{_WIDE_ROWS.format(ranges=_RANGES)} UNION ALL {_PENDING}"
EVERY_KEY = (0, 1 << 48)
ONLY_WHEN_ASKED = 1 << 30


@dataclass(frozen=True)
class Entries:
    """Counts of n cells: the cell's number at `cell_zoom` across the whole grid, 0 for trouble and 1 for works."""

    cell: Integers
    works: Integers
    count: Integers

    def only(self, cell: int) -> "Entries":
        """The entries of one cell."""
        kept = self.cell == cell
        return Entries(self.cell[kept], self.works[kept], self.count[kept])


def narrow(plan: Plan, tiles: tuple[int, int], keys: tuple[int, int]) -> list[Row]:
    """Rows of the tiles from the first to the last, and what waits in the range of keys; one statement."""
    return _fetch(NARROW, (*plan.columns, *tiles, plan.zoom, *keys))


def wide(plan: Plan) -> list[Row]:
    """Rows of all tiles there are, and everything that waits; one statement."""
    return _fetch(WIDE, (*plan.columns, plan.zoom, *EVERY_KEY))


def _fetch(statement: str, parameters: tuple[Any, ...]) -> list[Row]:
    """Prepared, binary, without Django's health check (a round trip): a broken connection is opened again once."""
    alias = router.db_for_read(PackedTile) or DEFAULT_DB_ALIAS
    wrapper = connections[alias]
    wrapper.ensure_connection()
    try:
        return execute(wrapper.connection, statement, parameters)
    except OperationalError:
        if wrapper.in_atomic_block:
            raise
        wrapper.close()
        wrapper.ensure_connection()
        return execute(wrapper.connection, statement, parameters)


def execute(raw: Any, statement: str, parameters: tuple[Any, ...]) -> list[Row]:
    if raw.prepare_threshold is None:
        # Planning costs more than the two statements themselves. Django's own cursors never prepare anything.
        Cursor(raw).execute("SET plan_cache_mode = force_generic_plan")
        raw.prepare_threshold = ONLY_WHEN_ASKED
    rows: list[Row] = Cursor(raw).execute(statement, parameters, prepare=True, binary=True).fetchall()
    return rows


def entries(plan: Plan, selection: Selection, rows: list[Row], cell_zoom: int) -> Entries:
    """What the rows and the waiting changes hold of a selection; cells may repeat, counts may be negative.

    For plan.zoom PLACES a cell is the id of a place and `cell_zoom` is PLACES too.
    """
    packed: dict[Layout, list[Row]] = {}
    found = []
    for row in rows:
        if row[0] != PENDING_LAYER:
            packed.setdefault(LAYOUTS[plan.zoom, row[0] == DETAIL_LAYER, row[1]], []).append(row)
        elif row[4]:
            found.append(_waiting(plan, selection, row[4], cell_zoom))
    found += [_stored(plan, selection, layout, group, cell_zoom) for layout, group in packed.items()]
    if len(found) == 1:
        return found[0]
    columns = ([getattr(part, name) for part in found] for name in ("cell", "works", "count"))
    return Entries(*(np.concatenate(column) if column else np.empty(0, np.int64) for column in columns))


def _stored(plan: Plan, selection: Selection, layout: Layout, rows: list[Row], cell_zoom: int) -> Entries:
    keys, counts = packing.unpack(b"".join([row[4] for row in rows]), layout)
    above = 0 if plan.zoom == PLACES else 2 * (plan.zoom - cell_zoom) + layout.cell_bits
    cell = ((_of_rows(rows, 2, layout) << layout.cell_bits) | (keys & ((1 << layout.cell_bits) - 1))) >> above
    value = keys >> layout.cell_bits
    if layout.networks:
        kept = _among(value >> 1, selection.networks) if selection.networks else slice(None)
        return _swapped(selection, Entries(cell[kept], value[kept] & 1, counts[kept]))
    if not layout.detail:
        return _swapped(selection, Entries(cell, value, counts))
    number = value & ((1 << COMBINATION_BITS) - 1)
    works = _meaning(selection, int(number.max(initial=0)))[number]
    kept = works >= 0
    if layout.day_bits:
        day = (value >> COMBINATION_BITS) + (_of_rows(rows, 3, layout) << layout.day_bits)
        kept &= (day >= plan.first) & (day <= plan.last)
    return Entries(cell[kept], works[kept], counts[kept])


def _of_rows(rows: list[Row], column: int, layout: Layout) -> Integers | int:
    """A column of the rows for each of their entries; one number where all are equal."""
    values: list[int] = [int(row[column]) for row in rows]
    if len(set(values)) == 1:
        return values[0]
    return np.repeat(np.array(values, np.int64), [len(row[4]) // layout.bytes for row in rows])


def _meaning(selection: Selection, largest: int) -> Integers:
    """For each number of a combination: 0 trouble, 1 works, -1 not selected."""
    size = len(combinations.table_up_to(largest))
    return _meaning_of(selection.networks, selection.carriers, selection.problems, size)


@lru_cache(maxsize=512)
def _meaning_of(networks: tuple[int, ...], carriers: tuple[int, ...], problems: int, size: int) -> Integers:
    table = combinations.table()
    return _kind(networks, carriers, problems, table.network, table.carrier, table.problems)


def _kind(
    networks: tuple[int, ...],
    carriers: tuple[int, ...],
    mask: int,
    network: Integers,
    carrier: Integers,
    ticked: Integers,
) -> Integers:
    """0 where a report counts as trouble, 1 where it says that all works, -1 where it is not selected."""
    wanted = np.ones(len(ticked), bool)
    if networks:
        wanted &= _among(network, networks)
    if carriers:
        wanted &= _among(carrier, carriers)
    if mask:
        wanted &= (ticked & mask) > 0
    works = (ticked == WORKS_BIT).astype(np.int64) if mask != WORKS_BIT else np.zeros(len(ticked), np.int64)
    return np.where(wanted, works, -1)


def _among(values: Integers, wanted: tuple[int, ...]) -> NDArray[np.bool_]:
    """Where the values are among a few; np.isin alone costs 20 µs."""
    return values == wanted[0] if len(wanted) == 1 else np.isin(values, wanted)


def _swapped(selection: Selection, found: Entries) -> Entries:
    """Where only positive reports are selected, they are what is counted."""
    if selection.problems != WORKS_BIT:
        return found
    kept = found.works == 1
    return Entries(found.cell[kept], np.zeros(int(kept.sum()), np.int64), found.count[kept])


def _waiting(plan: Plan, selection: Selection, packed: bytes, cell_zoom: int) -> Entries:
    """The entries of changes that are not folded yet."""
    changes = np.frombuffer(packed, PENDING)
    columns = [changes[name].astype(np.int64) for name in ("network", "carrier", "problems")]
    works = _kind(selection.networks, selection.carriers, selection.problems, *columns)
    kept = np.flatnonzero((works >= 0) & (changes["day"] >= plan.first) & (changes["day"] <= plan.last))
    sign = changes["sign"].astype(np.int64)
    if plan.zoom != PLACES:
        return Entries(changes["zorder"][kept].astype(np.int64) >> 2 * (ZOOM - cell_zoom), works[kept], sign[kept])
    report, place = place_entries(changes["places"][kept])
    return Entries(place, works[kept][report], sign[kept][report])
