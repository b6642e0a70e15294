"""Compares the map's read model with a plain GROUP BY over the reports."""

from collections.abc import Iterator

import numpy as np
from django.db import connection
from psycopg import Cursor

from complaints.base import blocks
from complaints.base.tilerows import DETAIL_LAYER, EVERY_NETWORK, FAMILIES, PLACES, Family, Sheet
from complaints.maps import rows
from complaints.maps.rebuilding import snapshot
from complaints.reports.models import WORKS_BIT

SHOWN = 5
WORKS = f"(problems = {WORKS_BIT})::int"
NETWORK_AND_WORKS = f"(network_id::int << 1 | {WORKS})"
_COLUMNS = (
    "zorder, happened_on - date '1970-01-01' AS day, carrier_id, network_id, problems,"
    " land_id, district_id, town_id, quarter_id"
)
_EXPECTED = """
    SELECT {layer}, {bucket}, {tile}, ({offset} << {value_bits} | {value}) << {cell_bits} | {cell}, sum(sign)::bigint
    FROM (
        SELECT 1 AS sign, {columns} FROM complaints_report
        WHERE hidden_at IS NULL AND withdrawn_at IS NULL AND held_at IS NULL
        UNION ALL SELECT -sign, {columns} FROM complaints_tallychange
    ) AS counted {joins}
    GROUP BY 1, 2, 3, 4
"""
_DETAIL = "JOIN complaints_combination AS c USING (carrier_id, network_id, problems)"
_PLAIN = "CROSS JOIN LATERAL (VALUES (0), (network_id)) AS l(layer)"
_PLACES = (
    " JOIN LATERAL (VALUES (0), (land_id), (district_id), (town_id), (quarter_id)) AS place(id) ON place.id IS NOT NULL"
)


def verify() -> list[str]:
    """Sentences about what differs, none where all agrees; what waits in the outbox is allowed for.

    About 40 grouped queries over all reports; keeps folds waiting, but nobody else.
    """
    with snapshot():
        return [sentence for family in FAMILIES for span in family.spans for sentence in _compared(family, span)]


def _compared(family: Family, span: int) -> Iterator[str]:
    stored, expected = _stored(family, span), _expected(family, span)
    negative = Sheet(stored.layer, stored.span, stored.tile, stored.bucket, stored.key, -stored.count)
    wrong = Sheet.joined([expected, negative]).grouped()
    for n in range(min(len(wrong), SHOWN)):
        yield (
            f"Zoom {family.zoom}, layer {wrong.layer[n]}, span {span}, tile {wrong.tile[n]}, bucket {wrong.bucket[n]},"
            f" key {wrong.key[n]}: {-wrong.count[n]:+d} of what the reports say."
        )
    if len(wrong) > SHOWN:
        yield f"Zoom {family.zoom}, span {span}: {len(wrong) - SHOWN} more entries differ."


def _stored(family: Family, span: int) -> Sheet:
    layers = "layer = %s" if family.layout.detail else "layer <> %s"
    with Cursor(rows.raw_connection()) as cursor:
        found = cursor.execute(
            "SELECT layer, span, tile, bucket, counts FROM complaints_packedtile"  # noqa: S608  fixed texts only
            f" WHERE zoom = %s AND span = %s AND {layers}",
            [family.zoom, span, DETAIL_LAYER],
            binary=True,
        ).fetchall()
    return rows.unpacked(found, family)


def _expected(family: Family, span: int) -> Sheet:
    with connection.cursor() as cursor:
        cursor.execute(_statement(family, span))
        columns = np.array(cursor.fetchall(), np.int64).reshape(-1, 5).T
    layer, bucket, tile, key, count = columns
    return Sheet(layer, np.full_like(layer, span), tile, bucket, key, count)


def _statement(family: Family, span: int) -> str:
    """Made of numbers and fixed texts only."""
    layout = family.layout
    place = family.zoom == PLACES
    position = "place.id" if place else f"(zorder >> {family.cell_shift})"
    return _EXPECTED.format(
        layer=DETAIL_LAYER if layout.detail else EVERY_NETWORK if layout.networks else "l.layer",
        bucket=0 if span == blocks.ALL else f"day / {span}",
        tile=f"{position} >> {layout.cell_bits}",
        cell=f"({position} & {(1 << layout.cell_bits) - 1})",
        offset=f"(day % {span})::bigint" if layout.day_bits else "0::bigint",
        value="c.id" if layout.detail else NETWORK_AND_WORKS if layout.networks else WORKS,
        value_bits=layout.value_bits,
        cell_bits=layout.cell_bits,
        columns=_COLUMNS,
        joins=(_DETAIL if layout.detail else "" if layout.networks else _PLAIN) + (_PLACES if place else ""),
    )
