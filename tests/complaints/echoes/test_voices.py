"""Customers move reports after an answer: by taps and by new reports nearby."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from complaints.echoes.models import Echo
from complaints.echoes.tasks import let_reports_speak
from complaints.reports.models import Report
from complaints.reports.news import Cause, StatusChange
from complaints.reports.status import Status
from complaints.reports.transitions import mark_answered
from tests.builders import MUENSTER, a_report

pytestmark = pytest.mark.django_db
NEAR, FAR = (MUENSTER[0] + 0.003, MUENSTER[1]), (MUENSTER[0] + 0.006, MUENSTER[1])


def an_answered(*problems: str, fixed: bool = True, **fields: Any) -> Report:
    """A report of three days ago, answered yesterday."""
    report = a_report(*problems, at=timezone.now() - timedelta(days=3), **fields)
    mark_answered(numbers=[report.number], at=timezone.now() - timedelta(days=1), by="Max", fixed=fixed)
    return report


def taps(report: Report, kind: str, count: int, ago: timedelta = timedelta(hours=1)) -> None:
    at = timezone.now() - ago
    for n in range(count):
        then = at + timedelta(seconds=n)
        Echo.objects.create(report=report, submission=uuid4(), kind=kind, happened_at=then, received_at=then)


def status(report: Report) -> str:
    return Report.objects.values_list("status", flat=True).get(number=report.number)


def test_two_taps_confirm() -> None:
    fixed, answered, single = an_answered(), an_answered("sms", fixed=False), an_answered("dropped")
    taps(fixed, "works-again", 2)
    taps(answered, "works-again", 2)
    taps(single, "works-again", 1)
    assert let_reports_speak() == 2
    assert [status(report) for report in (fixed, answered, single)] == ["confirmed", "confirmed", "said-fixed"]
    assert StatusChange.objects.filter(report=fixed, cause=Cause.ECHO, after=Status.CONFIRMED).count() == 1


def test_two_taps_contradict_and_two_more_reopen() -> None:
    report = an_answered()
    taps(report, "still-bad", 1)
    taps(report, "me-too", 1)
    let_reports_speak()
    assert status(report) == "still-bad"
    assert let_reports_speak() == 0  # the same voices are not heard twice
    StatusChange.objects.filter(after=Status.STILL_BAD).update(changed_at=timezone.now() - timedelta(minutes=30))
    taps(report, "still-bad", 2, ago=timedelta(minutes=5))
    let_reports_speak()
    assert status(report) == "reopened"
    assert Report.objects.get(number=report.number).answered_at is None


def test_what_was_said_before_the_answer_does_not_count() -> None:
    report = an_answered()
    taps(report, "still-bad", 5, ago=timedelta(days=2))
    assert let_reports_speak() == 0
    assert status(report) == "said-fixed"


def test_the_newest_voices_decide() -> None:
    report = an_answered()
    taps(report, "works-again", 6, ago=timedelta(hours=5))
    taps(report, "still-bad", 3, ago=timedelta(hours=1))
    let_reports_speak()
    assert status(report) == "still-bad"


def test_new_reports_nearby_contradict() -> None:
    report = an_answered("dropped")
    a_report("dropped", "sms", point=NEAR)
    a_report("dropped", carrier="blau", point=MUENSTER)
    assert let_reports_speak() == 1
    assert status(report) == "still-bad"
    assert StatusChange.objects.get(report=report, after="still-bad").cause == Cause.REPORT


@pytest.mark.parametrize(
    "other",
    [
        {"problems": ("sms",)},
        {"point": FAR},
        {"carrier": "vodafone"},
        {"at": timezone.now() - timedelta(days=2)},
        {"precision": "town"},
        {"hidden_at": timezone.now()},
    ],
    ids=str,
)
def test_other_reports_do_not(other: dict[str, Any]) -> None:
    report, fields = an_answered("dropped"), dict(other)
    problems = fields.pop("problems", ("dropped",))
    for _ in range(3):
        a_report(*problems, **fields)
    let_reports_speak()
    assert status(report) == "said-fixed"


def test_an_answer_that_promises_nothing_is_not_contradicted() -> None:
    report = an_answered(fixed=False)
    taps(report, "still-bad", 4)
    a_report(point=NEAR)
    assert let_reports_speak() == 0
    assert status(report) == "answered"


def test_the_tap_of_a_visitor_counts(client: Client) -> None:
    report = an_answered()
    for _ in range(2):
        client.post(f"/fall/{report.number}/echo/", {"kind": "works-again"})
    let_reports_speak()
    assert "Kunden bestätigen: geht wieder" in client.get(f"/fall/{report.number}/").text
