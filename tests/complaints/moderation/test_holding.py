"""Stories of reports that wait for a look: never refused, never counted before somebody looked."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from complaints.base import retention
from complaints.base.keys import key_for
from complaints.maps.verifying import verify
from complaints.moderation.models import Arrival, SpentPuzzle
from complaints.reports.models import Contact, Report
from complaints.reports.news import TallyChange
from einzelfall.jobs import JOBS, run_due
from operators.members.models import User
from tests.builders import a_report

pytestmark = pytest.mark.django_db
ADDRESS = "91.12.13.14"
NUMBERS = ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]


def post(client: Client, address: str = ADDRESS, agent: str = "Phone 1", **changes: Any) -> Any:
    form = {"carrier": "o2", "problems": ["dropped"], "place": "Münster", "submission": str(uuid4())} | changes
    return client.post("/melden/", form, REMOTE_ADDR=address, headers={"user-agent": agent})


def nearby(n: int) -> dict[str, str]:
    """Places in and around Münster, each in a cell of its own."""
    return {"lat": f"{51.9 + n / 20:.3f}", "lon": "7.626"}


def counted() -> int:
    return sum(TallyChange.objects.values_list("sign", flat=True))


def held_report(client: Client, **changes: Any) -> Report:
    """The fourth report of a device without a form within the hour."""
    for n in range(3):
        post(client, **nearby(n))
    post(client, **changes)
    return Report.objects.latest("number")


def test_a_plain_report_counts_at_once(client: Client) -> None:
    response = post(client)
    assert response.status_code == 303
    assert Report.objects.get().held_at is None
    assert counted() == 1
    assert "wartet" not in client.get(response["Location"]).content.decode()


def test_what_is_over_the_limit_is_filed_but_waits(client: Client) -> None:
    held = held_report(client)
    assert (held.held_reason, counted()) == ("device", 3)
    receipt = f"/fall/{held.number}/beleg/?key={key_for('change', held.number)}"
    assert "wartet noch auf einen Blick" in client.get(receipt).content.decode()
    assert client.get(f"/fall/{held.number}/").status_code == 404
    assert f"/fall/{held.number}/" not in client.get("/faelle/").content.decode()
    assert f"\n{held.number}," not in b"".join(client.get("/faelle.csv")).decode()
    assert "<strong>1</strong>" in client.get("/methode/").content.decode()
    assert verify() == []


def test_a_script_is_told_that_its_report_waits(client: Client) -> None:
    held_report(client)
    form = {"carrier": "o2", "problems": ["sms"], "place": "Bonn"}
    asks = {"accept": "application/json", "user-agent": "Phone 1"}
    answer = client.post("/melden/", form, REMOTE_ADDR=ADDRESS, headers=asks)
    assert (answer.status_code, answer.json()["waiting"]) == (201, True)


def test_the_trap_holds_and_no_question_opens_it(client: Client) -> None:
    response = post(client, website="https://spam.example")
    held = Report.objects.get()
    assert (held.held_reason, counted()) == ("trap", 0)
    assert "Wie viel ist" not in client.get(response["Location"]).content.decode()


def test_repeating_a_submission_is_no_second_arrival(client: Client) -> None:
    key = str(uuid4())
    for _ in range(9):
        post(client, submission=key)
    assert (Report.objects.get().held_at, Arrival.objects.count()) == (None, 1)


def question_of(client: Client, report: Report) -> tuple[str, int]:
    page = client.get(f"/fall/{report.number}/beleg/?key={key_for('change', report.number)}").content.decode()
    sealed = re.search(r'name="question" value="([^"]+)"', page)
    words = re.search(r"Wie viel ist (\S+) plus (\S+)\?", page)
    assert sealed, page
    assert words
    return sealed[1], sum(NUMBERS.index(word) + 2 for word in words.groups())


def test_a_right_answer_lets_an_honest_report_through_once(client: Client) -> None:
    held = held_report(client)
    address = f"/fall/{held.number}/antwort/{key_for('change', held.number)}/"
    sealed, right = question_of(client, held)
    client.post(address, {"question": sealed, "answer": "1"})
    client.post(address, {"question": sealed, "answer": str(right)})
    held.refresh_from_db()
    assert held.held_at is not None, "a question is spent with its first answer"
    sealed, right = question_of(client, held)
    client.post(address, {"question": sealed, "answer": str(right)})
    held.refresh_from_db()
    assert not Report.objects.all().waiting().exists()
    assert counted() == 4
    other = held_report(client)
    client.post(
        f"/fall/{other.number}/antwort/{key_for('change', other.number)}/", {"question": sealed, "answer": str(right)}
    )
    other.refresh_from_db()
    assert other.held_at is not None, "a question belongs to one report"


def test_three_wrong_answers_are_enough(client: Client) -> None:
    held = held_report(client)
    for _ in range(3):
        sealed, _right = question_of(client, held)
        client.post(
            f"/fall/{held.number}/antwort/{key_for('change', held.number)}/", {"question": sealed, "answer": "1"}
        )
    assert SpentPuzzle.objects.count() == 3
    page = client.get(f"/fall/{held.number}/beleg/?key={key_for('change', held.number)}").content.decode()
    assert "Wie viel ist" not in page
    assert client.post(f"/fall/{held.number}/antwort/falsch/").status_code == 404


def test_staff_release_and_reject_what_waits(client: Client) -> None:
    one, two = (a_report(held_at=timezone.now(), held_reason="address") for _ in range(2))
    public = a_report()
    assert counted() == 1
    client.force_login(User.objects.create_superuser("chef", "chef@example.org", "geheim"))
    page = client.get("/intern/complaints/report/?waiting=yes").content.decode()
    assert all(f">{report.number}<" in page for report in (one, two))
    assert f">{public.number}<" not in page
    for action, report in (("release", one), ("reject", two), ("reject", public)):
        sent = {"action": action, "_selected_action": [report.number], "decide": "1", "reason": "advertising"}
        client.post("/intern/complaints/report/", sent)
    assert {report.number for report in Report.objects.all().public()} == {one.number, public.number}
    assert (counted(), verify(), Report.objects.all().waiting().count()) == (2, [], 0)


def test_no_address_is_anywhere_in_the_database(client: Client) -> None:
    for address in (ADDRESS, "2003:e1:17:2::9"):
        post(client, address=address, email="anja@example.org")
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s OR t::text LIKE %s',  # noqa: S608
                [f"%{ADDRESS}%", "%2003:e1:17:2%"],
            )
            found += [table] if cursor.fetchone()[0] else []
    assert Arrival.objects.count() == 2
    assert found == []


def test_everything_stored_can_be_taken_home(client: Client) -> None:
    post(client, email="anja@example.org", text="Mein Wort")
    number = Report.objects.get().number
    response = client.get(f"/fall/{number}/auszug/{key_for('change', number)}.json")
    stored = response.json()
    assert (stored["report"]["text"], stored["contact"]["email"]) == ("Mein Wort", "anja@example.org")
    assert (len(stored["arrival"]), stored["report"]["number"]) == (1, number)
    assert set(stored["report"]) == {field.attname for field in Report._meta.concrete_fields}
    assert "attachment" in response["Content-Disposition"]
    assert client.get(f"/fall/{number}/auszug/falsch.json").status_code == 404


def test_tick_forgets_what_the_table_says(client: Client) -> None:
    post(client, email="anja@example.org")
    post(client, email="bert@example.org", place="Kassel")
    old = Report.objects.earliest("number")
    Arrival.objects.filter(report=old.number).update(arrived_at=timezone.now() - retention.ARRIVALS - timedelta(1))
    Contact.objects.filter(report=old).update(created_at=timezone.now() - retention.CONTACTS - timedelta(1))
    SpentPuzzle.objects.create(nonce=uuid4(), report=1, right=True, spent_at=timezone.now() - timedelta(days=2))
    assert run_due(tuple(job for job in JOBS if job.name in ("forget-arrivals", "forget-contacts"))) == []
    assert Arrival.objects.exclude(report=old.number).count() == Arrival.objects.count() == 1
    assert Contact.objects.get().email == "bert@example.org"
    assert SpentPuzzle.objects.count() == 0


def test_the_privacy_page_prints_the_same_table(client: Client) -> None:
    german, english = (client.get(page).content.decode() for page in ("/datenschutz/", "/en/privacy/"))
    for row in retention.TABLE:
        assert f"<strong>{row.days} Tag" in german
        assert str(row.what) in english or str(row.what) in german


def test_a_fresh_token_is_never_kept_in_a_cache(client: Client) -> None:
    response = client.get("/melden/marke.json")
    assert set(response.json()) == {"token"}
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    for n in range(6):
        post(client, token=response.json()["token"], **nearby(n))
    assert not Report.objects.all().waiting().exists(), "with a form a device has six in an hour"


def test_the_form_carries_its_token_and_the_trap_is_not_announced(client: Client) -> None:
    page = client.get("/melden/").content.decode()
    assert re.search(r'name="token" value="f:[^"]+"', page)
    assert re.search(
        r'aria-hidden="true"[^>]*><label>[^<]*<input name="website" tabindex="-1" autocomplete="off"', page
    )


def test_who_wants_it_is_known_to_the_town_only(client: Client) -> None:
    exact = {"lat": "51.999", "lon": "7.599", "place": "Meine Straße 3"}
    post(client, **exact, coarse="on")
    coarse = Report.objects.get()
    assert (str(coarse.town), coarse.precision, coarse.quarter, coarse.place_text) == ("Münster", "town", None, "")
    assert coarse.town is not None
    assert coarse.latitude == round(coarse.town.latitude, 3)
    assert coarse.latitude != 51.999
    post(client, **exact)
    assert Report.objects.latest("number").latitude == 51.999
