"""Each rule of the limits, by itself, at its border."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from complaints.base import limits, zorder
from complaints.base.limits import Case, Facts, Past, Wave, allowance, is_full, is_wave, judge
from complaints.moderation.models import Reason

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def cell(latitude: float, longitude: float) -> int:
    return zorder.encode(latitude, longitude) >> 2 * (24 - limits.CELL_ZOOM)


MUENSTER, MUNICH = cell(51.962, 7.626), cell(48.137, 11.575)
PLAIN = Facts(cell=MUENSTER, happened_at=NOON)


NOTHING = Past()


def reason(past: Past = NOTHING, wave: Wave = Wave.NONE, **facts: object) -> str:
    return judge(Case(replace(PLAIN, **facts), past, wave)).reason  # type: ignore[arg-type]


def test_a_first_report_counts_at_once_even_without_a_form() -> None:
    assert not judge(Case(PLAIN, Past())).held
    assert reason(doubtful=True) == ""


@pytest.mark.parametrize(
    ("expected", "within", "over", "facts"),
    [
        ("same-text", Past(text_here=2), Past(text_here=3), {}),
        ("same-text", Past(text_anywhere=19), Past(text_anywhere=20), {}),
        ("same-text", Past(text_here=19), Past(text_here=20), {"known_address": False}),
        ("same-second", Past(second=5), Past(second=6), {}),
        ("duplicate", Past(), Past(content=1), {"long_text": True}),
        ("duplicate", Past(content=2), Past(content=3), {}),
        ("device", Past(device=5), Past(device=6), {}),
        ("device", Past(device=2), Past(device=3), {"doubtful": True}),
        ("device", Past(device=11, devices=4), Past(device=12, devices=4), {}),
        ("device", Past(address=100, device=59), Past(address=100, device=60), {}),
        ("address", Past(address=199), Past(address=200), {}),
        ("address", Past(address=499, address_before=200), Past(address=500, address_before=200), {}),
        ("address", Past(address=1199, address_before=9000), Past(address=1200, address_before=9000), {}),
        ("network", Past(network=599), Past(network=600), {}),
        ("network", Past(network=999, network_before=400), Past(network=1000, network_before=400), {}),
        ("cell", Past(cell=149), Past(cell=150), {}),
        ("cell", Past(cell=1499), Past(cell=1500), {"point": False}),
    ],
)
def test_a_limit_holds_from_its_border_on(expected: str, within: Past, over: Past, facts: dict[str, bool]) -> None:
    assert reason(within, Wave.NONE, **facts) == ""
    assert reason(over, Wave.NONE, **facts) == expected


def test_the_trap_is_for_programs() -> None:
    assert reason(trapped=True) == "trap"


def test_in_a_wave_a_form_is_wanted_and_a_connection_keeps_to_its_habits() -> None:
    assert reason(wave=Wave.HIGH) == ""
    assert reason(wave=Wave.HIGH, doubtful=True) == "surge"
    assert reason(Past(address=1), wave=Wave.HIGH) == ""
    assert reason(Past(address=2), wave=Wave.HIGH) == "surge"
    assert reason(Past(address=124, address_before=50), wave=Wave.HIGH) == ""
    assert reason(Past(address=125, address_before=50), wave=Wave.HIGH) == "surge"


def test_in_a_full_wave_only_yesterdays_habits_count() -> None:
    assert reason(wave=Wave.FULL) == "surge"
    assert reason(Past(address=20, address_before=50), wave=Wave.FULL) == "surge", "the hour before may be the flood's"
    assert reason(Past(address=124, address_before=50, address_yesterday=50), wave=Wave.FULL) == ""
    assert reason(Past(address=125, address_before=50, address_yesterday=50), wave=Wave.FULL) == "surge"


def test_two_impossible_journeys_wait_but_not_where_many_share_an_address() -> None:
    far = (MUNICH, NOON - timedelta(minutes=1))
    assert reason(Past(journey=(far,))) == ""
    assert reason(Past(journey=(far, far))) == "travel"
    assert reason(Past(journey=(far, far), devices=4)) == ""
    assert reason(Past(journey=(far, far)), known_address=False) == ""
    by_train = (MUNICH, NOON - timedelta(hours=6))
    assert reason(Past(journey=(by_train, by_train))) == "", "kept on the phone and sent together"


def test_an_address_of_our_own_network_is_no_device_to_count() -> None:
    assert reason(Past(second=50, device=150, content=150, address=150), known_address=False) == ""


def test_allowances_grow_with_the_usual_up_to_a_ceiling() -> None:
    assert [allowance(200, before, 1200) for before in (0, 80, 100, 400, 5000)] == [200, 200, 250, 1000, 1200]
    assert not is_wave(299, 0)
    assert is_wave(300, 0)
    assert not is_wave(499, 100)


def test_a_wave_is_full_by_what_it_let_through_beside_the_same_time_yesterday() -> None:
    assert not is_full(499, 0)
    assert is_full(500, 0)
    assert not is_full(1999, 200)
    assert is_full(2000, 200)


def test_only_what_may_be_honest_is_cleared_by_an_answer() -> None:
    assert {name for name in limits.RULES if limits.Verdict(name).ask} == limits.CLEARED_BY_ANSWER
    assert "trap" not in limits.CLEARED_BY_ANSWER


def test_every_reason_has_a_name_for_staff() -> None:
    assert set(limits.RULES) == set(Reason.values)
