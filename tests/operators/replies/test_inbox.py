"""The inbox: what waits, for whom, and what may be done with it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.base.tags import number as localized
from complaints.carriers.models import Carrier
from complaints.reports.models import Report
from complaints.threads.actions import thread_of_report
from complaints.threads.models import Comment
from complaints.threads.queries import next_number
from operators.members.models import Membership, Role, User
from operators.replies.models import Answer, Answered, Assignment, Note, OfficialComment, TextBlock
from tests.builders import a_report, a_town
from tests.operators.replies.staff import a_member, logged_in

pytestmark = pytest.mark.django_db
INBOX = "/intern/postfach/"


@pytest.fixture
def max_(db: None) -> User:
    return a_member()


@pytest.fixture
def desk(max_: User) -> Client:
    return logged_in(max_)


def an_answer(**fields: Any) -> dict[str, Any]:
    return {"do": "answer", "submission": str(uuid4()), "seen": 0, "text": "Wir bauen um."} | fields


def a_comment(report: Report, text: str = "Und wann?") -> Comment:
    number = next_number()
    return Comment.objects.create(
        number=number,
        submission=uuid4(),
        thread=thread_of_report(report),
        root=number,
        path=[number],
        addressee=report.carrier,
        text=text,
        said_at=timezone.now(),
    )


def test_it_lists_what_waits_longest_first(desk: Client) -> None:
    young = a_report(at=timezone.now() - timedelta(hours=2))
    old = a_report(at=timezone.now() - timedelta(hours=50))
    others = [a_report(carrier="vodafone"), a_report("works"), a_report(answered_at=timezone.now())]
    page = desk.get(INBOX)
    text = page.text
    assert text.index(f"report-{old.number}") < text.index(f"report-{young.number}")
    assert "wartet seit 2 Tagen" in text
    assert not [other for other in others if f'"report-{other.number}"' in text]
    assert page.headers["Cache-Control"] == "private, no-store"


def test_it_lists_comments_beside_reports(desk: Client) -> None:
    comment = a_comment(a_report(answered_at=timezone.now()))
    text = desk.get(INBOX).text
    assert "Und wann?" in text
    assert f"zu Fall Nr. {localized(comment.thread.report_id)}, " in text
    assert "weniger als einer Stunde" in text
    assert "Und wann?" not in desk.get(INBOX, {"art": "report"}).text
    assert f"comment-{comment.number}" in desk.get(INBOX, {"art": "comment"}).text


def test_it_filters_by_place_kind_and_whose(desk: Client, max_: User) -> None:
    here, there = a_report("sms"), a_report("dropped", town=a_town("Hamburg", "hamburg"))
    mine, again = a_report("dropped"), a_report("dropped", status="reopened")
    desk.post(f"{INBOX}report/{mine.number}/", {"do": "assign", "assignee": max_.pk})
    for query, found in (
        ({"ort": "Hamburg"}, there),
        ({"problem": "sms"}, here),
        ({"mir": "on"}, mine),
        ({"wieder": "on"}, again),
    ):
        text = desk.get(INBOX, query).text
        shown = [r for r in (here, there, mine, again) if f'"report-{r.number}"' in text]
        assert shown == [found]


@pytest.mark.parametrize(
    "query",
    [
        {"ort": "Xyzzy"},
        {"ort": "Kasell"},
        {"art": "x"},
        {"problem": "works"},
        {"nach": "x"},
        {"nach": "99999999999.000000_1_1"},
    ],
    ids=str,
)
def test_a_bad_filter_is_said(desk: Client, query: dict[str, str]) -> None:
    assert desk.get(INBOX, query).status_code in (200, 422)
    assert query == {"nach": "99999999999.000000_1_1"} or desk.get(INBOX, query).status_code == 422


def test_it_pages_without_gaps(desk: Client) -> None:
    at = timezone.now() - timedelta(days=1)
    numbers = {a_report(at=at + timedelta(minutes=n // 2)).number for n in range(45)}
    seen: list[str] = []
    address = INBOX
    for _ in range(3):
        text = desk.get(address).text
        seen += [part.split('"')[0] for part in text.split('<article class="inbox__item" id="report-')[1:]]
        address = INBOX + "?nach=" + text.split("nach=")[1].split('"')[0] if "nach=" in text else ""
    assert address == ""
    assert len(seen) == 45
    assert {int(number) for number in seen} == numbers


def test_it_needs_no_more_queries_for_a_full_page(desk: Client) -> None:
    needed = []
    desk.get(INBOX)
    for count in (1, 25):
        for _ in range(count):
            a_report()
        with CaptureQueriesContext(connection) as queries:
            desk.get(INBOX)
        needed.append(len(queries))
    assert needed[0] == needed[1] <= 30


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.ADVERTISER])
@pytest.mark.parametrize("address", ["", "gruppe/", "report/{}/"])
def test_other_roles_and_carriers_find_nothing(role: Role, address: str) -> None:
    report = a_report()
    address = INBOX + address.format(report.number)
    assert logged_in(a_member("anna", role=role)).get(address).status_code == 404 or role == Role.AUTHOR
    other = logged_in(a_member("toni", carrier="vodafone", role=Role.MANAGER))
    assert (other.get(address).status_code == 404) == ("report" in address)
    assert "Wir bauen" not in other.get(INBOX).text
    assert Client().get(address).status_code == 302


def test_another_carriers_staff_changes_nothing() -> None:
    report = a_report()
    other = logged_in(a_member("toni", carrier="vodafone", role=Role.MANAGER))
    for sent in (an_answer(), {"do": "note", "note-text": "x"}, {"do": "assign"}, an_answer(anbieter="o2")):
        assert other.post(f"{INBOX}report/{report.number}/", sent).status_code in (403, 404)
    assert not Answer.objects.exists()
    assert not Note.objects.exists()


def test_it_answers_in_place_and_comes_back_with_its_filters(desk: Client, max_: User) -> None:
    report = a_report()
    sent = an_answer(fixed="on", filter_ort="Münster", filter_problem="dropped")
    answer = desk.post(f"{INBOX}report/{report.number}/", sent)
    assert answer.status_code == 303
    assert answer["Location"] == f"{INBOX}?anbieter=o2&ort=M%C3%BCnster&problem=dropped"
    stored = Answer.objects.get()
    assert (stored.author, stored.author_name, stored.fixed) == (max_, "Max", True)
    report.refresh_from_db()
    assert report.status == "said-fixed"
    desk.post(f"{INBOX}report/{report.number}/", sent)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": "x" * 4001},
        {"submission": "x"},
        {"seen": "x"},
        {"text": "a\x00b"},
        {"text": "\u200b"},
        {"seen": 1 << 70},
    ],
    ids=str,
)
def test_bad_input_is_said_and_kept(desk: Client, fields: dict[str, Any]) -> None:
    report = a_report()
    answer = desk.post(f"{INBOX}report/{report.number}/", an_answer(**fields))
    assert answer.status_code == 422
    assert "inbox__error" in answer.text or "errorlist" in answer.text
    assert answer.context["note"].errors == {}  # of the note to colleagues nobody asked
    assert not Answer.objects.exists()
    if "text" not in fields:
        assert "Wir bauen um." in answer.text


def test_the_second_of_two_sees_the_first_and_keeps_the_text(desk: Client) -> None:
    report = a_report()
    colleague = logged_in(a_member("mia"))
    colleague.post(f"{INBOX}report/{report.number}/", an_answer(text="Mias Antwort"))
    late = desk.post(f"{INBOX}report/{report.number}/", an_answer(text="Mein langer Text"))
    assert late.status_code == 409
    assert "Ein Kollege war schneller" in late.text
    assert "Mias Antwort" in late.text
    assert "Mein langer Text" in late.text
    seen = Answered.objects.get().answer_id
    assert f'name="seen" value="{seen}"' in late.text
    assert desk.post(f"{INBOX}report/{report.number}/", an_answer(seen=seen)).status_code == 303


def test_a_membership_that_ends_while_typing_leaves_the_text(desk: Client, max_: User) -> None:
    report = a_report()
    Membership.objects.filter(user=max_).update(ends_at=timezone.now())
    for sender in (desk, Client()):
        answer = sender.post(f"{INBOX}report/{report.number}/", an_answer(text="Lange getippt"))
        assert answer.status_code == 403
        assert "Lange getippt" in answer.text
        assert "Dein Zugang ist zu Ende" in answer.text
        assert "Kein Netz" not in answer.text
    assert not Answer.objects.exists()


def test_every_change_needs_the_token(max_: User) -> None:
    report = a_report()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(max_)
    assert strict.post(f"{INBOX}report/{report.number}/", an_answer()).status_code == 403
    assert not Answer.objects.exists()


def test_a_text_block_is_inserted_without_script(desk: Client) -> None:
    report = a_report()
    o2 = Carrier.objects.get(slug="o2")
    block = TextBlock.objects.create(carrier=o2, title="Dank", text="Danke für die Meldung.")
    foreign = TextBlock.objects.create(carrier=Carrier.objects.get(slug="vodafone"), title="V", text="Fremd.")
    sent = an_answer(do="block", block=block.pk, text="Hallo,")
    page = desk.post(f"{INBOX}report/{report.number}/", sent)
    assert page.status_code == 200
    assert "Hallo,\n\nDanke für die Meldung.</textarea>" in page.text
    assert sent["submission"] in page.text
    assert "Fremd." not in desk.post(f"{INBOX}report/{report.number}/", sent | {"block": foreign.pk}).text


def test_it_assigns_to_colleagues_only_and_notes_for_them_only(desk: Client, client: Client) -> None:
    report, mia = a_report(), a_member("mia")
    address = f"{INBOX}report/{report.number}/"
    assert desk.post(address, {"do": "assign", "assignee": mia.pk}).status_code == 303
    assert Assignment.objects.get().assignee == mia
    stranger = a_member("toni", carrier="vodafone")
    assert desk.post(address, {"do": "assign", "assignee": stranger.pk}).status_code == 422
    assert Assignment.objects.get().assignee == mia
    desk.post(address, {"do": "assign", "assignee": ""})
    assert not Assignment.objects.exists()
    desk.post(address, {"do": "note", "note-text": "Bitte Mia fragen"})
    assert "Bitte Mia fragen" in desk.get(INBOX).text
    assert "Bitte Mia fragen" not in client.get(f"/fall/{report.number}/").text
    assert desk.post(address, {"do": "note", "note-text": " "}).status_code == 422


def test_it_answers_a_comment_officially(desk: Client, max_: User) -> None:
    comment = a_comment(a_report())
    address = f"{INBOX}comment/{comment.number}/"
    assert "Und wann?" in desk.get(address).text
    sent = an_answer(text="Im Mai.")
    assert desk.post(address, sent).status_code == 303
    said = Comment.objects.get(parent=comment)
    assert (said.carrier.slug if said.carrier else "", said.name, said.text) == ("o2", "Max", "Im Mai.")
    assert OfficialComment.objects.get(comment=said).author == max_
    desk.post(address, sent)
    assert Comment.objects.filter(parent=comment).count() == 1
    assert desk.post(address, an_answer()).status_code == 409


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 30])
def test_what_is_not_there_is_404(desk: Client, number: str) -> None:
    assert desk.get(f"{INBOX}report/{number}/").status_code == 404
    assert desk.get(f"{INBOX}comment/{number}/").status_code == 404


@pytest.mark.parametrize("do", ["assign", "note"])
def test_who_looks_after_it_and_a_note_are_stored_together(desk: Client, max_: User, do: str) -> None:
    """They stand in one form; whichever button is pressed, nothing is lost."""
    report = a_report()
    sent = {"do": do, "assignee": max_.pk, "note-text": "Bitte am Mast nachsehen."}
    assert desk.post(f"{INBOX}report/{report.number}/", sent).status_code == 303
    assert Assignment.objects.get().assignee == max_
    assert Note.objects.get().text == "Bitte am Mast nachsehen."


@pytest.mark.parametrize("do", ["assign", "note"])
def test_an_answer_that_is_begun_is_kept(desk: Client, max_: User, do: str) -> None:
    report = a_report()
    sent = an_answer(do=do, text="Wir bauen gerade", assignee=max_.pk, **{"note-text": "Mast 12"})
    for _ in range(2):
        page = desk.post(f"{INBOX}report/{report.number}/", sent)
        assert page.status_code == 200
        assert "Wir bauen gerade</textarea>" in page.text
        assert "Mast 12</textarea>" not in page.text
    assert Note.objects.get().text == "Mast 12"
    assert Assignment.objects.get().assignee == max_


def test_a_note_that_is_begun_is_stored_with_the_answer(desk: Client) -> None:
    report = a_report()
    sent = an_answer(**{"note-text": "Mast 12"})
    assert desk.post(f"{INBOX}report/{report.number}/", sent).status_code == 303
    assert Note.objects.get().text == "Mast 12"


def test_an_empty_filter_does_not_claim_that_all_is_answered(desk: Client) -> None:
    a_report()
    page = desk.get(INBOX + "?mir=on").text
    assert "Mit diesem Filter wartet nichts." in page
    assert "Alles beantwortet" not in page


def test_a_form_older_than_the_session_gives_its_words_back(max_: User) -> None:
    """Logged in anew in another window, sent in the first one."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(max_)
    report = a_report()
    sent = an_answer(text="Wirbauen", **{"note-text": "Mast12", "csrfmiddlewaretoken": "alt"})
    page = strict.post(f"{INBOX}report/{report.number}/", sent)
    assert page.status_code == 403
    assert "Wirbauen</textarea>" in page.text
    assert "Mast12</textarea>" in page.text
    assert sent["submission"] not in page.text
    assert "neu angemeldet" in page.text
