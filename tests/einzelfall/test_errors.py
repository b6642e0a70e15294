"""Every error comes as a page of ours with a way on; those for a broken site need no database."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.builders import a_report


def expect_page(response: Any, status: int, says: str) -> None:
    page = response.content.decode()
    assert response.status_code == status
    assert f'<p class="figure__number" aria-hidden="true">{status}</p>' in page
    assert says in page
    assert '<a class="button" href="/">Zur Startseite</a>' in page
    assert 'name="robots" content="noindex"' in page


@pytest.mark.django_db
def test_it_says_what_it_cannot_read(client: Client) -> None:
    expect_page(client.get("/faelle/?q=%00"), 400, "Das konnten wir nicht lesen.")


@pytest.mark.django_db
def test_it_keeps_out_who_may_not_come_in(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("fremd", "f@example.org", "sehr-geheim-9"))
    expect_page(client.get("/intern/login/"), 403, "Hier darfst du nicht hinein.")


@pytest.mark.django_db
def test_it_refuses_a_form_without_its_token() -> None:
    refused = Client(enforce_csrf_checks=True).post("/intern/konto/login/", {"login": "max"})
    expect_page(refused, 403, "Das Formular war zu lange offen.")


@pytest.mark.django_db
def test_it_knows_no_such_page(client: Client) -> None:
    expect_page(client.get("/gibt-es-nicht/"), 404, "Diese Seite gibt es nicht.")


@pytest.mark.django_db
def test_it_answers_the_wrong_method_with_a_page(client: Client) -> None:
    response = client.post("/faelle/")
    expect_page(response, 405, "So geht es hier nicht.")
    assert response.headers["Allow"] == "GET, HEAD"
    assert not client.post("/faelle/", headers={"accept": "application/json"}).content


@pytest.mark.django_db
def test_it_says_that_a_report_is_gone(client: Client) -> None:
    report = a_report(withdrawn_at=timezone.now())
    expect_page(client.get(f"/fall/{report.number}/"), 410, "Diese Meldung wurde zurückgezogen.")


@pytest.mark.django_db
def test_it_says_that_it_was_too_much(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    expect_page(client.post("/melden/", {"text": "x" * 101}), 413, "Das war zu viel auf einmal.")


@pytest.mark.django_db
def test_it_says_what_is_wrong_with_a_tap(client: Client) -> None:
    expect_page(client.post(f"/fall/{a_report().number}/echo/", {"kind": "unsinn"}), 422, "Das ging nicht.")


@pytest.mark.django_db
def test_it_asks_the_impatient_to_wait(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post("/intern/konto/login/", {"login": "max", "password": "falsch"})
    again = client.post("/intern/konto/login/", {"login": "max", "password": "falsch"})
    expect_page(again, 429, "Einen Moment bitte.")


def test_it_says_sorry_where_it_is_broken(client: Client) -> None:
    client.raise_request_exception = False  # the test's own ban on the database is what breaks it
    expect_page(client.get("/"), 500, "Hier ist etwas kaputt.")


def test_it_says_that_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: BaseDatabaseWrapper) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", away)
    client.raise_request_exception = False
    for address, says in (("/", "Wir sind gleich wieder da."), ("/fall/1/", "Er zählt nicht doppelt.")):
        response = client.get(address)
        expect_page(response, 503, says)
        assert response.headers["Retry-After"] == "60"
    assert "We will be right back." in client.get("/en/").content.decode()
