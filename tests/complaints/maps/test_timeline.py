"""The bars of the time slider."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from complaints.base.selection import Selection
from complaints.maps import timeline
from complaints.maps.tasks import fold_all
from complaints.maps.windows import slider
from tests.builders import a_report

pytestmark = pytest.mark.django_db


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_it_counts_by_week_before_and_after_the_fold() -> None:
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday() + 14)
    for days in (0, 6, 7):
        a_report(at=at(monday + timedelta(days=days)))
    a_report("works", at=at(monday))
    before = timeline.bars()
    fold_all()
    timeline.bars.clear()
    assert [(bar.first, bar.count) for bar in timeline.bars()[:2]] == [(monday, 2), (monday + timedelta(days=7), 1)]
    assert timeline.bars() == before


def test_it_draws_years_of_silence_as_one_break() -> None:
    a_report(at=at(date(2011, 11, 16)))
    a_report()
    story, silence, *_, now = timeline.bars()
    assert (story.count, story.is_break) == (1, False)
    assert (silence.first, silence.count, silence.is_break) == (date(2011, 11, 21), 0, True)
    assert (now.count, now.last) == (1, timezone.localdate())


def test_it_counts_by_month_where_there_are_years_of_reports() -> None:
    today = timezone.localdate()
    for month in range(30):
        a_report(at=at(today - timedelta(days=31 * month)))
    fold_all()
    found = timeline.bars()
    assert sum(bar.count for bar in found) == 30
    assert {bar.first.day for bar in found[1:]} == {1}
    assert 28 <= len(found) <= 32


def test_its_bars_add_up_to_the_reports_of_any_days() -> None:
    days = [date(2011, 11, 12), date(2011, 12, 31), date(2012, 1, 1), date(2012, 2, 29)]
    for day in days:
        a_report(at=at(day))
    fold_all()
    a_report(at=at(days[0]))
    for bar in timeline.bars():
        assert bar.count == sum(bar.first <= day <= bar.last for day in [*days, days[0]])


def test_the_slider_stands_where_the_days_of_the_address_are() -> None:
    a_report(at=at(date(2011, 11, 16)))
    a_report()
    whole = slider(QueryDict(""), Selection())
    assert (whole.low, whole.high) == (0, whole.last)
    story = slider(
        QueryDict("von=2011-01-01&bis=2011-11-20"), Selection(since=date(2011, 1, 1), until=date(2011, 11, 20))
    )
    assert (story.low, story.high) == (0, 0)


def test_it_has_no_bars_without_reports() -> None:
    assert timeline.bars() == ()
    assert slider(QueryDict(""), Selection()).low == 0
