"""The database states the rules: each of them is tried to be broken."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from complaints.reports.models import Report
from complaints.reports.news import TallyChange
from tests.builders import a_report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "broken",
    [
        {"problems": 0},
        {"problems": 256 + 1},
        {"problems": 512},
        {"latitude": 91.0},
        {"longitude": -181.0},
        {"latitude": float("nan")},
        {"zorder": -1},
        {"zorder": 1 << 48},
        {"happened_at": timezone.now() + timedelta(days=3)},
        {"text": "x" * 4001},
        {"technology": "x" * 9},
    ],
)
def test_a_broken_report_is_refused(broken: dict[str, Any]) -> None:
    report = a_report()
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Report.objects.filter(number=report.number).update(**broken)


def test_a_submission_is_one_report() -> None:
    key = uuid4()
    a_report(submission=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_report(submission=key)


def test_news_count_one_in_or_one_out() -> None:
    a_report()
    with pytest.raises(IntegrityError), transaction.atomic():
        TallyChange.objects.update(sign=2)
