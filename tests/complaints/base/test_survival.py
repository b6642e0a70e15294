import numpy as np
import pytest

from complaints.base import survival
from complaints.base.survival import DAY, HOUR, Curve, Waits

ENDED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
CENSORED = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
PUBLISHED = [
    (6, 0.8571, 0.6197, 0.9516),
    (7, 0.8067, 0.5631, 0.9228),
    (10, 0.7529, 0.5032, 0.8894),
    (13, 0.6902, 0.4316, 0.8491),
    (16, 0.6275, 0.3675, 0.8049),
    (22, 0.5378, 0.2678, 0.7468),
    (23, 0.4482, 0.1881, 0.6801),
]


def waits(ended: dict[int, int], waiting: dict[int, int]) -> Waits:
    rows = [(m, True, n) for m, n in ended.items()] + [(m, False, n) for m, n in waiting.items()]
    minutes, done, counts = zip(*rows, strict=True)
    return Waits(np.array(minutes, float), np.array(done, bool), np.array(counts, np.int64))


@pytest.fixture
def remission() -> Curve:
    """Weeks in remission under 6-mercaptopurine (E. J. Freireich et al., Blood 21, 1963; E. A. Gehan, 1965)."""
    minutes = np.array(ENDED + CENSORED, float)
    ended = np.arange(len(minutes)) < len(ENDED)
    return Curve(Waits(minutes, ended, np.ones(len(minutes), np.int64)))


@pytest.mark.parametrize(("week", "still", "low", "high"), PUBLISHED)
def test_it_agrees_with_the_published_remission_times(
    remission: Curve, week: int, still: float, low: float, high: float
) -> None:
    """The table with log-log intervals as in D. G. Kleinbaum and M. Klein, Survival Analysis."""
    found = remission.ended_by(week)
    assert (1 - found.value, 1 - (found.high or 0), 1 - (found.low or 0)) == pytest.approx((still, low, high), abs=5e-5)


def test_it_finds_the_published_median(remission: Curve) -> None:
    median = remission.median()
    assert median is not None
    assert (median.value, median.low, median.high) == (23, 13, None)


def test_equal_waits_counted_together_are_the_same_as_one_by_one(remission: Curve) -> None:
    counted = Curve(waits({6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1}, dict.fromkeys(CENSORED, 1) | {32: 2}))
    assert counted.ended_by(22) == remission.ended_by(22)


def test_silence_counts_as_still_waiting() -> None:
    """The mean of what was answered would call this one minute."""
    found = survival.speed(waits({1: 10}, {8 * DAY: 90}))
    assert found is not None
    assert [round(share.value, 2) for share in found.shares if share] == [0.1] * 4
    assert (found.median, found.waiting) == (None, 90)


def test_nobody_answered() -> None:
    found = survival.speed(waits({}, {8 * DAY: 40}))
    assert found is not None
    share = found.shares[0]
    assert share is not None
    assert (share.value, share.low) == (0, 0)
    assert share.high == pytest.approx(0.0881, abs=1e-4)  # Clopper and Pearson, 0 of 40
    assert found.median is None


def test_everybody_at_once() -> None:
    found = survival.speed(waits({5: 40}, {}))
    assert found is not None
    assert found.median == survival.Estimate(5, 5, 5)
    share = found.shares[0]
    assert share is not None
    assert (share.value, share.high) == (1, 1)
    assert share.low == pytest.approx(0.9119, abs=1e-4)


def test_a_median_lies_after_those_who_were_only_watched_early() -> None:
    found = survival.speed(waits({100: 20, 200: 20}, {3: 10}))
    assert found is not None
    assert found.median == survival.Estimate(100, 100, 200)


@pytest.mark.parametrize(("count", "told"), [(0, False), (29, False), (30, True)])
def test_it_says_nothing_about_few(count: int, told: bool) -> None:
    assert (survival.speed(waits({1: count}, {})) is not None) is told


def test_it_says_nothing_about_a_time_that_few_were_watched_for() -> None:
    found = survival.speed(waits({10: 20}, {2 * HOUR: 40}))
    assert found is not None
    assert [share is not None for share in found.shares] == [True, False, False, False]


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_its_interval_covers_the_truth_about_as_often_as_it_says(share: float) -> None:
    """Exponential waits seen for a uniform time; the truth at one hour is known."""
    generator, hits, rounds = np.random.default_rng(7), 0, 400
    for _ in range(rounds):
        wait = generator.exponential(-HOUR / np.log(1 - share), 120)
        seen = generator.uniform(0, 4 * HOUR, 120)
        sample = Waits(np.minimum(wait, seen), wait <= seen, np.ones(120, np.int64))
        found = Curve(sample).ended_by(HOUR)
        hits += (found.low or 0) <= share <= (found.high or 1)
    assert 0.92 <= hits / rounds <= 0.975
