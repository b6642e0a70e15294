"""The story of 2011 keeps the published figures to the unit."""

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from complaints.imports.actions import Row
from complaints.reports.models import BITS
from einzelfall.demo import story
from einzelfall.demo.towns import Towns

ZONE = ZoneInfo("Europe/Berlin")
PUBLISHED = {"data-slow": 4997, "data-none": 4815, "no-outgoing": 3142, "dropped": 3080, "no-network": 2307}
CITIES = {"Berlin": 1224, "Hamburg": 1117, "München": 607, "Frankfurt am Main": 434, "Mannheim": 306, "Köln": 270}


def counts_of_towns(rows: list[Row], towns: Towns) -> dict[str, int]:
    """Reports of the towns with at least 200,000 inhabitants, whose names are unique."""
    index = {int(town): n for n, town in enumerate(towns.ids)}
    found = Counter(index[row.town_id] for row in rows if row.town_id is not None)
    return {towns.names[n]: count for n, count in found.items() if towns.people[n] >= 200_000}


def test_it_has_7691_reports_of_o2(past: list[Row], brands: dict[int, str]) -> None:
    assert len(past) == 7691
    assert {brands[row.carrier_id] for row in past} == {"o2"}


@pytest.mark.parametrize(("problem", "count"), [*PUBLISHED.items(), ("no-incoming", 2307)])
def test_it_has_the_published_number_of_each_kind(past: list[Row], problem: str, count: int) -> None:
    assert sum(bool(row.problems & BITS[problem]) for row in past) == count


def test_it_has_the_published_number_of_each_city(past: list[Row], towns: Towns) -> None:
    counts = counts_of_towns(past, towns)
    assert {name: counts[name] for name in CITIES} == CITIES


def test_it_has_6700_reports_in_the_first_ten_days_by_either_clock(past: list[Row]) -> None:
    first, last = date(2011, 11, 12), date(2011, 11, 21)
    assert sum(first <= row.happened_on <= last for row in past) == 6700
    assert sum(first <= row.received_at.astimezone(ZONE).date() <= last for row in past) == 6700
    assert min(row.happened_on for row in past) == first


def test_it_declines_after_its_peak() -> None:
    weeks = [sum(story.DAYS[n : n + 7]) for n in range(0, 21, 7)]
    assert weeks == sorted(weeks, reverse=True)


def test_it_ranks_berlin_first_by_number_and_mannheim_by_rate(past: list[Row], towns: Towns) -> None:
    found = Counter(row.town_id for row in past)
    people = dict(zip(towns.ids.tolist(), towns.people.tolist(), strict=True))
    names = dict(zip(towns.ids.tolist(), towns.names, strict=True))
    numbers = sorted(((count, names[town]) for town, count in found.items() if town), reverse=True)
    rates = sorted(((count / people[town], names[town]) for town, count in found.items() if town), reverse=True)
    assert numbers[0] == (1224, "Berlin")
    assert rates[0][1] == "Mannheim"
    assert rates[1][0] < rates[0][0] * 0.9


def test_it_names_the_known_spots(past: list[Row]) -> None:
    typed = Counter(row.place_text for row in past)
    for spot in (
        "Hamburg, Hauptbahnhof",
        "Hamburg, Mönckebergstraße",
        "Berlin, Hackescher Markt",
        "München, Innenstadt",
    ):
        assert typed[spot] >= 80


def test_it_uses_the_telephones_and_networks_of_its_time(past: list[Row]) -> None:
    assert {row.technology for row in past} == {"2g", "3g"}
    assert {"iPhone 4", "HTC Desire", "Samsung Galaxy S"} <= {row.device for row in past}
    assert Counter(row.hotline for row in past).most_common(1)[0][0] == "isolated"
    assert not any("5G" in row.text or "LTE" in row.text for row in past)


def test_it_arrives_in_the_order_of_its_numbers(rows: list[Row]) -> None:
    assert [row.received_at for row in rows] == sorted(row.received_at for row in rows)
