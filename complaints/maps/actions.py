"""Keeps the map's read model up to date: folds the news of reports into the packed tiles."""

from typing import Any

import numpy as np
from django.db import connection, transaction

from complaints.base import blocks
from complaints.base.tilerows import Batch, Sheet, sheets_of
from complaints.maps import combinations, rows
from complaints.reports.models import WORKS_BIT

_CHANGES = """
    WITH oldest AS (SELECT id FROM complaints_tallychange ORDER BY id LIMIT %s)
    DELETE FROM complaints_tallychange AS t USING oldest WHERE t.id = oldest.id
    RETURNING t.zorder, t.happened_on - %s, t.carrier_id, t.network_id, t.problems, t.sign,
        t.land_id, coalesce(t.district_id, 0), coalesce(t.town_id, 0), coalesce(t.quarter_id, 0)
"""


def fold_changes(limit: int = 1000) -> int:
    """Moves the oldest `limit` changes into the packed tiles; returns how many there were. Safe to run twice at once.

    Two folds, or a fold and a rebuild, wait for each other. Readers see a change either in the outbox or in the tiles.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [rows.LOCK])
        cursor.execute(_CHANGES, [limit, blocks.EPOCH])
        changes = cursor.fetchall()
        if changes:
            _fold(batch_of(np.array(changes, np.int64)))
    return len(changes)


def _fold(batch: Batch) -> None:
    for family, changed in sheets_of(batch):
        if len(changed):
            rows.put(family, Sheet.joined([changed, rows.take(family, changed)]).grouped())


def batch_of(columns: np.ndarray[Any, Any]) -> Batch:
    """The batch of n changes, rows of _CHANGES, shape (n, 10); numbers new combinations."""
    key, day, carrier, network, problems, sign = columns[:, :6].T
    return Batch(
        zorder=key,
        day=day,
        combination=combinations.numbers_of(combinations.codes(carrier, network, problems)),
        network=network,
        works=(problems == WORKS_BIT).astype(np.int64),
        places=columns[:, 6:].astype(np.int32),
        sign=sign,
    )
