import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.base.packing import DAILY, DETAIL, NETWORKS, PLAIN, RAW, Layout, pack, unpack

LAYOUTS = (PLAIN, NETWORKS, DETAIL, DAILY, RAW)
layouts = st.sampled_from(LAYOUTS)


def read(packed: bytes, layout: Layout) -> dict[int, int]:
    counts: dict[int, int] = {}
    for key, count in zip(*(column.tolist() for column in unpack(packed, layout)), strict=True):
        counts[key] = counts.get(key, 0) + count
    return counts


@given(layouts, st.dictionaries(st.integers(0, 2047), st.integers(1, 200_000), max_size=20))
def test_what_is_packed_comes_back(layout: Layout, counts: dict[int, int]) -> None:
    keys, values = (np.array(list(column), np.int64) for column in (counts.keys(), counts.values()))
    packed = pack(keys, values, layout)
    assert len(packed) % layout.bytes == 0
    assert read(packed, layout) == counts


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_largest_key_fits(layout: Layout) -> None:
    day, value, cell = ((1 << bits) - 1 for bits in (layout.day_bits, layout.value_bits, layout.cell_bits))
    key = layout.key(np.array([day]), np.array([value]), np.array([cell]))
    assert read(pack(key, np.array([layout.largest]), layout), layout) == {int(key[0]): layout.largest}


def test_joined_rows_add_up() -> None:
    row = pack(np.array([3, 5]), np.array([1, 70_000]), PLAIN)
    assert read(row + row, PLAIN) == {3: 2, 5: 140_000}
