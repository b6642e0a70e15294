"""The rows of the read model in the database: taken out for a change, and put in by COPY."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db import connection
from psycopg import Connection, Cursor

from complaints.base import packing
from complaints.base.packing import Integers
from complaints.base.tilerows import Family, Sheet

LOCK = 0x71E5
"""Number of the advisory lock that whoever writes the read model holds."""

_TAKE = """
    DELETE FROM complaints_packedtile AS p
    USING unnest(%s::smallint[], %s::smallint[], %s::bigint[], %s::int[]) AS r(layer, span, tile, bucket)
    WHERE p.zoom = %s AND (p.layer, p.span, p.tile, p.bucket) = (r.layer, r.span, r.tile, r.bucket)
    RETURNING p.layer, p.span, p.tile, p.bucket, p.counts
"""
_PUT = "COPY complaints_packedtile (zoom, layer, span, tile, bucket, counts) FROM STDIN (FORMAT binary)"
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_COLUMNS = (("zoom", ">i2"), ("layer", ">i2"), ("span", ">i2"), ("tile", ">i8"), ("bucket", ">i4"))
_ROW = np.dtype(
    [("columns", ">i2")]
    + [part for name, kind in _COLUMNS for part in ((f"{name}_size", ">i4"), (name, kind))]
    + [("counts_size", ">i4")]
)
ROWS_AT_ONCE = 20_000


def raw_connection() -> Connection[Any]:
    """The psycopg connection below Django's, opened if need be."""
    connection.ensure_connection()
    found: Connection[Any] = connection.connection
    return found


def take(family: Family, sheet: Sheet) -> Sheet:
    """Deletes the rows that a sheet touches and returns their entries, not ordered."""
    starts = sheet.starts()
    columns = [getattr(sheet, name)[starts].tolist() for name in ("layer", "span", "tile", "bucket")]
    with Cursor(raw_connection()) as cursor:
        rows = cursor.execute(_TAKE, [*columns, family.zoom], binary=True).fetchall()
    return unpacked(rows, family)


def unpacked(rows: list[tuple[int, int, int, int, bytes]], family: Family) -> Sheet:
    """The entries of stored rows (layer, span, tile, bucket, counts) of one family."""
    packed = b"".join(row[4] for row in rows)
    keys, counts = packing.unpack(packed, family.layout)
    sizes = np.array([len(row[4]) // family.layout.bytes for row in rows], np.int64)
    names = np.array([row[:4] for row in rows], np.int64).reshape(-1, 4)
    layer, span, tile, bucket = np.repeat(names, sizes, axis=0).T
    return Sheet(layer, span, tile, bucket, keys, counts)


def put(family: Family, sheet: Sheet) -> int:
    """Stores an ordered sheet as new rows; returns how many. Entries below 1 are left out."""
    sheet = sheet.taken(sheet.count > 0)
    if not len(sheet):
        return 0
    position, counts = packing.split(sheet.count, family.layout)
    sheet = sheet.taken(position) if len(position) != len(sheet) else sheet
    packed = memoryview(packing.records(sheet.key, counts, family.layout).tobytes())
    starts = sheet.starts()
    with Cursor(raw_connection()) as cursor, cursor.copy(_PUT) as copy:
        copy.write(_HEADER)
        for data in _rows(family, sheet, starts, packed):
            copy.write(data)
        copy.write(_TRAILER)
    return len(starts)


def _rows(family: Family, sheet: Sheet, starts: Integers, packed: memoryview) -> Iterator[bytes]:
    """The binary COPY stream in pieces of whole rows."""
    edges = np.append(starts, len(sheet)) * family.layout.bytes
    heads = np.empty(len(starts), _ROW)
    heads["columns"] = 6
    for name, kind in _COLUMNS:
        heads[f"{name}_size"] = np.dtype(kind).itemsize
        heads[name] = family.zoom if name == "zoom" else getattr(sheet, name)[starts]
    heads["counts_size"] = np.diff(edges)
    size, head = _ROW.itemsize, memoryview(heads.tobytes())
    ends = edges.tolist()
    for first in range(0, len(starts), ROWS_AT_ONCE):
        parts: list[memoryview] = []
        for row in range(first, min(first + ROWS_AT_ONCE, len(starts))):
            parts += (head[row * size : (row + 1) * size], packed[ends[row] : ends[row + 1]])
        yield b"".join(parts)
