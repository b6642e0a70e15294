"""Stories of edits: what the limits would not let through cannot be edited in, and no edit lets a report through."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from complaints.base.keys import key_for
from complaints.moderation.models import Arrival
from complaints.reports.models import Report

pytestmark = pytest.mark.django_db
SPAM = "Alle Anbieter vergleichen und sofort wechseln, nur heute mit Bonus für jeden!"
FORM = {"carrier": "o2", "problems": ["dropped"], "place": "Münster"}


def filed(client: Client, n: int = 0, **changes: Any) -> Report:
    """A report from an address of its own that nobody else uses."""
    form = FORM | {"submission": str(uuid4())} | changes
    client.post("/melden/", form, REMOTE_ADDR=f"91.{n}.13.14", headers={"user-agent": f"Phone {n}"})
    return Report.objects.latest("number")


def edit(client: Client, report: Report, n: int = 0, **changes: Any) -> Report:
    address = f"/fall/{report.number}/aendern/{key_for('change', report.number)}/"
    response = client.post(address, FORM | changes, REMOTE_ADDR=f"91.{n}.13.14", headers={"user-agent": f"Phone {n}"})
    assert response.status_code == 303
    report.refresh_from_db()
    return report


def test_harmless_reports_cannot_be_edited_into_the_same_text_everywhere(client: Client) -> None:
    reports = [edit(client, filed(client, n), n, text=SPAM) for n in range(22)]
    assert [report.held_reason for report in reports] == [""] * 20 + ["same-text"] * 2
    assert Report.objects.all().public().count() == 20
    assert client.get(f"/fall/{reports[-1].number}/").status_code == 404


def test_the_trap_is_set_in_the_form_of_changes_too(client: Client) -> None:
    assert edit(client, filed(client), website="https://spam.example", text="Neu").held_reason == "trap"


def test_an_edit_lets_nothing_through(client: Client) -> None:
    report = filed(client, website="https://spam.example")
    assert edit(client, report, text="Ganz harmlos").held_reason == "trap"
    assert report.held_at is not None


def test_a_question_does_not_clear_what_was_edited_in(client: Client) -> None:
    report = filed(client)
    Report.objects.filter(number=report.number).update(held_at=timezone.now(), held_reason="device")
    assert edit(client, report, website="https://spam.example", text="Neu").held_reason == "trap"


def test_mending_signs_and_going_back_to_old_words_hold_nothing(client: Client) -> None:
    first = "Seit gestern bricht hier jedes Gespräch nach einer Minute wieder ab"
    report = filed(client, text=first)
    assert edit(client, report, text=f"{first}!").held_at is None
    assert Arrival.objects.count() == 1, "signs are nothing that the limits look at"
    edit(client, report, text="Es ist nur noch am Bahnhof so, sonst geht wieder alles wie früher")
    assert edit(client, report, text=first).held_at is None
    assert Arrival.objects.filter(report=report.number).count() == 3
