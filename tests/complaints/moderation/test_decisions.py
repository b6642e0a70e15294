"""Objections of readers, decisions of the site's staff, and the public log of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from complaints.moderation.actions import decide, raise_flag
from complaints.moderation.log import log_page
from complaints.moderation.models import Decision, Flag, Raised, Subject, Verb
from complaints.reports.models import Report
from complaints.reports.rulings import hide, show
from complaints.threads.actions import thread_of_report
from complaints.threads.models import Comment
from operators.members.models import User
from tests.builders import a_report
from tests.complaints.threads.test_comments import a_comment

pytestmark = pytest.mark.django_db


def staff_client() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("chef", "chef@example.org", "geheim"))
    return client


def test_a_reader_objects_once_for_each_reason(client: Client) -> None:
    report = a_report(text="Der Filialleiter ist doof")
    address = f"/einspruch/report/{report.number}/"
    assert "Der Filialleiter" in client.get(address).text
    for said in ("Wir sehen es uns an", "Das liegt schon bei uns"):
        answer = client.post(address, {"reason": "insult", "text": "Nennt Namen"})
        assert said in answer.text
        assert not answer.cookies
    assert Flag.objects.get().text == "Nennt Namen"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "wähle einen Grund"),
        ({"reason": "x"}, "wähle einen Grund"),
        ({"text": "x" * 501}, "500 Zeichen"),
    ],
)
def test_a_wrong_objection_is_told_what_is_wrong(client: Client, wrong: dict[str, str], sentence: str) -> None:
    report = a_report()
    answer = client.post(f"/einspruch/report/{report.number}/", {"reason": "insult", "text": "Bleibt da"} | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert wrong.get("text", "Bleibt da") in answer.text
    assert not Flag.objects.exists()


@pytest.mark.parametrize("thing", ["report/987654321", "comment/1", "report/99999999999999999999", "nonsense/1"])
def test_there_is_no_objection_to_nothing(client: Client, thing: str) -> None:
    assert client.get(f"/einspruch/{thing}/").status_code == 404
    assert client.post(f"/einspruch/{thing}/", {"reason": "insult"}).status_code == 404


def test_a_program_that_fills_in_everything_raises_no_flag(client: Client) -> None:
    report = a_report()
    client.post(f"/einspruch/report/{report.number}/", {"reason": "insult", "website": "x"})
    assert not Flag.objects.exists()


def test_staff_hide_a_flagged_comment_and_its_place_says_why(client: Client) -> None:
    said = a_comment(thread_of_report(a_report()), text="Du Depp")
    for address in ("8.8.8.8", "9.9.9.9"):
        client.post(f"/einspruch/comment/{said.number}/", {"reason": "insult"}, REMOTE_ADDR=address)
    staff = staff_client()
    assert f"/kommentar/{said.number}/" in staff.get("/intern/complaints/flag/").text
    sent = {"action": "hide", "_selected_action": list(Flag.objects.values_list("pk", flat=True))}
    assert "Das Beanstandete ausblenden</h1>" in staff.post("/intern/complaints/flag/", sent).text
    assert staff.post("/intern/complaints/flag/", sent | {"decide": "1"}).status_code == 422
    assert not Decision.objects.exists()
    staff.post("/intern/complaints/flag/", sent | {"decide": "1", "reason": "insult", "note": "Bitte freundlich"})
    decision = Decision.objects.get()
    assert (decision.verb, decision.reason, decision.by) == ("hidden", "insult", "chef")
    assert not Flag.objects.open().exists()
    page = client.get(said.thread.address).text
    assert "Du Depp" not in page
    assert "Wir haben diesen Kommentar ausgeblendet: beleidigt oder bedroht jemanden." in page
    log = client.get("/moderation/").text
    assert "Bitte freundlich" in log
    assert "chef" not in log


def test_staff_leave_a_flagged_report_standing() -> None:
    report = a_report()
    raise_flag(subject=Subject.REPORT, number=report.number, reason="untrue", text="", sender=report.submission)
    sent = {"action": "keep", "_selected_action": [Flag.objects.get().pk], "decide": "1"}
    staff_client().post("/intern/complaints/flag/", sent)
    assert Decision.objects.get().verb == "kept"
    assert Report.objects.public().filter(number=report.number).exists()


@pytest.mark.parametrize(("action", "verb"), [("release", "released"), ("reject", "rejected"), ("hide", "rejected")])
def test_staff_decide_about_reports_that_wait(action: str, verb: str) -> None:
    report = a_report(held_at=timezone.now(), held_reason="trap")
    staff = staff_client()
    sent = {"action": action, "_selected_action": [report.number]}
    staff.post("/intern/complaints/report/", sent)
    assert not Decision.objects.exists()
    staff.post("/intern/complaints/report/", sent | {"decide": "1", "reason": "advertising"})
    assert Decision.objects.get().verb == verb
    assert Report.objects.public().filter(number=report.number).exists() is (verb == "released")


@pytest.mark.parametrize(("action", "verb"), [("release", "released"), ("hide", "rejected")])
def test_staff_decide_about_comments_that_wait(client: Client, action: str, verb: str) -> None:
    said = a_comment(thread_of_report(a_report()), held_at=timezone.now(), held_reason="link")
    staff = staff_client()
    assert "Bei mir auch" in staff.get("/intern/complaints/comment/?state=waiting").text
    sent = {"action": action, "_selected_action": [said.number], "decide": "1", "reason": "advertising"}
    staff.post("/intern/complaints/comment/", sent)
    assert Decision.objects.get().verb == verb
    assert Comment.objects.readable().exists() is (verb == "released")
    assert ("Bei mir auch" in client.get(said.thread.address).text) is (verb == "released")


@pytest.mark.parametrize("page", ["flag", "decision", "comment", "report"])
def test_strangers_and_people_without_the_right_find_no_queue(client: Client, page: str) -> None:
    address = f"/intern/complaints/{page}/"
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("max", "max@example.org", "geheim"))
    assert client.get(address).status_code in (302, 403, 404)
    said = a_comment(thread_of_report(a_report()))
    client.post(address, {"action": "hide", "_selected_action": [said.number], "decide": "1", "reason": "insult"})
    assert not Decision.objects.exists()


def test_the_log_counts_and_pages(client: Client) -> None:
    assert "Noch keine Entscheidung" in client.get("/moderation/").text
    for number in range(45):
        decide(subject=Subject.REPORT, number=number, verb=Verb.HIDDEN, reason="private", by="chef")
    page = client.get("/moderation/").text
    assert "?seite=2" in page
    assert '<td class="num">45</td>' in page
    assert "Nr. 0</a>:" in client.get("/moderation/?seite=2").text
    for wrong in ("9", "0", "x", "-1", "99999999999"):
        assert client.get(f"/moderation/?seite={wrong}").status_code == 404
    assert "Moderation" in client.get("/en/moderation/").text


def test_the_database_wants_a_reason_for_removals() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        decide(subject=Subject.REPORT, number=1, verb=Verb.HIDDEN, by="chef")


def test_one_connection_cannot_flood_the_queue() -> None:
    report = a_report()
    new = [
        raise_flag(subject=Subject.COMMENT, number=n, reason="other", text="", sender=report.submission)
        for n in range(25)
    ]
    assert new.count(Raised.NEW) == Flag.objects.count() == 20
    assert set(new[20:]) == {Raised.TOO_MANY}
    Flag.objects.update(flagged_at=timezone.now() - timedelta(hours=2))
    again = raise_flag(subject=Subject.COMMENT, number=99, reason="other", text="", sender=report.submission)
    assert again == Raised.NEW


def test_nobody_is_thanked_for_what_nobody_gets(client: Client) -> None:
    report = a_report(text="Du Depp")
    address = f"/einspruch/report/{report.number}/"
    assert "Danke. Wir sehen es uns an." in client.post(address, {"reason": "untrue"}).text
    assert "Das liegt schon bei uns." in client.post(address, {"reason": "untrue"}).text
    assert "Danke. Wir sehen es uns an." in client.post(address, {"reason": "insult", "text": "Depp!"}).text
    assert set(Flag.objects.values_list("reason", "text")) == {("untrue", ""), ("insult", "Depp!")}
    decide(subject=Subject.REPORT, number=report.number, verb=Verb.KEPT, by="chef")
    assert not Flag.objects.open().exists()
    assert "Danke. Wir sehen es uns an." in client.post(address, {"reason": "insult"}).text
    assert Flag.objects.open().count() == 1
    Flag.objects.update(settled_at=timezone.now())
    for _ in range(20 - Flag.objects.count()):
        client.post(address, {"reason": "other"})
        Flag.objects.update(settled_at=timezone.now())
    last = client.post(address, {"reason": "other", "text": "Noch etwas"})
    assert last.status_code == 429
    assert "in einer Stunde" in last.text
    assert "Noch etwas" in last.text


def test_only_the_decision_in_force_is_undone() -> None:
    report, staff = a_report(text="Du Depp, 0171 1234"), staff_client()
    for number, reason in ((1, "private"), (2, "insult")):
        hide(report=Report.objects.get(), reason=reason, by="chef")
        assert Decision.objects.filter(reason=reason).get().can_be_undone
        if number == 1:
            show(report=Report.objects.get(), by="chef")
    first, latest = Decision.objects.order_by("pk")[0], Decision.objects.order_by("pk")[2]
    address = "/intern/complaints/decision/"
    assert "Wieder zeigen" not in staff.get(f"{address}{first.pk}/change/").text
    assert "Wieder zeigen" in staff.get(f"{address}{latest.pk}/change/").text
    sent = {"action": "show", "_selected_action": [first.pk]}
    staff.post(address, sent | {"decide": "1"})
    assert not Report.objects.public().exists()
    asked = staff.post(address, sent | {"_selected_action": [first.pk, latest.pk]}).text
    assert f"Meldung {report.number}: ausgeblendet" in asked
    assert "Du Depp, 0171 1234" in asked
    assert asked.count('name="_selected_action"') == 1
    staff.post(address, sent | {"_selected_action": [latest.pk], "decide": "1"})
    assert Report.objects.public().exists()


def test_what_was_undone_is_no_removal_any_more() -> None:
    for number in (1, 2):
        decide(subject=Subject.REPORT, number=number, verb=Verb.HIDDEN, reason="private", by="Nora")
    decide(subject=Subject.REPORT, number=1, verb=Verb.SHOWN, by="Nora")
    assert [count for _reason, count in log_page(1).removals] == [1]
    decide(subject=Subject.REPORT, number=1, verb=Verb.HIDDEN, reason="private", by="Nora")
    assert [count for _reason, count in log_page(1).removals] == [2]
