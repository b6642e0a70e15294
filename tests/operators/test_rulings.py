"""Objections to what carriers write: filed like any other, decided by the site's staff, visible in their place."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from complaints.moderation.models import Decision, Flag
from complaints.reports.models import Contact, Report
from operators.board.queries import _waits
from operators.posts import rulings as post_rulings
from operators.posts.models import Picture, PictureSize, Post
from operators.posts.preview import preview_address
from operators.replies import rulings as answer_rulings
from operators.replies import tasks
from operators.replies.models import Answer, Answered
from operators.replies.queries import hint
from tests.builders import a_member, a_post, a_promise, a_report, a_town, site_staff
from tests.operators.replies.test_answers import give, give_all

pytestmark = pytest.mark.django_db
FLAGS, LOG = "/intern/complaints/flag/", "/intern/complaints/decision/"


def staff() -> Client:
    client = Client()
    client.force_login(site_staff())
    return client


def object_to(client: Client, address: str, **headers: str) -> None:
    assert client.get(address).status_code == 200
    assert "Wir sehen es uns an" in client.post(address, {"reason": "untrue", "text": "Stimmt nicht"}, **headers).text  # type: ignore[arg-type]


def decide(action: str, page: str = FLAGS) -> None:
    rows = Flag.objects.open() if page == FLAGS else Decision.objects.filter(verb="hidden")
    sent = {"action": action, "_selected_action": list(rows.values_list("pk", flat=True)), "decide": "1"}
    answer = staff().post(page, sent | {"reason": "untrue", "note": "Der Mast steht nicht."})
    assert answer.status_code == 302, answer.text


def an_answered_report() -> tuple[Report, Answer]:
    report = a_report(text="Kein Netz")
    return report, give(report).answer


def test_a_post_is_objected_to_hidden_with_its_reason_and_shown_again(client: Client) -> None:
    post = a_post(title="Alles gut", body="Es gibt keine Probleme.", summary="Nichts zu sehen.")
    post.places.add(a_town())
    promise = a_promise(post, sentence="Bis Mai steht der Mast.")
    address = f"/beitraege/{post.slug}/"
    assert f"/einspruch/post/{post.pk}/" in client.get(address).text
    object_to(client, f"/einspruch/post/{post.pk}/")
    assert "Alles gut" in staff().get(FLAGS).text
    decide("hide")
    page = client.get(address)
    assert page.status_code == 410
    assert "Wir haben diesen Beitrag ausgeblendet: stimmt nicht." in page.text
    assert promise.sentence in page.text
    for public in (
        address,
        "/",
        "/beitraege/",
        "/beitraege/feed/",
        "/versprechen/",
        "/ort/nordrhein-westfalen/muenster/",
    ):
        text = client.get(public).text
        assert "Alles gut" not in text, public
        assert "keine Probleme" not in text
        assert "Nichts zu sehen" not in text
    assert "ausgeblendet haben" in client.get("/beitraege/").text
    assert client.get(preview_address(post.pk)).status_code == 404
    assert client.get(f"/einspruch/post/{post.pk}/").status_code == 404
    assert "Der Mast steht nicht." in client.get("/moderation/").text
    decide("show", LOG)
    assert "keine Probleme" in client.get(address).text
    assert list(Decision.objects.order_by("pk").values_list("verb", flat=True)) == ["hidden", "shown"]


def test_the_pictures_of_a_hidden_post_are_gone(client: Client) -> None:
    post = a_post()
    picture = Picture.objects.create(carrier=post.carrier, post=post, key=uuid4(), alt="Mast", width=10, height=10)
    PictureSize.objects.create(picture=picture, width=480, content=b"webp")
    address = f"/bild/{picture.key}-480.webp"
    assert client.get(address).status_code == 200
    Post.objects.update(hidden_at=timezone.now(), hidden_reason="private")
    assert client.get(address).status_code == 404


def test_an_answer_is_objected_to_and_its_mark_says_why(client: Client) -> None:
    report, answer = an_answered_report()
    assert f"/einspruch/answer/{answer.pk}/" in client.get(f"/fall/{report.number}/").text
    object_to(client, f"/einspruch/answer/{answer.pk}/")
    decide("hide")
    page = client.get(f"/fall/{report.number}/").text
    assert answer.text not in page
    assert "Wir haben diese Antwort ausgeblendet: stimmt nicht." in page
    decide("show", LOG)
    assert answer.text in client.get(f"/fall/{report.number}/").text


def test_a_hidden_answer_is_no_hint_no_mail_and_ends_no_wait() -> None:
    report = a_report()
    answer = give_all().answer
    later = a_report(at=timezone.now(), received_at=timezone.now())
    assert hint(later) == answer
    assert _waits(timezone.now(), [])[90][report.carrier_id].waiting == 1
    answer_rulings.hide(number=answer.pk, reason="insult", by="chef")
    assert hint(later) is None
    assert _waits(timezone.now(), [])[90][report.carrier_id].waiting == 2
    Contact.objects.create(report=report, email="anna@example.org")
    tasks.send_answer.func(Answered.objects.get(answer=answer).pk)
    assert mail.outbox == []


def test_an_answer_to_nothing_public_cannot_be_objected_to(client: Client) -> None:
    report, answer = an_answered_report()
    Report.objects.filter(pk=report.pk).update(hidden_at=timezone.now())
    for number in (answer.pk, 987654321, 99999999999999999999):
        assert client.get(f"/einspruch/answer/{number}/").status_code == 404
        assert client.post(f"/einspruch/answer/{number}/", {"reason": "untrue"}).status_code == 404


@pytest.mark.parametrize("published_at", [None, timezone.now() + timedelta(days=1)])
def test_a_draft_cannot_be_objected_to(client: Client, published_at: object) -> None:
    post = a_post(published_at=published_at)
    assert client.get(f"/einspruch/post/{post.pk}/").status_code == 404


def test_a_carrier_objects_like_everybody_and_decides_nothing() -> None:
    report, max_ = a_report(text="O2 ist doof"), Client()
    max_.force_login(a_member("o2", "manager"))
    assert f"/einspruch/report/{report.number}/" in max_.get("/intern/postfach/?anbieter=o2").text
    object_to(max_, f"/einspruch/report/{report.number}/")
    flag = Flag.objects.get()
    for action in ("hide", "keep"):
        answer = max_.post(FLAGS, {"action": action, "_selected_action": [flag.pk], "decide": "1", "reason": "insult"})
        assert answer.status_code == 404
    assert max_.get(FLAGS).status_code == 404
    assert Report.objects.public().filter(number=report.number).exists()
    assert Flag.objects.open().exists()


def test_hiding_and_showing_twice_is_one_decision_each() -> None:
    post, (_report, answer) = a_post(), an_answered_report()
    for _time in range(2):
        post_rulings._hide(number=post.pk, reason="insult", note="", by="chef")
        answer_rulings.hide(number=answer.pk, reason="insult", by="chef")
    for _time in range(2):
        post_rulings._show(number=post.pk, note="", by="chef")
        answer_rulings.show(number=answer.pk, by="chef")
    assert Decision.objects.count() == 4


@pytest.mark.parametrize("make", [a_post, lambda: an_answered_report()[1]])
def test_the_database_wants_the_reason_of_what_is_hidden(make: object) -> None:
    row = make()  # type: ignore[operator]
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(hidden_at=timezone.now())
