"""Counts packed into bytes: a run of fixed-size little-endian records, each a key above and a count below.

A record has no header, so several packed rows joined together are read like one: keys may repeat, and equal keys add
up. A count too large for its bits takes several records.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
COMBINATION_BITS = 16
NETWORK_BITS = 8


@dataclass(frozen=True)
class Layout:
    """How the records of one family of rows look, from the lowest bit: count, cell, value, day.

    `value` is the number of a Combination where `detail` is set, else 0 for trouble and 1 for works, with the network
    above where `value_bits` leave room for it. `day_bits` is 0, or holds the day inside of the row's block.
    """

    bytes: int
    count_bits: int
    cell_bits: int
    value_bits: int
    day_bits: int = 0

    @cached_property
    def dtype(self) -> np.dtype[np.uint32] | np.dtype[np.uint64]:
        return np.dtype(f"<u{self.bytes}")

    @property
    def detail(self) -> bool:
        return self.value_bits == COMBINATION_BITS

    @property
    def networks(self) -> bool:
        """Whether one row holds all networks, told apart by their id."""
        return self.value_bits == NETWORK_BITS + 1

    @property
    def largest(self) -> int:
        """The largest count of one record."""
        return (1 << self.count_bits) - 1

    def key(self, day: Integers, value: Integers, cell: Integers) -> Integers:
        """Keys of n entries, shape (n,)."""
        return (((day << self.value_bits) | value) << self.cell_bits) | cell


PLAIN = Layout(4, 16, 10, 1)
"""All networks, or one of them: 1024 cells, trouble and works."""
NETWORKS = Layout(4, 13, 10, NETWORK_BITS + 1)
"""1024 cells, trouble and works, each network by itself: one row where a row for each would hold next to nothing."""
DETAIL = Layout(4, 6, 10, COMBINATION_BITS)
"""1024 cells and combinations."""
DAILY = Layout(4, 3, 10, COMBINATION_BITS, day_bits=3)
"""1024 cells, combinations and the days of a block of 8."""
RAW = Layout(8, 8, 16, COMBINATION_BITS, day_bits=6)
"""65,536 cells, combinations and the days of a block of 64."""


def split(counts: Integers, layout: Layout) -> tuple[Integers, Integers]:
    """Positions and counts of the records that n counts of 1 or more need, each of shape (m,), m >= n."""
    records = (counts + (layout.largest - 1)) // layout.largest
    position = np.repeat(np.arange(len(counts)), records)
    if len(position) == len(counts):
        return position, counts
    parts = np.full(len(position), layout.largest, dtype=np.int64)
    parts[np.cumsum(records) - 1] = counts - (records - 1) * layout.largest
    return position, parts


def records(keys: Integers, counts: Integers, layout: Layout) -> NDArray[np.unsignedinteger]:
    """The records of n keys and counts that fit (see `split`)."""
    return ((keys << layout.count_bits) | counts).astype(layout.dtype)


def pack(keys: Integers, counts: Integers, layout: Layout) -> bytes:
    """The bytes of one row; counts must be 1 or more."""
    position, parts = split(counts, layout)
    return records(keys[position], parts, layout).tobytes()


def unpack(packed: bytes, layout: Layout) -> tuple[Integers, Integers]:
    """Keys and counts of one row, or of several joined, each of shape (n,)."""
    values = np.frombuffer(packed, layout.dtype).astype(np.int64)
    return values >> layout.count_bits, values & layout.largest
