"""A carrier corrects in public what it answered: another answer at the same reports."""

from uuid import uuid4

import pytest
from django.test import Client

from complaints.reports.models import Report
from operators.replies.models import Answer, Answered
from tests.builders import a_report
from tests.operators.replies.staff import a_member, logged_in
from tests.operators.replies.test_clusters import CLUSTER, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Client:
    return logged_in(a_member())


def corrected(text: str = "Nicht am 3., sondern am 13. Mai.") -> dict[str, str]:
    return {"do": "answer", "submission": str(uuid4()), "text": text}


def test_an_answer_to_many_is_corrected_at_all_that_it_still_stands_at(desk: Client) -> None:
    reports = [a_report() for _ in range(3)]
    said = desk.post(CLUSTER, sent(), follow=True).text
    first = Answer.objects.get()
    address = f"/intern/postfach/antwort/{first.pk}/"
    assert said.count(address) == 2  # in the message, and among what was answered last
    Answered.objects.filter(report=reports[0]).update(disputed_at=first.answered_at)
    times = list(Report.objects.order_by("number").values_list("answered_at", flat=True))
    assert "Diese Antwort steht bei 2 Meldungen." in desk.get(address).text
    form = corrected()
    for _ in range(2):  # sent twice is one answer
        assert "Deine Ergänzung steht bei 2 Meldungen." in desk.post(address, form, follow=True).text
    second = Answer.objects.exclude(pk=first.pk).get()
    assert (second.place, second.since, second.until) == (first.place, first.since, first.until)
    assert set(second.answered.values_list("report", flat=True)) == {report.number for report in reports[1:]}
    assert list(Report.objects.order_by("number").values_list("answered_at", flat=True)) == times
    page = Client().get(f"/fall/{reports[1].number}/").text
    assert page.index("Wir bauen um.") < page.index("sondern am 13. Mai.")


def test_a_single_answer_leads_to_its_correction(desk: Client) -> None:
    report = a_report()
    form = corrected("Am 3. Mai.") | {"seen": "0"}
    said = desk.post(f"/intern/postfach/report/{report.number}/", form, follow=True).text
    address = f"/intern/postfach/antwort/{Answer.objects.get().pk}/"
    assert address in said
    assert desk.post(address, corrected("")).status_code == 422
    assert desk.post(address, corrected()).status_code == 303
    assert [row.place for row in Answer.objects.all()] == [None, None]


def test_nobody_corrects_for_others(desk: Client) -> None:
    a_report()
    desk.post(CLUSTER, sent())
    address = f"/intern/postfach/antwort/{Answer.objects.get().pk}/"
    assert logged_in(a_member("toni", "vodafone")).get(address).status_code == 404
    assert desk.get(f"/intern/postfach/antwort/{1 << 80}/").status_code == 404


def test_an_answer_that_stands_nowhere_is_not_added_to(desk: Client) -> None:
    report = a_report()
    desk.post(CLUSTER, sent())
    address = f"/intern/postfach/antwort/{Answer.objects.get().pk}/"
    Report.objects.filter(pk=report.pk).update(hidden_at=report.received_at)
    page = desk.post(address, corrected())
    assert page.status_code == 422
    assert "keiner öffentlichen Meldung mehr" in page.text
    assert "sondern am 13. Mai." in page.text
