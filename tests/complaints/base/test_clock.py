import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.base import clock

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def parsed(text: str) -> datetime:
    return clock.parse(text, now=NOW, zone=BERLIN)


def test_a_time_without_offset_is_german_time() -> None:
    assert parsed("2026-11-23T13:30") == datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    assert parsed("2026-07-01T13:30") == datetime(2026, 7, 1, 11, 30, tzinfo=UTC)


def test_a_german_way_of_writing_is_understood() -> None:
    for text in ("23.11.2026 13:30", "23.11.2026, 13:30"):
        assert parsed(text) == datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    assert parsed("1.9.2026") == datetime(2026, 9, 1, 10, 0, tzinfo=UTC)


def test_the_new_day_is_taken_just_after_midnight() -> None:
    midnight = datetime(2026, 11, 22, 23, 7, tzinfo=UTC)
    assert clock.parse("2026-11-23", now=midnight, zone=BERLIN) == midnight


def test_an_offset_is_obeyed() -> None:
    assert parsed("2026-11-23T12:00:00Z") == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_day_alone_is_its_noon_but_never_later_than_now() -> None:
    assert parsed("2026-11-22") == datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    assert parsed("2026-11-23") <= NOW


def test_a_clock_that_runs_a_little_ahead_counts_as_now() -> None:
    assert parsed((NOW + timedelta(minutes=10)).isoformat()) == NOW


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("gestern", clock.NotATimeError),
        ("", clock.NotATimeError),
        ("2026-13-01", clock.NotATimeError),
        ("1970-01-01T00:00", clock.TooEarlyError),
        ("0001-01-01T00:00:00+14:00", clock.TooEarlyError),
        ("2026-11-23T15:00Z", clock.TooLateError),
        ("9999-12-31T23:59:59-14:00", clock.TooLateError),
    ],
)
def test_it_refuses_what_is_no_time_or_out_of_range(text: str, error: type[ValueError]) -> None:
    with pytest.raises(error):
        parsed(text)


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_one_of_three_errors(text: str) -> None:
    with contextlib.suppress(clock.NotATimeError, clock.TooEarlyError, clock.TooLateError):
        assert parsed(text) <= NOW
