from dataclasses import fields

import numpy as np

from complaints.base.packing import RAW
from complaints.base.tilerows import FAMILIES, Batch, Sheet, sheet_of, sheets_of
from complaints.base.zorder import encode

EVERYWHERE_ON_EARTH = [(-46.4, 168.3), (52.5, 13.4), (64.1, -21.9), (-54.8, -68.3), (35.7, 139.7)]


def a_batch(points: list[tuple[float, float]], days: list[int], sign: int = 1) -> Batch:
    ones = np.ones(len(points), np.int64)
    keys = np.array([encode(*point) for point in points])
    places = np.zeros((len(points), 4), np.int32)
    return Batch(keys, np.array(days), ones * 60_000, ones, ones * 0, places, ones * sign)


def entries(sheet: Sheet) -> list[tuple[int, ...]]:
    return list(zip(*(getattr(sheet, field.name).tolist() for field in fields(Sheet)), strict=True))


def test_grouping_counts_reports_from_all_over_the_world() -> None:
    raw = next(family for family in FAMILIES if family.layout == RAW)
    batch = a_batch(EVERYWHERE_ON_EARTH * 2, [1, 9000, 15_000, 20_000, 20_500] * 2)
    sheet = sheet_of(batch, raw, 64).grouped()
    assert sheet.count.tolist() == [2] * 5
    assert entries(sheet) == sorted(entries(sheet))
    assert set(sheet.tile.tolist()) == set((batch.zorder >> 26).tolist())


def test_a_report_and_its_removal_leave_nothing() -> None:
    both = zip(
        sheets_of(a_batch([(52.5, 13.4)], [20_000])), sheets_of(a_batch([(52.5, 13.4)], [20_000], sign=-1)), strict=True
    )
    for (_, more), (_, fewer) in both:
        assert len(more)
        assert not len(Sheet.joined([more, fewer]).grouped())


def test_coarser_blocks_hold_the_same_reports() -> None:
    family = FAMILIES[0]
    batch = a_batch(EVERYWHERE_ON_EARTH * 40, [20_000 + n for n in range(200)])
    daily = sheet_of(batch, family, 1).grouped()
    assert entries(daily.coarser(64)) == entries(sheet_of(batch, family, 64).grouped())
