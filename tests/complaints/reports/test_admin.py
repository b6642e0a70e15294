import pytest
from django.test import Client

from complaints.reports.news import TallyChange
from operators.members.models import User
from tests.builders import a_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chef", "chef@example.org", "geheim"))
    return client


@pytest.mark.parametrize(
    "page", ["", "complaints/report/", "complaints/carrier/", "complaints/place/", "operators/user/"]
)
def test_staff_can_read_every_list(staff: Client, page: str) -> None:
    a_report()
    assert staff.get(f"/intern/{page}").status_code == 200


def test_strangers_are_sent_to_the_log_in(client: Client) -> None:
    response = client.get("/intern/complaints/report/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/intern/konto/login/")


def test_staff_hide_and_show_a_report(staff: Client, client: Client) -> None:
    report = a_report()
    for action, hidden, news in (("hide", True, 0), ("show", False, 1)):
        sent = {"action": action, "_selected_action": [report.number], "decide": "1", "reason": "private"}
        staff.post("/intern/complaints/report/", sent)
        report.refresh_from_db()
        assert (report.hidden_at is not None) is hidden
        assert sum(TallyChange.objects.values_list("sign", flat=True)) == news


def test_words_of_customers_are_not_edited(staff: Client) -> None:
    report = a_report(text="Mein Wort")
    page = staff.get(f"/intern/complaints/report/{report.number}/change/")
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()


@pytest.mark.parametrize(("words", "found"), [("Bahnhof", 1), ("bahnhöfe", 1), ("Keller", 0)])
def test_reports_are_found_by_their_words(staff: Client, words: str, found: int) -> None:
    report = a_report(text="Am Bahnhof geht nichts")
    a_report(text="Im Zug")
    page = staff.get("/intern/complaints/report/", {"q": words}).content.decode()
    assert page.count("Am Bahnhof geht nichts") == found
    assert "Im Zug" not in page
    assert "Am Bahnhof" in staff.get("/intern/complaints/report/", {"q": str(report.number)}).content.decode()
