"""Follows: asked for, confirmed by mail, written to, ended by one click, forgotten."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from complaints.follows import actions
from complaints.follows.models import Follow, Letter, Topic
from complaints.follows.tasks import send_all
from complaints.threads.actions import say_officially, thread_of_report
from tests.builders import a_report

pytestmark = pytest.mark.django_db


def path_in(text: str, word: str) -> str:
    found = re.search(rf"https?://[^/]+(/\S*{word}\S*)", text)
    assert found, text
    return found.group(1)


def a_follow(subject: int = 7, **fields: Any) -> Follow:
    values: dict[str, Any] = {"topic": Topic.THREAD, "subject": subject, "email": "anna@example.org"}
    return Follow.objects.create(**(values | fields))


def test_an_address_is_confirmed_by_a_button_and_hears_of_answers(client: Client) -> None:
    thread = thread_of_report(a_report())
    actions.ask(topic=Topic.THREAD, subject=thread.pk, email="anna@example.org", language="de")
    assert send_all() == 1
    link = path_in(str(mail.outbox[0].body), "folgen")
    assert "Ja, schreibt mir" in client.get(link).text
    assert not Follow.objects.confirmed().exists()
    assert "Du hörst von uns" in client.post(link).text
    assert Follow.objects.confirmed().exists()
    say_officially(
        thread=thread, parent=None, carrier=thread.carrier, name="Max", text="Wir bauen um.", submission=uuid4()
    )
    assert send_all() == 1
    letter = mail.outbox[1]
    assert "Max von O2" in letter.body
    assert "Wir bauen um." in letter.body
    assert "\n" not in letter.subject
    assert "/kommentar/" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one_click = path_in(letter.extra_headers["List-Unsubscribe"].strip("<>"), "ende")
    assert client.get(one_click).status_code == 200
    assert Follow.objects.exists()
    assert client.post(one_click, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follow.objects.exists()
    assert "Abbestellt" in client.get(one_click).text
    assert client.get(link).status_code == 410


def test_mails_speak_the_language_of_who_asked() -> None:
    thread = thread_of_report(a_report())
    a_follow(thread.pk, language="en", confirmed_at=timezone.now())
    say_officially(thread=thread, parent=None, carrier=thread.carrier, name="Max", text="Hi", submission=uuid4())
    send_all()
    assert mail.outbox[0].subject == "A new answer in a conversation that you follow"
    assert "/en/comment/" in mail.outbox[0].body


def test_nobody_is_asked_twice_within_an_hour() -> None:
    for _time in range(3):
        actions.ask(topic=Topic.THREAD, subject=7, email="Anna@example.org")
        send_all()
    assert len(mail.outbox) == Follow.objects.count() == 1
    Follow.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    actions.ask(topic=Topic.THREAD, subject=7, email="anna@example.org")
    send_all()
    assert len(mail.outbox) == 2
    actions.confirm(follow=Follow.objects.get())
    Follow.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    actions.ask(topic=Topic.THREAD, subject=7, email="anna@example.org")
    assert send_all() == 0


def test_only_confirmed_addresses_but_the_author_get_letters() -> None:
    a_follow(email="neu@example.org")
    a_follow(email="autor@example.org", confirmed_at=timezone.now())
    a_follow(email="leser@example.org", confirmed_at=timezone.now())
    told = actions.tell(
        topic=Topic.THREAD, subject=7, subject_line="x", text="y", address="/", author="Autor@example.org"
    )
    assert told == 1
    assert Letter.objects.get().follow.email == "leser@example.org"


def test_unconfirmed_addresses_are_forgotten_after_two_days() -> None:
    a_follow(email="alt@example.org")
    a_follow(email="treu@example.org", confirmed_at=timezone.now())
    Follow.objects.update(created_at=timezone.now() - timedelta(hours=49))
    a_follow(email="neu@example.org")
    actions.forget_unconfirmed()
    assert set(Follow.objects.values_list("email", flat=True)) == {"treu@example.org", "neu@example.org"}


def test_a_mail_server_that_fails_loses_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    follow = a_follow(confirmed_at=timezone.now())
    Letter.objects.create(follow=follow, subject_line="x", text="y", address="/")

    def fails(*_args: object, **_kwargs: object) -> int:
        raise OSError("connection refused")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    assert send_all() == 0
    assert Letter.objects.count() == 1


def test_a_wrong_key_opens_nothing(client: Client) -> None:
    follow = a_follow()
    for method in (client.get, client.post):
        assert method(f"/folgen/{follow.pk}/falsch/").status_code == 404
        assert method(f"/folgen/{follow.pk}/falsch/ende/").status_code == 404
    assert Follow.objects.filter(confirmed_at=None).exists()
