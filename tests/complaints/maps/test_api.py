from typing import Any

import pytest
from django.test import Client

from complaints.base import zorder
from complaints.maps import reading
from complaints.maps.tasks import fold_all
from tests.builders import MUENSTER, a_report

pytestmark = pytest.mark.django_db


def address(zoom: int, query: str = "") -> str:
    x, y = zorder.to_grid(*MUENSTER, zoom)
    return f"/karte/{zoom}/{x}/{y}.json{query}"


def fetched(client: Client, zoom: int, query: str = "") -> dict[str, Any]:
    response = client.get(address(zoom, query))
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def test_it_shows_a_report_at_once_and_after_the_fold(client: Client) -> None:
    a_report("sms")
    a_report("works")
    before = fetched(client, 11)
    fold_all()
    after = fetched(client, 11)
    column, row = zorder.to_grid(51.962, 7.626, 16)
    cell = [column % 32, row % 32, 1]
    assert before == after == {"cells": [cell], "grid": 32, "total": 1, "works": [cell], "works_total": 1}


@pytest.mark.parametrize("zoom", [0, 5, 8, 11, 13, 14, 16, 18])
def test_it_filters_by_network(client: Client, zoom: int) -> None:
    a_report("sms", carrier="aldi-talk")
    fold_all()
    a_report("sms", carrier="o2")
    a_report("sms", carrier="telekom")
    assert fetched(client, zoom)["total"] == 3
    assert fetched(client, zoom, "?netz=o2")["total"] == 2
    assert fetched(client, zoom, "?anbieter=aldi-talk&problem=sms&von=2020-01-01")["total"] == 1
    assert fetched(client, zoom, "?problem=dropped")["total"] == 0


@pytest.mark.parametrize("path", ["99/0/0", "19/0/0", "5/32/0", "5/0/32", "8/99999999999999999999/1"])
def test_it_knows_no_tile_outside_of_the_grid(client: Client, path: str) -> None:
    response = client.get(f"/karte/{path}.json")
    assert response.status_code == 404
    assert response.json()["error"]


@pytest.mark.parametrize("query", ["?netz=nonsense", "?von=1970-01-01", "?von=2024-13-40", "?problem=<b>"])
def test_it_says_what_is_wrong_with_a_filter(client: Client, query: str) -> None:
    response = client.get(address(5, query))
    assert response.status_code == 400
    assert response.json()["error"]


def test_it_answers_304_until_a_figure_of_the_tile_changes(client: Client) -> None:
    a_report()
    first = client.get(address(11))
    assert first.headers["Cache-Control"] == "public, max-age=0, s-maxage=30"
    fold_all()
    a_report(point=(48.1, 11.5))
    again = client.get(address(11), headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    a_report()
    assert client.get(address(11), headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_it_needs_one_statement_and_sets_no_cookie(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    a_report("sms", carrier="telekom")
    fold_all()
    fetched(client, 11, "?netz=telekom")
    statements: list[str] = []

    def noted(raw: object, statement: str, parameters: object) -> list[reading.Row]:
        statements.append(statement)
        return []

    monkeypatch.setattr(reading, "execute", noted)
    response = client.get(address(11, "?netz=telekom"))
    assert len(statements) == 1
    assert not response.cookies
