"""One tap on a report: stored once, counted, shown, refused with a sentence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from complaints.base import taps, traces
from complaints.echoes.actions import Tap, Tapped, file_echo
from complaints.echoes.models import Echo, TapTrace
from complaints.moderation.queries import Sender
from complaints.reports.models import Report
from complaints.reports.queries import version
from einzelfall.jobs import run_due
from tests.builders import a_report

JSON = {"Accept": "application/json"}


def an_echo(report: Report, **fields: Any) -> Echo:
    now = timezone.now()
    values = {"report": report, "submission": uuid4(), "kind": "me-too", "happened_at": now, "received_at": now}
    return Echo.objects.create(**(values | fields))


@pytest.mark.django_db
def test_a_tap_leads_back_to_the_case_with_thanks_and_a_count(client: Client) -> None:
    report = a_report()
    assert "Mir auch" in client.get(f"/fall/{report.number}/").text
    answer = client.post(f"/fall/{report.number}/echo/", {"kind": "me-too"})
    assert answer.status_code == 303
    assert answer["Location"] == f"/fall/{report.number}/?danke=me-too#echoes"
    assert not answer.cookies
    page = client.get(answer["Location"].partition("#")[0])
    assert "Danke" in page.text
    assert "Damit hat dieser Fall ein Echo." in page.text
    assert "Einmal: mir auch" in page.text
    client.post(f"/fall/{report.number}/echo/", {"kind": "me-too"})
    assert f'2-mal: mir auch <span class="meta">zuletzt am {timezone.localdate():%d.%m.%Y}' in " ".join(
        client.get(f"/fall/{report.number}/").text.split()
    )
    assert "2\N{NO-BREAK SPACE}Echos" in client.get("/faelle/").text


@pytest.mark.django_db
def test_english_has_its_own_address(client: Client) -> None:
    report = a_report()
    answer = client.post(f"/en/case/{report.number}/echo/", {"kind": "still-bad"})
    assert answer["Location"] == f"/en/case/{report.number}/?danke=still-bad#echoes"


@pytest.mark.django_db
def test_the_same_submission_is_one_echo_and_the_same_answer(client: Client) -> None:
    report, key = a_report(), str(uuid4())
    sent = {"kind": "still-bad", "submission": key, "happened_at": "2026-11-20T14:02"}
    answers = [client.post(f"/fall/{report.number}/echo/", sent, headers=JSON) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    thanks = f"/fall/{report.number}/?danke=still-bad#echoes"
    said = {"echoes": 1, "number": report.number, "thanks": thanks, "waiting": False}
    assert all(answer.json() == said for answer in answers)
    echo = Echo.objects.get()
    assert timezone.localtime(echo.happened_at).isoformat().startswith("2026-11-20T14:02")
    assert echo.received_at > echo.happened_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"), [("kind", "maybe"), ("kind", ""), ("happened_at", "soon"), ("carrier", "x")]
)
def test_a_wrong_tap_is_told_what_is_wrong(client: Client, field: str, value: str) -> None:
    report = a_report()
    sent = {"kind": "me-too"} | {field: value}
    answer = client.post(f"/fall/{report.number}/echo/", sent, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["errors"]["echo"][0]
    page = client.post(f"/fall/{report.number}/echo/", sent)
    assert page.status_code == 422
    assert answer.json()["errors"]["echo"][0] in page.text
    assert not Echo.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("mark", "status"), [("hidden_at", 404), ("held_at", 404), ("withdrawn_at", 410)], ids=str)
def test_only_public_reports_have_echoes(client: Client, mark: str, status: int) -> None:
    reason = {"held_reason": "trap"} if mark == "held_at" else {}
    fields: dict[str, Any] = {mark: timezone.now()} | reason
    report = a_report(**fields)
    for headers in ({}, JSON):
        assert client.post(f"/fall/{report.number}/echo/", {"kind": "me-too"}, headers=headers).status_code == status
    assert not Echo.objects.exists()


@pytest.mark.django_db
def test_an_unknown_report_has_no_echo(client: Client) -> None:
    for number in (987654321, 1 << 70):
        answer = client.post(f"/fall/{number}/echo/", {"kind": "me-too"}, headers=JSON)
        assert answer.status_code == 404
        assert answer.json()["errors"]["echo"]


@pytest.mark.django_db
def test_the_database_refuses_wrong_and_changed_echoes() -> None:
    report = a_report()
    echo, now = an_echo(report), timezone.now()
    for wrong in (
        {"kind": "maybe"},
        {"submission": echo.submission},
        {"happened_at": now, "received_at": now - timedelta(seconds=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            an_echo(report, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Echo.objects.update(kind="still-bad")
    report.refresh_from_db()
    assert report.echoes == 1
    echo.delete()
    report.refresh_from_db()
    assert report.echoes == 0


@pytest.mark.django_db
def test_an_echo_makes_public_pages_anew() -> None:
    report = a_report()
    before = version()
    an_echo(report)
    assert version() != before


def test_the_same_submission_at_the_same_instant_is_one_echo(transactional_db: None) -> None:
    report, key, now = a_report(), uuid4(), timezone.now()

    def tap(submission: UUID) -> Tapped:
        sender = Sender(traces.connection("91.12.13.14", timezone.localdate()), device=submission.int >> 66)
        try:
            return file_echo(tap=Tap(submission, report.number, "me-too", None, now, now), sender=sender)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        same = list(threads.map(tap, [key] * 8))
        others = list(threads.map(tap, [uuid4() for _n in range(8)]))
    assert sorted(tapped.created for tapped in same) == [False] * 7 + [True]
    assert all(tapped.created for tapped in others)
    report.refresh_from_db()
    assert report.echoes == Echo.objects.count() == 9


@pytest.mark.django_db
def test_a_tap_needs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    report = a_report()
    client.post(f"/fall/{report.number}/echo/", {"kind": "me-too"}, headers=JSON)
    with django_assert_max_num_queries(7):
        client.post(f"/fall/{report.number}/echo/", {"kind": "me-too"}, headers=JSON)


ADDRESS = "91.12.13.14"


def tapped(client: Client, report: Report, agent: str = "Phone 1", address: str = ADDRESS, **fields: str) -> Any:
    """The answer as JSON to a tap from a device at an address."""
    headers = JSON | {"user-agent": agent}
    sent = {"kind": "me-too"} | fields
    return client.post(f"/fall/{report.number}/echo/", sent, headers=headers, REMOTE_ADDR=address).json()


def a_trace(number: int, n: int, address: str = ADDRESS, hours: float = 0.5, **fields: Any) -> TapTrace:
    at = timezone.now() - timedelta(hours=hours)
    known = traces.connection(address, timezone.localdate(at))
    values = {"device": n, "report": number, "kind": "me-too", "tapped_at": at, "held": False}
    return TapTrace(address=known.address, network=known.network, **(values | fields))


@pytest.mark.django_db
def test_one_device_says_a_thing_about_a_report_once_a_day(client: Client) -> None:
    report, other = a_report(), a_report()
    answers = [tapped(client, report) for _time in range(3)]
    assert [answer["echoes"] for answer in answers] == [1, 1, 1]
    assert all(answer["thanks"].endswith("?danke=me-too#echoes") for answer in answers)
    assert Echo.objects.count() == 1
    assert tapped(client, report, kind="works-again")["echoes"] == 2
    assert tapped(client, report, agent="Phone 2")["echoes"] == 3
    assert tapped(client, report, address="91.12.13.15")["echoes"] == 4
    assert tapped(client, other)["echoes"] == 1
    plain = client.post(f"/fall/{report.number}/echo/", {"kind": "me-too"}, REMOTE_ADDR=ADDRESS)
    assert plain.status_code == 303


@pytest.mark.django_db
def test_an_echo_that_is_sent_again_is_neither_a_repeat_nor_a_second_one(client: Client) -> None:
    report, other = a_report(), a_report()
    key = str(uuid4())
    first = tapped(client, report, submission=key)
    assert tapped(client, report, submission=key, address="91.77.1.1") == first
    assert tapped(client, other, submission=key)["number"] == report.number
    assert (Echo.objects.count(), TapTrace.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_addresses_that_are_not_public_tell_nobody_apart(client: Client) -> None:
    report = a_report()
    assert [tapped(client, report, address="10.0.0.1")["echoes"] for _person in range(3)] == [1, 2, 3]


FLOODS: dict[str, tuple[int, dict[str, Any]]] = {
    "one address, one report": (taps.PER_ADDRESS_AND_REPORT, {}),
    "one network, one report": (taps.PER_NETWORK_AND_REPORT, {"address": "91.12.13.200"}),
    "one address, any report": (taps.PER_ADDRESS, {"report": 0}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FLOODS)
def test_what_is_over_a_limit_waits_and_counts_nowhere(client: Client, name: str) -> None:
    most, fields = FLOODS[name]
    report = a_report()
    TapTrace.objects.bulk_create(a_trace(report.number, n, **fields) for n in range(most - 1))
    assert tapped(client, report, "last one")["waiting"] is False
    answer = tapped(client, report, "one too many")
    assert (answer["waiting"], answer["echoes"]) == (True, 1)
    page = client.get(answer["thanks"].partition("#")[0]).text
    assert "zählt deshalb vorerst nicht mit" in page
    assert "Einmal: mir auch" in page
    assert "gerade <strong>1</strong>" in client.get("/methode/").text
    held = Echo.objects.held().get()
    Echo.objects.filter(pk=held.pk).update(held_at=None)
    report.refresh_from_db()
    assert report.echoes == 2


@pytest.mark.django_db
def test_an_address_that_many_share_may_send_what_it_usually_sends(client: Client) -> None:
    report = a_report()
    TapTrace.objects.bulk_create(a_trace(report.number, n) for n in range(taps.PER_ADDRESS_AND_REPORT))
    TapTrace.objects.bulk_create(a_trace(0, n, hours=1.5) for n in range(1, 31))
    assert tapped(client, report)["waiting"] is False


@pytest.mark.django_db
def test_how_taps_arrived_is_forgotten_after_two_days(client: Client) -> None:
    report = a_report()
    a_trace(report.number, 1, hours=47).save()
    a_trace(report.number, 2, hours=49).save()
    run_due()
    assert TapTrace.objects.get().device == 1
