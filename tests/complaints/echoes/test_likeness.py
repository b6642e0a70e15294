"""Is it this? The step before a report that others have filed already."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from complaints.echoes.models import Echo
from complaints.reports.models import Report
from tests.builders import MUENSTER, a_report

JSON = {"Accept": "application/json"}
TYPED = {
    "carrier": "o2",
    "problems": ["dropped", "sms"],
    "lat": str(MUENSTER[0]),
    "lon": str(MUENSTER[1]),
    "text": "Seit <gestern>",
    "step": "form",
}


def typed(**fields: Any) -> dict[str, Any]:
    return TYPED | {"submission": str(uuid4())} | fields


@pytest.mark.django_db
def test_the_form_of_the_site_asks_whether_it_is_this(client: Client) -> None:
    assert '<input type="hidden" name="step" value="form">' in client.get("/melden/").text
    other, key = a_report("dropped"), str(uuid4())
    page = client.post("/melden/", typed(submission=key))
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert f"/fall/{other.number}/echo/" in page.text
    assert Report.objects.count() == 1
    fields = dict(page.context["fields"])
    assert fields["submission"] == key
    assert fields["text"] == "Seit <gestern>"
    assert [value for name, value in page.context["fields"] if name == "problems"] == ["dropped", "sms"]
    own: dict[str, list[str]] = {}
    for name, value in page.context["fields"]:
        own.setdefault(name, []).append(value)
    assert client.post("/melden/", own).status_code == 303
    assert str(Report.objects.newest().values_list("submission", flat=True)[0]) == key
    assert client.post("/melden/", typed(submission=key)).status_code == 303
    assert Report.objects.count() == 2


@pytest.mark.django_db
def test_yes_makes_an_echo_and_no_report(client: Client) -> None:
    other, key = a_report("dropped"), str(uuid4())
    client.post("/melden/", typed(submission=key))
    answer = client.post(f"/fall/{other.number}/echo/", {"kind": "me-too", "submission": key})
    assert answer.status_code == 303
    assert (Echo.objects.get().report_id, Report.objects.count()) == (other.number, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, JSON], ids=["plain post", "json"])
def test_scripts_are_never_asked(client: Client, headers: dict[str, str]) -> None:
    a_report("dropped")
    sent = typed() if headers else {name: value for name, value in TYPED.items() if name != "step"}
    assert client.post("/melden/", sent, headers=headers).status_code == (201 if headers else 303)


@pytest.mark.django_db
def test_an_outbox_that_can_ask_gets_the_like_reports_as_json(client: Client) -> None:
    other, key = a_report("dropped"), str(uuid4())
    answer = client.post("/melden/", typed(step="ask", submission=key), headers=JSON)
    assert (answer.status_code, answer["Cache-Control"]) == (300, "no-store")
    assert answer.json() == {
        "like": [
            {
                "number": other.number,
                "address": f"/fall/{other.number}/",
                "echo": f"/fall/{other.number}/echo/",
                "place": "Münster",
                "problems": ["Gespräche brechen ab"],
                "happened_at": timezone.localtime(other.happened_at).isoformat(timespec="seconds"),
                "when": f"{timezone.localtime(other.happened_at):%d.%m.%Y, %H:%M}",
                "demo": False,
            }
        ]
    }
    assert Report.objects.count() == 1
    assert client.post("/melden/", typed(submission=key), headers=JSON).status_code == 201
    assert client.post("/melden/", typed(step="ask", submission=key), headers=JSON).status_code == 200


@pytest.mark.django_db
def test_an_outbox_is_not_asked_where_nothing_is_like(client: Client) -> None:
    a_report("data-none")
    assert client.post("/melden/", typed(step="ask"), headers=JSON).status_code == 201
    assert client.post("/melden/", typed(step="ask")).status_code == 303


NORTH_450, NORTH_700 = (MUENSTER[0] + 0.004, MUENSTER[1]), (MUENSTER[0] + 0.0063, MUENSTER[1])
OTHERS: dict[str, tuple[str, dict[str, Any], bool]] = {
    "near": ("dropped", {"point": NORTH_450}, True),
    "far": ("dropped", {"point": NORTH_700}, False),
    "another network": ("dropped", {"carrier": "telekom"}, False),
    "another problem": ("data-none", {}, False),
    "all is well": ("works", {}, False),
    "known to the town only": ("dropped", {"precision": "town"}, False),
    "yesterday": ("dropped", {"hours": 47}, True),
    "too old": ("dropped", {"hours": 49}, False),
    "hidden": ("dropped", {"mark": "hidden_at"}, False),
    "withdrawn": ("dropped", {"mark": "withdrawn_at"}, False),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", OTHERS)
def test_like_is_near_recent_public_and_the_same_trouble(client: Client, name: str) -> None:
    problem, fields, asked = OTHERS[name]
    fields = dict(fields)
    if hours := fields.pop("hours", None):
        fields["at"] = timezone.now() - timedelta(hours=hours)
    if mark := fields.pop("mark", None):
        fields[mark] = timezone.now()
    a_report(problem, **fields)
    assert client.post("/melden/", typed()).status_code == (200 if asked else 303)


@pytest.mark.django_db
def test_a_named_town_asks_for_the_same_town_of_a_day(client: Client) -> None:
    sent = typed(place="Münster", lat="", lon="")
    a_report("dropped", at=timezone.now() - timedelta(hours=30))
    assert client.post("/melden/", sent).status_code == 303
    Report.objects.all().delete()
    a_report("dropped", point=NORTH_700)
    assert client.post("/melden/", typed(place="Münster", lat="", lon="")).status_code == 200


@pytest.mark.django_db
def test_it_shows_the_three_newest_in_two_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    now = timezone.now()
    known = [a_report("dropped", at=now - timedelta(hours=hours)) for hours in (5, 1, 3, 2, 4)]
    client.post("/melden/", typed())
    with django_assert_max_num_queries(4):
        page = client.post("/melden/", typed())
    assert [report.number for report in page.context["reports"]] == [known[n].number for n in (1, 3, 2)]
