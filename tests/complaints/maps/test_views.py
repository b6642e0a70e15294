"""The map page, and the operator's own basemap."""

import ctypes.util
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from complaints.maps.windows import windows
from tests.builders import a_report

pytestmark = pytest.mark.django_db


def test_it_shows_the_map_and_how_much_is_on_it(client: Client) -> None:
    a_report()
    a_report("works")
    answer = client.get("/karte/")
    assert answer.status_code == 200
    assert "Eine Meldung über Störungen, eine sagt, dass alles funktioniert." in answer.text
    assert 'data-cells="/karte/{z}/{x}/{y}.json"' in answer.text
    assert '<img src="/karte.svg"' in answer.text


def test_it_hands_the_filters_to_script_picture_list_and_downloads(client: Client) -> None:
    page = client.get("/karte/?netz=o2&von=2011-11-12").text
    query = "?netz=o2&amp;von=2011-11-12"
    for address in ("/karte.svg", "/faelle/", "/faelle.csv", "/faelle.geojson"):
        assert f'"{address}{query}"' in page
    assert f'data-query="{query}"' in page


def test_it_counts_only_what_is_selected(client: Client) -> None:
    a_report(carrier="o2")
    a_report(carrier="o2")
    a_report(carrier="telekom")
    page = client.get("/karte/?netz=o2").text
    assert "2 Meldungen über Störungen." in page
    assert "Nur O2." in page


def test_it_says_what_is_wrong_with_a_filter(client: Client) -> None:
    for query in ("netz=unknown", "von=2011-13-40", "bis=1999-01-01", "feld=99-1-1", "ort=Atlantis123"):
        answer = client.get(f"/karte/?{query}")
        assert answer.status_code == 400, query
        assert "notice--bad" in answer.text
        assert "data-map" not in answer.text


def test_it_starts_at_the_place_of_the_filter(client: Client) -> None:
    page = client.get("/karte/?ort=nordrhein-westfalen/muenster").text
    assert 'data-lat="51.96' in page
    assert 'data-zoom="11"' in page


def test_it_needs_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    a_report()
    with django_assert_max_num_queries(7):  # two more once a minute, for the slider, and one an hour for inhabitants
        client.get("/karte/")


def test_it_answers_a_known_page_with_304_until_something_is_reported(client: Client) -> None:
    etag = client.get("/karte/").headers["ETag"]
    assert client.get("/karte/", headers={"If-None-Match": etag}).status_code == 304
    a_report()
    assert client.get("/karte/", headers={"If-None-Match": etag}).status_code == 200


def test_it_has_no_inline_style_or_script(client: Client) -> None:
    answer = client.get("/karte/")
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    assert all("src=" in tag[:200] or "application/json" in tag[:200] for tag in answer.text.split("<script")[1:])
    assert "nonce" not in answer.headers["Content-Security-Policy"]  # the page may be cached


def test_it_takes_only_get(client: Client) -> None:
    assert client.post("/karte/").status_code == 405


def test_it_offers_periods_and_keeps_the_other_filters() -> None:
    week, *_, everything = windows(QueryDict("netz=o2&von=2026-11-17&bis=2026-11-23&seite=3"), date(2026, 11, 23))
    assert week.query == "netz=o2&von=2026-11-17&bis=2026-11-23"
    assert week.current
    assert everything.query == "netz=o2"
    assert not everything.current


def test_it_links_the_years_that_have_reports(client: Client) -> None:
    a_report(at=datetime(2011, 11, 20, 12, tzinfo=UTC))
    page = client.get("/karte/?netz=o2").text
    assert 'href="/karte/?netz=o2&amp;von=2011-01-01&amp;bis=2011-12-31">2011</a>' in page


def test_it_works_where_gdal_is_missing() -> None:
    code = (
        "import ctypes.util; ctypes.util.find_library = lambda name: None\n"
        "import django; django.setup()\n"
        "from django.template.loader import get_template; get_template('complaints/maps/page.html')\n"
        "from django.urls import reverse; reverse('admin:index')\n"
        "import sys; sys.exit('django.contrib.gis' in sys.modules)"
    )
    assert ctypes.util.find_library is not None
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_it_serves_parts_of_the_pmtiles_file(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.PMTILES = str(tmp_path / "germany.pmtiles")
    Path(settings.PMTILES).write_bytes(bytes(range(100)))
    answer = client.get("/basemap.pmtiles", headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, bytes(range(10, 20)))
    assert answer.headers["Content-Range"] == "bytes 10-19/100"
    assert client.get("/basemap.pmtiles", headers={"Range": "bytes=100-"}).status_code == 416
    assert client.get("/basemap.pmtiles").status_code == 416
    assert 'data-pmtiles="/basemap.pmtiles"' in client.get("/karte/").text


def test_it_has_no_pmtiles_file_by_default(client: Client) -> None:
    assert client.get("/basemap.pmtiles", headers={"Range": "bytes=0-9"}).status_code == 404


def test_it_takes_raster_tiles_from_the_setting(client: Client, settings: Settings) -> None:
    settings.TILE_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    assert 'data-tiles="https://tiles.example.org/{z}/{x}/{y}.png"' in client.get("/karte/").text


@pytest.mark.parametrize("path", ["/karte/", "/faelle/"])
def test_a_name_of_several_places_offers_the_others(client: Client, path: str) -> None:
    page = client.get(f"{path}?ort=Neustadt&netz=o2").text
    offered = page.partition("Oder meinst du:")[2].partition("</p>")[0]
    assert "(Niedersachsen)" in offered
    assert "netz=o2" in offered
    other = offered.partition("?")[2].partition('"')[0].replace("&amp;", "&")
    assert "Neustadt am Rübenberge" in client.get(f"{path}?{other}").text
    assert "Oder meinst du:" not in client.get(f"{path}?ort=Münster, Nordrhein-Westfalen").text


def test_a_map_without_reports_claims_no_average(client: Client) -> None:
    a_report()
    page = client.get("/karte/?q=xqzxqz").text
    assert "Keine Meldung in dieser Auswahl" in page
    assert "Der Schnitt dieser Auswahl" not in page
    assert 'class="n1"' not in client.get("/karte.svg?q=xqzxqz").text
