"""Comments: said, found again, answered officially, changed, withdrawn; and what is refused with a sentence."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.base.keys import key_for
from complaints.carriers.models import Carrier
from complaints.moderation.models import Decision
from complaints.reports.models import Report
from complaints.reports.queries import version
from complaints.threads import actions
from complaints.threads.models import DEEPEST, Comment, Thread
from complaints.threads.queries import next_number
from tests.builders import a_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_slow_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forms of these tests are not sent within two seconds."""
    monkeypatch.setattr("complaints.base.formtoken.QUICKEST", -1.0)


def a_thread() -> Thread:
    return actions.thread_of_report(a_report())


def unsaved(thread: Thread, parent: Comment | None = None, **fields: Any) -> Comment:
    number = next_number()
    path = [*parent.path[:DEEPEST], number] if parent else [number]
    values: dict[str, Any] = {
        "number": number,
        "submission": uuid4(),
        "thread": thread,
        "parent": parent,
        "root": path[0],
        "path": path,
        "addressee": thread.carrier,
        "name": "Anna",
        "text": "Bei mir auch",
        "said_at": timezone.now(),
    }
    return Comment(**(values | fields))


def a_comment(thread: Thread, parent: Comment | None = None, **fields: Any) -> Comment:
    comment = unsaved(thread, parent, **fields)
    comment.save(force_insert=True)
    return comment


def sent(**fields: Any) -> dict[str, Any]:
    return {"text": "Seit Montag", "name": "Anna", "token": TimestampSigner(salt="einzelfall.form").sign("k")} | fields


def test_a_comment_stands_at_once_and_its_author_gets_a_link(client: Client) -> None:
    report = a_report()
    assert "Noch hat niemand etwas dazu gesagt" in client.get(f"/fall/{report.number}/").text
    answer = client.post(f"/fall/{report.number}/kommentar/", sent())
    assert answer.status_code == 303
    said = Comment.objects.get()
    assert answer["Location"] == f"/kommentar/{said.number}/{key_for('comment', said.number)}/"
    own = client.get(answer["Location"])
    assert "Dein Kommentar steht" in own.text
    assert "no-store" in own["Cache-Control"]
    assert not own.cookies
    page = client.get(f"/fall/{report.number}/").text
    assert "Seit Montag" in page
    assert f'id="kommentar-{said.number}"' in page
    link = client.get(f"/kommentar/{said.number}/")
    assert (link.status_code, link["Location"]) == (
        302,
        f"/fall/{report.number}/?kommentar={said.number}#kommentar-{said.number}",
    )
    assert client.get(f"/en/comment/{said.number}/")["Location"].startswith(f"/en/case/{report.number}/?kommentar=")
    for other in (f"/leicht/fall/{report.number}/", f"/en/case/{report.number}/"):
        assert "Seit Montag" in client.get(other).text


def test_the_same_words_from_a_shared_page_are_one_comment(client: Client) -> None:
    report = a_report()
    places = {client.post(f"/fall/{report.number}/kommentar/", sent())["Location"] for _time in range(3)}
    assert len(places) == Comment.objects.count() == 1


