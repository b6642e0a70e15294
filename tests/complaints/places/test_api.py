"""Suggestions and the phone's position as JSON."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from complaints.places.api import labelled

pytestmark = pytest.mark.django_db


def test_it_suggests_places(client: Client) -> None:
    answer = client.get("/orte.json", {"q": "Berlin Kreuzberg"})
    assert answer.status_code == 200
    place = answer.json()["places"][0]
    assert place["label"] == "Kreuzberg, Berlin"
    assert place["lat"] == pytest.approx(52.5, abs=0.05)
    assert place["lon"] == pytest.approx(13.4, abs=0.05)


def test_it_may_be_kept_for_a_day_by_anybody(client: Client) -> None:
    answer = client.get("/orte.json", {"q": "Köln"})
    assert "public" in answer["Cache-Control"]
    assert "max-age=86400" in answer["Cache-Control"]
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "  "}, {"q": "x" * 100_000}])
def test_it_refuses_a_bad_question_with_a_sentence(client: Client, query: dict[str, str]) -> None:
    answer = client.get("/orte.json", query)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_it_names_the_place_at_a_point(client: Client) -> None:
    answer = client.get("/orte/hier.json", {"lat": "52.499", "lon": "13.403"})
    assert answer.json() == {"label": "Kreuzberg, Berlin"}


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"lat": "52"},
        {"lat": "91", "lon": "13"},
        {"lat": "52", "lon": "-181"},
        {"lat": "nan", "lon": "13"},
        {"lat": "inf", "lon": "13"},
        {"lat": "Berlin", "lon": "13"},
        {"lat": "1" * 5000, "lon": "13"},
    ],
)
def test_it_refuses_a_bad_point_with_a_sentence(client: Client, query: dict[str, str]) -> None:
    answer = client.get("/orte/hier.json", query)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_it_says_that_a_point_is_abroad(client: Client) -> None:
    answer = client.get("/orte/hier.json", {"lat": "48.85", "lon": "2.35"})
    assert answer.status_code == 404
    assert answer.json()["error"].endswith(".")


def test_it_only_answers_questions(client: Client) -> None:
    assert client.post("/orte.json", {"q": "Köln"}).status_code == 405


@pytest.mark.parametrize("address", ["/orte.json?q=Ludwigshafn", "/orte/hier.json?lat=51.96&lon=7.62"])
def test_it_asks_the_database_nothing(
    client: Client, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(address)
    with django_assert_num_queries(0):
        client.get(address)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Münster Xyzviertel", "Münster, Nordrhein-Westfalen (ganzer Ort)"),
        ("Münster Westfalen", "Münster, Nordrhein-Westfalen"),
        ("muenster", "Münster, Nordrhein-Westfalen"),
    ],
)
def test_a_label_says_where_only_a_part_was_understood(typed: str, label: str) -> None:
    assert labelled("Münster, Nordrhein-Westfalen", typed) == label
