"""Following a place: asked for on its page, confirmed by mail, told once a day of what carriers promise and publish."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from complaints.follows import actions
from complaints.follows.models import Follow, Letter, Topic
from complaints.follows.tasks import IN_ONE_MAIL, send_all
from complaints.threads.actions import thread_of_report
from operators.posts.actions import come_out, give_up, keep, mark_due_soon, mark_overdue, move
from operators.posts.models import Promise
from tests.builders import a_land, a_post, a_promise, a_report, a_town
from tests.complaints.follows.test_follows import path_in

pytestmark = pytest.mark.django_db
PLACE = "/ort/nordrhein-westfalen/muenster/"
ADDRESS = f"{PLACE}folgen/"


def a_follower(**fields: Any) -> Follow:
    values: dict[str, Any] = {"topic": Topic.PLACE, "subject": a_town().pk, "label": "Münster"}
    values |= {"email": "anna@example.org", "confirmed_at": timezone.now()}
    return Follow.objects.create(**values | fields)


def a_day_later() -> None:
    Follow.objects.update(told_at=timezone.now() - timedelta(days=1, minutes=1))


def body(number: int = -1) -> str:
    return str(mail.outbox[number].body)


def test_a_visitor_follows_a_place_from_its_page_and_hears_of_a_promise(client: Client) -> None:
    a_town()
    assert f'href="{ADDRESS}"' in client.get(PLACE).text
    assert "Von Neuem zu Münster hören" in client.get(ADDRESS).text
    sent = client.post(ADDRESS, {"email": "anna@example.org"})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{ADDRESS}?danke")
    assert not sent.cookies
    assert "Schau in dein Postfach" in client.get(f"{ADDRESS}?danke").text
    send_all()
    assert mail.outbox[0].subject == "Neues zu Münster: Bist du das?"
    link = path_in(body(), "folgen")
    assert "Von Neuem zu Münster hören?" in client.get(link).text
    client.post(link)
    promise = a_promise(a_post(), sentence="Bis Mai steht der Mast.")
    move(promise=promise, due_on=timezone.localdate() + timedelta(days=90), note="Der Kran fehlt.", by="Max")
    send_all()
    assert mail.outbox[1].subject == "O2 hat ein Versprechen für Münster verschoben"
    for part in ("Bis Mai steht der Mast.", "Der Kran fehlt.", f"#versprechen-{promise.pk}", "Zugesagt bis"):
        assert part in body()
    headers = mail.outbox[1].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    end = path_in(headers["List-Unsubscribe"].strip("<>"), "ende")
    assert "Keine Mails mehr zu Münster?" in client.get(end).text
    client.post(end, {"List-Unsubscribe": "One-Click"})
    assert not Follow.objects.exists()


def test_a_land_is_followed_too_and_hears_of_its_towns(client: Client) -> None:
    land = a_town().land
    assert land
    assert client.post(f"/ort/{land.slug}/folgen/", {"email": "anna@example.org"}).status_code == 303
    Follow.objects.update(confirmed_at=timezone.now())
    keep(promise=a_promise(a_post()), evidence="Steht seit Montag.", by="Max")
    assert Letter.objects.get().follow.subject == land.pk


def test_each_change_of_a_promise_is_news() -> None:
    a_follower()
    post = a_post()
    late, near, broken = (a_promise(post, sentence=text) for text in ("spät", "nah", "aus"))
    Promise.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    Promise.objects.filter(pk=near.pk).update(due_on=timezone.localdate() + timedelta(days=3))
    assert (mark_overdue(), mark_due_soon()) == (1, 1)
    assert (mark_overdue(), mark_due_soon()) == (0, 0)
    give_up(promise=broken, note="Kein Standort.", by="Max")
    lines = list(Letter.objects.order_by("pk").values_list("subject_line", flat=True))
    assert lines == [
        "Ein Versprechen von O2 für Münster ist überfällig",
        "Ein Versprechen von O2 für Münster ist bald fällig",
        "O2 hat ein Versprechen für Münster aufgegeben",
    ]
    assert "Bald fällig" in Client().get("/versprechen/").text


def test_a_date_that_was_near_from_the_start_is_no_news() -> None:
    a_promise(a_post(), days=5)
    assert mark_due_soon() == 0


def test_a_new_post_about_the_place_is_news_once() -> None:
    a_follower()
    a_follower(subject=a_land().pk, label="Nordrhein-Westfalen", email="ben@example.org")
    post = a_post(title="x" * 120)
    post.places.add(a_town(), a_land())
    for _time in range(2):
        come_out(post=post)
    assert Letter.objects.count() == 2
    send_all()
    assert f"/beitraege/{post.slug}/" in body()


def test_news_of_a_day_come_in_one_mail() -> None:
    a_follower()
    promise = a_promise(a_post())
    for days in (70, 80, 90):
        move(promise=promise, due_on=timezone.localdate() + timedelta(days=days), note=f"Noch {days}", by="Max")
    send_all()
    assert mail.outbox[0].subject == "3 Neuigkeiten zu Münster"
    assert body().count("verschoben") == 3
    keep(promise=promise, evidence="Steht.", by="Max")
    assert send_all() == 0
    a_day_later()
    assert send_all() == 1
    assert "Steht." in body()
    assert not Letter.objects.exists()


def test_a_mail_names_some_and_counts_the_rest() -> None:
    follow = a_follower()
    Letter.objects.bulk_create(
        Letter(follow=follow, subject_line="x", text=f"Nr. {n}.", address="/") for n in range(IN_ONE_MAIL + 5)
    )
    send_all()
    assert len(mail.outbox) == 1
    assert "Und noch 5 weitere" in body()
    assert f"Nr. {IN_ONE_MAIL}." not in body()


def test_the_mails_speak_english_to_who_asked_in_english(client: Client) -> None:
    a_town()
    client.post("/en/place/nordrhein-westfalen/muenster/follow/", {"email": "anna@example.org"})
    send_all()
    assert mail.outbox[0].subject == "News about Münster: is this you?"
    Follow.objects.update(confirmed_at=timezone.now())
    Promise.objects.filter(pk=a_promise(a_post()).pk).update(due_on=timezone.localdate() - timedelta(days=1))
    mark_overdue()
    send_all()
    assert mail.outbox[1].subject == "A promise of O2 for Münster is overdue"
    assert "Promised until" in body()
    assert "/en/posts/" in body()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Bitte schreib deine E-Mail-Adresse."),
        ("anna", "keine vollständige E-Mail-Adresse"),
        ("a@b.de\nBcc: alle@example.org", "keine vollständige E-Mail-Adresse"),
        (f"{'x' * 190}@example.org", "unter 200 Zeichen"),
    ],
)
def test_a_wrong_address_is_told_what_is_wrong(client: Client, typed: str, sentence: str) -> None:
    a_town()
    answer = client.post(ADDRESS, {"email": typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed.split("\n", maxsplit=1)[0] in answer.text
    assert not Follow.objects.exists()


@pytest.mark.parametrize("address", ["/ort/nirgends/folgen/", "/ort/nordrhein-westfalen/nirgends/folgen/"])
def test_a_place_that_is_not_there_cannot_be_followed(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address, {"email": "anna@example.org"}).status_code == 404


def test_a_program_that_fills_in_everything_makes_nobody_get_mail(client: Client) -> None:
    a_town()
    assert client.post(ADDRESS, {"email": "anna@example.org", "website": "x"}).status_code == 303
    assert not Follow.objects.exists()


def test_nobody_can_fill_a_strangers_letter_box() -> None:
    for subject in range(50):
        actions.ask(topic=Topic.PLACE, subject=subject, email="Opfer@example.org")
        send_all()
        Follow.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    for subject in range(50):
        actions.ask(topic=Topic.THREAD, subject=subject % 5, email="opfer@example.org")
        send_all()
    assert len(mail.outbox) == actions.MOST_ASKS


def test_one_connection_cannot_write_to_many_strangers(client: Client) -> None:
    a_town()
    answers = [client.post(ADDRESS, {"email": f"o{n}@example.org"}, REMOTE_ADDR="8.8.8.8") for n in range(12)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [422] * 2
    assert "in einer Stunde noch einmal" in answers[-1].text
    assert "o11@example.org" in answers[-1].text
    assert Follow.objects.count() == 10


def test_a_held_comment_of_a_program_asks_nobody(client: Client) -> None:
    thread = thread_of_report(a_report())
    typed = {"text": "Kauft!", "email": "opfer@example.org", "website": "x"}
    client.post(f"/faden/{thread.pk}/kommentar/", typed)
    assert thread.all_comments.exists()
    assert not Follow.objects.exists()


def test_the_form_takes_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    a_town()
    with django_assert_max_num_queries(2):
        client.get(ADDRESS)
    with django_assert_max_num_queries(14):
        client.post(ADDRESS, {"email": "anna@example.org"})
