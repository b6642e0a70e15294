"""The whole country as one picture."""

import base64
import gzip
import hashlib
from datetime import datetime
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from complaints.maps.tasks import fold_all
from tests.builders import a_report, a_town

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def drawing(client: Client, query: str = "") -> ElementTree.Element:
    answer = client.get(f"/karte.svg{query}")
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)  # noqa: S314  our own picture


def squares(svg: ElementTree.Element) -> list[ElementTree.Element]:
    return [path for path in svg.findall(f"{SVG}path") if path.get("class", "").startswith("n")]


def test_it_marks_trouble_and_a_ring_where_all_works(client: Client) -> None:
    a_report(point=(53.55, 10.0))
    a_report("works", point=(48.14, 11.58))
    svg = drawing(client)
    assert [path.get("class") for path in squares(svg)] == ["n3"]
    rings = svg.findall(f"{SVG}g[@class='ring']/{SVG}circle")
    assert len(rings) == 1
    assert abs(float(rings[0].get("cy", "0")) - 815) < 25  # Munich lies far down


def test_it_draws_rings_when_only_works_is_asked_for(client: Client) -> None:
    a_report("works")
    svg = drawing(client, "?problem=works")
    assert not squares(svg)
    assert len(svg.findall(f"{SVG}g[@class='ring']/{SVG}circle")) == 1


def test_it_draws_no_cell_where_nothing_is_reported(client: Client) -> None:
    svg = drawing(client)
    assert not squares(svg)
    assert not svg.findall(f"{SVG}g[@class='ring']/{SVG}circle")


def test_it_hatches_what_nobody_reported(client: Client) -> None:
    assert drawing(client).find(f"{SVG}path[@class='empty'][@clip-path]") is not None


def test_it_prints_number_period_and_network(client: Client) -> None:
    for _ in range(2):
        a_report(at=datetime(2011, 11, 20, 12, tzinfo=ZoneInfo("Europe/Berlin")))
    a_report()
    title = drawing(client, "?netz=o2&von=2011-11-12&bis=2011-12-31").findtext(f"{SVG}title") or ""
    assert title.startswith("2 Problemmeldungen, 12.11.2011–31.12.2011 · O2, Stand ")


def test_it_names_the_worst_places_for_screen_readers(client: Client) -> None:
    a_report(point=(53.55, 10.0))
    assert "bei Hamburg" in (drawing(client).findtext(f"{SVG}desc") or "")


def test_it_puts_names_apart(client: Client) -> None:
    names = [text.text for text in drawing(client).findall(f"{SVG}g[@class='town']/{SVG}text")]
    assert {"Berlin", "Hamburg", "München", "Köln"} <= set(names)
    assert 20 <= len(names) <= 45


@pytest.mark.parametrize(("source", "demos"), [("web", 0), ("demo", 1)])
def test_it_says_what_the_reports_are_wherever_it_is_passed_on(client: Client, source: str, demos: int) -> None:
    a_report(source=source)
    drawn = "".join(text for group in drawing(client).iter(f"{SVG}text") for text in group.itertext())
    assert "Einzelfall: selbst gemeldet, nicht gemessen" in drawn
    assert drawn.count("Demo") == demos


def test_it_allows_its_own_style_and_nothing_else(client: Client) -> None:
    answer = client.get("/karte.svg")
    style = ElementTree.fromstring(answer.content).findtext(f"{SVG}style") or ""  # noqa: S314
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert answer.headers["Content-Security-Policy"] == f"default-src 'none'; style-src 'sha256-{digest}'"
    assert answer.headers["Content-Type"] == "image/svg+xml"


def test_it_is_small_and_cacheable(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(5):
        answer = client.get("/karte.svg")
    assert len(gzip.compress(answer.content)) < 40_000
    assert "max-age=300" in answer.headers["Cache-Control"]
    assert client.get("/karte.svg", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_it_refuses_filters_nobody_understands(client: Client) -> None:
    answer = client.get("/karte.svg?netz=unknown")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_it_speaks_english(client: Client) -> None:
    answer = client.get("/en/map.svg")
    assert answer.status_code == 200


def test_a_picture_of_a_place_names_it_and_measures_by_it(client: Client) -> None:
    town = a_town()
    for _ in range(5):
        a_report(town=town)
    fold_all()
    page = client.get(f"/karte.svg?ort=nordrhein-westfalen/{town.slug}").text
    assert "seit Beginn · Münster" in page
    assert 'class="empty"' not in page  # elsewhere nobody was asked for
    assert "keine Daten" not in page
    assert "0,00" not in page  # the scale is that of the town, not of the whole country
