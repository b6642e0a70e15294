from dataclasses import replace
from datetime import date, timedelta

import pytest

from complaints.base.receipt import Around, Receipt, last_day, spell_before

TODAY = date(2026, 8, 9)


def receipt(week: int, month: int, before: int, weeks: float = 52) -> Receipt:
    return Receipt(Around("circle", "", week, month, week, before, weeks, TODAY))


def test_a_single_report_is_alone_and_claims_no_chance() -> None:
    alone = receipt(week=1, month=1, before=0)
    assert alone.alone
    assert alone.chance is None
    assert not alone.unusual


def test_an_outage_before_the_week_is_no_usual_week() -> None:
    spell = spell_before({0: 3, 19: 30, 20: 11, 60: 2}, TODAY, 120)
    assert spell is not None
    assert (spell.count, spell.base, spell.first, spell.last) == (41, 43, TODAY - timedelta(20), TODAY - timedelta(19))
    found = Receipt(replace(receipt(week=3, month=44, before=43).around, spell=spell))
    assert (found.usual, found.unusual) == (None, False)
    assert Receipt(replace(receipt(week=30, month=50, before=12).around, spell=spell)).unusual  # even against an outage
    assert spell_before({9: 4, 0: 90}, TODAY, 120) is None  # too few to say
    assert spell_before(dict.fromkeys(range(7, 120), 1), TODAY, 120) is None
    assert spell_before({}, TODAY, 0) is None


def test_many_against_few_is_unusual_and_says_one_in_how_many() -> None:
    many = receipt(week=15, month=20, before=4 * 52)
    assert many.usual == 4
    assert many.unusual
    assert many.chance is not None
    assert many.one_in is not None
    assert many.one_in <= 1 / many.chance


def test_as_many_as_usual_is_not_unusual() -> None:
    assert not receipt(week=5, month=20, before=4 * 52).unusual


def test_too_few_weeks_of_data_claim_nothing() -> None:
    young = receipt(week=30, month=30, before=2, weeks=3)
    assert young.usual is None
    assert young.chance is None


def test_it_never_claims_more_than_one_in_a_million() -> None:
    assert receipt(week=500, month=500, before=0).one_in == 1_000_000


@pytest.mark.parametrize("week", [6, 8, 9])
def test_one_in_is_rounded_down_to_two_digits(week: int) -> None:
    found = receipt(week=week, month=week, before=52 * 2)
    assert found.chance is not None
    assert found.one_in is not None
    assert 0.9 / found.chance < found.one_in <= 1 / found.chance
    assert set(str(found.one_in)[2:]) <= {"0"}


@pytest.mark.parametrize(("ago", "left"), [(0, 0), (1, 0), (3, 0), (4, 1), (400, 397), (-1, -1)])
def test_it_counts_up_to_today_as_long_as_its_own_day_is_in_the_week(ago: int, left: int) -> None:
    assert last_day(TODAY - timedelta(days=ago), TODAY) == TODAY - timedelta(days=left)
