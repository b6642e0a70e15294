"""The map's read model from scratch: ten million reports in about 25 seconds of processor time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray
from psycopg import Cursor

from complaints.base import blocks
from complaints.base.tilerows import FAMILIES, Batch, Family, Sheet, sheet_of
from complaints.base.zorder import ZOOM
from complaints.maps import combinations, rows
from complaints.reports.models import WORKS_BIT

Columns = dict[str, np.ndarray[Any, Any]]
Progress = Callable[[int], object]
STEPS = 1 + len(FAMILIES)
"""How often each report is seen."""
SLICE_ZOOM, SLICE_REPORTS = 8, 200_000
SLICE = 64
"""Days that are grouped at a time; larger blocks add up the slices."""
LARGE = 512

_REPORT = np.dtype(
    [("columns", ">i2"), ("zorder_size", ">i4"), ("zorder", ">i8")]
    + [
        part
        for name, kind in (
            *(("day", ">i4"), ("carrier", ">i2"), ("network", ">i2"), ("problems", ">i2")),
            *(("land", ">i4"), ("district", ">i4"), ("town", ">i4"), ("quarter", ">i4")),
        )
        for part in ((f"{name}_size", ">i4"), (name, kind))
    ]
)
_COPY_OUT = """
    COPY (
        SELECT zorder, happened_on - date '1970-01-01', carrier_id, network_id, problems::smallint, land_id::int,
            coalesce(district_id, 0)::int, coalesce(town_id, 0)::int, coalesce(quarter_id, 0)::int
        FROM complaints_report WHERE hidden_at IS NULL AND withdrawn_at IS NULL AND held_at IS NULL
    ) TO STDOUT (FORMAT binary)
"""
_COPY_HEADER = 19
PIECE = 1 << 22


def rebuild(progress: Progress | None = None) -> int:
    """Counts all public reports anew and returns how many there are; filing goes on meanwhile.

    What is filed after the snapshot stays in the outbox. `progress` is called with numbers of reports, each report
    is read once and counted once for each family of rows. Needs about 110 bytes of memory a report.
    """
    progress = progress or (lambda count: None)
    with snapshot():
        reports = _read(progress)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM complaints_packedtile")
            cursor.execute("DELETE FROM complaints_tallychange")
            for family, sheet in _all_sheets(reports, progress) if len(reports) else ():
                rows.put(family, sheet)
            # Pages that show figures ask this sequence whether anything has changed (reports/queries.py).
            cursor.execute("SELECT nextval('complaints_tallychange_id_seq')")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE complaints_packedtile")
    return len(reports)


@contextmanager
def snapshot() -> Iterator[None]:
    """A transaction that alone writes the read model and sees reports and outbox as of one instant.

    Inside of somebody else's transaction the isolation cannot be chosen: there filing waits until its end.
    """
    with connection.cursor() as cursor:
        if connection.in_atomic_block:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [rows.LOCK])
            cursor.execute("LOCK TABLE complaints_tallychange IN SHARE MODE")
            yield
            return
        # Before the transaction: its snapshot must not be older than the last fold.
        cursor.execute("SELECT pg_advisory_lock(%s)", [rows.LOCK])
        try:
            with transaction.atomic():
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [rows.LOCK])


def _read(progress: Progress) -> Batch:
    """All public reports, ordered by day. Columns are copied one after the other, to hold few of them twice."""
    parts = [_columns(part, progress) for part in _pieces()]
    numbers = _numbered(parts)
    day = np.concatenate([part.pop("day") for part in parts])
    order = np.argsort(day, kind="stable")
    table = combinations.table_up_to(int(numbers.max(initial=0)))
    numbers = numbers[order]
    narrow: Columns = {
        "zorder": np.concatenate([part.pop("zorder") for part in parts])[order],
        "day": day[order],
        "combination": numbers,
        "network": table.network.astype(np.int16)[numbers],
        "works": (table.problems == WORKS_BIT).astype(np.int8)[numbers],
        "places": np.concatenate([part.pop("places") for part in parts])[order],
        "sign": np.ones(len(order), np.int8),
    }
    return Batch(**narrow)


def _columns(part: np.ndarray[Any, Any], progress: Progress) -> Columns:
    progress(len(part))
    carrier, network, problems = (part[name].astype(np.int64) for name in ("carrier", "network", "problems"))
    codes, code = np.unique(combinations.codes(carrier, network, problems), return_inverse=True)
    places = np.column_stack([part[name] for name in ("land", "district", "town", "quarter")]).astype(np.int32)
    return {
        "zorder": part["zorder"].astype(np.int64),
        "day": part["day"].astype(np.uint16),
        "codes": codes,
        "code": code.astype(np.uint16),
        "places": places,
    }


def _numbered(parts: list[Columns]) -> NDArray[np.uint16]:
    """The number of each report's combination."""
    numbers = combinations.numbers_of(np.concatenate([part["codes"] for part in parts])).astype(np.uint16)
    ends = np.cumsum([len(part["codes"]) for part in parts])
    tables = np.split(numbers, ends[:-1])
    return np.concatenate([table[part.pop("code")] for table, part in zip(tables, parts, strict=True)])


