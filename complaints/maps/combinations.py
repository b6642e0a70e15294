"""Numbers for the combinations of carrier, network and problems that occur, at most 65,535 of them."""

from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from complaints.base.memo import for_seconds
from complaints.base.packing import COMBINATION_BITS, NETWORK_BITS, Integers
from complaints.maps.models import Combination


class CombinationsError(OverflowError):
    """The packed rows have no bits for so many combinations, or for a network whose id is above 255."""


@dataclass(frozen=True)
class Table:
    """What each number means, as columns indexed by the number; unused numbers have carrier 0."""

    carrier: Integers
    network: Integers
    problems: Integers

    def __len__(self) -> int:
        return len(self.carrier)


def codes(carrier: Integers, network: Integers, problems: Integers) -> Integers:
    """One integer for each combination."""
    return (carrier << 32) | (network << 16) | problems


@for_seconds(3600)
def table() -> Table:
    """All combinations; kept in the process, since numbers never change their meaning and only grow."""
    rows = list(Combination.objects.order_by("id").values_list("id", "carrier_id", "network_id", "problems"))
    columns = np.zeros((3, rows[-1][0] + 1 if rows else 1), np.int64)
    for number, *values in rows:
        columns[:, number] = values
    return Table(*columns)


def table_up_to(number: int) -> Table:
    """The table, read again where this process has not met a number yet."""
    if number >= len(table()):
        table.clear()
    return table()


def numbers_of(wanted: Integers) -> NDArray[np.int64]:
    """The numbers of n codes, shape (n,); new ones are stored. The caller holds the lock of the read model."""
    unique, inverse = np.unique(wanted, return_inverse=True)
    known = _stored()
    missing = [code for code in unique.tolist() if code not in known]
    if missing:
        Combination.objects.bulk_create(
            Combination(carrier_id=code >> 32, network_id=code >> 16 & 0xFFFF, problems=code & 0xFFFF)
            for code in missing
        )
        known = _stored()
    networks = unique >> 16 & 0xFFFF
    if max(known.values(), default=0) >> COMBINATION_BITS or (networks >> NETWORK_BITS).any():
        raise CombinationsError
    numbers: NDArray[np.int64] = np.array([known[code] for code in unique.tolist()], np.int64)[inverse]
    return numbers


def _stored() -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (carrier_id::bigint << 32) | (network_id::bigint << 16) | problems, id FROM complaints_combination"
        )
        return dict(cursor.fetchall())
