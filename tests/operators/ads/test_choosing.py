"""Who is shown how often: paces, shares, caps, in small; the whole month is a benchmark."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from operators.ads.asking import Asked, Page
from operators.ads.choosing import FINISH, Turns, behind, choose
from operators.ads.slots import Device, PageKind, Slot
from operators.ads.stock import Booking, Payer
from tests.operators.ads.month import FIRST, Month, booking, seeded, twenty

PAGE = Page(PageKind.HOME, "abc")
ASKED = Asked(PAGE, Slot.LEFT, Device.DESKTOP, "de", FIRST, UUID(int=1))
HOUSE = booking(99, payer=Payer(99, "Einzelfall", "", is_house=True))


def shown(stock: tuple[Booking, ...], times: int = 100, at: datetime | None = None) -> list[int]:
    turns, now, found = Turns(random=seeded()), at or stock[0].begins_at + timedelta(days=3), []
    for _ in range(times):
        choice = choose(stock, ASKED, now, turns)
        found.append(choice.booking.id if choice else 0)
        if choice:
            turns.shown[choice.booking.id] += 1
    return found


def test_it_delivers_a_small_month_as_booked_and_misses_no_cap() -> None:
    month = Month(twenty(3000), page_views=3000, stale=60).run()
    for number, part in month.delivered().items():
        views = month.views[number]
        assert abs(part - 1) <= 0.01 + 4 / views, (number, part, views)
    assert month.overshot() <= 2
    assert month.together <= 1


def test_who_has_a_slot_alone_is_always_shown() -> None:
    stock = (booking(1, exclusive=True), booking(2, share=100), booking(3, booked_views=10_000), booking(4))
    assert set(shown(stock)) == {1}


def test_a_share_is_kept_exactly() -> None:
    found = shown((booking(1, share=30), booking(2, share=20), booking(3)), times=1000)
    assert [found.count(number) for number in (1, 2, 3)] == pytest.approx([300, 200, 500], abs=2)


def test_who_is_behind_comes_first_and_nobody_gets_ahead() -> None:
    stock = (booking(1, booked_views=300), booking(2, booked_views=3000), booking(3))
    found = shown(stock, times=500, at=stock[0].begins_at + timedelta(days=3 * FINISH))
    assert [found.count(number) for number in (1, 2, 3)] == pytest.approx([30, 300, 170], abs=2)


def test_what_is_left_goes_by_weight_and_then_to_the_house() -> None:
    found = shown((booking(1, weight=3), booking(2, weight=1), HOUSE), times=2000)
    assert found.count(1) / found.count(2) == pytest.approx(3, rel=0.2)
    assert set(shown((booking(1, daily_cap=5), HOUSE), times=20)) == {1, 99}
    assert shown((booking(1, language="en"),), times=1) == [0]


def test_a_worker_counts_its_own_showings_between_two_looks_at_the_counts() -> None:
    stock = (booking(1, daily_cap=10, views_today=4), booking(2, total_cap=3))
    found = shown(stock, times=50)
    assert (found.count(1), found.count(2)) == (6, 3)


def test_new_counts_replace_what_a_worker_remembers() -> None:
    turns, now = Turns(random=seeded()), booking(1).begins_at + timedelta(days=1)
    old = (booking(1, daily_cap=2),)
    turns.current(old)
    turns.shown[1] += 2
    assert choose(old, ASKED, now, turns) is None
    assert choose((replace(old[0], views_today=1),), ASKED, now, turns)


def test_what_somebody_sees_who_does_not_count_takes_nobodys_turn() -> None:
    turns, stock = Turns(random=seeded()), (booking(1, share=50), booking(2))
    now = stock[0].begins_at
    choose(stock, ASKED, now, turns)
    before = dict(turns.credits)
    choose(stock, ASKED, now, turns.glance())
    assert turns.credits == before


def test_days_are_whole_days_of_our_time_zone_when_the_clock_changes() -> None:
    spring = booking(1, booked_views=100, starts_on=date(2026, 3, 29), ends_on=date(2026, 3, 29))
    assert spring.begins_at.astimezone(UTC) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert spring.ends_at.astimezone(UTC) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    noon = spring.begins_at.astimezone(UTC) + timedelta(hours=11.5)
    assert behind(spring, noon) == pytest.approx(0.5 / FINISH)
    autumn = replace(spring, starts_on=date(2026, 10, 25), ends_on=date(2026, 10, 25))
    assert autumn.ends_at.astimezone(UTC) - autumn.begins_at.astimezone(UTC) == timedelta(hours=25)
