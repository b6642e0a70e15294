"""Answers: given once, shown, mailed, disputed, never lost when two people answer at once."""

import csv
import io
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from complaints.base.keys import key_for
from complaints.carriers.models import Carrier
from complaints.reports.models import Contact, Report
from complaints.reports.news import Cause, StatusChange
from complaints.reports.queries import version
from operators.replies import tasks
from operators.replies.actions import Given, OvertakenError, Reply, answer_cluster, answer_report, dispute
from operators.replies.models import Answer, Answered
from operators.replies.queries import Cluster, hint
from tests.builders import a_report, a_town
from tests.operators.replies.staff import a_member

pytestmark = pytest.mark.django_db


def a_reply(text: str = "Wir bauen um.", *, fixed: bool = False, submission: UUID | None = None) -> Reply:
    o2 = Carrier.objects.get(slug="o2")
    name = f"max{Answer.objects.count()}{uuid4().hex[:4]}"
    return Reply(submission or uuid4(), o2, a_member(name), text, fixed)


def give(report: Report, reply: Reply | None = None, seen: int = 0) -> Given:
    return answer_report(number=report.number, reply=reply or a_reply(), seen=seen, tell=tasks.send_answer.enqueue)


def a_cluster(problems: int = 0) -> Cluster:
    today = timezone.localdate()
    return Cluster(Carrier.objects.get(slug="o2"), a_town(), problems, today - timedelta(days=30), today)


def give_all(up_to: int = 1 << 40, reply: Reply | None = None) -> Given:
    return answer_cluster(cluster=a_cluster(), reply=reply or a_reply(), up_to=up_to, tell=tasks.send_answer.enqueue)


def test_an_answer_is_public_with_its_mark_and_moves_the_version(client: Client) -> None:
    report = a_report(text="Kein Netz")
    assert "Antwort des Anbieters" not in client.get(f"/fall/{report.number}/").text.replace("keine Antwort", "")
    before = version()
    give(report)
    assert version() != before
    page = client.get(f"/fall/{report.number}/").text
    assert "Wir bauen um." in page
    assert "von O2" in page
    report.refresh_from_db()
    assert report.answered_at
    assert report.status == "answered"


def test_the_same_submission_is_one_answer() -> None:
    report, reply = a_report(), a_reply()
    first, second = give(report, reply), give(report, reply)
    assert (first.created, second.created) == (True, False)
    assert first.answer == second.answer
    assert Answered.objects.count() == 1


def test_the_second_of_two_sees_the_first_answer_and_may_still_send() -> None:
    report = a_report()
    first = give(report)
    with pytest.raises(OvertakenError) as error:
        give(report, a_reply("Auch ich"))
    assert error.value.answer == first.answer
    assert Answer.objects.count() == 1
    assert give(report, a_reply("Auch ich"), seen=first.answer.pk).created


def test_a_foreign_report_cannot_be_answered() -> None:
    for fields in ({"carrier": "vodafone"}, {"hidden_at": timezone.now()}):
        with pytest.raises(Report.DoesNotExist):
            give(a_report(**fields))


