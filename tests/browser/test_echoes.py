"""One tap in a real browser, and the question before a report that others have filed."""

import pytest
from playwright.sync_api import Locator, Page, expect

from complaints.echoes.models import Echo
from complaints.reports.actions import withdraw_report
from complaints.reports.models import Report
from tests.builders import MUENSTER, a_report

LAPSED = """() => new Promise((resolve) => {
  const opening = indexedDB.open("einzelfall", 1);
  opening.onsuccess = () => {
    const table = opening.result.transaction("outbox", "readwrite").objectStore("outbox");
    table.getAll().onsuccess = (event) => {
      for (const row of event.target.result) table.put({ ...row, next: 0, tried: 0 });
    };
    table.transaction.oncomplete = resolve;
  };
})"""
"""What two minutes without its page do to a report that is held."""


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_one_tap_counts_and_thanks(request: pytest.FixtureRequest, site: str, script: bool) -> None:
    report = a_report("dropped")
    page: Page = request.getfixturevalue("phone" if script else "plain")
    page.goto(f"/fall/{report.number}/")
    if script:
        page.wait_for_selector("[data-outbox][data-ready]", state="attached")
    page.get_by_role("button", name="Mir auch").click()
    expect(page.get_by_text("Einmal: mir auch")).to_be_visible()
    expect(page.get_by_text("Dein „Mir auch“ zählt hier mit. Damit hat dieser Fall ein Echo.")).to_be_visible()
    assert Echo.objects.get().report_id == report.number
    page.goto(f"/fall/{report.number}/")
    expect(page.get_by_role("button", name="Geht wieder")).to_be_enabled()
    if script:
        expect(page.get_by_role("button", name="Mir auch")).to_be_disabled()


@pytest.mark.parametrize("yes", [True, False], ids=["it is this", "it is another"])
def test_a_form_without_script_asks_whether_it_is_this(plain: Page, yes: bool) -> None:
    other = a_report("dropped")
    plain.goto(f"/melden/?carrier=o2&problems=dropped&lat={MUENSTER[0]}&lon={MUENSTER[1]}")
    plain.get_by_role("button", name="Meldung absenden").click()
    expect(plain.get_by_role("heading", name="Ist es das hier?")).to_be_visible()
    plain.get_by_role("button", name="Ja, mir auch" if yes else "Nein, eigene Meldung").click()
    plain.wait_for_url("**/fall/**")
    assert (Echo.objects.filter(report=other).count(), Report.objects.count()) == ((1, 1) if yes else (0, 2))


def asked(page: Page) -> Locator:
    """Sends the filled form; the question that the page shows instead of it."""
    page.goto(f"/melden/?carrier=o2&problems=dropped&lat={MUENSTER[0]}&lon={MUENSTER[1]}")
    page.wait_for_selector("[data-outbox][data-ready]", state="attached")
    page.get_by_role("button", name="Meldung absenden").click()
    return page.locator("[data-question]")


def test_with_script_a_report_without_like_ones_is_filed_at_once(phone: Page) -> None:
    a_report("sms")
    asked(phone)
    phone.wait_for_url("**/beleg/**")
    assert Report.objects.count() == 2


def test_with_script_yes_makes_an_echo(phone: Page) -> None:
    other = a_report("dropped")
    question = asked(phone)
    expect(question.get_by_role("heading", name="Ist es das hier?")).to_be_focused()
    expect(question).to_contain_text("Gespräche brechen ab")
    expect(question).to_contain_text("Münster")
    expect(phone.locator("form.report-form")).to_be_hidden()
    number = f"{other.number:,}".replace(",", ".")
    question.get_by_role("button", name=f"Ja, das ist es (Nr. {number})").press("Enter")
    expect(phone.get_by_text("Dein „Mir auch“ zählt hier mit.")).to_be_visible()
    assert (Echo.objects.get().report_id, Report.objects.count()) == (other.number, 1)


def test_with_script_no_files_the_own_report(phone: Page) -> None:
    a_report("dropped")
    asked(phone).get_by_role("button", name="Nein, meine Meldung abschicken").press("Enter")
    phone.wait_for_url("**/beleg/**")
    assert (Echo.objects.count(), Report.objects.count()) == (0, 2)


def test_nobody_sends_while_the_question_stands_and_a_closed_page_asks_no_more(phone: Page) -> None:
    a_report("dropped")
    expect(asked(phone)).to_be_visible()
    other = phone.context.new_page()
    other.goto("/melden/aufgehoben/")
    other.get_by_role("button", name="Jetzt senden").click()
    phone.evaluate("dispatchEvent(new Event('online'))")
    other.wait_for_timeout(1500)
    assert Report.objects.count() == 1
    phone.close()
    other.evaluate(LAPSED)
    other.reload()
    expect(other.get_by_role("link", name="Nr. ")).to_have_count(1)
    assert (Echo.objects.count(), Report.objects.count()) == (0, 2)


def test_an_echo_that_comes_too_late_is_the_report_again(phone: Page, problems: list[str]) -> None:
    other = a_report("dropped")
    question = asked(phone)
    expect(question).to_be_visible()
    withdraw_report(report=other)
    question.get_by_role("button", name="Ja, das ist es").click()
    phone.wait_for_url("**/beleg/**")
    assert "410" in problems.pop()
    assert (Echo.objects.count(), Report.objects.count()) == (0, 2)
