"""How reports move from status to status."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from complaints.reports.models import Report
from complaints.reports.news import Cause, StatusChange
from complaints.reports.status import TRANSITIONS, Status
from complaints.reports.transitions import (
    NotAllowedError,
    Voices,
    mark_answered,
    mark_unanswered,
    move,
    spoken,
)
from tests.builders import a_report

pytestmark = pytest.mark.django_db


def fresh(report: Report) -> Report:
    return Report.objects.get(number=report.number)


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_it_moves_only_along_the_table(before: Status, after: Status) -> None:
    report = a_report(status=before)
    if after == before:
        assert not move(report=report.number, after=after, cause=Cause.SITE)
    elif after in TRANSITIONS[before]:
        assert move(report=report.number, after=after, cause=Cause.SITE, by="Team")
    else:
        with pytest.raises(NotAllowedError):
            move(report=report.number, after=after, cause=Cause.SITE)
    moved = after in TRANSITIONS[before] and after != before
    assert fresh(report).status == (after if moved else before)
    assert StatusChange.objects.filter(report=report, before=before, after=after).count() == moved


def test_it_leaves_a_report_alone_that_moved_meanwhile() -> None:
    report = a_report(status=Status.REOPENED)
    assert not move(report=report.number, after=Status.CONFIRMED, cause=Cause.ECHO, before=Status.ANSWERED)
    assert fresh(report).status == Status.REOPENED


def test_an_open_report_has_no_answer() -> None:
    report = a_report(status=Status.STILL_BAD, answered_at=timezone.now())
    move(report=report.number, after=Status.REOPENED, cause=Cause.REPORT)
    assert fresh(report).answered_at is None


def test_it_marks_a_cluster_with_a_row_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    reports = [a_report() for _ in range(40)]
    numbers, at = [report.number for report in reports], timezone.now()
    with django_assert_num_queries(6):  # savepoint, lock, time, status, rows, savepoint
        moved = mark_answered(numbers=[*numbers, numbers[0]], at=at, by="Max", fixed=False)
    assert moved == numbers
    assert set(Report.objects.values_list("status", "answered_at")) == {("answered", at)}
    assert StatusChange.objects.filter(cause=Cause.ANSWER, by="Max").count() == 40


def test_the_first_answer_keeps_its_time_and_a_second_may_say_fixed() -> None:
    report, first = a_report(), timezone.now() - timedelta(days=2)
    mark_answered(numbers=[report.number], at=first, by="Max", fixed=False)
    assert mark_answered(numbers=[report.number], at=timezone.now(), by="Max", fixed=True) == [report.number]
    assert (fresh(report).answered_at, fresh(report).status) == (first, Status.SAID_FIXED)
    assert mark_answered(numbers=[report.number], at=timezone.now(), by="Max", fixed=False) == []


def test_a_dispute_opens_it_again() -> None:
    report = a_report()
    mark_answered(numbers=[report.number], at=timezone.now(), by="Max", fixed=False)
    mark_unanswered(numbers=[report.number], at=timezone.now(), cause=Cause.DISPUTE)
    assert (fresh(report).answered_at, fresh(report).status) == (None, Status.REOPENED)


@pytest.mark.parametrize(
    ("status", "voices", "after"),
    [
        (Status.SAID_FIXED, Voices(2, 0, 2, 0), Status.CONFIRMED),
        (Status.ANSWERED, Voices(2, 0, 2, 0), Status.CONFIRMED),
        (Status.SAID_FIXED, Voices(1, 0, 1, 0), None),
        (Status.SAID_FIXED, Voices(9, 3, 2, 3), Status.STILL_BAD),
        (Status.SAID_FIXED, Voices(2, 2, 2, 2), Status.STILL_BAD),
        (Status.SAID_FIXED, Voices(0, 1, 0, 1), None),
        (Status.CONFIRMED, Voices(0, 2, 0, 2), Status.STILL_BAD),
        (Status.ANSWERED, Voices(0, 9, 0, 5), None),
        (Status.STILL_BAD, Voices(0, 2, 0, 2), Status.REOPENED),
        (Status.STILL_BAD, Voices(3, 0, 3, 0), Status.CONFIRMED),
        (Status.FILED, Voices(5, 5, 5, 0), None),
    ],
)
def test_customers_decide_by_the_thresholds(status: Status, voices: Voices, after: Status | None) -> None:
    assert spoken(status, voices) == after


def test_whatever_customers_ask_for_may_follow() -> None:
    counts = [Voices(works, bad, 3, lately) for works in (0, 3) for bad in (0, 3) for lately in (0, 5)]
    asked = {(status, spoken(status, voices)) for status in Status for voices in counts}
    moves = [(before, after) for before, after in asked if after]
    assert len(moves) > 4
    assert all(after in TRANSITIONS[before] for before, after in moves)


def test_the_page_shows_every_change_with_its_time(client: Client) -> None:
    report = a_report()
    mark_answered(numbers=[report.number], at=timezone.now(), by="Max von O2", fixed=True)
    move(report=report.number, after=Status.STILL_BAD, cause=Cause.ECHO)
    page = client.get(f"/fall/{report.number}/").text
    assert page.count("<time") >= 4
    assert "Max von O2" in page
    assert "Kunden sagen: immer noch schlecht" in page
