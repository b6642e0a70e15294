"""Stories of the calculation that lets a waiting report through without a person doing anything."""

import html
import json
import re
from typing import Any
from unittest import mock

import pytest
from altcha import Challenge, Payload, Solution, solve_challenge
from django.test import Client, override_settings
from django.utils import timezone

from complaints.base import proof
from complaints.base.keys import key_for
from complaints.moderation.models import SpentPuzzle
from complaints.reports.models import Report
from tests.builders import a_report

pytestmark = pytest.mark.django_db
GARBAGE = ["", "?", "ä", "bm8=", "e30=", "bnVsbA==", "WzFd", "A" * 9000, "eyJjaGFsbGVuZ2UiOltdLCJzb2x1dGlvbiI6MX0="]


@pytest.fixture(autouse=True)
def light_work() -> Any:
    with mock.patch.multiple(proof, COST=10, COUNTERS=20):
        yield


def a_waiting_report(reason: str = "device") -> Report:
    return a_report(held_at=timezone.now(), held_reason=reason)


def receipt(client: Client, report: Report) -> str:
    return client.get(f"/fall/{report.number}/beleg/?key={key_for('change', report.number)}").content.decode()


def work_of(client: Client, report: Report) -> Challenge:
    found = re.search(r'data-challenge="([^"]+)"', receipt(client, report))
    assert found
    return Challenge.from_dict(json.loads(html.unescape(found[1])))


def solved(challenge: Challenge) -> Payload:
    solution = solve_challenge(challenge)
    assert solution
    return Payload(challenge, solution)


def send(client: Client, report: Report, proof: str | Payload) -> bool:
    """Whether the report counts afterwards."""
    sent = proof if isinstance(proof, str) else proof.to_base64()
    address = f"/fall/{report.number}/antwort/{key_for('change', report.number)}/"
    assert client.post(address, {"proof": sent}).status_code == 303
    report.refresh_from_db()
    return report.held_at is None


def test_the_right_work_lets_a_report_through_once(client: Client) -> None:
    report = a_waiting_report()
    done = solved(work_of(client, report))
    assert send(client, report, done)
    Report.objects.filter(pk=report.pk).update(held_at=timezone.now(), held_reason="device")
    assert not send(client, report, done), "work is spent with the first answer"


def test_the_work_belongs_to_one_report(client: Client) -> None:
    one, other = a_waiting_report(), a_waiting_report()
    assert not send(client, other, solved(work_of(client, one)))
    assert send(client, one, solved(work_of(client, one)))


def test_wrong_work_leaves_the_question_and_offers_no_more_work(client: Client) -> None:
    report = a_waiting_report()
    assert not send(client, report, Payload(work_of(client, report), Solution(3, "00" * 32)))
    page = receipt(client, report)
    assert "Wie viel ist" in page
    assert "data-challenge" not in page
    assert "proof.js" not in page


def test_half_of_the_key_is_no_proof(client: Client) -> None:
    report = a_waiting_report()
    challenge = work_of(client, report)
    assert not send(client, report, Payload(challenge, Solution(0, challenge.parameters.key_prefix.ljust(64, "0"))))


@pytest.mark.parametrize(
    "change", [{"cost": 1, "key_prefix": ""}, {"key_prefix": ""}, {"expires_at": 4_000_000_000}, {"data": {}}]
)
def test_work_that_was_changed_is_not_ours(client: Client, change: dict[str, Any]) -> None:
    report = a_waiting_report()
    challenge = work_of(client, report)
    vars(challenge.parameters).update(change)
    assert not send(client, report, solved(challenge))


def test_work_of_another_secret_is_not_ours(client: Client) -> None:
    report = a_waiting_report()
    with override_settings(SECRET_KEY="another"):
        forged = solved(Challenge.from_dict(json.loads(proof.new_challenge(report.number))))
    assert not send(client, report, forged)


def test_work_is_good_for_an_hour(client: Client) -> None:
    report = a_waiting_report()
    done = solved(work_of(client, report))
    later = (timezone.now() + proof.LIFETIME).timestamp() + 1
    with mock.patch("altcha.v2.time.time", return_value=later):
        assert not send(client, report, done)


@pytest.mark.parametrize("sent", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_a_wrong_answer(client: Client, sent: str) -> None:
    report = a_waiting_report()
    assert not send(client, report, sent)
    assert list(SpentPuzzle.objects.values_list("report", "right")) == [(report.number, False)]


def test_after_three_tries_no_work_helps(client: Client) -> None:
    report = a_waiting_report()
    done = solved(work_of(client, report))
    assert not [sent for sent in ("a", "b", "c") if send(client, report, sent)]
    assert not send(client, report, done)
    assert SpentPuzzle.objects.count() == 3
    assert "<form" not in re.sub(r"(?s)<(header|footer).*?</\1>", "", receipt(client, report))


@pytest.mark.parametrize("reason", ["trap", "same-text", "same-second", "travel", "duplicate"])
def test_what_looks_like_a_program_is_offered_no_work(client: Client, reason: str) -> None:
    report = a_waiting_report(reason)
    assert "data-challenge" not in receipt(client, report)
    done = solved(Challenge.from_dict(json.loads(proof.new_challenge(report.number))))
    assert not send(client, report, done)


def test_strangers_see_no_work_and_send_none(client: Client) -> None:
    report = a_waiting_report()
    assert "data-challenge" not in client.get(f"/fall/{report.number}/beleg/").content.decode()
    done = solved(work_of(client, report)).to_base64()
    assert client.post(f"/fall/{report.number}/antwort/falsch/", {"proof": done}).status_code == 404


def test_the_receipt_of_a_waiting_report_asks_little(client: Client, django_assert_max_num_queries: Any) -> None:
    report = a_waiting_report()
    receipt(client, report)
    with django_assert_max_num_queries(3):
        work_of(client, report)
