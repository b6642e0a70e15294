"""The present: all open networks, positive reports, clusters, quiet areas, nothing after its end."""

from collections import Counter
from datetime import timedelta

from complaints.base import zorder
from complaints.imports.actions import Row
from complaints.reports.models import BITS, WORKS_BIT
from einzelfall.demo.sampling import moment_of
from tests.einzelfall.demo.conftest import END

END_AT = moment_of(END)


def near(rows: list[Row], point: tuple[float, float], metres: float) -> list[Row]:
    return [row for row in rows if zorder.distance(row.latitude, row.longitude, *point) <= metres]


def test_it_fills_the_120_days_before_its_end(today: list[Row]) -> None:
    assert len(today) == 2500
    assert max(row.received_at for row in today) < END_AT
    assert min(row.happened_at for row in today) >= END_AT - timedelta(days=120)
    assert len({row.happened_on for row in today}) > 110


def test_it_has_all_open_networks_and_many_brands(today: list[Row], brands: dict[int, str]) -> None:
    networks = Counter(brands[row.network_id] for row in today)
    assert set(networks) == {"o2", "telekom", "vodafone", "1und1"}
    assert min(networks.values()) > 200
    assert {"aldi-talk", "blau", "congstar", "otelo", "winsim"} <= {brands[row.carrier_id] for row in today}


def test_it_says_in_15_percent_that_all_is_well(today: list[Row]) -> None:
    assert sum(row.problems == WORKS_BIT for row in today) == 375
    assert not any(row.hotline for row in today if row.problems == WORKS_BIT)


def test_it_has_a_running_cluster_in_muenster(today: list[Row], brands: dict[int, str]) -> None:
    week = [row for row in today if row.received_at > END_AT - timedelta(days=7)]
    o2 = [row for row in near(week, (51.962, 7.626), 2000) if brands[row.network_id] == "o2"]
    assert sum(bool(row.problems & BITS["data-none"]) for row in o2) >= 30
    assert any(row.received_at > END_AT - timedelta(days=1) for row in o2)


def test_it_had_an_outage_in_kassel(today: list[Row], brands: dict[int, str]) -> None:
    vodafone = [row for row in near(today, (51.317, 9.497), 8000) if brands[row.network_id] == "vodafone"]
    days = Counter((END_AT - row.received_at).days for row in vodafone if row.problems != WORKS_BIT)
    assert days[19] + days[20] >= 38
    assert sum(days.values()) - days[19] - days[20] <= 12


def test_it_has_a_bad_railway_line(today: list[Row], brands: dict[int, str]) -> None:
    trains = [row for row in near(today, (48.2, 7.77), 25_000) if row.situation == "train"]
    assert sum(brands[row.network_id] == "telekom" for row in trains) >= 36


def test_it_leaves_areas_quiet(today: list[Row]) -> None:
    altmark = [row for row in today if 52.4 < row.latitude < 52.9 and 11.0 < row.longitude < 12.0]
    assert len(altmark) <= 2


def test_it_knows_two_clocks(today: list[Row]) -> None:
    waits = [(row.received_at - row.happened_at).total_seconds() for row in today]
    assert min(waits) >= 0
    assert 0.4 < sum(wait <= 60 for wait in waits) / len(waits) < 0.6
    assert sum(wait > 3600 for wait in waits) > 200


def test_it_sleeps_at_night(today: list[Row]) -> None:
    hours = Counter(row.received_at.hour for row in today)
    assert sum(hours[hour] for hour in (0, 1, 2, 3)) * 8 < sum(hours[hour] for hour in (15, 16, 17, 18))
