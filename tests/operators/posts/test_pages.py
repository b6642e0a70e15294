"""Stories of guest posts and promises in public."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils import timezone, translation

from complaints.reports.queries import version
from operators.posts.preview import preview_address
from tests.builders import a_post, a_promise, a_town

pytestmark = pytest.mark.django_db
BODY = "Bis zum Frühjahr bauen wir **in Münster** aus."
PROMISE = "Bis Mai steht der neue Mast am Hauptbahnhof."


def test_a_post_shows_who_writes_what_and_where(client: Client) -> None:
    post = a_post(body=BODY)
    post.places.add(a_town())
    page = client.get(f"/beitraege/{post.slug}/").content.decode()
    for part in ("Max von O2", "<strong>in Münster</strong>", "/ort/nordrhein-westfalen/muenster/", post.title):
        assert part in page
    assert "set-cookie" not in client.get(f"/beitraege/{post.slug}/").headers


def test_a_post_has_an_english_frame(client: Client) -> None:
    post = a_post()
    page = client.get(f"/en/posts/{post.slug}/").content.decode()
    assert "Max of O2" in page
    assert f'hreflang="de" href="http://testserver/beitraege/{post.slug}/"' in page


def test_the_ticker_comes_first_and_begins_with_the_newest(client: Client) -> None:
    post = a_post()
    for hours, text in ((3, "Der Bagger ist da."), (1, "Der Mast steht.")):
        post.ticker.create(text=text, by="Max", written_at=timezone.now() - timedelta(hours=hours))
    page = client.get(f"/beitraege/{post.slug}/").content.decode()
    assert page.index("Der Mast steht.") < page.index("Der Bagger ist da.") < page.index(post.body)


def test_drafts_and_scheduled_posts_are_not_there(client: Client) -> None:
    for published_at in (None, timezone.now() + timedelta(hours=1)):
        post = a_post(published_at=published_at, title="Geheimes")
        a_promise(post)
        assert client.get(f"/beitraege/{post.slug}/").status_code == 404
        for address in (
            "/beitraege/",
            "/versprechen/",
            "/beitraege/feed/",
            "/versprechen/feed/",
            "/netz/o2/beitraege/feed/",
        ):
            page = client.get(address).content.decode()
            assert "Geheimes" not in page
            assert post.slug not in page


def test_a_retracted_post_keeps_its_address_and_says_why(client: Client) -> None:
    post = a_post(body="Falsche Zahlen.", retracted_at=timezone.now(), retraction="Die Zahlen stimmten nicht.")
    response = client.get(f"/beitraege/{post.slug}/")
    page = response.content.decode()
    assert response.status_code == 410
    assert "Die Zahlen stimmten nicht." in page
    assert "Falsche Zahlen." not in page


def test_corrections_are_visible_and_stay(client: Client) -> None:
    post = a_post()
    post.corrections.create(note="Zehn statt zwölf Masten.", by="Max von O2", corrected_at=timezone.now())
    assert "Zehn statt zwölf Masten." in client.get(f"/beitraege/{post.slug}/").content.decode()


def test_promises_stand_in_the_post_as_marks_and_cards(client: Client) -> None:
    post = a_post(body=f"Wir bauen. {PROMISE}")
    promise = a_promise(post, sentence=PROMISE)
    page = client.get(f"/beitraege/{post.slug}/").content.decode()
    assert f"<mark>{PROMISE}</mark>" in page
    assert f'id="versprechen-{promise.pk}"' in page


def test_the_list_filters_by_carrier(client: Client) -> None:
    a_post(title="Von O2")
    a_post("vodafone", title="Von Vodafone")
    page = client.get("/beitraege/?anbieter=o2").content.decode()
    assert "Von O2" in page
    assert "Von Vodafone" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/beitraege/atlantis/",
        "/beitraege/?anbieter=quam",
        "/beitraege/?seite=99",
        "/beitraege/?seite=x",
        "/beitraege/vorschau/1:abc:def/",
        "/netz/quam/beitraege/feed/",
        "/versprechen/?stand=vielleicht",
        "/versprechen/?ort=bayern/atlantis",
        "/versprechen/?seite=0",
        "/bild/0b8f9e8e-0000-4000-8000-000000000000-480.webp",
    ],
)
def test_what_is_not_there_is_said_so(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_preview_needs_its_link_and_is_not_kept(client: Client) -> None:
    post = a_post(published_at=None, title="Bald")
    with translation.override("de"):
        response = client.get(preview_address(post.pk))
    assert "Das ist eine Vorschau." in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_a_preview_expires(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = preview_address(a_post(published_at=None).pk)
    monkeypatch.setattr("operators.posts.preview.LIFE", timedelta(seconds=-1))
    response = client.get(address)
    assert response.status_code == 404
    assert "abgelaufen" in response.content.decode()


@pytest.mark.parametrize("table", ["ticker", "promise", "correction", "post"])
def test_what_changes_a_post_renews_the_pages(table: str) -> None:
    post = a_post()
    before = version()
    if table == "ticker":
        post.ticker.create(text="Neu.", by="Max", written_at=timezone.now())
    elif table == "promise":
        a_promise(post)
    elif table == "correction":
        post.corrections.create(note="Neu.", by="Max", corrected_at=timezone.now())
    else:
        post.save()
    assert version() != before


def test_feeds_carry_posts_and_changes_of_promises(client: Client) -> None:
    post = a_post(body=PROMISE)
    a_promise(post)
    a_post("vodafone")
    assert len(feedparser.parse(client.get("/beitraege/feed/").content).entries) == 2
    entries = feedparser.parse(client.get("/netz/o2/beitraege/feed/").content).entries
    assert [entry.author for entry in entries] == ["Max (O2)"]
    assert [entry.summary for entry in feedparser.parse(client.get("/versprechen/feed/").content).entries] == [
        f"„{PROMISE}“"
    ]


def fill(post: Any, count: int) -> None:
    for number in range(count):
        post.ticker.create(text=f"Zeile {number}", by="Max", written_at=timezone.now())
        a_promise(post)


@pytest.mark.parametrize("count", [1, 12])
def test_a_page_asks_the_same_whatever_a_post_holds(
    client: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    post = a_post()
    fill(post, count)
    client.get("/netz/")
    with django_assert_max_num_queries(12):
        client.get(f"/beitraege/{post.slug}/")
    with django_assert_max_num_queries(8):
        client.get("/versprechen/")
    with django_assert_max_num_queries(6):
        client.get("/beitraege/")


def test_a_carrier_that_is_silent_is_not_all_of_them(client: Client) -> None:
    a_post("o2")
    page = client.get("/beitraege/?anbieter=telekom").content.decode()
    assert "Telekom hat hier noch nichts geschrieben." in page
    assert "Noch hat kein Anbieter" not in page
