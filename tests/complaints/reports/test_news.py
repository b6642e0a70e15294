"""Every path that changes a report leaves its news for the figures, by the database's own triggers."""

import pytest
from django.utils import timezone

from complaints.reports.actions import counted_later
from complaints.reports.models import BITS, Report
from complaints.reports.news import TallyChange
from tests.builders import a_report

pytestmark = pytest.mark.django_db


def signs() -> list[int]:
    return list(TallyChange.objects.order_by("id").values_list("sign", flat=True))


def test_a_new_report_counts_once_with_its_own_columns() -> None:
    report = a_report("sms", carrier="blau")
    news = TallyChange.objects.get()
    for column in ("carrier_id", "network_id", "problems", "happened_on", "zorder", "land_id", "town_id"):
        assert getattr(news, column) == getattr(report, column)


def test_a_hidden_report_is_no_news() -> None:
    a_report(hidden_at=timezone.now())
    assert signs() == []


def test_a_change_that_counts_is_out_and_in_and_any_other_is_nothing() -> None:
    report = a_report("sms")
    Report.objects.update(text="Neu", edited_at=timezone.now(), answered_at=timezone.now())
    assert signs() == [1]
    Report.objects.filter(number=report.number).update(problems=BITS["dropped"])
    assert signs() == [1, -1, 1]


def test_hiding_showing_withdrawing_and_deleting() -> None:
    report = a_report()
    Report.objects.update(hidden_at=timezone.now())
    assert signs() == [1, -1]
    Report.objects.update(withdrawn_at=timezone.now())
    assert signs() == [1, -1]
    Report.objects.update(hidden_at=None, withdrawn_at=None)
    assert signs() == [1, -1, 1]
    report.delete()
    assert signs() == [1, -1, 1, -1]


def test_bulk_writes_may_count_later() -> None:
    with counted_later():
        a_report()
    assert signs() == []
