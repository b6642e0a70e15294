"""Echoes that wait: the site's staff let them count or drop them, and the public log says so."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.echoes import rulings
from complaints.echoes.models import Echo
from complaints.moderation.models import Decision
from complaints.reports.models import Report
from tests.builders import a_member, a_report, site_staff
from tests.complaints.echoes.test_echoes import an_echo

pytestmark = pytest.mark.django_db
QUEUE = "/intern/complaints/echo/"


def held(report: Report, count: int = 3, **fields: object) -> list[Echo]:
    return [an_echo(report, held_at=timezone.now(), **fields) for _n in range(count)]


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(site_staff())
    return client


def decided(staff: Client, action: str, echo: Echo, **fields: str) -> int:
    data = {"action": action, "_selected_action": [str(echo.pk)], "decide": "1", "index": "0"} | fields
    return staff.post(QUEUE, data).status_code


def test_the_queue_has_a_line_for_each_report(staff: Client) -> None:
    report, other = a_report(), a_report()
    held(report, 2), held(report, 1, kind="still-bad"), held(other, 1), an_echo(a_report())
    page = staff.get(QUEUE).text
    assert page.count('name="_selected_action"') == 2
    assert f"/fall/{report.number}/" in page
    assert "2 × mir auch, 1 × immer noch schlecht" in page


def test_released_echoes_count_and_the_log_says_so(staff: Client, client: Client) -> None:
    report = a_report()
    waiting = held(report)
    assert "Echos zum Fall: 3" in client.get("/moderation/").text
    assert decided(staff, "release", waiting[0], note="Ein Fest am See") == 302
    report.refresh_from_db()
    assert report.echoes == 3
    log = client.get("/moderation/").text
    assert "Ein Fest am See" in log
    assert f"Echos zum Fall Nr. {report.number:,}".replace(",", ".") in log
    assert "Ein Fest am See" in client.get("/moderation/feed/").text


def test_dropping_needs_a_reason(staff: Client) -> None:
    report = a_report()
    waiting = held(report)
    assert decided(staff, "drop", waiting[0]) == 422
    assert Echo.objects.count() == 3
    assert decided(staff, "drop", waiting[0], reason="advertising") == 302
    assert not Echo.objects.exists()
    report.refresh_from_db()
    assert report.echoes == 0
    assert Decision.objects.get().reason == "advertising"


def test_deciding_twice_is_one_decision() -> None:
    report = a_report()
    held(report)
    assert [rulings.release(report=report.number, by="a"), rulings.release(report=report.number, by="a")] == [3, 0]
    assert rulings.drop(report=report.number, reason="other", by="a") == 0
    assert Decision.objects.count() == 1


def test_nobody_else_finds_the_queue() -> None:
    waiting, client = held(a_report()), Client()
    assert client.get(QUEUE).status_code == 302
    client.force_login(a_member("o2"))
    assert client.get(QUEUE).status_code == 404
    assert decided(client, "release", waiting[0]) == 404
    assert Echo.objects.held().count() == 3


def test_the_queue_takes_the_same_queries_for_many(staff: Client) -> None:
    held(a_report())
    staff.get(QUEUE)
    with CaptureQueriesContext(connection) as few:
        staff.get(QUEUE)
    for _n in range(5):
        held(a_report())
    with CaptureQueriesContext(connection) as many:
        staff.get(QUEUE)
    assert len(many) == len(few)
