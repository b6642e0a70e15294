"""Time cut into blocks of 1, 8, 64 and 512 days, so that any window of whole days is a few of them.

Day 0 is 1 January 1970. A block (span, bucket) holds the days from span * bucket up to span * (bucket + 1) - 1; the
span ALL holds every day. A window of n days needs at most 14 blocks of each of the three small spans.
"""

from datetime import date, timedelta

EPOCH = date(1970, 1, 1)
ALL = 0
SPANS = (512, 64, 8, 1)


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    return EPOCH + timedelta(days=number)


def cut(first: int, last: int, spans: tuple[int, ...] = SPANS) -> list[tuple[int, int]]:
    """The fewest blocks (span, bucket) that hold exactly the days first to last, both included.

    `spans` must fall and end with 1; an empty window gives no block.
    """
    if first > last:
        return []
    span, finer = spans[0], spans[1:]
    low, high = -(-first // span), (last + 1) // span
    if low >= high:
        return cut(first, last, finer) if finer else []
    whole = [(span, bucket) for bucket in range(low, high)]
    if not finer:
        return whole
    return cut(first, low * span - 1, finer) + whole + cut(high * span, last, finer)
