"""A report that waits: with script the browser's work releases it, without script or where that fails the question."""

import re
from unittest import mock

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from complaints.base import limits
from complaints.base.keys import key_for
from complaints.moderation.models import SpentPuzzle
from complaints.reports.models import Report
from tests.browser.test_offline import KEPT, at, filled, submit
from tests.builders import a_report

NUMBERS = ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]


@pytest.fixture
def report(transactional_db: None) -> Report:
    return a_report(held_at=timezone.now(), held_reason="device")


def receipt(report: Report) -> str:
    return f"/fall/{report.number}/beleg/?key={key_for('change', report.number)}"


def answer_question(page: Page) -> None:
    words = re.search(r"Wie viel ist (\S+) plus (\S+)\?", page.locator("main").inner_text())
    assert words
    page.get_by_label("Wie viel ist").fill(str(sum(NUMBERS.index(word) + 2 for word in words.groups())))
    page.get_by_role("button", name="Antworten").click()


def expect_counted(page: Page, report: Report) -> None:
    expect(page.get_by_role("heading", name="Angekommen. Sie wartet")).to_have_count(0)
    report.refresh_from_db()
    assert (report.held_at, SpentPuzzle.objects.filter(right=True).count()) == (None, 1)


def test_with_script_a_report_is_released_by_itself(phone: Page, report: Report) -> None:
    phone.goto(receipt(report))
    expect_counted(phone, report)


def test_without_script_the_question_releases_it(plain: Page, report: Report) -> None:
    plain.goto(receipt(report))
    answer_question(plain)
    expect_counted(plain, report)


@pytest.mark.parametrize("broken", ["**/pbkdf2.js", "**/antwort/**"], ids=["no worker", "no network"])
def test_where_the_work_fails_the_question_stays(phone: Page, report: Report, problems: list[str], broken: str) -> None:
    phone.route(broken, lambda route: route.abort())
    phone.goto(receipt(report))
    expect(phone.get_by_role("status")).to_have_text("Von selbst ging es gerade nicht. Beantworte bitte die Frage.")
    phone.unroute(broken)
    answer_question(phone)
    expect_counted(phone, report)
    assert all("ERR_FAILED" in problem for problem in problems)
    problems.clear()


def test_a_report_that_was_sent_in_the_background_is_released_there(phone: Page, problems: list[str]) -> None:
    phone.set_default_timeout(30_000)
    at(phone)
    phone.context.set_offline(True)
    filled(phone, "Im Funkloch geschrieben.")
    submit(phone)
    expect(phone.locator(KEPT)).to_be_visible()
    with mock.patch.object(limits, "PER_ADDRESS", 0), phone.expect_response("**/antwort/**"):
        phone.context.set_offline(False)
    report = Report.objects.get()
    assert (report.held_reason, report.held_at) == ("address", None)
    assert SpentPuzzle.objects.get().right
    assert all("ERR_INTERNET_DISCONNECTED" in problem for problem in problems)
    problems.clear()