def test_the_reporter_gets_it_by_mail_in_their_language(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    german, english, silent = a_report(), a_report(), a_report()
    Contact.objects.create(report=german, email="a@example.org")
    Contact.objects.create(report=english, email="b@example.org", language="en")
    with django_capture_on_commit_callbacks(execute=True):
        give_all()
    assert {to for message in mail.outbox for to in message.to} == {"a@example.org", "b@example.org"}
    bodies = {message.to[0]: str(message.body) for message in mail.outbox}
    assert f"/fall/{german.number}/nicht-mein-fall/" in bodies["a@example.org"]
    assert f"/en/case/{english.number}/not-my-case/" in bodies["b@example.org"]
    assert all("Wir bauen um." in body for body in bodies.values())
    assert Report.objects.exclude(answered_at=None).count() == 3
    assert silent.number


def test_a_withdrawn_address_gets_nothing() -> None:
    report = a_report()
    give(report)
    tasks.send_answer.func(Answered.objects.get().pk)
    assert mail.outbox == []


def test_a_cluster_is_what_was_seen_and_not_answered_meanwhile() -> None:
    inside, taken = a_report(), a_report()
    others = [
        a_report(carrier="vodafone"),
        a_report("works"),
        a_report(town=a_town("Hamburg", "hamburg")),
        a_report(at=timezone.now() - timedelta(days=40)),
    ]
    late = a_report()
    first = give(taken)
    given = give_all(up_to=late.number - 1)
    assert given.count == 1
    assert set(Answered.objects.values_list("report", "answer")) == {
        (taken.number, first.answer.pk),
        (inside.number, given.answer.pk),
    }
    unanswered = Report.objects.filter(answered_at=None).values_list("number", flat=True)
    assert set(unanswered) == {report.number for report in [*others, late]}


def test_a_cluster_that_a_colleague_answered_says_so_and_stores_nothing() -> None:
    a_report()
    first = give_all()
    with pytest.raises(OvertakenError) as error:
        give_all()
    assert error.value.answer == first.answer
    assert Answer.objects.count() == 1


def test_a_cluster_of_one_kind() -> None:
    slow, silent = a_report("data-slow", "sms"), a_report("dropped")
    given = answer_cluster(
        cluster=a_cluster(problems=64), reply=a_reply(), up_to=silent.number, tell=tasks.send_answer.enqueue
    )
    assert list(given.answer.answered.values_list("report", flat=True)) == [slow.number]


def test_its_author_disputes_it_by_the_link(client: Client) -> None:
    report = a_report()
    give(report)
    address = f"/fall/{report.number}/nicht-mein-fall/{key_for('change', report.number)}/"
    page = client.get(address)
    assert "Wir bauen um." in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    answered = Answered.objects.get()
    done = client.post(address, {"answered": answered.pk}, follow=True)
    assert "Deine Meldung ist wieder offen." in done.text
    report.refresh_from_db()
    assert (report.answered_at, report.status) == (None, "reopened")
    (row,) = csv.DictReader(io.StringIO(client.get("/faelle.csv").getvalue().decode()))
    assert row["answered_at"] == timezone.localtime(answered.answer.answered_at).isoformat(timespec="seconds")
    assert StatusChange.objects.filter(report=report, cause=Cause.DISPUTE).count() == 1
    shown = client.get(f"/fall/{report.number}/").text  # what was said in public stays there, and what came of it
    assert "Eine Antwort, die nicht passte" in shown
    assert "Wir bauen um." in shown
    assert ">Antwort des Anbieters<" not in shown
    assert client.post(address, {"answered": answered.pk}).status_code == 303
    assert StatusChange.objects.filter(report=report, cause=Cause.DISPUTE).count() == 1


@pytest.mark.parametrize("key", ["falsch", "x" * 200])
def test_a_stranger_disputes_nothing(client: Client, key: str) -> None:
    report = a_report()
    give(report)
    address = f"/fall/{report.number}/nicht-mein-fall/{key}/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"answered": Answered.objects.get().pk}).status_code == 404
    assert Answered.objects.get().disputed_at is None


@pytest.mark.parametrize("sent", ["", "x", "0", "9" * 40, "-1"])
def test_a_dispute_of_nothing_is_404(client: Client, sent: str) -> None:
    report = a_report()
    address = f"/fall/{report.number}/nicht-mein-fall/{key_for('change', report.number)}/"
    assert client.post(address, {"answered": sent}).status_code == 404


def test_the_link_to_change_shows_the_answer_and_the_way_to_dispute_it(client: Client) -> None:
    report = a_report()
    key = key_for("change", report.number)
    assert "nicht-mein-fall" not in client.get(f"/fall/{report.number}/aendern/{key}/").text
    give(report)
    page = client.get(f"/fall/{report.number}/aendern/{key}/").text
    assert "Wir bauen um." in page
    assert f"/fall/{report.number}/nicht-mein-fall/{key}/" in page


def test_a_second_answer_keeps_a_disputed_report_answered() -> None:
    report = a_report()
    first = give(report)
    give(report, seen=first.answer.pk)
    assert dispute(answered=first.answer.answered.get())
    report.refresh_from_db()
    assert report.answered_at


def test_a_later_report_sees_the_answer_as_a_hint_only(client: Client) -> None:
    a_report("dropped")
    give_all()
    later = a_report("dropped", received_at=timezone.now() + timedelta(minutes=1))
    page = client.get(f"/fall/{later.number}/").text
    assert "Noch keine Antwort auf diesen Fall" in page
    assert "Wir bauen um." in page
    later.refresh_from_db()
    assert later.answered_at is None
    foreign = a_report("dropped", carrier="telekom", received_at=timezone.now() + timedelta(minutes=1))
    assert "Wir bauen um." not in client.get(f"/fall/{foreign.number}/").text


def test_a_disputed_report_gets_no_hint_from_the_same_answer() -> None:
    report = a_report("dropped")
    give_all()
    dispute(answered=Answered.objects.get())
    report.refresh_from_db()
    assert hint(report) is None


def test_the_byline_speaks_both_languages() -> None:
    answer = give(a_report()).answer
    with translation.override("de"):
        assert answer.byline.endswith(" von O2")
    with translation.override("en"):
        assert answer.byline.endswith(" of O2")
