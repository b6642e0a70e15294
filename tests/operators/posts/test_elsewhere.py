"""Posts and promises on the pages of other features."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from complaints.follows.models import Follow, Letter, Topic
from operators.posts import actions
from tests.builders import a_land, a_post, a_promise, a_town

pytestmark = pytest.mark.django_db
PROMISE = "Bis Mai steht der Mast."


def test_home_shows_the_newest_word_of_a_carrier(client: Client) -> None:
    old = a_post(title="Alter Beitrag", published_at=timezone.now() - timedelta(days=9))
    a_post("vodafone", title="Neuer Beitrag")
    assert "Neuer Beitrag" in client.get("/").content.decode()
    old.ticker.create(text="Eben fertig geworden.", by="Max", written_at=timezone.now())
    page = client.get("/").content.decode()
    assert "Eben fertig geworden." in page
    assert f"/beitraege/{old.slug}/" in page


def test_a_place_shows_its_promises_and_posts_and_so_does_its_land(client: Client) -> None:
    post = a_post(title="Über Münster", body=PROMISE)
    post.places.add(a_town())
    a_promise(post)
    page = client.get("/ort/nordrhein-westfalen/muenster/").content.decode()
    assert PROMISE in page
    assert "Über Münster" in page
    assert PROMISE in client.get(f"/ort/{a_land().slug}/").content.decode()
    assert PROMISE not in client.get("/ort/bayern/nuernberg/").content.decode()


def test_a_carrier_shows_its_own_posts_only(client: Client) -> None:
    a_post(title="Von O2")
    assert "Von O2" in client.get("/netz/o2/").content.decode()
    assert "Von O2" not in client.get("/netz/vodafone/").content.decode()


def test_a_draft_is_on_none_of_them(client: Client) -> None:
    post = a_post(title="Geheimes", body="Geheimes", published_at=None)
    post.places.add(a_town())
    a_promise(post)
    for address in ("/", "/ort/nordrhein-westfalen/muenster/", "/netz/o2/"):
        assert "Geheimes" not in client.get(address).content.decode()


def test_followers_of_a_place_hear_what_becomes_of_its_promises() -> None:
    promise = a_promise(a_post(body=PROMISE))
    for email, place in (("eva@example.org", a_town()), ("jo@example.org", a_town("Berlin", "berlin"))):
        Follow.objects.create(topic=Topic.PLACE, subject=place.pk, email=email, confirmed_at=timezone.now())
    actions.move(promise=promise, due_on=promise.due_on + timedelta(days=30), note="Der Kran fehlt.", by="Max")
    letter = Letter.objects.get()
    assert letter.follow.email == "eva@example.org"
    assert "Münster" in letter.subject_line
    assert "Der Kran fehlt." in letter.text
    assert letter.address.endswith(f"#versprechen-{promise.pk}")


def test_a_settled_promise_is_settled() -> None:
    promise = a_promise(a_post(body=PROMISE))
    actions.give_up(promise=promise, note="Kein Standort.", by="Max")
    with pytest.raises(actions.SettledError):
        actions.keep(promise=promise, evidence="Doch.", by="Max")
    assert promise.changes.count() == 2
