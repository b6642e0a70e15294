from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from complaints.base import blocks

days = st.integers(min_value=0, max_value=40_000)


@given(days, st.integers(min_value=0, max_value=5000))
def test_it_cuts_a_window_into_blocks_that_hold_exactly_its_days(first: int, length: int) -> None:
    cut = blocks.cut(first, first + length)
    covered = [day for span, bucket in cut for day in range(span * bucket, span * (bucket + 1))]
    assert sorted(covered) == list(range(first, first + length + 1))


@given(days, st.integers(min_value=0, max_value=1100))
def test_it_needs_few_blocks(first: int, length: int) -> None:
    assert len(blocks.cut(first, first + length)) <= 14 * 3 + 3


def test_an_empty_window_has_no_blocks() -> None:
    assert blocks.cut(5, 4) == []


def test_days_have_numbers_and_come_back() -> None:
    assert blocks.day_number(date(1970, 1, 2)) == 1
    assert blocks.day_of(blocks.day_number(date(2011, 11, 12))) == date(2011, 11, 12)
