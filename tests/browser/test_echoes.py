"""One tap in a real browser, and the question before a report that others have filed."""

import pytest
from playwright.sync_api import Page, expect

from complaints.echoes.models import Echo
from complaints.reports.models import Report
from tests.builders import MUENSTER, a_report


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_one_tap_counts_and_thanks(request: pytest.FixtureRequest, site: str, script: bool) -> None:
    report = a_report("dropped")
    page: Page = request.getfixturevalue("phone" if script else "plain")
    page.goto(f"/fall/{report.number}/")
    if script:
        page.wait_for_selector("[data-outbox][data-ready]", state="attached")
    page.get_by_role("button", name="Mir auch").click()
    expect(page.get_by_text("Ein Mensch: mir auch")).to_be_visible()
    if not script:
        expect(page.get_by_text("Dein „Mir auch“ zählt hier mit.")).to_be_visible()
    assert Echo.objects.get().report_id == report.number


@pytest.mark.parametrize("yes", [True, False], ids=["it is this", "it is another"])
def test_a_form_without_script_asks_whether_it_is_this(plain: Page, yes: bool) -> None:
    other = a_report("dropped")
    plain.goto(f"/melden/?carrier=o2&problems=dropped&lat={MUENSTER[0]}&lon={MUENSTER[1]}")
    plain.get_by_role("button", name="Meldung absenden").click()
    expect(plain.get_by_role("heading", name="Ist es das hier?")).to_be_visible()
    plain.get_by_role("button", name="Ja, mir auch" if yes else "Nein, eigene Meldung").click()
    plain.wait_for_url("**/fall/**")
    assert (Echo.objects.filter(report=other).count(), Report.objects.count()) == ((1, 1) if yes else (0, 2))


def test_with_script_a_report_is_filed_at_once(phone: Page) -> None:
    a_report("dropped")
    phone.goto(f"/melden/?carrier=o2&problems=dropped&lat={MUENSTER[0]}&lon={MUENSTER[1]}")
    phone.wait_for_selector("[data-outbox][data-ready]", state="attached")
    phone.get_by_role("button", name="Meldung absenden").click()
    phone.wait_for_url("**/beleg/**")
    assert Report.objects.count() == 2