def _pieces() -> Iterator[np.ndarray[Any, Any]]:
    """The binary COPY stream as arrays of whole rows; NULL never occurs, so all rows are equally long."""
    buffer, skipped = bytearray(), False
    with Cursor(rows.raw_connection()) as cursor, cursor.copy(_COPY_OUT) as copy:
        for data in copy:
            buffer += data
            if len(buffer) < PIECE:
                continue
            start = 0 if skipped else _COPY_HEADER
            skipped, count = True, (len(buffer) - start - 2) // _REPORT.itemsize
            yield np.frombuffer(bytes(buffer), _REPORT, count, start)
            del buffer[: start + count * _REPORT.itemsize]
    start = 0 if skipped else _COPY_HEADER
    yield np.frombuffer(bytes(buffer), _REPORT, (len(buffer) - start - 2) // _REPORT.itemsize, start)


def _all_sheets(reports: Batch, progress: Progress) -> Iterator[tuple[Family, Sheet]]:
    """All rows of the read model. Few large tiles are cut into slices of days, many small ones into slices of tiles."""
    large = [family for family in FAMILIES if family.zoom < SLICE_ZOOM]
    for family in large:
        yield from ((family, sheet) for sheet in _sheets_by_day(reports, family, progress))
    reports = reports.taken(np.argsort(reports.zorder))
    for family in FAMILIES:
        if family not in large:
            yield from ((family, sheet) for sheet in _sheets_by_tile(reports, family, progress))


def _sheets_by_tile(reports: Batch, family: Family, progress: Progress) -> Iterator[Sheet]:
    """All rows of one family from reports ordered by their key: slices of whole tiles, from small blocks to large."""
    bounds = [0]
    for edge in (np.flatnonzero(np.diff(reports.zorder >> 2 * (ZOOM - SLICE_ZOOM))) + 1).tolist():
        if edge - bounds[-1] >= SLICE_REPORTS:
            bounds.append(edge)
    for first, end in pairwise([*bounds, len(reports)]):
        batch = reports.taken(slice(first, end)).widened()
        *larger, finest = family.spans
        sheet = sheet_of(batch, family, finest).grouped()
        yield sheet
        for span in reversed(larger):
            sheet = sheet.coarser(span)
            yield sheet
        progress(end - first)


def _sheets_by_day(reports: Batch, family: Family, progress: Progress) -> Iterator[Sheet]:
    """All rows of one family from reports ordered by day: slices of days, each larger block as soon as it is full."""
    edges = np.flatnonzero(np.diff(reports.day // SLICE)) + 1
    bounds = [0, *edges.tolist(), len(reports)]
    large: list[Sheet] = []
    whole: list[Sheet] = []
    for first, end in pairwise(bounds):
        if large and reports.day[first] // LARGE != reports.day[first - 1] // LARGE:
            yield from _added_up(family, large, whole)
        *small, largest = _of_slice(reports.taken(slice(first, end)).widened(), family)
        yield from (sheet for sheet in (*small, largest) if sheet.span[0] in family.spans)
        large.append(largest)
        progress(end - first)
    if large:
        yield from _added_up(family, large, whole)
    if whole and blocks.ALL in family.spans:
        yield from whole


def _of_slice(batch: Batch, family: Family) -> Iterator[Sheet]:
    """The counts of a slice in blocks of rising span; the last is a whole slice where the family has larger ones."""
    small = sorted(span for span in family.spans if blocks.ALL < span <= SLICE) or [SLICE]
    sheet = sheet_of(batch, family, small[0]).grouped()
    yield sheet
    for span in small[1:]:
        sheet = sheet.coarser(span)
        yield sheet


def _added_up(family: Family, large: list[Sheet], whole: list[Sheet]) -> Iterator[Sheet]:
    """The block of 512 days that some slices make; empties `large` and keeps `whole` the sum of all days."""
    if max(family.spans) > SLICE or blocks.ALL in family.spans:
        sheet = Sheet.joined(large).coarser(LARGE)
        if LARGE in family.spans:
            yield sheet
        whole[:] = [Sheet.joined([*whole, sheet.coarser(blocks.ALL)]).coarser(blocks.ALL)]
    large.clear()