def test_words_of_a_comment_are_no_markup(client: Client) -> None:
    thread = a_thread()
    a_comment(thread, text='<script>alert(1)</script><iframe src="x">', name="<b>")
    page = client.get(thread.address).text
    assert "<script>alert" not in page
    assert "&lt;iframe src=" in page
    assert '<iframe src="x"' not in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": "  "}, "Bitte schreib etwas"),
        ({"text": "x" * 4001}, "unter 4000 Zeichen"),
        ({"name": "Max von О2"}, "mehrerer Alphabete"),
        ({"name": "Max von O2"}, "sieht aus wie der eines Anbieters"),
        ({"email": "anna@"}, "keine vollständige"),
        ({"parent": "987654321"}, "lässt sich nicht mehr antworten"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client, wrong: dict[str, str], sentence: str) -> None:
    thread = a_thread()
    answer = client.post(f"/faden/{thread.pk}/kommentar/", sent(text="Mein langer Text") | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert wrong.get("text", "Mein langer Text").strip()[:30] in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize("mark", ["hidden_at", "withdrawn_at", "held_at"])
def test_nobody_answers_what_is_not_to_be_read(client: Client, mark: str) -> None:
    thread = a_thread()
    fields: dict[str, Any] = {mark: timezone.now(), "hidden_reason": "insult"}
    gone = a_comment(thread, **fields)
    answer = client.post(f"/faden/{thread.pk}/kommentar/", sent(parent=gone.number, text="Doch!"))
    assert answer.status_code == 422
    assert "lässt sich nicht mehr antworten" in answer.text
    assert "Doch!" in answer.text
    assert Comment.objects.count() == 1


def test_nobody_answers_a_comment_of_another_thread() -> None:
    elsewhere = a_comment(a_thread())
    with pytest.raises(actions.CannotAnswerError):
        actions.say_officially(
            thread=a_thread(),
            parent=elsewhere,
            carrier=Carrier.objects.get(slug="o2"),
            name="Max",
            text="Hallo",
            submission=uuid4(),
        )


def test_links_wait_for_a_look_and_their_author_is_told(client: Client) -> None:
    report = a_report()
    answer = client.post(f"/fall/{report.number}/kommentar/", sent(text="Siehe https://x.example"))
    assert "wartet noch auf einen Blick" in client.get(answer["Location"]).text
    held = Comment.objects.get()
    assert held.held_reason == "link"
    assert "x.example" not in client.get(f"/fall/{report.number}/").text
    assert client.get(f"/kommentar/{held.number}/").status_code == 404
    actions.release(comment=held, by="chef")
    assert "x.example" in client.get(f"/fall/{report.number}/").text
    assert Decision.objects.get().verb == "released"


def test_many_comments_of_one_connection_wait(client: Client) -> None:
    report = a_report()
    for n in range(8):
        client.post(f"/fall/{report.number}/kommentar/", sent(text=f"Text {n}"), REMOTE_ADDR="8.8.8.8")
    assert list(Comment.objects.order_by("number").values_list("held_reason", flat=True)) == [""] * 6 + ["many"] * 2


def test_an_official_reply_carries_the_mark_and_counts_as_answer(client: Client) -> None:
    thread = a_thread()
    asked, key = a_comment(thread), uuid4()
    for _time in range(2):
        reply = actions.say_officially(
            thread=thread,
            parent=asked,
            carrier=Carrier.objects.get(slug="o2"),
            name="Max",
            text="Wir bauen um.",
            submission=key,
        )
    asked.refresh_from_db()
    assert asked.answered_at == reply.said_at
    page = client.get(thread.address).text
    assert "Max von O2" in page
    assert page.count("Offizielle Antwort") == 1
    assert Comment.objects.count() == 2


def test_a_thousand_nested_replies_stay_flat_and_in_order() -> None:
    thread = a_thread()
    last = a_comment(thread)
    for _n in range(40):
        last = actions.say_officially(
            thread=thread, parent=last, carrier=thread.carrier, name="Max", text="x", submission=uuid4()
        )
    assert len(last.path) == DEEPEST + 1
    Comment.objects.bulk_create([unsaved(thread, last) for _n in range(960)])
    thread.refresh_from_db()
    assert thread.comments == 1_001
    numbers = list(Comment.objects.filter(thread=thread).order_by("-root", "path").values_list("number", flat=True))
    assert numbers == sorted(numbers)


def test_a_long_thread_takes_as_many_queries_as_a_short_one(client: Client) -> None:
    short, long = a_thread(), a_thread()
    for thread, count in ((short, 5), (long, 1000)):
        first = a_comment(thread)
        replies = [unsaved(thread, first) for _n in range(count - 1)]
        Comment.objects.bulk_create(replies)
    taken = []
    for address in (short.address, long.address, f"{long.address}?seite=20", f"{long.address}?ordnung=beste&seite=3"):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"{address}{'&' if '?' in address else '?'}frisch=1")
        assert page.text.count('id="kommentar-') == (5 if thread_is(address, short) else 50)
        taken.append(len(queries))
    assert len(set(taken)) == 1


def thread_is(address: str, thread: Thread) -> bool:
    return address.startswith(thread.address)


