"""Which packed rows answer a selection: the cheapest kept zoom, layers and blocks of days."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from complaints.base import blocks
from complaints.base.blocks import ALL
from complaints.base.packing import Layout
from complaints.base.selection import Selection
from complaints.base.tilerows import DETAIL_LAYER, EVERY_NETWORK, FAMILIES, PLACES
from complaints.reports.models import WORKS_BIT

COUNTED_ZOOMS = (5, 8, 11)
FINEST_COUNTED = 14
LAST_DAY = 512 * 128 - 1
"""An open end is the end of a large block, so that it needs no small ones."""

LAYOUTS: dict[tuple[int, bool, int], Layout] = {
    (family.zoom, family.layout.detail, span): family.layout for family in FAMILIES for span in family.spans
}
"""Layout of a stored row by its zoom, whether its layer is the detail layer, and its span."""


@dataclass(frozen=True)
class Range:
    """Rows of one layer and span whose buckets lie from `low` to `high`, both included."""

    layer: int
    span: int
    low: int
    high: int


@dataclass(frozen=True)
class Plan:
    """Rows of stored zoom `zoom` to add up; of rows that hold days, only the days `first` to `last` count."""

    zoom: int
    first: int
    last: int
    columns: tuple[str, str, str, str]
    """Layers, spans, lows and highs of the ranges as PostgreSQL arrays."""


def is_plain(selection: Selection) -> bool:
    """Whether counts by network alone are enough."""
    return not selection.carriers and selection.problems in (0, WORKS_BIT)


def is_live(selection: Selection) -> bool:
    """Whether the selection looks at things that no packed row knows."""
    return bool(selection.place or selection.cell or selection.area or selection.text)


@lru_cache(maxsize=4096)
def plan(zoom: int, selection: Selection) -> Plan:
    """The plan for tiles of a zoom up to 14, or for places (PLACES; plain selections only)."""
    first = max(blocks.day_number(selection.since), 0) if selection.since else 0
    last = blocks.day_number(selection.until) if selection.until else LAST_DAY
    stored = _stored_zoom(zoom, selection)
    if stored < zoom:
        ranges = [Range(DETAIL_LAYER, 64, first // 64, last // 64)]
    else:
        ranges = list(_ranges(stored, selection, first, last))
    return Plan(stored, first, last, _columns(ranges))


def plan_of(zoom: int, layer: int, wanted: list[tuple[int, int]]) -> Plan:
    """The plan for given blocks (span, bucket) of one layer, each by itself; neighbours should stand together."""
    ranges = [Range(layer, span, buckets.start, buckets.stop - 1) for span, buckets in _runs(sorted(wanted))]
    return Plan(zoom, 0, LAST_DAY, _columns(ranges))


def _columns(ranges: list[Range]) -> tuple[str, str, str, str]:
    layers, spans, lows, highs = (
        _array([getattr(r, name) for r in ranges]) for name in ("layer", "span", "low", "high")
    )
    return layers, spans, lows, highs


def daily(selection: Selection, first: int, last: int) -> Plan:
    """The rows of single days of all places, for windows that are cut afterwards; plain selections only."""
    columns = [_array([number]) for number in (EVERY_NETWORK, 1, first, last)]
    return Plan(PLACES, first, last, (columns[0], columns[1], columns[2], columns[3]))


def _stored_zoom(zoom: int, selection: Selection) -> int:
    if zoom == PLACES:
        return PLACES
    if zoom > COUNTED_ZOOMS[-1]:
        whole = is_plain(selection) and not (selection.since or selection.until)
        return FINEST_COUNTED if whole else COUNTED_ZOOMS[-1]
    return next(kept for kept in COUNTED_ZOOMS if kept >= zoom)


def _ranges(zoom: int, selection: Selection, first: int, last: int) -> Iterator[Range]:
    """Whole blocks from the selection's own layers; edges of the window from the dated rows of the detail layer."""
    plain = is_plain(selection)
    layers = (selection.networks or (EVERY_NETWORK,)) if plain else (DETAIL_LAYER,)
    if plain and not (selection.since or selection.until):
        every = LAYOUTS[zoom, not plain, ALL].networks
        yield from (Range(layer, ALL, 0, 0) for layer in ((EVERY_NETWORK,) if every else layers))
        return
    finest = 64 if zoom == COUNTED_ZOOMS[-1] else 1 if plain else 8
    low, high = -(-first // finest), (last + 1) // finest
    spans = tuple(span for span in blocks.SPANS if span >= finest)
    for span, buckets in _runs(blocks.cut(low * finest, high * finest - 1, spans)):
        every = LAYOUTS[zoom, not plain, span].networks
        yield from (
            Range(layer, span, buckets.start, buckets.stop - 1) for layer in ((EVERY_NETWORK,) if every else layers)
        )
    for edge in {first // finest} - {low} | {last // finest} - {high - 1}:
        yield Range(DETAIL_LAYER, finest, edge, edge)


def _runs(cut: list[tuple[int, int]]) -> Iterator[tuple[int, range]]:
    """Neighbouring blocks of one span as one run."""
    starts = [n for n in range(len(cut)) if n == 0 or cut[n] != (cut[n - 1][0], cut[n - 1][1] + 1)]
    for start, end in pairwise([*starts, len(cut)]):
        yield cut[start][0], range(cut[start][1], cut[end - 1][1] + 1)


def _array(numbers: list[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"
