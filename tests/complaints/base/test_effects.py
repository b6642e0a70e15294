"""Planted measures: what they changed is found, and the interval covers the truth as often as it says."""

import numpy as np
import pytest

from complaints.base.effects import Counts, Verdict, effect

CASES = 1000
PLACES = 20


def planted(truth: float, dispersion: float, seed: int) -> list[tuple[float, float, Verdict]]:
    """(low, high, verdict) of CASES measures that multiply the rate by `truth`, in a country that changes by itself.

    With a dispersion of 1 the counts are Poisson; above it their variance is that many times their mean, by a negative
    binomial distribution.
    """
    generator, found = np.random.default_rng(seed), []

    def drawn(mean: float) -> int:
        if dispersion == 1:
            return int(generator.poisson(mean))
        return int(generator.negative_binomial(mean / (dispersion - 1), 1 / dispersion))

    for _ in range(CASES):
        trend = generator.uniform(0.6, 1.6)
        rates = generator.uniform(15, 80, PLACES)
        others = [Counts(drawn(rate), drawn(rate * trend)) for rate in rates]
        place = Counts(drawn(60), drawn(60 * trend * truth))
        result = effect(place, others)
        assert result.low is not None
        assert result.high is not None
        found.append((result.low, result.high, result.verdict))
    return found


@pytest.mark.parametrize("dispersion", [1, 2, 4])
@pytest.mark.parametrize("truth", [0.4, 0.7, 1.0, 1.5])
def test_the_interval_covers_the_truth_as_often_as_it_says(truth: float, dispersion: float) -> None:
    cases = planted(truth, dispersion, seed=int(100 * truth + dispersion))
    covered = sum(low <= truth <= high for low, high, _verdict in cases) / CASES
    print(f"truth {truth}, dispersion {dispersion}: {covered:.3f}")
    assert 0.93 <= covered <= 0.975


def test_a_measure_that_did_nothing_is_seldom_praised_or_blamed() -> None:
    verdicts = [verdict for *_, verdict in planted(1.0, 2, seed=11)]
    assert verdicts.count(Verdict.BETTER) <= 0.04 * CASES
    assert verdicts.count(Verdict.WORSE) <= 0.04 * CASES


def test_a_measure_that_halved_the_trouble_is_mostly_found() -> None:
    verdicts = [verdict for *_, verdict in planted(0.4, 1, seed=12)]
    assert verdicts.count(Verdict.BETTER) >= 0.9 * CASES
    assert not verdicts.count(Verdict.WORSE)


def test_what_changed_everywhere_is_no_merit() -> None:
    found = effect(Counts(100, 50), [Counts(100, 50)] * 10)
    assert (found.verdict, round(found.ratio or 0, 2)) == (Verdict.CANNOT_TELL, 1.0)


def test_the_ratio_of_ratios() -> None:
    found = effect(Counts(200, 50), [Counts(100, 100)] * 10)
    assert found.ratio == pytest.approx(0.25, abs=0.005)
    assert found.change == pytest.approx(-75, abs=0.5)
    assert found.verdict == Verdict.BETTER


@pytest.mark.parametrize(
    ("counts", "others"),
    [
        (Counts(10, 9), [Counts(50, 50)] * 5),
        (Counts(50, 50), [Counts(50, 50)] * 2),
        (Counts(50, 50), [Counts(4, 4)] * 4),
        (Counts(50, 50), []),
        (Counts(50, 50), [Counts(50, 50)] * 2 + [Counts(0, 0)] * 9),
    ],
)
def test_too_few_are_said_to_be_too_few(counts: Counts, others: list[Counts]) -> None:
    found = effect(counts, others)
    assert (found.verdict, found.ratio, found.low, found.high) == (Verdict.TOO_FEW, None, None, None)
