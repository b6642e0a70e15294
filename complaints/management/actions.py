"""Writes of the commands that concern several features at once."""

from collections.abc import Callable

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from complaints.places.atlas import Atlas
from complaints.reports.actions import counted_later
from complaints.reports.models import Precision

RANGE = 50_000
"""Report numbers handled at once: about 20 MB."""

_READ = """
    SELECT number, latitude, longitude, land_id, coalesce(district_id, 0), coalesce(town_id, 0),
        coalesce(quarter_id, 0), (precision = %s)::int
    FROM complaints_report WHERE number >= %s AND number < %s ORDER BY number
"""
_WRITE = """
    UPDATE complaints_report AS report
    SET land_id = new.land, district_id = nullif(new.district, 0), town_id = nullif(new.town, 0),
        quarter_id = nullif(new.quarter, 0)
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
        AS new (number, land, district, town, quarter)
    WHERE report.number = new.number
"""
Columns = NDArray[np.int64]


def assign_districts(*, atlas: Atlas, progress: Callable[[int], object]) -> int:
    """Gives every report its Kreis by outline, and the town that fits it; returns how many reports changed.

    Range after range of numbers, each in a transaction of its own, constant memory; safe to repeat and to interrupt.
    `progress` is called with how many numbers were gone through.
    """
    changed = start = 0
    while start <= (last := _last_number()):
        changed += _assign_range(atlas, start, start + RANGE)
        progress(min(start + RANGE, last + 1) - start)
        start += RANGE
    return changed


def _last_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM complaints_report")
        return int(cursor.fetchone()[0])


@counted_later()
def _assign_range(atlas: Atlas, start: int, end: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [Precision.POINT, start, end])
        rows = cursor.fetchall()
        if not rows:
            return 0
        number, latitude, longitude, *places, exact = np.array(rows, np.float64).T
        old = np.array(places).T.astype(np.int64)
        new = _places(atlas, latitude, longitude, old, exact > 0)
        changed = np.flatnonzero((old != new).any(axis=1))
        if len(changed):
            columns = [number.astype(np.int64)[changed], *new[changed].T]
            cursor.execute(_WRITE, [column.tolist() for column in columns])
    return len(changed)


def _places(
    atlas: Atlas, latitude: NDArray[np.float64], longitude: NDArray[np.float64], old: Columns, exact: NDArray[np.bool_]
) -> Columns:
    """Land, Kreis, town and quarter of n reports, shape (n, 4), 0 for none.

    Reports whose point is known get a town of their Kreis; those filed for a town or quarter keep it. A point outside
    of every Kreis, farther than `locate` reaches, counts for the Kreis of its town.
    """
    new = old.copy()
    district = atlas.districts.holding_many(latitude, longitude)
    inside = district > 0
    new[inside, 1] = district[inside]
    new[inside, 0] = [atlas.land_of_district[number] for number in district[inside].tolist()]
    home = np.array([atlas.district_of_town.get(town, 0) for town in old[:, 2].tolist()])
    for row in np.flatnonzero(~inside | (exact & (home != district))).tolist():
        there = atlas.locate(float(latitude[row]), float(longitude[row]))
        if there is None:
            new[row, 1] = home[row]
            continue
        new[row, :2] = (there.land_id, there.district_id or (0 if exact[row] else home[row]))
        if exact[row]:
            new[row, 2:] = (there.town_id or 0, there.quarter_id or 0)
    return new
