"""Days that hold most of what happened."""

import numpy as np
import pytest

from complaints.base.spells import densest


@pytest.mark.parametrize(
    ("counts", "base", "found"),
    [
        ([], 0, None),
        ([5], 5, (5, 0, 1)),
        ([0, 0, 9, 0, 0, 1], 10, (9, 2, 2)),
        ([0, 4, 5, 0, 9, 0], 18, (18, 0, 6)),
        ([1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 3], 10, (7, 0, 7)),
        ([3, 0, 0, 0, 0, 0, 0, 3], 6, None),
        ([3, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 3], 9, (6, 0, 7)),
        ([6], 20, None),
    ],
    ids=str,
)
def test_the_shortest_stretch_with_more_than_half(
    counts: list[int], base: int, found: tuple[int, int, int] | None
) -> None:
    assert densest(np.array(counts, np.int64), base) == found
