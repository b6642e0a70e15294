"""Inhabitants of tiles, from the places."""

import pytest
from django.test import Client

from complaints.base import zorder
from complaints.maps import people
from complaints.places.models import Place
from tests.builders import MUENSTER

pytestmark = pytest.mark.django_db


def test_it_shares_a_town_among_its_quarters_without_counting_anybody_twice() -> None:
    living = {1: 1000.0, 2: 600.0, 3: 200.0}
    people._share(living, 1, [2, 3])
    assert living == {1: 0.0, 2: 750.0, 3: 250.0}


def test_it_leaves_in_the_middle_whom_few_quarters_do_not_account_for() -> None:
    living = {1: 1000.0, 2: 100.0}
    people._share(living, 1, [2])
    assert living == {1: 900.0, 2: 100.0}


def test_it_counts_the_inhabitants_of_all_towns() -> None:
    towns = sum(Place.objects.towns().values_list("population", flat=True))
    assert people.everybody() == pytest.approx(towns, rel=0.01)


def test_a_tile_tells_inhabitants_only_on_request(client: Client) -> None:
    x, y = zorder.to_grid(*MUENSTER, 8)
    assert "people" not in client.get(f"/karte/8/{x}/{y}.json").json()
    found = client.get(f"/karte/8/{x}/{y}.json?menschen=1&netz=o2").json()["people"]
    assert len(found) == 1024
    assert max(found) > 10_000


def test_a_tile_without_inhabitants_says_so_in_few_bytes(client: Client) -> None:
    assert client.get("/karte/8/3/3.json?menschen=1").json()["people"] == []
