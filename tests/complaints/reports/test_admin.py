from typing import Any

import pytest
from django.test import Client

from complaints.carriers.models import Carrier
from complaints.reports.news import TallyChange
from operators.members.models import User
from tests.builders import a_report

pytestmark = pytest.mark.django_db
LIST = "/intern/complaints/report/"


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


def test_a_decision_that_changes_nothing_does_not_claim_to(staff: Client) -> None:
    report = a_report()
    sent = {"action": "show", "_selected_action": [report.number], "decide": "1"}
    page = staff.post(LIST, sent, follow=True).content.decode()
    assert "Hier war nichts zu tun" in page
    assert "ins öffentliche Protokoll" not in page
    offered = staff.post(LIST, {"action": "reject", "_selected_action": [report.number]}, follow=True)
    assert "Hier war nichts zu tun" in offered.content.decode()


def test_only_what_fits_can_be_decided_about_a_report(staff: Client) -> None:
    report = a_report()
    address = f"{LIST}{report.number}/change/"
    page = staff.get(address).content.decode()
    assert 'name="action" value="hide"' in page
    assert 'name="action" value="release"' not in page
    assert 'name="action" value="show"' not in page
    staff.post(LIST, {"action": "hide", "_selected_action": [report.number], "decide": "1", "reason": "private"})
    page = staff.get(address).content.decode()
    assert 'name="action" value="show"' in page
    assert 'name="action" value="hide"' not in page
    assert "ausgeblendet" in staff.get(LIST).content.decode()


@pytest.mark.parametrize("form", ["{}", "Nr. {}", "#{}", "nr {}"])
def test_a_number_is_found_as_it_is_written(staff: Client, form: str) -> None:
    report = a_report(text="Am Bahnhof")
    asked = form.format(f"{report.number:,}".replace(",", "."))
    assert "Am Bahnhof" in staff.get(LIST, {"q": asked}).content.decode()


def test_two_networks_do_not_share_a_colour(staff: Client) -> None:
    telekom, o2 = (Carrier.objects.get(slug=slug) for slug in ("telekom", "o2"))
    sent = {"name": telekom.name, "slug": telekom.slug, "runs_on": telekom.pk, "tone": o2.tone}
    page = staff.post(f"/intern/complaints/carrier/{telekom.pk}/change/", sent)
    assert "O2 hat diese Farbe schon." in page.content.decode()
    assert Carrier.objects.get(slug="telekom").tone == telekom.tone


@pytest.mark.parametrize(
    ("slug", "changed", "words"),
    [
        ("telekom", {"runs_on": "o2"}, "Ein Netz bleibt ein Netz"),
        ("congstar", {"runs_on": ""}, "eine Marke eine Marke"),
        ("congstar", {"runs_on": "blau"}, "Blau hat kein eigenes Netz."),
        ("o2", {"slug": "otwo"}, "Er bleibt."),
    ],
)
def test_what_figures_and_addresses_rest_on_stays(
    staff: Client, slug: str, changed: dict[str, str], words: str
) -> None:
    carrier = Carrier.objects.get(slug=slug)
    sent: dict[str, Any] = {"name": carrier.name, "slug": slug, "runs_on": carrier.runs_on_id, "tone": carrier.tone}
    keys = dict(Carrier.objects.values_list("slug", "pk"))
    sent |= {name: keys.get(value, value) if name == "runs_on" else value for name, value in changed.items()}
    page = staff.post(f"/intern/complaints/carrier/{carrier.pk}/change/", sent)
    assert page.status_code == 200
    assert words in page.text
    stored = Carrier.objects.get(pk=carrier.pk)
    assert (stored.slug, stored.runs_on_id) == (slug, carrier.runs_on_id)


def test_a_brand_may_move_to_another_network(staff: Client) -> None:
    congstar, o2 = (Carrier.objects.get(slug=slug) for slug in ("congstar", "o2"))
    sent = {"name": congstar.name, "slug": congstar.slug, "runs_on": o2.pk, "tone": congstar.tone}
    assert staff.post(f"/intern/complaints/carrier/{congstar.pk}/change/", sent).status_code == 302
    assert Carrier.objects.get(slug="congstar").runs_on == o2
