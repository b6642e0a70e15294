import pytest

from complaints.base import chance


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)
def test_poisson_interval_agrees_with_the_published_table(count: int, low: float, high: float) -> None:
    """Garwood's limits as tabulated by Ulm (1990), American Journal of Epidemiology 131."""
    assert chance.poisson_interval(count) == pytest.approx((low, high), abs=0.001)


def test_mannheim_leads_berlin_by_rate() -> None:
    mannheim, berlin = chance.rate_per_100k(306, 314_000), chance.rate_per_100k(1224, 3_502_000)
    assert mannheim is not None
    assert berlin is not None
    assert round(mannheim.value) == 97
    assert mannheim.low > berlin.high


def test_nobody_lives_there() -> None:
    assert chance.rate_per_100k(3, 0) is None


def test_excess_chance_is_the_binomial_tail() -> None:
    # 3 of 4 events in the present of 2 equal periods: P(X >= 3), X ~ B(4, 1/2), is 5/16.
    assert chance.excess_chance(3, 1, 1) == pytest.approx(5 / 16)
    assert chance.excess_chance(0, 9, 52) == 1.0
    assert chance.excess_chance(37, 4 * 52, 52) < 1e-15


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),
        (1, 10, 0.0025, 0.4450),
        (8, 10, 0.4439, 0.9748),
        (15, 148, 0.0578, 0.1617),
        (9, 9, 0.6637, 1),
    ],
)
def test_share_interval_agrees_with_published_limits(count: int, base: int, low: float, high: float) -> None:
    """Clopper and Pearson's chart of n = 10; 15 of 148 from R. G. Newcombe (1998), Statistics in Medicine 17."""
    assert chance.share_interval(count, base) == pytest.approx((low, high), abs=1e-4)
