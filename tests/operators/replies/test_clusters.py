"""Answering a cluster in the inbox: choose, see, confirm."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from complaints.reports.models import Report
from operators.replies import queries
from operators.replies.models import Answer
from tests.builders import a_report, a_town
from tests.operators.replies.staff import a_member, logged_in

pytestmark = pytest.mark.django_db
CLUSTER = "/intern/postfach/gruppe/"


@pytest.fixture
def desk(db: None) -> Client:
    return logged_in(a_member())


def chosen(**fields: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"ort": "nordrhein-westfalen/muenster", "von": today - timedelta(days=5), "bis": today} | fields


def sent(**fields: Any) -> dict[str, Any]:
    answer = {"do": "answer", "submission": str(uuid4()), "up_to": 1 << 40, "sure": "on", "text": "Wir bauen um."}
    return chosen() | answer | fields


def test_it_proposes_where_most_wait(desk: Client) -> None:
    for _ in range(3):
        a_report("sms")
    for _ in range(2):
        a_report("dropped", town=a_town("Hamburg", "hamburg"))
    a_report("sms", carrier="vodafone")
    text = desk.get(CLUSTER).text
    assert text.index("3 Meldungen „SMS") < text.index("2 Meldungen „Gespräche")
    assert "ort=nordrhein-westfalen/muenster&amp;problem=sms" in text


def test_it_shows_what_would_be_answered(desk: Client) -> None:
    inside, outside = a_report("sms"), a_report("dropped")
    text = desk.get(CLUSTER, chosen(problem="sms")).text
    assert "1 Meldung aus Münster wartet" in text
    assert f"/fall/{inside.number}/" in text
    assert f"/fall/{outside.number}/" not in text


def test_it_answers_all_after_a_confirmation(desk: Client) -> None:
    reports = [a_report() for _ in range(3)]
    asked = desk.post(CLUSTER, {name: value for name, value in sent().items() if name != "sure"})
    assert asked.status_code == 422
    assert "Wir bauen um." in asked.text
    assert not Answer.objects.exists()
    done = desk.post(CLUSTER, sent(), follow=True)
    assert "3 Meldungen aus Münster sind beantwortet." in done.text
    assert Report.objects.filter(status="answered").count() == len(reports)


def test_a_report_that_came_after_the_look_is_left(desk: Client) -> None:
    first, second = a_report(), a_report()
    desk.post(CLUSTER, sent(up_to=first.number))
    second.refresh_from_db()
    assert second.answered_at is None


def test_the_second_of_two_loses_no_word(desk: Client) -> None:
    a_report()
    logged_in(a_member("mia")).post(CLUSTER, sent(text="Mias Antwort"))
    late = desk.post(CLUSTER, sent(text="Mein langer Text"))
    assert late.status_code == 409
    assert "Mias Antwort" in late.text
    assert "Mein langer Text" in late.text
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"ort": ""},
        {"ort": "Xyzzy"},
        {"von": "x"},
        {"von": "1999-01-01"},
        {"bis": "2999-01-01"},
        {"von": timezone.localdate(), "bis": timezone.localdate() - timedelta(days=1)},
        {"von": timezone.localdate() - timedelta(days=500)},
        {"problem": "works"},
    ],
    ids=str,
)
def test_bad_choices_are_said(desk: Client, fields: dict[str, Any]) -> None:
    a_report()
    assert desk.get(CLUSTER, chosen(**fields)).status_code == 422
    assert desk.post(CLUSTER, sent(**fields)).status_code == 422
    assert not Answer.objects.exists()


@pytest.mark.parametrize("fields", [{"text": ""}, {"submission": "x"}, {"up_to": ""}, {"up_to": "x"}], ids=str)
def test_bad_answers_are_said(desk: Client, fields: dict[str, Any]) -> None:
    a_report()
    assert desk.post(CLUSTER, sent(**fields)).status_code == 422
    assert not Answer.objects.exists()


def test_too_many_are_refused(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("operators.replies.actions.CLUSTER_LIMIT", 2)
    monkeypatch.setattr(queries, "CLUSTER_LIMIT", 2)
    for _ in range(3):
        a_report()
    assert "zu viele" in desk.get(CLUSTER, chosen()).text
    assert desk.post(CLUSTER, sent()).status_code == 422
    assert not Answer.objects.exists()


def test_another_choice_keeps_the_answer_begun_and_never_answers_unseen(desk: Client) -> None:
    muenster, hamburg = a_report("sms"), a_report("dropped", town=a_town("Hamburg", "hamburg"))
    today = timezone.localdate()
    other = {"neu-ort": "Hamburg", "neu-von": today - timedelta(days=2), "neu-bis": today}
    page = desk.post(CLUSTER, sent(do="show", text="Wir sind dran.", **other))
    assert page.status_code == 200
    assert "1 Meldung aus Hamburg wartet" in page.text
    assert "Wir sind dran." in page.text
    wrong = desk.post(CLUSTER, sent(do="show", text="Wir sind dran.", **other | {"neu-ort": "Xyzzyhausen"}))
    assert wrong.status_code == 422
    for part in ("Xyzzyhausen", "1 Meldung aus Münster wartet", "Wir sind dran."):
        assert part in wrong.text
    empty = desk.post(CLUSTER, sent(do="show", text="Wir sind dran.", **other | {"neu-ort": "Berlin"}))
    assert "0 Meldungen aus Berlin warten" in empty.text
    assert "Wir sind dran." in empty.text
    assert 'value="answer"' not in empty.text
    unseen = desk.post(CLUSTER, sent(text="Wir sind dran.", **other))
    assert unseen.status_code == 409
    for part in ("Du hast die Auswahl geändert.", "1 Meldung aus Hamburg wartet", "Wir sind dran."):
        assert part in unseen.text
    assert not Report.objects.exclude(answered_at=None).exists()
    same = {"neu-ort": "Münster, Nordrhein-Westfalen", "neu-von": today - timedelta(days=5), "neu-bis": today}
    assert "1 Meldung aus Münster ist beantwortet." in desk.post(CLUSTER, sent(**same), follow=True).text
    assert set(Report.objects.exclude(answered_at=None)) == {muenster} != {hamburg}
