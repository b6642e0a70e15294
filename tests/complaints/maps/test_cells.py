"""What the map's sheet and the list beside it say."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from complaints.base import zorder
from complaints.base.selection import Selection
from complaints.maps import cellfigures
from complaints.maps.cellfigures import cell_figures, cell_of
from complaints.maps.tasks import fold_all
from tests.builders import MUENSTER, a_report

pytestmark = pytest.mark.django_db


def name(zoom: int) -> str:
    return "-".join(map(str, (zoom, *zorder.to_grid(*MUENSTER, zoom))))


@pytest.mark.parametrize("zoom", [5, 10, 14, 19, 23])
def test_it_finds_the_square_of_a_range_of_keys(zoom: int) -> None:
    square = (zoom, *zorder.to_grid(*MUENSTER, zoom))
    assert cell_of(zorder.tile_range(*square)) == square


@pytest.mark.parametrize("zoom", [5, 10, 13, 16, 19, 22])
def test_it_counts_a_cell_and_names_its_kinds(zoom: int) -> None:
    a_report("sms", "dropped")
    a_report("sms")
    a_report("works")
    fold_all()
    a_report(point=(48.1, 11.6))
    x, y = zorder.to_grid(51.962, 7.626, zoom)
    found = cell_figures(Selection(), zorder.tile_range(zoom, x, y))
    assert found.count.works == 1
    assert found.count.trouble == 2
    assert found.kinds[0][0] == "sms"
    assert len(found.newest) == 3
    assert found.around == (zoom > 14)
    assert found.rate is not None
    assert found.rate.low < found.rate.value < found.rate.high


def test_the_sheet_says_rate_interval_period_and_newest_cases(client: Client) -> None:
    shown = a_report("sms", text="Kommt nie an.")
    page = client.get(f"/karte/feld/?feld={name(12)}&von=2020-01-01").text
    for words in ("je 100.000 Einwohner", "95\N{NO-BREAK SPACE}%-Bereich", "01.01.2020–heute", "Kommt nie an."):
        assert words in page
    assert f'href="/fall/{shown.number}/"' in page
    assert "<html" not in page


def test_the_sheet_gives_no_rate_where_hardly_anybody_lives(client: Client) -> None:
    a_report(point=(54.3, 7.0))
    x, y = zorder.to_grid(54.3, 7.0, 13)
    assert "Rate unbekannt" in client.get(f"/karte/feld/?feld=13-{x}-{y}").text


@pytest.mark.parametrize(
    "query", ["", "?feld=4-8-5", "?feld=24-1-1", "?feld=x", "?feld=99-1-1", "?feld=8-133-84&netz=no"]
)
def test_the_sheet_refuses_what_is_no_cell(client: Client, query: str) -> None:
    assert client.get(f"/karte/feld/{query}").status_code == 400


def test_the_sheet_needs_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    a_report()
    client.get(f"/karte/feld/?feld={name(10)}")
    a_report()
    with django_assert_max_num_queries(7):
        client.get(f"/karte/feld/?feld={name(10)}")


def test_the_list_shows_only_what_is_seen(client: Client) -> None:
    here, away = a_report(point=MUENSTER), a_report(point=(48.1, 11.6))
    x, y = zorder.to_grid(*MUENSTER, 9)
    for address in ("/karte/ausschnitt/", "/faelle/"):
        page = client.get(f"{address}?ausschnitt=9-{x - 1}-{y - 1}-{x + 1}-{y + 1}").text
        assert f'href="/fall/{here.number}/"' in page
        assert f'href="/fall/{away.number}/"' not in page
    assert f'href="/fall/{away.number}/"' in client.get("/karte/ausschnitt/").text


def test_a_part_of_the_map_reaches_to_its_last_square(client: Client) -> None:
    a_report(point=MUENSTER)
    x, y = zorder.to_grid(51.962, 7.626, 11)
    inside = [(x, y, x, y), (x - 3, y - 2, x, y), (x, y, x + 4, y + 1)]
    beside = [(x + 1, y, x + 3, y), (x, y + 1, x, y + 2), (x - 2, y - 2, x - 1, y)]
    for area, count in [*((area, 1) for area in inside), *((area, 0) for area in beside)]:
        part = "-".join(map(str, area))
        assert client.get(f"/faelle/?ausschnitt=11-{part}").text.count('<a class="case__number"') == count


@pytest.mark.parametrize("part", ["8-1-1-300-300", "8-5-5-4-6", "25-1-1-1-1", "8-1-1-1", "3-7-7-8-8", "abc"])
def test_it_says_that_a_part_of_the_map_does_not_exist(client: Client, part: str) -> None:
    answer = client.get(f"/karte/ausschnitt/?ausschnitt={part}")
    assert answer.status_code == 400
    assert answer.text


def test_the_sheet_names_networks_and_an_outage(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    day = timezone.now() - timedelta(days=30)
    for _ in range(6):
        a_report("sms", carrier="telekom", at=day)
    for n in range(3):
        a_report("sms", at=timezone.now() - timedelta(days=100 * (n + 1)))
    page = client.get(f"/karte/feld/?feld={name(12)}").text
    assert "6 der 9 kommen von zwei Tagen" in page
    networks = page.partition("In welchen Netzen")[2].partition("</dd>")[0]
    assert networks.index("Telekom") < networks.index("O2")
    assert "von den neuesten" not in page
    monkeypatch.setattr(cellfigures, "SAMPLE", 8)
    cut = client.get(f"/karte/feld/?feld={name(12)}&q=").text
    assert cut.count("(von den neuesten 8 Meldungen)") == 2
    assert "Von den neuesten 8 dieser Meldungen:" in cut
    few = client.get(f"/karte/feld/?feld={name(12)}&von={timezone.localdate(day) + timedelta(days=1)}").text
    assert "kommen von" not in few


def test_the_sheet_tells_no_rate_of_nothing(client: Client) -> None:
    a_report("works")
    page = client.get(f"/karte/feld/?feld={name(12)}").text
    assert "Keine Meldung über ein Problem, und damit auch keine Rate." in page
    assert "0,0" not in page
