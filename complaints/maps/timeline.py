"""How many reports came when: the bars of the map's time slider."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import numpy as np
from django.utils import timezone

from complaints.base import blocks, packing
from complaints.base.memo import for_seconds
from complaints.base.tilerows import EVERY_NETWORK
from complaints.maps import reading
from complaints.maps.plans import COUNTED_ZOOMS, LAYOUTS, plan_of
from complaints.reports.models import WORKS_BIT
from complaints.reports.queries import days

ZOOM = COUNTED_ZOOMS[0]
LONG = 64
FEW_LONG_BLOCKS = 13
"""Where reports lie in at most so many blocks of 64 days (about two years), a bar is a week, else a month."""
GAP = 8
"""So many bars without a report in a row are drawn as one break."""


@dataclass(frozen=True)
class Bar:
    """A week, a month, or a break: its first and last day, its reports of trouble, its height in percent."""

    first: date
    last: date
    count: int
    height: float
    is_break: bool


Period = tuple[date, date]


@for_seconds(60)
def bars() -> tuple[Bar, ...]:
    """Reports of trouble of all networks by week or month, up to today; three statements, once a minute a process."""
    first, last = days()
    if first is None or last is None:
        return ()
    today = max(last, timezone.localdate())
    long = {
        day // LONG for day, count in _daily([(LONG, n) for n in range(_day(first) // LONG, _day(today) // LONG + 1)])
    }
    periods = list(_weeks(first, today) if len(long) <= FEW_LONG_BLOCKS else _months(first, today))
    counts = _counts(periods, long)
    top = max(counts, default=0)
    return tuple(
        Bar(max(start, first), min(end, today), count, 100 * (count / top) ** 0.5 if top else 0.0, is_break)
        for start, end, count, is_break in _with_breaks(periods, counts)
    )


_day = blocks.day_number


def is_silent(first: date, last: date) -> bool:
    """Whether nobody anywhere reported trouble in the weeks or months of some days: then none is no news."""
    return not any(bar.count and bar.first <= last and bar.last >= first for bar in bars())


def _weeks(first: date, last: date) -> Iterator[Period]:
    start = first - timedelta(days=first.weekday())
    while start <= last:
        yield start, start + timedelta(days=6)
        start += timedelta(days=7)


def _months(first: date, last: date) -> Iterator[Period]:
    start = first.replace(day=1)
    while start <= last:
        after = (start + timedelta(days=31)).replace(day=1)
        yield start, after - timedelta(days=1)
        start = after


def _counts(periods: list[Period], long: set[int]) -> list[int]:
    """Reports of each period; only the blocks of 64 days in `long` are looked into."""
    found = [0] * len(periods)
    wanted: list[tuple[int, int]] = []
    starts = [_day(start) for start, _end in periods]
    for start, end in periods:
        if any(block in long for block in range(_day(start) // LONG, _day(end) // LONG + 1)):
            wanted += blocks.cut(_day(start), _day(end), (8, 1))
    for day, count in _daily(wanted):
        n = int(np.searchsorted(starts, day, "right")) - 1
        if 0 <= n < len(found):
            found[n] += count
    return found


def _daily(wanted: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """(first day, reports of trouble) of the blocks (span, bucket) that hold any, and of what is not folded yet."""
    for layer, span, _tile, bucket, packed in reading.wide(plan_of(ZOOM, EVERY_NETWORK, wanted)):
        if layer == reading.PENDING_LAYER:
            changes = np.frombuffer(packed or b"", reading.PENDING)
            trouble = changes["problems"] != WORKS_BIT
            yield from zip(changes["day"][trouble].tolist(), changes["sign"][trouble].tolist(), strict=True)
            continue
        layout = LAYOUTS[ZOOM, False, span]
        keys, counts = packing.unpack(packed, layout)
        trouble = (keys >> layout.cell_bits) & 1 == 0
        if total := int(counts[trouble].sum()):
            yield bucket * span, total


def _with_breaks(periods: list[Period], counts: list[int]) -> Iterator[tuple[date, date, int, bool]]:
    """The periods with their counts; long runs without a report as one."""
    rows = zip(periods, counts, strict=True)
    for is_empty, run in groupby(rows, key=lambda row: row[1] <= 0):
        found = list(run)
        if is_empty and len(found) >= GAP:
            yield found[0][0][0], found[-1][0][1], 0, True
            continue
        for (start, end), count in found:
            yield start, end, max(count, 0), False
