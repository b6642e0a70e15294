"""Did it help? Reports around the place of a kept promise, before and after, against comparable places."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from math import log
from typing import Any

from django.utils import timezone

from complaints import reading
from complaints.base.effects import Counts, Effect, effect
from complaints.carriers.queries import carriers
from complaints.figures.queries import PlaceRow, place_rows
from complaints.places.models import Kind
from complaints.reports.models import TROUBLE_BITS
from operators.posts.models import Promise, PromiseState

LONGEST, SHORTEST = 56, 14
"""Days before and after; the day of the measure itself counts to neither."""
COMPARED, TIMES = 30, 3
"""At most so many places are compared, none of them so many times larger or smaller."""
COLUMNS = {Kind.TOWN.value: "town_id", Kind.DISTRICT.value: "district_id"}


def effects(promises: Iterable[Promise], today: date | None = None) -> dict[int, Effect]:
    """The effects of the kept promises among these, by id; two queries for all of them, none where none is kept.

    Left out: places other than towns and Kreise, and promises kept less than SHORTEST days ago.
    """
    today, rows = today or timezone.localdate(), place_rows()
    kept = [
        p for p in promises if _span(p, today) >= SHORTEST and p.place_id in rows and rows[p.place_id].kind in COLUMNS
    ]
    if not kept:
        return {}
    promised = set(Promise.objects.values_list("place_id", flat=True))
    compared = {p.pk: comparable(rows[p.place_id], rows.values(), promised) for p in kept}
    counts = _counts(kept, compared, today)
    nothing = Counts(0, 0)
    return {
        p.pk: effect(
            counts[p.pk].get(p.place_id, nothing), [counts[p.pk].get(other, nothing) for other in compared[p.pk]]
        )
        for p in kept
    }


def _span(promise: Promise, today: date) -> int:
    """How many whole days before and after can be compared."""
    if promise.state != PromiseState.KEPT or promise.settled_on is None:
        return 0
    return min(LONGEST, (today - promise.settled_on).days - 1)


def comparable(place: PlaceRow, rows: Iterable[PlaceRow], promised: set[int]) -> list[int]:
    """The COMPARED places of the same kind that are most like it in inhabitants, without a promise about them.

    Fewer where there are not so many within TIMES its inhabitants: nothing is like Berlin.
    """
    size = log(max(1, place.population))
    peers = [row for row in rows if row.kind == place.kind and row.population and row.id not in promised]
    like = [row for row in peers if abs(log(row.population) - size) <= log(TIMES)]
    like.sort(key=lambda row: (abs(log(row.population) - size), row.id))
    return [row.id for row in like[:COMPARED] if row.id != place.id]


_COUNTS = """
    SELECT asked.promise, asked.place,
           count(*) FILTER (WHERE report.happened_on < asked.settled),
           count(*) FILTER (WHERE report.happened_on > asked.settled)
    FROM unnest(%(promise)s::bigint[], %(place)s::bigint[], %(network)s::int[], %(mask)s::int[], %(settled)s::date[],
                %(span)s::int[], %(kind)s::text[]) AS asked(promise, place, network, mask, settled, span, kind)
    JOIN complaints_report report ON report.network_id = asked.network
     AND report.happened_on BETWEEN asked.settled - asked.span AND asked.settled + asked.span
     AND report.hidden_at IS NULL AND report.withdrawn_at IS NULL AND report.held_at IS NULL
     AND report.problems & asked.mask > 0
     AND report.{column} = asked.place AND asked.kind = '{kind}'
    GROUP BY 1, 2
"""


def _counts(kept: list[Promise], compared: dict[int, list[int]], today: date) -> dict[int, dict[int, Counts]]:
    """By promise and place; one statement of index range scans, a branch for each kind of place."""
    rows, networks = place_rows(), {row.id: row.network_id for row in carriers()}
    columns: dict[str, list[Any]] = defaultdict(list)
    for promise in kept:
        for place in (promise.place_id, *compared[promise.pk]):
            columns["promise"].append(promise.pk)
            columns["place"].append(place)
            columns["network"].append(networks[promise.carrier_id])
            columns["mask"].append(promise.problems or TROUBLE_BITS)
            columns["settled"].append(promise.settled_on)
            columns["span"].append(_span(promise, today))
            columns["kind"].append(rows[place].kind)
    branches = (_COUNTS.format(kind=kind, column=column) for kind, column in COLUMNS.items())
    found: dict[int, dict[int, Counts]] = defaultdict(dict)
    with reading.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(branches), dict(columns))
        for promise, place, before, after in cursor.fetchall():
            found[promise][place] = Counts(before, after)
    return found