def test_a_permalink_finds_the_page(client: Client) -> None:
    thread = a_thread()
    oldest = a_comment(thread)
    for _n in range(60):
        a_comment(thread)
    target = client.get(f"/kommentar/{oldest.number}/")["Location"]
    assert target == f"{thread.address}?kommentar={oldest.number}&seite=2#kommentar-{oldest.number}"
    assert f'id="kommentar-{oldest.number}"' in client.get(target.partition("#")[0]).text
    assert "Auf dieser Seite steht nichts mehr" in client.get(f"{thread.address}?seite=9").text
    for odd in ("abc", "0", "-1", "99999999999999", "²"):
        assert client.get(f"{thread.address}?seite={odd}").status_code == 200


def test_best_first_puts_answered_and_liked_conversations_on_top(client: Client) -> None:
    thread = a_thread()
    answered = a_comment(thread, text="beantwortet", answered_at=timezone.now())
    liked, plain = a_comment(thread, text="gemocht", thanks=5), a_comment(thread, text="schlicht")
    page = client.get(f"{thread.address}?ordnung=beste").text
    places = [page.index(f'id="kommentar-{comment.number}"') for comment in (answered, liked, plain)]
    assert places == sorted(places)


def test_an_author_changes_for_ten_minutes_and_withdraws_always(client: Client) -> None:
    said = a_comment(a_thread())
    own = f"/kommentar/{said.number}/{key_for('comment', said.number)}/"
    assert client.post(own, sent(text="Besser so")).status_code == 303
    said.refresh_from_db()
    assert (said.text, said.edited_at is not None) == ("Besser so", True)
    Comment.objects.update(said_at=timezone.now() - timedelta(minutes=11))
    late = client.post(own, sent(text="Zu spät"))
    assert late.status_code == 422
    assert "Zu spät" in late.text
    assert client.post(f"{own}zuruecknehmen/").status_code == 303
    said.refresh_from_db()
    assert (said.text, said.name) == ("", "")
    assert "zurückgezogen" in client.get(said.thread.address).text
    assert client.get(f"/kommentar/{said.number}/falsch/").status_code == 404
    assert client.post(f"/kommentar/{said.number}/falsch/zuruecknehmen/").status_code == 404


def test_nobody_changes_an_official_reply_by_a_link(client: Client) -> None:
    reply = a_comment(a_thread(), carrier=Carrier.objects.get(slug="o2"), name="Max")
    assert client.get(f"/kommentar/{reply.number}/{key_for('comment', reply.number)}/").status_code == 404


def test_thanks_count_once_a_day(client: Client) -> None:
    said = a_comment(a_thread())
    for address in ("8.8.8.8", "8.8.8.8", "9.9.9.9"):
        assert client.post(f"/kommentar/{said.number}/hilfreich/", REMOTE_ADDR=address).status_code == 303
    said.refresh_from_db()
    assert said.thanks == 2
    thanked = client.post(f"/kommentar/{said.number}/hilfreich/", REMOTE_ADDR="8.8.8.8", follow=True)
    assert "Danke, angekommen." in thanked.content.decode()
    assert "Danke, angekommen." not in client.get(said.thread.address).content.decode()
    assert client.get(f"/kommentar/{said.number}/hilfreich/").status_code == 405


@pytest.mark.parametrize("mark", ["hidden_at", "withdrawn_at", "held_at"])
def test_comments_of_a_report_that_is_gone_are_gone(client: Client, mark: str) -> None:
    thread = a_thread()
    said = a_comment(thread)
    Report.objects.filter(thread=thread).update(**{mark: timezone.now(), "held_reason": "trap"})
    for answer in (
        client.get(f"/kommentar/{said.number}/"),
        client.post(f"/kommentar/{said.number}/hilfreich/"),
        client.post(f"/faden/{thread.pk}/kommentar/", sent()),
        client.post(f"{thread.address}kommentar/", sent()),
        client.get(f"/einspruch/comment/{said.number}/"),
    ):
        assert answer.status_code == 404
    assert client.get("/kommentar/99999999999999999999999/").status_code == 404


def test_comments_move_the_version_and_the_count() -> None:
    thread, before = a_thread(), version()
    said = a_comment(thread)
    assert version() != before
    before = version()
    actions.hide(comment=said, reason="insult", by="chef")
    assert version() != before
    thread.refresh_from_db()
    assert thread.comments == 0
    actions.show(comment=said, by="chef")
    thread.refresh_from_db()
    assert thread.comments == 1
