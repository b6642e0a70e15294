"""Draws for synthetic data: exact shares, moments of a plausible day, sets of problems with given totals."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

ZONE = ZoneInfo("Europe/Berlin")
DAY = 86_400

Rng = np.random.Generator
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Reports an hour of the day (local time) and a weekday, Monday first, relative to each other.
HOURS = np.array(
    [9, 5, 3, 2, 2, 5, 16, 38, 52, 54, 55, 56, 60, 56, 53, 55, 62, 72, 78, 74, 66, 56, 38, 20], dtype=np.float64
)
WEEKDAYS = np.array([1.08, 1.06, 1.05, 1.07, 1.05, 0.85, 0.80])


def apportion(weights: Floats, total: int) -> Ints:
    """`total` split in proportion to n weights, to the unit (largest remainders); shape (n,)."""
    exact = weights / weights.sum() * total
    counts: Ints = np.floor(exact).astype(np.int64)
    missing = total - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:missing]] += 1
    return counts


def choose(rng: Rng, weights: Mapping[str, float], size: int) -> list[str]:
    """`size` keys drawn by their weights."""
    names = list(weights)
    shares = np.array(list(weights.values()))
    return [names[n] for n in rng.choice(len(names), size, p=shares / shares.sum())]


@cache
def _shifts(first: int, last: int) -> tuple[Ints, Ints]:
    """Moments (seconds since 1970) from which on local time is ahead of UTC by so many seconds."""
    moments, offsets = [first], [_offset(first)]
    for moment in range(first - first % 3600, last + 3600, 3600):
        offset = _offset(moment)
        if offset != offsets[-1]:
            moments.append(moment)
            offsets.append(offset)
    return np.array(moments), np.array(offsets)


def _offset(moment: int) -> int:
    shift = datetime.fromtimestamp(moment, ZONE).utcoffset()
    return int(shift.total_seconds()) if shift else 0


def local_days(seconds: Ints) -> Ints:
    """The local day (days since 1970) of moments in seconds since 1970; exact also around clock changes."""
    year = 366 * DAY
    moments, offsets = _shifts(int(seconds.min()) // year * year, (int(seconds.max()) // year + 1) * year)
    ahead = offsets[np.searchsorted(moments, seconds, side="right") - 1]
    days: Ints = (seconds + ahead) // DAY
    return days


def seconds_of(moment: datetime) -> int:
    return int(moment.timestamp())


def moment_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def midnight(day: date) -> int:
    """The begin of a local day in seconds since 1970."""
    return seconds_of(datetime(day.year, day.month, day.day, tzinfo=ZONE))


def moments_of_days(rng: Rng, days: list[date]) -> Ints:
    """A moment on each local day, by the usual hours; seconds since 1970, shape (n,)."""
    starts = {day: midnight(day) for day in set(days)}
    ends = {day: midnight(day + timedelta(days=1)) - 1 for day in starts}
    hours = rng.choice(24, len(days), p=HOURS / HOURS.sum())
    found = np.array([starts[day] for day in days]) + hours * 3600 + rng.integers(0, 3600, len(days))
    clipped: Ints = np.minimum(found, np.array([ends[day] for day in days]))
    return clipped


def moments_between(rng: Rng, start: int, end: int, size: int, trend: float = 0.0) -> Ints:
    """Moments in [start, end) by the usual hours and weekdays, sorted; `trend` is the growth over the whole time.

    Drawn by local hour, so that a half-filled first or last day gets its share.
    """
    hours = np.arange(start - start % 3600, end, 3600, dtype=np.int64)
    local = hours + np.array([_offset(int(hour)) for hour in hours])
    days = (local // DAY).astype(np.int64)
    weights = HOURS[local % DAY // 3600] * WEEKDAYS[(days + 3) % 7]
    weights = weights * np.linspace(1, 1 + trend, len(hours))
    covered = np.minimum(hours + 3600, end) - np.maximum(hours, start)
    counts = rng.multinomial(size, weights * covered / (weights * covered).sum())
    low = np.repeat(np.maximum(hours, start), counts)
    found: Ints = low + (rng.random(size) * np.repeat(covered, counts)).astype(np.int64)
    found.sort()
    return found


def gaps(rng: Rng, offline: NDArray[np.bool_]) -> Ints:
    """Seconds from the trouble to the arrival of its report: mostly under a minute, hours where nothing got through.

    `offline` marks reports whose phone had no data connection; shape (n,).
    """
    size = len(offline)
    kind = rng.random(size) - 0.22 * offline
    at_once = 4 + rng.exponential(22, size)
    soon = 60 * (1 + rng.exponential(6, size))
    later = 60 * rng.lognormal(np.log(95), 0.8, size)
    next_day = 3600 * rng.uniform(8, 44, size)
    found = np.select([kind > 0.40, kind > 0.17, kind > -0.12], [at_once, soon, later], next_day)
    return found.astype(np.int64)


def when_it_happened(received: Ints, gap: Ints) -> Ints:
    """The customer's clock: to the second if sent at once, else the minute a person remembers; never after arrival."""
    happened = received - gap
    return np.where(gap < 60, happened, happened // 60 * 60)


def submissions(rng: Rng, size: int) -> NDArray[np.uint8]:
    """Random UUIDs of version 4 as bytes, shape (size, 16)."""
    found = rng.integers(0, 256, (size, 16), dtype=np.uint8)
    found[:, 6] = found[:, 6] & 0x0F | 0x40
    found[:, 8] = found[:, 8] & 0x3F | 0x80
    return found


def uuids(rng: Rng, size: int) -> list[UUID]:
    return [UUID(bytes=row.tobytes()) for row in submissions(rng, size)]


def ticks(rng: Rng, scores: Floats, totals: Ints) -> NDArray[np.bool_]:
    """Which of n reports tick which of k kinds, shape (n, k): column sums are exactly `totals`, every row has a tick.

    The reports with the highest scores get a kind; a report left without one takes over a tick of its likeliest kind
    from a report that has several. Needs sum(totals) >= n.
    """
    size, kinds = scores.shape
    found = np.zeros((size, kinds), dtype=np.bool_)
    for kind in range(kinds):
        found[np.argsort(-scores[:, kind], kind="stable")[: totals[kind]], kind] = True
    for empty in np.flatnonzero(~found.any(axis=1)):
        for kind in np.argsort(-scores[empty], kind="stable"):
            givers = np.flatnonzero(found[:, kind] & (found.sum(axis=1) > 1))
            if len(givers):
                found[rng.choice(givers), kind] = False
                found[empty, kind] = True
                break
    return found
